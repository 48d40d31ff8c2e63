"""How editions, their units and their files come out of the library.

Every function runs inside a transaction that sees one state throughout.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from kb.documents import HIGHER_LEVELS, Document, Edition, Intake, Level, Metadata, Original, Report, Status, Unit
from kb.errors import Removed, UnknownAct, UnknownUnit
from kb.language.model import Language
from kb.storage.codec import UNIT_COLUMNS, load, load_reference, load_report, read_metadata, read_unit
from kb.storage.identity import act_id
from kb.storage.intervals import Dated, intervals, language_rank
from kb.storage.model import OutlineEntry
from kb.storage.standing import last_read, standing_file, without_other_files
from kb.storage.tables import (
    ActRow,
    AliasRow,
    AnyRow,
    AnySelect,
    AudienceRow,
    ContentRow,
    ExpressionRow,
    ManifestationRow,
    TopicRow,
    UnitRow,
)

_EDITION = re.compile(r"(?P<act>/akn/.+)/(?P<language>[a-z]{3})(?P<mark>[@:])(?P<date>(?:\d{4}-\d\d-\d\d)?)\Z")
_OUTLINE = HIGHER_LEVELS | {Level.ARTICLE, Level.CLAUSE, Level.APPENDIX, Level.PREAMBLE, Level.CONCLUSIONS}
_UNIT = tuple(getattr(UnitRow, name) for name in UNIT_COLUMNS)
_ENTRY = (
    UnitRow.eid,
    UnitRow.level,
    UnitRow.number,
    UnitRow.heading,
    UnitRow.parent,
    UnitRow.effective,
    UnitRow.position,
    UnitRow.last,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A live expression and its act, as rows."""

    expression: AnyRow
    act: AnyRow

    @property
    def id(self) -> int:
        """Row id of the expression."""
        return int(self.expression.id)

    @property
    def status(self) -> Status:
        """Status of the act."""
        return Status(self.act.status)


def find_act(connection: sa.Connection, uri: str) -> AnyRow:
    """Row of the live act at an address that it has or once had.

    Raises:
        UnknownAct: no act was ever there.
        Removed: the act was removed; ``replaced_by`` is the act instead of it, empty for none.
    """
    query = sa.select(ActRow.__table__)
    row = connection.execute(query.where(ActRow.uri == uri)).first()
    if row is None:
        alias = sa.select(AliasRow.act_id).where(AliasRow.uri == uri).scalar_subquery()
        row = connection.execute(query.where(ActRow.id == alias)).first()
    if row is None:
        raise UnknownAct(act=uri)
    if row.removed is not None:
        raise Removed(act=row.uri, replaced_by=row.replaced_by or "")
    return row


def find_edition(connection: sa.Connection, uri: str) -> Found:
    """The live expression at an edition's address; one of an act's earlier addresses will do, ``:DATE`` too.

    Raises:
        UnknownAct: there is none.
        Removed: its act was removed.
    """
    parts = _EDITION.match(uri)
    if parts is None:
        raise UnknownAct(act=uri)
    act = find_act(connection, parts["act"])
    try:
        language = Language.from_akn(parts["language"])
        date = dt.date.fromisoformat(parts["date"]) if parts["date"] else None
    except ValueError:
        raise UnknownAct(act=uri) from None
    if parts["mark"] == ":":
        return standing(connection, act, language, date)
    address = Edition(act.uri, language, date).uri
    query = sa.select(ExpressionRow.__table__).where(ExpressionRow.uri == address, ExpressionRow.removed.is_(None))
    row = connection.execute(query).first()
    if row is None:
        raise UnknownAct(act=uri)
    return Found(row, act)


def standing(connection: sa.Connection, act: AnyRow, language: Language | None, as_of: dt.date | None) -> Found:
    """The expression of an act that stands on a day.

    Args:
        connection: a transaction.
        act: row of the act.
        language: its language; None for the first one held, Kyrgyz before Russian.
        as_of: the day; None for the newest edition.

    Raises:
        UnknownAct: the act has no such text.
    """
    query = sa.select(ExpressionRow.__table__).where(ExpressionRow.act_id == act.id, ExpressionRow.removed.is_(None))
    if language is not None:
        query = query.where(ExpressionRow.language == language.value)
    rows = {row.id: row for row in connection.execute(query)}
    stands = intervals((Dated(row.id, row.language, row.date) for row in rows.values()), act.date)
    fitting = [
        rows[key]
        for key, interval in stands.items()
        if as_of is None or interval.start is None or interval.start <= as_of
    ]
    if not fitting:
        raise UnknownAct(act=act.uri)
    best = min(language_rank(row.language) for row in fitting)
    return Found([row for row in fitting if language_rank(row.language) == best][-1], act)


