from __future__ import annotations

import io
import zipfile

import pytest

from kb.errors import Damaged, Empty, Encrypted, NotADocument, TooLarge
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import read_bytes
from kb.ingest.readers.detect import MediaType, detect
from tests.ingest.readers.compound import MAGIC, compound


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def office(kind: str) -> bytes:
    return zipped(**{"[Content_Types].xml": f"<Types><Override ContentType='application/vnd.{kind}'/></Types>"})


WORD = office("openxmlformats-officedocument.wordprocessingml.document.main+xml")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", MediaType.PDF),
        (b"\r\n garbage before %PDF-1.4\n", MediaType.PDF),
        (b"{\\rtf1\\ansi ...}", MediaType.RTF),
        (b"\n{\\rt", MediaType.RTF),
        (WORD, MediaType.DOCX),
        (office("ms-word.document.macroEnabled.main+xml"), MediaType.DOCX),
        (zipped(word__document_xml="").replace(b"document_xml", b"document.xml"), MediaType.DOCX),
        ("<p class=MsoNormal>12-берене.</p>".encode(), MediaType.HTML),
        (b"<!DOCTYPE html><html></html>", MediaType.HTML),
        (b"\xef\xbb\xbf  <HTML><BODY>", MediaType.HTML),
        (b"<!-- saved from --><div>", MediaType.HTML),
        ("<html><p>Статья 1".encode("utf-16"), MediaType.HTML),
        ("Статья 1. <b>Общие</b><br>положения<br/><p>Текст</p>".encode("cp1251"), MediaType.HTML),
        ("1-берене. Жалпы жоболор".encode(), MediaType.TEXT),
        ("Ставка < 5 и > 3 процентов <см. приложение>".encode(), MediaType.TEXT),
        (b"\x00\x01\x02", MediaType.TEXT),
        (office("openxmlformats-officedocument.presentationml.presentation.main+xml"), MediaType.PPTX),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), MediaType.ODT),
        (compound("1Table", "WordDocument"), MediaType.DOC),
        (compound("WordDocument", inside="Workbook"), MediaType.DOC),
        (compound("PowerPoint Document"), MediaType.PPT),
        (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (b"\xff\xd8\xff\xe0", MediaType.JPEG),
        (b"II*\x00", MediaType.TIFF),
    ],
)
def test_the_content_tells_the_format(content: bytes, expected: MediaType) -> None:
    assert detect(content) is expected


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (office("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "xlsx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "odf"),
        (zipped(**{"a.txt": "Токтом"}), "zip"),
        (compound("Workbook"), "xls"),
        (compound("Book", inside="WordDocument"), "xls"),
        (compound(), "ole2"),
        (b"GIF89a", "image"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image"),
        (b"MZ\x90", "program"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "xml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mail"),
    ],
)
def test_known_formats_not_read_here_are_named(content: bytes, name: str) -> None:
    with pytest.raises(NotADocument) as caught:
        detect(content)
    assert caught.value.params["format"] == name


@pytest.mark.parametrize("content", [WORD[:-30], MAGIC, MAGIC + b"\xff" * 600, compound("WordDocument")[:1100]])
def test_a_cut_container_is_damaged(content: bytes) -> None:
    with pytest.raises(Damaged):
        detect(content)


SEALED = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "META-INF__manifest_xml": "<manifest:encryption-data/>",
}


@pytest.mark.parametrize(
    "content",
    [
        compound("EncryptedPackage"),
        compound("WordDocument", content=b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01"),
        compound("PowerPoint Document", content=b"\x00\x00\xf6\x0f\x14\x00\x00\x00\x14\x00\x00\x00\xdf\xc4\xd1\xf3"),
        zipped(**SEALED).replace(b"manifest_xml", b"manifest.xml"),
    ],
)
def test_a_password_is_told(content: bytes) -> None:
    with pytest.raises(Encrypted):
        detect(content)


class TestReadBytes:
    def test_the_name_is_not_looked_at(self) -> None:
        media_type, reading = read_bytes("12-берене. Кеңеш".encode(), "toktom.pdf", ReadLimits())
        assert media_type == "text/plain"
        assert [block.block.text for block in reading.blocks] == ["12-берене. Кеңеш"]

    def test_nothing_is_empty(self) -> None:
        with pytest.raises(Empty):
            read_bytes(b"", "a.txt", ReadLimits())

    def test_size_is_bounded(self) -> None:
        with pytest.raises(TooLarge) as caught:
            read_bytes(b"12345", "a.txt", ReadLimits(file_bytes=4))
        assert caught.value.params == {"name": "a.txt", "reason": "bytes", "bytes": 5, "limit": 4}
