"""ZIP archives of documents: each member is a file of its own, read without ever unpacking to a name of theirs.

The directory is read here and not by ``zipfile``, which makes an object of every entry before any bound can be set and
guesses that all names without the UTF-8 flag are in code page 437.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from kb.errors import (
    BadSidecar,
    Damaged,
    Empty,
    Encrypted,
    FileNotFound,
    KbError,
    NotADocument,
    TooLarge,
    UnpacksTooLarge,
)
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import SIDECAR_BYTES, Hints, read_sidecar

#: Members of an archive and of those inside it, together.
MOST_MEMBERS = 5_000
#: An archive inside an archive is read, one inside that is not.
DEEPEST = 2

_END, _ENTRY, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_LENGTH, _ENTRY_LENGTH, _LOCAL_LENGTH = 22, 46, 30
_MOST_COMMENT = 65_535
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_CHUNK = 64 * 1024
_UNICODE_PATH = 0x7075
_LINK, _FORMAT = 0o120000, 0o170000
#: First members of documents that are archives themselves.
_OFFICE = re.compile(r"\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/|ppt/|xl/|mimetype|META-INF/")
_LIKELY = re.compile(r"[\w .,()№«»-]")
_UNLIKELY = re.compile(r"[\u2500-\u25ff\u0402-\u040f\u0452-\u045f\u2018-\u2122\u00a4-\u00b7]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an archive's directory: its name as shown, and where its bytes are."""

    name: str
    offset: int
    packed: int
    size: int
    method: int
    crc: int
    encrypted: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A document in an archive.

    Attributes:
        archive: the archive on disk; of an archive inside another a copy under a name of ours.
        name: name in the archive, folders and archives around it included (``inner/law.docx``).
        entry: where its bytes are.
        hints: what its sidecar says.
        trouble: why it is refused before it is read, or None.
    """

    archive: Path
    name: str
    entry: Entry
    hints: Hints = field(default_factory=Hints)
    trouble: KbError | None = None


@dataclass(slots=True)
class _Budget:
    """What an archive and those inside it may still unpack to."""

    limits: ReadLimits
    bytes: int
    members: int = MOST_MEMBERS

    def take(self, entries: list[Entry]) -> None:
        self.members -= len(entries)
        self.bytes -= sum(entry.size for entry in entries)
        if self.members < 0:
            raise UnpacksTooLarge(what="members", limit=MOST_MEMBERS)
        if self.bytes < 0:
            raise UnpacksTooLarge(what="bytes", limit=self.limits.unpacked_bytes)


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive of documents: no document that is an archive itself, and not a broken one."""
    try:
        with path.open("rb") as file:
            return file.read(4) in {_LOCAL, _END} and not _is_office(_entries(file))
    except (OSError, KbError):
        return False


def members(path: Path, limits: ReadLimits, scratch: Path) -> Iterator[Member]:
    """Documents in an archive, in its order; hidden ones, sidecars and folders left out.

    Args:
        path: an archive, as ``is_archive`` says.
        limits: bounds; all members together, those of archives inside it too, may unpack to ``unpacked_bytes``.
        scratch: folder for copies of archives inside it.

    Raises:
        UnpacksTooLarge: it declares more members or bytes than allowed.
        Damaged: it cannot be read.
        Empty: it holds no document.
    """
    if path.stat().st_size > limits.file_bytes:
        raise TooLarge(reason="bytes", limit=limits.file_bytes)
    found = False
    for member in _members(path, "", _Budget(limits, limits.unpacked_bytes), scratch, 1):
        found = True
        yield member
    if not found:
        raise Empty(format="zip")


def _members(path: Path, around: str, budget: _Budget, scratch: Path, depth: int) -> Iterator[Member]:
    with path.open("rb") as file:
        entries = [entry for entry in _entries(file) if not _is_hidden(entry.name)]
        budget.take(entries)
        entries = _named_apart(entries)
        sidecars = {entry.name: entry for entry in entries if entry.name.endswith(".yaml")}
        used = {name for entry in entries if (name := _sidecar(entry, sidecars)) is not None}
        for entry in entries:
            if entry.name in used:
                continue
            plain = Member(path, around + entry.name, entry)
            try:
                if _is_nested(file, entry):
                    yield from _inside(file, plain, budget, scratch, depth)
                    continue
                _check(entry, budget.limits)
                beside = _sidecar(entry, sidecars)
                hints = _hints(file, sidecars[beside]) if beside else Hints()
                yield replace(plain, hints=hints)
            except KbError as error:
                yield replace(plain, trouble=error)


