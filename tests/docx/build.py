"""Word files for tests, written part by part so that each trap is what the test says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, number: int, level: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(*([text] if text else []), properties=numbering)


def table(*rows: tuple[str, ...]) -> str:
    def cell(content: str) -> str:
        return f"<w:tc><w:tcPr/>{content if content.startswith('<') else p(*([content] if content else []))}</w:tc>"

    return "<w:tbl>" + "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows) + "</w:tbl>"


def level(at: int, style: str, text: str, more: str = "", start: int | None = 1) -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, nums: str = "", more: str = "") -> str:
    """One abstract list (id 7) with ``levels`` and list 1 over it; ``nums`` and ``more`` go behind."""
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{more}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{nums}</w:numbering>'
    )


def styles(*content: str) -> str:
    return f"<w:styles {NAMES}>{''.join(content)}</w:styles>"


def style(
    key: str, name: str = "", *, kind: str = "paragraph", based: str = "", paragraph: str = "", run: str = ""
) -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    head = f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name or key}"/>{base}'
    return f"{head}<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"


def notes(kind: str, texts: Mapping[int, str]) -> str:
    inner = "".join(f'<w:{kind} w:id="{key}">{p(text)}</w:{kind}>' for key, text in texts.items())
    return f"<w:{kind}s {NAMES}>{inner}</w:{kind}s>"


def docx(*body: str, parts: Mapping[str, str] | None = None, raw: bytes | None = None) -> bytes:
    """A Word file.

    Args:
        body: XML of the body.
        parts: further parts by the ending of their relationship's type: ``numbering``, ``styles``, ``footnotes``.
        raw: the main part's bytes instead of ``body``.
    """
    main = raw or f"<w:document {NAMES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>".encode()
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}">'
            f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", main)
        targets = "".join(
            f'<Relationship Id="r{name}" Type="{RELATION}/{name}" Target="{name}.xml"/>' for name in parts or {}
        )
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{rels}">{targets}</Relationships>')
        for name, content in (parts or {}).items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()
