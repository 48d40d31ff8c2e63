"""Normal form of a word: one alphabet, lower case, no invisible characters.

The characters of a text are never changed where it is shown; these forms are for comparing only.
"""

from __future__ import annotations

import re
import unicodedata

#: Characters inside a word that are no letters of it: soft hyphen, zero width, stress and other marks.
MARKS = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
#: Apostrophes; between letters they stand for ъ or for nothing.
APOSTROPHES = "'’ʼ`´"
#: Hyphens that join the parts of a word.
HYPHENS = "-\u2010\u2011"

CYRILLIC = "а-яёөүңА-ЯЁӨҮҢ"
_PLAIN = re.compile(rf"[{CYRILLIC}]+")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_DROPPED = re.compile(f"[{MARKS}]")
_HARD_SIGN = re.compile(rf"(?<=[{CYRILLIC}])[{APOSTROPHES}](?=[еёюяЕЁЮЯ])")
_QUOTES = re.compile(f"[{APOSTROPHES}]")
_HYPHEN = re.compile(f"[{HYPHENS}]+")
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

#: Cyrillic letters of other alphabets and signs of other fonts that stand for the Kyrgyz letter.
_VARIANTS = str.maketrans(
    "ӊҥӉҤѳѲɵƟўЎґҐіІїЇј",
    "ңңҢҢөӨөӨүҮгГиИиИй",
)
_TO_CYRILLIC = str.maketrans(
    "aceopxykmthbiACEOPXYKMTHBIöÖüÜñÑəƏ",
    "асеорхукмтнвиАСЕОРХУКМТНВИөӨүҮңҢөӨ",
)
_LOOK_ALIKE_LATIN = frozenset("aceopxyACEOPXYKMTHB")
_TO_LATIN = str.maketrans("асеорхуАСЕОРХУКМТНВ", "aceopxyACEOPXYKMTHB")
_LOOK_ALIKE_CYRILLIC = frozenset("асеорхуАСЕОРХУКМТНВ")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"(?<=\d)(?=[⁰¹²³⁴-⁹])")
_DIGIT_LIKE = str.maketrans("ЗзОоOoІIl", "330000111")

_FOLD = str.maketrans("өүңӨҮҢ", "оунОУН")


def is_roman(word: str) -> bool:
    """Whether ``word`` is a Roman numeral in Latin capitals (``XIV``)."""
    return _ROMAN.fullmatch(word) is not None


def one_alphabet(word: str) -> str:
    """The word in the alphabet of its unmistakable letters (``cтатья`` with a Latin c → ``статья``).

    A word of look-alikes alone (``KP`` for КР) becomes Cyrillic unless it is a Roman numeral.
    """
    word = word.translate(_VARIANTS)
    latin = _LATIN_LETTER.findall(word)
    if not latin or is_roman(word):
        return word
    cyrillic = _CYRILLIC_LETTER.findall(word)
    if not cyrillic:
        return word.translate(_TO_CYRILLIC) if _LOOK_ALIKE_LATIN.issuperset(latin) else word
    if _LOOK_ALIKE_CYRILLIC.issuperset(cyrillic) and not _LOOK_ALIKE_LATIN.issuperset(latin):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC).translate(_VARIANTS)


def normal(word: str) -> str:
    """Normal form of one word as search compares it: one alphabet, lower case, ``-`` as the only hyphen.

    ``Об’ект`` → ``объект``, ``кеӊе\u00adшИ`` → ``кеңеши``; ё stays.
    """
    if _PLAIN.fullmatch(word):
        return word.lower()
    word = _DROPPED.sub("", unicodedata.normalize("NFC", word))
    word = _QUOTES.sub("", _HARD_SIGN.sub("ъ", word))
    word = _HYPHEN.sub("-", word).translate(_SUPERSCRIPTS)
    return one_alphabet(word).lower()


def normal_number(text: str) -> str:
    """Number with its look-alike letters and superscripts made digits (``З09-3`` → ``309-3``, ``21¹`` → ``21-1``)."""
    text = _RAISED.sub("-", _DROPPED.sub("", text)).translate(_SUPERSCRIPTS)
    return _HYPHEN.sub("-", text[:1].translate(_DIGIT_LIKE) + text[1:].lower())


def fold_kyrgyz(word: str) -> str:
    """The word as typed without the Kyrgyz letters (``өкмөтү`` → ``окмоту``)."""
    return word.translate(_FOLD)


def fold_yo(word: str) -> str:
    """The word with е for ё, as keys have it (``ёлка`` → ``елка``)."""
    return word.replace("ё", "е")


def one_space(text: str) -> str:
    """White space of any kind and length as one blank, none at the ends."""
    return " ".join(text.split())
