"""OLE2 compound files, as old Office wrote them: which program's they are, and whether a password is needed."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from kb.errors import Damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFF0  # greater numbers are no sectors but marks
_ENTRY = 128
_MOST_SECTORS = 4_096
_NONE = 0xFFFFFFFF
_STORAGE, _ROOT = 1, 5
_WORD_ENCRYPTED = 0x0100
#: The head of PowerPoint's atom of the current user, with the token of an encrypted file.
_PPT_ENCRYPTED = re.compile(rb"\x00\x00\xf6\x0f.{4}\x14\x00\x00\x00\xdf\xc4\xd1\xf3", re.DOTALL)


class CompoundFile:
    """The streams that stand in a compound file's root."""

    def __init__(self, content: bytes) -> None:
        """Read the directory.

        Raises:
            Damaged: it cannot be read.
        """
        self._content = content
        try:
            shift, table, directory = self._header()
            self._size = 1 << shift
            self.streams = dict(self._root(list(self._chain(table, directory))))
        except (struct.error, IndexError, ValueError) as error:
            raise Damaged(format="ole2") from error

    def _header(self) -> tuple[int, tuple[int, ...], int]:
        (shift,) = struct.unpack_from("<H", self._content, 30)
        if shift not in {9, 12}:
            raise ValueError(shift)
        (directory,) = struct.unpack_from("<I", self._content, 48)
        return shift, struct.unpack_from("<109I", self._content, 76), directory

    def _chain(self, tables: tuple[int, ...], sector: int) -> Iterator[int]:
        """Sectors of the directory; only the tables that the header itself names are looked at."""
        each = self._size // 4
        for _ in range(_MOST_SECTORS):
            if sector >= _END:
                return
            yield sector
            table = tables[sector // each]
            (sector,) = struct.unpack_from("<I", self._content, self._offset(table) + 4 * (sector % each))

    def _offset(self, sector: int) -> int:
        return (sector + 1) * self._size

    def _root(self, sectors: list[int]) -> Iterator[tuple[str, int]]:
        """Name and first sector of each stream of the root, -1 for a storage; those inside storages are left out."""
        parts = [self._content[self._offset(sector) : self._offset(sector) + self._size] for sector in sectors]
        data = b"".join(parts)
        if data[66:67] != bytes([_ROOT]):
            raise ValueError("root")
        (child,) = struct.unpack_from("<I", data, 76)
        waiting, seen = [child], set()
        while waiting:
            number = waiting.pop()
            if number == _NONE or number in seen:
                continue
            seen.add(number)
            at = number * _ENTRY
            (length,) = struct.unpack_from("<H", data, at + 64)
            name = data[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", errors="replace")
            left, right = struct.unpack_from("<II", data, at + 68)
            (start,) = struct.unpack_from("<I", data, at + 116)
            yield name, -1 if data[at + 66] == _STORAGE else start
            waiting += [left, right]

    def start(self, stream: str, size: int) -> bytes:
        """First bytes of a stream, fewer than a sector; streams below 4 KiB lie elsewhere and give nothing sensible."""
        at = self._offset(self.streams[stream])
        return self._content[at : at + size]


def program_of(content: bytes) -> tuple[str, bool]:
    """Which program's file it is, and whether it is encrypted.

    Args:
        content: bytes of a compound file.

    Returns:
        ``doc``, ``xls``, ``ppt``, ``docx`` for an encrypted file of newer Office, else ``ole2``; and True where the
        file opens by a password only.

    Raises:
        Damaged: its directory cannot be read.
    """
    file = CompoundFile(content)
    if "EncryptedPackage" in file.streams:
        return "docx", True
    if "WordDocument" in file.streams:
        head = file.start("WordDocument", 12)
        return "doc", len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & _WORD_ENCRYPTED)
    if "PowerPoint Document" in file.streams:
        return "ppt", _PPT_ENCRYPTED.search(content) is not None
    if file.streams.keys() & {"Workbook", "Book"}:
        return "xls", False
    return "ole2", False
