"""How citations find acts and units: by number, date and title, by level and number; all by index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.documents import GENERALITY, Kind, Level, Status
from kb.language.model import Language
from kb.storage.codec import load
from kb.storage.collation import sort_key
from kb.storage.intervals import Dated, intervals, language_rank
from kb.storage.listing import summaries
from kb.storage.model import ActSummary, OutlineEntry, UnitPlace
from kb.storage.reading import Found, entries, entry
from kb.storage.tables import ActRow, AnyRow, ExpressionRow, UnitRow

_PRESENT = sa.and_(ActRow.languages != "", ActRow.removed.is_(None))
#: Units read at most before the editions that stand are chosen among them.
_READ = 2_000


@dataclass(frozen=True, slots=True)
class ActKey:
    """What acts are asked for by; None asks for nothing.

    Attributes:
        kind: kind of the act.
        number: its number; case, punctuation and leading noughts do not count (``01-18/48`` is ``1-18-48``).
        date: date in its head.
        year: year of that date.
        title: its whole title in any language; case and punctuation do not count.
    """

    kind: Kind | None = None
    number: str | None = None
    date: dt.date | None = None
    year: int | None = None
    title: str | None = None


def find_acts(connection: sa.Connection, key: ActKey, limit: int) -> tuple[ActSummary, ...]:
    """Acts held with text that have all that is asked for; those in force first, then the most general, the newest."""
    conditions = [_PRESENT]
    if key.kind is not None:
        conditions.append(ActRow.kind == key.kind.value)
    if key.date is not None:
        conditions.append(ActRow.date == key.date)
    if key.year is not None:
        conditions.append(ActRow.year == key.year)
    for asked, columns in (
        (key.number, (ActRow.sort_number,)),
        (key.title, (ActRow.sort_ky, ActRow.sort_ru)),
    ):
        if asked is not None:
            wanted = sort_key(asked)
            same = sa.or_(*(column == wanted for column in columns))
            conditions.append(same if wanted else sa.false())
    query = sa.select(ActRow.__table__).where(*conditions).order_by(*_order()).limit(limit)
    return summaries(connection, connection.execute(query).all())


def _order() -> list[Any]:
    generality = sa.case({kind.value: at for at, kind in enumerate(GENERALITY)}, value=ActRow.kind, else_=99)
    force = sa.case((ActRow.status == Status.REPEALED.value, 1), else_=0)
    undated = sa.case((ActRow.date.is_(None), 1), else_=0)
    return [force, generality, undated, sa.desc(ActRow.date), sa.asc(ActRow.uri)]


def find_units(
    connection: sa.Connection, found: Found, levels: Collection[Level], numbers: Collection[str]
) -> tuple[OutlineEntry, ...]:
    """Units of an edition of some levels and numbers, in document order."""
    query = entries(found).where(UnitRow.level.in_([level.value for level in levels]), UnitRow.number.in_(numbers))
    return tuple([entry(found, row) for row in connection.execute(query)])


def read_entry(connection: sa.Connection, found: Found, eid: str) -> OutlineEntry | None:
    """A unit without its text, None where there is none such."""
    row = _place(connection, found, eid)
    return entry(found, row) if row is not None else None


def read_children(connection: sa.Connection, found: Found, parent: str) -> tuple[OutlineEntry, ...]:
    """Units right below one, in document order; empty where there is none."""
    around = _place(connection, found, parent)
    if around is None:
        return ()
    inside = entries(found).where(UnitRow.position.between(around.position, around.last), UnitRow.parent == parent)
    return tuple([entry(found, row) for row in connection.execute(inside)])


def read_run(connection: sa.Connection, found: Found, first: str, last: str) -> tuple[OutlineEntry, ...]:
    """Units of the level of ``first`` from it to ``last`` in document order, whatever is around them."""
    one, other = _place(connection, found, first), _place(connection, found, last)
    if one is None or other is None:
        return ()
    between = entries(found).where(
        UnitRow.position.between(one.position, other.position), UnitRow.level.in_([one.level, other.level])
    )
    return tuple([entry(found, row) for row in connection.execute(between)])


def count_paragraphs(connection: sa.Connection, found: Found, eid: str) -> int:
    """Paragraphs of a unit's own text and its alineas; 0 where there is no such unit."""
    query = sa.select(UnitRow.body).where(UnitRow.expression_id == found.id, UnitRow.eid == eid)
    row = connection.execute(query).first()
    if row is None:
        return 0
    own = len(load(row.body)) if row.body else 0
    alineas = [child for child in read_children(connection, found, eid) if child.level is Level.ALINEA]
    return own + len(alineas)


