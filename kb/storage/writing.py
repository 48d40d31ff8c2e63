"""How documents come into the library and leave it: one transaction each, with the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa

from kb.documents import Doubt, Edition, Intake
from kb.errors import BrokenDocument, Removed, UnknownAct
from kb.storage.acts import Face, faces, settle
from kb.storage.codec import (
    UnitValues,
    clean,
    digest,
    dump,
    load_report,
    metadata_fields,
    opening,
    report_columns,
    unit_values,
)
from kb.storage.database import writing
from kb.storage.identity import (
    Held,
    Traces,
    at_address,
    find_expression,
    find_held,
    home,
    move_expression,
    path_key,
    traces,
)
from kb.storage.model import Change, Event, Stored
from kb.storage.standing import (
    home_of_file,
    is_of_another_file,
    last_read,
    other_files,
    same_text,
    standing_file,
)
from kb.storage.tables import BESIDE, COPY, ActRow, ContentRow, ExpressionRow, ManifestationRow, OutboxRow, UnitRow


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An intake as rows, made before the transaction begins."""

    intake: Intake
    units: list[UnitValues]
    details: str
    digest: str
    report: Mapping[str, str | int]
    version: str
    fingerprint: str

    def doubted(self, doubts: tuple[Doubt, ...]) -> _Prepared:
        """The same with more for a person to look at."""
        if not doubts:
            return self
        report = replace(self.intake.report, warnings=(*self.intake.report.warnings, *doubts))
        return replace(self, intake=replace(self.intake, report=report), report=report_columns(report))


@dataclass(frozen=True, slots=True)
class _Change:
    event: Event
    act: str
    edition: str | None


def store(engine: sa.Engine, intake: Intake, *, who: str, version: str, fingerprint: str) -> Stored:
    """Take a document in; see ``Library.store``."""
    prepared = _prepare(intake, version, fingerprint)
    with writing(engine) as connection:
        return _unchanged(connection, prepared) or _store(connection, prepared, who)


def _prepare(intake: Intake, version: str, fingerprint: str) -> _Prepared:
    document = intake.document
    fields = metadata_fields(document.metadata)
    units = unit_values(document.units)
    _check(units)
    return _Prepared(
        intake=intake,
        units=units,
        details=dump(fields),
        digest=digest(document, fields, units),
        report=report_columns(intake.report),
        version=version,
        fingerprint=fingerprint,
    )


def _check(units: list[UnitValues]) -> None:
    """See that each unit has an address of its own and stands behind the unit around it."""
    taken: set[str | int | None] = {None}
    for unit in units:
        if unit["eid"] in taken:
            raise BrokenDocument(eid=str(unit["eid"]), problem="address_twice")
        if unit["parent"] not in taken:
            raise BrokenDocument(eid=str(unit["eid"]), problem="no_parent")
        taken.add(unit["eid"])


def newest_sequence(connection: sa.Connection) -> int:
    """Sequence of the newest change, 0 where nothing was ever changed."""
    return connection.scalar(sa.select(sa.func.max(OutboxRow.sequence))) or 0


def _unchanged(connection: sa.Connection, prepared: _Prepared) -> Stored | None:
    """What is stored already where these bytes stand for this very document, else None."""
    original = prepared.intake.original
    here = ManifestationRow.path_key == path_key(original.path)
    query = (
        sa.select(
            ManifestationRow.id,
            ManifestationRow.expression_id,
            ManifestationRow.path,
            ManifestationRow.sequence,
            here.label("here"),
            ExpressionRow.uri,
            ActRow.uri.label("act"),
        )
        .join(ExpressionRow, ExpressionRow.id == ManifestationRow.expression_id)
        .join(ActRow, ActRow.id == ExpressionRow.act_id)
        .where(
            ManifestationRow.sha256 == original.sha256,
            ExpressionRow.digest == prepared.digest,
            ExpressionRow.removed.is_(None),
        )
        .order_by(sa.case((here, 0), else_=1), ManifestationRow.sequence.desc())
    )
    rows = connection.execute(query).all()
    row = next((row for row in rows if row.sequence == _latest(connection, row.expression_id)), None)
    if row is None:
        return None
    doubts = other_files(connection, row.expression_id, original) if row.here else ()
    if not _note_reading(connection, prepared.doubted(doubts), row.expression_id):
        _write_file(connection, prepared, row.expression_id, COPY, dt.datetime.now(dt.UTC))
    same_as = None if row.here else row.path
    return Stored("unchanged", row.act, row.uri, newest_sequence(connection), same_as, doubts=doubts)


