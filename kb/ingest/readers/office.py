"""Formats of old Office and of OpenDocument: LibreOffice turns them into OOXML, which our own readers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.errors import MissingProgram, NotADocument, ProgramFailed
from kb.external import LIBREOFFICE, Bounds, convert_file
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import docx, pptx
from kb.ingest.readers.detect import MediaType, detect
from kb.ingest.readers.folding import Clock, check_size

#: Format of the file, format that it is turned into, LibreOffice's filter for it.
_CONVERSIONS: Mapping[MediaType, tuple[str, str, str]] = {
    MediaType.DOC: ("doc", "docx", "MS Word 2007 XML"),
    MediaType.ODT: ("odt", "docx", "MS Word 2007 XML"),
    MediaType.PPT: ("ppt", "pptx", "Impress MS PowerPoint 2007 XML"),
}
#: LibreOffice with its libraries needs so much before it has read anything.
_OWN_MEMORY = 512 * 1024**2
#: Share of the time that reading the converted file needs.
_RESERVE = 0.25


def _setting(path: str, name: str, value: str) -> str:
    return (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
    )


#: LibreOffice's profile: no macro ever runs, nothing that a file links to is looked at.
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + _setting("Office.Common/Security/Scripting", "MacroSecurityLevel", "3")
    + _setting("Office.Common/Security/Scripting", "DisableMacrosExecution", "true")
    + _setting("Office.Common/Security/Scripting", "DisableActiveContent", "true")
    + _setting("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true")
    + _setting("Office.Writer/Content/Update", "Link", "0")
    + _setting("Office.Common/Load", "UpdateDocMode", "0")
    + _setting("Office.Common/Misc", "UseSystemFileDialog", "false")
    + "</oor:items>"
).encode()
_PROFILE = {"profile/user/registrymodifications.xcu": _SETTINGS}


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read a Word 97 file, an OpenDocument text or a PowerPoint 97 file.

    Raises:
        MissingProgram: LibreOffice, or the part of it that reads the format, is not installed.
        ProgramFailed: LibreOffice cannot read the file.
        InputRefused: what it makes of the file cannot be read, or holds no text.
    """
    check_size(content, limits)
    media_type = detect(content)
    if media_type not in _CONVERSIONS:
        raise NotADocument(format=media_type.value)
    clock = Clock(limits)
    made = convert(content, media_type, replace(limits, seconds=limits.seconds * (1 - _RESERVE)))
    # What LibreOffice made may be larger than what came.
    rest = replace(limits, file_bytes=limits.unpacked_bytes, seconds=clock.left())
    return pptx.read(made, rest) if media_type is MediaType.PPT else docx.read(made, rest)


def convert(content: bytes, media_type: MediaType, limits: ReadLimits) -> bytes:
    """Bytes of the OOXML file that LibreOffice makes of a file of an older format.

    Raises:
        MissingProgram: LibreOffice is not installed.
        ProgramFailed: it cannot read the file.
        TooLarge: it takes longer than ``limits.seconds``.
    """
    source, target, writer = _CONVERSIONS[media_type]
    bounds = Bounds(limits.seconds, limits.memory_bytes + _OWN_MEMORY, limits.unpacked_bytes)
    try:
        return convert_file(content, source, target, writer=writer, bounds=bounds, inputs=_PROFILE)
    except ProgramFailed as error:
        if "no export filter" in str(error.params.get("problem", "")):
            # LibreOffice comes in parts; without Impress it takes a presentation for a drawing.
            raise MissingProgram(program=LIBREOFFICE.name, package=LIBREOFFICE.package) from error
        raise ProgramFailed(**{**error.params, "format": source}) from error
