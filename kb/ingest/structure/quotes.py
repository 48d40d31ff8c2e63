"""Text of another act that an amending act quotes: its articles and points are not those of the act itself."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ingest.structure.looks import opens_list
from kb.ingest.structure.marks import find_mark
from kb.ingest.structure.model import Piece

_OPENING = '«"“„'
#: Longest quotation, in paragraphs; a quotation mark that nothing closes quotes nothing.
_LONGEST = 2000


def quoted(pieces: Sequence[Piece]) -> frozenset[int]:
    """Indexes of the pieces that are quoted text with numbers of its own.

    ``… изложить в следующей редакции:`` ``«Статья 5. …`` ``1. …`` ``2. …».`` are quoted from article 5 on.
    """
    found: set[int] = set()
    index = 1
    while index < len(pieces):
        stop = _close(pieces, index) if _opens(pieces, index) else None
        if stop is None:
            index += 1
        else:
            found.update(range(index, stop + 1))
            index = stop + 1
    return frozenset(found)


def _opens(pieces: Sequence[Piece], index: int) -> bool:
    text = pieces[index].text
    return text[0] in _OPENING and opens_list(pieces[index - 1].text) and find_mark(text[1:].lstrip()) is not None


def _close(pieces: Sequence[Piece], start: int) -> int | None:
    """Index of the piece that closes the quotation begun at ``start``, or None."""
    depth = straight = 0
    for index in range(start, min(len(pieces), start + _LONGEST)):
        text = pieces[index].text
        depth += text.count("«") + text.count("“") + text.count("„") - text.count("»") - text.count("”")
        straight += text.count('"')
        tail = text.rstrip(" .;,")
        if tail.endswith(("»", "”")) and depth <= 0:
            return index
        if pieces[start].text[0] == '"' and tail.endswith('"') and straight % 2 == 0:
            return index
    return None
