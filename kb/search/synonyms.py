"""What else the words of a query may be called, by the thesaurus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.language.model import Analyser, Language
from kb.language.thesaurus import Concept, Term, Thesaurus
from kb.search.query import QueryWord
from kb.search.stopwords import is_stop_word
from kb.search.vocabulary import fold

#: What another term of the same language, and one of the other language, is worth beside the word itself.
SYNONYM, TRANSLATED = 0.5, 0.45
_MOST = 24


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another name of some words of a query.

    Attributes:
        keys: its keys in their order, function words included.
        text: as the thesaurus has it.
        worth: what it counts beside the words themselves.
    """

    keys: tuple[str, ...]
    text: str
    worth: float


class Synonyms:
    """A thesaurus as one analyser reads it."""

    def __init__(self, thesaurus: Thesaurus, analyser: Analyser) -> None:
        """Analyse the terms of ``thesaurus``."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[Synonym, ...]]]] = defaultdict(list)
        read = _read_terms(thesaurus.concepts, analyser)
        for concept in thesaurus.concepts:
            for term in (*concept.terms, *concept.everyday):
                content = tuple(fold(key) for key, counts in read[term] if counts)
                others = tuple(_synonym(one, term, read[one]) for one in concept.terms if one != term and read[one])
                if content and others:
                    self._by_first[content[0]].append((content, others))

    def phrases(self) -> set[tuple[str, ...]]:
        """Keys of all names of more than one word that any query may be given."""
        named = (one for known in self._by_first.values() for _, others in known for one in others)
        return {one.keys for one in named if len(one.keys) > 1}

    def of(self, words: Sequence[QueryWord]) -> list[tuple[Synonym, ...]]:
        """For each word the other names of all terms that it is part of, those of the longest terms first."""
        places = [place for place, word in enumerate(words) if word.required or not is_stop_word(word.surface)]
        names = [{fold(key) for key in (*words[place].keys.values(), words[place].surface)} for place in places]
        found: list[list[tuple[int, Synonym]]] = [[] for _ in words]
        for first, keys in enumerate(names):
            for key in keys:
                for content, others in self._by_first.get(key, ()):
                    spanned = names[first : first + len(content)]
                    if len(spanned) == len(content) and all(map(set.__contains__, spanned, content)):
                        for place in places[first : first + len(content)]:
                            found[place] += [(-len(content), other) for other in others]
        return [
            tuple(dict.fromkeys(other for _, other in sorted(some, key=lambda pair: pair[0])))[:_MOST] for some in found
        ]


def _read_terms(concepts: Iterable[Concept], analyser: Analyser) -> dict[Term, tuple[tuple[str, bool], ...]]:
    """Keys of every term, and whether each counts when a query is compared with it."""
    by_language: dict[Language, dict[str, None]] = defaultdict(dict)
    for concept in concepts:
        for term in (*concept.terms, *concept.everyday):
            by_language[term.language][term.text] = None
    read: dict[Term, tuple[tuple[str, bool], ...]] = {}
    for language, texts in by_language.items():
        for text, tokens in zip(texts, analyser.analyze_many(list(texts), language), strict=True):
            kyrgyz = language is Language.KY
            read[Term(language, text)] = tuple(
                (token.key, not is_stop_word(token.surface, kyrgyz=kyrgyz)) for token in tokens
            )
    return read


def _synonym(term: Term, asked: Term, read: tuple[tuple[str, bool], ...]) -> Synonym:
    worth = SYNONYM if term.language is asked.language else TRANSLATED
    return Synonym(tuple(key for key, _ in read), term.text, worth)
