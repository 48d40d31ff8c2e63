"""Paragraphs and tables of an RTF file as they are put together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kb.documents import Place, SpanKind
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.readers.folding import Cell, Piece, lay_out, paragraph, printed_label
from kb.ingest.readers.rtf_state import State

_MAX_NESTING = 64


@dataclass(slots=True)
class Flow:
    """The document's text, or that of a note or text box.

    Attributes:
        outlines: heading level by style number.
        ordinal: ordinal of the paragraph or table being read.
        mark: mark of the note, to stand before its first text; empty for other flows.
        row_open: a row was begun and not ended.
        lost_labels: paragraphs of lists without their printed number.
    """

    outlines: dict[int, int]
    ordinal: int = 1
    mark: str = ""
    row_open: bool = False
    blocks: list[SourceBlock] = field(default_factory=list)
    lost_labels: int = 0
    _pieces: list[tuple[list[str], SpanKind | None]] = field(default_factory=list)
    _label: str | None = None
    _sizes: Counter[int] = field(default_factory=Counter)
    _plain: int = 0  # letters that are not bold
    _upright: int = 0  # letters that are not italic
    _rows: list[list[Cell]] = field(default_factory=list)
    _cells: list[list[Cell]] = field(default_factory=lambda: [[]])
    _cell: list[list[SourceBlock]] = field(default_factory=lambda: [[]])
    _after: list[SourceBlock] = field(default_factory=list)  # notes of the paragraph being read
    _after_table: list[SourceBlock] = field(default_factory=list)

    def add(self, text: str, state: State) -> None:
        """Add characters set as ``state`` says."""
        if self.mark:
            self._pieces.append(([f"{self.mark} "], None))
            self.mark = ""
        lift = state.lift
        if self._pieces and self._pieces[-1][1] is lift:
            self._pieces[-1][0].append(text)
        else:
            self._pieces.append(([text], lift))
        if letters := 0 if text.isspace() else len(text):
            self._sizes[state.size] += letters
            self._plain += 0 if state.bold else letters
            self._upright += 0 if state.italic else letters

    def set_label(self, text: str) -> None:
        """The number of the paragraph that the file has as text beside it."""
        self._label = printed_label(text)

    def here(self, state: State) -> int:
        """Ordinal of the paragraph or table that text set as ``state`` says belongs to."""
        return self.ordinal + (bool(self._rows) and not self.row_open and not state.in_table)

    def follow(self, blocks: list[SourceBlock]) -> None:
        """Blocks of a note or text box, which go behind the paragraph or table that is being read."""
        self._after += blocks

    def end_paragraph(self, state: State) -> None:
        """End a paragraph, in the document or in a cell."""
        if self.row_open or state.in_table:
            self._take_into(self._deepen(state), state)
            return
        self._end_table()
        self.blocks += self._take(state) + self._after
        self._after = []
        self.ordinal += 1

    def end_cell(self, state: State, *, nested: bool) -> None:
        """End a cell of a table, or of one inside a cell."""
        level = max(self._deepen(state), 1) if nested else 0
        if level:
            self._grow(level)
        self._take_into(level, state)
        self._collapse(level)
        self._cells[level].append(self._cell[level])
        self._cell[level] = []

    def end_row(self, state: State, *, nested: bool) -> None:
        """End a row."""
        level = max(self._deepen(state), 1) if nested else 0
        if level:
            self._grow(level)
        self._take_into(level, state)
        self._collapse(level)
        if self._cell[level]:
            self._cells[level].append(self._cell[level])
            self._cell[level] = []
        row, self._cells[level] = self._cells[level], []
        if level:
            self._cell[level - 1] += lay_out([row], Place(self.ordinal))
        else:
            self._rows.append(row)
            self.row_open = False

    def finish(self, state: State) -> list[SourceBlock]:
        """End what is open and give all blocks."""
        self.row_open = False
        if self._pieces:
            self.end_paragraph(state)
        self._end_table()
        self.blocks += self._after
        return self.blocks

    def _deepen(self, state: State) -> int:
        level = min(max(state.nesting, 1), _MAX_NESTING) - 1
        self._grow(level)
        return level

    def _grow(self, level: int) -> None:
        while len(self._cell) <= level:
            self._cell.append([])
            self._cells.append([])

    def _collapse(self, level: int) -> None:
        """Rows left open deeper than ``level`` belong to the cell there."""
        for deeper in range(len(self._cell) - 1, level, -1):
            left = [*self._cells[deeper], self._cell[deeper]]
            self._cells[deeper], self._cell[deeper] = [], []
            self._cell[deeper - 1] += [block for cell in left for block in cell]

    def _end_table(self) -> None:
        self._collapse(0)
        left = [*self._cells[0], self._cell[0]] if self._cell[0] else self._cells[0]
        if left:
            self._rows.append(left)
            self._cells[0], self._cell[0] = [], []
        if self._rows:
            self.blocks += lay_out(self._rows, Place(self.ordinal))
            self._rows = []
            self.ordinal += 1
        self.blocks += self._after_table
        self._after_table = []

    def _take_into(self, level: int, state: State) -> None:
        self._cell[level] += self._take(state, in_cell=True)
        self._after_table += self._after
        self._after = []

    def _take(self, state: State, *, in_cell: bool = False) -> list[SourceBlock]:
        """The paragraph read so far, and a new one begun."""
        pieces: list[Piece] = [("".join(parts), lift) for parts, lift in self._pieces]
        self._pieces = []
        label, self._label = self._label, None
        if in_cell and label and not any(text.strip() for text, _ in pieces):
            # A column of counted numbers holds nothing but the numbers.
            pieces, label = [(label, None)], None
        size = max(self._sizes, key=lambda item: self._sizes[item]) / 2 if self._sizes else None
        look = Look(
            bold=not self._plain,
            italic=not self._upright,
            centred=state.alignment == "qc",
            size=size,
            outline=state.outline or self.outlines.get(state.style or 0),
            indent=(state.left + state.first) / 20,
            label=label,
            contents=state.contents,
        )
        made = paragraph(pieces, look, Place(self.ordinal))
        self._sizes.clear()
        self._plain = self._upright = 0
        if made is None:
            return []
        self.lost_labels += bool(state.list_number and label is None and not in_cell)
        return [made]
