"""Blocks of text, and where in the source they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class SpanKind(StrEnum):
    """What is special about some characters of a block."""

    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a block's text, and what is special about them."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source something stands.

    Attributes:
        paragraph: ordinal of the source's paragraph or table, from 1; in a PDF of the line.
        page: page, from 1, or None where the format has no pages.
    """

    paragraph: int
    page: int | None = None


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or a paragraph of a speaker's notes.

    Attributes:
        text: the paragraph's text; of a table, rows joined by line feeds, cells by tabs.
        kind: paragraph, table, or note: what is said beside a slide and not shown on it.
        spans: superscripts and subscripts of ``text``, in order, not overlapping.
        rows: cells of a table by row, else empty.
        place: where it stands in the source, None if it stands in none.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    place: Place | None = None

    def cut(self, start: int, end: int | None = None) -> Block:
        """The characters ``start`` to ``end`` as a paragraph of their own, white space at both ends dropped."""
        stop = len(self.text) if end is None else end
        part = self.text[start:stop]
        start += len(part) - len(part.lstrip())
        text = part.strip()
        spans = tuple(
            Span(max(span.start - start, 0), min(span.end - start, len(text)), span.kind)
            for span in self.spans
            if span.start < start + len(text) and span.end > start
        )
        return replace(self, text=text, spans=spans)


def table_block(rows: Iterable[Iterable[str]], place: Place | None = None) -> Block:
    """A table of ``rows``; white space inside a cell (line feeds too) is folded in its text."""
    cells = tuple(tuple(row) for row in rows)
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
    return Block(text=text, kind=BlockKind.TABLE, rows=cells, place=place)
