"""What the live expressions of an act together say of it, and what a change of one makes of the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from kb.documents import Metadata, Status
from kb.language.model import Language
from kb.storage.codec import clean, dump_reference, dump_titles, load, read_metadata
from kb.storage.collation import sort_key
from kb.storage.intervals import Dated, in_order, intervals, language_rank, start_of
from kb.storage.tables import ActRow, AudienceRow, ExpressionRow, TopicRow


@dataclass(frozen=True, slots=True)
class _Text:
    """A live expression of an act."""

    id: int
    language: Language
    date: dt.date | None
    metadata: Metadata
    opening: str


def settle(connection: sa.Connection, act: int) -> None:
    """Write into an act's row what its live expressions together say of it; the order of their intake plays no part.

    An act without a live expression keeps what it has, but is filed nowhere.

    Args:
        connection: a write transaction.
        act: row id of the act.
    """
    row = connection.execute(sa.select(ActRow.uri, ActRow.date).where(ActRow.id == act)).one()
    texts = _texts(connection, act, row.date)
    if not texts:
        connection.execute(sa.update(ActRow).where(ActRow.id == act).values(languages=""))
        _file(connection, act, ())
        return
    newest = _newest(texts, row.date)
    values = _told(newest, texts, row.date)
    if not row.uri.startswith("/akn/kg/act/"):
        lead = newest[0].metadata
        values |= {
            "number": lead.number and clean(lead.number),
            "date": lead.date,
            "year": lead.date.year if lead.date else None,
            "body_slug": lead.body_slug,
            "sort_number": sort_key(lead.number or ""),
        }
    connection.execute(sa.update(ActRow).where(ActRow.id == act).values(**values))
    _file(connection, act, newest)


def _texts(connection: sa.Connection, act: int, act_date: dt.date | None) -> list[_Text]:
    """Live expressions by language and date, oldest first."""
    query = sa.select(
        ExpressionRow.id, ExpressionRow.language, ExpressionRow.date, ExpressionRow.details, ExpressionRow.opening
    ).where(ExpressionRow.act_id == act, ExpressionRow.removed.is_(None))
    rows = {row.id: row for row in connection.execute(query)}
    return [
        _Text(one.id, Language(one.language), one.date, read_metadata(load(rows[one.id].details)), rows[one.id].opening)
        for one in in_order((Dated(row.id, row.language, row.date) for row in rows.values()), act_date)
    ]


def _newest(texts: Sequence[_Text], act_date: dt.date | None) -> list[_Text]:
    """Newest text of each language; the newest of them first, of one day the Kyrgyz one."""
    by_language = {text.language: text for text in texts}
    return sorted(
        by_language.values(),
        key=lambda text: (-start_of(text.date, act_date).toordinal(), language_rank(text.language)),
    )


def _told(newest: Sequence[_Text], texts: Sequence[_Text], act_date: dt.date | None) -> dict[str, object]:
    status, by = _status(newest, texts, act_date)
    titles = _titles(newest)
    first = min(newest, key=lambda text: language_rank(text.language))
    body = next((text.metadata.body for text in (first, *newest) if text.metadata.body), None)
    return {
        "status": status.value,
        "status_by": by,
        "official": all(text.metadata.official for text in texts),
        "hours": next((text.metadata.hours for text in newest if text.metadata.hours is not None), None),
        "body": body and clean(body),
        "titles": dump_titles(titles),
        "opening": first.opening,
        "languages": " ".join(sorted((text.language.value for text in newest), key=language_rank)),
        "sort_ky": _key(titles, Language.KY, Language.RU, Language.EN),
        "sort_ru": _key(titles, Language.RU, Language.KY, Language.EN),
        "sort_en": _key(titles, Language.EN, Language.RU, Language.KY),
    }


def _status(newest: Sequence[_Text], texts: Sequence[_Text], act_date: dt.date | None) -> tuple[Status, str | None]:
    """Status as the newest texts say; what an older one says holds no longer, but that the act is repealed."""
    today = start_of(newest[0].date, act_date)
    latest = [text for text in newest if start_of(text.date, act_date) == today]
    repealed = [text for text in (*latest, *texts) if text.metadata.status is Status.REPEALED]
    said = [text for text in latest if text.metadata.status is not Status.UNKNOWN]
    overruled = said and said[0].metadata.status is not Status.REPEALED and not any(text in latest for text in repealed)
    telling = (said if overruled else repealed or said or latest)[0].metadata
    return telling.status, dump_reference(telling.status_by)


def _titles(newest: Sequence[_Text]) -> dict[Language, str]:
    """Title by language: that of its newest text, else one that the text in another language gives."""
    titles = {text.language: text.metadata.title for text in newest}
    for text in newest:
        for language, title in text.metadata.titles.items():
            titles.setdefault(language, title)
    return titles


def _key(titles: dict[Language, str], *languages: Language) -> str:
    return next((sort_key(titles[language]) for language in languages if titles.get(language)), "")


def _file(connection: sa.Connection, act: int, newest: Sequence[_Text]) -> None:
    """File an act under the topics and audiences of its newest texts."""
    topics = _union(text.metadata.topics for text in newest)
    audience = _union(text.metadata.audience for text in newest)
    connection.execute(sa.delete(TopicRow).where(TopicRow.act_id == act))
    connection.execute(sa.delete(AudienceRow).where(AudienceRow.act_id == act))
    if topics:
        rows = [{"act_id": act, "topic": clean(topic), "rank": rank} for rank, topic in enumerate(topics)]
        connection.execute(sa.insert(TopicRow), rows)
    if audience:
        filed = [{"act_id": act, "audience": clean(one), "rank": rank} for rank, one in enumerate(audience)]
        connection.execute(sa.insert(AudienceRow), filed)


def _union(lists: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))


@dataclass(frozen=True, slots=True)
class Face:
    """What readers see of a live edition beside its own text; a change of it is a change of the edition."""

    act: str
    facts: tuple[object, ...]


def faces(connection: sa.Connection, acts: Iterable[int]) -> dict[str, Face]:
    """Face of each live edition of some acts, by its URI.

    Args:
        connection: a transaction.
        acts: row ids of the acts.
    """
    found: dict[str, Face] = {}
    for act in sorted(acts):
        row = connection.execute(
            sa.select(
                ActRow.uri, ActRow.kind, ActRow.number, ActRow.date, ActRow.body, ActRow.status, ActRow.status_by
            ).where(ActRow.id == act)
        ).first()
        if row is None:
            continue
        filed = tuple(connection.scalars(sa.select(TopicRow.topic).where(TopicRow.act_id == act).order_by("rank")))
        query = sa.select(ExpressionRow.id, ExpressionRow.uri, ExpressionRow.language, ExpressionRow.date)
        live = query.where(ExpressionRow.act_id == act, ExpressionRow.removed.is_(None))
        expressions = {one.id: one for one in connection.execute(live)}
        stands = intervals((Dated(one.id, one.language, one.date) for one in expressions.values()), row.date)
        for key, interval in stands.items():
            found[expressions[key].uri] = Face(row.uri, (*row, filed, interval))
    return found
