"""Inserted numbers whose superscript the format lost: 231 between 23 and 24 is 23-1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.ingest.structure import numbers
from kb.ingest.structure.marks import HEADINGS, Mark, MarkKind
from kb.ingest.structure.model import Piece

#: Most numbers inserted behind one.
_MOST = 99


def restore(pieces: Sequence[Piece], skipped: frozenset[int]) -> list[tuple[int, Mark]]:
    """Pieces whose mark is an inserted number with its superscript lost, and the mark as it should be.

    Only where the numbers around leave no other reading: 23, 231, 232, 24 is 23, 23-1, 23-2, 24, and 40, 231, 232, 41
    is 40, 23-1, 23-2, 41 where there is a 23 before. The last part of an article may end so (3, 31), the last article
    of a text may not: 231 may begin another extract.

    Args:
        pieces: pieces of a scope.
        skipped: indexes of quoted pieces.
    """
    found: list[tuple[int, Mark]] = []
    for run in _runs(pieces, skipped):
        headings = bool(run) and run[0][1].kind in HEADINGS
        found += _restored(run, open_ended=not headings)
    return found


def _runs(pieces: Sequence[Piece], skipped: frozenset[int]) -> Iterator[list[tuple[int, Mark]]]:
    """Articles and chapters of the scope in a row, and the items of each kind between two headings."""
    headings: dict[MarkKind, list[tuple[int, Mark]]] = {MarkKind.ARTICLE: [], MarkKind.CHAPTER: []}
    items: dict[MarkKind, list[tuple[int, Mark]]] = {}
    for index, piece in enumerate(pieces):
        mark = piece.mark
        if mark is None or index in skipped:
            continue
        if mark.kind in headings:
            headings[mark.kind].append((index, mark))
        if mark.kind in HEADINGS:
            yield from items.values()
            items = {}
        elif mark.kind in {MarkKind.DECIMAL, MarkKind.POINT} and not mark.dotted and not mark.labelled:
            items.setdefault(mark.kind, []).append((index, mark))
    yield from items.values()
    yield from headings.values()


def _restored(run: Sequence[tuple[int, Mark]], *, open_ended: bool) -> list[tuple[int, Mark]]:
    found: list[tuple[int, Mark]] = []
    seen: set[str] = set()
    at = 0
    while at + 1 < len(run):
        last = run[at][1].number or ""
        seen.add(last)
        base, stop = last, at + 1
        while base.isdigit() and stop < len(run) and _is_inserted(run[stop][1].number, base, stop - at):
            stop += 1
        if stop == at + 1 and not open_ended and last.isdigit():
            base, stop = _far_run(run, at, seen)
        goes_on = stop < len(run) and last.isdigit() and run[stop][1].number == str(int(last) + 1)
        if stop > at + 1 and (goes_on or (open_ended and stop == len(run))):
            for step in range(1, stop - at):
                index, mark = run[at + step]
                number = f"{base}-{step}"
                if mark.number != number:
                    found.append((index, replace(mark, number=number, value=numbers.value_of(number))))
        at = stop
    return found


def _is_inserted(number: str | None, base: str, step: int) -> bool:
    return step <= _MOST and number in {f"{base}{step}", f"{base}-{step}"}


def _far_run(run: Sequence[tuple[int, Mark]], at: int, seen: set[str]) -> tuple[str, int]:
    """Base and end of a run of inserted numbers that stands behind another number than its base: 244, 2331, 2332."""
    first = run[at + 1][1].number or ""
    base, stop = first[:-1], at + 1
    if first[-1:] != "1" or base not in seen or run[at][1].number == str(int(first) - 1):
        return first, stop
    while stop < len(run) and _is_inserted(run[stop][1].number, base, stop - at):
        stop += 1
    return base, stop
