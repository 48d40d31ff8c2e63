"""A request as Meilisearch filters: conditions on the codes that records hold, and on days."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.search.engine import Request, Word
from kb.search.meilisearch_records import LEVELS, code
from kb.search.model import Filters
from kb.search.stopwords import is_stop_word

#: Words of which some but not all must match, at most; the rarest are taken, and what is found is looked at again.
MOST_COUNTED = 12

#: Expressions of which all must hold; Meilisearch takes time by the square of the length of each.
Conditions = list[str]


def has(sort_values: Iterable[tuple[str, str]]) -> str:
    """Records that hold any of some words or values, given with their sorts as in ``code``."""
    codes = sorted({code(sort, value) for sort, value in sort_values})
    return f"has IN [{','.join(map(str, codes))}]"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of single records beyond the filters.

    Attributes:
        out: ids of records that fulfil the conditions but do not match.
        kept: ids of records that hold all pairs of an excluded phrase but not the phrase.
    """

    out: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


def conditions(request: Request, weights: Sequence[float], known: Known) -> Conditions:
    """What a request's records fulfil.

    All of them do; others do only where ``needs_a_look``.

    Args:
        request: the request.
        weights: weight of each word; the heavier ones are counted where there are too many.
        known: what is known of single records.
    """
    found = [*_positive(request, weights), *_fixed(request), *_filters(request.filters)]
    found += [f"NOT {_word(word)}" for word in request.excluded]
    spared = f" OR {_ids(known.kept)}" if known.kept else ""
    found += [f"NOT ({_phrase(phrase)}){spared}" for phrase in request.excluded_phrases]
    if known.out:
        found.append(f"NOT {_ids(known.out)}")
    return found


def _ids(ids: Iterable[str]) -> str:
    return has(("id", key) for key in ids)


def without_filter(request: Request, facet: str) -> Request:
    """The request that counts the values of a facet, which disregards the facet's own filter."""
    nothing: dict[str, Any] = {facet: None if facet == "official" else ()}
    return replace(request, filters=replace(request.filters, **nothing))


def needs_a_look(request: Request) -> bool:
    """Whether records that fulfil the conditions may still not match."""
    names = (keys for word in request.words for keys in word.also)
    return (
        any(map(in_pieces, request.phrases)) or any(len(_pieces(keys)) > 1 for keys in names) or _is_shortened(request)
    )


def in_pieces(phrase: Sequence[str]) -> bool:
    """Whether a record may hold all pairs of a phrase but not the phrase."""
    return len(phrase) > 2


def _is_shortened(request: Request) -> bool:
    """Whether there are too many words to count how many of them match."""
    return len(request.words) > MOST_COUNTED and 1 < request.required < len(request.words) - 1


def _positive(request: Request, weights: Sequence[float]) -> Iterator[str]:
    words = request.words
    if words:
        required = min(max(request.required, 1), len(words))
        if required == len(words) > 1:
            yield from map(_word, words)
        elif len(words) > 1:
            yield from _counted(words, required, weights)
        # an act's title alone would make each of its units a hit
        yield _any(words, ("own",))
    yield from map(_phrase, request.phrases)
    if not words and not request.phrases:
        yield has([("sort", "document"), ("sort", "unit")])


def _counted(words: Sequence[Word], required: int, weights: Sequence[float]) -> Iterator[str]:
    if required == 1:
        yield _any(words)
        return
    if required == len(words) - 1:
        # of any two at least one: short conditions, quickly read
        for place, word in enumerate(words):
            for other in words[:place]:
                yield _any((word, other))
        return
    if len(words) > MOST_COUNTED:
        rarest = sorted(range(len(words)), key=lambda place: -weights[place])[:MOST_COUNTED]
        required -= len(words) - MOST_COUNTED
        words = [words[place] for place in rarest]
    if required > 0:
        yield at_least([_word(word) for word in words], required)
    else:
        yield _any(words)


def at_least(parts: Sequence[str], required: int) -> str:
    """The expression that at least ``required`` (1 to all) of some expressions hold."""
    if required == 1:
        return f"({' OR '.join(parts)})"
    if required == len(parts):
        return f"({' AND '.join(parts)})"
    half = len(parts) // 2
    ways = []
    for inside in range(max(required - (len(parts) - half), 0), min(half, required) + 1):
        pieces = [
            at_least(some, count)
            for some, count in ((parts[:half], inside), (parts[half:], required - inside))
            if count
        ]
        ways.append(" AND ".join(pieces))
    return f"({' OR '.join(ways)})"


def _word(word: Word) -> str:
    return _any((word,))


def _any(words: Iterable[Word], sorts: Sequence[str] = ("own", "title")) -> str:
    """Records that have any of some words."""
    codes: list[tuple[str, str]] = []
    longer: list[str] = []
    for word in words:
        codes += _codes(word, sorts)
        for keys in word.also:
            pieces = _pieces(keys)
            if len(pieces) == 1:
                codes += pieces
            else:
                longer.append(f"({' AND '.join(has([piece]) for piece in pieces)})")
    return f"({' OR '.join([has(codes), *longer])})" if longer else has(codes)


