"""Blank Word files made by us, for tests: fictional acts of the place «Үлгү»."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document

from kb.templates.convert import Imported, import_form

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = '<w:document xmlns:w="{w}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}<w:sectPr/></w:body></w:document>'


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(*runs: str) -> str:
    """A paragraph of runs, or of plain texts."""
    return "<w:p>" + "".join(one if one.startswith("<") else run(one) for one in runs) + "</w:p>"


def word(body: Iterable[str], parts: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file whose body is ``body``; ``parts`` are added or replaced."""
    empty = io.BytesIO()
    Document().save(empty)
    made = io.BytesIO()
    added = dict(parts or {})
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name == "word/document.xml":
                target.writestr(name, _BODY.format(w=W, body="".join(body)))
            elif name not in added:
                target.writestr(name, source.read(name))
        for name, content in added.items():
            target.writestr(name, content)
    return made.getvalue()


def imported(content: bytes, folder: Path, overlay: bytes | None = None, *, recognise: bool = True) -> Imported:
    """The form that a blank gives."""
    return import_form(content, "Үлгү", folder, overlay=overlay, recognise=recognise, unpacked_bytes=50_000_000)


def texts(content: bytes) -> list[str]:
    """Texts of a filled file's paragraphs."""
    return [one.text for one in Document(io.BytesIO(content)).paragraphs]
