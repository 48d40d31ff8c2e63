"""Lists of contents, which repeat the headings before the body has them or after it has had them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from rapidfuzz import fuzz

from kb.ingest.structure.looks import ends_sentence
from kb.ingest.structure.marks import HEADINGS, MarkKind
from kb.ingest.structure.model import Piece

_TITLE = re.compile(r"\s*(?:мазмуну|оглавление|содержание|мазмун)\s*[:.]?\s*", re.IGNORECASE)
_LEADER = re.compile(r"(?:[.…_]{3,}|\t)[\s.…]*\d{1,4}\s*$")
_PAGE = re.compile(r"[\s.…_]*(?:\d{1,4}\s*)?$")
_MARKED = HEADINGS | {MarkKind.ROMAN, MarkKind.DECIMAL}
_LINE_LENGTH = 250

#: A heading as a list of contents repeats it: the kind of its mark and its number, or its words (``ОБЩАЯ ЧАСТЬ``).
_Key = tuple[MarkKind, str | None]


def _key(piece: Piece) -> _Key | None:
    mark = piece.mark
    if mark is None or mark.kind not in _MARKED or len(piece.text) > _LINE_LENGTH:
        return None
    return mark.kind, mark.number or _folded(piece.text)


def is_title(piece: Piece) -> bool:
    """Whether a paragraph is the title of a list of contents (``Мазмуну``, ``Оглавление``)."""
    return len(piece.text) < 20 and _TITLE.fullmatch(piece.text) is not None


def find_contents(pieces: Sequence[Piece]) -> frozenset[int]:
    """Indexes of the pieces that are a list of contents, title included; an empty set if there is none.

    ``I. Жалпы жоболор``, ``II. Кеңеш`` and then again ``I. Жалпы жоболор`` with text below: the first two.
    """
    marked = frozenset(index for index, piece in enumerate(pieces) if piece.look.contents)
    titled = next((index for index, piece in enumerate(pieces) if is_title(piece)), None)
    if titled is not None:
        stop = _end(pieces, titled + 1, named=True)
        if stop > titled + 1 or titled + 1 in marked:
            return marked | {titled} | _dropped(pieces, titled + 1, stop)
    first = next((index for index, piece in enumerate(pieces) if _key(piece)), None)
    if first is None or first in marked:
        return marked
    return marked | _dropped(pieces, first, _end(pieces, first, named=False))


def _dropped(pieces: Sequence[Piece], start: int, stop: int) -> frozenset[int]:
    """Pieces of the list from ``start`` to ``stop``; a line in it whose words stand nowhere else is no part of it."""
    odd = [at for at in range(start, stop) if _key(pieces[at]) is None and not _LEADER.search(pieces[at].text)]
    if odd:
        rest = " ".join(_folded(piece.text) for piece in (*pieces[:start], *pieces[stop:]))
        odd = [at for at in odd if _folded(_PAGE.sub("", pieces[at].text)) not in rest]
    return frozenset(range(start, stop)).difference(odd)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _end(pieces: Sequence[Piece], start: int, *, named: bool) -> int:
    """Where a list of contents that begins at ``start`` ends; ``start`` itself if it is none."""
    listed: list[int] = []
    last = start
    for index in range(start, len(pieces)):
        piece = pieces[index]
        key = _key(piece)
        if _is_text(piece) or (key is not None and listed and key == _key(pieces[listed[0]])):
            break
        if key is not None:
            listed.append(index)
            last = index + 1
        elif _LEADER.search(piece.text):
            last = index + 1
        elif index - last > 2 or (piece.mark is not None and not named):
            break
    later = {key for piece in pieces[last:] if (key := _key(piece)) is not None}
    later |= {key for piece in pieces[:start] if (key := _key(piece)) is not None} if named else set()
    # Headings that stand only once, at the end of the run, are the body's first.
    while listed and _key(pieces[listed[-1]]) not in later:
        last = listed.pop()
    if len(listed) < 2:
        return start
    first = _key(pieces[listed[0]])
    after = next((at for at in range(last, min(last + 3, len(pieces))) if _key(pieces[at]) == first), None)
    if after is not None and any(_is_text(piece) or piece.mark is not None for piece in pieces[last:after]):
        after = None
    # A wrapped line of the last heading stands between it and the first heading of the body.
    last = after if after is not None else last
    before = pieces[:start] if named else []
    return last if _repeated(pieces[last:], pieces, listed) or _repeated(before, pieces, listed) else start


def _is_text(piece: Piece) -> bool:
    """Whether a piece cannot stand in a list of contents: a table, a note, a sentence."""
    if piece.is_table or piece.note is not None or len(piece.text) > _LINE_LENGTH:
        return True
    return _key(piece) is None and len(piece.text) > 80 and ends_sentence(piece.text)


def _repeated(part: Sequence[Piece], pieces: Sequence[Piece], listed: Sequence[int]) -> bool:
    """Whether the listed headings stand again in ``part`` in the same order, or at least four fifths of them.

    Their words must be the same too, or text that only has such numbers would be lost.
    """
    places: dict[_Key, list[int]] = {}
    for at, piece in enumerate(part):
        key = _key(piece)
        if key is not None:
            places.setdefault(key, []).append(at)
    found = 0
    behind = -1
    for index in listed:
        key = _key(pieces[index])
        again = places.get(key, []) if key is not None else []
        at = bisect_right(again, behind)
        if at < len(again) and _is_same(pieces[index], part, again[at]):
            behind = again[at]
            found += 1
    return found >= max(2, len(listed) * 0.8)


def _is_same(line: Piece, part: Sequence[Piece], at: int) -> bool:
    """Whether a line of the list has the words of heading ``part[at]``, leaders and page number aside.

    Either may be wrapped; the words of a heading that is a bare number stand in the line below it.
    """
    words, heading = _words(line), _words(part[at])
    below = part[at + 1] if at + 1 < len(part) else None
    if not heading and below is not None and below.mark is None:
        heading = below.text.lower()
    if not words or not heading:
        return not words
    return fuzz.partial_ratio(words, heading) >= 75


def _words(piece: Piece) -> str:
    """Words of a heading in small letters, its number, leaders and page number left out."""
    return _PAGE.sub("", piece.text[piece.mark.end if piece.mark else 0 :]).lower().strip()
