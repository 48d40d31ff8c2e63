"""Russian words: dictionary forms by pymorphy3, chosen the same way each time."""

from __future__ import annotations

from functools import cache
from typing import Any

from kb.language.normalize import fold_yo

_VERBAL = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})
_VOWELS = frozenset("аеёиоуыэюя")
#: Below this share of the best parse another one is a rarity of the dictionary.
_RARE = 0.02
#: Readings whose shares differ by less are equally likely: the dictionary has no counts for the word.
_EQUAL = 0.01


@cache
def analyzer() -> Any:
    """pymorphy3 with its dictionary, loaded at the first call."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def known(word: str) -> bool:
    """Whether the lower-case word is a form of a word in the Russian dictionary."""
    return bool(analyzer().word_is_known(word))


def lemma(word: str) -> str:
    """Dictionary form of a lower-case Russian word, е for ё (``статьями`` → ``статья``).

    Of several readings the likeliest is taken, an adjective before the participle that looks the same
    (``уполномоченного`` → ``уполномоченный``). Words that the dictionary lacks are read as nouns or adjectives:
    in laws they are names and Kyrgyz terms (``кенешей`` → ``кенеш``).
    """
    if not _VOWELS.intersection(word) or len(word) < 3:
        return fold_yo(word)
    parses = analyzer().parse(word)
    if not parses:
        return fold_yo(word)
    chosen = _of_known(parses) if any(parse.is_known for parse in parses) else _of_unknown(word, parses)
    return fold_yo(chosen)


def _of_known(parses: list[Any]) -> str:
    weight: dict[str, float] = {}
    adjective = [parse.normal_form for parse in parses if parse.tag.POS in {"ADJF", "ADJS"}]
    for parse in parses:
        form = parse.normal_form
        if adjective and parse.tag.POS in {"PRTF", "PRTS"}:
            form = adjective[0]
        weight[form] = weight.get(form, 0.0) + parse.score
    most = max(weight.values())
    equal = sorted(form for form, score in weight.items() if most - score < _EQUAL)
    if len(equal) == 1:
        return equal[0]
    # статей is as likely of стать as of статья by its ending; but статья is always the noun, стать hardly ever.
    nouns = {parse.normal_form: parse.tag.POS for parse in parses}
    return min(equal, key=lambda form: (-_usual(form, nouns.get(form)), form))


def _usual(form: str, pos: Any) -> float:
    scores: list[float] = [parse.score for parse in analyzer().parse(form) if pos == parse.tag.POS]
    return round(sum(scores), 6)


def _of_unknown(word: str, parses: list[Any]) -> str:
    forms = [(str(parse.normal_form), str(parse.tag.POS), parse.score) for parse in parses]
    nominal = [form for form in forms if form[1] not in _VERBAL and form[1] != "ADJS"]
    if not nominal:
        return word
    best = max(nominal, key=lambda form: (form[2], form[0]))
    if best[1] == "ADJF":
        return best[0]
    nouns = {form for form, pos, score in nominal if pos == "NOUN" and score >= _RARE}
    return min(nouns or {best[0]}, key=lambda form: (len(form), form))
