"""Text of pages that are pictures, through tesseract where it is installed."""

from __future__ import annotations

import os
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.documents import Doubt, Span, SpanKind
from kb.errors import MissingProgram, ProgramFailed, RecognitionNeeded, TooLarge
from kb.external import TESSERACT, Bounds, run
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.bitmap import Bitmap
from kb.ingest.readers.hocr import Box, Row, Sign, Word, mean_confidence, page_slope, parse, to_lines
from kb.ingest.readers.lines import Line
from kb.ingest.readers.recognised_lines import mark_bold, restore_letters, restore_romans

LANGUAGES = ("kir", "rus")
#: Pages of one file recognised side by side.
_SIDE_BY_SIDE = min(2, os.cpu_count() or 1)
_OUTPUT_BYTES = 64 * 1024**2
#: Below this confidence a page may lie on its side, or be no text at all.
_POOR = 0.6
_NOISE = 0.3
#: A page of which less is in lines may lie on its side, or hold more than its text.
_COVERED = 0.6
#: Lines that fall more steeply are put level before they are read again.
_ASKEW = 0.004
_UNSURE = 0.7
#: A word with digits needs more: a wrong letter is seen, a wrong number is not.
_NUMBER_SURE = 0.8
_MOST_UNSURE = 20
#: A raised sign read as digits again must be as sure as this.
_SURE = 0.85
_QUOTES = frozenset("«»“”„\"'’‘")
#: What a raised digit behind a digit is often taken for.
_MISREAD = frozenset("'’‘!°*\"“”º|")
#: Height over the baseline that raised signs keep free, as a share of the letters' size.
_RAISED_FOOT = 0.22
_ROTATE = re.compile(r"Rotate: (90|180|270)\b")
_SHOWN = 60
#: Pages after which the time for all of them can be told.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page that was recognised.

    Attributes:
        lines: its lines.
        confidence: mean confidence, 0 to 1; 0 where there is no text.
        characters: number of characters, white space not counted.
        unsure: text and ordinal of lines that may be wrong.
        unread: ordinals of lines with raised signs that could not be read.
        numbers: text and ordinal of the line of numbers that may be wrong.
        share: share of the page's dark pixels that lie in lines.
        strokes: width of each line's strokes, as a share of the size of its letters.
        romans: ordinals of lines whose Roman number was restored.
        letters: ordinals of lines in which О or N was restored.
    """

    lines: tuple[Line, ...]
    confidence: float
    characters: int
    unsure: tuple[tuple[str, int], ...] = ()
    unread: tuple[int, ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()
    share: float = 1.0
    strokes: tuple[float, ...] = ()
    romans: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()


def installed() -> bool:
    """Whether tesseract is installed with all languages that it needs."""
    try:
        _require()
    except MissingProgram:
        return False
    return True


def _require() -> None:
    path = TESSERACT.required()
    if not set(LANGUAGES) <= _languages(path, os.environ.get("TESSDATA_PREFIX", "")):
        raise MissingProgram(program=TESSERACT.name, package=TESSERACT.package)


@lru_cache(maxsize=4)
def _languages(path: str, data: str) -> frozenset[str]:
    """Languages that the tesseract at ``path`` knows."""
    del path, data
    try:
        told = run(TESSERACT, ["--list-langs"], inputs={}, output=None, bounds=Bounds(20, 512 * 1024**2, 1024**2))
    except (ProgramFailed, TooLarge):
        return frozenset()
    return frozenset(told.decode("utf-8", errors="replace").split())


def recognise(pages: Iterable[tuple[int, Bitmap]], count: int, limits: ReadLimits) -> Iterator[tuple[int, Recognised]]:
    """Recognise pages, in Kyrgyz and Russian.

    Args:
        pages: number and picture of each page; taken as they are needed.
        count: how many there are.
        limits: bounds; ``recognition_seconds`` is the time for all of them.

    Yields:
        Number and text of each page, in order.

    Raises:
        MissingProgram: tesseract or one of its languages is not installed.
        RecognitionNeeded: ``limits`` do not allow it.
        ProgramFailed: it cannot read a page.
        TooLarge: the time does not suffice for all; told as soon as that can be foreseen, so that nothing is partial.
    """
    _require()
    if not limits.recognise:
        raise RecognitionNeeded(pages=count)
    start = time.monotonic()
    seconds = limits.recognition_seconds
    refusal = TooLarge(reason="recognition", pages=count, limit=seconds)
    waiting = iter(pages)
    ahead: deque[tuple[int, Future[Recognised]]] = deque()
    done = 0
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        try:
            while True:
                while len(ahead) < _SIDE_BY_SIDE and (page := next(waiting, None)) is not None:
                    left = seconds - (time.monotonic() - start)
                    if left <= 0:
                        raise refusal
                    ahead.append(
                        (page[0], pool.submit(_recognise_page, page[1], page[0], replace(limits, seconds=left)))
                    )
                if not ahead:
                    return
                number, future = ahead.popleft()
                yield number, _result(future, refusal)
                done += 1
                if done >= _ENOUGH and (time.monotonic() - start) / done * count > seconds:
                    raise refusal
        finally:
            for _, future in ahead:
                future.cancel()


def _result(future: Future[Recognised], refusal: TooLarge) -> Recognised:
    try:
        return future.result()
    except TooLarge:
        raise refusal from None


def _recognise_page(picture: Bitmap, number: int, limits: ReadLimits) -> Recognised:
    rows = _rows(picture, limits)
    if mean_confidence(rows) < _POOR or _read_share(rows, picture) < _COVERED:
        turned = _upright(picture, limits)
        if turned is not None:
            picture, rows = _better(picture, rows, turned, limits)
    slope = page_slope(rows, picture.width)
    if abs(slope) > _ASKEW:
        picture, rows = _better(picture, rows, picture.straightened(slope), limits)
    rows = [row for row in rows if _is_text(row)]
    if mean_confidence(rows) < _NOISE:
        return Recognised((), 0.0, 0)
    lines, unread = _with_raised(rows, picture, number, limits)
    return Recognised(
        lines=tuple(lines),
        confidence=mean_confidence(rows),
        characters=sum(len("".join(line.text.split())) for line in lines),
        unsure=tuple(
            (line.text[:_SHOWN], line.ordinal)
            for line, row in zip(lines, rows, strict=True)
            if row.confidence < _UNSURE
        ),
        unread=tuple(unread),
        share=_read_share(rows, picture),
        strokes=tuple(_stroke(row, picture) for row in rows),
        numbers=tuple(
            (word.text[:_SHOWN], ordinal)
            for ordinal, row in enumerate(rows, 1)
            for word in row.words
            if word.confidence < _NUMBER_SURE and any(sign.isdigit() for sign in word.text)
        ),
    )


def _better(picture: Bitmap, rows: list[Row], other: Bitmap, limits: ReadLimits) -> tuple[Bitmap, list[Row]]:
    """The one of two pictures of a page of which more is read, by letters and confidence, with its lines."""
    again = _rows(other, limits)

    def read(found: Sequence[Row]) -> float:
        return sum(len(word.text) * word.confidence for row in found for word in row.words)

    # A picture put straight is the better one, though now and then a speck less is read of it.
    return (other, again) if read(again) > 0.98 * read(rows) else (picture, rows)


def _read_share(rows: Sequence[Row], picture: Bitmap) -> float:
    """Share of a page's dark pixels that lie in lines; pictures, stamps and dark edges lie in none."""
    total, _ = picture.ink(0, 0, picture.width, picture.height)
    boxes = [row.box for row in rows]
    inside = sum(picture.ink(int(b.left), int(b.top), int(b.right), int(b.bottom))[0] for b in boxes)
    return inside / total if total else 1.0


