"""Plain text to blocks: lines are paragraphs, or wrapped lines of them, as the file shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.documents import Block, Doubt, Place
from kb.errors import Empty
from kb.ingest.blocks import Reading, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.boxes import is_boxed
from kb.ingest.readers.decoding import decode
from kb.ingest.readers.lines import Gap, Line
from kb.ingest.readers.measure import measure_pages
from kb.ingest.readers.paragraphs import begins_unit, ends_open, rebuild
from kb.ingest.readers.wrapping import Words, join

_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAP = re.compile(r"(?<=\S)\s{4,}(?=\S)")
#: Width of a character and height of a line, so that measures in points fit a text file too.
_WIDTH, _HEIGHT = 6.0, 12.0
_LONGEST_WRAPPED = 160
_LONG = 100
_ENOUGH = 3


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read a plain text.

    Args:
        content: the file.
        limits: not needed beyond the size, which the caller has looked at.

    Returns:
        Paragraphs with their line; wrapped lines joined where the file is wrapped.

    Raises:
        Empty: there is nothing but white space.
        NotADocument: the bytes are no text.
    """
    del limits
    decoded = decode(content)
    lines = text_lines(decoded.text)
    if not lines:
        raise Empty(format="text")
    doubts: list[Doubt] = []
    if not decoded.certain:
        doubts.append(Doubt("encoding_guessed", {"encoding": decoded.encoding}))
    if decoded.lost:
        doubts.append(Doubt("letters_unknown", {"count": decoded.lost}))
    return Reading(text_blocks(lines), doubts=tuple(doubts))


def text_lines(text: str, page: int = 0) -> list[Line]:
    """Lines of a text that are not blank, with places as on a page of equally wide letters; ``page`` 0 is none."""
    raw = (line.expandtabs(8) for line in _LINE_END.split(text))
    return [_line(line, number, page) for number, line in enumerate(raw, 1) if line.strip()]


def _line(text: str, number: int, page: int) -> Line:
    shown = text.strip()
    left = (len(text) - len(text.lstrip())) * _WIDTH
    gaps = [(gap.start(), gap.end()) for gap in _GAP.finditer(shown)]
    return Line(
        text=" ".join(shown.split()),
        page=page,
        ordinal=number,
        left=left,
        right=left + len(shown) * _WIDTH,
        baseline=-number * _HEIGHT,
        size=_HEIGHT,
        lead=len(shown.split(None, 1)[0]) * _WIDTH,
        columns=tuple(
            Gap(len(" ".join(shown[:end].split())) + 1, left + start * _WIDTH, left + end * _WIDTH)
            for start, end in gaps
        ),
    )


def text_blocks(lines: Sequence[Line]) -> tuple[SourceBlock, ...]:
    """Paragraphs of the lines of a text: each line is one, or wrapped lines are joined, as the lines show."""
    words = Words(line.text for line in lines)
    if not any(is_boxed(line.text) for line in lines) and not _wrapped(lines):
        return tuple(_whole(lines, words))
    measure = measure_pages([lines], [(0.0, 0.0)])[0]
    return tuple(rebuild(lines, [measure] * len(lines), words))


def _whole(lines: Sequence[Line], words: Words) -> Iterator[SourceBlock]:
    """A paragraph a line; one that a page's end had broken in mid-sentence is put together."""
    text, place = lines[0].text, _place(lines[0])
    for upper, line in pairwise(lines):
        near = line.ordinal - upper.ordinal == 1
        open_end = len(upper.text) > _LONG and upper.text[-1].isalpha()
        broken = open_end and line.text[0].islower() and not begins_unit(line.text)
        if broken or (near and ends_open(upper.text, line.text)):
            text, _ = join(text, line.text, words)
        else:
            yield SourceBlock(Block(" ".join(text.split()), place=place))
            text, place = line.text, _place(line)
    yield SourceBlock(Block(" ".join(text.split()), place=place))


def _place(line: Line) -> Place:
    return Place(line.ordinal, line.page or None)


def _wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines of the file are lines of a layout: many go on in lower case on the next, none is very long."""
    lengths = sorted(len(line.text) for line in lines)
    if lengths[int(len(lengths) * 0.95)] > _LONGEST_WRAPPED:
        return False
    full = 0.6 * lengths[int(len(lengths) * 0.9)]
    near = [(a, b) for a, b in pairwise(lines) if len(a.text) >= full and b.ordinal - a.ordinal <= 2]
    going_on = sum(b.text[0].islower() and a.text[-1] not in ".;:!?" for a, b in near)
    return going_on >= min(_ENOUGH, max(1, len(near))) and going_on > 0.2 * len(near)
