"""From a query to an answer: read it, let the engine find candidates, rank, highlight."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.errors import BadParameter, BadQuery, BeyondWindow, IndexMissing
from kb.language.model import Analyser
from kb.language.thesaurus import Thesaurus
from kb.search.attempts import Attempt, any_of, asked, exactly, fewer, first, mended
from kb.search.engine import FACETS, Candidates, Engine, Request, Word
from kb.search.hits import make_hit
from kb.search.model import FacetCount, Query, Relaxed, Results
from kb.search.query import Parsed, parse_query
from kb.search.ranking import Ranked, Wanted, find_names, make_wanted, put_behind, rank
from kb.search.readings import Reading, mend_layout, read_word, suggest
from kb.search.synonyms import SYNONYM, TRANSLATED, Synonyms
from kb.search.vocabulary import Vocabulary

#: Groups that can be paged through.
WINDOW = 1_000
#: Candidates among which the order is ours; those beyond come behind, in groups of their own order.
TIER = 200
#: Hits that a question in a whole sentence wants, before fewer of its words are required.
_ENOUGH = 5
#: Hits that a query of many words wants where they stand scattered in the best one, which then is often but the unit
#: around what is meant.
_SOME, _MANY_WORDS = 3, 3
_CLOSE, _TOGETHER = 0.9, 0.5
#: Rebuilt indexes that one search may meet and begin anew.
_REBUILDS = 3
#: With fewer hits than this a rare word is doubted.
_FEW = 5


@dataclass(frozen=True, slots=True)
class _Index:
    """What queries are read by: the words of the index, its analyser, and the thesaurus as that reads it."""

    vocabulary: Vocabulary
    analyser: Analyser
    synonyms: Synonyms


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an attempt found."""

    attempt: Attempt
    found: Candidates
    ranked: tuple[Ranked, ...]
    wanted: Wanted


class Searcher:
    """Answers queries from one engine; safe to use from several threads."""

    def __init__(
        self,
        engine: Engine,
        analyser: Analyser,
        *,
        thesaurus: Callable[[], Thesaurus] = Thesaurus,
        query_characters: int = 1_000,
        search_seconds: float = 5.0,
    ) -> None:
        """Search ``engine`` with words analysed by ``analyser``.

        Args:
            engine: finds candidates.
            analyser: the one that the index was made with; the index's own table of stems is put into it.
            thesaurus: gives the thesaurus that holds now, the same object until it changes.
            query_characters: longest query that is taken.
            search_seconds: time after which a query is not loosened any further.
        """
        self._engine = engine
        self._analyser = analyser
        self._thesaurus = thesaurus
        self._query_characters = query_characters
        self._search_seconds = search_seconds
        self._turn = threading.Lock()
        self._read: tuple[Thesaurus, Analyser, Synonyms] | None = None

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
            results = self._search(query, self._index(stems))
            if self._engine.stems() is stems:
                break
        # else another process has put a new index in the old one's place meanwhile
        return results

    def prepare(self) -> None:
        """Read what all searches need, so that the first one need not wait for it.

        Raises:
            IndexMissing: there is no index yet, or it is of another version.
            EngineUnavailable: the engine does not answer.
        """
        self._index(self._engine.stems())

    def _index(self, stems: bytes) -> _Index:
        analyser = self._analyser_of(stems)
        return _Index(self._engine.vocabulary(), analyser, self._synonyms(analyser))

    def _analyser_of(self, stems: bytes) -> Analyser:
        try:
            return self._analyser.frozen(stems)
        except ValueError:
            raise IndexMissing from None

    def _synonyms(self, analyser: Analyser) -> Synonyms:
        """The thesaurus, read anew where it or the analyser has changed."""
        thesaurus = self._thesaurus()
        with self._turn:
            if self._read is None or self._read[0] is not thesaurus or self._read[1] is not analyser:
                self._read = (thesaurus, analyser, Synonyms(thesaurus, analyser))
            return self._read[2]

    def _search(self, query: Query, index: _Index) -> Results:
        started = time.perf_counter()
        text = query.text if query.strict else mend_layout(query.text, index.vocabulary, index.analyser)
        parsed = parse_query(text, query.filters, index.analyser)
        if parsed.empty and query.text.strip() and parsed.filters == query.filters and not parsed.numbers:
            raise BadQuery(reason="no_words")
        answer = self._find(query, parsed, index, started)
        page = answer.ranked[query.offset : query.offset + query.limit]
        answer.found.prepare([one.candidate for one in page])
        mended = () if text == query.text else ((query.text.strip(), text.strip()),)
        return Results(
            query=query.text,
            total=answer.found.total,
            took_ms=round((time.perf_counter() - started) * 1_000, 3),
            relaxed=_relaxed(answer),
            left_out=_left_out(parsed, answer, page) if answer.found.total else (),
            hits=tuple(make_hit(one, answer.wanted) for one in page),
            facets={name: _sort_counts(answer.found.facets[name]) for name in FACETS},
            read_as=mended + _read_as(answer),
            suggestion=_suggestion(text, parsed, answer, index.vocabulary),
        )

    def _find(self, query: Query, parsed: Parsed, index: _Index, started: float) -> _Answer:
        """The strictest attempt that finds enough, or the one that finds most."""
        if query.strict:
            return self._ask(query, parsed, exactly(parsed, index.vocabulary), index)
        attempt = first(parsed, index.vocabulary, index.analyser, index.synonyms)
        if parsed.question:
            attempt = asked(attempt)
        answer = self._ask(query, parsed, attempt, index)
        ways = fewer(attempt.readings, index.vocabulary) if answer.found.total else mended(attempt, index.vocabulary)
        while answer.found.total < _wants(parsed, answer) and time.perf_counter() - started < self._search_seconds:
            way = next(ways, None)
            if way is None:
                break
            looser = self._ask(query, parsed, way, index)
            answer = looser if looser.found.total > answer.found.total else answer
        late = time.perf_counter() - started >= self._search_seconds
        if not (answer.found.total or late) and any(reading.known for reading in attempt.readings):
            return self._ask(query, parsed, any_of(attempt.readings), index)
        return answer

    def _check(self, query: Query) -> None:
        if len(query.text) > self._query_characters:
            raise BadQuery(reason="too_long", limit=self._query_characters)
        for name, value in (("limit", query.limit), ("offset", query.offset)):
            if value < 0:
                raise BadParameter(name=name, value=value)
        if query.offset + query.limit > WINDOW:
            raise BeyondWindow(window=WINDOW)

    def _ask(self, query: Query, parsed: Parsed, attempt: Attempt, index: _Index) -> _Answer:
        excluded = (read_word(word, index.vocabulary, index.analyser, kyrgyz_typed=True) for word in parsed.excluded)
        need = query.offset + query.limit
        request = Request(
            as_of=query.as_of,
            filters=parsed.filters,
            words=tuple(map(_word, attempt.readings)),
            required=attempt.required,
            phrases=parsed.phrases,
            excluded=tuple(Word(tuple(reading.keys)) for reading in excluded),
            excluded_phrases=parsed.excluded_phrases,
            numbers=parsed.numbers,
            documents_only=parsed.empty and not parsed.numbers,
            window=0 if not need and attempt.relaxed is None else WINDOW if need > TIER else TIER,
        )
        found = self._engine.candidates(request)
        wanted = make_wanted(attempt.readings, parsed.phrases, index.vocabulary, definition=parsed.definition)
        if wanted.weights:
            # the first TIER are in the same order on every page
            ranked = put_behind(rank(found.window[:TIER], wanted), rank(found.window[TIER:], wanted))
        else:
            ranked = [Ranked(candidate, candidate.score, frozenset()) for candidate in found.window]
            ranked.sort(key=lambda one: (-one.score, one.candidate.edition, one.candidate.place))
        return _Answer(attempt, found, tuple(ranked), wanted)


