"""One page of a PDF, through pdfium, to lines with their place and look."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

import pypdfium2.raw as pdfium

from kb.documents import Place, Span, SpanKind
from kb.ingest.readers.head import read_head
from kb.ingest.readers.lines import Gap, Line
from kb.ingest.readers.notes import with_notes
from kb.ingest.readers.pdf_drawing import read_drawing
from kb.ingest.readers.ruling import Grid, find_grids, turned

_DIGITS = re.compile(r"\d+")
_PIECE = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_BOLD = re.compile(rb"bold|black|heavy|demi|-bd", re.IGNORECASE)
_ITALIC = re.compile(rb"italic|oblique|kursiv", re.IGNORECASE)
_ITALIC_FLAG = 1 << 6
_BOLD_WEIGHT = 600
_SHIFT = 0.12
_WIDE = 2.5


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    Attributes:
        lines: its lines in the order of the file.
        width: width in points, as displayed.
        height: height in points, as displayed.
        pictures: number of its pictures.
        drawings: number of its lines and shapes.
        characters: number of characters other than white space.
        unknown: those of them that stand for no letter (private use, replacement characters).
    """

    lines: tuple[Line, ...]
    width: float
    height: float
    pictures: int
    drawings: int
    characters: int
    unknown: int


class _Chars:
    """Characters of a text page by index: place and font, through buffers kept from call to call."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, turn: int) -> None:
        self._page = text_page
        self._turn = turn
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()

    def edges(self, index: int) -> tuple[float, float]:
        """Left and right edge of a character."""
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._box)
        box = self._box
        if self._turn == 0:
            return box.left, box.right
        if self._turn == 2:
            return -box.right, -box.left
        return (box.bottom, box.top) if self._turn == 1 else (-box.top, -box.bottom)

    def baseline(self, index: int) -> float:
        """Height of a character's baseline."""
        pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        if self._turn == 0:
            return float(self._y.value)
        if self._turn == 2:
            return -float(self._y.value)
        x = float(self._x.value)
        return -x if self._turn == 1 else x

    def size(self, index: int) -> float:
        """Size of a character's letters, in points."""
        size = float(pdfium.FPDFText_GetFontSize(self._page, index))
        if pdfium.FPDFText_GetMatrix(self._page, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return abs(size)

    def style(self, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, whether italic."""
        pdfium.FPDFText_GetFontInfo(self._page, index, self._name, 128, self._flags)
        name = self._name.value
        bold = bool(_BOLD.search(name)) or pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT
        return bold, bool(self._flags.value & _ITALIC_FLAG) or bool(_ITALIC.search(name))

    def pieces(self, start: int, count: int) -> list[tuple[float, float]]:
        """Left and right edges of the runs of a line."""
        found = []
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        for number in range(pdfium.FPDFText_CountRects(self._page, start, count)):
            pdfium.FPDFText_GetRect(self._page, number, left, top, right, bottom)
            box = turned((left.value, bottom.value, right.value, top.value), self._turn)
            found.append((box[0], box[2]))
        return found


def read_page(page: pdfium.FPDF_PAGE, number: int) -> Page:
    """Read one page.

    Args:
        page: handle of the loaded page.
        number: its number, from 1.

    Returns:
        Its lines and what else it holds; a page whose text cannot be loaded has none.
    """
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    drawing = read_drawing(page)
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    grids = find_grids(turned(box, turn) for box in drawing.boxes)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Page((), width, height, drawing.pictures, drawing.paths, 0, 0)
    try:
        text = _text_of(text_page)
        lines = tuple(_number(read_head(_merged(_lines(text, _Chars(text_page, turn), number, grids)), number)))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    visible = "".join(text.split())
    unknown = sum(visible.count(sign) for sign in set(visible) if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff")
    return Page(with_notes(lines), width, height, drawing.pictures, drawing.paths, len(visible), unknown)


def _text_of(text_page: pdfium.FPDF_TEXTPAGE) -> str:
    """The page's characters, one for each index of pdfium's."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _lines(text: str, chars: _Chars, page: int, grids: Sequence[Grid]) -> Iterator[Line]:
    ordinals = count(1)
    for piece in _PIECE.finditer(text):
        raw = piece[0]
        shown = raw.strip()
        if not shown:
            continue
        first = piece.start() + len(raw) - len(raw.lstrip())
        if not grids:
            yield _line(shown, first, chars, Place(next(ordinals), page))
            continue
        for start, end in _cells(shown, first, chars, grids):
            part = shown[start:end]
            blank = len(part) - len(part.lstrip())
            place = Place(next(ordinals), page)
            yield _in_cell(_line(part.strip(), first + start + blank, chars, place), grids)


def _cells(shown: str, first: int, chars: _Chars, grids: Sequence[Grid]) -> Iterator[tuple[int, int]]:
    """Start and end of the parts of a line that rules of a table separate."""
    left, right, height = chars.edges(first)[0], chars.edges(first + len(shown) - 1)[1], chars.baseline(first)
    cuts = [cut for grid in grids for cut in grid.cuts(left, right, height)]
    start = 0
    for cut in sorted(cuts):
        end = start
        while end < len(shown) and (shown[end].isspace() or sum(chars.edges(first + end)) < 2 * cut):
            end += 1
        if shown[start:end].strip():
            yield start, end
            start = end
    if shown[start:].strip():
        yield start, len(shown)


def _in_cell(line: Line, grids: Sequence[Grid]) -> Line:
    for number, grid in enumerate(grids):
        if cell := grid.cell(line.left + 0.2 * line.size, line.baseline + 0.2 * line.size):
            return replace(line, cell=(number, *cell), columns=())
    return line


def _line(shown: str, first: int, chars: _Chars, place: Place) -> Line:
    last = first + len(shown) - 1
    left, right = chars.edges(first)[0], chars.edges(last)[1]
    baseline, size = chars.baseline(first), chars.size(first)
    if (end := chars.baseline(last)) != baseline and (end_size := chars.size(last)) > 1.1 * size:
        baseline, size = end, end_size
    word = len(shown.split(None, 1)[0])
    bold, italic = chars.style(first)
    for index in {last, (first + last) // 2} - {first}:
        if bold or italic:
            more = chars.style(index + shown[index - first].isspace())
            bold, italic = bold and more[0], italic and more[1]
    spans: list[Span] = []
    for run in _DIGITS.finditer(shown):
        if any(abs(chars.baseline(first + at) - baseline) > _SHIFT * size for at in {run.start(), run.end() - 1}):
            spans += _raised(run.start(), run.end(), first, chars, baseline, size)
    columns = _columns(shown, first, chars, size)
    lead = chars.edges(first + word - 1)[1] - left
    return Line(
        text=shown,
        page=place.page or 0,
        ordinal=place.paragraph,
        left=left,
        right=right,
        baseline=baseline,
        size=round(size, 1),
        bold=bold,
        italic=italic,
        lead=lead,
        spans=tuple(spans),
        columns=columns,
    )


def _raised(start: int, end: int, first: int, chars: _Chars, baseline: float, size: float) -> Iterator[Span]:
    """Runs of digits that stand above or below the baseline and are smaller than the line's letters."""
    kinds: list[SpanKind | None] = []
    for offset in range(start, end):
        shift = chars.baseline(first + offset) - baseline
        small = chars.size(first + offset) < 0.85 * size
        raised = abs(shift) > _SHIFT * size and abs(shift) < size and (small or shift > 0.25 * size)
        kinds.append((SpanKind.SUPERSCRIPT if shift > 0 else SpanKind.SUBSCRIPT) if raised else None)
    run = 0
    while run < len(kinds):
        stop = run
        while stop < len(kinds) and kinds[stop] == kinds[run]:
            stop += 1
        if kind := kinds[run]:
            yield Span(start + run, start + stop, kind)
        run = stop


def _columns(shown: str, first: int, chars: _Chars, size: float) -> tuple[Gap, ...]:
    """Gaps wider than any between two words; a line whose words are all set apart has none."""
    pieces = chars.pieces(first, len(shown))
    if all(after[0] - before[1] < _WIDE * size for before, after in pairwise(pieces)):
        return ()
    found: list[Gap] = []
    edge = chars.edges(first)[1]
    for offset in range(1, len(shown)):
        if shown[offset].isspace():
            continue
        left, right = chars.edges(first + offset)
        if left - edge > _WIDE * size:
            found.append(Gap(offset, edge, left))
        edge = right
    stretched = len(found) > 2 and len(found) == len(shown.split()) - 1
    return () if stretched else tuple(found)


def _merged(lines: Iterator[Line]) -> Iterator[Line]:
    """Lines with the pieces put together that a raised or lowered character had cut apart."""
    current: Line | None = None
    for line in lines:
        if current is None:
            current = line
        elif (joined := _one_line(current, line)) is not None:
            current = joined
        else:
            yield current
            current = line
    if current is not None:
        yield current


def _one_line(before: Line, after: Line) -> Line | None:
    if before.cell != after.cell:
        return None
    size = max(before.size, after.size)
    gap = after.left - before.right
    if not -0.3 * size < gap < _WIDE * size or abs(before.baseline - after.baseline) > 0.7 * size:
        return None
    main = before if (before.size, len(before.text)) >= (after.size, len(after.text)) else after
    raised = [kind for piece in (before, after) if (kind := _kind_beside(piece, main))]
    if not raised and abs(before.baseline - after.baseline) > _SHIFT * size:
        return None
    spans = [*before.spans]
    glue = " " if gap > 0.13 * size else ""
    shift = len(before.text) + len(glue)
    if kind := _kind_beside(before, main):
        spans = [Span(0, len(before.text), kind)]
    if kind := _kind_beside(after, main):
        if before.text[-1].isdigit():
            shift, glue = len(before.text), ""
        spans.append(Span(shift, shift + len(after.text), kind))
    else:
        spans.extend(Span(span.start + shift, span.end + shift, span.kind) for span in after.spans)
    return replace(
        main,
        text=before.text + glue + after.text,
        left=before.left,
        right=after.right,
        lead=before.lead if " " in before.text else after.right - before.left,
        spans=tuple(spans),
        columns=(*before.columns, *(replace(gap, offset=gap.offset + shift) for gap in after.columns)),
    )


def _kind_beside(piece: Line, main: Line) -> SpanKind | None:
    """What a small piece beside the main one is."""
    shift = piece.baseline - main.baseline
    if piece is main or piece.size > 0.85 * main.size or abs(shift) <= _SHIFT * main.size or len(piece.text) > 12:
        return None
    return SpanKind.SUPERSCRIPT if shift > 0 else SpanKind.SUBSCRIPT


def _number(lines: Iterable[Line]) -> Iterator[Line]:
    for ordinal, line in enumerate(lines, 1):
        yield line if line.ordinal == ordinal else replace(line, ordinal=ordinal)
