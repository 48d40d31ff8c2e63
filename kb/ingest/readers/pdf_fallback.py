"""PDFs that pdfium cannot open, through pypdf: text by line, without places."""

from __future__ import annotations

import io
import logging
import time
import warnings
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

from kb.errors import Damaged, Encrypted, TooLarge
from kb.ingest.limits import ReadLimits

_LOG = logging.getLogger("pypdf")


@dataclass(frozen=True, slots=True)
class PlainPages:
    """Text of a PDF's pages.

    Attributes:
        texts: text of each page, lines joined by line feeds; empty where a page cannot be read.
        lost: numbers of the pages that cannot be read, from 1.
    """

    texts: tuple[str, ...]
    lost: tuple[int, ...]


def read_plainly(content: bytes, limits: ReadLimits) -> PlainPages:
    """Text of a damaged PDF, as far as it can be had.

    Args:
        content: the file.
        limits: bounds on pages and time.

    Raises:
        Encrypted: it opens by a password only.
        Damaged: nothing of it can be read.
        TooLarge: it has too many pages or takes too long.
    """
    until = time.monotonic() + limits.seconds
    _LOG.setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = PdfReader(io.BytesIO(content), strict=False)
            count = len(reader.pages)
        except (FileNotDecryptedError, WrongPasswordError, DependencyError) as error:
            raise Encrypted(format="pdf") from error
        except Exception as error:
            raise Damaged(format="pdf") from error
        if count > limits.pages:
            raise TooLarge(reason="pages", pages=count, limit=limits.pages)
        texts: list[str] = []
        lost: list[int] = []
        for index in range(count):
            try:
                texts.append(reader.pages[index].extract_text())
            except Exception:
                texts.append("")
                lost.append(index + 1)
            if time.monotonic() > until:
                raise TooLarge(reason="time", limit=limits.seconds)
    if count == len(lost):
        raise Damaged(format="pdf")
    return PlainPages(tuple(texts), tuple(lost))
