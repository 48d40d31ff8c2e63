"""Lists of the library: acts by filter and order, topics, the state of the whole, the feed of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

import sqlalchemy as sa

from kb.documents import TOPICS, Kind, Status
from kb.language.model import Language
from kb.storage.codec import load_reference, load_titles
from kb.storage.intervals import Dated, intervals
from kb.storage.model import ActFilter, ActPage, ActSummary, Change, EditionSummary, Event, Sort, Statistics
from kb.storage.reading import current_files
from kb.storage.tables import ActRow, AnyRow, AnySelect, AudienceRow, ExpressionRow, OutboxRow, TopicRow

_COUNTED = ("kind", "status", "language", "year", "body", "topic", "audience", "official")
# Databases bound the number of parameters of one statement.
_AT_ONCE = 500


#: Acts that are held with text and were not removed.
_PRESENT = ActRow.languages != ""


def _conditions(asked: ActFilter) -> dict[str, sa.ColumnElement[bool]]:
    """What each field of a filter that asks for something asks for."""
    made: dict[str, sa.ColumnElement[bool]] = {
        "kind": ActRow.kind == asked.kind,
        "status": ActRow.status == asked.status,
        "year": ActRow.year == asked.year,
        "body": sa.or_(ActRow.body == asked.body, ActRow.body_slug == asked.body),
        "official": ActRow.official.is_(bool(asked.official)),
        # The codes have two letters each, so that one is never part of another.
        "language": ActRow.languages.contains(asked.language) if asked.language in set(Language) else sa.false(),
        "topic": ActRow.id.in_(sa.select(TopicRow.act_id).where(TopicRow.topic == asked.topic)),
        "audience": ActRow.id.in_(sa.select(AudienceRow.act_id).where(AudienceRow.audience == asked.audience)),
    }
    return {field.name: made[field.name] for field in fields(asked) if getattr(asked, field.name) is not None}


def list_acts(
    connection: sa.Connection, asked: ActFilter, *, sort: Sort, language: Language, limit: int, offset: int
) -> ActPage:
    """A page of live acts with text; see ``Library.list_acts``."""
    conditions = _conditions(asked)
    query = sa.select(ActRow.__table__).where(_PRESENT, *conditions.values()).order_by(*_order(sort, language))
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    total = sa.select(sa.func.count()).select_from(ActRow).where(_PRESENT, *conditions.values())
    counts: dict[str, Mapping[str, int]] = {}
    for field in _COUNTED:
        others = [condition for name, condition in conditions.items() if name != field]
        counts[field] = _count(connection, field, sa.and_(_PRESENT, *others))
    return ActPage(summaries(connection, rows), connection.scalar(total) or 0, counts)


def _order(sort: Sort, language: Language) -> list[sa.ColumnElement[Any]]:
    """By title of the reader's language, date or number; what has none last either way; ties by address."""
    title: sa.ColumnElement[Any] = getattr(ActRow, f"sort_{language.value}")
    field = sort.removeprefix("-")
    if field == "date":
        keys: list[sa.ColumnElement[Any]] = [cast("sa.ColumnElement[Any]", ActRow.date)]
        empty: sa.ColumnElement[bool] = ActRow.date.is_(None)
    elif field == "number":
        keys = [cast("sa.ColumnElement[Any]", ActRow.sort_number)]
        empty = ActRow.sort_number == ""
    else:
        keys = [title]
        empty = title == ""
    if sort.startswith("-"):
        keys = [key.desc() for key in keys]
    return [sa.case((empty, 1), else_=0), *keys, title, cast("sa.ColumnElement[Any]", ActRow.uri)]


def _count(connection: sa.Connection, field: str, condition: sa.ColumnElement[bool]) -> dict[str, int]:
    """Number of fitting acts by value of a field, most first, then by value."""
    query = sa.select(sa.func.count()).select_from(ActRow).where(condition)
    if field == "topic":
        query = query.join(TopicRow, TopicRow.act_id == ActRow.id)
    elif field == "audience":
        query = query.join(AudienceRow, AudienceRow.act_id == ActRow.id)
    column = _column(field)
    found: Counter[str] = Counter()
    for count, value in connection.execute(query.add_columns(column).where(column.is_not(None)).group_by(column)):
        for one in value.split() if field == "language" else [_value(value)]:
            found[one] += count
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _column(field: str) -> Any:
    columns = {"language": ActRow.languages, "topic": TopicRow.topic, "audience": AudienceRow.audience}
    return columns[field] if field in columns else getattr(ActRow, field)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def summaries(connection: sa.Connection, acts: Sequence[AnyRow]) -> tuple[ActSummary, ...]:
    """Summaries of acts from their rows, in the same order."""
    parts = (acts[start : start + _AT_ONCE] for start in range(0, len(acts), _AT_ONCE))
    return tuple(summary for part in parts for summary in _summaries(connection, part))


