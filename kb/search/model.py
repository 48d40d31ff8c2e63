"""What a search is asked and what it answers, the same for both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Relaxed = Literal["typos", "fewer_words", "other_language"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be; an empty tuple or None asks for nothing, several values of one field mean any of them.

    Attributes:
        kind: values of Kind.
        lang: ``ky``, ``ru``.
        status: values of Status (effective).
        year: years of the act's date.
        body: bodies as the facet shows them.
        topic: slugs of TOPICS.
        official: True or False, None for both.
        act: URI of the act to search in.
        date_from: earliest date of the act, inclusive.
        date_to: latest date of the act, inclusive.
    """

    kind: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    body: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    official: bool | None = None
    act: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it is asked.

    Attributes:
        text: the words as typed.
        filters: what hits must be.
        as_of: the day whose law is asked for.
        limit: groups on a page, 0 for counts alone.
        offset: groups before the page.
        strict: whether hits must have all words as they were typed, in any of their forms: nothing is mended, left
            out or called otherwise.
    """

    text: str
    as_of: dt.date
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    strict: bool = False


@dataclass(frozen=True, slots=True)
class FurtherPoint:
    """Another unit of the same group that the query finds; ``snippet`` is escaped HTML with ``<mark>``."""

    eid: str
    level: str
    number: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A group of units, or a whole document.

    Attributes:
        act: URI of the act.
        edition: URI of the edition.
        title: title of the act in the edition's language.
        act_kind: kind of the act, its number and date beside it, for the hit's first line.
        act_number: number of the act, or None.
        act_date: date of the act, or None.
        eid: eId of the group's best unit, None for a whole document.
        level: level of that unit, None for a whole document.
        number: its number.
        heading: its heading.
        path: what is around it, outermost first, as print names it (``Глава 3. Бюджет``, ``3-глава. Бюджет``).
        lang: ``ky`` or ``ru``.
        status: its effective status.
        official: whether the text is official.
        score: what the order was made by; falls from hit to hit.
        snippet: two lines of its text, escaped HTML with ``<mark>``.
        more: further units of the group.
    """

    act: str
    edition: str
    title: str
    act_kind: str
    act_number: str | None
    act_date: dt.date | None
    eid: str | None
    level: str | None
    number: str | None
    heading: str | None
    path: tuple[str, ...]
    lang: str
    status: str
    official: bool
    score: float
    snippet: str
    more: tuple[FurtherPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many groups have a value of a facet."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query.

    Attributes:
        query: the words as typed.
        total: number of groups found.
        took_ms: time that it took, in milliseconds.
        relaxed: how the query was loosened until something was found, or None.
        left_out: words of the query that no hit needs to have, as typed.
        hits: the page of groups, best first.
        facets: counts by facet (kind, lang, status, year, body, topic, official) and value, most first;
            each facet's counts disregard the facet's own filter.
        read_as: words of the query as typed, and as they were read where letters were missing, wrong or of another
            keyboard, or where nothing was found but what has another name for them.
        suggestion: the query as it was perhaps meant, or None.
    """

    query: str
    total: int
    took_ms: float
    relaxed: Relaxed | None
    left_out: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    read_as: tuple[tuple[str, str], ...] = ()
    cited: int = 0
    suggestion: str | None = None
