"""How long an edition stands: from its date until the next one's in the same language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression as far as its interval needs it: row id, language and date."""

    id: int
    language: str
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Interval:
    """Days on which an edition stands: ``start`` inclusive, None for always; ``until`` exclusive, None for still."""

    start: dt.date | None
    until: dt.date | None


def start_of(date: dt.date | None, act_date: dt.date | None) -> dt.date:
    """First day of an edition; an undated one stands from the act's date, or always."""
    return date or act_date or dt.date.min


def intervals(expressions: Iterable[Dated], act_date: dt.date | None) -> dict[int, Interval]:
    """Interval of each expression of an act by row id; oldest first within a language, languages in their order."""
    found: dict[int, Interval] = {}
    later: dict[str, Dated] = {}
    for one in reversed(in_order(expressions, act_date)):
        after = later.get(one.language)
        until = start_of(after.date, act_date) if after else None
        found[one.id] = Interval(one.date or act_date, until)
        later[one.language] = one
    return dict(reversed(found.items()))


def in_order(expressions: Iterable[Dated], act_date: dt.date | None) -> list[Dated]:
    """Expressions by language, Kyrgyz first, and within it by date, oldest first; undated before dated of one day."""
    return sorted(
        expressions,
        key=lambda one: (language_rank(one.language), start_of(one.date, act_date), one.date is not None, one.id),
    )


def language_rank(code: str) -> int:
    """Which language goes first where a reader asks for none: Kyrgyz, Russian, English."""
    return {"ky": 0, "ru": 1, "en": 2}.get(code, 3)
