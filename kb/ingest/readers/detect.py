"""The format of a file by its content; its name is never looked at."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from kb.errors import Damaged, Encrypted, NotADocument
from kb.ingest.readers import ole2

_START = 64 * 1024
_CONTENT_TYPES_BYTES = 1024**2

#: First bytes of formats that hold no text to read here, with the name that the refusal gives them.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"AT&TFORM", "djvu"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "database"),
)

_HTML_TAGS = rb"html|head|body|meta|title|style|div|p|table|tbody|tr|td|span|br|h[1-6]|font|ul|ol|li|center|pre|b|a"
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype\s+html|<!--|<(?:" + _HTML_TAGS + rb")[\s/>])", re.IGNORECASE
)
_HTML_TAG = re.compile(
    rb"</?(?:html|head|body|meta|div|p|table|tr|td|span|br|h[1-6]|font)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)


class MediaType(StrEnum):
    """Formats that are read here."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    DOC = "application/msword"
    PPT = "application/vnd.ms-powerpoint"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    HTML = "text/html"
    TEXT = "text/plain"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


_PICTURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)


def detect(content: bytes) -> MediaType:
    """Format of a file by its magic bytes, its container's parts or its tags (``{\\rtf1…``, ``<p class=MsoNormal>``).

    Args:
        content: the file, not empty.

    Returns:
        The media type; plain text where nothing else fits, which its reader then has to decode.

    Raises:
        NotADocument: a format known not to be read here; the parameter ``format`` names it.
        Damaged: a container that cannot be opened.
        Encrypted: an Office file that opens by a password only.
    """
    start = content[:_START]
    if b"%PDF-" in start[:1024]:
        return MediaType.PDF
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt"):
        return MediaType.RTF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(content)
    if start.startswith(ole2.MAGIC):
        return _in_ole2(content)
    for magic, picture in _PICTURES:
        if start.startswith(magic):
            return picture
    for magic, name in _OTHERS:
        if start.startswith(magic):
            raise NotADocument(format=name)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        raise NotADocument(format="image")
    return _of_text(start)


def _of_text(start: bytes) -> MediaType:
    plain = start
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = start.replace(b"\x00", b"")[2:]
    plain = plain.removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(plain) or len(_HTML_TAG.findall(plain)) >= 3:
        return MediaType.HTML
    if plain.lstrip().startswith(b"<?xml"):
        raise NotADocument(format="xml")
    if re.match(rb"\s*(?:MIME-Version|Message-ID|Return-Path|Received):", plain, re.IGNORECASE):
        raise NotADocument(format="mail")
    return MediaType.TEXT


def _in_zip(content: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            types = _read_start(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
            kind = _read_start(archive, "mimetype") if "mimetype" in names else b""
            sealed = b"opendocument" in kind and _is_sealed(archive, names)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, OverflowError) as error:
        raise Damaged(format="docx" if b"word/" in content else "zip") from error
    if b"wordprocessingml" in types or b"ms-word.document" in types or "word/document.xml" in names:
        return MediaType.DOCX
    if b"presentationml" in types or "ppt/presentation.xml" in names:
        return MediaType.PPTX
    if b"spreadsheetml" in types or "xl/workbook.xml" in names:
        raise NotADocument(format="xlsx")
    if sealed:
        raise Encrypted(format="odf")
    if kind.strip() in {MediaType.ODT.value.encode(), MediaType.ODT.value.encode() + b"-template"}:
        return MediaType.ODT
    if b"opendocument" in kind:
        raise NotADocument(format="odf")
    raise NotADocument(format="epub" if b"epub" in kind else "zip")


def _is_sealed(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an OpenDocument file's list of parts says that they are encrypted."""
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in _read_start(archive, manifest)


def _read_start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_CONTENT_TYPES_BYTES)


def _in_ole2(content: bytes) -> MediaType:
    program, encrypted = ole2.program_of(content)
    if encrypted:
        raise Encrypted(format=program)
    if program == "doc":
        return MediaType.DOC
    if program == "ppt":
        return MediaType.PPT
    raise NotADocument(format=program)
