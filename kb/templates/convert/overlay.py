"""Overlays: data that turn an official blank into a form and hold none of its text.

An edit names words by their numbers in the paragraph and says what becomes of them::

    3 = municipality_name           an answer stands in their place (any expression of a form)
    3-4 if city                     they stand only on a condition
    3-4 if city else 6-7            either the ones or the others; what stands between goes
    5-9 drop                        they go
    5-6 keep                        they are meant as they stand, whatever kind the community is
    5-6 model if city               they stand, marked as the model's own, on a condition (or always)
    5-7 stale 27.2                  a reference that is wrong in the model itself
    5-7 ref 27.2                    a reference to a unit, which follows its number
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kb.errors import BadForm
from kb.language.model import Language
from kb.templates.schema import mapping, sequence

SHIPPED = Path(__file__).parent.parent / "overlays"
#: Share of an overlay's paragraphs that a document must have to be the one that it is for.
LEAST_SHARE = 0.6

_EDIT = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))? (=|if|drop|keep|model|stale|ref)(?: (.{1,600}))?")
_EITHER = re.compile(r"(.{1,300}) else ([0-9]{1,4})(?:-([0-9]{1,4}))?")
_LABEL = re.compile(r"[0-9IVX.]{1,12}")
_HASH = re.compile(r"[0-9a-f]{12}")
_KEYS = frozenset({"clause", "hash", "edits", "when", "drop", "each", "more"})
_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of some words of a paragraph.

    Attributes:
        first: number of the first word, from 1.
        last: number of the last word.
        verb: ``=``, ``if``, ``drop``, ``keep``, ``model``, ``stale``, ``ref``.
        what: expression, condition or label; empty for none.
        other: first and last of the words that stand otherwise, or None.
    """

    first: int
    last: int
    verb: str
    what: str = ""
    other: tuple[int, int] | None = None

    def __str__(self) -> str:
        """The edit as overlays write it."""
        words = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        condition = "if " if self.verb == "model" and self.what else ""
        told = f"{words} {self.verb} {condition}{self.what}".strip()
        if self.other:
            low, high = self.other
            told += f" else {low}" if low == high else f" else {low}-{high}"
        return told


@dataclass(frozen=True, slots=True)
class ParEdits:
    """What becomes of a paragraph.

    Attributes:
        clause: number of the unit that it belongs to, for people; empty for none.
        hash: hash of its text.
        edits: what becomes of its words.
        when: condition on which it stands, empty for always.
        drop: it goes.
        each: ``variable in list``: it stands once for each item.
        more: list whose items follow it as further items of its own list.
    """

    clause: str
    hash: str
    edits: tuple[Edit, ...] = ()
    when: str = ""
    drop: bool = False
    each: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """All that turns a blank into a form.

    Attributes:
        id: its name.
        language: language of the document.
        form: what goes into ``form.yaml``: title, summary, follows, official, sections, fields, rules, acts, bases.
        like: id of the shipped form whose sections, fields, rules and acts it takes, or empty.
        known: hashes of the document's paragraphs, which it is known by.
        units: conditions on which units stand, by number.
        paragraphs: what becomes of paragraphs, in the order of the document.
    """

    id: str
    language: Language
    form: Mapping[str, Any]
    like: str = ""
    known: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    paragraphs: tuple[ParEdits, ...] = ()

    def share(self, hashes: Iterable[str]) -> float:
        """Share of its paragraphs that a document with these hashes has; 0 where it knows none."""
        return len(self.known & set(hashes)) / len(self.known) if self.known else 0.0


def shipped_overlays() -> tuple[Overlay, ...]:
    """The overlays that come with the product."""
    return tuple(read_overlay(path.read_bytes(), path.name) for path in sorted(SHIPPED.glob("*.yaml")))


def overlay_for(hashes: Sequence[str]) -> Overlay | None:
    """The shipped overlay that a document with these paragraphs is known by, or None."""
    best = max(shipped_overlays(), key=lambda one: one.share(hashes), default=None)
    return best if best and best.share(hashes) >= LEAST_SHARE else None


