"""Reader of presentations (PPTX): slides in their order, with the speaker's notes.

Parts are read by lxml through the same bounded container as Word files; python-pptx unpacks a whole archive at once,
expands document types and gives neither reading order nor automatic numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb.documents import Doubt, Place
from kb.docx.package import A, Element, P, Package, R
from kb.errors import Damaged, Empty, TooLarge
from kb.ingest.blocks import Reading, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.folding import Cell, Clock, check_size, counted, lay_out
from kb.ingest.readers.pptx_shapes import Layouts, Shape, shapes_of
from kb.ingest.readers.pptx_text import text_blocks

_HEADING = 1
_LONGEST_TITLE = 150
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: What a graphic frame holds that is not read, by the end of its type's address.
_LEFT_OUT = {"chart": "charts_left_out", "chartex": "charts_left_out", "diagram": "diagrams_left_out"}


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read a presentation.

    A slide's title is a heading; its other texts follow from top to bottom, then the notes on it, which are blocks of
    the kind ``note``. ``Place.page`` is the slide's number. Slides that are hidden when the presentation is shown are
    read, and named in a doubt.

    Raises:
        InputRefused: it cannot be read, or holds no text.
    """
    check_size(content, limits)
    package = Package(content, unpacked_bytes=limits.unpacked_bytes)
    main = package.main_part()
    slides = _slides(package, main)
    if len(slides) > limits.pages:
        raise TooLarge(reason="pages", pages=len(slides), limit=limits.pages)
    clock = Clock(limits)
    walk = _Walk(package)
    blocks: list[SourceBlock] = []
    for number, part in enumerate(slides, 1):
        blocks += walk.slide(part, number)
        clock.check()
    if not blocks:
        raise Empty(format="pptx")
    doubts = (*walk.doubts, *(doubt for code, count in sorted(walk.met.items()) for doubt in counted(code, count)))
    return Reading(tuple(blocks), package.properties(), len(slides), walk.pictures, doubts)


def _slides(package: Package, main: str) -> list[str]:
    """Names of the slides' parts in the order of the presentation."""
    root = package.xml(main)
    parts = dict(package.related(main, "/slide"))
    order = [element.get(f"{R}id") for element in root.iterfind(f"{P}sldIdLst/{P}sldId")]
    missing = [key for key in order if key not in parts]
    if missing:
        raise Damaged(problem="missing_part", part=str(missing[0]))
    return [parts[key] for key in order if key]


@dataclass(slots=True)
class _Walk:
    """Goes through the slides, counting what is left out."""

    package: Package
    pictures: int = 0
    met: Counter[str] = field(default_factory=Counter)
    doubts: list[Doubt] = field(default_factory=list)
    _roots: dict[str, Element] = field(default_factory=dict)
    _ordinal: int = 0

    def slide(self, part: str, number: int) -> list[SourceBlock]:
        """Blocks of a slide and of the notes on it."""
        root = self.package.xml(part)
        layout = self._shared(part, "/slideLayout")
        master = self._shared(layout[0], "/slideMaster") if layout else None
        layouts = Layouts(layout[1] if layout else None, master[1] if master else None)
        shapes = shapes_of(root, layouts)
        titled = any(shape.is_title for shape in shapes)
        blocks = [block for shape in shapes for block in self._shape(shape, number)]
        if not titled or not blocks or blocks[0].look.outline is None:
            blocks = _with_title(blocks)
            if blocks and blocks[0].look.outline is None:
                self.doubts.append(Doubt("slide_untitled", where=f"page {number}"))
        if blocks and root.get("show") in {"0", "false"}:
            self.doubts.append(Doubt("slide_hidden", where=f"page {number}"))
        self.met["formula"] += sum(1 for _ in root.iter(f"{_MATH}oMath"))
        return [*blocks, *self._notes(part, number)]

    def _shared(self, part: str, ending: str) -> tuple[str, Element] | None:
        """A part that many slides refer to, read once."""
        for _, name in self.package.related(part, ending):
            if name not in self._roots and name in self.package:
                self._roots[name] = self.package.xml(name)
            if name in self._roots:
                return name, self._roots[name]
        return None

    def _place(self, number: int) -> Place:
        self._ordinal += 1
        return Place(self._ordinal, number)

    def _shape(self, shape: Shape, number: int) -> Iterator[SourceBlock]:
        if shape.element.tag == f"{P}grpSp":
            for child in shape.children:
                yield from self._shape(child, number)
        elif shape.element.tag == f"{P}pic":
            self.pictures += 1
        elif shape.element.tag == f"{P}graphicFrame":
            yield from self._frame(shape.element, number)
        else:
            body = shape.element.find(f"{P}txBody")
            if body is None:
                return
            blocks = text_blocks(body, Place(0), shape.styles, outline=_HEADING if shape.is_title else None)
            for block in _joined(list(blocks)) if shape.is_title else blocks:
                yield replace(block, block=replace(block.block, place=self._place(number)))

    def _frame(self, frame: Element, number: int) -> Iterator[SourceBlock]:
        data = frame.find(f"{A}graphic/{A}graphicData")
        if data is None:
            return
        table = data.find(f"{A}tbl")
        if table is not None:
            yield from lay_out([_row(row) for row in table.iterfind(f"{A}tr")], self._place(number))
            return
        self.met[_LEFT_OUT.get((data.get("uri") or "").rpartition("/")[2], "embedded_document")] += 1

    def _notes(self, part: str, number: int) -> Iterator[SourceBlock]:
        for _, name in self.package.related(part, "/notesSlide"):
            if name not in self.package:
                continue
            for shape in self.package.xml(name).iter(f"{P}sp"):
                mark = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
                body = shape.find(f"{P}txBody")
                if mark is not None and mark.get("type") == "body" and body is not None:
                    yield from text_blocks(body, self._place(number), (), note=True)


def _joined(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """A title's paragraphs as one, its lines joined."""
    if not blocks:
        return []
    text = " ".join(word for block in blocks for word in block.block.text.split())
    if len(blocks) == 1 and text == blocks[0].block.text:
        return blocks
    return [replace(blocks[0], block=replace(blocks[0].block, text=text, spans=()))]


def _with_title(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """Blocks of a slide without a title of its own: a short first paragraph that nothing numbers is taken for it."""
    first = blocks[0] if len(blocks) > 1 else None
    if first is None or first.block.rows or first.look.label:
        return blocks
    text = first.block.text
    if "\n" in text or len(text) > _LONGEST_TITLE or text[-1] in ".;:,":
        return blocks
    return [replace(first, look=replace(first.look, outline=_HEADING)), *blocks[1:]]


def _row(row: Element) -> list[Cell]:
    """Cells of a table's row; those that another one covers are empty, so that columns stay columns."""
    cells: list[Cell] = []
    for cell in row.iterfind(f"{A}tc"):
        body = cell.find(f"{A}txBody")
        covered = any((cell.get(name) or "0") in {"1", "true"} for name in ("hMerge", "vMerge"))
        cells.append([] if covered or body is None else list(text_blocks(body, Place(0), ())))
    return cells
