"""Pictures of documents (PNG, JPEG, TIFF): recognised page by page."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from kb.errors import Damaged, NoTextLayer, TooLarge
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import recognition
from kb.ingest.readers.bitmap import Bitmap
from kb.ingest.readers.folding import check_size
from kb.ingest.readers.furniture import without_furniture
from kb.ingest.readers.measure import measure_pages
from kb.ingest.readers.paragraphs import rebuild
from kb.ingest.readers.wrapping import Words

_FORMATS = ("PNG", "JPEG", "TIFF")
#: Larger pictures are refused; smaller ones are scaled to at most ``_MOST_PIXELS``.
_HUGE = 200_000_000
_MOST_PIXELS = 20_000_000
#: A page is taken to be a sheet of A4: what pictures say of their resolution is seldom right.
_SHEET = (595.0, 842.0)
_INCH = 72.0
_FAULTS = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    IndexError,
    KeyError,
    TypeError,
)


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read a picture of a document; a TIFF may hold several pages.

    Raises:
        MissingProgram: tesseract is not installed.
        NoTextLayer: no text could be recognised in it.
        Damaged: it cannot be decoded.
        TooLarge: it has too many pages or pixels, or recognising it takes too long.
    """
    check_size(content, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            count = int(getattr(picture, "n_frames", 1))
        except Image.DecompressionBombError as error:
            raise TooLarge(reason="pixels", limit=_HUGE) from error
        except _FAULTS as error:
            raise Damaged(format="image") from error
        if count > limits.pages:
            raise TooLarge(reason="pages", pages=count, limit=limits.pages)
        sizes: list[tuple[float, float]] = []
        pages = recognition.together(list(recognition.recognise(_frames(picture, count, sizes), count, limits)))
    confidence, doubts = recognition.summary(pages)
    if confidence is None:
        raise NoTextLayer(pages=count, reason="unreadable")
    bodies = without_furniture([page.lines for _, page in pages])
    measures = measure_pages(bodies, sizes)
    lines = [line for body in bodies for line in body]
    words = Words(line.text for line in lines)
    blocks = tuple(rebuild(lines, [measures[line.page - 1] for line in lines], words))
    return Reading(blocks, pages=count, doubts=doubts, recognised=confidence)


def _frames(picture: Image.Image, count: int, sizes: list[tuple[float, float]]) -> Iterator[tuple[int, Bitmap]]:
    """Number and bitmap of each page; their sizes in points are added to ``sizes``."""
    for index in range(count):
        try:
            if count > 1:
                picture.seek(index)
            if picture.width * picture.height > _HUGE:
                raise TooLarge(reason="pixels", limit=_HUGE)
            # A telephone notes how it was held.
            grey = ImageOps.exif_transpose(picture).convert("L")
        except Image.DecompressionBombError as error:
            raise TooLarge(reason="pixels", limit=_HUGE) from error
        except _FAULTS as error:
            raise Damaged(format="image", page=index + 1) from error
        scale = math.sqrt(_MOST_PIXELS / (grey.width * grey.height))
        if scale < 1:
            grey = grey.resize((max(int(grey.width * scale), 1), max(int(grey.height * scale), 1)))
        wide, high = sorted(_SHEET, reverse=grey.width > grey.height)
        dpi = max(grey.width / wide, grey.height / high) * _INCH
        sizes.append((grey.width * _INCH / dpi, grey.height * _INCH / dpi))
        yield index + 1, Bitmap(grey.tobytes(), grey.width, grey.height, dpi)
