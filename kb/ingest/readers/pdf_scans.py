"""Pages of a PDF that are pictures: which they are, and their text."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdf
import pypdfium2.raw as pdfium

from kb.documents import Doubt
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import recognition
from kb.ingest.readers.bitmap import Bitmap
from kb.ingest.readers.pdf_page import Page

_DPI = 300
_INCH = 72
#: Pixels of a rendered page: A3 at 300 dpi, and a little more.
_MOST_PIXELS = 20_000_000
#: A page with fewer characters than this, most of which a picture covers, is a scan with a stamp or a number on it.
_FEW = 200
_COVERED = 0.5
_UNKNOWN_SHARE = 0.3
_MOST_OBJECTS = 1_000


def find_scans(document: pdf.PdfDocument, pages: Sequence[Page], lost: Sequence[int]) -> list[int]:
    """Numbers of the pages whose text is in pictures or drawings, or in letters that stand for nothing known."""
    return [
        number
        for number, page in enumerate(pages, 1)
        if number not in lost and (_is_silent(page) or (_is_stamped(page) and _covered(document, number) > _COVERED))
    ]


def _is_silent(page: Page) -> bool:
    if page.characters and page.unknown > _UNKNOWN_SHARE * page.characters:
        return True
    return not page.lines and bool(page.pictures or page.drawings or page.characters)


def _is_stamped(page: Page) -> bool:
    return bool(page.pictures) and page.characters < _FEW


def _covered(document: pdf.PdfDocument, number: int) -> float:
    """Share of a page that its largest picture covers."""
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return 0.0
    try:
        area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
        return max(_pictures(page), default=0.0) / area if area > 0 else 0.0
    finally:
        pdfium.FPDF_ClosePage(page)


def _pictures(page: pdfium.FPDF_PAGE) -> Iterator[float]:
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM} and pdfium.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            yield abs((right - left) * (top - bottom))


def recognise_scans(
    document: pdf.PdfDocument, pages: Sequence[Page], scans: Sequence[int], limits: ReadLimits
) -> tuple[list[Page], float | None, tuple[Doubt, ...]]:
    """Pages with the text of the scanned ones in place.

    Args:
        document: the open PDF.
        pages: its pages.
        scans: numbers of the scanned ones.
        limits: bounds; ``seconds`` is the time for all of them.

    Returns:
        The pages, the mean confidence of the recognised text (None where there is none), and doubts about it. A page
        on which nothing could be recognised stays as it was.

    Raises:
        As ``recognition.recognise``.
    """
    pictures = ((number, render(document, number)) for number in scans)
    read = recognition.together(list(recognition.recognise(pictures, len(scans), limits)))
    found = list(pages)
    for number, text in read:
        if text.characters:
            found[number - 1] = replace(
                found[number - 1], lines=text.lines, pictures=0, characters=text.characters, unknown=0
            )
    confidence, doubts = recognition.summary(read)
    return found, confidence, doubts


def render(document: pdf.PdfDocument, number: int) -> Bitmap:
    """A page as a grey picture at 300 dots an inch, fewer where the page is very large."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(_DPI / _INCH, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        rows = memoryview(bitmap.buffer)
        step, wide, high = bitmap.stride, bitmap.width, bitmap.height
        pixels = bytes(rows) if step == wide else b"".join(rows[y * step : y * step + wide] for y in range(high))
        bitmap.close()
        return Bitmap(pixels[: wide * high], wide, high, scale * _INCH)
    finally:
        page.close()
