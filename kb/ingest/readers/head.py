"""The head of a letter or an act in two languages, set side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.documents import Span
from kb.ingest.readers.lines import Line

_FEWEST = 2
_STEP = 3.0


def read_head(lines: Iterable[Line], page: int) -> list[Line]:
    """Lines of a page; where its first lines are two columns, the left column comes before the right.

    Args:
        lines: lines of the page in reading order.
        page: its number, from 1; only the first page has a head.

    Returns:
        The same text; a two-column head (``ҮЛГҮ АЙЫЛДЫК КЕҢЕШИ | ҮЛГҮНСКИЙ АЙЫЛНЫЙ КЕНЕШ``) column by column, the
        rest as it was.
    """
    found = list(lines)
    if page != 1:
        return found
    for start, line in enumerate(found):
        if not line.columns:
            continue
        end = _end(found, start)
        if end - start < _FEWEST:
            return found
        head = found[start:end]
        return [*found[:start], *(left(row) for row in head), *(right(row) for row in head), *found[end:]]
    return found


def _end(lines: list[Line], start: int) -> int:
    """Where the run of lines ends that have one gap in common, each close below the one before."""
    low, high = lines[start].columns[0].left, lines[start].columns[0].right
    end = start
    while end < len(lines) and len(lines[end].columns) == 1:
        row = lines[end]
        gap = row.columns[0]
        low, high = max(low, gap.left), min(high, gap.right)
        lettered = any(sign.isalpha() for sign in row.text[: gap.offset]) and row.text[gap.offset].isalpha()
        near = end == start or 0 < lines[end - 1].baseline - row.baseline < _STEP * row.size
        if low >= high or not lettered or not near:
            break
        end += 1
    return end


def left(line: Line) -> Line:
    """What is left of a line's only gap."""
    gap = line.columns[0]
    spans = tuple(span for span in line.spans if span.end <= gap.offset)
    return replace(line, text=line.text[: gap.offset].rstrip(), right=gap.left, spans=spans, columns=())


def right(line: Line) -> Line:
    """What is right of a line's only gap; its first word is taken to be as wide as its letters are on average."""
    gap = line.columns[0]
    text = line.text[gap.offset :]
    spans = tuple(
        Span(span.start - gap.offset, span.end - gap.offset, span.kind)
        for span in line.spans
        if span.start >= gap.offset
    )
    lead = (line.right - gap.right) * len(text.split(None, 1)[0]) / len(text)
    return replace(line, text=text, left=gap.right, lead=lead, spans=spans, columns=())
