"""Texts and tables of an HTML page as they are put together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kb.ingest.blocks import SourceBlock
from kb.ingest.readers.folding import Cell, Piece
from kb.ingest.readers.html_style import Style, whole

_MAX_SPAN = 63
_MAX_ROWS = 10_000
_MAX_COLUMNS = 500


@dataclass(slots=True)
class Flow:
    """The page's text, or that of a cell or note."""

    blocks: list[SourceBlock] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    style: Style | None = None
    label: str | None = None
    plain: int = 0  # letters that are not bold
    upright: int = 0
    off_centre: int = 0
    sizes: Counter[float] = field(default_factory=Counter)
    note: str = ""
    placed: bool = False


@dataclass(slots=True)
class Table:
    """A table being read, with the rows that its cells span."""

    rows: list[list[Cell]] = field(default_factory=list)
    row: list[Cell] | None = None
    cells: list[Flow] = field(default_factory=list)  # open ones; broken pages nest them
    spanned: dict[int, int] = field(default_factory=dict)  # rows that a cell above still covers, by column

    def place(self, content: list[SourceBlock], attributes: Any) -> None:
        """Put a cell at the next free column, and empty ones where it or one above it spans more."""
        row = self.row = [] if self.row is None else self.row
        self._skip_spanned(row)
        columns = min(max(whole(attributes.get("colspan")) or 1, 1), _MAX_SPAN)
        rows = min(max(whole(attributes.get("rowspan")) or 1, 1), _MAX_ROWS)
        if len(row) + columns > _MAX_COLUMNS:
            columns = 1
        elif rows > 1:
            self.spanned |= dict.fromkeys(range(len(row), len(row) + columns), rows)
        row.append(content)
        row.extend([] for _ in range(columns - 1))

    def _skip_spanned(self, row: list[Cell]) -> None:
        while self.spanned.get(len(row), 0) > 0 and len(row) < _MAX_COLUMNS:
            row.append([])

    def end_row(self) -> None:
        """End the row that is open, if there is one."""
        if self.row is None:
            return
        self._skip_spanned(self.row)
        self.rows.append(self.row)
        self.row = None
        self.spanned = {column: left - 1 for column, left in self.spanned.items() if left > 1}
