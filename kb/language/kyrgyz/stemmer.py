"""Stem of a single word by the grammar and the known stems."""

from __future__ import annotations

from functools import lru_cache

from kb.language.kyrgyz.exceptions import STEMS
from kb.language.kyrgyz.lexicon import SAME, best_known
from kb.language.kyrgyz.parse import fixed, readings, spell


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Index key of a lower-case Kyrgyz word (``мыйзамдарынын`` → ``мыйзам``).

    A reading with a known stem is taken where there is one; else, of all readings whose stem is as long as each
    of its endings asks for, that with the shortest stem.
    """
    word = spell(word)
    known = fixed(word)
    if known is not None:
        return known
    parsed = readings(word)
    chosen = best_known(parsed)
    if chosen is not None:
        found = chosen[0]
        return SAME.get(found) or STEMS.get(found, found)
    best = word
    length = 99
    for found, _, lacking in parsed:
        if lacking == 0 and len(found) < length:
            best, length = found, len(found)
    return STEMS.get(best, best)
