"""How numbers, times and dates are spoken in Kyrgyz: the last word decides their endings."""

from __future__ import annotations

import datetime as dt
import re

from kb.language.months import KYRGYZ

_UNITS = ("нөл", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз")
_TENS = ("", "он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон")
_GROUPS = ((9, "миллиард"), (6, "миллион"), (3, "миң"), (2, "жүз"))
_TIME = re.compile(r"(?<![\d.,])(?:[01]?\d|2[0-3])[.:]([0-5]\d)$")
_NUMBER = re.compile(r"\d+$")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def last_word(text: str) -> str | None:
    """Last spoken word of the number or time at the end of ``text``, None if no digit stands there.

    ``6000`` → ``миң``, ``23.00`` → ``нөл``, ``2022`` → ``эки``.
    """
    time = _TIME.search(text)
    found = _NUMBER.search(_SPACED.sub("", text))
    if time is None and found is None:
        return None
    digits = time[1] if time else (found[0] if found else "")
    number = digits.lstrip("0")
    if not number:
        return _UNITS[0]
    if number[-1] != "0":
        return _UNITS[int(number[-1])]
    if number[-2] != "0":
        return _TENS[int(number[-2])]
    zeros = len(number) - len(number.rstrip("0"))
    return next(word for least, word in _GROUPS if zeros >= least)


def spoken_date(text: str) -> str | None:
    """Date in words, ending in the month with its possessive, or None if ``text`` is no date.

    ``2022-12-12`` and ``12.12.2022`` → ``2022-жылдын 12-декабры``.
    """
    iso, dotted = _ISO_DATE.fullmatch(text), _DOTTED_DATE.fullmatch(text)
    if iso:
        year, month, day = iso.groups()
    elif dotted:
        day, month, year = dotted.groups()
    else:
        return None
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return f"{date.year}-жылдын {date.day}-{KYRGYZ[date.month - 1]}"


def is_month(word: str) -> bool:
    """Whether a lower-case word is a month with its possessive (``декабры``)."""
    return word in KYRGYZ
