"""What a reader hands on: blocks of the source with their place and look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.documents import Block, Doubt


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is set, as far as its format tells.

    Attributes:
        bold: all its letters are bold.
        italic: all its letters are italic.
        centred: it is centred.
        size: size of most of its letters in points, or None.
        outline: heading level of its style or outline, 1 to 9, or None.
        indent: left indent of its first line in points, or None.
        label: number that the format counts by itself, as it prints (``1.``, ``а)``, ``-``), not in the text; or None.
        contents: it belongs to a list of contents that the format itself marks as one.
    """

    bold: bool = False
    italic: bool = False
    centred: bool = False
    size: float | None = None
    outline: int | None = None
    indent: float | None = None
    label: str | None = None
    contents: bool = False


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A paragraph or table of the source.

    Line breaks inside a paragraph stand as line feeds; those of a PDF's or a text file's layout are undone.
    """

    block: Block
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as its reader saw it.

    Attributes:
        blocks: non-empty blocks in the order of the source; page headers, footers and page numbers left out.
        properties: what the file says of itself: ``title``, ``created``, ``language`` … as text.
        pages: number of pages, None where the format has none.
        pictures: pictures left out.
        doubts: what a person should look at.
        recognised: mean confidence, 0 to 1, of the text that was recognised from pictures of pages; None if none was.
    """

    blocks: tuple[SourceBlock, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    pictures: int = 0
    doubts: tuple[Doubt, ...] = ()
    recognised: float | None = None
