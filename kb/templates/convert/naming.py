"""The blanks of an imported form, in the order of the document, and the fields that fill them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.language.russian import CASES as RUSSIAN_CASES
from kb.templates.convert.overlay import Edit, Overlay, ParEdits
from kb.templates.convert.propose import Unsure
from kb.templates.convert.words import BLANK, Par, place_of, preceding
from kb.templates.sandbox import KYRGYZ_CASES, names_of

#: Cases that a field's answer may stand in, by language of the document.
CASES: Mapping[str, tuple[str, ...]] = {
    "ky": tuple(case for case in KYRGYZ_CASES if case != "attr"),
    "ru": ("gent", "datv", "accs", "ablt", "loct"),
}
#: Characters of context on either side of a blank.
_REACH = 140
_SIMPLE = re.compile(r"([a-z][a-z0-9_]*)(?:\|([a-z]+))?")
_WORDS = re.compile(rf"{BLANK.pattern}|[^\W_]")
#: What a person can choose of how an answer is written, beside its bare words.
_SHOWN = frozenset({*KYRGYZ_CASES, *RUSSIAN_CASES, "day"})
_LETTERS = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A blank of the document, or words that an answer stands in place of.

    Attributes:
        key: its name: ordinal of the paragraph and number of the word.
        where: number of its unit and ordinal of its paragraph, for a person.
        above: the line above, where its own paragraph has no words; else empty.
        before: words before it.
        blank: the words themselves.
        after: words behind it.
        field: name of the field that fills it; empty for a blank that is left as it is.
        first: no blank before it has the same field.
        fixed: what stands there is more than a field's answer, so only the field's name can be changed.
        rows: number of rows of a list that it stands for; 0 for no list.
        case: case that the answer stands in, empty for the nominative.
        doubts: why a person should look at it.
    """

    key: str
    where: str
    above: str
    before: str
    blank: str
    after: str
    field: str
    first: bool
    fixed: bool
    rows: int
    case: str
    doubts: tuple[Unsure, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Codes of the doubts, each once."""
        return tuple(dict.fromkeys(one.reason for one in self.doubts))


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to be named in an imported form.

    Attributes:
        title: title of the form, in Kyrgyz and in Russian.
        language: code of the document's language.
        spots: blanks in the order of the document.
        fields: all fields as ``form.yaml`` has them, by name.
        required: names of those that must be answered.
        others: names of the fields that fill no blank: they decide which words stand, or others follow from them.
        notes: what else a person should look at.
    """

    title: tuple[str, str]
    language: str
    spots: tuple[Spot, ...]
    fields: Mapping[str, Mapping[str, Any]]
    required: frozenset[str]
    others: tuple[str, ...]
    notes: tuple[Unsure, ...]


def survey(pars: Sequence[Par], edits: Mapping[int, ParEdits], overlay: Overlay, unsure: Iterable[Unsure]) -> Survey:
    """What there is to be named.

    Args:
        pars: paragraphs of the blank.
        edits: what becomes of them, by ordinal.
        overlay: the overlay that these edits are of.
        unsure: what a person should look at.
    """
    doubts = list(unsure)
    spots: list[Spot] = []
    named: set[str] = set()
    for par in pars:
        given = edits.get(par.ordinal)
        if par.copy or (given is not None and given.drop):
            continue
        for span, field, edit in _places(par, given):
            inside = [one for one in doubts if _at(one, par, span)]
            doubts = [one for one in doubts if one not in inside]
            spots.append(
                Spot(
                    key=f"{par.ordinal}-{par.covering(*span)[0]}",
                    where=place_of(par),
                    above=_above(pars, par),
                    before=_before(par.text, span[0]),
                    blank=par.text[slice(*span)],
                    after=_after(par.text, span[1]),
                    field=field,
                    first=bool(field) and field not in named,
                    fixed=edit is not None and _fixed(edit, given),
                    rows=_rows(pars, edits, par) if given is not None and given.each and field else 0,
                    case=_case(edit),
                    doubts=tuple(inside),
                )
            )
            named |= {field} - {""}
    fields = overlay.form.get("fields") or {}
    words = overlay.form.get("title") or ["", ""]
    return Survey(
        title=(words[0], words[1]) if isinstance(words, list) else (words, words),
        language=overlay.language.value,
        spots=tuple(spots),
        fields=fields,
        required=_required(overlay.form, fields),
        others=tuple(name for name in fields if name not in named),
        notes=tuple(doubts),
    )


def _required(form: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Fields that must be answered; a section can say otherwise than the field itself."""
    told = {name: bool(one.get("required", False)) for name, one in fields.items()}
    for section in form.get("sections") or []:
        told |= {one["name"]: bool(one.get("required", True)) for one in section["fields"] if isinstance(one, dict)}
    return frozenset(name for name, required in told.items() if required)


def _at(one: Unsure, par: Par, span: tuple[int, int]) -> bool:
    return one.ordinal == par.ordinal and span[0] <= one.start < span[1]


def _places(par: Par, given: ParEdits | None) -> Iterator[tuple[tuple[int, int], str, Edit | None]]:
    """Start and end, field and edit of what is to be named in a paragraph, in order."""
    found: list[tuple[tuple[int, int], str, Edit | None]] = []
    gone: list[tuple[int, int]] = []
    for edit in given.edits if given else ():
        span = par.span(edit.first, edit.last)
        if edit.verb == "=":
            gone.append(span)
            # Signs between the items of a list are written by expressions too, and nobody names them.
            if (name := _field(edit, given)) and _WORDS.search(par.text[slice(*span)]):
                found.append((span, name, edit))
        elif edit.verb == "drop":
            gone.append(span)
    found += [(one, "", None) for one in par.blanks() if not any(low <= one[0] < high for low, high in gone)]
    return iter(sorted(found, key=lambda one: one[0]))


def _field(edit: Edit, given: ParEdits | None) -> str:
    """Name of the field that an edit writes (``item_villages`` of a list's row → ``villages``), empty for none."""
    names = sorted(names_of(edit.what), key=edit.what.index)
    variable, _in, items = (given.each if given else "").partition(" in ")
    told = [items if name == variable else name for name in names if name != "loop"]
    return next((name for name in told if name.isidentifier()), "")


def _fixed(edit: Edit, given: ParEdits | None) -> bool:
    told = _SIMPLE.fullmatch(edit.what)
    return told is None or bool(given and given.each) or bool(told[2] and told[2] not in _SHOWN)


def _case(edit: Edit | None) -> str:
    told = _SIMPLE.fullmatch(edit.what) if edit else None
    return told[2] if told and told[2] and told[2] != "day" else ""


def _rows(pars: Sequence[Par], edits: Mapping[int, ParEdits], par: Par) -> int:
    """Blanks that a list's first row stands for: its own and those of the rows behind it, which go."""
    count = len(par.blanks())
    for later in pars[par.ordinal :]:
        given = edits.get(later.ordinal)
        if given is None and not later.text.strip():
            continue
        if given is None or not given.drop or not later.blanks():
            break
        count += len(later.blanks())
    return count


def _above(pars: Sequence[Par], par: Par) -> str:
    if _LETTERS.search(BLANK.sub(" ", par.text)):
        return ""
    line = preceding(pars, par)
    return _SPACES.sub(" ", line.text).strip()[-_REACH:] if line else ""


def _before(text: str, start: int) -> str:
    words = _SPACES.sub(" ", text[max(0, start - _REACH) : start])
    return f"…{words.partition(' ')[2]}" if start > _REACH else words.lstrip()


def _after(text: str, end: int) -> str:
    words = _SPACES.sub(" ", text[end : end + _REACH])
    return f"{words.rpartition(' ')[0]}…" if len(text) > end + _REACH else words.rstrip()
