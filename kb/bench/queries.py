"""Queries of each class that a search must be quick at, made of the texts that it holds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.bench.recombine import Pool
from kb.language.model import Language
from kb.search.model import Filters, Query, Results
from kb.search.stopwords import is_stop_word
from kb.search.vocabulary import FOLDED, Vocabulary, fold

#: Classes in the order of the report; the last three need a fallback.
CLASSES = ("words", "filters", "phrase", "missing_letters", "typos", "words_left_out")
FALLBACKS = frozenset({"missing_letters", "typos", "words_left_out"})
_LETTERS = {Language.KY: "аеиклмнорстуыөүң", Language.RU: "аеиклмнорстувы"}
_LEAST_LETTERS = 5
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A query that may be of a class; ``proves`` tells by the answer."""

    query: Query
    proves: Callable[[Results], bool]


def draft(kind: str, pool: Pool, vocabulary: Vocabulary, dice: random.Random, plain: Query) -> Iterator[Draft]:
    """Queries that should be of a class, without end.

    Args:
        kind: one of CLASSES.
        pool: the texts.
        vocabulary: the index's words.
        dice: where chance comes from.
        plain: gives the day and the page.
    """
    make = {
        "words": _words,
        "filters": _filters,
        "phrase": _phrase,
        "missing_letters": _missing_letters,
        "typos": _typos,
        "words_left_out": _left_out,
    }[kind]
    while True:
        made = make(pool, vocabulary, dice)
        if made is not None:
            text, filters, proves = made
            yield Draft(Query(text, plain.as_of, filters, plain.limit), proves)


_Made = tuple[str, Filters, Callable[[Results], bool]] | None


def _words(pool: Pool, vocabulary: Vocabulary, dice: random.Random) -> _Made:
    words = _content(pool, dice)
    count = dice.choice((1, 2, 2, 3))
    return (" ".join(words[:count]), Filters(), _found_directly) if len(words) >= count else None


def _filters(pool: Pool, vocabulary: Vocabulary, dice: random.Random) -> _Made:
    made = _words(pool, vocabulary, dice)
    filters = dice.choice(
        (Filters(kind=("law", "code")), Filters(status=("in_force",), official=True), Filters(year=(2010, 2011, 2012)))
    )
    return made and (made[0], filters, made[2])


def _phrase(pool: Pool, vocabulary: Vocabulary, dice: random.Random) -> _Made:
    surfaces = _sentence(pool, dice)
    start = dice.randrange(len(surfaces) - 2)
    return f'"{" ".join(surfaces[start : start + 3])}"', Filters(), _found_directly


def _missing_letters(pool: Pool, vocabulary: Vocabulary, dice: random.Random) -> _Made:
    words = _content({Language.KY: pool[Language.KY]}, dice)
    typed = [fold(word) for word in words]
    lacking = [
        place for place, word in enumerate(words) if typed[place] != word and not vocabulary.lookup(typed[place])
    ]
    if len(words) < 2 or not lacking:
        return None
    one = dice.choice(lacking)
    other = dice.choice([place for place in range(len(words)) if place != one])
    return f"{typed[one]} {typed[other]}", Filters(), lambda results: bool(results.total and results.read_as)


def _typos(pool: Pool, vocabulary: Vocabulary, dice: random.Random) -> _Made:
    language = dice.choice((Language.KY, Language.RU))
    words = _content({language: pool[language]}, dice)
    long = [word for word in words if len(word) > _LEAST_LETTERS]
    if len(words) < 2 or not long:
        return None
    word = dice.choice(long)
    place = dice.randrange(1, len(word) - 1)
    slip = dice.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + dice.choice(_LETTERS[language]) + word[place + 1 :],
        )
    )
    if vocabulary.lookup(slip) or any(letter in word for letter in FOLDED):
        return None
    other = dice.choice([one for one in words if one != word])
    return f"{slip} {other}", Filters(), lambda results: results.relaxed == "typos"


def _left_out(pool: Pool, vocabulary: Vocabulary, dice: random.Random) -> _Made:
    language = dice.choice((Language.KY, Language.RU))
    words = {word for _ in range(4) for word in _content({language: pool[language]}, dice)[:1]}
    if len(words) < 4:
        return None
    return " ".join(sorted(words)), Filters(), lambda results: results.relaxed == "fewer_words"


def _found_directly(results: Results) -> bool:
    return results.total > 0 and results.relaxed is None


def _sentence(pool: Pool, dice: random.Random) -> tuple[str, ...]:
    for _ in range(_TRIES):
        sentence = dice.choice(pool[dice.choice(list(pool))])
        if len(sentence.words.surfaces) > 3:
            return sentence.words.surfaces
    raise ValueError(len(pool))


def _content(pool: Pool, dice: random.Random) -> list[str]:
    """Different words of a sentence in any order that mean something."""
    words = [
        word
        for word in dict.fromkeys(_sentence(pool, dice))
        if len(word) > 3 and word.isalpha() and not is_stop_word(word)
    ]
    dice.shuffle(words)
    return words
