"""From a query to an answer: read it, let the engine find candidates, rank, highlight."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.errors import BadParameter, BadQuery, BeyondWindow, IndexMissing
from kb.language.model import Analyser
from kb.search.engine import FACETS, Candidates, Engine, Request, Word
from kb.search.hits import make_hit
from kb.search.model import FacetCount, Query, Relaxed, Results
from kb.search.query import Parsed, parse_query
from kb.search.ranking import Ranked, Wanted, make_wanted, rank
from kb.search.readings import Reading, mend_layout, read_misspelt, read_word
from kb.search.vocabulary import FOLDED, Vocabulary

#: Groups that can be paged through.
WINDOW = 1_000
#: Candidates among which the order is ours; those beyond come behind, in groups of their own order.
TIER = 200
_RAREST = 4
#: Rebuilt indexes that one search may meet and begin anew.
_REBUILDS = 3
#: Hits that a question in a whole sentence wants, before fewer of its words are required.
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way to ask for the query: its words, how many are required, and how that was loosened."""

    readings: tuple[Reading, ...]
    required: int
    relaxed: Relaxed | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an attempt found."""

    attempt: _Attempt
    found: Candidates
    ranked: tuple[Ranked, ...]
    wanted: Wanted


class Searcher:
    """Answers queries from one engine; safe to use from several threads."""

    def __init__(
        self, engine: Engine, analyser: Analyser, *, query_characters: int = 1_000, search_seconds: float = 5.0
    ) -> None:
        """Search ``engine`` with words analysed by ``analyser``.

        Args:
            engine: finds candidates.
            analyser: the one that the index was made with; the index's own table of stems is put into it.
            query_characters: longest query that is taken.
            search_seconds: time after which a query is not loosened any further.
        """
        self._engine = engine
        self._analyser = analyser
        self._query_characters = query_characters
        self._search_seconds = search_seconds

    def search(self, query: Query) -> Results:
        """Answer a query.

        Args:
            query: what is asked. Without words the documents that fit the filters are listed, newest first.

        Raises:
            BadQuery: the text is too long or holds no word (``reason`` is ``too_long`` or ``no_words``), or a field
                in it has a value that it cannot have (``field``).
            BadParameter: ``limit`` or ``offset`` is below 0.
            BeyondWindow: ``offset`` and ``limit`` reach past ``window`` groups.
            IndexMissing: there is no index yet, or it is of another version.
            EngineUnavailable: the engine does not answer.
        """
        self._check(query)
        for _ in range(_REBUILDS):
            stems = self._engine.stems()
            results = self._search(query, self._analyser_of(stems))
            if self._engine.stems() is stems:
                break
        # else another process has put a new index in the old one's place meanwhile
        return results

    def _analyser_of(self, stems: bytes) -> Analyser:
        try:
            return self._analyser.frozen(stems)
        except ValueError:
            raise IndexMissing from None

    def _search(self, query: Query, analyser: Analyser) -> Results:
        started = time.perf_counter()
        vocabulary = self._engine.vocabulary()
        text = mend_layout(query.text, vocabulary, analyser)
        parsed = parse_query(text, query.filters, analyser)
        if parsed.empty and query.text.strip() and parsed.filters == query.filters and not parsed.numbers:
            raise BadQuery(reason="no_words")
        attempts = self._attempts(parsed, vocabulary, analyser)
        answer = self._ask(query, parsed, next(attempts), vocabulary, analyser)
        enough = _ENOUGH if parsed.question else 1
        while answer.found.total < enough and time.perf_counter() - started < self._search_seconds:
            attempt = next(attempts, None)
            if attempt is None:
                break
            looser = self._ask(query, parsed, attempt, vocabulary, analyser)
            answer = looser if looser.found.total > answer.found.total else answer
        page = answer.ranked[query.offset : query.offset + query.limit]
        mended = () if text == query.text else ((query.text.strip(), text.strip()),)
        return Results(
            query=query.text,
            total=answer.found.total,
            took_ms=round((time.perf_counter() - started) * 1_000, 3),
            relaxed=answer.attempt.relaxed if answer.found.total else None,
            left_out=_left_out(parsed, answer, page) if answer.found.total else (),
            hits=tuple(make_hit(one, answer.wanted) for one in page),
            facets={name: _sort_counts(answer.found.facets[name]) for name in FACETS},
            read_as=mended + _read_as(answer.attempt.readings),
        )

    def _check(self, query: Query) -> None:
        if len(query.text) > self._query_characters:
            raise BadQuery(reason="too_long", limit=self._query_characters)
        for name, value in (("limit", query.limit), ("offset", query.offset)):
            if value < 0:
                raise BadParameter(name=name, value=value)
        if query.offset + query.limit > WINDOW:
            raise BeyondWindow(window=WINDOW)

    def _attempts(self, parsed: Parsed, vocabulary: Vocabulary, analyser: Analyser) -> Iterator[_Attempt]:
        """Ways to ask, strictest first: all words; with misspelt ones; with fewer of them."""
        required = [word for word in parsed.words if word.required]
        kyrgyz = any(letter in word.surface for word in parsed.words for letter in FOLDED)
        exact = tuple(read_word(word, vocabulary, analyser, kyrgyz_typed=kyrgyz) for word in required)
        yield _Attempt(exact, len(exact), None)
        misspelt = tuple(read_misspelt(reading, vocabulary) for reading in exact)
        if misspelt != exact:
            yield _Attempt(misspelt, len(misspelt), "typos")
        known = tuple(reading for reading in misspelt if reading.known)
        if known and len(known) < len(exact):
            yield _Attempt(known, len(known), "fewer_words")
        for count in sorted({len(known) - 1, math.ceil(len(known) / 2)}, reverse=True):
            if 0 < count < len(known):
                yield _Attempt(known, count, "fewer_words")
        if len(known) > _RAREST:
            rarest = sorted(known, key=lambda reading: _commonness(reading, vocabulary))[:_RAREST]
            yield _Attempt(tuple(rarest), 2, "fewer_words")

    def _ask(
        self, query: Query, parsed: Parsed, attempt: _Attempt, vocabulary: Vocabulary, analyser: Analyser
    ) -> _Answer:
        excluded = (read_word(word, vocabulary, analyser, kyrgyz_typed=True) for word in parsed.excluded)
        need = query.offset + query.limit
        request = Request(
            as_of=query.as_of,
            filters=parsed.filters,
            words=tuple(Word(tuple(reading.keys), reading.numbers) for reading in attempt.readings),
            required=attempt.required,
            phrases=parsed.phrases,
            excluded=tuple(Word(tuple(reading.keys)) for reading in excluded),
            excluded_phrases=parsed.excluded_phrases,
            numbers=parsed.numbers,
            documents_only=parsed.empty and not parsed.numbers,
            window=0 if not need and attempt.relaxed is None else WINDOW if need > TIER else TIER,
        )
        found = self._engine.candidates(request)
        wanted = make_wanted(attempt.readings, parsed.phrases, vocabulary)
        if wanted.weights:
            ranked = _rank_tiers(found, wanted)
        else:
            ranked = [Ranked(candidate, candidate.score, frozenset()) for candidate in found.window]
            ranked.sort(key=lambda one: (-one.score, one.candidate.edition, one.candidate.place))
        return _Answer(attempt, found, tuple(ranked), wanted)


def _rank_tiers(found: Candidates, wanted: Wanted) -> list[Ranked]:
    """All of the window in order: the first TIER as on the first page, the others behind them."""
    ranked = rank(found.window[:TIER], wanted)
    behind = rank(found.window[TIER:], wanted)
    if ranked and behind:
        scale = min(1.0, ranked[-1].score / (behind[0].score or 1.0))
        ranked += [replace(one, score=one.score * scale) for one in behind]
    return ranked


def _commonness(reading: Reading, vocabulary: Vocabulary) -> int:
    return max(map(vocabulary.frequency, reading.keys), default=0)


def _left_out(parsed: Parsed, answer: _Answer, page: Sequence[Ranked]) -> tuple[str, ...]:
    """Words that some hit of the page lacks, as typed; without a page those that the best hits lack."""
    if answer.attempt.relaxed != "fewer_words":
        return ()
    hits = page or answer.ranked[:1]
    kept = {
        reading.word.typed
        for place, reading in enumerate(answer.attempt.readings)
        if all(place in one.matched for one in hits)
    }
    return tuple(word.typed for word in parsed.words if word.required and word.typed not in kept)


def _read_as(readings: Sequence[Reading]) -> tuple[tuple[str, str], ...]:
    return tuple((reading.word.typed, reading.read_as) for reading in readings if reading.read_as)


def _sort_counts(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Most first, of equal ones by value."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value, count) for value, count in ordered if count)
