"""The same unit in two languages of an act: units of one text matched with those of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.documents import Document, Doubt, Level, Unit

#: Levels whose numbers run through the whole text, so that they are the same whatever stands around them.
_THROUGH = frozenset({Level.ARTICLE, Level.CLAUSE})
#: eIds that a doubt names.
_NAMED = 20

#: What siblings are matched by: level and number.
_Key = tuple[Level, str | None]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two texts have in common.

    Attributes:
        units: units of the text that was aligned, their wIds set: that of the unit that it answers to, else one that
            no unit of the other text has.
        unmatched: eIds of its units that answer to none in the other text, in order; those below one are not named.
        missing: eIds of units of the other text to which none of its answers, likewise.
    """

    units: tuple[Unit, ...]
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]


def align_documents(document: Document, other: Document) -> tuple[Document, tuple[Doubt, ...]]:
    """A document with its units' wIds set by the same act in another language, and what does not align.

    Args:
        document: the document taken in.
        other: an edition of the same act in another language, its wIds set.

    Returns:
        The document, and a doubt ``not_aligned`` if units of either answer to none of the other; its parameters are
        the other ``language``, the number of such units in each (``count``, ``missing``) and the first eIds.
    """
    found = align(document.units, other.units, mark=document.language.value)
    doubts: tuple[Doubt, ...] = ()
    if found.unmatched or found.missing:
        params = {"language": other.language.value, "count": len(found.unmatched), "missing": len(found.missing)}
        named = [*found.unmatched[:_NAMED], *(f"-{eid}" for eid in found.missing[:_NAMED])]
        doubts = (Doubt("not_aligned", {**params, "eids": " ".join(named)}),)
    return replace(document, units=found.units), doubts


def align(units: Sequence[Unit], others: Sequence[Unit], *, mark: str) -> Alignment:
    """Match the units of two texts of one act.

    Articles and clauses answer to those of their number wherever they stand (a text may have a chapter that the other
    lacks); all else to siblings of its level and number below units that answer to each other. Units without a number,
    and numbers that stand twice, are matched in order, and only where both texts have equally many:
    ``sec_nn_2`` of two answers to none of three.

    Args:
        units: units in document order, each parent before its children.
        others: the units of the other text, likewise, their wIds set.
        mark: letters that set the wId of an unmatched unit apart (``ky``), where its eId would be another unit's.
    """
    pairs = _pairs(units, others)
    taken = {unit.wid for unit in others}
    done: list[Unit] = []
    for unit in units:
        match = pairs.get(unit.eid)
        wid = match.wid if match is not None else _free(unit.eid, mark, taken)
        taken.add(wid)
        done.append(replace(unit, wid=wid))
    answered = {match.eid for match in pairs.values()}
    return Alignment(
        tuple(done),
        tuple(_outermost(units, {unit.eid for unit in units if unit.eid not in pairs})),
        tuple(_outermost(others, {unit.eid for unit in others if unit.eid not in answered})),
    )


def _free(eid: str, mark: str, taken: set[str]) -> str:
    wid, count = eid, 1
    while wid in taken:
        wid = f"{eid}-{mark}" if count == 1 else f"{eid}-{mark}-{count}"
        count += 1
    return wid


def _outermost(units: Iterable[Unit], unmatched: set[str]) -> Iterator[str]:
    for unit in units:
        if unit.eid in unmatched and unit.parent not in unmatched:
            yield unit.eid


def _pairs(units: Sequence[Unit], others: Sequence[Unit]) -> dict[str, Unit]:
    """Units of the other text by the eId of the one that answers to them."""
    ours, theirs = _children(units), _children(others)
    pairs: dict[str, Unit] = {}
    through = _through(units), _through(others)
    for key, unit in through[0].items():
        if key in through[1]:
            pairs[unit.eid] = through[1][key]
    _match(ours.get(None, ()), theirs.get(None, ()), pairs)
    for unit in units:
        match = pairs.get(unit.eid)
        if match is not None:
            _match(ours.get(unit.eid, ()), theirs.get(match.eid, ()), pairs)
    return pairs


def _children(units: Iterable[Unit]) -> dict[str | None, list[Unit]]:
    found: dict[str | None, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.parent, []).append(unit)
    return found


def _through(units: Sequence[Unit]) -> dict[tuple[str, _Key], Unit]:
    """Articles and clauses whose number stands once in their scope, by scope (the appendix around them) and key."""
    scopes: dict[str, str] = {}
    keys: list[tuple[tuple[str, _Key], Unit]] = []
    for unit in units:
        around = scopes.get(unit.parent or "", "")
        scopes[unit.eid] = unit.eid if unit.level is Level.APPENDIX else around
        if unit.level in _THROUGH and unit.number is not None:
            keys.append(((around, (unit.level, unit.number)), unit))
    counts = Counter(key for key, _ in keys)
    return {key: unit for key, unit in keys if counts[key] == 1}


def _match(ours: Sequence[Unit], theirs: Sequence[Unit], pairs: dict[str, Unit]) -> None:
    """Match siblings by level and number, those of one key in order where both have equally many."""
    answered = {match.eid for match in pairs.values()}
    left: dict[_Key, list[Unit]] = {}
    right: dict[_Key, list[Unit]] = {}
    for unit in ours:
        if unit.eid not in pairs:
            left.setdefault((unit.level, unit.number), []).append(unit)
    for unit in theirs:
        if unit.eid not in answered:
            right.setdefault((unit.level, unit.number), []).append(unit)
    for key, mine in left.items():
        same = right.get(key, [])
        if len(mine) == len(same):
            pairs.update({unit.eid: match for unit, match in zip(mine, same, strict=True)})
