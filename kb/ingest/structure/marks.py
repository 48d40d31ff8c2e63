"""Headings and item numbers at the start of a paragraph, seen without its surroundings.

A mark is only what the paragraph's own beginning allows; whether it fits the sequence is for the
builder to say. A reference at a paragraph's start is no mark: ``Статья 21 настоящего Кодекса`` lacks
the stop and goes on in lower case, ``34-1-главада`` and ``40-беренесинин`` are case forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.ingest.structure import numbers
from kb.ingest.structure.numbers import Value


class MarkKind(StrEnum):
    """What a mark begins: a heading of some level, or an item by the shape of its number."""

    PART = "part"
    SECTION = "section"
    SUBSECTION = "subsection"
    CHAPTER = "chapter"
    SUBCHAPTER = "subchapter"
    ARTICLE = "article"
    ROMAN = "roman"
    DECIMAL = "decimal"
    POINT = "point"
    LETTER = "letter"


HEADINGS = frozenset(
    {MarkKind.PART, MarkKind.SECTION, MarkKind.SUBSECTION, MarkKind.CHAPTER, MarkKind.SUBCHAPTER, MarkKind.ARTICLE}
)
ITEMS = frozenset({MarkKind.DECIMAL, MarkKind.POINT, MarkKind.LETTER})


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or keyword at the start of a paragraph.

    Attributes:
        kind: what it begins.
        number: normalised number, None for ``ОБЩАЯ ЧАСТЬ``.
        value: the number's order among its siblings, None with no number.
        end: offset where the rest of the paragraph begins.
        firm: a stop or the paragraph's end follows the number; else only a capital letter does.
        lookalike: letters stood for digits.
        until: last number of a range (``Статьи 12–15``), else None.
        keyword_small: a keyword that stands first begins with a small letter, as in running text.
        labelled: the number was counted by the format, so that no text can have been mistaken for it.
        other: what else the same signs may be: a Latin letter (``c)`` after ``b)``), ``З)`` for 3.
    """

    kind: MarkKind
    number: str | None
    value: Value | None
    end: int
    firm: bool = True
    lookalike: bool = False
    until: Value | None = None
    keyword_small: bool = False
    labelled: bool = False
    other: Mark | None = None

    @property
    def dotted(self) -> bool:
        """Whether it is a decimal below another (``17.5``)."""
        return self.kind is MarkKind.DECIMAL and "." in (self.number or "")


_SUP = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DASH = "[-–—‑−]"
_SP = r"[ \t\xa0]"
_ARABIC = rf"[\dЗзОоOo]{{1,5}}[{_SUP}]{{0,3}}(?:{_SP}?{_DASH}{_SP}?[\d{_SUP}]{{1,3}}(?!\w)){{0,2}}"
_ROMAN = rf"[IVXLCІХУСМШПӀivxl|1]{{1,8}}[{_SUP}]{{0,3}}(?:{_SP}?{_DASH}{_SP}?\d{{1,2}})?(?!\w)"
_WORD = rf"(?:(?:{numbers.TENS}){_SP}{{1,3}})?(?:{numbers.WORD})(?:{_SP}?{_DASH}{_SP}?\d{{1,3}})?(?!\w)"

#: Letters that are typed for others: Latin ones that look the same, a hard sign for a soft one, о and у for ө and ү.
_TYPED = {
    "а": "аa", "в": "вb", "е": "еeё", "к": "кk", "м": "мm", "н": "нh", "о": "оo0", "п": "пn", "р": "рp", "с": "сc",
    "т": "тt", "у": "уy", "х": "хx", "ь": "ьъ", "ө": "өоoө", "ү": "үуy", "ң": "ңнӊ",
}  # fmt: skip


def _keyword(word: str) -> str:
    """Regex of a word in either case, its letters maybe spaced out or look-alikes (``С т а т ь я``, ``статЪя``)."""
    return f"{_SP}?".join(
        "[" + "".join(sorted({*_TYPED.get(letter, letter), *_TYPED.get(letter, letter).upper()})) + "]"
        for letter in word
    )


_KEYWORDS: tuple[tuple[MarkKind, tuple[str, ...]], ...] = (
    (MarkKind.ARTICLE, ("статья", "берене")),
    (MarkKind.CHAPTER, ("глава", "бап")),
    (MarkKind.SECTION, ("раздел", "бөлүм")),
    (MarkKind.SUBSECTION, ("подраздел",)),
    (MarkKind.SUBCHAPTER, ("параграф", "§")),
    (MarkKind.PART, ("часть",)),
)
_SUFFIX_KEYWORDS: tuple[tuple[MarkKind, tuple[str, ...]], ...] = (
    (MarkKind.ARTICLE, ("берене", "статья")),
    (MarkKind.CHAPTER, ("глава", "бап")),
    (MarkKind.SECTION, ("бөлүм", "раздел")),
    (MarkKind.SUBSECTION, ("бөлүмчө",)),
    (MarkKind.SUBCHAPTER, ("параграф", "§")),
    (MarkKind.PART, ("бөлүк",)),
)