def _inside(file: BinaryIO, outer: Member, budget: _Budget, scratch: Path, depth: int) -> Iterator[Member]:
    """Members of an archive inside an archive."""
    if depth >= DEEPEST:
        raise UnpacksTooLarge(what="nesting", limit=DEEPEST)
    copy = scratch / f"{len(list(scratch.iterdir()))}.zip"
    with copy.open("wb") as target:
        for chunk in _unpack(file, outer.entry):
            target.write(chunk)
    if not is_archive(copy):
        yield outer
        return
    yield from _members(copy, f"{outer.name}/", budget, scratch, depth + 1)


def _check(entry: Entry, limits: ReadLimits) -> None:
    if entry.encrypted:
        raise Encrypted(format="zip")
    if entry.link:
        raise NotADocument(format="link")
    if entry.method not in {_STORED, _DEFLATED}:
        raise Damaged(format="zip", problem="compression")
    if entry.size > limits.file_bytes:
        raise TooLarge(reason="bytes", bytes=entry.size, limit=limits.file_bytes)


def read_member(member: Member) -> Iterator[bytes]:
    """Bytes of a member, piece by piece.

    Raises:
        Damaged: they cannot be unpacked, or are not what the directory says.
        FileNotFound: the archive is gone.
    """
    try:
        with member.archive.open("rb") as file:
            yield from _unpack(file, member.entry)
    except OSError as error:
        raise FileNotFound(path=str(member.archive), problem=error.strerror or "") from None


