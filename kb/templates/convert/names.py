"""Names for blanks, from the words around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kb.language.model import Language
from kb.language.transliterate import transliterate
from kb.templates.convert.words import BLANK, Hint

_VOCABULARY = Path(__file__).with_name("vocabulary.yaml")
_LABEL_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"[.;:!?\n\t]\s|[;\n\t]")
_SIGNATURE = re.compile(r"\bкол тамга|\bкол(?:у|дору)\b|\bкол коюлган|подпис|\bм\. ?[оп]\.|мөөр", re.IGNORECASE)
_LONGEST_LABEL, _WORDS_IN_NAME = 80, 4


@dataclass(frozen=True, slots=True)
class Name:
    """What is proposed for a blank.

    Attributes:
        name: name of the field.
        ky: its label in Kyrgyz.
        ru: its label in Russian.
        type: kind of answer.
        sure: the words around it are known.
        again: the same answer where the same words stand around another blank.
        case: case that the words around it want, empty for the nominative.
        choices: what it offers.
    """

    name: str
    ky: str
    ru: str
    type: str = "text"
    sure: bool = False
    again: bool = False
    case: str = ""
    choices: tuple[str, ...] = ()


@cache
def _vocabulary() -> Sequence[tuple[re.Pattern[str] | None, re.Pattern[str] | None, Mapping[str, Any]]]:
    found = yaml.safe_load(_VOCABULARY.read_bytes())
    return tuple(
        (
            re.compile(rf"(?:{one['before']})\W*$", re.IGNORECASE) if "before" in one else None,
            re.compile(rf"\W{{0,3}}(?:{one['after']})", re.IGNORECASE) if "after" in one else None,
            one,
        )
        for one in found
    )


def name_for(before: str, after: str, hint: Hint | None, below: str, language: Language) -> Name:
    """What is proposed for a blank.

    Args:
        before: words before it, back to the blank or the sentence before.
        after: words behind it, up to the next blank.
        hint: what Word says about it, or None.
        below: the line below, where a blank's explanation often stands; empty for none.
        language: language of the document.

    ``Катышкандар: ____ адам`` → ``attendees_count``, an integer.
    """
    if hint and hint.type in {"check", "choice", "date"}:
        return _hinted(hint, before, after)
    for known_before, known_after, given in _vocabulary():
        if known_before and not known_before.search(before[-120:]):
            continue
        if known_after and not known_after.match(after[:120]):
            continue
        return _known(given)
    if hint and hint.label:
        return _hinted(hint, before, after)
    if not _heads(before) and below and (found := _explained(below)):
        return found
    label = _label(before, last=True) or _label(after, last=False)
    if not label:
        return Name("blank", "Бош орун", "Пропуск")
    return Name(_named(label), label, label, sure=_heads(before) and language in (Language.KY, Language.RU))


def signature(text: str) -> bool:
    """Whether a line is one that people sign (``Кол тамгасы ____``)."""
    return _SIGNATURE.search(text) is not None


def _known(given: Mapping[str, Any]) -> Name:
    return Name(
        name=given["name"],
        ky=given["label"][0],
        ru=given["label"][1],
        type=given.get("type", "text"),
        sure=True,
        again=bool(given.get("again", False)),
        case=given.get("case", ""),
    )


def _hinted(hint: Hint, before: str, after: str) -> Name:
    label = hint.label or _label(before, last=True) or _label(after, last=False)
    kind = {"check": "choice"}.get(hint.type, hint.type)
    choices = ("yes", "no") if hint.type == "check" else hint.choices
    return Name(_named(label or "blank"), label or "Бош орун", label or "Пропуск", kind, bool(label), choices=choices)


def _explained(below: str) -> Name | None:
    """What a line in small print below says (``аты-жөнү``)."""
    line = below.strip().strip("()").strip()
    if not line or len(line) > 60 or BLANK.search(line) or line.endswith(":"):
        return None
    if not (line[0].islower() or below.strip().startswith("(")):
        return None
    for known_before, known_after, given in _vocabulary():
        if known_before and known_after is None and known_before.search(line):
            return _known(given)
    return Name(_named(line), line, line, sure=True)


def _heads(before: str) -> bool:
    """Whether the words before are a label: short, with a colon or a dash, or a whole line's start."""
    return before.rstrip().endswith((":", "-", "–", "—")) and len(before.strip()) <= _LONGEST_LABEL


def _label(text: str, *, last: bool) -> str:
    pieces = [piece for piece in _CUT.split(text) if _LABEL_WORD.search(piece)]
    if not pieces:
        return ""
    words = _LABEL_WORD.findall(pieces[-1] if last else pieces[0])
    chosen = words[-_WORDS_IN_NAME:] if last else words[:_WORDS_IN_NAME]
    label = " ".join(chosen)[:_LONGEST_LABEL]
    return label[:1].upper() + label[1:]


def _named(label: str) -> str:
    told = re.sub(r"[^a-z0-9]+", "_", transliterate(label)).strip("_")[:40].strip("_")
    return told if re.match(r"[a-z]", told) else f"field_{told}" if told else "blank"
