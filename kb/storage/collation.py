"""The order of the Kyrgyz alphabet as a stored key, for databases put ``ө`` after ``п``."""

from __future__ import annotations

import re
import unicodedata

#: The Kyrgyz alphabet; the Russian one is part of it, in the same order.
ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"

_FIRST = ord("а")
_ORDER = {ord(letter): _FIRST + place for place, letter in enumerate(ALPHABET)}
_ORDER[ord("ӊ")] = _ORDER[ord("ң")]
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_LONGEST = 200
_DIGITS = 999


def sort_key(text: str) -> str:
    """Key that compares by code point as ``text`` does by the Kyrgyz alphabet.

    Case, punctuation and the width of spaces do not count; numbers compare by value and stand before
    Latin letters, these before Cyrillic ones. ``Өзгөн`` comes after ``Ош`` and before ``Панфилов``,
    ``2-бөлүм`` before ``10-бөлүм``.

    Args:
        text: a title or a number as printed.

    Returns:
        At most 200 characters; empty where ``text`` has no letter and no digit.
    """
    folded = unicodedata.normalize("NFC", text[: 4 * _LONGEST]).lower()
    return " ".join(_part(found.group()) for found in _WORD.finditer(folded))[:_LONGEST]


def _part(word: str) -> str:
    if word[0] in "0123456789":
        digits = word.lstrip("0")[:_DIGITS]
        return f"{len(digits):03d}{digits}"
    return word.translate(_ORDER)
