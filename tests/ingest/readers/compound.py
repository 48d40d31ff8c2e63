"""OLE2 compound files for tests."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFF


def compound(*streams: str, content: bytes = b"", inside: str = "") -> bytes:
    """A compound file with these streams in its root, each beginning with ``content``.

    ``inside`` is a stream of a storage inside the root, as embedded objects have.
    """
    entries = [_entry("Root Entry", 5, child=1 if streams or inside else _NONE)]
    last = len(streams) + bool(inside)
    for number, name in enumerate(streams, 1):
        entries.append(_entry(name, 2, right=number + 1 if number < last else _NONE, start=2))
    if inside:
        entries += [_entry("ObjectPool", 1, child=last + 1), _entry(inside, 2, start=2)]
    directory = b"".join(entries).ljust(512, b"\0")[:512]
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[_NONE] * 125)
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[_NONE] * 108)
    return header + table + directory + content.ljust(512, b"\0")


def _entry(name: str, kind: int, *, child: int = _NONE, right: int = _NONE, start: int = 0) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    fixed = coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, _NONE, right, child)
    return fixed.ljust(116, b"\0") + struct.pack("<IQ", start, 4096)