def _named(table: tuple[tuple[MarkKind, tuple[str, ...]], ...]) -> str:
    return "|".join(f"(?P<{kind}>{'|'.join(_keyword(word) for word in words)})" for kind, words in table)


_AHEAD = re.compile(
    rf"(?:{_named(_KEYWORDS)}){_SP}{{0,3}}(?:№{_SP}?)?"
    rf"(?:(?P<arabic>{_ARABIC})(?!\w)|(?P<numeral>{_ROMAN})|(?P<named>(?i:{_WORD})))"
)
_BEHIND = re.compile(
    rf"(?:(?P<arabic>{_ARABIC})|(?P<numeral>{_ROMAN})|(?P<named>(?i:{_WORD})))"
    rf"{_SP}?{_DASH}?{_SP}?(?:{_named(_SUFFIX_KEYWORDS)})(?!\w)"
)
_RANGE = re.compile(
    rf"(?:{_keyword('статьи')}){_SP}{{1,3}}(?P<first>{_ARABIC}){_SP}?[-–—]{_SP}?(?P<last>\d{{1,4}})(?=[.:]|{_SP}{{1,3}}\()"
)
_RANGE_KY = re.compile(
    rf"(?P<first>\d{{1,4}}){_SP}?[-–—]{_SP}?(?P<last>\d{{1,4}}){_DASH}(?:{_keyword('беренелер')})(?!\w)"
)
_GENERAL = re.compile(
    rf"(?:{_keyword('общая')}|{_keyword('особенная')}){_SP}{{1,3}}{_keyword('часть')}{_SP}*\.?{_SP}*$"
    rf"|(?:{_keyword('жалпы')}|{_keyword('өзгөчө')}|{_keyword('атайын')}){_SP}{{1,3}}{_keyword('бөлүк')}{_SP}*\.?{_SP}*$"
)
_DECIMAL = re.compile(
    rf"(?P<number>[\dЗО]{{1,3}}[{_SUP}]{{0,3}}(?:{_SP}?{_DASH}{_SP}?\d{{1,2}}(?={_SP}?[.)]))?"
    rf"(?:\.\d{{1,3}}[{_SUP}]{{0,3}}(?:{_DASH}\d{{1,2}}(?=\.))?){{0,4}})(?P<stop>{_SP}?[.)]{{0,2}})"
)
_LETTER = re.compile(rf"(?P<letter>[a-zа-яёөүңA-ZА-ЯЁӨҮҢ])(?P<inserted>[{_SUP}]{{1,2}}|{_DASH}\d{{1,2}})?{_SP}?\)\.?")
_ROMAN_ITEM = re.compile(rf"(?P<numeral>{_ROMAN})(?P<stop>{_SP}?\.|{_SP}{{1,8}})")
_REST_IS_DATE = re.compile(r"\s{0,3}\d{1,2}\.\s?(?:\d{1,2}\.\s?)?\d{2,4}")
#: Words after ``Статья 21`` that make it a reference: the genitive of an act's name, or its abbreviation.
_OF_AN_ACT = re.compile(
    r"(?:закон(?:а|у|ом|е)|кодекс(?:а|у|ом|е)|конституции|конституцией|положения|устава|регламента|правил|порядка|"
    r"указа|постановления|договора|соглашения|федеральн\w{2,4}|"
    r"(?-i:УК|ГК|НК|ТК|БК|КР|ЗК|АПК|ГПК|УПК|КоАП|Закону))\b",
    re.IGNORECASE,
)
_CAPITAL_FOLLOWS = re.compile(r"[«\"“„(]?[A-ZА-ЯЁӨҮҢ_]")
_CAPITALS = re.compile(r"[«\"“„(]?[A-ZА-ЯЁӨҮҢ]{2}|[«\"“„(]?[A-ZА-ЯЁӨҮҢ]\s[А-ЯЁӨҮҢ]{2}")


def find_mark(text: str) -> Mark | None:
    """The mark at the start of a paragraph, or None.

    Args:
        text: paragraph without white space around it, superscript digits as superscript characters
            (``numbers.raised``).

    ``11-статья. Кеңештин …`` is article 11, ``Глава четырнадцатая-1`` chapter 14-1, ``17.5. Жыйын`` decimal 17.5.
    """
    if not text:
        return None
    finders = _BY_FIRST.get(text[0])
    if finders is None:
        return None
    for finder in finders:
        found = finder(text)
        if found is not None:
            return found
    return None


