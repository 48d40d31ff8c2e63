"""Fictional documents for the tests of storage."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from kb.documents import (
    ActId,
    ActReference,
    Block,
    Document,
    Intake,
    Kind,
    Level,
    Metadata,
    Note,
    NoteKind,
    Original,
    Place,
    Report,
    Status,
    Unit,
)
from kb.language.model import Language
from kb.storage.tables import Base

DAY = dt.date(2024, 5, 1)
LAW: dict[str, Any] = {"kind": Kind.LAW, "number": "0-12", "date": DAY}


def unit(eid: str, level: Level, parent: str | None = None, **fields: Any) -> Unit:
    number = eid.rsplit("__", 1)[-1].split("_", 1)[-1]
    text = fields.pop("text", f"{eid} тексти")
    return Unit(eid, eid, level, number, fields.pop("heading", None), (Block(text),), parent=parent, **fields)


UNITS = (
    unit("chp_1", Level.CHAPTER, heading="Жалпы жоболор", text=""),
    unit("art_1", Level.ARTICLE, "chp_1", heading="Мыйзамдын максаты"),
    unit("art_1__para_1", Level.PARAGRAPH, "art_1"),
    unit("art_1__para_1__point_1", Level.POINT, "art_1__para_1"),
    unit("art_1__para_1__point_2", Level.POINT, "art_1__para_1"),
    unit("art_1__para_2", Level.PARAGRAPH, "art_1"),
    unit("chp_2", Level.CHAPTER, heading="Кеңеш", text=""),
    unit(
        "art_2",
        Level.ARTICLE,
        "chp_2",
        heading="Кеңештин ишин уюштуруу",
        status=Status.REPEALED,
        status_by=ActReference(Kind.LAW, dt.date(2024, 9, 30), "0-13"),
        notes=(
            Note(
                NoteKind.REPEALED,
                "(Күчүн жоготту — КР 2024-жылдын 30-сентябрындагы № 0-13 Мыйзамы)",
                (ActReference(Kind.LAW, dt.date(2024, 9, 30), "0-13"),),
            ),
        ),
        place=Place(12, 3),
    ),
    unit("art_2__para_1", Level.PARAGRAPH, "art_2"),
    unit("art_3", Level.ARTICLE, "chp_2", heading="Акырында"),
)


def intake(
    *,
    content: bytes | None = None,
    path: str | None = None,
    language: Language = Language.KY,
    slug: str = "ulgu",
    units: tuple[Unit, ...] = UNITS,
    report: Report | None = None,
    **metadata: Any,
) -> Intake:
    """A file of a document; path and content differ for each other document unless given."""
    told = Metadata(**{"kind": Kind.OTHER, "title": "Үлгү айылдык кеңеши жөнүндө", **metadata})
    known = ActId(told.kind, told.number, told.date, told.body_slug, slug)
    document = Document(known, language, told, units)
    shown = repr((known, language, told.edition_date))
    content = shown.encode() if content is None else content
    path = f"/үлгү/{hashlib.sha256(shown.encode()).hexdigest()[:8]}.docx" if path is None else path
    original = Original(path.rsplit("/", 1)[-1], path, "text/plain", content, hashlib.sha256(content).hexdigest())
    return Intake(document, report or Report(), original)


def changed(before: Intake, **metadata: Any) -> Intake:
    """The same file, read with other metadata."""
    document = before.document
    return replace(before, document=replace(document, metadata=replace(document.metadata, **metadata)))


def everything(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