def _wants(parsed: Parsed, answer: _Answer) -> int:
    """Number of hits with which a search is content."""
    if parsed.question:
        return _ENOUGH
    readings = answer.attempt.readings
    if not answer.ranked:
        return _SOME if len(readings) >= _MANY_WORDS else 1
    best = answer.ranked[0]
    if len(readings) < _MANY_WORDS:
        # other names that stand far apart are rarely what two words meant
        return 1 if best.direct or best.near >= _TOGETHER or len(readings) == 1 else _SOME
    numbers = {number.lower() for reading in readings if reading.word.numbered for number in reading.numbers}
    everything = len(answer.wanted.weights)
    whole = best.direct and best.near >= _CLOSE and len(best.matched) == everything
    together = any(len(one.matched) == everything and one.near >= _TOGETHER for one in answer.ranked)
    if answer.attempt.relaxed is None and not together:
        # words scattered through long units rarely are what was meant; where most of them stand together may be
        return answer.found.total + 1
    return 1 if whole and (not numbers or (best.candidate.number or "").lower() in numbers) else _SOME


def _word(reading: Reading) -> Word:
    return Word(tuple(reading.keys), reading.numbers, tuple(dict.fromkeys(one.keys for one in reading.also)))


def _relaxed(answer: _Answer) -> Relaxed | None:
    """How the query was loosened until something was found; the best hit tells whether by the other language alone."""
    if answer.found.total and answer.attempt.relaxed is None and answer.ranked:
        worths = answer.ranked[0].worths.values()
        return "other_language" if TRANSLATED in worths else None
    return answer.attempt.relaxed if answer.found.total else None


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


def _read_as(answer: _Answer) -> tuple[tuple[str, str], ...]:
    """Words and what they were read as; by another name only where the best hit has them by that alone."""
    readings = answer.attempt.readings
    found = [(reading.word.typed, reading.read_as) for reading in readings if reading.read_as]
    if answer.ranked and not answer.ranked[0].direct:
        best = answer.ranked[0]
        names: dict[str, list[str]] = {}
        for place, name in sorted(find_names((*best.candidate.heading, *best.candidate.body), answer.wanted).items()):
            if best.worths.get(place, 1.0) <= SYNONYM:
                names.setdefault(name, []).append(readings[place].word.typed)
        found += [(" ".join(typed), name) for name, typed in names.items()]
    return tuple(found)


def _suggestion(text: str, parsed: Parsed, answer: _Answer, vocabulary: Vocabulary) -> str | None:
    """The query with rare words as the index usually has them, where little was found and nothing was mended."""
    if answer.found.total >= _FEW or (answer.found.total and answer.attempt.relaxed):
        return None
    named = {reading.word.typed for reading in answer.attempt.readings if reading.also or reading.read_as}
    meant = text.strip()
    for word in parsed.words:
        usual = suggest(word, vocabulary) if word.required and word.typed not in named else None
        if usual:
            meant = meant.replace(word.typed, usual, 1)
    return meant if meant != text.strip() else None


def _sort_counts(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Most first, of equal ones by value."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value, count) for value, count in ordered if count)
