"""What every room knows of a language: its codes, and the words that an analyser finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Language(StrEnum):
    """A language of texts or of the interface; the value is the ISO 639-1 code."""

    KY = "ky"
    RU = "ru"
    EN = "en"

    @property
    def akn(self) -> str:
        """ISO 639-2 code, as Akoma Ntoso URIs have it: ``kir``, ``rus``, ``eng``."""
        return _AKN[self]

    @classmethod
    def from_akn(cls, code: str) -> Language:
        """Language of an ISO 639-2 code; ValueError if it is none of ours."""
        for language, akn in _AKN.items():
            if akn == code:
                return language
        raise ValueError(code)


_AKN = {Language.KY: "kir", Language.RU: "rus", Language.EN: "eng"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as search sees it.

    Attributes:
        start: offset of its first character in the analysed text.
        end: offset behind its last character.
        surface: normalised form (lower case, one alphabet), the word as written.
        key: stem or lemma; equal to ``surface`` for numbers, dates and unknown words.
    """

    start: int
    end: int
    surface: str
    key: str


class Analyser(Protocol):
    """Splits a text into the tokens that both the index and a query use."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may give other keys; an index remembers it."""
        ...

    def analyze(self, text: str, language: Language) -> list[Token]:
        """Tokens of ``text`` in their order; stop words included, punctuation left out."""
        ...

    def analyze_many(self, texts: Sequence[str], language: Language) -> list[list[Token]]:
        """Tokens of each text; the same as ``analyze`` on each, but quicker in bulk."""
        ...

    def fit(self, texts: Iterable[tuple[Language, Sequence[str]]]) -> bytes:
        """A table of stems as the words of a library attest them, to be kept with the index.

        Args:
            texts: all texts that will be indexed, each document's with its language.

        Returns:
            What ``frozen`` takes; empty where there are too few words to tell more than the grammar does.
        """
        ...

    def frozen(self, stems: bytes) -> Analyser:
        """The analyser of an index that keeps ``stems``; the same object for the same table.

        Raises:
            ValueError: the table is damaged or of another version of the rules.
        """
        ...

    def outgrown(self, types: int) -> bool:
        """Whether an index that now has so many different Kyrgyz words wants a new table."""
        ...
