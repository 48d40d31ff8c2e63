"""A document and its report as lines that can be compared: numbers and dates plain, words as short hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kb.documents import ActReference, Block, BlockKind, Metadata, Report, Unit
from kb.ingest.assemble import take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import Hints

FOLDER = Path(__file__).parent

Row = dict[str, object]


def short_hash(text: str | None) -> str | None:
    """Eight hexadecimal digits that stand for a text, white space folded; None for none."""
    if not text:
        return None
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def golden_file(document: Path) -> Path:
    """The golden file of an official document."""
    return FOLDER / f"{document.name}.json"


def record(document: Path) -> list[str]:
    """Lines of the golden file of a document, taken in without a sidecar.

    Returns:
        One line for the metadata, for the coverage, for each gap, doubt and unit, in this order; no line holds words
        of the document.
    """
    intake = take_in(document.read_bytes(), document.name, Hints(), ReadLimits())
    rows: list[Row] = [
        {"document": document.name, "language": intake.document.language.value, **_metadata(intake.document.metadata)},
        *_report(intake.report),
        *(_unit(unit) for unit in intake.document.units),
    ]
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def _metadata(metadata: Metadata) -> Row:
    dates = {
        name: str(value) if (value := getattr(metadata, name)) else None
        for name in ("date", "date_passed", "date_in_force", "edition_date")
    }
    return {
        "kind": metadata.kind.value,
        "number": metadata.number,
        **dates,
        "title": short_hash(metadata.title),
        "place": short_hash(metadata.place),
        "body": metadata.body_slug,
        "status": metadata.status.value,
        "status_by": _act(metadata.status_by) if metadata.status_by else None,
        "amended_by": [_act(act) for act in metadata.amended_by],
    }


def _report(report: Report) -> list[Row]:
    coverage = report.coverage
    left_out = [[piece.where, piece.reason, len(piece.text), short_hash(piece.text)] for piece in coverage.left_out]
    rows: list[Row] = [{"characters": coverage.characters, "placed": coverage.placed, "left_out": left_out}]
    rows += [{"gap": [gap.level.value, gap.after, gap.before, gap.reason]} for gap in report.gaps]
    for doubt in report.warnings:
        numbers = {name: value for name, value in doubt.params.items() if name in {"number", "eid", "count"}}
        rows.append({"doubt": doubt.code, "where": doubt.where, **numbers})
    return rows


def _unit(unit: Unit) -> Row:
    row: Row = {
        "eid": unit.eid,
        "level": unit.level.value,
        "number": unit.number,
        "parent": unit.parent,
        "heading": short_hash(unit.heading),
        "blocks": "".join(_shape(block) for block in unit.body),
        "text": short_hash(unit.text),
    }
    if unit.wid != unit.eid:
        row["wid"] = unit.wid
    if unit.status is not None:
        row["status"] = unit.status.value
        row["status_by"] = _act(unit.status_by) if unit.status_by else None
    if unit.notes:
        row["notes"] = [[note.kind.value, *(_act(act) for act in note.acts)] for note in unit.notes]
    return row


def _shape(block: Block) -> str:
    """``p`` for a paragraph, ``t`` with rows and columns for a table."""
    if block.kind is BlockKind.PARAGRAPH:
        return "p"
    return f"t{len(block.rows)}x{max(map(len, block.rows), default=0)}"


def _act(act: ActReference) -> str:
    return " ".join(str(part) for part in (act.kind, act.date, act.number) if part is not None)
