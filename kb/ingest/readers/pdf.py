"""PDF with a text layer to blocks: lines by pdfium, paragraphs rebuilt from their places."""

from __future__ import annotations

import ctypes
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import pypdfium2 as pdf
import pypdfium2.raw as pdfium

from kb.documents import Doubt
from kb.errors import Damaged, Empty, Encrypted, NoTextLayer, TooLarge
from kb.external import TESSERACT
from kb.ingest.blocks import Reading, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.furniture import without_furniture
from kb.ingest.readers.measure import measure_pages
from kb.ingest.readers.paragraphs import rebuild
from kb.ingest.readers.pdf_fallback import PlainPages, read_plainly
from kb.ingest.readers.pdf_page import Page, read_page
from kb.ingest.readers.pdf_scans import find_scans, recognise_scans
from kb.ingest.readers.pdf_streams import count_damaged
from kb.ingest.readers.recognition import installed
from kb.ingest.readers.text import text_blocks, text_lines
from kb.ingest.readers.wrapping import Words

_END = 2048
_UNKNOWN_SHARE = 0.3
_INDEX = re.compile(rb"\s{0,9}(?:xref|\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj)")
_DEEPEST, _MOST_BOOKMARKS = 9, 20_000
_PROPERTIES = {
    "Title": "title",
    "Author": "author",
    "CreationDate": "created",
    "ModDate": "modified",
    "Creator": "program",
}


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read a PDF.

    Args:
        content: the file.
        limits: bounds on pages and time; the clock is looked at after each page.

    Returns:
        Paragraphs with page and line, page headers, footers and numbers left out.

    Raises:
        Encrypted: it opens by a password only.
        Damaged: it cannot be opened, or none of its pages can.
        NoTextLayer: its pages are pictures, or its letters stand for nothing known.
        Empty: it has neither text nor pictures.
        TooLarge: it has more pages than allowed, or reading takes too long.
        UnpacksTooLarge: its streams unpack to more than allowed.
    """
    damaged = count_damaged(content, limits.unpacked_bytes)
    try:
        document = _open(content)
    except Damaged:
        return _plain_reading(read_plainly(content, limits))
    try:
        count = len(document)
        if count > limits.pages:
            raise TooLarge(reason="pages", pages=count, limit=limits.pages)
        pages, lost = _pages(document, count, limits)
        scans = find_scans(document, pages, lost)
        recognised: float | None = None
        unsure: tuple[Doubt, ...] = ()
        if scans and installed():
            pages, recognised, unsure = recognise_scans(document, pages, scans, limits)
        properties = _properties(document)
        outline = _outline(document)
    finally:
        document.close()
    if not pages or len(lost) == count:
        raise Damaged(format="pdf")
    doubts = _file_doubts(content, damaged)
    try:
        reading = _reading(pages, lost, properties, outline)
    except Empty as error:
        if doubts or lost:
            raise Damaged(format="pdf") from error
        raise
    return replace(reading, doubts=unsure + reading.doubts + doubts, recognised=recognised)


def _open(content: bytes) -> pdf.PdfDocument:
    try:
        return pdf.PdfDocument(content)
    except pdf.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Encrypted(format="pdf") from error
        raise Damaged(format="pdf") from error


def _pages(document: pdf.PdfDocument, count: int, limits: ReadLimits) -> tuple[list[Page], list[int]]:
    """Pages in order, and the numbers of those that cannot be loaded."""
    until = time.monotonic() + limits.seconds
    pages: list[Page] = []
    lost: list[int] = []
    for index in range(count):
        handle = pdfium.FPDF_LoadPage(document.raw, index)
        if not handle:
            lost.append(index + 1)
            pages.append(Page((), 0, 0, 0, 0, 0, 0))
            continue
        try:
            pages.append(read_page(handle, index + 1))
        finally:
            pdfium.FPDF_ClosePage(handle)
        if time.monotonic() > until:
            raise TooLarge(reason="time", limit=limits.seconds)
    return pages, lost


def _properties(document: pdf.PdfDocument) -> dict[str, str]:
    told = document.get_metadata_dict(skip_empty=True)
    found = {name: told[key].strip() for key, name in _PROPERTIES.items() if told.get(key, "").strip()}
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if 2 < size < 100:
        buffer = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, size)
        found["language"] = bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\x00")
    return found


def _outline(document: pdf.PdfDocument) -> dict[tuple[int, str], int]:
    """Levels of the bookmarks by page and by title without white space."""
    levels: dict[tuple[int, str], int] = {}
    for bookmark in islice(document.get_toc(max_depth=_DEEPEST), _MOST_BOOKMARKS):
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            levels.setdefault((page + 1, _folded(bookmark.get_title())), bookmark.level + 1)
    return levels


def _folded(text: str) -> str:
    return "".join(text.split()).lower()


def _with_outline(block: SourceBlock, outline: Mapping[tuple[int, str], int]) -> SourceBlock:
    place = block.block.place
    level = outline.get((place.page or 0, _folded(block.block.text))) if place else None
    return block if level is None else replace(block, look=replace(block.look, outline=level))


def _plain_reading(plain: PlainPages) -> Reading:
    """Blocks of a file whose letters have no known places."""
    lines = [line for number, text in enumerate(plain.texts, 1) for line in text_lines(text, number)]
    if not lines:
        raise _no_text(len(plain.texts))
    doubts = [Doubt("pdf_repaired", {"pages": len(plain.texts)})]
    if plain.lost:
        doubts.append(
            Doubt("pages_unreadable", {"count": len(plain.lost), "pages": _ranges(plain.lost)}, f"page {plain.lost[0]}")
        )
    return Reading(text_blocks(lines), pages=len(plain.texts), doubts=tuple(doubts))


def _file_doubts(content: bytes, damaged: int) -> tuple[Doubt, ...]:
    """Doubts about the file as a whole."""
    doubts: list[Doubt] = []
    if damaged:
        doubts.append(Doubt("streams_damaged", {"count": damaged}))
    if b"%%EOF" not in content[-_END:]:
        doubts.append(Doubt("file_cut_short"))
    elif not _points_to_index(content):
        doubts.append(Doubt("pdf_repaired"))
    return tuple(doubts)


def _points_to_index(content: bytes) -> bool:
    """Whether the file's end says rightly where its index of objects is; pdfium mends it in silence if not."""
    ends = re.findall(rb"startxref\s{1,9}(\d{1,10})", content[-_END:])
    if not ends:
        return False
    at = int(ends[-1])
    starts = (at, at + content.find(b"%PDF-", 0, 1024))
    return any(
        re.match(rb"\s{0,9}(?:xref|\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj)", content[start : start + 60]) for start in starts
    )


