"""A form's text in light markup, set in the styles of ``base.docx``: the Word file with tags.

One line is one paragraph; lines that start with two spaces go on with it. What a line starts with says what it is::

    § label | Heading            section, numbered in Roman figures
    # label | Heading            clause, numbered through the document
    . Text   or   .label| Text   subclause (20.7.)
    %label| Text                 point of an order or a resolution (3.)
    .. Text                      unit below it (20.7.1.)
    - Text                       item of a list
    Text                         paragraph
    title| Text                  paragraph of another style: title, subtitle, centre, left, right, note, small, heading
    contents|                    list of the sections
    columns| a || b || c         columns without borders (letterhead)
    sign| a || b || c            the same for signatures
    table| 1 8 7                 table with columns of these widths in centimetres; its rows follow as
    row| a || b || c
    /table
    page|                        a new page
    footer| Text                 foot of every page, before the page number
    {% if city %}                condition or loop around paragraphs (or rows)
    // Words                     a remark that is left out

In text, ``**words**`` are bold, ``[[label]]`` is the number of another unit, ``{{ … }}`` what answers give.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from kb.errors import BadForm

BASE = Path(__file__).parent / "forms" / "base.docx"

_STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "centre": "Centre",
    "left": "Left",
    "right": "Right",
    "note": "Note",
    "small": "Small",
    "heading": "Heading2",
    "hint": "Hint",
}
_NAMED = re.compile(r"([a-z]+)\| ?(.*)", re.DOTALL)
_UNIT = re.compile(r"([§#]) ([a-z0-9_]+) \| (.*)", re.DOTALL)
_POINT = re.compile(r"%([a-z0-9_]+)\| (.*)", re.DOTALL)
_SUB = re.compile(r"(\.\.?)(?:([a-z0-9_]+)\|)? (.*)", re.DOTALL)
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
_PIECE = re.compile(r"(\*\*)|\[\[([a-z0-9_]+)\]\]|(\{\{[^{}]*\}\}|\{%[^{}%]*%\})")
_TEXT_WIDTH = 9356  # twentieths of a point between margins of 3 and 1.5 cm on A4
_CM = 567
_GRID = {2: (5.5, 11.0), 3: (7.0, 3.5, 6.0)}


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def compose(text: str, title: str, language: str) -> bytes:
    """Word file with tags of a text in light markup.

    Args:
        text: the text.
        title: title in the file's properties; tags in it are refused.
        language: language of the words, ``ky`` or ``ru``, which Word checks spelling by.

    Raises:
        BadForm: a line fits no rule.
    """
    if "{" in title:
        raise BadForm(reason="title_tag", where=title)
    lines = list(_lines(text))
    foot = [line.text.removeprefix("footer|").strip() for line in lines if line.text.startswith("footer|")]
    composer = _Composer([line for line in lines if not line.text.startswith("footer|")])
    body = "".join(composer.parts())
    locale = {"ky": "ky-KG", "ru": "ru-RU"}[language]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _base():
            content = part
            if name == "word/document.xml":
                start, _, rest = content.partition("<w:body>")
                content = start + "<w:body>" + body + rest[rest.rindex("<w:sectPr") :]
            elif name.startswith("word/footer"):
                content = content.replace("FOOTER", escape(" ".join(foot)))
            elif name == "word/styles.xml":
                content = content.replace("ky-KG", locale)
            elif name == "docProps/core.xml":
                content = content.replace("TITLE", escape(title))
            archive.writestr(zipfile.ZipInfo(name, (2022, 12, 12, 0, 0, 0)), content)
    return made.getvalue()


@cache
def _base() -> tuple[tuple[str, str], ...]:
    with zipfile.ZipFile(BASE) as archive:
        return tuple((name, archive.read(name).decode()) for name in archive.namelist())


def _lines(text: str) -> Iterator[_Line]:
    waiting: _Line | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("  ") and line.strip() and waiting:
            waiting = _Line(waiting.number, f"{waiting.text} {line.strip()}")
            continue
        if waiting:
            yield waiting
        waiting = _Line(number, line.strip()) if line.strip() and not line.startswith("//") else None
    if waiting:
        yield waiting


class _Composer:
    """Turns lines into paragraphs and tables."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self.lines = lines
        self.widths: list[int] = []
        self.bookmarks = 0

    def parts(self) -> Iterator[str]:
        """XML of the body, in order."""
        for line, follows in zip(self.lines, [*self.lines[1:], None], strict=True):
            part = self._part(line)
            # Signatures do not stand on a page without a line of what is signed.
            yield _kept(part) if follows and follows.text.startswith("sign|") else part
        if self.widths:
            raise BadForm(reason="table", where=f"line {self.lines[-1].number}")

    def _part(self, line: _Line) -> str:
        text = line.text
        if _TAG.fullmatch(text) and text.startswith("{%"):
            kind = "tr" if self.widths else "p"
            control = f"{{%{kind} {text[2:-2].strip()} %}}"
            return self._row([control]) if self.widths else paragraph("Body", control)
        if text == "/table":
            self.widths = []
            return "</w:tbl>" + paragraph("Small", "")
        if found := _UNIT.fullmatch(text):
            return self._unit(*found.groups())
        if found := _SUB.fullmatch(text):
            level = "subclause" if found[1] == "." else "subsubclause"
            label = found[2] or ""
            return paragraph("Clause", f"{{{{ {level}('{label}') }}}}. {found[3]}", self._bookmark(label))
        if found := _POINT.fullmatch(text):
            return paragraph("Clause", f"{{{{ point('{found[1]}') }}}}. {found[2]}", self._bookmark(found[1]))
        if text.startswith("- "):
            return paragraph("Dash", text[2:])
        found = _NAMED.fullmatch(text)
        return self._named(line, found[1], found[2]) if found else paragraph("Body", text)

    def _unit(self, sign: str, label: str, heading: str) -> str:
        level, style = ("section", "Heading1") if sign == "§" else ("clause", "Heading2")
        return paragraph(style, f"{{{{ {level}('{label}') }}}}. {heading}", self._bookmark(label))

    def _named(self, line: _Line, name: str, text: str) -> str:
        if name in _STYLES:
            return paragraph(_STYLES[name], text)
        match name:
            case "contents":
                return "".join(self._contents())
            case "page":
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case "columns":
                return _columns(text.split("||"))
            case "sign":
                return _kept(paragraph("Left", "")) + _columns(text.split("||"))
            case "table":
                self.widths = [round(float(width) * _CM) for width in text.split()]
                return _table(self.widths, "Grid")
            case "row" if self.widths:
                return self._row(text.split("||"))
            case _:
                raise BadForm(reason="line", where=f"line {line.number}", problem=line.text[:80])

    def _row(self, cells: list[str]) -> str:
        filled = [*cells, *[""] * (len(self.widths) - len(cells))]
        return _cells(filled, self.widths, ["Cell"] * len(self.widths))

    def _contents(self) -> Iterator[str]:
        for line in self.lines:
            if (found := _UNIT.fullmatch(line.text)) and found[1] == "§":
                yield paragraph("Contents", f"[[{found[2]}]]. {found[3]}")

    def _bookmark(self, label: str) -> str:
        self.bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{label}"/><w:bookmarkEnd w:id="{self.bookmarks}"/>'
            * (label != "")
        )