def find_label(label: str) -> Mark | None:
    """The mark that a format's own number is (``1.``, ``а)``, ``Глава 3.``); None for a bullet."""
    text = label.strip()
    found = find_mark(f"{text} А") or find_mark(f"{text}. А")
    if found is None or found.end < len(text):
        return None
    return Mark(found.kind, found.number, found.value, 0, lookalike=found.lookalike, labelled=True)


def _ahead(text: str) -> Mark | None:
    found = _AHEAD.match(text)
    if found is None:
        return None
    kind = next(kind for kind, _ in _KEYWORDS if found[kind])
    mark = _heading(text, found, kind)
    return replace(mark, keyword_small=True) if mark is not None and found[kind][0].islower() else mark


def _behind(text: str) -> Mark | None:
    found = _BEHIND.match(text)
    if found is None:
        return None
    kind = next(kind for kind, _ in _SUFFIX_KEYWORDS if found[kind])
    # «1-бөлүк» in running text is a part of an article; a part of a code is numbered in Roman digits or words.
    if kind is MarkKind.PART and found["arabic"] and not found[kind].isupper():
        return None
    return _heading(text, found, kind)


def _heading(text: str, found: re.Match[str], kind: MarkKind) -> Mark | None:
    number, lookalike = _number(found)
    value = None if number is None else numbers.value_of(number)
    if value is None:
        return None
    follows = _follow(text, found.end())
    if follows is None:
        return None
    end, firm = follows
    return Mark(kind, number, value, end, firm, lookalike)


def _number(found: re.Match[str]) -> tuple[str | None, bool]:
    """Normalised number of a heading and whether letters stood for its digits."""
    if found["arabic"]:
        printed = found["arabic"]
        if not any(sign.isdigit() for sign in printed) and printed not in {"З", "з"}:
            return None, False
        number = numbers.arabic(printed)
        return number, any(sign in "ЗзОоOo" for sign in printed)
    if found["numeral"]:
        head, *inserted = re.split(r"[-–—‑−⁰-⁹¹²³]", found["numeral"], maxsplit=1)
        numeral = numbers.roman(head.strip())
        if numeral is None:
            return None, False
        tail = numbers.arabic(found["numeral"][len(head) :])
        return numeral[0] + (f"-{tail}" if inserted and tail else ""), head.strip() != numeral[0]
    head, *rest = re.split(r"\s*[-–—‑−]\s*", found["named"], maxsplit=1)
    value = numbers.word(head)
    if value is None:
        return None, False
    return f"{value}-{rest[0]}" if rest else str(value), False


def _follow(text: str, at: int) -> tuple[int, bool] | None:
    """Where the heading's rest begins behind its number and whether a stop shows it; None for a reference."""
    rest = text[at:]
    bare = rest.lstrip(" \t\xa0")
    here = at + len(rest) - len(bare)
    if bare[:1] == "\n" and bare.lstrip()[:1] == ".":
        bare = bare.lstrip()
        here = len(text) - len(bare)
    if not bare or bare[0] == "\n":
        return at + len(rest) - len(rest.lstrip()), True
    if bare[0] in ".:)":
        behind = text[here + 1 :].lstrip(" \t\xa0.")
        return len(text) - len(behind.lstrip()), True
    if bare[0] in "-–—" and bare[1:2] in {"", " ", "\xa0", "\n"} and here > at:
        return len(text) - len(bare[1:].lstrip()), True
    if here > at and _CAPITAL_FOLLOWS.match(bare) and not (_OF_AN_ACT.match(bare) and not text[:at].isupper()):
        return here, False
    return None


def _range(text: str) -> Mark | None:
    found = _RANGE.match(text) or _RANGE_KY.match(text)
    if found is None:
        return None
    first, last = numbers.value_of(numbers.arabic(found["first"])), numbers.value_of(found["last"])
    if first is None or last is None or len(first) > 1 or not first[0] < last[0] < first[0] + 200:
        return None
    end = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip(" \t\xa0.:"))
    return Mark(MarkKind.ARTICLE, str(first[0]), first, end, until=last)


def _general(text: str) -> Mark | None:
    return Mark(MarkKind.PART, None, None, 0) if len(text) < 60 and _GENERAL.match(text) else None