def _stroke(row: Row, picture: Bitmap) -> float:
    """Mean width of a line's strokes along its rows of pixels, as a share of the size of its letters."""
    ink = runs = 0
    for word in row.words:
        box = word.box
        dark, begun = picture.ink(int(box.left), int(box.top), int(box.right), int(box.bottom))
        ink, runs = ink + dark, runs + begun
    return ink / runs / row.size if runs and row.size > 0 else 0.0


def _is_text(row: Row) -> bool:
    """Whether a line is text: rules of tables and specks are read as bars and dashes."""
    text = "".join(word.text for word in row.words)
    return "___" in text or (any(sign.isalnum() for sign in text) and row.confidence >= _NOISE)


def _tesseract(picture: Bitmap, arguments: Sequence[str], limits: ReadLimits) -> bytes:
    return run(
        TESSERACT,
        ["page.pgm", "stdout", "--dpi", str(round(picture.dpi)), *arguments],
        inputs={"page.pgm": picture.netpbm()},
        output=None,
        bounds=Bounds(limits.seconds, limits.memory_bytes, _OUTPUT_BYTES),
        settings=_settings(),
    )


def _settings() -> dict[str, str]:
    data = os.environ.get("TESSDATA_PREFIX")
    return {"OMP_THREAD_LIMIT": "1", **({"TESSDATA_PREFIX": data} if data else {})}