def paragraph(style: str, text: str, before: str = "") -> str:
    """A paragraph of a style; ``before`` is XML that stands before its runs.

    One that ends in a colon stays on the page of the list that it opens.
    """
    keep = "<w:keepNext/>" * text.rstrip("* ").endswith(":")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{before}{"".join(_runs(text))}</w:p>'


def _kept(part: str) -> str:
    """A paragraph, or the paragraphs of a row, on the page of what follows."""
    return re.sub(r'(<w:pStyle w:val="[A-Za-z0-9]+"/>)(?!<w:keepNext/>)', r"\1<w:keepNext/>", part)


def _runs(text: str) -> Iterator[str]:
    bold = False
    run = ""
    at = 0
    for found in _PIECE.finditer(text):
        run += escape(text[at : found.start()])
        at = found.end()
        if found[1]:
            yield _run(run, bold=bold)
            run, bold = "", not bold
        else:
            run += f"{{{{ ref('{found[2]}') }}}}" if found[2] else escape(found[3])
    yield _run(run + escape(text[at:]), bold=bold)


def _run(text: str, *, bold: bool) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    pieces = [f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in text.split("&lt;br&gt;")]
    return f"<w:r>{properties}{'<w:br/>'.join(pieces)}</w:r>" if text else ""


def _table(widths: Iterable[int], style: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _cells(texts: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(style, text.strip())}</w:tc>'
        for text, width, style in zip(texts, widths, styles, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _columns(texts: list[str]) -> str:
    shares = _GRID.get(len(texts), (16.5 / len(texts),) * len(texts))
    widths = [round(_TEXT_WIDTH * share / sum(shares)) for share in shares]
    styles = ["ColumnLeft", *["ColumnCentre"] * (len(texts) - 2), "ColumnRight"][: len(texts)]
    return _table(widths, "Columns") + _cells(texts, widths, styles) + "</w:tbl>" + paragraph("Tight", "")