def _summaries(connection: sa.Connection, acts: Sequence[AnyRow]) -> Sequence[ActSummary]:
    ids = [row.id for row in acts]
    query = sa.select(
        ExpressionRow.id,
        ExpressionRow.act_id,
        ExpressionRow.uri,
        ExpressionRow.language,
        ExpressionRow.date,
        ExpressionRow.official,
    ).where(ExpressionRow.act_id.in_(ids), ExpressionRow.removed.is_(None))
    expressions: dict[int, dict[int, AnyRow]] = {key: {} for key in ids}
    for row in connection.execute(query):
        expressions[row.act_id][row.id] = row
    files = current_files(connection, ids)
    topics = sa.select(TopicRow.act_id, TopicRow.topic).where(TopicRow.act_id.in_(ids)).order_by(TopicRow.rank)
    filed = _by_act(connection, topics)
    audience = sa.select(AudienceRow.act_id, AudienceRow.audience).where(AudienceRow.act_id.in_(ids))
    meant = _by_act(connection, audience.order_by(AudienceRow.rank))
    return [
        ActSummary(
            act=row.uri,
            kind=Kind(row.kind),
            titles=load_titles(row.titles),
            number=row.number,
            date=row.date,
            body=row.body,
            status=Status(row.status),
            status_by=load_reference(row.status_by),
            official=row.official,
            topics=filed.get(row.id, ()),
            audience=meant.get(row.id, ()),
            hours=row.hours,
            first_lines=row.opening,
            editions=_editions(row, expressions[row.id], files),
        )
        for row in acts
    ]


def _by_act(connection: sa.Connection, query: AnySelect) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for key, name in connection.execute(query):
        found[key] = (*found.get(key, ()), name)
    return found


def _editions(
    act: AnyRow, rows: Mapping[int, AnyRow], files: Mapping[int, Sequence[str]]
) -> tuple[EditionSummary, ...]:
    stands = intervals((Dated(row.id, row.language, row.date) for row in rows.values()), act.date)
    return tuple(
        EditionSummary(
            edition=rows[key].uri,
            language=Language(rows[key].language),
            date=rows[key].date,
            until=interval.until,
            official=rows[key].official,
            original=files[key][0],
            original_name=files[key][1],
        )
        for key, interval in stands.items()
    )


def count_topics(connection: sa.Connection) -> Mapping[str, int]:
    """Number of live acts under each topic of TOPICS, in its order, empty topics included."""
    query = sa.select(TopicRow.topic, sa.func.count().label("number")).group_by(TopicRow.topic)
    found = {row.topic: row.number for row in connection.execute(query)}
    return {topic: found.get(topic, 0) for topic in TOPICS}


def read_statistics(connection: sa.Connection) -> Statistics:
    """State of the library."""
    acts = sa.select(sa.func.count()).select_from(ActRow).where(_PRESENT)
    newest = sa.select(OutboxRow.time).order_by(OutboxRow.sequence.desc()).limit(1)
    return Statistics(
        acts=connection.scalar(acts) or 0,
        in_force=connection.scalar(acts.where(ActRow.status == Status.IN_FORCE.value)) or 0,
        newest=connection.scalar(newest),
    )


def read_changes(connection: sa.Connection, since: int, limit: int) -> tuple[Change, ...]:
    """Changes after a sequence, oldest first."""
    query = sa.select(OutboxRow.__table__).where(OutboxRow.sequence > since).order_by(OutboxRow.sequence).limit(limit)
    return tuple(
        Change(row.sequence, row.time, row.who, cast("Event", row.event), row.act, row.edition)
        for row in connection.execute(query)
    )


def live_editions(connection: sa.Connection) -> Sequence[str]:
    """URIs of all live editions by address."""
    live = sa.select(ExpressionRow.uri).where(ExpressionRow.removed.is_(None))
    return connection.scalars(live.order_by(ExpressionRow.uri)).all()
