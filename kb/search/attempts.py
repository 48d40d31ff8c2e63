"""Ways to ask for a query, strictest first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.language.model import Analyser
from kb.search.model import Relaxed
from kb.search.query import Parsed
from kb.search.readings import Reading, add_family, add_synonyms, read_exactly, read_misspelt, read_word
from kb.search.synonyms import Synonyms
from kb.search.vocabulary import FOLDED, Vocabulary

_RAREST = 4
#: Share of a question's words that hits must have.
_OF_QUESTION = 0.6


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to ask for the query: its words, how many are required, and how that was loosened."""

    readings: tuple[Reading, ...]
    required: int
    relaxed: Relaxed | None


def exactly(parsed: Parsed, vocabulary: Vocabulary) -> Attempt:
    """The words as they were typed, in any form and as nothing else."""
    readings = tuple(read_exactly(word, vocabulary) for word in parsed.words if word.required)
    return Attempt(readings, len(readings), None)


def first(parsed: Parsed, vocabulary: Vocabulary, analyser: Analyser, synonyms: Synonyms) -> Attempt:
    """All words, in any form and by any name."""
    kyrgyz = any(letter in word.surface for word in parsed.words for letter in FOLDED)
    readings = tuple(
        add_family(
            add_synonyms(read_word(word, vocabulary, analyser, kyrgyz_typed=kyrgyz), others, vocabulary), vocabulary
        )
        for word, others in zip(parsed.words, synonyms.of(parsed.words), strict=True)
        if word.required
    )
    return Attempt(readings, len(readings), None)


def asked(attempt: Attempt) -> Attempt:
    """The same as a question in a whole sentence, of whose words no text need hold all."""
    known = tuple(reading for reading in attempt.readings if reading.known)
    required = math.ceil(len(known) * _OF_QUESTION)
    return attempt if required >= len(attempt.readings) else Attempt(known, required, "fewer_words")


def mended(attempt: Attempt, vocabulary: Vocabulary) -> Iterator[Attempt]:
    """Ways for a query whose words find nothing: they may be misspelt, then fewer of them may be required."""
    misspelt = tuple(read_misspelt(reading, vocabulary) for reading in attempt.readings)
    if misspelt != attempt.readings:
        yield Attempt(misspelt, len(misspelt), "typos")
    yield from fewer(misspelt, vocabulary)


def fewer(readings: Sequence[Reading], vocabulary: Vocabulary) -> Iterator[Attempt]:
    """Ways with words left out: those that the index lacks, then one, then half, at last all but the rarest."""
    known = tuple(reading for reading in readings if reading.known)
    if known and len(known) < len(readings):
        yield Attempt(known, len(known), "fewer_words")
    for count in sorted({len(known) - 1, math.ceil(len(known) / 2)}, reverse=True):
        if 0 < count < len(known):
            yield Attempt(known, count, "fewer_words")
    if len(known) > _RAREST:
        rarest = sorted(known, key=lambda reading: _commonness(reading, vocabulary))[:_RAREST]
        yield Attempt(tuple(rarest), 2, "fewer_words")


def any_of(readings: Sequence[Reading]) -> Attempt:
    """The last way, where no two words stand together: any of them."""
    return Attempt(tuple(reading for reading in readings if reading.known), 1, "fewer_words")


def _commonness(reading: Reading, vocabulary: Vocabulary) -> int:
    return max(map(vocabulary.frequency, reading.keys), default=0)
