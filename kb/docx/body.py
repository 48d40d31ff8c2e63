"""Reading a Word file: blocks of its body in document order."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from kb.documents import Doubt
from kb.docx.inline import TRANSPARENT, Inline, deleted_mark, span_of_cell
from kb.docx.model import Cell, Paragraph, Run, Table, WordFile
from kb.docx.numbering import ListLevel, Numbering, roman
from kb.docx.package import MC, Element, Package, W, choose, integer, value
from kb.docx.styles import ParagraphFormat, Styles, over, paragraph_format
from kb.errors import Damaged, TooLarge


def read_docx(content: bytes, *, unpacked_bytes: int, seconds: float) -> WordFile:
    """Read a Word file.

    Foot- and endnotes are numbered in the order of their references (``[1]``, endnotes ``[i]``): the mark stands raised
    where the reference is, and again at the start of the note's own paragraphs, which follow the paragraph or table.
    Labels that Word counts are in ``Paragraph.label``, not in the text: ``1.``, ``а)``, ``2.1.``.

    Args:
        content: bytes of the file.
        unpacked_bytes: what its parts together may unpack to.
        seconds: time that reading may take.

    Raises:
        Encrypted: a password is needed.
        NotADocument: no OOXML container.
        Damaged: a part is missing or broken.
        UnpacksTooLarge: it unpacks to more than ``unpacked_bytes``.
        UnsafeXml: a part has a document type or entities of its own.
        TooLarge: ``seconds`` did not suffice.
    """
    return _File(Package(content, unpacked_bytes=unpacked_bytes), seconds).read()


class _File:
    def __init__(self, package: Package, seconds: float) -> None:
        self._package = package
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._main = package.main_part()
        self._styles = Styles(self._part("/styles"))
        self._numbering = Numbering(self._part("/numbering"), self._styles)
        self._inline = Inline(self._styles, self._mark)
        self._notes = {kind: self._notes_of(kind) for kind in ("footnote", "endnote")}
        self._marks: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._waiting: list[tuple[str, Element]] = []
        self._ordinal = 0
        self._note: str | None = None

    def _part(self, ending: str) -> Element | None:
        for _, name in self._package.related(self._main, ending):
            return self._package.xml(name)
        return None

    def _notes_of(self, kind: str) -> dict[str, Element]:
        root = self._part(f"/{kind}s")
        if root is None:
            return {}
        return {value(note, "id") or "": note for note in root.iter(f"{W}{kind}")}

    def read(self) -> WordFile:
        body = self._package.xml(self._main).find(f"{W}body")
        if body is None:
            raise Damaged(problem="missing_part", part=self._main)
        content = tuple(self._top(body))
        met = self._inline.met
        doubts = [Doubt(code, {"count": count}) for code, count in sorted(met.items()) if count]
        doubts += [Doubt("numbering_format", {"format": style}) for style in sorted(self._numbering.unknown_formats)]
        return WordFile(content, self._package.properties(), self._inline.pictures, tuple(doubts))

    def _top(self, body: Element) -> Iterator[Paragraph | Table]:
        for block in self._blocks(body, top=True):
            yield block
            yield from self._pending_notes()

    def _pending_notes(self) -> Iterator[Paragraph | Table]:
        outer, self._inline.fields = self._inline.fields, []
        while self._waiting:
            mark, element = self._waiting.pop(0)
            self._note = mark or None
            yield from self._blocks(element, lead=f"{mark} ")
            self._note = None
        self._inline.fields = outer

    def _mark(self, reference: Element) -> str | None:
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        key = (kind, value(reference, "id") or "")
        note = self._notes[kind].get(key[1])
        if note is None:
            self._inline.met["missing_note"] += 1
            return None
        custom = (value(reference, "customMarkFollows") or "").lower() in {"1", "true", "on"}
        if key not in self._marks:
            self._counts[kind] += not custom
            count = self._counts[kind]
            printed = str(count) if kind == "footnote" else roman(count)
            # A mark of the author's own is typed, in the text and in the note.
            self._marks[key] = "" if custom else f"[{printed}]"
            self._waiting.append((self._marks[key], note))
        return self._marks[key] or None

    def _blocks(self, parent: Element, *, top: bool = False, lead: str = "") -> Iterator[Paragraph | Table]:
        """Blocks of a body, cell, text box or note; ``lead`` goes before the first paragraph's text."""
        carried: list[Run] = [Run(lead)] if lead.strip() else []
        for element, contents in self._elements(parent):
            if time.monotonic() > self._end:
                raise TooLarge(what="seconds", limit=self._seconds)
            if element.tag == f"{W}altChunk":
                self._inline.met["embedded_document"] += 1
                continue
            self._ordinal += top
            if element.tag == f"{W}tbl":
                if carried:
                    yield Paragraph(tuple(carried), self._ordinal, note=self._note)
                    carried = []
                yield self._table(element)
                continue
            read = self._paragraph(element, carried, contents=contents)
            boxes, self._inline.boxes = self._inline.boxes, []
            if isinstance(read, Paragraph):
                carried = []
                yield read
            else:
                carried = read
            yield from self._boxes(boxes)
        if carried:
            yield Paragraph(tuple(carried), self._ordinal, note=self._note)

    def _boxes(self, boxes: list[Element]) -> Iterator[Paragraph | Table]:
        outer = self._inline.fields
        for box in boxes:
            self._inline.fields = []
            yield from self._blocks(box)
        self._inline.fields = outer

    def _elements(self, parent: Element) -> Iterator[tuple[Element, bool]]:
        """Paragraphs, tables and altChunks below ``parent``, wrappers undone; whether each is in a contents control."""
        stack: list[tuple[Iterator[Element], bool]] = [(iter(parent), False)]
        while stack:
            children, contents = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
            elif child.tag in {f"{W}p", f"{W}tbl", f"{W}altChunk"}:
                yield child, contents
            elif child.tag in TRANSPARENT:
                stack.append((iter(child), contents or _is_contents(child)))
            elif child.tag == f"{MC}AlternateContent" and (branch := choose(child)) is not None:
                stack.append((iter(branch), contents))

    def _paragraph(self, element: Element, carried: list[Run], *, contents: bool) -> Paragraph | list[Run]:
        """The paragraph, or only its runs where a tracked change strikes out its end."""
        properties = element.find(f"{W}pPr")
        style = self._styles.known(None if properties is None else value(properties.find(f"{W}pStyle")))
        before = self._inline.in_contents
        runs = carried + self._inline.runs(element, style)
        if deleted_mark(properties):
            self._inline.met["tracked_changes"] += 1
            return runs
        own = paragraph_format(properties)
        form = over(own, self._styles.paragraph(style))
        label, level = self._label(own, form)
        self._inline.met["struck_text"] += any(run.struck and not run.text.isspace() for run in runs)
        return Paragraph(
            runs=tuple(runs),
            ordinal=self._ordinal,
            label=label,
            style=self._styles.name(style),
            centred=form.alignment == "center",
            outline=form.outline or None,
            indent=_indent(own, level, form),
            contents=contents or before or self._inline.in_contents or self._styles.in_contents(style),
            note=self._note,
            element=element,
        )

    def _label(self, own: ParagraphFormat, form: ParagraphFormat) -> tuple[str | None, ListLevel | None]:
        direct = own.num_id is not None
        found = self._numbering.level(form.num_id, form.level, None if direct else form.numbered_by)
        if found is None or form.num_id is None:
            return None, None
        at, level = found
        return self._numbering.label(form.num_id, at), level

    def _table(self, element: Element) -> Table:
        ordinal = self._ordinal
        rows = []
        for row in _wrapped(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self._inline.met["tracked_changes"] += 1
                continue
            cells = [self._cell(cell) for cell in _wrapped(row, f"{W}tc")]
            skipped = 0 if properties is None else integer(value(properties.find(f"{W}gridBefore"))) or 0
            if skipped > 0:
                cells.insert(0, Cell((), min(skipped, 63)))
            rows.append(tuple(cells))
        return Table(tuple(rows), ordinal, element)

    def _cell(self, element: Element) -> Cell:
        properties = element.find(f"{W}tcPr")
        merge = None if properties is None else properties.find(f"{W}vMerge")
        continues = merge is not None and value(merge) != "restart"
        return Cell(tuple(self._blocks(element)), span_of_cell(properties), continues)


def _wrapped(parent: Element, tag: str) -> Iterator[Element]:
    """Children of ``parent`` with ``tag``, those inside wrappers too."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == tag:
            yield child
        elif child.tag in TRANSPARENT:
            stack.append(iter(child))
        elif child.tag == f"{MC}AlternateContent" and (branch := choose(child)) is not None:
            stack.append(iter(branch))


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return (value(gallery) or "").lower() == "table of contents"


def _indent(own: ParagraphFormat, level: ListLevel | None, form: ParagraphFormat) -> float | None:
    left, first = own.left, own.first
    if level is not None:
        left = level.left if left is None else left
        first = level.first if first is None else first
    left = form.left if left is None else left
    first = form.first if first is None else first
    return None if left is None and first is None else (left or 0.0) + (first or 0.0)
