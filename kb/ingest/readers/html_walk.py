"""From the tree of an HTML page to paragraphs and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kb.documents import Place, SpanKind
from kb.errors import NotADocument
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import text as text_reader
from kb.ingest.readers.folding import Clock, FontWatch, Piece, lay_out, paragraph, printed_label
from kb.ingest.readers.html_lists import List, list_style
from kb.ingest.readers.html_style import Declarations, Sheet, Style, is_hidden, style_of, whole
from kb.ingest.readers.html_tables import Flow, Table

Element = Any

_CHECK_EVERY = 1_000
_LINES = 3

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "canvas", "audio", "video"}
    | {"select", "button", "textarea", "input", "datalist", "del", "map", "xml"}
)
_EMBEDDED = frozenset({"iframe", "frame", "object", "embed", "applet"})
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "xmp", "center", "address", "section"}
    | {"article", "aside", "header", "footer", "main", "nav", "dl", "dt", "dd", "form", "fieldset", "legend", "hr"}
    | {"ul", "ol", "menu", "dir", "body", "html", "figure", "figcaption", "details", "summary", "caption", "table"}
)

_NOTE = re.compile(r"_?(?:ftn|edn|fn|en|footnote|endnote|note)[-_:]?(\d{1,5})", re.IGNORECASE)
_NOTE_BACK = re.compile(r"_?(?:ftnref|ednref|fnref|footnote-ref|noteref)[-_:]?\d{1,5}", re.IGNORECASE)
_XML_WHITE = str.maketrans("\r\n\t\f", "    ")


@dataclass(slots=True)
class Walker:
    """Walks a tree once, without recursion.

    Attributes:
        limits: bounds on reading.
        clock: time that it may take.
        sheet: the page's style sheets.
        pictures: pictures met.
        met: things met that a person should look at, by code.
        watch: fonts met.
    """

    limits: ReadLimits
    clock: Clock
    sheet: Sheet
    pictures: int = 0
    met: Counter[str] = field(default_factory=Counter)
    watch: FontWatch = field(default_factory=FontWatch)
    _flows: list[Flow] = field(default_factory=lambda: [Flow()])
    _tables: list[Table] = field(default_factory=list)
    _lists: list[List] = field(default_factory=list)
    _ordinal: int = 1
    _emitted: int = 0
    _notes: dict[str, list[SourceBlock]] = field(default_factory=dict)
    _references: list[str] = field(default_factory=list)
    _referred: set[str] = field(default_factory=set)
    _noted: dict[int, list[str]] = field(default_factory=dict)  # notes by the number of blocks before them

    def walk(self, root: Element) -> list[SourceBlock]:
        """Blocks of the tree in order; notes follow the block that refers to them.

        Raises:
            TooLarge: time is up.
        """
        style = Style()
        stack: list[tuple[Element, Iterator[Element], Style]] = []
        if self._start(root, declared := self._declared(root)):
            style = style_of(style, root.tag, root.attrib, declared)
            stack.append((root, iter(root), style))
            self._text(root.text, style)
        count = 0
        while stack:
            element, children, style = stack[-1]
            child = next(children, None)
            count += 1
            if count % _CHECK_EVERY == 0:
                self.clock.check()
            if child is None:
                stack.pop()
                self._end(element)
                if stack:
                    self._text(element.tail, stack[-1][2])
            elif not isinstance(child.tag, str):
                self._text(child.tail, style)
            elif self._start(child, declared := self._declared(child)):
                inner = style_of(style, child.tag, child.attrib, declared)
                stack.append((child, iter(child), inner))
                self._text(child.text, inner)
            else:
                self._text(child.tail, style)
        self._end_paragraph()
        return self._with_notes()

    def _declared(self, element: Element) -> Declarations:
        return self.sheet.declared(element.tag, element.attrib)

    def _with_notes(self) -> list[SourceBlock]:
        found: list[SourceBlock] = []
        for number, block in enumerate(self._flows[0].blocks, 1):
            found.append(block)
            for key in self._noted.get(number, ()):
                found += self._notes.pop(key, [])
        for left in self._notes.values():
            found += left
        return found

    def _start(self, element: Element, declared: Declarations) -> bool:
        """Enter an element; False if it is left out with all in it."""
        tag, attributes = element.tag, element.attrib
        self.pictures += tag == "img"
        self.met["embedded_document"] += tag in _EMBEDDED
        self.met["tracked_changes"] += tag in {"del", "ins"}
        if tag in _DROPPED or tag in _EMBEDDED or is_hidden(attributes, declared):
            return False
        if "ignore" in declared.get("mso-list", ""):
            self._flows[-1].label = printed_label("".join(element.itertext()))
            return False
        if tag == "a" and self._note_mark(element):
            return False
        if tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._emitted = 0
            self._begin_block(tag, attributes, declared)
        elif tag in {"tr", "td", "th"}:
            self._begin_part(tag)
        return True

    def _begin_block(self, tag: str, attributes: Any, declared: Declarations) -> None:
        key = _note_key(attributes.get("id", ""))
        if key in self._referred:
            self._flows.append(Flow(note=key))
        if tag == "table":
            self._tables.append(Table())
        elif tag in {"ul", "menu", "dir"}:
            self._lists.append(List(False, 0, list_style(attributes, declared, "disc")))
        elif tag == "ol":
            start = whole(attributes.get("start"))
            self._lists.append(List(True, 1 if start is None else start, list_style(attributes, declared, "1")))
        elif tag == "li":
            self._flows[-1].label = self._lists[-1].label(attributes, declared) if self._lists else "-"

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag in {"td", "th"} or (tag in {"tr", "table"} and self._tables):
            self._end_part(tag, element.attrib)
        if tag not in _BLOCKS:
            return
        self._end_paragraph()
        if tag == "p" and not self._emitted and not self._tables and len(self._flows) == 1:
            self._ordinal += 1
        if tag in {"ul", "ol", "menu", "dir"}:
            self._lists.pop()
        elif tag == "li":
            self._flows[-1].label = None
        note = self._flows[-1].note
        if note and note == _note_key(element.get("id", "")):
            done = self._flows.pop()
            self._notes.setdefault(note, []).extend(done.blocks)

    # Tables

    def _begin_part(self, tag: str) -> None:
        self._end_paragraph()
        if not self._tables:
            return
        table = self._tables[-1]
        if tag == "tr":
            table.end_row()
        if table.row is None:
            table.row = []
        if tag != "tr":
            if table.cells and table.cells[-1].blocks:
                # A cell inside a cell of the same table: the outer one was never closed.
                table.place(table.cells[-1].blocks, {})
                table.cells[-1].blocks, table.cells[-1].placed = [], True
            table.cells.append(Flow())
            self._flows.append(table.cells[-1])

    def _end_part(self, tag: str, attributes: Any) -> None:
        self._end_paragraph()
        if not self._tables:
            return
        table = self._tables[-1]
        if tag in {"td", "th"}:
            if table.cells and self._flows[-1] is table.cells[-1]:
                self._flows.pop()
                cell = table.cells.pop()
                if cell.blocks or not cell.placed:
                    table.place(cell.blocks, attributes)
        elif tag == "tr":
            table.end_row()
        else:
            table.end_row()
            self._tables.pop()
            made = lay_out(table.rows, Place(self._ordinal))
            if made:
                self._emit(made)

    # Text

    def _text(self, text: str | None, style: Style) -> None:
        if not text:
            return
        flow = self._flows[-1]
        shown = text if style.kept else text.translate(_XML_WHITE)
        letters = len(shown) - sum(map(str.isspace, shown))
        flow.pieces.append((shown, style.vertical))
        if not letters:
            return
        if flow.style is None:
            flow.style = style
        flow.plain += 0 if style.bold else letters
        flow.upright += 0 if style.italic else letters
        flow.off_centre += 0 if style.centred else letters
        if style.size is not None:
            flow.sizes[style.size] += letters
        self.met["struck_text"] += style.struck
        self.watch.note(style.font, shown)

    def _break(self) -> None:
        """A line break; a second one with nothing between ends the paragraph."""
        pieces = self._flows[-1].pieces
        for text, _ in reversed(pieces):
            if text == "\n":
                self._end_paragraph()
                return
            if text.strip():
                break
        pieces.append(("\n", None))

    def _note_mark(self, anchor: Element) -> bool:
        """Whether an anchor is the mark of a note; digits of a mark get brackets, so that they join no number."""
        href = anchor.get("href", "")
        target = href.partition("#")[2]
        reference, back = _NOTE.fullmatch(target), _NOTE_BACK.fullmatch(target)
        if not (reference or back):
            return False
        mark = "".join(anchor.itertext()).strip()
        if not mark or len(mark) > 10:
            return False
        mark = f"[{mark}]" if mark.isalnum() else mark
        flow = self._flows[-1]
        flow.pieces.append((mark, SpanKind.SUPERSCRIPT) if reference else (f"{mark} ", None))
        if flow.style is None:
            flow.style = Style()
        if reference:
            self._references.append(_note_key(target))
            self._referred.add(_note_key(target))
        return True

    def _end_paragraph(self) -> None:
        flow = self._flows[-1]
        pieces, flow.pieces = flow.pieces, []
        style, flow.style = flow.style, None
        if style is not None and style.kept and self._keep(pieces):
            style = None
        if style is not None:
            look = Look(
                bold=not flow.plain,
                italic=not flow.upright,
                centred=not flow.off_centre,
                size=max(flow.sizes, key=lambda size: flow.sizes[size]) if flow.sizes else None,
                outline=style.outline,
                indent=_indent(style),
                label=flow.label,
                contents=style.contents,
            )
            made = paragraph(pieces, look, Place(self._ordinal))
            if made is not None:
                flow.label = None
                self._emit([made])
        flow.plain = flow.upright = flow.off_centre = 0
        flow.sizes.clear()

    def _keep(self, pieces: list[Piece]) -> bool:
        """Whether lines of kept white space were a text of their own: paragraphs that a typewriter could have set."""
        whole = "".join(text for text, _ in pieces)
        if whole.count("\n") < _LINES or any(kind for _, kind in pieces):
            return False
        place = Place(self._ordinal)
        try:
            lines = text_reader.read(whole.encode("utf-8", "replace"), self.limits).blocks
        except NotADocument:
            return False
        self._emit([replace(line, block=replace(line.block, place=place)) for line in lines])
        return True

    def _emit(self, blocks: list[SourceBlock]) -> None:
        flow = self._flows[-1]
        flow.blocks += blocks
        self._emitted += len(blocks)
        if len(self._flows) == 1 and not self._tables:
            self._ordinal += 1
            if self._references:
                self._noted.setdefault(len(flow.blocks), []).extend(self._references)
                self._references = []


def _indent(style: Style) -> float | None:
    return None if style.left is None and style.first is None else round((style.left or 0.0) + (style.first or 0.0), 2)


def _note_key(name: str) -> str:
    """The same for a note and for what refers to it (``_ftn1``, ``ftn1``)."""
    return name.lstrip("_").lower()
