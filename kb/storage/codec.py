"""Documents as rows and JSON: compact, the same for the same value, empty fields left out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.documents import (
    ActReference,
    Block,
    BlockKind,
    Coverage,
    Document,
    Doubt,
    Gap,
    Kind,
    LeftOut,
    Level,
    Metadata,
    Note,
    NoteKind,
    Place,
    Report,
    Span,
    SpanKind,
    Status,
    Unit,
)
from kb.language.model import Language

Json = dict[str, Any]
#: A row of the unit table but for the expression that it belongs to.
UnitValues = dict[str, str | int | None]

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING = 300

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_decode = json.JSONDecoder().decode


def clean(text: str) -> str:
    """``text`` with what no database holds (NUL, half a surrogate pair) turned to U+FFFD."""
    return _UNFIT.sub("\ufffd", text)


def dump(value: object) -> str:
    """Compact JSON of ``value``; half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", _encode(value))


def load(text: str) -> Any:
    """The value that ``dump`` made ``text`` of."""
    return _decode(text)


# --- acts that others name


def _reference(act: ActReference) -> dict[str, str]:
    fields = {"kind": act.kind, "date": act.date.isoformat() if act.date else None, "number": act.number}
    return {name: str(value) for name, value in fields.items() if value is not None}


def _read_reference(fields: Mapping[str, str]) -> ActReference:
    return ActReference(
        kind=Kind(fields["kind"]) if "kind" in fields else None,
        date=_day(fields.get("date")),
        number=fields.get("number"),
    )


def dump_reference(act: ActReference | None) -> str | None:
    """JSON of an act that a text names, None for none."""
    return None if act is None else dump(_reference(act))


def load_reference(text: str | None) -> ActReference | None:
    """The act that ``dump_reference`` made ``text`` of."""
    return None if text is None else _read_reference(load(text))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


# --- blocks and notes


def _block(block: Block) -> str | dict[str, object]:
    fields: dict[str, object] = {"text": block.text}
    if block.kind is not BlockKind.PARAGRAPH:
        fields["kind"] = block.kind.value
    if block.spans:
        fields["spans"] = [[span.start, span.end, span.kind.value] for span in block.spans]
    if block.rows:
        fields["rows"] = block.rows
    if block.place is not None:
        place = block.place
        fields["place"] = [place.paragraph] if place.page is None else [place.paragraph, place.page]
    return fields if len(fields) > 1 else block.text


def _read_block(fields: Any) -> Block:
    if isinstance(fields, str):
        return Block(fields)
    place = fields.get("place")
    return Block(
        fields["text"],
        BlockKind(fields["kind"]) if "kind" in fields else BlockKind.PARAGRAPH,
        tuple(Span(start, end, SpanKind(kind)) for start, end, kind in fields.get("spans", ())),
        tuple(tuple(row) for row in fields.get("rows", ())),
        Place(*place) if place else None,
    )


def _note(note: Note) -> dict[str, object]:
    fields: dict[str, object] = {"kind": note.kind.value, "text": note.text}
    if note.acts:
        fields["acts"] = [_reference(act) for act in note.acts]
    return fields


def _read_note(fields: Any) -> Note:
    acts = tuple(_read_reference(act) for act in fields.get("acts", ()))
    return Note(NoteKind(fields["kind"]), fields["text"], acts)


def dump_body(body: Sequence[Block]) -> str | None:
    """JSON of a unit's blocks, None for none."""
    return dump([_block(block) for block in body]) if body else None


def load_body(text: str | None) -> tuple[Block, ...]:
    """The blocks that ``dump_body`` made ``text`` of."""
    return () if text is None else tuple([_read_block(fields) for fields in _decode(text)])


def dump_notes(notes: Sequence[Note]) -> str | None:
    """JSON of a unit's notes, None for none."""
    return dump([_note(note) for note in notes]) if notes else None


def load_notes(text: str | None) -> tuple[Note, ...]:
    """The notes that ``dump_notes`` made ``text`` of."""
    return () if text is None else tuple([_read_note(fields) for fields in _decode(text)])