def _note_reading(connection: sa.Connection, prepared: _Prepared, expression: int) -> bool:
    """Note how the file at its path was read this time; False if it is not known to be of the expression."""
    original = prepared.intake.original
    row = connection.execute(
        sa.select(
            ManifestationRow.id, ManifestationRow.version, ManifestationRow.fingerprint, ManifestationRow.report
        ).where(
            ManifestationRow.expression_id == expression,
            ManifestationRow.sha256 == original.sha256,
            ManifestationRow.path_key == path_key(original.path),
        )
    ).first()
    if row is None:
        return False
    read = (prepared.version, prepared.fingerprint, prepared.intake.report)
    values: dict[str, object] = {}
    if read != (row.version, row.fingerprint, load_report(row.report)):
        values = {"version": prepared.version, "fingerprint": prepared.fingerprint, **prepared.report}
    last = last_read(connection, original.path)
    if last is None or last.id != row.id:
        # Other bytes lay here meanwhile.
        values["read"] = dt.datetime.now(dt.UTC)
    if values:
        connection.execute(sa.update(ManifestationRow).where(ManifestationRow.id == row.id).values(**values))
    return True


def _latest(connection: sa.Connection, expression: int) -> int | None:
    readings = sa.select(sa.func.max(ManifestationRow.sequence)).where(ManifestationRow.expression_id == expression)
    return connection.scalar(readings)


def _store(connection: sa.Connection, prepared: _Prepared, who: str) -> Stored:
    document, original = prepared.intake.document, prepared.intake.original
    found = traces(connection, original)
    belonged = home_of_file(connection, original)
    target = at_address(connection, document.act_id.uri)
    touched = found.acts | ({target.id} if target else set())
    before = faces(connection, touched)
    act = home(connection, document, found, given=prepared.intake.act_given)
    edition = Edition(act.uri, document.language, document.metadata.edition_date)
    known = _expression(connection, act, edition, found)
    now = dt.datetime.now(dt.UTC)
    stands_on = None if known is None else _add_file(connection, prepared, known, seen=known == belonged, now=now)
    doubts: tuple[Doubt, ...] = ()
    if stands_on is None:
        expression = _write_expression(connection, prepared, act, edition, known)
        _write_units(connection, expression, prepared.units)
        doubts = other_files(connection, expression, original)
        sequence = newest_sequence(connection) + 1
        _write_file(connection, prepared.doubted(doubts), expression, sequence, now)
        connection.execute(sa.update(ActRow).where(ActRow.id == act.id).values(removed=None, replaced_by=None))
    _bury_emptied(connection, found.acts - {act.id}, act.uri, now)
    settle(connection, act.id)
    after = faces(connection, touched | {act.id})
    event: Literal["added", "updated"] = "added" if known is None else "updated"
    own = None if stands_on is not None else _Change(event, act.uri, edition.uri)
    sequence = _publish(connection, _changes(before, after, own), who, now)
    if stands_on is not None:
        return Stored("unchanged", act.uri, edition.uri, sequence, stands_on=stands_on)
    return Stored(event, act.uri, edition.uri, sequence, found.copy_of, doubts=doubts)


def _add_file(
    connection: sa.Connection, prepared: _Prepared, expression: int, *, seen: bool, now: dt.datetime
) -> str | None:
    """Add a file to an expression whose text stays that of another one, and give that one's path.

    Args:
        connection: a write transaction.
        prepared: the file as it was read.
        expression: row id of the expression that it is of.
        seen: whether it lay at its path and was of the expression already.
        now: when it was read.

    Returns:
        None, and nothing is written, where the file is to bring the expression's text.
    """
    stands = standing_file(connection, expression)
    if not is_of_another_file(stands, prepared.intake.original):
        return None
    if seen:
        _note_reading(connection, prepared, expression)
    elif same_text(connection, expression, prepared.details, prepared.units):
        _write_file(connection, prepared, expression, BESIDE, now)
    else:
        return None
    return str(stands.path)


def _expression(connection: sa.Connection, act: Held, edition: Edition, found: Traces) -> int | None:
    """Row id of the live expression that a document replaces, None where it is a new one.

    The same bytes at the same path, read otherwise than before, are still one edition: it moves.
    """
    earlier = found.content
    current = find_expression(connection, edition)
    if (
        earlier
        and earlier.same_file
        and earlier.stands
        and earlier.expression != current
        and _live(connection, earlier.expression)
    ):
        current = move_expression(connection, earlier.expression, act, edition.language, edition.date)
    return current if current is not None and _live(connection, current) else None


def _live(connection: sa.Connection, expression: int) -> bool:
    query = sa.select(ExpressionRow.id).where(ExpressionRow.id == expression, ExpressionRow.removed.is_(None))
    return connection.scalar(query) is not None


def _write_expression(
    connection: sa.Connection, prepared: _Prepared, act: Held, edition: Edition, known: int | None
) -> int:
    document = prepared.intake.document
    values = {
        "act_id": act.id,
        "uri": edition.uri,
        "language": edition.language.value,
        "date": edition.date,
        "title": clean(document.metadata.title),
        "official": document.metadata.official,
        "opening": opening(document.units),
        "digest": prepared.digest,
        "details": prepared.details,
        "removed": None,
    }
    expression = known if known is not None else find_expression(connection, edition)
    if expression is None:
        return connection.execute(sa.insert(ExpressionRow).values(**values).returning(ExpressionRow.id)).scalar_one()
    connection.execute(sa.update(ExpressionRow).where(ExpressionRow.id == expression).values(**values))
    return expression


