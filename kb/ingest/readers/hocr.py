"""What tesseract says of a page (hOCR) as lines with their place, as the reader of PDFs has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from lxml import etree

from kb.errors import ProgramFailed
from kb.ingest.readers.lines import Gap, Line

_HTML = "{http://www.w3.org/1999/xhtml}"
_NUMBERS = r"(-?\d{1,7}(?:\.\d{1,9})?)"
_BOX = re.compile(rf"\b(?:bbox|x_bboxes) {_NUMBERS} {_NUMBERS} {_NUMBERS} {_NUMBERS}")
_BASELINE = re.compile(rf"\bbaseline {_NUMBERS} {_NUMBERS}")
_SIZE = re.compile(rf"\bx_size {_NUMBERS}")
_CONFIDENCE = re.compile(rf"\bx_wconf {_NUMBERS}")
_WIDE = 2.5
#: Raised characters end so far above the baseline, as a share of the letters' size.
_RAISED = 0.25
_STRAIGHT = 0.002
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Box:
    """A place in a picture, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sign:
    """A recognised character: its text (sometimes more than one letter), place, and whether it stands raised."""

    text: str
    box: Box
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: its signs, place and confidence from 0 to 1."""

    signs: tuple[Sign, ...]
    box: Box
    confidence: float

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(sign.text for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Row:
    """A recognised line.

    Attributes:
        words: its words from the left.
        box: its place.
        slope: fall of its baseline, in pixels a pixel.
        offset: height of the baseline's left end over the box's lower edge, 0 or negative.
        size: size of its letters in pixels.
    """

    words: tuple[Word, ...]
    box: Box
    slope: float
    offset: float
    size: float

    def baseline(self, x: float) -> float:
        """Height of the baseline at a place, from the picture's upper edge."""
        return self.box.bottom + self.offset + self.slope * (x - self.box.left)

    @property
    def confidence(self) -> float:
        """Mean confidence of its words, by their letters."""
        return mean_confidence([self])


def mean_confidence(rows: Sequence[Row]) -> float:
    """Mean confidence of the words of some lines, by their letters; 0 for none."""
    weights = [(len(word.text), word.confidence) for row in rows for word in row.words]
    total = sum(weight for weight, _ in weights)
    return sum(weight * value for weight, value in weights) / total if total else 0.0


def parse(content: bytes) -> list[Row]:
    """Lines of a page in tesseract's reading order.

    Args:
        content: hOCR of one page, with a box for each character.

    Raises:
        ProgramFailed: it is no hOCR.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ProgramFailed(program="tesseract", problem=str(error)) from None
    return [row for element in root.iter(f"{_HTML}span") if (row := _row(element)) is not None and row.words]


def _row(element: Any) -> Row | None:
    title = element.get("title", "")
    box, base = _box(title), _BASELINE.search(title)
    if box is None or base is None or "textangle" in title:
        return None  # a line that stands upright belongs to a page on its side
    size = _SIZE.search(title)
    plain = Row((), box, float(base[1]), float(base[2]), float(size[1]) if size else box.bottom - box.top)
    words = tuple(word for part in element.iterfind(f"{_HTML}span") if (word := _word(part, plain)) is not None)
    return replace(plain, words=words)


def _word(element: Any, row: Row) -> Word | None:
    title = element.get("title", "")
    box, confidence = _box(title), _CONFIDENCE.search(title)
    if box is None or confidence is None:
        return None
    signs = tuple(_signs(element, row))
    return Word(signs, box, float(confidence[1]) / 100) if any(sign.text.strip() for sign in signs) else None


def _signs(element: Any, row: Row) -> Iterator[Sign]:
    for part in element.iter(f"{_HTML}span"):
        box = _box(part.get("title", "")) if part.get("class") == "ocrx_cinfo" else None
        if box is not None and part.text and part.text.strip():
            rise = row.baseline(box.left) - box.bottom
            yield Sign(part.text, box, rise > _RAISED * row.size)


def _box(title: str) -> Box | None:
    found = _BOX.search(title)
    return Box(*(float(number) for number in found.groups())) if found else None


def page_slope(rows: Sequence[Row], width: float) -> float:
    """How far the page lies askew, in pixels a pixel: what most of its wide lines have, 0 for a straight one."""
    wide = sorted(row.slope for row in rows if row.box.right - row.box.left > 0.3 * width)
    slope = wide[len(wide) // 2] if wide else 0.0
    return slope if abs(slope) > _STRAIGHT else 0.0


def to_lines(rows: Sequence[Row], page: int, size: tuple[int, int], dpi: float) -> list[Line]:
    """Lines with places in points, a page that lies askew put straight.

    Args:
        rows: lines of the page.
        page: its number, from 1.
        size: width and height of the picture, in pixels.
        dpi: pixels in an inch.
    """
    slope = page_slope(rows, size[0])
    scale = _INCH / dpi
    found = []
    for ordinal, row in enumerate(rows, 1):
        base = row.baseline(row.box.left)
        shift = slope * (base - size[1] / 2)
        left, right = ((x + shift) * scale for x in (row.words[0].box.left, row.words[-1].box.right))
        level = base - slope * (row.box.left - size[0] / 2)
        first = row.words[0].box
        found.append(
            Line(
                text=" ".join(word.text for word in row.words),
                page=page,
                ordinal=ordinal,
                left=left,
                right=right,
                baseline=(size[1] - level) * scale,
                size=round(row.size * scale, 1),
                lead=(first.right - first.left) * scale,
                columns=tuple(_gaps(row, scale, shift)),
            )
        )
    return found


def _gaps(row: Row, scale: float, shift: float) -> Iterator[Gap]:
    offset = 0
    for before, after in pairwise(row.words):
        offset += len(before.text) + 1
        if after.box.left - before.box.right > _WIDE * row.size:
            yield Gap(offset, (before.box.right + shift) * scale, (after.box.left + shift) * scale)