def _rows(picture: Bitmap, limits: ReadLimits) -> list[Row]:
    arguments = ["-l", "+".join(LANGUAGES), "--psm", "3", "-c", "hocr_char_boxes=1", "-c", "tessedit_create_hocr=1"]
    return parse(_tesseract(picture, arguments, limits))


def _upright(picture: Bitmap, limits: ReadLimits) -> Bitmap | None:
    """The picture turned upright, None where it is or that cannot be told."""
    try:
        told = _tesseract(picture, ["-l", "osd", "--psm", "0"], limits).decode("utf-8", errors="replace")
    except ProgramFailed:
        return None  # too few letters to tell
    found = _ROTATE.search(told)
    return picture.turned(int(found[1])) if found else None


def _with_raised(rows: Sequence[Row], picture: Bitmap, number: int, limits: ReadLimits) -> tuple[list[Line], list[int]]:
    """Lines of the page with their superscripts, and the ordinals of those with raised signs that stay unread.

    A raised digit is small, and tesseract takes it for an exclamation mark, a degree sign or a digit like the others:
    ``21¹`` is read ``21!``, ``738¹⁰`` ``73810``. So it is cut out and read again, as a number only.
    """
    found: list[Row] = []
    unread: list[int] = []
    for ordinal, row in enumerate(rows, 1):
        words = []
        for word in row.words:
            read = _raised_read(word, row, picture, limits)
            if read is None:
                unread.append(ordinal)
            words.append(read or word)
        found.append(replace(row, words=tuple(words)))
    lines = to_lines(found, number, (picture.width, picture.height), picture.dpi)
    return [replace(line, spans=_spans(row)) for line, row in zip(lines, found, strict=True)], unread


def _raised_read(word: Word, row: Row, picture: Bitmap, limits: ReadLimits) -> Word | None:
    """The word with its raised digits read again; None if there are some that cannot be read."""
    run_ = _raised_run(word, row)
    plain = replace(word, signs=tuple(replace(sign, raised=False) for sign in word.signs))
    if run_ is None:
        return plain
    first, last = run_
    signs = word.signs[first:last]
    boxes = [sign.box for sign in signs] if signs[0].raised else _parted(signs[0], row, picture)
    digits = _read_digits(picture, boxes, limits) if boxes else None
    if digits is None:
        return None if word.signs[first - 1].text.isdigit() else plain
    box = replace(signs[0].box, right=signs[-1].box.right)
    return replace(plain, signs=(*plain.signs[:first], Sign(digits, box, raised=True), *plain.signs[last:]))


def _raised_run(word: Word, row: Row) -> tuple[int, int] | None:
    """First and past-last index of signs that may be raised digits: behind a digit, or digits behind a letter."""
    for first, sign in enumerate(word.signs):
        before = word.signs[first - 1].text if first else ""
        if before.isdigit() and sign.text in _MISREAD and not sign.raised:
            return None if sign.text in _QUOTES and _is_quoted(row, word) else (first, first + 1)
        if not sign.raised or not before.isalnum():
            continue
        last = first + 1
        while last < len(word.signs) and word.signs[last].raised:
            last += 1
        signs = word.signs[first:last]
        if all(part.text in _QUOTES for part in signs) and _is_quoted(row, word):
            return None
        if word.signs[first - 1].text.isdigit() or any(part.text.isdigit() for part in signs):
            return first, last
        return None
    return None