def read_document(connection: sa.Connection, found: Found) -> Document:
    """An edition whole; what another text of its act says of the act is added to its metadata."""
    own = _own_document(connection, found)
    return replace(own, metadata=_complete(connection, own.metadata, found.act))


def _own_document(connection: sa.Connection, found: Found) -> Document:
    act, expression = found.act, found.expression
    query = sa.select(*_UNIT).where(UnitRow.expression_id == expression.id).order_by(UnitRow.position)
    return Document(
        act_id=act_id(act.uri, act.kind, act.number, act.date, act.body_slug, act.slug),
        language=Language(expression.language),
        metadata=read_metadata(load(expression.details)),
        units=_read_units(connection, query),
    )


def _read_units(connection: sa.Connection, query: AnySelect) -> tuple[Unit, ...]:
    return tuple([read_unit(row) for row in connection.execute(query).all()])


def _complete(connection: sa.Connection, own: Metadata, act: AnyRow) -> Metadata:
    topics = connection.scalars(sa.select(TopicRow.topic).where(TopicRow.act_id == act.id).order_by(TopicRow.rank))
    audience = connection.scalars(
        sa.select(AudienceRow.audience).where(AudienceRow.act_id == act.id).order_by(AudienceRow.rank)
    )
    return replace(
        own,
        number=act.number if own.number is None else own.number,
        date=act.date if own.date is None else own.date,
        body=act.body if own.body is None else own.body,
        body_slug=act.body_slug if own.body_slug is None else own.body_slug,
        status=Status(act.status),
        status_by=load_reference(act.status_by),
        topics=tuple(dict.fromkeys((*own.topics, *topics))),
        audience=tuple(dict.fromkeys((*own.audience, *audience))),
    )


# --- units


def _effective(found: Found, own: str | None) -> Status:
    act = found.status
    return act if act is Status.REPEALED or own is None else Status(own)


def entry(found: Found, row: AnyRow) -> OutlineEntry:
    """A unit without its text, from a row of ``entries``."""
    return OutlineEntry(
        row.eid, Level(row.level), row.number, row.heading, row.parent, _effective(found, row.effective)
    )


def entries(found: Found) -> AnySelect:
    """Units of an edition without their text, in document order."""
    return sa.select(*_ENTRY).where(UnitRow.expression_id == found.id).order_by(UnitRow.position)


def read_outline(connection: sa.Connection, found: Found) -> tuple[OutlineEntry, ...]:
    """Headings of an edition in document order."""
    levels = [level.value for level in Level if level in _OUTLINE]
    rows = connection.execute(entries(found).where(UnitRow.level.in_(levels)))
    return tuple([entry(found, row) for row in rows])


def read_status(connection: sa.Connection, found: Found) -> Mapping[str, Status]:
    """Effective status of each unit by eId, in document order."""
    query = sa.select(UnitRow.eid, UnitRow.effective).where(UnitRow.expression_id == found.id)
    return {eid: _effective(found, own) for eid, own in connection.execute(query.order_by(UnitRow.position))}


def _find_unit(connection: sa.Connection, found: Found, eid: str) -> AnyRow:
    row = connection.execute(entries(found).where(UnitRow.eid == eid)).first()
    if row is None:
        raise UnknownUnit(act=found.act.uri, unit=eid)
    return row


def read_units(connection: sa.Connection, found: Found, eid: str) -> tuple[Unit, ...]:
    """A unit and all below it, in document order."""
    top = _find_unit(connection, found, eid)
    query = sa.select(*_UNIT).where(UnitRow.expression_id == found.id, UnitRow.position.between(top.position, top.last))
    units = _read_units(connection, query.order_by(UnitRow.position))
    inside = {eid}
    return tuple(unit for unit in units if unit.eid == eid or _joins(inside, unit.eid, unit.parent))


def _joins(inside: set[str], eid: str, parent: str | None) -> bool:
    if parent not in inside:
        return False
    inside.add(eid)
    return True


