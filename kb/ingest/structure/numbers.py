"""Numbers of units: superscripts, look-alike letters, Roman numerals and number words made one form.

A normalised number has Latin digits, Roman numerals in Latin capitals, and inserted numbers after a
hyphen: ``21¹`` and ``21 -1`` are ``21-1``, ``четырнадцатая-1`` is ``14-1``, ``ІІ`` is ``II``.
"""

from __future__ import annotations

import re

from kb.documents import Block, SpanKind

#: Order of a number among its siblings: its parts as whole numbers (``21-1`` is (21, 1)).
Value = tuple[int, ...]

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789", _SUPERSCRIPTS)
_LOWER = str.maketrans(_SUPERSCRIPTS, "0123456789")
_RAISED = re.compile(f"[{_SUPERSCRIPTS}]+")
_DASHES = re.compile(r"\s*[-–—‑−]\s*")
_DIGIT_LOOKALIKES = str.maketrans("ЗзОоOo", "330000")

#: Letters that stand for Roman digits: Cyrillic ones, a bar, a one; П and Ш are typed for II and III.
_ROMAN_LETTERS = str.maketrans(
    {"І": "I", "і": "I", "Ӏ": "I", "l": "I", "1": "I", "|": "I", "Х": "X", "х": "X", "У": "V", "С": "C", "М": "M"}
    | {"П": "II", "Ш": "III", "i": "I", "v": "V", "x": "X", "Ү": "V"}
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

#: Stems of number words up to their ending: Russian ordinals of either gender, Kyrgyz ordinals.
_WORDS: tuple[tuple[str, int], ...] = (
    ("перв", 1), ("втор", 2), ("трет", 3), ("четверт", 4), ("четвёрт", 4), ("пят", 5), ("шест", 6),
    ("седьм", 7), ("восьм", 8), ("девят", 9), ("десят", 10), ("одиннадцат", 11), ("двенадцат", 12),
    ("тринадцат", 13), ("четырнадцат", 14), ("пятнадцат", 15), ("шестнадцат", 16), ("семнадцат", 17),
    ("восемнадцат", 18), ("девятнадцат", 19), ("двадцат", 20), ("тридцат", 30), ("сороков", 40), ("пятидесят", 50),
    ("биринчи", 1), ("экинчи", 2), ("үчүнчү", 3), ("учунчу", 3), ("төртүнчү", 4), ("тортунчу", 4),
    ("бешинчи", 5), ("алтынчы", 6), ("жетинчи", 7), ("сегизинчи", 8), ("тогузунчу", 9), ("онунчу", 10),
)  # fmt: skip
_ENDINGS = ("ый", "ая", "ое", "ой", "ий", "ья", "ье", "")
_ORDINALS = {
    stem + ending: value
    for stem, value in _WORDS
    for ending in _ENDINGS
    if ending or stem.endswith(("и", "у", "ү", "ы"))
}
_TENS = {"двадцать": 20, "тридцать": 30, "сорок": 40, "он": 10, "жыйырма": 20, "отуз": 30, "кырк": 40}

#: A number word with its ending; longer words first, so that none hides another.
WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
TENS = "|".join(_TENS)

_ALPHABETS = ("абвгдежзиклмнопрстуфхцчшщэюя", "abcdefghijklmnopqrstuvwxyz")
#: Letters that lists leave out or not, by the letter that they follow.
_OPTIONAL = {"ё": "е", "й": "и", "ң": "н", "ө": "о", "ү": "у", "ъ": "щ", "ы": "щ", "ь": "щ"}
_LATIN_TO_CYRILLIC = str.maketrans("aecopxy", "аесорху")


def raised(block: Block, length: int | None = None) -> str:
    """Text of a block with its superscript digits as superscript characters, offsets kept (``21¹``).

    Args:
        block: the block.
        length: characters to return at most; None for all.
    """
    text = block.text
    for span in block.spans:
        if span.kind is SpanKind.SUPERSCRIPT:
            text = text[: span.start] + text[span.start : span.end].translate(_RAISE) + text[span.end :]
    return text if length is None else text[:length]


def arabic(printed: str) -> str:
    """Normalised form of a number in digits: ``21¹`` → ``21-1``, ``738 -58`` → ``738-58``, ``З09-3`` → ``309-3``."""
    plain = _RAISED.sub(lambda found: "-" + found[0].translate(_LOWER), printed.translate(_DIGIT_LOOKALIKES))
    return re.sub("-{2,}", "-", _DASHES.sub("-", plain)).strip(" -\t\xa0")


def roman(printed: str) -> tuple[str, int] | None:
    """Latin capitals and value of a Roman numeral typed with any look-alikes (``ІІ`` → ``II``, 2), or None."""
    letters = printed.translate(_ROMAN_LETTERS)
    if not letters or not _ROMAN.fullmatch(letters):
        return None
    value = 0
    for here, after in zip(letters, letters[1:] + " ", strict=True):
        digit = _ROMAN_DIGITS[here]
        value += -digit if digit < _ROMAN_DIGITS.get(after, 0) else digit
    return letters, value


def word(printed: str) -> int | None:
    """Value of a number word: ``четырнадцатая`` → 14, ``двадцать первая`` → 21, ``Биринчи`` → 1; None if it is none."""
    parts = printed.lower().split()
    if not parts or len(parts) > 2:
        return None
    last = _ORDINALS.get(parts[-1])
    if last is None or len(parts) == 1:
        return last
    tens = _TENS.get(parts[0])
    return None if tens is None or last > 9 else tens + last


def value_of(number: str) -> Value | None:
    """Order of a normalised number among its siblings: ``21-1`` → (21, 1), ``XIV`` → (14,), ``б`` → (2,).

    Letters that lists often leave out (ё, й and the Kyrgyz ones) stand half-way: ``й`` is (9, 0).
    """
    head, *inserted = re.split("[-.]", number)
    if not all(part.isdigit() for part in inserted):
        return None
    tail = tuple(int(part) for part in inserted)
    if head.isdigit():
        return (int(head), *tail)
    if len(head) == 1 and head.islower():
        return _letter(head, tail)
    found = roman(head)
    return (found[1], *tail) if found else None


def _letter(letter: str, tail: Value) -> Value | None:
    if letter in _OPTIONAL:
        return (_ALPHABETS[0].index(_OPTIONAL[letter]) + 1, 0, *tail)
    for alphabet in _ALPHABETS:
        if letter in alphabet:
            return (alphabet.index(letter) + 1, *tail)
    return None


def cyrillic_letter(letter: str) -> str:
    """A list's letter in lower case, in Cyrillic where a Latin one looks the same (``A`` → ``а``)."""
    return letter.lower().translate(_LATIN_TO_CYRILLIC)


def is_next(before: Value | None, after: Value) -> bool:
    """Whether ``after`` follows ``before`` without a gap: 21 → 22, 21 → 21-1, 21-1 → 21-2, 21-2 → 22.

    ``before`` is None at the start of a list, which 1 (or 1-1) follows.
    """
    if before is None:
        return after[0] == 1 and after[1:] in ((), (1,), (0,))
    if after[0] == before[0] + 1:
        return after[1:] in ((), (1,)) or after[1:] == (0,)
    if after[0] != before[0] or len(after) <= 1:
        return False
    inner = before[1:] or (0,)
    return after[1:] in {(*inner[:-1], inner[-1] + 1), (*inner, 1)} or (len(before) == 1 and after[1:] in {(0,), (1,)})
