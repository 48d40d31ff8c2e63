"""Word files as PDF, where LibreOffice is installed."""

from __future__ import annotations

from threading import BoundedSemaphore

from kb.errors import Busy
from kb.external import LIBREOFFICE, Bounds, run

#: Conversions that run side by side; each takes a processor for some seconds.
_ABREAST = BoundedSemaphore(2)
#: Conversions that are under way or wait; each holds a thread of the server, which pages need too.
_QUEUE = BoundedSemaphore(8)
_BOUNDS = Bounds(seconds=60.0, memory_bytes=2 * 1024**3, output_bytes=50 * 1024**2)
#: A profile of its own, so that conversions do not wait for each other.
_ARGUMENTS = (
    "-env:UserInstallation=file://{folder}/profile",
    "--headless",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
    "--convert-to",
    "pdf:writer_pdf_Export",
    "--outdir",
    "made",
    "input.docx",
)


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
            return run(
                LIBREOFFICE,
                _ARGUMENTS,
                inputs={"input.docx": docx},
                output="made/input.pdf",
                bounds=_BOUNDS,
                settings={"SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1"},
            )
    finally:
        _QUEUE.release()