# --- units


def unit_values(units: Sequence[Unit]) -> list[UnitValues]:
    """Rows of ``units``, their positions counted from 0.

    Args:
        units: units in document order, each parent before its children.

    Returns:
        A row for each unit, in the same order, without ``expression_id``.
    """
    rows: list[UnitValues] = []
    effective: dict[str, Status | None] = {}
    places: dict[str, int] = {}
    for position, unit in enumerate(units):
        around = effective.get(unit.parent) if unit.parent else None
        own = around if around is Status.REPEALED or unit.status is None else unit.status
        effective[unit.eid] = own
        places[unit.eid] = position
        rows.append(_unit_row(unit, position, own))
    last = list(range(len(units)))
    for position in range(len(units) - 1, -1, -1):
        rows[position]["last"] = last[position]
        parent = units[position].parent
        above = places.get(parent) if parent else None
        if above is not None and above < position:
            last[above] = max(last[above], last[position])
    return rows


def _unit_row(unit: Unit, position: int, effective: Status | None) -> UnitValues:
    place = unit.place
    return {
        "position": position,
        "eid": clean(unit.eid),
        "wid": None if unit.wid == unit.eid else clean(unit.wid),
        "level": unit.level.value,
        "number": None if unit.number is None else clean(unit.number),
        "parent": None if unit.parent is None else clean(unit.parent),
        "status": unit.status.value if unit.status else None,
        "effective": effective.value if effective else None,
        "paragraph": place.paragraph if place else None,
        "page": place.page if place else None,
        "heading": None if unit.heading is None else clean(unit.heading),
        "status_by": dump_reference(unit.status_by),
        "notes": dump_notes(unit.notes),
        "body": dump_body(unit.body),
    }


#: Columns that ``read_unit`` takes, in its order.
UNIT_COLUMNS = (
    "eid",
    "wid",
    "level",
    "number",
    "heading",
    "body",
    "notes",
    "parent",
    "status",
    "status_by",
    "paragraph",
    "page",
)

_LEVELS = {level.value: level for level in Level}
_STATUSES: dict[str | None, Status | None] = {None: None, **{status.value: status for status in Status}}


def read_unit(row: Sequence[Any]) -> Unit:
    """The unit of a row whose first columns are UNIT_COLUMNS."""
    eid, wid, level, number, heading, body, notes, parent, status, status_by, paragraph, page = row[:12]
    return Unit(
        eid,
        eid if wid is None else wid,
        _LEVELS[level],
        number,
        heading,
        load_body(body),
        load_notes(notes) if notes else (),
        parent,
        _STATUSES[status],
        load_reference(status_by) if status_by else None,
        None if paragraph is None else Place(paragraph, page),
    )


# --- metadata and reports


def metadata_fields(metadata: Metadata) -> Json:
    """Metadata as JSON's own types, what is None or empty left out."""
    fields: Json = {
        "kind": metadata.kind.value,
        "title": metadata.title,
        "number": metadata.number,
        "date": metadata.date,
        "date_passed": metadata.date_passed,
        "date_in_force": metadata.date_in_force,
        "edition_date": metadata.edition_date,
        "place": metadata.place,
        "body": metadata.body,
        "body_slug": metadata.body_slug,
        "status": metadata.status.value,
        "status_by": None if metadata.status_by is None else _reference(metadata.status_by),
        "amended_by": [_reference(act) for act in metadata.amended_by] or None,
        "titles": {language.value: metadata.titles[language] for language in sorted(metadata.titles)} or None,
        "topics": list(metadata.topics) or None,
        "audience": list(metadata.audience) or None,
        "hours": metadata.hours,
        "licence": metadata.licence,
        "source": metadata.source,
        "retrieved": metadata.retrieved,
        "official": metadata.official or None,
        "recognised": metadata.recognised,
    }
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in fields.items()
        if value is not None
    }


