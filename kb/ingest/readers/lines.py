"""Lines of a page: what layout gives before paragraphs are rebuilt."""

from __future__ import annotations

from dataclasses import dataclass

from kb.documents import Span


@dataclass(frozen=True, slots=True)
class Gap:
    """A wide gap in a line: offset in the text at which its right side starts, and the edges on both sides."""

    offset: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page with its place and look; lengths are points, the page's origin is its lower left corner.

    Attributes:
        text: its characters, without white space at both ends; a soft hyphen at its end is kept.
        page: page, from 1.
        ordinal: ordinal on its page, from 1, page headers and footers counted.
        left: left edge.
        right: right edge.
        baseline: height of its baseline.
        size: size of its letters.
        bold: all its letters are bold.
        italic: all its letters are italic.
        lead: width of its first word.
        spans: superscripts and subscripts of ``text``.
        columns: gaps wider than any between two words, from the left.
        cell: ordinal of the ruled table on the page, row and column in it, from 0; None outside tables.
        note: it belongs to a footnote.
    """

    text: str
    page: int
    ordinal: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    lead: float = 0.0
    spans: tuple[Span, ...] = ()
    columns: tuple[Gap, ...] = ()
    cell: tuple[int, int, int] | None = None
    note: bool = False
