"""Whether a number at a paragraph's start fits the list that it would continue."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from enum import StrEnum

from kb.ingest.structure.looks import ends_anyhow
from kb.ingest.structure.marks import HEADINGS, Mark, MarkKind
from kb.ingest.structure.model import Piece
from kb.ingest.structure.numbers import Value, is_next, value_of

#: Numbers that a list may skip at once; more are taken for something else, unless the list goes on from there.
LARGEST_STEP = 20


class Fit(StrEnum):
    """How a number stands to the last one of a list."""

    NEXT = "next"
    SKIP = "skip"
    FAR = "far"
    SAME = "same"
    BACK = "back"


def fit(before: Value | None, after: Value) -> Fit:
    """How ``after`` stands to the last number of a list, None for an empty one."""
    if is_next(before, after):
        return Fit.NEXT
    start = before or (0,)
    if after == start:
        return Fit.SAME
    if after < start:
        return Fit.BACK
    return Fit.SKIP if after[0] - start[0] <= LARGEST_STEP else Fit.FAR


def last_value(number: str) -> Value:
    """Order of the last part of a decimal among its siblings: ``27.5`` → (5,), ``27.5-1`` → (5, 1)."""
    return value_of(number.rpartition(".")[2]) or (0,)


class Ahead:
    """What stands behind each piece."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Note for each piece the next one that has a mark, and that has a heading's."""
        self._pieces = pieces
        count = len(pieces)
        self._mark = [count] * (count + 1)
        for index in range(count - 1, -1, -1):
            self._mark[index] = index if pieces[index].mark is not None else self._mark[index + 1]

    def piece(self, index: int) -> Piece | None:
        """The piece behind ``index``, or None."""
        return self._pieces[index + 1] if index + 1 < len(self._pieces) else None

    def mark(self, index: int) -> Mark | None:
        """The first mark behind piece ``index``, or None."""
        at = self._mark[index + 1] if index + 1 < len(self._mark) else len(self._pieces)
        return self._pieces[at].mark if at < len(self._pieces) else None

    def distance(self, index: int) -> int:
        """Pieces between piece ``index`` and the next that has a mark."""
        return self._mark[index + 1] - index - 1 if index + 1 < len(self._mark) else 0

    def continues(self, index: int, mark: Mark) -> bool:
        """Whether the next mark of the same kind, headings aside, follows ``mark`` without a gap."""
        at = self._mark[index + 1] if index + 1 < len(self._mark) else len(self._pieces)
        for _ in range(12):
            if at >= len(self._pieces):
                return False
            other = self._pieces[at].mark
            if other is None or other.kind in HEADINGS:
                return False
            if other.kind is mark.kind and other.dotted == mark.dotted:
                return _after(mark, other)
            at = self._mark[at + 1]
        return False


def _after(first: Mark, second: Mark) -> bool:
    if first.dotted:
        return (first.number or "").rpartition(".")[0] == (second.number or "").rpartition(".")[0] and is_next(
            last_value(first.number or ""), last_value(second.number or "")
        )
    return first.value is not None and second.value is not None and is_next(first.value, second.value)


def is_clean(before: Piece | None, mark: Mark) -> bool:
    """Whether the paragraph before ends in a way that a new item can follow; a wrapped line does not."""
    if mark.labelled or before is None or before.is_table or before.note is not None:
        return True
    if before.mark is not None and before.mark.kind in HEADINGS:
        return True
    return ends_anyhow(before.text) or before.text.endswith("_")


def mistyped(pieces: Sequence[Piece], skipped: Set[int]) -> list[tuple[int, Mark]]:
    """Numbers typed with the wrong stop, and their marks as the list around has them: ``4)``, ``5.``, ``6)``.

    Args:
        pieces: pieces of a scope.
        skipped: indexes of quoted pieces.
    """
    marked = [(at, piece.mark) for at, piece in enumerate(pieces) if piece.mark is not None and at not in skipped]
    found: list[tuple[int, Mark]] = []
    for (_, before), (at, mark), (_, after) in zip(marked, marked[1:], marked[2:], strict=False):
        pair = {mark.kind, before.kind}
        if before.kind is not after.kind or pair != {MarkKind.DECIMAL, MarkKind.POINT} or mark.dotted or before.dotted:
            continue
        if not (mark.value and before.value and after.value) or mark.labelled or after.dotted or mark.value == (1,):
            continue
        if is_next(before.value, mark.value) and is_next(mark.value, after.value):
            found.append((at, replace(mark, kind=before.kind)))
    return found


def bare_headings(pieces: Sequence[Piece], headinglike: Sequence[bool]) -> frozenset[int]:
    """Indexes of numbered sub-headings that stand in a series of their own among numbered clauses.

    ``1. Общие положения`` (heading) ``1. Настоящее …`` ``2. …`` ``2. Цели`` (heading) ``3. …``.

    Args:
        pieces: pieces of a text without articles.
        headinglike: for each piece, whether it is set or worded as a heading.
    """
    single = [
        (index, piece.mark.value, headinglike[index])
        for index, piece in enumerate(pieces)
        if piece.mark is not None and piece.mark.kind is MarkKind.DECIMAL and not piece.mark.dotted and piece.mark.value
    ]
    heads = [(index, value) for index, value, head in single if head]
    if not heads or len(heads) >= len(single):
        return frozenset()
    together = breaks = 0
    last: Value | None = None
    for _, value, _ in single:
        together += not is_next(last, value)
        last = value
    last_head: Value | None = None
    last_clause: Value | None = None
    restart = False
    for _, value, head in single:
        if head:
            breaks += not is_next(last_head, value)
            last_head, restart = value, True
        else:
            breaks += not (is_next(last_clause, value) or (restart and is_next(None, value)))
            last_clause, restart = value, False
    return frozenset(index for index, _ in heads) if breaks < together else frozenset()


def has_clauses(pieces: Sequence[Piece], quoted: Set[int] = frozenset()) -> bool:
    """Whether a text has numbered clauses: one that begins a list, or two that follow each other."""
    last: Mark | None = None
    for index, piece in enumerate(pieces):
        mark = piece.mark
        if mark is None or mark.kind is not MarkKind.DECIMAL or index in quoted or mark.value is None:
            continue
        if mark.value[0] == 1 or (last is not None and last.dotted == mark.dotted and _after(last, mark)):
            return True
        last = mark
    return False
