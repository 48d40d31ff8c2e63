"""What a Word file holds: paragraphs of runs, tables of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.documents import Doubt, SpanKind
from kb.docx.package import Element


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set alike.

    Attributes:
        text: the characters; tabs as tabs, line breaks as line feeds, special hyphens and spaces as Unicode has them.
        bold: they are bold.
        italic: they are italic.
        struck: they are struck through.
        vertical: raised or lowered, or None.
        size: size in points, or None where the file does not say.
        font: name of their font, or None.
        element: the ``w:r`` that they stand in, for whoever edits the file; None for what the file only implies.
    """

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    vertical: SpanKind | None = None
    size: float | None = None
    font: str | None = None
    element: Element | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        runs: its runs in order, none of them empty; hidden and deleted ones left out.
        ordinal: ordinal among paragraphs and tables of the file's body, from 1; what stands inside another (a table's
            cell, a text box, a note) has the ordinal of that.
        label: number or bullet that Word counts, as printed, or None.
        style: name of its style, empty for none.
        centred: it is centred.
        outline: heading level, 1 to 9, or None.
        indent: left indent of its first line in points, or None where the file does not say.
        contents: it belongs to a list of contents that Word made.
        note: mark of the foot- or endnote that it belongs to (``[1]``), or None.
        element: the ``w:p`` itself, for whoever edits the file.
    """

    runs: tuple[Run, ...]
    ordinal: int
    label: str | None = None
    style: str = ""
    centred: bool = False
    outline: int | None = None
    indent: float | None = None
    contents: bool = False
    note: str | None = None
    element: Element | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """Its characters without the label."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold (and there are some)."""
        return self._all("bold")

    @property
    def italic(self) -> bool:
        """Whether all its letters are italic (and there are some)."""
        return self._all("italic")

    @property
    def size(self) -> float | None:
        """Size of most of its letters in points, or None."""
        sizes: Counter[float] = Counter()
        for run in self.runs:
            if run.size is not None:
                sizes[run.size] += len(run.text)
        return max(sizes, key=lambda size: sizes[size]) if sizes else None

    def _all(self, name: str) -> bool:
        shown = [run for run in self.runs if not run.text.isspace()]
        return bool(shown) and all(getattr(run, name) for run in shown)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        content: paragraphs and tables in it, in order.
        columns: columns of the table's grid that it spans.
        continues: it continues the cell above it.
    """

    content: tuple[Paragraph | Table, ...]
    columns: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        rows: its rows, each of cells.
        ordinal: ordinal among paragraphs and tables of the file's body, from 1 (as ``Paragraph.ordinal``).
        element: the ``w:tbl`` itself, for whoever edits the file.
    """

    rows: tuple[tuple[Cell, ...], ...]
    ordinal: int
    element: Element | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file as read.

    Attributes:
        content: paragraphs and tables of its body in order; text boxes and notes follow the paragraph or table that
            holds them. Page headers, footers and comments are left out.
        properties: ``title``, ``created``, ``language`` as far as it says them.
        pictures: pictures, charts and embedded objects left out.
        doubts: what a person should look at.
    """

    content: tuple[Paragraph | Table, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    pictures: int = 0
    doubts: tuple[Doubt, ...] = ()


def paragraphs(content: tuple[Paragraph | Table, ...]) -> Iterator[Paragraph]:
    """All paragraphs of ``content``, those of its tables included, in document order."""
    for block in content:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.content)
