"""Long editions cut into parts that a slow line can read one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import HIGHER_LEVELS, Level, Unit
from kb.web.views.text import text_size

#: Characters of text above which an edition is shown by parts, and which a part should not pass.
WHOLE = 75_000
PART = 40_000
#: Characters that are too few for a part of their own: a preamble goes with the first chapter.
SCRAP = 2_000

_HOLDERS = HIGHER_LEVELS | {Level.APPENDIX}
_PROVISIONS = frozenset({Level.ARTICLE, Level.CLAUSE})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an edition: indexes ``start`` to ``end`` (exclusive) of its units, named by its first eId."""

    eid: str
    start: int
    end: int


def cut(units: Sequence[Unit], whole: int = WHOLE, size: int = PART) -> tuple[Part, ...]:
    """Parts of an edition that join to the whole, in order.

    Args:
        units: all units in document order.
        whole: characters up to which the edition stays in one part.
        size: characters that a part should not pass where headings or articles let it be cut.

    Returns:
        One part for a short edition, none for one without units; each part begins at a chapter, section,
        part or appendix, or at an article or clause where these are too long.
    """
    if not units:
        return ()
    if text_size(units) <= whole:
        return (Part(units[0].eid, 0, len(units)),)
    ends = _ends(units)
    starts = sorted({0, *_starts(units, ends, 0, len(units), size)})
    bounds = zip(starts, [*starts[1:], len(units)], strict=True)
    return tuple(Part(units[start].eid, start, end) for start, end in bounds)


def _ends(units: Sequence[Unit]) -> list[int]:
    """Index behind the last descendant of each unit."""
    ends = list(range(1, len(units) + 1))
    at = {unit.eid: index for index, unit in enumerate(units)}
    for index in range(len(units) - 1, -1, -1):
        parent = units[index].parent
        if parent is not None and parent in at:
            ends[at[parent]] = max(ends[at[parent]], ends[index])
    return ends


def _starts(units: Sequence[Unit], ends: list[int], start: int, end: int, size: int) -> list[int]:
    """Where parts begin in a stretch whose members are siblings, its own start left to the caller."""
    found: list[int] = []
    filled = 0
    index = start
    while index < end:
        unit, stop = units[index], min(ends[index], end)
        length = text_size(units[index:stop])
        holder = unit.level in _HOLDERS
        due = holder or (unit.level in _PROVISIONS and filled + length > size)
        if due and filled > min(SCRAP, size):
            found.append(index)
            filled = 0
        if holder and length > size:
            inner = _starts(units, ends, index + 1, stop, size)
            found.extend(inner)
            filled = text_size(units[(inner[-1] if inner else index) : stop])
        else:
            filled += max(length, 1)
        index = stop
    return found


def part_of(parts: Sequence[Part], units: Sequence[Unit], eid: str) -> int | None:
    """Index of the part that holds a unit or one of its paragraphs (``art_29__al_2``), or None."""
    wanted = {eid, eid.rpartition("__al_")[0]}
    index = next((at for at, unit in enumerate(units) if unit.eid in wanted), None)
    if index is None:
        return None
    return next(at for at, part in enumerate(parts) if part.start <= index < part.end)