def read_path(connection: sa.Connection, found: Found, eid: str) -> tuple[OutlineEntry, ...]:
    """What is around a unit, outermost first, itself left out."""
    unit = _find_unit(connection, found, eid)
    around = entries(found).where(UnitRow.position < unit.position, UnitRow.last >= unit.position)
    rows = {row.eid: row for row in connection.execute(around)}
    path: list[OutlineEntry] = []
    parent = unit.parent
    while parent in rows:
        path.append(entry(found, rows[parent]))
        parent = rows[parent].parent
    return tuple(reversed(path))


def read_neighbours(
    connection: sa.Connection, found: Found, eid: str
) -> tuple[OutlineEntry | None, OutlineEntry | None]:
    """What stands before and after a unit: for an article or clause of its level in the whole text, for what is
    inside one of its level and parent; None at either end.
    """
    unit = _find_unit(connection, found, eid)
    level = UnitRow.level == unit.level
    alike = entries(found).where(level)
    if Level(unit.level) not in _OUTLINE:
        alike = alike.where(UnitRow.parent == unit.parent if unit.parent else UnitRow.parent.is_(None))
    after = connection.execute(alike.where(UnitRow.position > unit.position).limit(1)).first()
    backwards = alike.order_by(None).order_by(UnitRow.position.desc())
    before = connection.execute(backwards.where(UnitRow.position < unit.position).limit(1)).first()
    return (entry(found, before) if before else None, entry(found, after) if after else None)


# --- files and reports


def read_report(connection: sa.Connection, found: Found) -> Report:
    """The report of the file that an edition was last read from."""
    query = sa.select(ManifestationRow.report).where(ManifestationRow.expression_id == found.id)
    return load_report(connection.scalars(query.order_by(ManifestationRow.sequence.desc()).limit(1)).one())


def read_original(connection: sa.Connection, sha256: str) -> Original:
    """A file by its SHA-256, named as it was when last read; UnknownAct where there is none."""
    query = (
        sa.select(ManifestationRow.name, ManifestationRow.path, ManifestationRow.media_type, ContentRow.content)
        .join(ContentRow, ContentRow.sha256 == ManifestationRow.sha256)
        .where(ManifestationRow.sha256 == sha256)
        .order_by(ManifestationRow.sequence.desc())
    )
    row = connection.execute(query.limit(1)).first()
    if row is None:
        raise UnknownAct(act=sha256)
    return Original(row.name, row.path, row.media_type, bytes(row.content), sha256)


def read_known(connection: sa.Connection, path: str, sha256: str, version: str, fingerprint: str) -> Intake | None:
    """What an unchanged file was read as, as it was stored; see ``Library.known``."""
    row = last_read(connection, path)
    if row is None or (row.sha256, row.version, row.fingerprint) != (sha256, version, fingerprint):
        return None
    live = sa.select(ExpressionRow.__table__).where(
        ExpressionRow.id == row.expression_id, ExpressionRow.removed.is_(None)
    )
    expression = connection.execute(live).first()
    if expression is None:
        return None
    stands = standing_file(connection, row.expression_id)
    report = load_report(row.report)
    if stands.sha256 != sha256:
        if stands.path_key == row.path_key:
            return None
        report = without_other_files(report)
    act = connection.execute(sa.select(ActRow.__table__).where(ActRow.id == expression.act_id)).one()
    document = _own_document(connection, Found(expression, act))
    content = sa.select(ContentRow.content).where(ContentRow.sha256 == stands.sha256)
    held = bytes(connection.scalars(content).one())
    return Intake(document, report, Original(stands.name, stands.path, stands.media_type, held, stands.sha256))


def current_files(connection: sa.Connection, acts: Sequence[int]) -> dict[int, Sequence[str]]:
    """SHA-256 and name of the file that each expression of some acts was last read from, by the expression's row id."""
    query = (
        sa.select(ManifestationRow.expression_id, ManifestationRow.sha256, ManifestationRow.name)
        .join(ExpressionRow, ExpressionRow.id == ManifestationRow.expression_id)
        .where(ExpressionRow.act_id.in_(acts))
        .order_by(ManifestationRow.sequence)
    )
    return {row.expression_id: (row.sha256, row.name) for row in connection.execute(query)}
