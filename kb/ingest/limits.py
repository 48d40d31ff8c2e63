"""Bounds on what one file may cost its reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on reading one file.

    Attributes:
        file_bytes: size of the file, in bytes.
        unpacked_bytes: size of what a container unpacks to, in bytes.
        pages: pages of a PDF.
        seconds: time that reading may take; readers look at the clock between parts of their work.
        memory_bytes: memory that an outside program may use for the file, beyond what it needs to start, in bytes.
        recognition_seconds: time that recognising the pages of a scan may take, beside ``seconds``.
        recognise: whether pages may be recognised; if not, a file that needs it is refused with RecognitionNeeded.
    """

    file_bytes: int = 100 * 1024**2
    unpacked_bytes: int = 300 * 1024**2
    pages: int = 5_000
    seconds: float = 120.0
    memory_bytes: int = 1024**3
    recognition_seconds: float = 900.0
    recognise: bool = True
