"""How a request is put to Meilisearch, and its answers put together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.search.compounds import Compounds
from kb.search.engine import Candidate, Candidates, Request, Word
from kb.search.meilisearch_queries import (
    Conditions,
    Known,
    conditions,
    in_pieces,
    needs_a_look,
    tiers,
    without_filter,
)
from kb.search.meilisearch_records import decode_candidate, read_facet
from kb.search.records import Record
from kb.search.stopwords import is_stop_word
from kb.search.vocabulary import Vocabulary

_Query = Mapping[str, Any]
_Answer = Mapping[str, Any]
#: Records that are all asked for, so that none must be chosen; a window is at least as large.
_FEW = 200
#: Records that a tier brings at least; a smaller one is asked for with the next where all of both are wanted.
_WORTH_ASKING = 40
#: How often records that do not match after all are looked for.
_LOOKS = 4
#: Records with the pieces of an excluded phrase that are looked at.
_MOST_KEPT = 1_000


class Search:
    """One request and what is asked for it."""

    def __init__(
        self,
        ask: Callable[[Sequence[_Query]], Sequence[_Answer]],
        index: str,
        request: Request,
        vocabulary: Vocabulary,
        load: Callable[[Sequence[str]], Mapping[str, Record]],
    ) -> None:
        """Prepare a search.

        Args:
            ask: gives the answers to some queries.
            index: uid of the index.
            request: what is asked.
            vocabulary: words of the index.
            load: gives the whole records of some ids.
        """
        self._ask = ask
        self._index = index
        self._request = request
        self._vocabulary = vocabulary
        self._load_all = load
        self._loaded: dict[str, Record] = {}
        self._compounds = Compounds(name for word in request.words for name in word.also)
        self._read_keys: dict[tuple[str, str], str] = {}
        self._forms = [{form for key in word.keys for form in vocabulary.forms(key)} for word in request.words]
        self._weights = [self._weigh(word) for word in request.words]
        self._leading = request if request.words else self._by_phrases()

    def run(self) -> Candidates:
        """The answer."""
        known = Known(kept=self._kept())
        for _ in range(_LOOKS):
            found, seen = self._fetch(known)
            wrong = frozenset(one.id for one in seen if not self._matches(one))
            if not wrong:
                break
            known = replace(known, out=known.out | wrong)
        return found

    def _fetch(self, known: Known) -> tuple[Candidates, list[Candidate]]:
        """The answer by what is known so far, and those of all records that it counts which need a look."""
        request = self._request
        doubted = needs_a_look(request)
        wanted = request.skip + request.window if request.window else 0
        likely = self._likely()
        limit = 0 if likely > _FEW else max(wanted, _FEW) if doubted else wanted
        expressions = conditions(request, self._weights, known)
        chosen = [name for name in request.facets if getattr(request.filters, name) not in ((), None)]
        queries = [self._query(expressions, limit, [name for name in request.facets if name not in chosen])]
        for name in chosen:
            wider = conditions(without_filter(request, name), self._weights, known)
            queries.append(self._query(wider, _FEW if doubted else 0, [name]))
        parted = self._tiers() if wanted and likely > _FEW else []
        answers = self._ask([*queries, *self._tier_queries(expressions, parted)])
        answers, counted = answers[: len(queries)], answers[len(queries) :]
        total = int(answers[0]["estimatedTotalHits"])
        seen = [one for answer in answers for one in self._read(answer["hits"], 0)] if doubted else []
        if not (wanted and self._leading.words) or (limit and total <= _FEW):
            window = self._read(answers[0]["hits"], 0)[:wanted]
        elif total <= _FEW:
            window = self._read(self._ask([self._query(expressions, wanted)])[0]["hits"], 0)
        else:
            if not parted:
                parted = self._tiers()
                counted = self._ask(self._tier_queries(expressions, parted)) if parted else []
            counts = [int(answer["estimatedTotalHits"]) for answer in counted]
            window = self._fetch_parted(expressions, parted, [*counts, total], wanted)
        found = Candidates(tuple(window[request.skip :]), total, self._count(answers), self._prepare)
        return found, [*seen, *window] if doubted else []

    def _by_phrases(self) -> Request:
        """The request as one for the words of its phrases, by which its records are parted where it has no words."""
        forms = [form for phrase in self._request.phrases for form in phrase if not is_stop_word(form)]
        keys = [tuple({entry.key for entry in self._vocabulary.lookup(form)}) for form in dict.fromkeys(forms)]
        words = tuple(Word(one) for one in keys if one)
        return replace(self._request, words=words, required=len(words))

    def _tiers(self) -> list[str]:
        return tiers(self._leading, [self._weigh(word) for word in self._leading.words])

    def _tier_queries(self, expressions: Conditions, parted: Sequence[str]) -> list[_Query]:
        return [self._query([*expressions, tier], 0) for tier in parted]

    def _count(self, answers: Sequence[_Answer]) -> dict[str, dict[str, int]]:
        facets: dict[str, dict[str, int]] = {name: {} for name in self._request.facets}
        for answer in answers:
            for name, values in (answer.get("facetDistribution") or {}).items():
                facets[name] = {read_facet(name, value): int(count) for value, count in values.items()}
        return facets

    def _likely(self) -> float:
        """Number of records that match if words stand beside each other by chance, 0 where that tells nothing."""
        request = self._request
        if not request.words or request.required < len(request.words):
            return 0.0
        records = max(self._vocabulary.records(), 1)
        found = float(records)
        for word in request.words:
            if not word.numbers:
                held = sum(map(self._vocabulary.frequency, word.keys)) + self._named(word)
                found *= min(held / records, 1.0)
        return found

    def _named(self, word: Word) -> int:
        """Number of records that have a word by its other names, at most."""
        return sum(min(map(self._vocabulary.frequency, name)) for name in word.also)

    def _fetch_parted(
        self, expressions: Conditions, parted: Sequence[str], counts: Sequence[int], wanted: int
    ) -> list[Candidate]:
        """The best records: those of each tier that no better one holds, until there are enough."""
        queries: list[_Query] = []
        reached, better = 0, ""
        for place, count in enumerate(counts):
            tier = parted[place] if place < len(parted) else ""
            with_next = tier and count - reached < _WORTH_ASKING and counts[place + 1] <= _FEW
            if reached < wanted and count > reached and not with_next:
                own = [piece for piece in (tier, better and f"NOT {better}") if piece]
                queries.append(self._query([*expressions, *own], min(count, wanted) - reached))
                reached, better = count, tier
        answers = self._ask(queries)
        return [one for rank, answer in enumerate(answers) for one in self._read(answer["hits"], -rank)]

    def _read(self, hits: Sequence[Mapping[str, Any]], score: int) -> list[Candidate]:
        newest = not (self._request.words or self._request.phrases)
        return [decode_candidate(hit, None if newest else float(score), self._load) for hit in hits]

    def _prepare(self, candidates: Sequence[Candidate]) -> None:
        self._loaded |= self._load_all([one.id for one in candidates])

    def _load(self, key: str) -> Record:
        if key not in self._loaded:
            self._loaded |= self._load_all([key])
        return self._loaded[key]

    def _query(self, expressions: Conditions, limit: int, facets: Sequence[str] = ()) -> dict[str, Any]:
        newest = not (self._request.words or self._request.phrases)
        return {
            "indexUid": self._index,
            "filter": list(expressions),
            "limit": limit,
            "facets": list(facets),
            "attributesToRetrieve": ["id", "ranked"],
            "sort": ["recency:desc" if newest else "prior:desc"],
        }

    def _weigh(self, word: Word) -> float:
        common = max(map(self._vocabulary.frequency, word.keys), default=0) or self._named(word)
        records = max(self._vocabulary.records(), common)
        return math.log1p((records - common + 0.5) / (common + 0.5))

    def _kept(self) -> frozenset[str]:
        """Records that hold the pieces of an excluded phrase but not the phrase, so that they may match."""
        kept: set[str] = set()
        for phrase in filter(in_pieces, self._request.excluded_phrases):
            others = tuple(one for one in self._request.excluded_phrases if one != phrase)
            request = replace(self._request, excluded_phrases=others, phrases=(*self._request.phrases, phrase))
            query = self._query(conditions(request, self._weights, Known()), _MOST_KEPT)
            kept.update(one.id for one in self._read(self._ask([query])[0]["hits"], 0) if not _holds(one, phrase))
        return frozenset(kept)

    def _matches(self, candidate: Candidate) -> bool:
        """Whether a record that fulfils the conditions matches."""
        request = self._request
        if not all(_holds(candidate, phrase) for phrase in request.phrases):
            return False
        if not request.words:
            return True
        own = {*candidate.heading, *candidate.body}
        number = (candidate.number or "").lower()
        named = self._names(candidate)
        inside = [
            number in map(str.lower, word.numbers) or not forms.isdisjoint(own) or not named.isdisjoint(word.also)
            for word, forms in zip(request.words, self._forms, strict=True)
        ]
        titled = [not forms.isdisjoint(candidate.title) for forms in self._forms]
        return any(inside) and sum(map(any, zip(inside, titled, strict=True))) >= request.required

    def _names(self, candidate: Candidate) -> set[tuple[str, ...]]:
        """Other names of words that a record has: in order, one word at most between all of a name's own."""
        if not any(word.also for word in self._request.words):
            return set()
        heading, body = (
            [self._key(surface, candidate.lang) for surface in words] for words in (candidate.heading, candidate.body)
        )
        single = {(key,) for key in (*heading, *body)}
        return single | self._compounds.inside(heading) | self._compounds.inside(body)

    def _key(self, surface: str, lang: str) -> str:
        known = self._read_keys.get((surface, lang))
        if known is None:
            known = next((entry.key for entry in self._vocabulary.lookup(surface) if entry.lang == lang), surface)
            self._read_keys[surface, lang] = known
        return known


def _holds(candidate: Candidate, phrase: Sequence[str]) -> bool:
    """Whether a phrase stands in one of a record's fields."""
    wanted = tuple(phrase)
    return any(
        words[start : start + len(wanted)] == wanted
        for words in (candidate.title, candidate.heading, candidate.body)
        for start, word in enumerate(words)
        if word == wanted[0]
    )
