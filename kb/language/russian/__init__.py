"""Russian words: dictionary forms and case forms by pymorphy3."""

from kb.language.russian.cases import CASES, decline, doubtful
from kb.language.russian.lemmas import known, lemma

__all__ = ["CASES", "decline", "doubtful", "known", "lemma"]
