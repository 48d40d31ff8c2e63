"""Search: what a query cites comes first, what its words find below it."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kb.citations.model import Citation, Step
from kb.citations.query import QueryCitation, read_query
from kb.citations.resolve import candidates
from kb.citations.walk import top_levels, walk
from kb.documents import Kind
from kb.errors import IndexMissing, Unavailable
from kb.language.model import Language
from kb.search.hits import hit_of
from kb.search.model import FacetCount, Filters, Hit, Query, Results
from kb.search.records import Record
from kb.search.searcher import WINDOW
from kb.storage.repository import Library
from kb.usecases.citing import LibraryLookup

_log = logging.getLogger(__name__)

#: Units or acts that a citation without a sure act may lead to.
MOST = 3
#: Groups looked at for what is cited, so that it is not counted twice.
_LOOKED_AT = 50
#: Places tried before giving up on a unit that many acts might have.
_TRIED = 20


class WordSearcher(Protocol):
    """Answers queries by their words."""

    def search(self, query: Query) -> Results:
        """Groups that answer the query, best first."""
        ...

    def prepare(self) -> None:
        """Read what all searches need."""
        ...


class Records(Protocol):
    """Where the index's records are had."""

    def record(self, edition: str, eid: str | None) -> Record | None:
        """The group record of a unit, or of a whole document."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """What a query cites: an edition, and a unit of it or None for the whole."""

    edition: str
    eid: str | None


class CitationSearcher:
    """Answers queries, those that are citations by what they cite; safe to use from several threads."""

    def __init__(self, words: WordSearcher, records: Records, library: Library) -> None:
        """Search by ``words``, and by citation in ``library``, hits being made of the index's ``records``."""
        self._words = words
        self._records = records
        self._library = library

    def search(self, query: Query) -> Results:
        """Answer a query.

        A unit or act that the query cites comes first, and not again below; it is counted once. Filters and the day
        asked for hold for it too. Raises as ``kb.search.searcher.Searcher.search``.
        """
        started = time.perf_counter()
        read = read_query(query.text)
        cited = self._cited(read, query) if read else []
        if not cited or query.offset < 0 or query.limit < 0 or query.offset + query.limit > WINDOW:
            return self._words.search(query)
        need = query.offset + query.limit
        looked = min(max(need + len(cited), _LOOKED_AT), WINDOW)
        found = self._words.search(replace(query, offset=0, limit=looked))
        merged = _merge(found, cited, query)
        return replace(merged, took_ms=round((time.perf_counter() - started) * 1_000, 3))

    def prepare(self) -> None:
        """Read what all searches need, so that the first one need not wait for it; nothing where there is no index."""
        try:
            self._words.prepare()
        except Unavailable:
            _log.info("there is no index yet that searches could be prepared for")

    def targets(self, read: QueryCitation, *, filters: Filters, as_of: dt.date) -> list[Target]:
        """What a citation leads to on a day, the most general law first.

        Args:
            read: the query as read.
            filters: its language and act decide which editions are led to.
            as_of: the day.
        """
        language = Language(filters.lang[0]) if len(filters.lang) == 1 else read.language
        lookup = LibraryLookup(self._library, language, as_of)
        found = _targets(read.citation, lookup, filters.act)
        return list(dict.fromkeys(found))

    def _cited(self, read: QueryCitation, query: Query) -> list[_Cited]:
        found: dict[str, _Cited] = {}
        for target in self.targets(read, filters=query.filters, as_of=query.as_of):
            record = self._group(target)
            if record is not None and _fits(record, query.filters, query.as_of):
                found.setdefault(record.id, _Cited(record, target.eid))
            if len(found) == MOST:
                break
        return list(found.values())

    def _group(self, target: Target) -> Record | None:
        """Record of the group that a unit belongs to, None where the index does not have it yet."""
        steps = target.eid.split("__") if target.eid else []
        try:
            for length in range(len(steps), 0, -1):
                record = self._records.record(target.edition, "__".join(steps[:length]))
                if record is not None:
                    return record
            return None if steps else self._records.record(target.edition, None)
        except IndexMissing:
            return None


@dataclass(frozen=True, slots=True)
class _Cited:
    """A cited unit and the record of its group."""

    record: Record
    eid: str | None


def _targets(citation: Citation, lookup: LibraryLookup, act: str | None) -> Iterator[Target]:
    path = citation.units[0].path if citation.units else ()
    if citation.act is None or not citation.act.telling:
        yield from _everywhere(citation, path, lookup, act)
        return
    acts = candidates(citation.act, lookup)
    editions = [lookup.edition(one.act) for one in acts if act is None or one.act == act]
    held = [edition for edition in editions if edition is not None][:_TRIED]
    if not path:
        yield from (Target(edition, None) for edition in held)
        return
    paths = [unit.path for unit in citation.units][:MOST]
    walked = [(edition, *walk(one, lookup, edition, attached=True)) for edition in held for one in paths]
    exact = [Target(edition, eid) for edition, eids, whole in walked if whole for eid in eids[:MOST]]
    near = [Target(edition, eids[0] if eids else None) for edition, eids, _ in walked]
    yield from exact or near


