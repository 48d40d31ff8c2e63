"""Text of another act that an amending act quotes: its articles and points are not those of the act itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kb.ingest.structure.looks import opens_list
from kb.ingest.structure.marks import find_mark
from kb.ingest.structure.model import Piece

_OPENING = '«"“„'
#: Longest quotation, in paragraphs, and paragraphs that end with a quotation mark and may close it.
_LONGEST = 2000
_TRIED = 200


def quoted(pieces: Sequence[Piece]) -> frozenset[int]:
    """Indexes of the pieces that are quoted text with numbers of its own; a mark that nothing closes quotes nothing.

    ``… изложить в следующей редакции:`` ``«Статья 5. …`` ``1. …`` ``2. …».`` are quoted from article 5 on.
    """
    starts = [index for index in range(1, len(pieces)) if _opens(pieces, index)]
    if not starts:
        return frozenset()
    balance = _Balance(pieces)
    found: set[int] = set()
    behind = 0
    for start in starts:
        stop = balance.close(start) if start >= behind else None
        if stop is not None:
            found.update(range(start, stop + 1))
            behind = stop + 1
    return frozenset(found)


def _opens(pieces: Sequence[Piece], index: int) -> bool:
    text = pieces[index].text
    return text[0] in _OPENING and opens_list(pieces[index - 1].text) and find_mark(text[1:].lstrip()) is not None


class _Balance:
    """Quotation marks opened and closed up to each piece."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._depth = [0]
        self._straight = [0]
        self._closers: list[int] = []
        for index, piece in enumerate(pieces):
            text = piece.text
            opened = text.count("«") + text.count("“") + text.count("„")
            self._depth.append(self._depth[-1] + opened - text.count("»") - text.count("”"))
            self._straight.append(self._straight[-1] + text.count('"'))
            if text.rstrip(" .;,").endswith(("»", "”", '"')):
                self._closers.append(index)

    def close(self, start: int) -> int | None:
        """Index of the piece that closes the quotation begun at ``start``, or None."""
        straight = self._pieces[start].text[0] == '"'
        counts = self._straight if straight else self._depth
        first = bisect_left(self._closers, start)
        for index in self._closers[first : first + _TRIED]:
            inside = counts[index + 1] - counts[start]
            ends = self._pieces[index].text.rstrip(" .;,").endswith('"')
            if index - start > _LONGEST:
                break
            if (straight and ends and inside % 2 == 0) or (not straight and not ends and inside <= 0):
                return index
        return None