def read_metadata(fields: Mapping[str, Any]) -> Metadata:
    """The metadata that ``metadata_fields`` made ``fields`` of."""
    status_by = fields.get("status_by")
    return Metadata(
        kind=Kind(fields["kind"]),
        title=fields["title"],
        number=fields.get("number"),
        date=_day(fields.get("date")),
        date_passed=_day(fields.get("date_passed")),
        date_in_force=_day(fields.get("date_in_force")),
        edition_date=_day(fields.get("edition_date")),
        place=fields.get("place"),
        body=fields.get("body"),
        body_slug=fields.get("body_slug"),
        status=Status(fields["status"]),
        status_by=None if status_by is None else _read_reference(status_by),
        amended_by=tuple(_read_reference(act) for act in fields.get("amended_by", ())),
        titles={Language(code): title for code, title in fields.get("titles", {}).items()},
        topics=tuple(fields.get("topics", ())),
        audience=tuple(fields.get("audience", ())),
        hours=fields.get("hours"),
        licence=fields.get("licence"),
        source=fields.get("source"),
        retrieved=_day(fields.get("retrieved")),
        official=fields.get("official", False),
        recognised=fields.get("recognised"),
    )


def dump_report(report: Report) -> str:
    """JSON of a report."""
    coverage = report.coverage
    added = {"languages": dict(report.languages), "seconds": dict(report.seconds)}
    return dump(
        {
            "warnings": [{"code": one.code, "params": dict(one.params), "where": one.where} for one in report.warnings],
            "gaps": [[gap.level.value, gap.after, gap.before, gap.reason] for gap in report.gaps],
            "coverage": [coverage.characters, coverage.placed],
            "left_out": [[piece.where, piece.text, piece.reason] for piece in coverage.left_out],
            **{name: value for name, value in added.items() if value},
        }
    )


def report_columns(report: Report) -> dict[str, str | int]:
    """A report as columns: its JSON, and the numbers that lists show."""
    return {
        "report": dump_report(report),
        "characters": report.coverage.characters,
        "placed": report.coverage.placed,
        "pieces": len(report.coverage.left_out),
        "gaps": len(report.gaps),
        "warnings": len(report.warnings),
    }


def load_report(text: str) -> Report:
    """The report that ``dump_report`` made ``text`` of."""
    fields = load(text)
    characters, placed = fields["coverage"]
    return Report(
        warnings=tuple(Doubt(one["code"], one["params"], one["where"]) for one in fields["warnings"]),
        gaps=tuple(Gap(Level(level), after, before, reason) for level, after, before, reason in fields["gaps"]),
        coverage=Coverage(characters, placed, tuple(LeftOut(*piece) for piece in fields["left_out"])),
        languages=fields.get("languages", {}),
        seconds=fields.get("seconds", {}),
    )


def dump_titles(titles: Mapping[Language, str]) -> str:
    """JSON of titles by language."""
    return dump({language.value: titles[language] for language in sorted(titles)})


def load_titles(text: str) -> dict[Language, str]:
    """The titles that ``dump_titles`` made ``text`` of."""
    return {Language(code): title for code, title in load(text).items()}


# --- whole documents


def digest(document: Document, details: Json, units: Iterable[UnitValues]) -> str:
    """SHA-256 over what was read, hexadecimal; the day on which it was had does not count."""
    told = {name: value for name, value in details.items() if name != "retrieved"}
    whole = hashlib.sha256(dump([document.language.value, told]).encode())
    for row in units:
        whole.update(dump(list(row.values())).encode())
    return whole.hexdigest()


def opening(units: Sequence[Unit]) -> str:
    """First words of a document's text, white space folded, at most 300 characters, cut between words."""
    words: list[str] = []
    length = 0
    for unit in units:
        for word in unit.text[: 2 * _OPENING].split():
            if length + len(word) > _OPENING:
                return clean(" ".join(words) or word[:_OPENING])
            words.append(word)
            length += len(word) + 1
    return clean(" ".join(words))