def _write_units(connection: sa.Connection, expression: int, units: list[UnitValues]) -> None:
    connection.execute(sa.delete(UnitRow).where(UnitRow.expression_id == expression))
    if units:
        rows = [{"expression_id": expression, **values} for values in units]
        connection.execute(sa.insert(UnitRow), rows)


def _write_file(
    connection: sa.Connection, prepared: _Prepared, expression: int, sequence: int, now: dt.datetime
) -> None:
    original = prepared.intake.original
    metadata = prepared.intake.document.metadata
    if connection.scalar(sa.select(ContentRow.size).where(ContentRow.sha256 == original.sha256)) is None:
        connection.execute(
            sa.insert(ContentRow).values(sha256=original.sha256, size=len(original.content), content=original.content)
        )
    file = {
        "expression_id": expression,
        "sha256": original.sha256,
        "path_key": path_key(original.path),
    }
    values = {
        "name": clean(original.name),
        "path": clean(original.path),
        "media_type": original.media_type,
        "source": metadata.source and clean(metadata.source),
        "retrieved": metadata.retrieved,
        "official": metadata.official,
        "version": prepared.version,
        "fingerprint": prepared.fingerprint,
        **prepared.report,
        "read": now,
        "sequence": sequence,
    }
    same = [getattr(ManifestationRow, name) == value for name, value in file.items()]
    if connection.execute(sa.update(ManifestationRow).where(*same).values(**values)).rowcount == 0:
        connection.execute(sa.insert(ManifestationRow).values(**file, **values))


def _bury_emptied(connection: sa.Connection, acts: set[int], replaced_by: str, now: dt.datetime) -> None:
    """Leave a tombstone for each act whose last text turned out to be that of another act."""
    for act in sorted(acts):
        live = sa.select(ExpressionRow.id).where(ExpressionRow.act_id == act, ExpressionRow.removed.is_(None))
        if connection.execute(live).first() is None:
            here = sa.update(ActRow).where(ActRow.id == act, ActRow.removed.is_(None))
            connection.execute(here.values(removed=now, replaced_by=replaced_by))
        if find_held(connection, ActRow.id == act):
            settle(connection, act)


def _changes(before: dict[str, Face], after: dict[str, Face], own: _Change | None) -> list[_Change]:
    """What readers have to learn, the document's own change, if there is one, last.

    An address that an act or one of its editions left is removed as a whole, and what is still there updated; so
    are the editions that look otherwise now, because their interval, status or address changed with the document's.
    """
    left = dict.fromkeys(face.act for uri, face in before.items() if uri not in after)
    removed = [_Change("removed", act, None) for act in left]
    updated = [
        _Change("updated", face.act, uri)
        for uri, face in after.items()
        if (own is None or uri != own.edition) and (face.act in left or before.get(uri) != face)
    ]
    return [*removed, *updated, *([own] if own else [])]


def _publish(connection: sa.Connection, changes: list[_Change], who: str, now: dt.datetime) -> int:
    """Write changes into the outbox; the writers' lock makes their sequences visible in order.

    Returns:
        The newest sequence.
    """
    sequence = newest_sequence(connection)
    rows = [
        {
            "sequence": sequence + count,
            "time": now,
            "who": clean(who),
            "event": change.event,
            "act": change.act,
            "edition": change.edition,
        }
        for count, change in enumerate(changes, start=1)
    ]
    if rows:
        connection.execute(sa.insert(OutboxRow), rows)
    return sequence + len(rows)


def remove(engine: sa.Engine, act: str, *, who: str, replaced_by: str | None) -> Change:
    """Remove an act; see ``Library.remove``."""
    with writing(engine) as connection:
        held = _present(connection, act)
        instead = _present(connection, replaced_by).uri if replaced_by else None
        now = dt.datetime.now(dt.UTC)
        expressions = sa.select(ExpressionRow.id).where(ExpressionRow.act_id == held.id)
        connection.execute(sa.delete(UnitRow).where(UnitRow.expression_id.in_(expressions)))
        live = sa.update(ExpressionRow).where(ExpressionRow.act_id == held.id, ExpressionRow.removed.is_(None))
        connection.execute(live.values(removed=now))
        settle(connection, held.id)
        connection.execute(sa.update(ActRow).where(ActRow.id == held.id).values(removed=now, replaced_by=instead))
        sequence = _publish(connection, [_Change("removed", held.uri, None)], who, now)
        return Change(sequence, now, clean(who), "removed", held.uri, None)


def _present(connection: sa.Connection, uri: str) -> Held:
    """The act at an address; UnknownAct or Removed where there is none."""
    found = at_address(connection, uri)
    if found is None:
        raise UnknownAct(act=uri)
    tombstone = sa.select(ActRow.removed, ActRow.replaced_by).where(ActRow.id == found.id)
    removed, replaced_by = connection.execute(tombstone).one()
    if removed is not None:
        raise Removed(act=found.uri, replaced_by=replaced_by or "")
    return found