def _everywhere(citation: Citation, path: Sequence[Step], lookup: LibraryLookup, act: str | None) -> Iterator[Target]:
    """A unit whose act is not named: in all acts that have it."""
    if not path or path[0].number is None:
        return
    step = path[0]
    numbers = [step.number or ""]
    if step.doubtful:
        numbers.append(f"{step.number}-{step.until}")
    if act is not None:
        edition = lookup.edition(act)
        places = [edition] if edition else []
    else:
        kinds = _kinds(citation)
        found = lookup.everywhere(top_levels(step.level), numbers)
        places = list(dict.fromkeys(place.edition for place in found if kinds is None or place.act.kind in kinds))
    exact = 0
    for edition in places[:_TRIED]:
        eids, whole = walk(path, lookup, edition, attached=True)
        if whole and eids:
            yield Target(edition, eids[0])
            exact += 1
        if exact == MOST:
            return


def _kinds(citation: Citation) -> frozenset[Kind] | None:
    """Kinds of act that the query's noun may mean, None for any; people call a model charter a charter."""
    kind = citation.act.kind if citation.act else None
    if kind is Kind.CHARTER:
        return frozenset({Kind.CHARTER, Kind.MODEL_CHARTER})
    return None if kind is None else frozenset({kind})


def _fits(record: Record, filters: Filters, as_of: dt.date) -> bool:
    """Whether a record is what the filters ask for, on the day asked for."""
    asked: tuple[tuple[Sequence[object], object], ...] = (
        (filters.kind, record.kind),
        (filters.lang, record.lang),
        (filters.status, record.status),
        (filters.year, record.act_date.year if record.act_date else None),
        (filters.body, record.body),
    )
    if any(wanted and value not in wanted for wanted, value in asked):
        return False
    if filters.topic and not set(filters.topic) & set(record.topics):
        return False
    if filters.official is not None and record.official is not filters.official:
        return False
    if filters.act is not None and record.act != filters.act:
        return False
    if not _between(record.act_date, filters.date_from, filters.date_to):
        return False
    begun = record.valid_from is None or record.valid_from <= as_of
    return begun and (record.valid_until is None or as_of < record.valid_until)


def _between(date: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None and last is None:
        return True
    return date is not None and (first is None or first <= date) and (last is None or date <= last)


def _merge(found: Results, cited: Sequence[_Cited], query: Query) -> Results:
    """The page with what is cited first and nothing twice."""
    best = found.hits[0].score if found.hits else 0.0
    first = [hit_of(one.record, one.eid, score=best) for one in cited]
    groups = {(one.record.edition, one.record.eid) for one in cited}
    below = [hit for hit in found.hits if not any(_is_of(hit, group) for group in groups)]
    again = [group for group in groups if any(_is_of(hit, group) for hit in found.hits)]
    new = [one for one in cited if (one.record.edition, one.record.eid) not in again]
    hits = (*first, *below)[query.offset : query.offset + query.limit]
    return replace(
        found,
        total=found.total + len(new),
        # The query is answered by what it cites; that its words were loosened to find more below is no news.
        relaxed=None,
        left_out=(),
        hits=tuple(hits),
        facets=_count(found.facets, [one.record for one in new]),
        cited=max(0, min(len(first), query.offset + query.limit) - query.offset),
    )


def _is_of(hit: Hit, group: tuple[str, str | None]) -> bool:
    edition, eid = group
    if hit.edition != edition or (hit.eid is None) != (eid is None):
        return False
    # A subclause is a group of its own, though its address is below its clause's.
    return hit.eid == eid or (
        eid is not None and (hit.eid or "").startswith(f"{eid}__") and "subcl_" not in (hit.eid or "")[len(eid) :]
    )


def _count(
    facets: Mapping[str, tuple[FacetCount, ...]], records: Sequence[Record]
) -> dict[str, tuple[FacetCount, ...]]:
    """Counts with those of records that the words did not find."""
    made = dict(facets)
    for record in records:
        values: dict[str, tuple[str, ...]] = {
            "kind": (record.kind,),
            "lang": (record.lang,),
            "status": (record.status,),
            "year": (str(record.act_date.year),) if record.act_date else (),
            "body": (record.body,) if record.body else (),
            "topic": record.topics,
            "official": (str(record.official).lower(),),
        }
        for name, counts in made.items():
            told = {one.value: one.count for one in counts}
            for value in values.get(name, ()):
                told[value] = told.get(value, 0) + 1
            ordered = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
            made[name] = tuple(FacetCount(value, count) for value, count in ordered)
    return made
