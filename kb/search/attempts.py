"""Ways to ask for a query, strictest first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kb.language.model import Analyser
from kb.search.model import Relaxed
from kb.search.query import Parsed
from kb.search.readings import Reading, add_synonyms, read_exactly, read_misspelt, read_word
from kb.search.synonyms import Synonyms
from kb.search.vocabulary import FOLDED, Vocabulary

_RAREST = 4


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to ask for the query: its words, how many are required, and how that was loosened."""

    readings: tuple[Reading, ...]
    required: int
    relaxed: Relaxed | None


def exactly(parsed: Parsed, vocabulary: Vocabulary) -> Iterator[Attempt]:
    """The words as they were typed, and no other way."""
    readings = tuple(read_exactly(word, vocabulary) for word in parsed.words if word.required)
    yield Attempt(readings, len(readings), None)


def attempts(parsed: Parsed, vocabulary: Vocabulary, analyser: Analyser, synonyms: Synonyms) -> Iterator[Attempt]:
    """All words, by any name; with misspelt ones; with fewer of them."""
    kyrgyz = any(letter in word.surface for word in parsed.words for letter in FOLDED)
    exact = tuple(
        add_synonyms(read_word(word, vocabulary, analyser, kyrgyz_typed=kyrgyz), others, vocabulary)
        for word, others in zip(parsed.words, synonyms.of(parsed.words), strict=True)
        if word.required
    )
    yield Attempt(exact, len(exact), None)
    misspelt = tuple(read_misspelt(reading, vocabulary) for reading in exact)
    if misspelt != exact:
        yield Attempt(misspelt, len(misspelt), "typos")
    known = tuple(reading for reading in misspelt if reading.known)
    if known and len(known) < len(exact):
        yield Attempt(known, len(known), "fewer_words")
    for count in sorted({len(known) - 1, math.ceil(len(known) / 2)}, reverse=True):
        if 0 < count < len(known):
            yield Attempt(known, count, "fewer_words")
    if len(known) > _RAREST:
        rarest = sorted(known, key=lambda reading: _commonness(reading, vocabulary))[:_RAREST]
        yield Attempt(tuple(rarest), 2, "fewer_words")


def _commonness(reading: Reading, vocabulary: Vocabulary) -> int:
    return max(map(vocabulary.frequency, reading.keys), default=0)