def _reading(
    pages: Sequence[Page],
    lost: Sequence[int],
    properties: Mapping[str, str],
    outline: Mapping[tuple[int, str], int],
) -> Reading:
    characters = sum(page.characters for page in pages)
    unknown = sum(page.unknown for page in pages)
    pictures = sum(page.pictures for page in pages)
    bodies = without_furniture([page.lines for page in pages])
    if not any(bodies):
        if pictures or any(page.drawings for page in pages) or characters:
            raise _no_text(len(pages))
        raise Empty
    if unknown > _UNKNOWN_SHARE * characters:
        raise NoTextLayer(pages=len(pages), reason="unknown_letters")
    measures = measure_pages(bodies, [(page.width, page.height) for page in pages])
    words = Words(line.text for body in bodies for line in body)
    lines = [line for body in bodies for line in body]
    blocks = tuple(rebuild(lines, [measures[line.page - 1] for line in lines], words))
    if outline:
        blocks = tuple(_with_outline(block, outline) for block in blocks)
    doubts = _doubts(pages, bodies, lost, unknown)
    return Reading(blocks, properties, len(pages), pictures, doubts)


def _doubts(
    pages: Sequence[Page], bodies: Sequence[Sequence[object]], lost: Sequence[int], unknown: int
) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if lost:
        doubts.append(Doubt("pages_unreadable", {"count": len(lost), "pages": _ranges(lost)}, f"page {lost[0]}"))
    tried = {"tried": 1} if installed() else {}
    silent = [n for n, (page, body) in enumerate(zip(pages, bodies, strict=True), 1) if not body and n not in lost]
    if silent:
        doubts.append(
            Doubt("pages_without_text", {"count": len(silent), "pages": _ranges(silent), **tried}, f"page {silent[0]}")
        )
    if unknown:
        first = next(n for n, page in enumerate(pages, 1) if page.unknown)
        doubts.append(Doubt("letters_unknown", {"count": unknown}, f"page {first}"))
    return tuple(doubts)


def _no_text(pages: int) -> NoTextLayer:
    """The refusal of pages that are pictures: nothing is in them, or what would recognise it is not installed."""
    if installed():
        return NoTextLayer(pages=pages, reason="unreadable")
    return NoTextLayer(pages=pages, reason="not_installed", package=TESSERACT.package)


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as ranges (``2-4, 9``)."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in parts)
