"""Blocks of the source cut into pieces: a number hidden behind a line break begins a piece of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.citations.acts import find_acts
from kb.documents import Block, BlockKind
from kb.ingest.blocks import SourceBlock
from kb.ingest.notes import whole_note
from kb.ingest.structure import numbers
from kb.ingest.structure.marks import find_label, find_mark
from kb.ingest.structure.model import Piece, joined

#: Longest bracketed note that paragraphs are joined into, in characters.
_NOTE_LENGTH = 6000

_NUMBER_WANTED = re.compile(r"(?:№|\bN|\bNo)\.?\s*$")
_DIGIT = re.compile(r"\d")
_STOP_ALONE = re.compile(r"\.\s")
_NOTE_OPENS = re.compile(
    r"\((?:в ред|в новой ред|см|утрат|исключ|введ|дополн|измен|абзац|пункт|част|стат|глав|назван"
    r"|кр\b|кыргыз|күч|куч|алып)",
    re.IGNORECASE,
)
#: An editor's cross-reference, which leads to acts in the lines below it: ``См.:`` + ``Закон КР от …``.
_SEE = re.compile(r"См\.?\s?(?:также\s?)?:")
_SEE_ALONE = re.compile(r"См\.?\s?(?:также\s?)?:\s?")
_SOURCE = re.compile(
    r"(?:закон|указ|постановлени|положени|порядок|инструкци|правила|распоряжени|приказ)", re.IGNORECASE
)
_CITED = 400


def pieces_of(blocks: Sequence[SourceBlock], indexes: Iterable[int]) -> list[Piece]:
    """Pieces of the blocks named by ``indexes``, in that order; blocks without text give none."""
    found: list[Piece] = []
    for index in indexes:
        source = blocks[index]
        if source.block.kind is not BlockKind.PARAGRAPH:
            if source.block.text.strip():
                found.append(Piece(index, source.block, source.look, source.block.text))
            continue
        for block, soft in _lines(source.block):
            _append(found, Piece(index, block, source.look, numbers.raised(block), soft=soft))
    for piece in found:
        _recognise(piece)
    return found


def _lines(block: Block) -> list[tuple[Block, bool]]:
    """A paragraph cut at the line breaks behind which a number, a heading or a note begins.

    ``30.2. Биринчи. ⏎ 30.3. Экинчи.`` are two; other line breaks stay in the text.
    """
    text = block.text
    if "\n" not in text:
        whole = block.cut(0)
        return [(whole, False)] if whole.text else []
    lifted = numbers.raised(block)
    cuts = [0]
    at = text.find("\n")
    while at >= 0:
        end = text.find("\n", at + 1)
        line = lifted[at + 1 : end if end >= 0 else None].strip()
        if line and (find_mark(line) or whole_note(line)) and lifted[cuts[-1] : at].strip():
            cuts.append(at + 1)
        at = end
    found = []
    for start, stop in zip(cuts, [*cuts[1:], len(text)], strict=True):
        part = block.cut(start, stop)
        if part.text:
            found.append((part, start > 0))
    return found


def _append(found: list[Piece], piece: Piece) -> None:
    """Add a piece, or join it to the one before where a line was broken inside a number or a note."""
    before = found[-1] if found else None
    if before is not None and not before.is_table and _belongs(before.text, piece.text):
        before.block = joined(before.block, piece.block, "" if piece.text.startswith(".") else " ")
        before.text = numbers.raised(before.block)
        return
    found.append(piece)


def _belongs(before: str, text: str) -> bool:
    if _NUMBER_WANTED.search(before[-6:]) and _DIGIT.match(text):
        return True
    if _SEE.match(before) and (_SEE_ALONE.fullmatch(before) or (_SOURCE.match(text) and find_acts(text[:_CITED]))):
        return find_mark(text) is None and len(before) + len(text) < _NOTE_LENGTH
    if _STOP_ALONE.match(text) and len(before) < 40:
        mark = find_mark(before)
        return mark is not None and mark.end == len(before)
    opened = before.count("(") - before.count(")") if before.startswith("(") and len(before) < _NOTE_LENGTH else 0
    return opened > 0 and _NOTE_OPENS.match(before) is not None and ")" in text + before[1:] and _goes_on(text)


def _goes_on(text: str) -> bool:
    """Whether a paragraph can go on inside an open bracket of a note: no heading or item begins it."""
    mark = find_mark(text)
    return mark is None or ")" in text[: mark.end]


def _recognise(piece: Piece) -> None:
    if piece.is_table:
        return
    label = piece.look.label if not piece.soft else None
    piece.mark = (find_label(label) if label else None) or find_mark(piece.text)
    if piece.mark is None:
        piece.note = whole_note(piece.block.text)


def line_of(block: Block, source: Piece) -> Piece:
    """A part of a piece as a piece of its own, its number recognised."""
    piece = Piece(source.source, block, source.look, numbers.raised(block), soft=True)
    _recognise(piece)
    return piece