def _pieces(keys: Sequence[str]) -> list[tuple[str, str]]:
    """What a record that has a sequence of keys holds of it."""
    content = [(place, key) for place, key in enumerate(keys) if not is_stop_word(key)]
    near = [
        (first, second) for (place, first), (further, second) in itertools.pairwise(content) if further == place + 1
    ]
    alone = [key for key in dict.fromkeys(keys) if not any(key in pair for pair in near)]
    return [("near", " ".join(pair)) for pair in dict.fromkeys(near)] + [("own", key) for key in alone]


def _codes(word: Word, sorts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for key in word.keys:
        for sort in sorts:
            yield sort, key
    for number in word.numbers:
        yield "number", number.lower()


def _phrase(surfaces: Sequence[str]) -> str:
    """Records that hold each pair of neighbours of a phrase."""
    if len(surfaces) == 1:
        return has([("form", surfaces[0])])
    pairs = dict.fromkeys(itertools.pairwise(surfaces))
    return " AND ".join(has([("pair", " ".join(pair))]) for pair in pairs)


def _fixed(request: Request) -> Iterator[str]:
    day = request.as_of.toordinal()
    yield f"valid_from <= {day}"
    yield f"valid_until > {day}"
    if request.documents_only:
        yield has([("sort", "document")])
    if request.numbers:
        numbers = [number.lower() for number in request.numbers]
        yield has((sort, number) for sort in ("number", "act_number") for number in numbers)


def _filters(filters: Filters) -> Iterator[str]:
    chosen: Mapping[str, Iterable[str]] = {
        "kind": filters.kind,
        "lang": filters.lang,
        "status": filters.status,
        "body": filters.body,
        "topic": filters.topic,
        "year": tuple(map(str, filters.year)),
        "official": () if filters.official is None else ("true" if filters.official else "false",),
        "act": () if filters.act is None else (filters.act,),
    }
    for sort, values in chosen.items():
        if values:
            yield has((sort, value) for value in values)
    if filters.date_from or filters.date_to:
        yield f"recency >= {filters.date_from.toordinal() if filters.date_from else 0}"
    if filters.date_to:
        yield f"recency <= {filters.date_to.toordinal()}"


def tiers(request: Request, weights: Sequence[float]) -> list[str]:
    """Expressions that part a request's records by what they tell of its words, the best first.

    Each holds for all records for which those before it hold. They take the place of a score: a record's part in it
    by each word is one of a few levels, and an expression says that the sum over the words reaches some height.
    """
    everything = min(max(request.required, 1), len(request.words)) == len(request.words)
    scale = max(weights, default=0.0) or 1.0
    weights = [weight / scale for weight in weights]
    order = sorted(range(len(request.words)), key=lambda place: -weights[place])
    for most in range(_MOST_TIERED, 0, -1):
        chosen = [(request.words[place], weights[place]) for place in order[:most]]
        sums = {0}
        for _, weight in chosen:
            sums = {total + _gain(weight, level) for total in sums for level in range(len(_GAINS))}
        heights = sorted(sums)[1:]
        step = max(len(heights) / _MOST_TIERS, 1.0)
        picked = sorted({heights[int(place * step)] for place in range(min(_MOST_TIERS, len(heights)))}, reverse=True)
        found = [_reaching(chosen, height, everything=everything) for height in picked]
        expressions = [one for one in found if one]
        if sum(map(len, expressions)) < _TIERS_LENGTH or most == 1:
            return list(dict.fromkeys(expressions))
    return []


#: Worth of a word by level: 0 where it is only there, or (in the sums) not even that.
_GAINS = (20, 37, 52, 67, 85, 110)
_MOST_TIERED = 3
_MOST_TIERS = 8
_TIERS_LENGTH = 20_000


def _gain(weight: float, level: int) -> int:
    return round(10 * weight * _GAINS[level])


def _reaching(words: Sequence[tuple[Word, float]], height: int, *, everything: bool) -> str | None:
    """The expression that words' gains sum up to ``height``; empty if they always do, None if they cannot.

    Args:
        words: words with their weights.
        height: the sum.
        everything: whether all records have all words.
    """
    if height <= 0:
        return ""
    if not words:
        return None
    (word, weight), rest = words[0], words[1:]
    # who has the word by another name alone comes behind
    sure = everything and not word.also
    ways: dict[str, str] = {}
    for level in reversed(range(len(_GAINS))):
        further = _reaching(rest, height - _gain(weight, level), everything=everything)
        if further is not None:
            # the same of the other words is needed with less of this one, so that is enough
            ways[further] = _level(word, level) if level or not sure else ""
    if not sure and (further := _reaching(rest, height, everything=everything)) is not None:
        ways[further] = ""
    if not ways:
        return None
    joined = [" AND ".join(piece for piece in (own, further) if piece) for further, own in ways.items()]
    return "" if "" in joined else f"({' OR '.join(joined)})"


def _level(word: Word, level: int) -> str:
    reached = [f"own{higher}" for higher in LEVELS if higher >= level]
    return has(_codes(word, reached if level else ("own", "title")))
