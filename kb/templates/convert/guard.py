"""What a Word file may not bring along: tags of templates, macros, fields that fetch or run, foreign parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from lxml import etree

from kb.docx.package import Element, Package, W, parse_xml
from kb.errors import BadForm, Damaged, NotADocument

_TAG = re.compile(r"\{[{%#]")
_XML = frozenset({".xml", ".rels", ".vml"})
_RUNS = re.compile(
    r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|AUTOTEXT|HTMLCONTROL"
    r"|CONTROL|RD|GOTOBUTTON|PRINT|QUOTE|ASK|FILLIN)\b",
    re.IGNORECASE,
)
#: Parts that hold programs or other documents.
_FOREIGN = re.compile(
    r"vbaproject|vbadata|/activex/|/embeddings/|/ctrlprops/|\.(?:bin|exe|dll|js|vbs|ole|docm|dotm|xlsm)$|afchunk|altchunk"
)
_TEMPLATE = "attachedTemplate"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SAFE_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_PROGRAM_TYPE = "macroEnabled"
_DATE = (2022, 12, 12, 0, 0, 0)
_SHOWN = 80


def read_parts(content: bytes, unpacked_bytes: int) -> tuple[dict[str, bytes], tuple[tuple[str, str], ...]]:
    """Parts of a Word file that may become a template, in the order of the archive.

    Args:
        content: bytes of the file.
        unpacked_bytes: what its parts together may unpack to.

    Returns:
        Parts by name, and what was taken out: place and code of each warning.

    Raises:
        InputRefused: it is no Word file, damaged, encrypted or too large, or would run code (``where``).
    """
    package = Package(content, unpacked_bytes=unpacked_bytes)
    names = _names(content)
    parts = {name: package.read(name) for name in names}
    main = package.main_part()
    if main != "word/document.xml" or main not in parts:
        raise NotADocument(problem="no_document")
    warnings = []
    for name in names:
        lower = name.lower()
        if found := _FOREIGN.search("/" + lower):
            raise BadForm(reason="forbidden", where=name, problem=found[0].strip("/."))
        if PurePosixPath(lower).suffix in _XML:
            root = parse_xml(parts[name], name)
            _refuse_tags(root, name)
            _refuse_fields(root, name)
            if _detach(root, name):
                warnings.append((name, "template_detached"))
                parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if name == "[Content_Types].xml" and _PROGRAM_TYPE.encode() in parts[name]:
            raise BadForm(reason="forbidden", where=name, problem="macros")
    return parts, tuple(warnings)


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Damaged(problem=str(problem)) from None
    if len(set(names)) < len(names) or any("\\" in name or name.startswith("/") or ".." in name for name in names):
        raise Damaged(problem="names")
    return names


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A Word file of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _refuse_tags(root: Element, part: str) -> None:
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t", f"{W}delText", f"{W}instrText"))
        if found := _TAG.search(text):
            _refuse(part, f"paragraph {number}", text[found.start() :])
    for element in root.iter():
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and (found := _TAG.search(text)):
                _refuse(part, str(etree.QName(element).localname), text[found.start() :])


def _refuse(part: str, place: str, words: str) -> None:
    raise BadForm(reason="forbidden", where=f"{part.removeprefix('word/')}, {place}", problem=words[:_SHOWN])


def _refuse_fields(root: Element, part: str) -> None:
    """Refuse fields that fetch or run something, and objects of other programs."""
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        code = "".join(piece.text or "" for piece in paragraph.iter(f"{W}instrText"))
        codes = [code, *(field.get(f"{W}instr", "") for field in paragraph.iter(f"{W}fldSimple"))]
        for one in codes:
            if found := _RUNS.search(re.sub(r'"[^"]*"', "", one)):
                raise BadForm(
                    reason="forbidden", where=f"{part.removeprefix('word/')}, paragraph {number}", problem=found[0]
                )
    for element in root.iter(f"{W}object", f"{W}control", f"{W}altChunk", f"{W}subDoc"):
        raise BadForm(reason="forbidden", where=part.removeprefix("word/"), problem=str(etree.QName(element).localname))


def _detach(root: Element, part: str) -> bool:
    """Take out the template that a document is attached to; refuse what else lies outside the file."""
    changed = False
    for relation in list(_external(root)):
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if kind == _TEMPLATE:
            relation.getparent().remove(relation)
            changed = True
        elif kind != "hyperlink" or not _SAFE_LINK.match(target):
            raise BadForm(reason="forbidden", where=part, problem=f"{kind}: {target}"[:_SHOWN])
    for attached in list(root.iter(f"{W}{_TEMPLATE}")):
        attached.getparent().remove(attached)
        changed = True
    return changed


def _external(root: Element) -> Iterator[Element]:
    for relation in root.iter(_RELATION):
        if relation.get("TargetMode", "").lower() == "external":
            yield relation
