"""Reader of Word files (DOCX)."""

from __future__ import annotations

from kb import docx
from kb.documents import Doubt, Place
from kb.docx import Paragraph, Table
from kb.errors import Empty
from kb.ingest.blocks import Look, Reading, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.folding import Cell, FontWatch, check_size, gather_drawn, lay_out, paragraph


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read a Word file.

    Numbers that Word counts are in ``Look.label`` (``1.``, ``а)``). A foot- or endnote is a paragraph of its own behind
    the block that refers to it; ``[1]`` stands raised at the reference and at the note's start.

    Raises:
        InputRefused: it cannot be read, or holds no text.
    """
    check_size(content, limits)
    file = docx.read_docx(content, unpacked_bytes=limits.unpacked_bytes, seconds=limits.seconds)
    fonts = FontWatch()
    blocks: list[SourceBlock] = []
    doubts: list[Doubt] = []
    for item in file.content:
        made = _blocks(item, fonts)
        if isinstance(item, Paragraph) and not made and item.label and item.label[-1] in ".)":
            # The printed page shows a number with nothing behind it.
            doubts.append(Doubt("empty_numbered", {"label": item.label}, f"paragraph {item.ordinal}"))
        blocks += made
    for block in docx.paragraphs(file.content):
        for run in block.runs:
            fonts.note(run.font, run.text)
    if not blocks:
        raise Empty
    return Reading(
        blocks=tuple(gather_drawn(blocks)),
        properties=file.properties,
        pictures=file.pictures,
        doubts=(*file.doubts, *fonts.doubts(), *doubts),
    )


def _blocks(item: Paragraph | Table, fonts: FontWatch) -> list[SourceBlock]:
    if isinstance(item, Table):
        return lay_out(
            [[cell for part in row for cell in _cells(part, fonts)] for row in item.rows], Place(item.ordinal)
        )
    made = paragraph(((run.text, run.vertical) for run in item.runs), _look(item), Place(item.ordinal))
    return [made] if made else []


def _cells(cell: docx.Cell, fonts: FontWatch) -> list[Cell]:
    """The cell and an empty one for each further column that it spans, so that columns stay columns."""
    content: list[SourceBlock] = []
    for item in cell.content:
        made = _blocks(item, fonts)
        if isinstance(item, Paragraph) and not made and item.label and not cell.continues:
            # A column of numbers that Word counts holds nothing but the numbers.
            counted = paragraph([(item.label, None)], Look(), Place(item.ordinal))
            made = [counted] if counted else []
        content += made
    return [content, *([] for _ in range(cell.columns - 1))]


def _look(item: Paragraph) -> Look:
    return Look(
        bold=item.bold,
        italic=item.italic,
        centred=item.centred,
        size=item.size,
        outline=item.outline,
        indent=item.indent,
        label=item.label,
        contents=item.contents,
    )
