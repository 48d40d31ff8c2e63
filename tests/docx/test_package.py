from __future__ import annotations

import io
import struct
import zipfile

import pytest

from kb.docx import read_docx
from kb.errors import Damaged, Encrypted, InputRefused, NotADocument, TooLarge, UnpacksTooLarge, UnsafeXml
from tests.docx.build import NAMES, docx, p

GOOD = docx(p("Мыйзам"))
BODY = f"<w:document {NAMES}><w:body>{p('х')}</w:body></w:document>"
BOMB = '<!DOCTYPE a [<!ENTITY a "хххххххххх"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + BODY.replace(
    '<w:t xml:space="preserve">х', "<w:t>&b;"
)
FILE = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + BODY.replace(">х<", ">&f;<")


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def understated(content: bytes, name: str) -> bytes:
    """The archive with the declared size of a part set to 10 bytes, in both places."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        info = made.getinfo(name)
        size = struct.pack("<I", info.file_size)
    for at in (changed.find(size, info.header_offset), changed.rfind(size)):
        changed[at : at + 4] = struct.pack("<I", 10)
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotADocument),
        (b"hello", NotADocument),
        (b"PK\x03\x04", Damaged),
        (GOOD[: len(GOOD) // 2], Damaged),
        (GOOD[:-30], Damaged),
        (GOOD.replace(b"PK\x03\x04", b"PK\x03\x05"), Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), NotADocument),
        (archive({"a.txt": b"x"}), Damaged),
        (docx(raw=BODY[:-20].encode()), Damaged),
        (docx(raw=f"<w:document {NAMES}/>".encode()), Damaged),
        (docx(raw=BOMB.encode()), UnsafeXml),
        (docx(raw=BOMB.encode("utf-16")), UnsafeXml),
        (docx(raw=FILE.encode()), UnsafeXml),
        (docx(raw=(b"<a>" * 300 + b"</a>" * 300)), Damaged),
        (archive({"word/document.xml": BODY.encode()}, zipfile.ZIP_LZMA), Damaged),
        (understated(GOOD, "word/document.xml"), Damaged),
    ],
)
def test_what_is_refused(content: bytes, error: type[InputRefused]) -> None:
    with pytest.raises(error):
        read_docx(content, unpacked_bytes=10**6, seconds=10)


def test_what_unpacks_to_more_than_allowed() -> None:
    bomb = docx(p("х"), parts={"media": "0" * 2_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(UnpacksTooLarge):
        read_docx(bomb, unpacked_bytes=10**6, seconds=10)


def test_thousands_of_parts() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(10_001):
            made.writestr(f"{number}", b"")
    with pytest.raises(UnpacksTooLarge):
        read_docx(out.getvalue(), unpacked_bytes=10**9, seconds=10)


def test_a_part_with_a_password() -> None:
    locked = bytearray(GOOD)
    at = locked.rfind(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(Encrypted):
        read_docx(bytes(locked), unpacked_bytes=10**6, seconds=10)


def test_a_named_part_that_is_missing() -> None:
    out = io.BytesIO(docx(p("х"), parts={"numbering": f"<w:numbering {NAMES}/>"}))
    with zipfile.ZipFile(out) as made:
        entries = {name: made.read(name) for name in made.namelist() if name != "word/numbering.xml"}
    with pytest.raises(Damaged):
        read_docx(archive(entries), unpacked_bytes=10**6, seconds=10)


def test_without_relationships_the_usual_names_serve() -> None:
    file = read_docx(archive({"word\\document.xml": BODY.encode()}), unpacked_bytes=10**6, seconds=10)
    assert len(file.content) == 1


def test_time_is_bounded() -> None:
    with pytest.raises(TooLarge):
        read_docx(GOOD, unpacked_bytes=10**6, seconds=-1)
