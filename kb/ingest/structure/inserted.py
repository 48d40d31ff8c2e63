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

    Only where the numbers around leave no other reading: 23, 231, 232, 24 is 23, 23-1, 23-2, 24. The last part of
    an article may end so (3, 31), the last article of a text may not: 231 may begin another extract.

    Args:
        pieces: pieces of a scope.
        skipped: indexes of quoted pieces.
    """
    found: list[tuple[int, Mark]] = []
    for run in _runs(pieces, skipped):
        articles = bool(run) and run[0][1].kind is MarkKind.ARTICLE
        found += _restored(run, open_ended=not articles)
    return found


def _runs(pieces: Sequence[Piece], skipped: frozenset[int]) -> Iterator[list[tuple[int, Mark]]]:
    """Articles of the scope in a row, and the items of each kind between two headings."""
    articles: list[tuple[int, Mark]] = []
    items: dict[MarkKind, list[tuple[int, Mark]]] = {}
    for index, piece in enumerate(pieces):
        mark = piece.mark
        if mark is None or index in skipped:
            continue
        if mark.kind is MarkKind.ARTICLE:
            articles.append((index, mark))
        if mark.kind in HEADINGS:
            yield from items.values()
            items = {}
        elif mark.kind in {MarkKind.DECIMAL, MarkKind.POINT} and not mark.dotted and not mark.labelled:
            items.setdefault(mark.kind, []).append((index, mark))
    yield from items.values()
    yield articles


def _restored(run: Sequence[tuple[int, Mark]], *, open_ended: bool) -> list[tuple[int, Mark]]:
    found: list[tuple[int, Mark]] = []
    at = 0
    while at + 1 < len(run):
        base = run[at][1].number or ""
        stop = at + 1
        while base.isdigit() and stop < len(run) and stop - at <= _MOST and run[stop][1].number == f"{base}{stop - at}":
            stop += 1
        follows = run[stop][1].number == str(int(base or 0) + 1) if stop < len(run) and base.isdigit() else open_ended
        if stop > at + 1 and follows:
            for step in range(1, stop - at):
                index, mark = run[at + step]
                number = f"{base}-{step}"
                found.append((index, replace(mark, number=number, value=numbers.value_of(number))))
        at = stop
    return found
