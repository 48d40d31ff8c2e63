"""The compressed streams of a PDF: whether they are whole, and how much they unpack to."""

from __future__ import annotations

import re
import zlib

from kb.errors import UnpacksTooLarge

_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n)")
_FLATE = re.compile(rb"/Filter\s{0,9}\[?\s{0,9}/(?:FlateDecode|Fl)\b")
#: Pictures are never unpacked to read the text.
_PICTURE = re.compile(rb"/Subtype\s{0,9}/Image\b")
_LOOK_BACK = 2_000
_PIECE = 1024**2


def count_damaged(content: bytes, unpacked_bytes: int) -> int:
    """Number of compressed streams that do not unpack to their end, which pdfium passes over in silence.

    Args:
        content: the file; of an encrypted one nothing is looked at.
        unpacked_bytes: bound on what all streams together unpack to, in bytes.

    Raises:
        UnpacksTooLarge: they unpack to more.
    """
    if b"/Encrypt" in content:
        return 0
    damaged = unpacked = 0
    view = memoryview(content)
    for match in _STREAM.finditer(content):
        before = content[max(match.start() - _LOOK_BACK, 0) : match.start()]
        start = max(before.rfind(b" obj"), 0)
        if not _FLATE.search(before, start) or _PICTURE.search(before, start):
            continue
        try:
            unpacked += _unpacked(view[match.end() :], unpacked_bytes - unpacked)
        except (zlib.error, EOFError):
            damaged += 1
        if unpacked > unpacked_bytes:
            raise UnpacksTooLarge(format="pdf", limit=unpacked_bytes)
    return damaged


def _unpacked(data: memoryview, most: int) -> int:
    """Length of what a stream unpacks to, more than ``most`` if it goes on."""
    unpacker = zlib.decompressobj()
    total = position = 0
    rest: bytes | memoryview = b""
    while not unpacker.eof:
        if not rest:
            rest = data[position : position + _PIECE]
            position += _PIECE
            if not rest:
                raise EOFError
        total += len(unpacker.decompress(rest, _PIECE))
        rest = unpacker.unconsumed_tail
        if total > most:
            break
    return total
