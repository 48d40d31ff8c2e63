"""Values that the modules of structure hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.documents import Block, BlockKind, Coverage, Doubt, Gap, Level, Note, Place, Span, Unit
from kb.ingest.blocks import Look
from kb.ingest.structure.marks import Mark, MarkKind
from kb.ingest.structure.numbers import Value


@dataclass(frozen=True, slots=True)
class Structure:
    """What the blocks of a source are as a document.

    Attributes:
        units: units in document order, each parent before its children.
        gaps: breaks in the numbering.
        doubts: what a person should look at.
        coverage: how much of the text a rule placed.
    """

    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[Doubt, ...]
    coverage: Coverage


@dataclass(slots=True)
class Piece:
    """A paragraph as structure sees it: a block, or a line of one that begins with a number of its own.

    Attributes:
        source: index of the source block.
        block: its text, white space at both ends dropped.
        look: how it is set.
        text: the block's text with superscript digits as superscript characters; offsets are the block's.
        mark: number or keyword at its start, or None.
        note: the note that the whole paragraph is, or None.
        soft: it follows a line break inside a paragraph.
    """

    source: int
    block: Block
    look: Look
    text: str
    mark: Mark | None = None
    note: Note | None = None
    soft: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is a table or a note, in which nothing is a heading or a point."""
        return self.block.kind is not BlockKind.PARAGRAPH


@dataclass(slots=True, eq=False)
class Node:
    """A unit being built.

    Attributes:
        level: its level; None for the root of a scope.
        rank: how deep it stands; a node holds only nodes of a higher rank, or what a colon opened.
        number: normalised number.
        value: order among its siblings.
        kind: mark that began it, None for units without number.
        heading: heading, or None.
        body: own blocks before the first child.
        notes: notes about it.
        children: units below it, in order.
        parent: unit around it.
        place: where it begins.
        look: how its first paragraph is set.
        orphan: its number names a parent that is not there (``30.1.1`` without ``30.1``).
        tail: last text that went into it, to see whether a colon or a full stop ends it.
    """

    level: Level | None
    rank: float
    number: str | None = None
    value: Value | None = None
    kind: MarkKind | None = None
    heading: str | None = None
    body: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    place: Place | None = None
    look: Look = field(default_factory=Look)
    orphan: bool = False
    tail: str = ""

    def add(self, child: Node) -> Node:
        """Put ``child`` below this node and return it."""
        child.parent = self
        self.children.append(child)
        return child


def where(place: Place | None) -> str:
    """A place in words: ``page 3, line 12`` or ``paragraph 14``; empty where it is not known."""
    if place is None:
        return ""
    return f"page {place.page}, line {place.paragraph}" if place.page else f"paragraph {place.paragraph}"


def joined(first: Block, second: Block, separator: str = " ") -> Block:
    """Two paragraphs as one, at the first one's place."""
    shift = len(first.text) + len(separator)
    spans = (*first.spans, *(Span(s.start + shift, s.end + shift, s.kind) for s in second.spans))
    return Block(first.text + separator + second.text, first.kind, spans, first.rows, first.place)


def solid(text: str) -> int:
    """Characters of a text, white space not counted."""
    return len("".join(text.split()))
