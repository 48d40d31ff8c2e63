"""Footnotes of a page: small lines at its foot, the first of which begins with a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.documents import SpanKind
from kb.ingest.readers.lines import Line

_MARK = re.compile(r"[*¹²³⁴⁵⁶⁷⁸⁹†]")
_SMALL = 0.93


def with_notes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines of a page, those of its footnotes marked.

    Args:
        lines: lines of the page in reading order.

    Returns:
        The same lines; at the foot, from the first that begins with a raised number or an asterisk, those smaller than
        most of the page.
    """
    if len(lines) < 3:
        return tuple(lines)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    small = _SMALL * sizes.most_common(1)[0][0]
    start = end = len(lines)
    while end and _is_number(lines[end - 1]):
        end -= 1
    index = end
    while index and lines[index - 1].size < small and not lines[index - 1].cell:
        index -= 1
        if _marked(lines[index]):
            start = index
    if start == len(lines) or start == 0:
        return tuple(lines)
    return (*lines[:start], *(replace(line, note=True) for line in lines[start:end]), *lines[end:])


def _is_number(line: Line) -> bool:
    return line.text.strip("-–— ").isdecimal()


def _marked(line: Line) -> bool:
    first = line.spans[0] if line.spans else None
    return bool(_MARK.match(line.text)) or (
        first is not None and first.start == 0 and first.kind is SpanKind.SUPERSCRIPT
    )