def _decimal(text: str) -> Mark | None:
    found = _DECIMAL.match(text)
    if found is None:
        return None
    printed, stop = found["number"], found["stop"].strip()
    number = numbers.arabic(printed)
    value = numbers.value_of(number)
    if value is None or not _plausible(printed, number):
        return None
    lookalike = any(sign in "ЗО" for sign in printed)
    behind = text[found.end() :]
    rest = behind.lstrip()
    end = len(text) - len(rest)
    if ")" in stop:
        if "." in number:
            return None
        return _letter(text) if printed == "З" else Mark(MarkKind.POINT, number, value, end, lookalike=lookalike)
    if stop:
        odd = behind[:1].isdigit() or (behind[:1] in "-–—" and behind[:1] != "" and not behind[1:2].isspace())
        return (
            None if odd or _REST_IS_DATE.match(behind) else Mark(MarkKind.DECIMAL, number, value, end, True, lookalike)
        )
    # «17.5 Жыйын» without the last stop: only before a capital.
    if "." in number and _CAPITAL_FOLLOWS.match(rest) and not rest[:1].isdigit():
        return Mark(MarkKind.DECIMAL, number, value, end, False, lookalike)
    return None


def _plausible(printed: str, number: str) -> bool:
    """Whether a number can be an item's: not 0, no leading zero (``23.00``, ``01.02``), a digit in it."""
    if not any(sign.isdigit() for sign in printed):
        return printed == "З"
    return all(part and part[0] != "0" for part in re.split("[-.]", number))


def _letter(text: str) -> Mark | None:
    found = _LETTER.match(text)
    if found is None:
        return None
    letter = numbers.cyrillic_letter(found["letter"])
    inserted = numbers.arabic(found["inserted"] or "")
    number = f"{letter}-{inserted}" if inserted else letter
    value = numbers.value_of(number)
    rest = text[found.end() :].lstrip()
    if value is None:
        return None
    end = len(text) - len(rest)
    return Mark(MarkKind.LETTER, number, value, end, other=_other_letter(found["letter"], inserted, end))


def _other_letter(printed: str, inserted: str, end: int) -> Mark | None:
    """What else a list's letter may be: ``З`` is 3 too, a Latin letter has a place in its own alphabet."""
    if printed == "З" and not inserted:
        return Mark(MarkKind.POINT, "3", (3,), end, lookalike=True)
    if printed.isascii():
        return Mark(MarkKind.LETTER, printed.lower() + inserted, (ord(printed.lower()) - ord("a") + 1,), end)
    return None


def _roman_item(text: str) -> Mark | None:
    found = _ROMAN_ITEM.match(text)
    if found is None:
        return None
    number, lookalike = _number_of_roman(found["numeral"])
    if number is None:
        return None
    rest = text[found.end() :].lstrip()
    firm = "." in found["stop"]
    if not firm and not _CAPITALS.match(rest):
        return None
    if firm and (not rest or not (_CAPITAL_FOLLOWS.match(rest) or rest[0].isalpha())):
        return None
    return Mark(MarkKind.ROMAN, number, numbers.value_of(number), len(text) - len(rest), firm, lookalike)


def _number_of_roman(printed: str) -> tuple[str | None, bool]:
    found = re.match(r"[^-–—‑−⁰-⁹¹²³\s]+", printed)
    head = found[0] if found else ""
    if not re.search("[IVXІХӀ]", head) and head not in {"П", "Ш", "У"}:
        return None, False
    numeral = numbers.roman(head)
    if numeral is None:
        return None, False
    tail = numbers.arabic(printed[len(head) :])
    return numeral[0] + (f"-{tail}" if tail else ""), head != numeral[0]


def _table() -> dict[str, tuple[Callable[[str], Mark | None], ...]]:
    """Which finders a first character calls for."""
    table: dict[str, list[Callable[[str], Mark | None]]] = {}

    def add(signs: str, finder: Callable[[str], Mark | None]) -> None:
        for sign in signs:
            entries = table.setdefault(sign, [])
            if finder not in entries:
                entries.append(finder)

    digits = "0123456789ЗО"
    add("СсCcБб" + "0123456789", _range)
    add("ОоOoЖжӨөАа", _general)
    add("СсCcБбГгРрPpПпЧч§", _ahead)
    add(digits + "IVXLCІХУСМШПӀ" + "БбЭэҮүТтАаЖжСсОоУу" + "ПпВвЧчШшДд", _behind)
    add(digits, _decimal)
    add("IVXLCІХУСМШПӀ1", _roman_item)
    add("abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяёөүң", _letter)
    add("ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁӨҮҢ", _letter)
    return {sign: tuple(entries) for sign, entries in table.items()}


_BY_FIRST = _table()