def read_overlay(content: bytes, name: str) -> Overlay:
    """An overlay from YAML.

    Args:
        content: the file.
        name: its name, for messages.

    Raises:
        BadForm: it does not fit.
    """
    if len(content) > _LARGEST:
        raise BadForm(reason="too_large", where=name)
    try:
        found = mapping(yaml.safe_load(content), name)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise BadForm(reason="yaml", where=name, problem=str(problem)[:200]) from None
    try:
        language = Language(str(found.get("lang", "")))
    except ValueError:
        raise BadForm(reason="overlay", where=f"{name}: lang") from None
    units = {str(number): str(when) for number, when in mapping(found.get("units"), name).items()}
    return Overlay(
        id=str(found.get("id", ""))[:80],
        language=language,
        form=mapping(found.get("form"), name),
        like=str(found.get("like", "")),
        known=frozenset(str(found.get("known", "")).split()),
        units=units,
        paragraphs=tuple(_paragraph(one, name) for one in sequence(found.get("paragraphs"), name)),
    )


def _paragraph(found: object, name: str) -> ParEdits:
    given = mapping(found, name)
    code = str(given.get("hash", ""))
    if not set(given) <= _KEYS or not _HASH.fullmatch(code):
        raise BadForm(reason="overlay", where=f"{name}: {code or sorted(given)}")
    edits = tuple(read_edit(one, f"{name}: {code}") for one in sequence(given.get("edits"), name))
    text = {key: str(given.get(key, "")) for key in ("clause", "when", "each", "more")}
    return ParEdits(text["clause"], code, edits, text["when"], bool(given.get("drop")), text["each"], text["more"])


def read_edit(found: object, where: str) -> Edit:
    """An edit as overlays write it (``3-4 if city else 6-7``).

    Raises:
        BadForm: it does not fit.
    """
    told = _EDIT.fullmatch(str(found))
    if told is None:
        raise BadForm(reason="overlay", where=where, problem=str(found)[:80])
    first, last, verb, what = int(told[1]), int(told[2] or told[1]), told[3], told[4] or ""
    other = None
    if verb == "if" and (either := _EITHER.fullmatch(what)):
        what, other = either[1], (int(either[2]), int(either[3] or either[2]))
    if verb == "model":
        what = what.removeprefix("if ").strip()
    wrong = not 0 < first <= last or (verb in {"=", "if", "stale", "ref"} and not what)
    wrong = wrong or (verb in {"drop", "keep"} and bool(what)) or (verb in {"stale", "ref"} and not _LABEL.match(what))
    if wrong or (other and not 0 < other[0] <= other[1]):
        raise BadForm(reason="overlay", where=where, problem=str(found)[:80])
    return Edit(first, last, verb, what, other)


def write_overlay(overlay: Overlay) -> str:
    """An overlay as YAML, which a person can name fields in and give back."""
    head = {"overlay": 1, "id": overlay.id, "lang": overlay.language.value}
    if overlay.like:
        head["like"] = overlay.like
    told = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    told += yaml.safe_dump({"form": dict(overlay.form)}, allow_unicode=True, sort_keys=False, width=110)
    if overlay.units:
        told += yaml.safe_dump({"units": dict(overlay.units)}, allow_unicode=True, sort_keys=False)
    paragraphs = [_told(one) for one in overlay.paragraphs]
    told += yaml.safe_dump(
        {"paragraphs": paragraphs}, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    return told + yaml.safe_dump({"known": " ".join(sorted(overlay.known))}, width=110)


def _told(one: ParEdits) -> dict[str, Any]:
    told: dict[str, Any] = {"clause": one.clause, "hash": one.hash}
    if one.when:
        told["when"] = one.when
    if one.each:
        told["each"] = one.each
    if one.more:
        told["more"] = one.more
    if one.drop:
        told["drop"] = True
    if one.edits:
        told["edits"] = [str(edit) for edit in one.edits]
    return told
