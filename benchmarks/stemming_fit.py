"""The stemmer fitted to a corpus, in the shape that the shared measure of stemming asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.language.kyrgyz import fit
from kb.language.kyrgyz import stem as stateless

_fitted: Callable[[str], str] = stateless


def prepare(types: Sequence[str]) -> None:
    """Fit to the word types that will be asked for."""
    global _fitted  # noqa: PLW0603
    _fitted = fit(types)


def stem(word: str) -> str:
    """Key of a word by the fitted stemmer."""
    return _fitted(word)