def _unpack(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    crc = size = 0
    for chunk in _inflate(file, entry):
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if size > entry.size:
            break
        yield chunk
    if size != entry.size or crc != entry.crc:
        raise Damaged(format="zip", problem="checksum")


def _inflate(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The unpacked bytes, at most a piece more than the directory declares."""
    file.seek(entry.offset)
    head = file.read(_LOCAL_LENGTH)
    if len(head) < _LOCAL_LENGTH or not head.startswith(_LOCAL):
        raise Damaged(format="zip", problem="member")
    name, extra = struct.unpack_from("<HH", head, 26)
    file.seek(entry.offset + _LOCAL_LENGTH + name + extra)
    left = entry.packed
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == _DEFLATED else None
    while left > 0 and (packed := file.read(min(left, _CHUNK))):
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        try:
            while packed:
                yield inflater.decompress(packed, _CHUNK)
                packed = inflater.unconsumed_tail
        except zlib.error as error:
            raise Damaged(format="zip", problem=str(error)) from None


def _entries(file: BinaryIO) -> list[Entry]:
    """The directory of an archive; folders are left out.

    Raises:
        Damaged: it cannot be read.
        UnpacksTooLarge: it has too many entries, or is of the kind for more than 4 GiB.
    """
    end = file.seek(0, 2)
    start = max(end - _END_LENGTH - _MOST_COMMENT, 0)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise Damaged(format="zip", problem="no_directory")
    count, length, offset = struct.unpack_from("<HII", tail, at + 10)
    if 0xFFFFFFFF in {length, offset} or count > MOST_MEMBERS:
        raise UnpacksTooLarge(what="members", limit=MOST_MEMBERS)
    # What stands before the archive, as in one that unpacks itself, shifts all offsets.
    shift = start + at - length - offset
    if shift < 0:
        raise Damaged(format="zip", problem="directory")
    file.seek(offset + shift)
    found = []
    for _ in range(count):
        head = file.read(_ENTRY_LENGTH)
        if len(head) < _ENTRY_LENGTH or not head.startswith(_ENTRY):
            raise Damaged(format="zip", problem="directory")
        entry = _entry(file, head, shift)
        if entry is not None:
            found.append(entry)
    return found


def _entry(file: BinaryIO, head: bytes, shift: int) -> Entry | None:
    flags, method = struct.unpack_from("<HH", head, 8)
    crc, packed, size, name_length, extra_length, comment = struct.unpack_from("<IIIHHH", head, 16)
    (attributes,) = struct.unpack_from("<I", head, 38)
    (offset,) = struct.unpack_from("<I", head, 42)
    raw = file.read(name_length)
    name = _safe(_decoded(raw, _unicode_path(file.read(extra_length), raw), utf8=bool(flags & _UTF8)))
    file.seek(comment, 1)
    if raw.endswith((b"/", b"\\")) or not name:
        return None
    link = (attributes >> 16) & _FORMAT == _LINK
    return Entry(name, offset + shift, packed, size, method, crc, bool(flags & _ENCRYPTED), link)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name that Info-ZIP adds in UTF-8, if it belongs to the name in the directory."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        data = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(data) > 5 and struct.unpack_from("<I", data, 1)[0] == zlib.crc32(raw):
            return data[5:].decode("utf-8", errors="replace")
        at += 4 + length
    return None


def _decoded(raw: bytes, unicode_path: str | None, *, utf8: bool) -> str:
    """A name in the encoding that its archiver used: UTF-8, else that of DOS or of Windows, whichever gives words."""
    if unicode_path is not None:
        return unicode_path
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if utf8:
            return raw.decode("utf-8", errors="replace")
    dos, windows = raw.decode("cp866"), raw.decode("cp1251", errors="replace")
    return windows if _likeness(windows) > _likeness(dos) else dos


def _likeness(name: str) -> int:
    return len(_LIKELY.findall(name)) - 2 * len(_UNLIKELY.findall(name))


def _safe(name: str) -> str:
    """A name to show: no way up, no drive, no control characters."""
    clean = "".join(sign if unicodedata.category(sign)[0] != "C" else "\ufffd" for sign in name.replace("\\", "/"))
    parts = [part.strip()[:200] for part in clean.split("/")]
    parts = [part for part in parts if part.strip(".") and not re.fullmatch(r"[A-Za-z]:", part)]
    return "/".join(parts[-20:])


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _named_apart(entries: list[Entry]) -> list[Entry]:
    """The same entries; of those of one name the later ones get a number (``law.docx (2)``)."""
    counts: Counter[str] = Counter()
    found = []
    for entry in entries:
        counts[entry.name] += 1
        again = counts[entry.name]
        found.append(entry if again == 1 else replace(entry, name=f"{entry.name} ({again})"))
    return found


def _is_office(entries: list[Entry]) -> bool:
    names = {entry.name for entry in entries}
    return bool(names & {"[Content_Types].xml", "mimetype", "word/document.xml", "ppt/presentation.xml"})


def _is_nested(file: BinaryIO, entry: Entry) -> bool:
    """Whether a member is an archive itself, and no Office document."""
    if entry.encrypted or entry.link or entry.method not in {_STORED, _DEFLATED} or entry.size < _END_LENGTH:
        return False
    start = next(_inflate(file, entry), b"")[: _LOCAL_LENGTH + 300]
    if not start.startswith(_LOCAL) or len(start) < _LOCAL_LENGTH:
        return False
    (length,) = struct.unpack_from("<H", start, 26)
    first = start[_LOCAL_LENGTH : _LOCAL_LENGTH + length].decode("latin-1")
    return not _OFFICE.match(first)


def _sidecar(entry: Entry, sidecars: dict[str, Entry]) -> str | None:
    """Name of the sidecar beside a member: ``law.docx.yaml`` or ``law.yaml``."""
    folder, _, name = entry.name.rpartition("/")
    stem = name.rpartition(".")[0] or name
    for candidate in (f"{name}.yaml", f"{stem}.yaml"):
        path = f"{folder}/{candidate}" if folder else candidate
        if path in sidecars and path != entry.name:
            return path
    return None


def _hints(file: BinaryIO, sidecar: Entry) -> Hints:
    if sidecar.size > SIDECAR_BYTES or sidecar.encrypted:
        raise BadSidecar(name=sidecar.name, field="", problem=f"more than {SIDECAR_BYTES} bytes or encrypted")
    try:
        text = b"".join(_unpack(file, sidecar)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSidecar(name=sidecar.name, field="", problem=str(error)) from None
    return read_sidecar(text, sidecar.name)
