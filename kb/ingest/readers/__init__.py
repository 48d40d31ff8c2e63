"""Readers: one file a format, bytes to blocks."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from kb.errors import Empty, TooLarge
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.detect import MediaType, detect

#: Module that reads each format, imported with the first file of the format: their libraries are slow to load.
_MODULES: Mapping[MediaType, str] = {
    MediaType.PDF: "kb.ingest.readers.pdf",
    MediaType.DOCX: "kb.ingest.readers.docx",
    MediaType.PPTX: "kb.ingest.readers.pptx",
    MediaType.DOC: "kb.ingest.readers.office",
    MediaType.ODT: "kb.ingest.readers.office",
    MediaType.PPT: "kb.ingest.readers.office",
    MediaType.PNG: "kb.ingest.readers.picture",
    MediaType.JPEG: "kb.ingest.readers.picture",
    MediaType.TIFF: "kb.ingest.readers.picture",
    MediaType.RTF: "kb.ingest.readers.rtf",
    MediaType.HTML: "kb.ingest.readers.html",
    MediaType.TEXT: "kb.ingest.readers.text",
}


class _Reader(Protocol):
    def read(self, content: bytes, limits: ReadLimits) -> Reading: ...


def read_bytes(content: bytes, name: str, limits: ReadLimits) -> tuple[str, Reading]:
    """Read a file of whatever format its content shows.

    Args:
        content: its bytes.
        name: its name, for the parameters of errors only.
        limits: bounds on size, unpacked size, pages and time.

    Returns:
        Media type by content and what the reader saw; at least one block.

    Raises:
        InputRefused: the bytes are empty, too many, of no format read here, damaged, encrypted or without text.
    """
    if not content:
        raise Empty(name=name)
    if len(content) > limits.file_bytes:
        raise TooLarge(name=name, reason="bytes", bytes=len(content), limit=limits.file_bytes)
    media_type = detect(content)
    reader = cast("_Reader", import_module(_MODULES[media_type]))
    reading = reader.read(content, limits)
    if not reading.blocks:
        raise Empty(name=name)
    return media_type.value, reading
