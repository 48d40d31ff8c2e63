"""A request as tantivy queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import tantivy

from kb.search.embedded_schema import SCHEMA, UNDATED
from kb.search.engine import Request, Word
from kb.search.model import Filters

_Query = tantivy.Query
_Must, _Should, _MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_TEXTS = ("title", "heading", "text")
#: Weight of what only stands for a word, beside the word itself.
_LESS = 0.05
_DAYS = tantivy.FieldType.Integer


def build_query(searcher: Any, request: Request) -> Any:
    """The query that a request's records match; it scores by words and phrases alone."""
    clauses = [(_Must, query) for query in _positive(searcher, request)]
    if not clauses:
        sorts = ("document",) if request.documents_only else ("document", "unit")
        clauses.append((_Must, _any("sort", sorts)))
    elif request.documents_only:
        clauses.append((_Must, _unscored(_any("sort", ("document",)))))
    clauses += [(_Must, _unscored(query)) for query in _conditions(request)]
    clauses += [(_MustNot, _word(searcher, word)) for word in request.excluded]
    clauses += [(_MustNot, _phrase(phrase)) for phrase in request.excluded_phrases]
    return _Query.boolean_query(clauses)


def facet_queries(searcher: Any, request: Request) -> Iterator[tuple[Any, tuple[str, ...], bool]]:
    """Queries whose matches are counted, the facets that each is counted for, and whether they have a filter.

    One for all facets without a filter of their own, and one more for each that has one.
    """
    filters = request.filters
    chosen = [name for name in request.facets if getattr(filters, name) not in ((), None)]
    free = tuple(name for name in request.facets if name not in chosen)
    if free:
        yield build_query(searcher, request), free, False
    for name in chosen:
        nothing: dict[str, Any] = {name: None if name == "official" else ()}
        yield build_query(searcher, replace(request, filters=replace(filters, **nothing))), (name,), True


def _positive(searcher: Any, request: Request) -> Iterator[Any]:
    """What must match, and gives the score."""
    if request.words:
        words = [_word(searcher, word) for word in request.words]
        required = min(max(request.required, 1), len(words))
        if required == len(words):
            yield from words
        else:
            yield _Query.boolean_query([(_Should, word) for word in words], minimum_number_should_match=required)
        if any(_in_titles(searcher, word) for word in request.words):
            # an act's title alone would make each of its units a hit
            yield _unscored(_either([_word(searcher, word, titles=False) for word in request.words]))
    yield from map(_phrase, request.phrases)


def _conditions(request: Request) -> Iterator[Any]:
    day = request.as_of.toordinal()
    yield _Query.range_query(SCHEMA, "valid_from", _DAYS, upper_bound=day)
    yield _Query.range_query(SCHEMA, "valid_until", _DAYS, lower_bound=day, include_lower=False)
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


def _word(searcher: Any, word: Word, *, titles: bool = True) -> Any:
    """Any key of a word in heading, text or title, or one of its numbers as the record's own."""
    found = [_term("own_keys", key) for key in word.keys if searcher.doc_freq("own_keys", key)]
    if titles:
        found += [_term("title_keys", key) for key in word.keys if searcher.doc_freq("title_keys", key)]
    found += [_term("number", number.lower()) for number in word.numbers]
    known = [keys for keys in word.also if all(searcher.doc_freq("own_keys", key) for key in keys)]
    found += [_Query.boost_query(_sequence(keys), _LESS) for keys in known]
    return _either(found)


def _sequence(keys: Sequence[str]) -> Any:
    if len(keys) == 1:
        return _term("own_keys", keys[0])
    return _Query.phrase_query(SCHEMA, "own_keys", list(keys), slop=1)


def _in_titles(searcher: Any, word: Word) -> bool:
    return any(searcher.doc_freq("title_keys", key) for key in word.keys)


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
