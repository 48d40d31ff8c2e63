"""Word files as PDF, where LibreOffice is installed."""

from __future__ import annotations

from threading import BoundedSemaphore

from kb.errors import Busy
from kb.external import LIBREOFFICE, Bounds, convert_file

#: Conversions that run side by side; each takes a processor for some seconds.
_ABREAST = BoundedSemaphore(2)
#: Conversions that are under way or wait; each holds a thread of the server, which pages need too.
_QUEUE = BoundedSemaphore(8)
_BOUNDS = Bounds(seconds=60.0, memory_bytes=2 * 1024**3, output_bytes=50 * 1024**2)


def installed() -> bool:
    """Whether PDF can be made here."""
    return LIBREOFFICE.path() is not None


def to_pdf(docx: bytes) -> bytes:
    """The pages of a Word file that we made, as PDF.

    Raises:
        MissingProgram: LibreOffice is not installed.
        ProgramFailed: it made none.
        TooLarge: it took longer than a minute.
        Busy: too many wait already.
    """
    if not _QUEUE.acquire(blocking=False):
        raise Busy
    try:
        with _ABREAST:
            return convert_file(docx, "docx", "pdf", writer="writer_pdf_Export", bounds=_BOUNDS)
    finally:
        _QUEUE.release()