def _parted(sign: Sign, row: Row, picture: Bitmap) -> list[Box]:
    """Place of a raised sign that tesseract boxed together with the digit before it; empty if none is there."""
    box, baseline = sign.box, int(row.baseline(sign.box.left))
    columns = picture.raised(int(box.left), int(box.top), int(box.right) + 1, baseline, int(_RAISED_FOOT * row.size))
    return [Box(columns[0], box.top, columns[1], baseline - _RAISED_FOOT * row.size)] if columns else []


def _is_quoted(row: Row, word: Word) -> bool:
    """Whether a quotation that began before a word's end in its line may end with the word."""
    text = " ".join(part.text for part in row.words[: row.words.index(word) + 1])[:-1]
    return any(mark in text for mark in '«“„"')


def _read_digits(picture: Bitmap, boxes: Sequence[Box], limits: ReadLimits) -> str | None:
    cut = picture.cut(
        int(min(box.left for box in boxes)) - 3,
        int(min(box.top for box in boxes)) - 3,
        int(max(box.right for box in boxes)) + 4,
        int(max(box.bottom for box in boxes)) + 4,
    )
    digits = ["-l", "rus", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789"]
    rows = parse(_tesseract(cut, [*digits, "-c", "hocr_char_boxes=1", "-c", "tessedit_create_hocr=1"], limits))
    text = "".join(word.text for row in rows for word in row.words)
    return text if text.isdigit() and len(text) <= 3 and mean_confidence(rows) >= _SURE else None


def _spans(row: Row) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = 0
    for word in row.words:
        for sign in word.signs:
            if sign.raised:
                spans.append(Span(at, at + len(sign.text), SpanKind.SUPERSCRIPT))
            at += len(sign.text)
        at += 1
    return tuple(spans)


def together(pages: Sequence[tuple[int, Recognised]]) -> list[tuple[int, Recognised]]:
    """The same pages, with what only all of them together tell: bold lines and Roman numbers."""
    lines = [line for _, page in pages for line in page.lines]
    lines = mark_bold(lines, [stroke for _, page in pages for stroke in page.strokes])
    lines, restored = restore_romans(lines)
    lines, relettered = restore_letters(lines)
    found = []
    for number, page in pages:
        own, lines = lines[: len(page.lines)], lines[len(page.lines) :]
        romans = tuple(line.ordinal for line in restored if line.page == number)
        letters = tuple(line.ordinal for line in relettered if line.page == number)
        found.append((number, replace(page, lines=tuple(own), romans=romans, letters=letters)))
    return found


def summary(pages: Sequence[tuple[int, Recognised]]) -> tuple[float | None, tuple[Doubt, ...]]:
    """Mean confidence of all pages, by their characters, and what a person should look at.

    Args:
        pages: number of each recognised page and its text; pages without text count for nothing.

    Returns:
        None and no doubts where no page has text.
    """
    read = [(number, page) for number, page in pages if page.characters]
    characters = sum(page.characters for _, page in read)
    if not characters:
        return None, ()
    mean = sum(page.confidence * page.characters for _, page in read) / characters
    doubts = [Doubt("recognised", {"percent": round(mean * 100), "pages": len(read)}, f"page {read[0][0]}")]
    for number, page in read:
        if page.confidence < _UNSURE:
            doubts.append(Doubt("recognised_poorly", {"percent": round(page.confidence * 100)}, f"page {number}"))
        if page.share < _COVERED:
            doubts.append(Doubt("page_partly_read", {"percent": round(page.share * 100)}, f"page {number}"))
        doubts += [Doubt("superscript_unread", {}, f"page {number}, line {ordinal}") for ordinal in page.unread]
    for code, name in (("romans_restored", "romans"), ("letters_restored", "letters")):
        places = [f"page {number}, line {ordinal}" for number, page in read for ordinal in getattr(page, name)]
        if places:
            doubts.append(Doubt(code, {"count": len(places)}, places[0]))
    for code, name in (("number_unsure", "numbers"), ("line_unsure", "unsure")):
        found = [(text, f"page {number}, line {at}") for number, page in read for text, at in getattr(page, name)]
        doubts += [Doubt(code, {"text": text}, where) for text, where in found[:_MOST_UNSURE]]
        if len(found) > _MOST_UNSURE:
            doubts.append(Doubt("lines_unsure", {"count": len(found) - _MOST_UNSURE}))
    return round(mean, 4), tuple(doubts)
