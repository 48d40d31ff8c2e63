"""Numbers of units in a folded text: digits, superscripts, Roman numerals, number words, letters of lists."""

from __future__ import annotations

import re

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWER = str.maketrans(_SUPERSCRIPTS, "0123456789")
_DIGITS = str.maketrans("оз", "03")
_ROMAN_LETTERS = str.maketrans("хсмі", "xcmi")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_DIGIT = r"(?:[0-9][0-9оз]{0,3}(?![0-9])|з[0-9]{1,3}(?![0-9]))"
#: A number in digits with its decimal parts and superscript: ``17.5``, ``21¹``, ``з09``.
DIGITS = rf"{_DIGIT}(?:\.{_DIGIT}){{0,3}}(?:[{_SUPERSCRIPTS}]{{1,3}})?"
ROMAN = r"[ivxlхсмі]{1,7}"

_RU_WORDS = (
    "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
    "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат",
    "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
)  # fmt: skip
_KY_WORDS = (
    "биринчи", "экинчи", "учунчу", "тортунчу", "бешинчи", "алтынчы", "жетинчи", "сегизинчи", "тогузунчу", "онунчу",
)  # fmt: skip
_RU_ENDING = (
    "(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ую|юю|ым|им|ом|ем|ей"
    "|ые|ие|ых|их|ыми|ими|ья|ье|ью|ьего|ьему|ьей|ьим|ьем|ьи|ьих|ьими)"
)
#: An ordinal as a word, Russian in any case form, Kyrgyz.
ORDINAL = (
    rf"(?:(?:двадцать\s{{1,3}})?(?:{'|'.join(sorted(_RU_WORDS, key=len, reverse=True))}){_RU_ENDING}"
    rf"|(?:он\s{{1,3}}|жыйырма\s{{1,3}})?(?:{'|'.join(_KY_WORDS)}))"
)


def read_digits(printed: str) -> str:
    """Normalised number: ``21¹`` → ``21-1``, ``з09`` → ``309``, ``17.5`` → ``17.5``."""
    plain = printed.translate(_DIGITS)
    inserted = re.search(f"[{_SUPERSCRIPTS}]+$", plain)
    if inserted is None:
        return plain
    return f"{plain[: inserted.start()]}-{inserted.group().translate(_LOWER)}"


def read_roman(printed: str) -> str | None:
    """A Roman numeral in Latin capitals (``хiv`` → ``XIV``), None if it is none."""
    letters = printed.translate(_ROMAN_LETTERS)
    return letters.upper() if letters and _ROMAN.fullmatch(letters) else None


def roman_value(numeral: str) -> int:
    """Value of a Roman numeral in Latin capitals."""
    letters = numeral.lower()
    value = 0
    for here, after in zip(letters, letters[1:] + " ", strict=True):
        digit = _ROMAN_DIGITS[here]
        value += -digit if digit < _ROMAN_DIGITS.get(after, 0) else digit
    return value


def to_roman(value: int) -> str:
    """Roman numeral of a whole number from 1 to 3999, else the empty string."""
    if not 0 < value < 4000:
        return ""
    made = ""
    for digit, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, value = divmod(value, digit)
        made += letters * count
    return made


def read_ordinal(word: str) -> str:
    """Number of an ordinal that matches ORDINAL: ``двадцать первого`` → ``21``, ``экинчи`` → ``2``."""
    *tens, last = word.split()
    value = next((at for at, stem in enumerate(_KY_WORDS, start=1) if last == stem), 0)
    if not value:
        stems = sorted(enumerate(_RU_WORDS, start=1), key=lambda pair: -len(pair[1]))
        value = next(at for at, stem in stems if re.fullmatch(stem + _RU_ENDING, last))
    return str(value + {"двадцать": 20, "жыйырма": 20, "он": 10}.get(tens[0], 0) if tens else value)


def parts(number: str) -> tuple[int, ...] | None:
    """Parts of a number for comparing (``21-1`` → (21, 1)), None where it has others than digits."""
    pieces = re.split("[-.]", number)
    return tuple(int(piece) for piece in pieces) if all(piece.isdigit() for piece in pieces) else None
