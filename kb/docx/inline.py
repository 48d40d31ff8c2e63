"""What stands inside a paragraph: runs, fields, formulas, pictures, text boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from kb.documents import SpanKind
from kb.docx.model import Run
from kb.docx.package import MC, A, Element, M, V, W, choose, integer, value
from kb.docx.styles import RunFormat, Styles, run_format
from kb.docx.symbols import UNKNOWN, is_symbol_font, symbol

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"

#: Elements that hold what they wrap and add nothing.
TRANSPARENT = frozenset(
    W + name
    for name in (
        *("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"),
        *("ruby", "rubyBase"),
    )
)
_DRAWINGS = frozenset(W + name for name in ("drawing", "pict", "object"))
_PICTURES = frozenset({f"{A}blip", f"{V}imagedata", _CHART, _DIAGRAM})
_FIXED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
    f"{W}br": "\n",
}
# Line feeds of the XML are no line breaks.
_XML_WHITE = str.maketrans("\r\n\t", "   ")

# Raised by half-points without being called superscript: only what is clearly off the line.
_RAISED = 4
_MAX_FIELDS = 20
_LONGEST_CODE = 100


@dataclass(slots=True)
class Field:
    """A field that is open: a code, later its result.

    Attributes:
        code: its code as far as read.
        in_code: its result has not begun.
        contents: it makes a list of contents.
    """

    code: str = ""
    in_code: bool = True
    contents: bool = False

    def begin_result(self) -> None:
        """What follows is the result."""
        self.in_code = False
        self.contents = self.code.split(maxsplit=1)[:1] == ["TOC"]


@dataclass(slots=True)
class Inline:
    """Reads paragraphs of one file; what it meets by the way is counted here.

    Attributes:
        styles: styles of the file.
        mark: gives the mark of a foot- or endnote reference.
        fields: fields open at this place, outermost first.
        boxes: text boxes of the paragraph read last.
        pictures: pictures met.
        met: things met that a person should look at, by code.
    """

    styles: Styles
    mark: Callable[[Element], str | None]
    fields: list[Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: int = 0
    met: Counter[str] = field(default_factory=Counter)

    def runs(self, paragraph: Element, style: str) -> list[Run]:
        """Runs of a ``w:p`` whose paragraph style is ``style``."""
        found = [run for run in self._walk(paragraph, style) if run.text]
        # A field's code ends in the paragraph where it begins; one that does not is broken and hides nothing more.
        for open_field in self.fields:
            if open_field.in_code:
                open_field.begin_result()
        return found

    @property
    def in_contents(self) -> bool:
        """Whether this place is in the result of a field that makes a list of contents."""
        return any(item.contents for item in self.fields)

    def _walk(self, paragraph: Element, style: str) -> Iterator[Run]:
        stack: list[tuple[Iterator[Element], SpanKind | None]] = [(iter(paragraph), None)]
        while stack:
            children, vertical = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
            elif child.tag == f"{W}r":
                yield from self._run(child, style)
            elif child.tag in TRANSPARENT:
                if child.tag in {f"{W}ins", f"{W}moveTo"}:
                    self.met["tracked_changes"] += 1
                stack.append((iter(child), vertical))
            elif child.tag in {f"{W}del", f"{W}moveFrom"}:
                self.met["tracked_changes"] += 1
            elif child.tag == f"{MC}AlternateContent":
                branch = choose(child)
                stack.append((iter(()) if branch is None else iter(branch), vertical))
            elif child.tag.startswith(M):
                if child.tag == f"{M}t":
                    yield Run((child.text or "").translate(_XML_WHITE), vertical=vertical)
                    continue
                if child.tag == f"{M}den":
                    yield Run("/")
                self.met["formula"] += child.tag == f"{M}oMath"
                stack.append((iter(child), _vertical_of_formula(child.tag, vertical)))

    def _run(self, run: Element, style: str) -> Iterator[Run]:
        form = self._format(run, style)
        base = Run(
            "",
            bold=bool(form.bold),
            italic=bool(form.italic),
            struck=bool(form.struck),
            vertical=_vertical(form),
            size=form.size,
            font=form.font,
            element=run,
        )
        text: list[str] = []
        stack = [iter(run)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == f"{MC}AlternateContent":
                branch = choose(child)
                stack.append(iter(()) if branch is None else iter(branch))
            elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                if not self._hidden(form) and (mark := self.mark(child)):
                    yield replace(base, text="".join(text))
                    text = []
                    yield replace(base, text=mark, vertical=SpanKind.SUPERSCRIPT)
            else:
                shown = self._piece(child, form)
                if shown and not self._hidden(form):
                    text.append(shown)
        yield replace(base, text="".join(text))

    def _hidden(self, form: RunFormat) -> bool:
        return bool(form.hidden) or any(item.in_code for item in self.fields)

    def _piece(self, child: Element, form: RunFormat) -> str:
        tag = child.tag
        if tag == f"{W}t":
            return self._letters((child.text or "").translate(_XML_WHITE), form.font)
        if tag in _FIXED:
            return _FIXED[tag]
        if tag == f"{W}sym":
            code = value(child, "char") or ""
            return self._sign(int(code, 16), value(child, "font")) if _is_hex(code) else ""
        if tag == f"{W}fldChar":
            self._field(value(child, "fldCharType"))
        elif tag == f"{W}instrText" and self.fields:
            # What the field does stands at its start.
            self.fields[-1].code = (self.fields[-1].code + (child.text or ""))[:_LONGEST_CODE]
        elif tag in _DRAWINGS:
            self._drawing(child)
        return ""

    def _letters(self, text: str, font: str | None) -> str:
        if text.isascii() and not is_symbol_font(font):
            return text
        return "".join(
            self._sign(ord(char), font)
            if 0xF000 <= ord(char) <= 0xF0FF or (is_symbol_font(font) and char > " ")
            else char
            for char in text
        )

    def _sign(self, code: int, font: str | None) -> str:
        sign = symbol(code, font) if code < 0x100 or 0xF000 <= code <= 0xF0FF else _character(code)
        self.met["unknown_symbol"] += sign == UNKNOWN
        return sign

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields = [*self.fields[-_MAX_FIELDS:], Field()]
        elif kind == "separate" and self.fields:
            self.fields[-1].begin_result()
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _drawing(self, drawing: Element) -> None:
        stack = [drawing]
        while stack:
            element = stack.pop()
            if element.tag == f"{W}txbxContent":
                self.boxes.append(element)
            elif element.tag == f"{MC}AlternateContent":
                branch = choose(element)
                if branch is not None:
                    stack.append(branch)
            else:
                self.pictures += element.tag in _PICTURES
                stack.extend(reversed(element))

    def _format(self, run: Element, style: str) -> RunFormat:
        properties = run.find(f"{W}rPr")
        direct = run_format(properties)
        character = None if properties is None else value(properties.find(f"{W}rStyle"))
        return self.styles.run(direct, style, character)


def _vertical(form: RunFormat) -> SpanKind | None:
    match form.vertical:
        case "superscript":
            return SpanKind.SUPERSCRIPT
        case "subscript":
            return SpanKind.SUBSCRIPT
        case _ if form.raised and form.raised >= _RAISED:
            return SpanKind.SUPERSCRIPT
        case _ if form.raised and form.raised <= -_RAISED:
            return SpanKind.SUBSCRIPT
        case _:
            return None


def _vertical_of_formula(tag: str, around: SpanKind | None) -> SpanKind | None:
    return {f"{M}sup": SpanKind.SUPERSCRIPT, f"{M}sub": SpanKind.SUBSCRIPT}.get(tag, around)


def _is_hex(text: str) -> bool:
    return 0 < len(text) <= 6 and all(char in "0123456789abcdefABCDEF" for char in text)


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else UNKNOWN


def deleted_mark(properties: Element | None) -> bool:
    """Whether a paragraph's end is struck out by a tracked change, so that the next paragraph runs on."""
    marks = None if properties is None else properties.find(f"{W}rPr")
    return marks is not None and (marks.find(f"{W}del") is not None or marks.find(f"{W}moveFrom") is not None)


def span_of_cell(properties: Element | None) -> int:
    """Columns of the grid that a cell spans, at least 1, at most Word's 63."""
    if properties is None:
        return 1
    return min(max(integer(value(properties.find(f"{W}gridSpan"))) or 1, 1), 63)
