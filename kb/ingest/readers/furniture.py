"""Page headers, footers and page numbers: known by their place and by standing on many pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kb.ingest.readers.lines import Line

_NUMBER = re.compile(
    r"(?:(?:стр|с|бет|page|страница)\.?\s*)?[-–—\[(]?\s*(\d{1,4})"
    r"\s*(?:[-–—\])]|/\s*\d{1,4}|(?:из|of)\s+\d{1,4}|-?\s?бет\.?)?",
    re.IGNORECASE,
)
_EDGE_LINES = 3
_SAME_PLACE = 4.0
_CLEAR = 1.8


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Lines of each page without its header, footer and number.

    Args:
        pages: lines of each page in reading order.

    Returns:
        The same pages; a line is left out only if it stands at the page's edge and repeats at the same height on
        other pages, or is a number that counts the pages.
    """
    kept = [list(page) for page in pages]
    for top in (True, False):
        for depth in range(_EDGE_LINES):
            edges = [_edge(page, top) for page in kept]
            gone = _repeated(edges, [_apart(page, top) for page in kept]) | _counting(edges)
            if not gone:
                break
            for index in gone:
                if (line := edges[index]) is not None:
                    kept[index] = [other for other in kept[index] if other is not line]
            if depth == 0 and len(gone) < 2:
                break
    return kept


def _edge(page: Sequence[Line], top: bool) -> Line | None:  # noqa: FBT001
    """The highest or lowest line of a page."""
    if not page:
        return None
    return max(page, key=lambda line: line.baseline) if top else min(page, key=lambda line: line.baseline)


def _apart(page: Sequence[Line], top: bool) -> bool:  # noqa: FBT001
    """Whether a page's highest or lowest line stands clear of the next."""
    if len(page) < 2:
        return True
    heights = sorted((line.baseline for line in page), reverse=top)
    return abs(heights[0] - heights[1]) > _CLEAR * page[0].size


def _repeated(edges: Sequence[Line | None], apart: Sequence[bool]) -> set[int]:
    """Pages whose edge line stands word for word at the same height on others."""
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, line in enumerate(edges):
        if line is not None and any(sign.isalpha() for sign in line.text):
            places[_text_key(line, index), round(line.baseline / _SAME_PLACE)].append(index)
    filled = sum(edge is not None for edge in edges)
    enough = max(3, filled // 5)
    return {
        index
        for found in places.values()
        if len(found) >= enough or (len(found) == filled == 2 and all(apart[index] for index in found))
        for index in found
    }


def _text_key(line: Line, index: int) -> str:
    """The line's text with its page's number taken out of it."""
    return re.sub(rf"(?<!\d){index + 1}(?!\d)", "#", " ".join(line.text.lower().split()))


def _counting(edges: Sequence[Line | None]) -> set[int]:
    """Pages whose edge line is a bare number that rises with the pages."""
    offsets: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(edges):
        if line is not None and (match := _NUMBER.fullmatch(line.text.strip())):
            offsets[int(match[1]) - index].append(index)
    found: set[int] = set()
    for offset, members in offsets.items():
        if len(members) >= 2 or (len(edges) <= 3 and offset == 1):
            found.update(members)
    return found
