"""Stem of a single word by the grammar alone."""

from __future__ import annotations

from functools import lru_cache

from kb.language.kyrgyz.exceptions import STEMS
from kb.language.kyrgyz.parse import fixed, readings, spell


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Index key of a lower-case Kyrgyz word (``мыйзамдарынын`` → ``мыйзам``).

    Of all readings whose stem is as long as each of its endings asks for, the shortest stem is taken.
    """
    word = spell(word)
    known = fixed(word)
    if known is not None:
        return known
    best = word
    length = 99
    for found, _, lacking in readings(word):
        if lacking == 0 and len(found) < length:
            best, length = found, len(found)
    return STEMS.get(best, best)
