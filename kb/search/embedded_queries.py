"""A request as tantivy queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import tantivy

from kb.search.compounds import Compounds, compound
from kb.search.embedded_schema import SCHEMA, UNDATED
from kb.search.engine import Request, Word
from kb.search.model import Filters

_Query = tantivy.Query
_Must, _Should, _MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_TEXTS = ("title", "heading", "text")
#: Weight of what only stands for a word, beside the word itself.
_LESS = 0.05
_DAYS = tantivy.FieldType.Integer


def build_query(searcher: Any, request: Request, compounds: Compounds) -> Any:
    """The query that a request's records match, in an index that knows ``compounds``.

    It scores by words and phrases alone.
    """
    words = _Words(searcher, compounds)
    clauses = [(_Must, query) for query in _positive(words, request)]
    if not clauses:
        sorts = ("document",) if request.documents_only else ("document", "unit")
        clauses.append((_Must, _any("sort", sorts)))
    elif request.documents_only:
        clauses.append((_Must, _unscored(_any("sort", ("document",)))))
    clauses += [(_Must, _unscored(query)) for query in _conditions(request)]
    clauses += [(_MustNot, query) for query in _other_days(request.as_of)]
    clauses += [(_MustNot, words.query(word)) for word in request.excluded]
    clauses += [(_MustNot, _phrase(phrase)) for phrase in request.excluded_phrases]
    return _Query.boolean_query(clauses)


def facet_queries(
    searcher: Any, request: Request, compounds: Compounds, query: Any
) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Queries whose matches are counted, and the facets that each is counted for.

    The request's own ``query`` for all facets without a filter of their own, and one more for each that has one.
    """
    filters = request.filters
    chosen = [name for name in request.facets if getattr(filters, name) not in ((), None)]
    free = tuple(name for name in request.facets if name not in chosen)
    if free:
        yield query, free
    for name in chosen:
        nothing: dict[str, Any] = {name: None if name == "official" else ()}
        yield build_query(searcher, replace(request, filters=replace(filters, **nothing)), compounds), (name,)


def _positive(known: _Words, request: Request) -> Iterator[Any]:
    """What must match, and gives the score."""
    if request.words:
        words = list(map(known.query, request.words))
        required = min(max(request.required, 1), len(words))
        if required == len(words):
            yield from words
        else:
            yield _Query.boolean_query([(_Should, word) for word in words], minimum_number_should_match=required)
        if any(map(known.in_titles, request.words)):
            # an act's title alone would make each of its units a hit
            yield _unscored(_either([known.query(word, titles=False) for word in request.words]))
    yield from map(_phrase, request.phrases)


def _other_days(as_of: dt.date) -> Iterator[Any]:
    """What is not valid yet or no longer: few records, while a condition that nearly all fulfil slows each query."""
    day = as_of.toordinal()
    yield _Query.range_query(SCHEMA, "valid_from", _DAYS, lower_bound=day, include_lower=False)
    yield _Query.range_query(SCHEMA, "valid_until", _DAYS, upper_bound=day)


def _conditions(request: Request) -> Iterator[Any]:
    yield from _filters(request.filters)
    if request.numbers:
        yield _either([_any("number", request.numbers), _any("act_number", request.numbers)])


def _filters(filters: Filters) -> Iterator[Any]:
    for field in ("kind", "lang", "status", "body", "topic"):
        if values := getattr(filters, field):
            yield _any(field, values)
    if filters.year:
        yield _any("year", map(str, filters.year))
    if filters.official is not None:
        yield _any("official", ("true" if filters.official else "false",))
    if filters.act is not None:
        yield _any("act", (filters.act,))
    if filters.date_from or filters.date_to:
        first = filters.date_from.toordinal() if filters.date_from else UNDATED + 1
        last = filters.date_to.toordinal() if filters.date_to else None
        yield _Query.range_query(SCHEMA, "recency", _DAYS, lower_bound=first, upper_bound=last)


class _Words:
    """Words of a request as queries to one state of an index."""

    def __init__(self, searcher: Any, compounds: Compounds) -> None:
        self._searcher = searcher
        self._compounds = compounds

    def query(self, word: Word, *, titles: bool = True) -> Any:
        """Any key of a word in heading, text or title, or one of its numbers as the record's own."""
        found = [_term("own_keys", key) for key in word.keys if self._holds("own_keys", key)]
        if titles:
            found += [_term("title_keys", key) for key in word.keys if self._holds("title_keys", key)]
        found += [_term("number", number.lower()) for number in word.numbers]
        others = [self._name(keys) for keys in word.also if keys not in [(key,) for key in word.keys]]
        found += [_Query.boost_query(query, _LESS) for query in others if query is not None]
        return _either(found)

    def in_titles(self, word: Word) -> bool:
        """Whether a title has the word."""
        return any(self._holds("title_keys", key) for key in word.keys)

    def _name(self, keys: tuple[str, ...]) -> Any:
        """Keys side by side or with one word between two of them; None where no record has them."""
        if keys in self._compounds:
            name = compound(keys)
            return _term("compounds", name) if self._holds("compounds", name) else None
        if not all(self._holds("own_keys", key) for key in keys):
            return None
        if len(keys) == 1:
            return _term("own_keys", keys[0])
        # one phrase for each place of the word between: of a phrase with slop tantivy counts more than it finds
        gaps = range(1, len(keys) + 1)
        return _either([_spaced("own_keys", keys, gap) for gap in gaps])

    def _holds(self, field: str, value: str) -> bool:
        return bool(self._searcher.doc_freq(field, value))


def _spaced(field: str, keys: Sequence[str], gap: int) -> Any:
    """Keys side by side, but with one other word before the key at ``gap`` where there is such a key."""
    placed: list[str | tuple[int, str]] = [(place + (place >= gap), key) for place, key in enumerate(keys)]
    return _Query.phrase_query(SCHEMA, field, placed)


def _phrase(surfaces: Sequence[str]) -> Any:
    """Forms side by side in one field; tantivy's own phrase needs two."""
    if len(surfaces) == 1:
        return _either([_term(field, surfaces[0]) for field in _TEXTS])
    return _either([_Query.phrase_query(SCHEMA, field, list(surfaces)) for field in _TEXTS])


def _any(field: str, values: Iterable[str]) -> Any:
    return _either([_term(field, value.lower() if field.endswith("number") else value) for value in values])


def _term(field: str, value: str) -> Any:
    return _Query.term_query(SCHEMA, field, value, "freq")


def _either(queries: Sequence[Any]) -> Any:
    if not queries:
        return _Query.empty_query()
    return queries[0] if len(queries) == 1 else _Query.boolean_query([(_Should, query) for query in queries])


def _unscored(query: Any) -> Any:
    return _Query.const_score_query(query, 0.0)
