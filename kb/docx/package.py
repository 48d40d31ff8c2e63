"""The container of a Word or PowerPoint file: a ZIP archive of XML parts, opened within bounds."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from kb.errors import Damaged, Encrypted, NotADocument, UnpacksTooLarge, UnsafeXml

#: An element of lxml, which carries no types.
Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"

_MAX_ENTRIES = 10_000
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "created": "{http://purl.org/dc/terms/}created",
    "language": "{http://purl.org/dc/elements/1.1/}language",
}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 0x1
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# Strict OOXML says the same under other names.
_STRICT = [
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/presentationml/main", P[1:-1].encode()),
]

_ARCHIVE_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Package:
    """Parts of an OOXML file by name."""

    def __init__(self, content: bytes, *, unpacked_bytes: int) -> None:
        """Open the archive; nothing is unpacked yet.

        Args:
            content: bytes of the file.
            unpacked_bytes: what all its parts together may unpack to.

        Raises:
            Encrypted: a password is needed.
            NotADocument: no ZIP archive.
            Damaged: an archive that cannot be read.
            UnpacksTooLarge: it declares more than ``unpacked_bytes`` or has thousands of parts.
        """
        if content.startswith(_OLE2):
            # Word wraps an encrypted document in an OLE2 file with a stream of this name.
            if "EncryptedPackage".encode("utf-16-le") in content:
                raise Encrypted
            raise NotADocument(problem="ole2")
        if not content.startswith(b"PK"):
            raise NotADocument(problem="no_archive")
        if content.count(b"PK\x01\x02") > _MAX_ENTRIES:
            raise UnpacksTooLarge(what="parts", limit=_MAX_ENTRIES)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            infos = self._archive.infolist()
        except _ARCHIVE_FAULTS as error:
            raise Damaged(problem=str(error)) from None
        if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
            raise Encrypted
        if sum(info.file_size for info in infos) > unpacked_bytes:
            raise UnpacksTooLarge(what="bytes", limit=unpacked_bytes)
        # Part names are compared without case, and some writers use backslashes.
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._infos

    def read(self, name: str) -> bytes:
        """Bytes of a part.

        Raises:
            Damaged: it is missing or cannot be unpacked.
        """
        info = self._infos.get(name.lower())
        if info is None:
            raise Damaged(problem="missing_part", part=name)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            # Office writes no other; their decoders may claim gigabytes of memory for a dictionary.
            raise Damaged(problem="compression", part=name)
        try:
            return self._archive.read(info)
        except _ARCHIVE_FAULTS as error:
            raise Damaged(problem=str(error), part=name) from None

    def xml(self, name: str) -> Element:
        """Root element of a part, names of strict OOXML turned into the usual ones.

        Raises:
            Damaged: the part is missing or no well-formed XML.
            UnsafeXml: it has a document type or entities of its own.
        """
        data = self.read(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, name)

    def main_part(self) -> str:
        """Name of the part that holds the text.

        Raises:
            Damaged: there is none.
        """
        for _, target in self.related("", "/officeDocument"):
            return target
        if "word/document.xml" in self:
            return "word/document.xml"
        raise Damaged(problem="missing_part", part="word/document.xml")

    def properties(self) -> dict[str, str]:
        """What the file says of itself: ``title``, ``created``, ``language``, as far as it does."""
        found: dict[str, str] = {}
        for _, name in self.related("", "/core-properties"):
            if name not in self:
                continue
            root = self.xml(name)
            for key, tag in _CORE.items():
                text = (root.findtext(tag) or "").strip()
                if text:
                    found[key] = text
        return found

    def related(self, part: str, ending: str) -> list[tuple[str, str]]:
        """Parts that ``part`` (empty for the package) refers to by relationships whose type ends so.

        Returns:
            Relationship id and name of the part, in the file's order; targets outside the file are left out.
        """
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        if path not in self:
            return []
        found = []
        for relation in self.xml(path).iter(f"{_RELATIONSHIPS}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not relation.get("Type", "").endswith(ending):
                continue
            joined = target if target.startswith("/") else posixpath.join("/", folder, target)
            found.append((relation.get("Id", ""), posixpath.normpath(joined).lstrip("/")))
        return found


def parse_xml(data: bytes, part: str) -> Element:
    """Root of an XML part, read without entities, document types or network.

    Raises:
        Damaged: it is not well-formed, or nested too deep.
        UnsafeXml: it has a document type or entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
            raise UnsafeXml(part=part) from None
        raise Damaged(problem=str(error), part=part) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml(part=part)
    return root


_INTEGER = re.compile(r"[+-]?[0-9]{1,9}")


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute in Word's namespace, None where the element or the attribute is missing."""
    if element is None:
        return None
    got: str | None = element.get(W + attribute)
    return got


def integer(text: str | None) -> int | None:
    """A whole number of at most nine digits (``12.0`` counts as 12), or None."""
    found = _INTEGER.match(text) if text else None
    return int(found.group()) if found else None


def switched_on(element: Element | None) -> bool | None:
    """Value of an on/off property: None if the element is missing, on if it says nothing."""
    if element is None:
        return None
    return (value(element) or "true").lower() not in {"0", "false", "off"}


def choose(alternate: Element) -> Element | None:
    """The one branch of an mc:AlternateContent that is read: the first choice, else the fallback."""
    branch = alternate.find(f"{MC}Choice")
    return branch if branch is not None else alternate.find(f"{MC}Fallback")
