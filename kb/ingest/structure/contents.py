"""Lists of contents, which repeat the headings before the body has them or after it has had them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from kb.ingest.structure.marks import HEADINGS, MarkKind
from kb.ingest.structure.model import Piece

_TITLE = re.compile(r"\s*(?:мазмуну|оглавление|содержание|мазмун)\s*[:.]?\s*", re.IGNORECASE)
_LEADER = re.compile(r"(?:[.…_]{3,}|\t)[\s.…]*\d{1,4}\s*$")
_PAGE = re.compile(r"[\s.…_]*(?:\d{1,4}\s*)?$")
_MARKED = HEADINGS | {MarkKind.ROMAN, MarkKind.DECIMAL}
_LINE_LENGTH = 250

#: A heading as a list of contents repeats it: the kind of its mark and its number.
_Key = tuple[MarkKind, str | None]


def _key(piece: Piece) -> _Key | None:
    mark = piece.mark
    if mark is None or mark.kind not in _MARKED or len(piece.text) > _LINE_LENGTH:
        return None
    return mark.kind, mark.number


def is_title(piece: Piece) -> bool:
    """Whether a paragraph is the title of a list of contents (``Мазмуну``, ``Оглавление``)."""
    return len(piece.text) < 20 and _TITLE.fullmatch(piece.text) is not None


def find_contents(pieces: Sequence[Piece]) -> range:
    """Indexes of the pieces that are a list of contents, title included; an empty range if there is none.

    ``I. Жалпы жоболор``, ``II. Кеңеш`` and then again ``I. Жалпы жоболор`` with text below: the first two.
    """
    titled = next((index for index, piece in enumerate(pieces) if is_title(piece)), None)
    if titled is not None:
        stop = _end(pieces, titled + 1, named=True)
        if stop > titled + 1:
            return range(titled, stop)
    first = next((index for index, piece in enumerate(pieces) if _key(piece)), None)
    if first is None:
        return range(0)
    stop = _end(pieces, first, named=False)
    return range(first, stop) if stop > first else range(0)


def _end(pieces: Sequence[Piece], start: int, *, named: bool) -> int:
    """Where a list of contents that begins at ``start`` ends; ``start`` itself if it is none."""
    keys: list[_Key] = []
    listed: list[Piece] = []
    last = start
    for index in range(start, len(pieces)):
        piece = pieces[index]
        key = _key(piece)
        if piece.is_table or piece.note or len(piece.text) > _LINE_LENGTH or (key is not None and key in keys):
            break
        if key is not None:
            keys.append(key)
            listed.append(piece)
            last = index + 1
        elif _LEADER.search(piece.text):
            last = index + 1
        elif index - last > 2 or (piece.mark is not None and not named):
            break
    else:
        last = len(pieces)
    # A wrapped line of the last heading stands between it and the first heading of the body.
    if len(keys) < 2:
        return start
    after = _after(pieces, keys[0], start + 1)
    if after is not None and after - last <= 2:
        last = after
    return last if _repeated(pieces, listed, last, start, named=named) else start


def _after(pieces: Sequence[Piece], key: _Key, start: int) -> int | None:
    return next((index for index in range(start, len(pieces)) if _key(pieces[index]) == key), None)


def _repeated(pieces: Sequence[Piece], listed: Sequence[Piece], stop: int, start: int, *, named: bool) -> bool:
    """Whether the headings of the list stand again in the same order behind it (or, at the end, before it).

    Their words must be the same too, or text that only has such numbers would be lost.
    """
    for part in (pieces[stop:], pieces[:start] if named else []):
        places: dict[_Key, Piece] = {}
        for piece in part:
            key = _key(piece)
            if key is not None:
                places.setdefault(key, piece)
        again = [(piece, places[key]) for piece in listed if (key := _key(piece)) is not None and key in places]
        order = [part.index(heading) for _, heading in again]
        same = sum(_is_same(piece.text, heading.text) for piece, heading in again)
        if order == sorted(order) and same >= max(2, len(listed) * 0.8):
            return True
    return False


def _is_same(line: str, heading: str) -> bool:
    """Whether a line of the list has a heading's words, leaders and page number aside; either may be wrapped."""
    words = _PAGE.sub("", line).lower().strip()
    return fuzz.partial_ratio(words, heading.lower()) >= 75