def _place(connection: sa.Connection, found: Found, eid: str) -> AnyRow | None:
    return connection.execute(entries(found).where(UnitRow.eid == eid)).first()


def find_everywhere(
    connection: sa.Connection,
    levels: Collection[Level],
    numbers: Collection[str],
    *,
    language: Language | None,
    as_of: dt.date | None,
    limit: int,
) -> tuple[UnitPlace, ...]:
    """Units of some levels and numbers in the editions that stand; see ``Library.find_everywhere``."""
    expression = ExpressionRow.__table__.c
    query = (
        sa.select(UnitRow.eid, UnitRow.expression_id, ActRow.id.label("act"))
        .join(ExpressionRow, ExpressionRow.id == UnitRow.expression_id)
        .join(ActRow, ActRow.id == ExpressionRow.act_id)
        .where(UnitRow.number.in_(numbers), UnitRow.level.in_([level.value for level in levels]))
        .where(expression.removed.is_(None), _PRESENT)
        .order_by(*_order(), UnitRow.expression_id, UnitRow.position)
        .limit(_READ)
    )
    rows = connection.execute(query).all()
    stands = _standing(connection, dict.fromkeys(row.act for row in rows), language, as_of)
    kept = [row for row in rows if stands.get(row.act, (0, ""))[0] == row.expression_id][:limit]
    ids = list(dict.fromkeys(row.act for row in kept))
    acts = {row.id: row for row in connection.execute(sa.select(ActRow.__table__).where(ActRow.id.in_(ids)))}
    told = dict(zip(ids, summaries(connection, [acts[key] for key in ids]), strict=True))
    return tuple(UnitPlace(told[row.act], stands[row.act][1], row.eid) for row in kept)


def _standing(
    connection: sa.Connection, acts: Collection[int], language: Language | None, as_of: dt.date | None
) -> dict[int, tuple[int, str]]:
    """Row id and URI of the expression of each act that a reader is to see."""
    keys = list(acts)
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(keys), 500):
        query = sa.select(
            ExpressionRow.id,
            ExpressionRow.act_id,
            ExpressionRow.uri,
            ExpressionRow.language,
            ExpressionRow.date,
            ActRow.date.label("act_date"),
        ).join(ActRow, ActRow.id == ExpressionRow.act_id)
        chosen = query.where(ExpressionRow.act_id.in_(keys[start : start + 500]), ExpressionRow.removed.is_(None))
        by_act: dict[int, list[AnyRow]] = {}
        for row in connection.execute(chosen):
            by_act.setdefault(row.act_id, []).append(row)
        for act, rows in by_act.items():
            best = _choose(rows, language, as_of)
            if best is not None:
                found[act] = (best.id, best.uri)
    return found


def _choose(rows: Sequence[AnyRow], language: Language | None, as_of: dt.date | None) -> AnyRow | None:
    """The newest expression that stands, in the language asked for where there is one, else in the first held."""
    by_id = {row.id: row for row in rows}
    stands = intervals((Dated(row.id, row.language, row.date) for row in rows), rows[0].act_date)
    fitting = [
        by_id[key]
        for key, interval in stands.items()
        if as_of is None or interval.start is None or interval.start <= as_of
    ]
    if not fitting:
        return None
    wanted = language.value if language else None
    best = min(fitting, key=lambda row: (row.language != wanted, language_rank(row.language)))
    return [row for row in fitting if row.language == best.language][-1]


def standing_edition(
    connection: sa.Connection, act: AnyRow, language: Language | None, as_of: dt.date | None
) -> str | None:
    """URI of the edition of an act that a reader is to see, None where none stands."""
    found = _standing(connection, [act.id], language, as_of)
    return found[act.id][1] if act.id in found else None
