"""Dates of official texts, Russian and Kyrgyz."""

from __future__ import annotations

import datetime as dt
import re

from kb.citations.fold import fold
from kb.citations.model import DateCitation
from kb.language.model import Language

#: Stems of months, folded; behind the common one the Kyrgyz name that offices use too (``бештин айы``).
_MONTHS = (
    "январ|учтун ай",
    "феврал|бирдин ай",
    "март|жалган куран",
    "апрел|чын куран",
    "ма[йя]|бугу",
    "июн|кулжа",
    "июл|теке",
    "август|баш оона",
    "сентябр|аяк оона",
    "октябр|тогуздун ай",
    "ноябр|жетинин ай",
    "декабр|бештин ай",
)
#: Russian endings: nominative, genitive, dative, prepositional, instrumental.
_RU_END = "(?:ь|я|ю|е|ем|а|у|ом)?"
#: Kyrgyz endings: possessive, cases and -дагы (``октябрындагы``).
_KY_END = "[а-я]{0,14}"
_MONTH = "(?P<{}>" + "|".join(_MONTHS) + ")"
# An О or З typed for a digit stands among the digits of official texts.
_DAY = "(?P<{}>[0-9оз][0-9о]|[0-9])"
_YEAR = "(?P<{}>[12][0-9о]{{3}})"
_SP = r"\s{0,5}"
_RU_YEAR_WORD = rf"(?:{_SP}-?{_SP}(?:года?(?![а-я])|году|годов|г(?![а-я])\.?))?"
_KY_YEAR_WORD = rf"(?:{_SP}-?{_SP}(?:жыл[а-я]{{0,10}}|ж(?![а-я])\.?))"

_DATE = re.compile(
    "(?<![0-9а-яa-z/.])(?:"
    # « 12 » декабря 2022 г.
    rf"[«\"“„]?{_SP}{_DAY.format('d1')}(?:-?го)?{_SP}[»\"”“]?{_SP}{_MONTH.format('m1')}{_RU_END}(?![а-я])"
    rf"{_SP},?{_SP}{_YEAR.format('y1')}(?![0-9]){_RU_YEAR_WORD}"
    # 2016-жылдын 31-мартындагы
    rf"|{_YEAR.format('y2')}{_KY_YEAR_WORD}{_SP}[«\"“„]?{_SP}{_DAY.format('d2')}{_SP}[»\"”“]?"
    rf"{_SP}-?{_SP}{_MONTH.format('m2')}{_KY_END}"
    # 31-март 2016-жыл
    rf"|{_DAY.format('d3')}{_SP}-{_SP}{_MONTH.format('m3')}{_KY_END}{_SP},?{_SP}{_YEAR.format('y3')}{_KY_YEAR_WORD}"
    # 31.03.2016, 20/06/2005, 21,06,2018
    rf"|{_DAY.format('d4')} ?(?P<sep>[./]) ?(?P<m4>[01]?[0-9о]) ?(?P=sep) ?{_YEAR.format('y4')}(?![0-9])"
    rf"(?:{_KY_YEAR_WORD}|{_RU_YEAR_WORD})"
    r"|(?P<d5>[0-3][0-9]),(?P<m5>[01][0-9]),(?P<y5>(?:19|20)[0-9]{2})(?![0-9])"
    # 2016-03-31
    r"|(?P<y6>(?:19|20)[0-9]{2})-(?P<m6>[01][0-9])-(?P<d6>[0-3][0-9])(?![0-9-])"
    # 31.03.98 г., 12.12.22-ж.: two digits are a year only beside the word for it
    rf"|(?P<d7>[0-3]?[0-9])\.(?P<m7>[01]?[0-9])\.(?P<y7>[0-9]{{2}})(?:{_KY_YEAR_WORD}|{_SP}-?{_SP}г(?![а-я])\.?)"
    ")"
)
_LANGUAGES = {"1": Language.RU, "2": Language.KY, "3": Language.KY}
_LETTER_DIGITS = str.maketrans("оз", "03")
#: Two-digit years from here on are those of the last century: the Republic's acts begin in 1990.
_CENTURY = 90


def find_dates(text: str) -> list[DateCitation]:
    """Dates of ``text`` in their order.

    ``от 8 мая 1996 года``, ``2021-жылдын 20-октябрындагы``, ``12.12.2022-ж.``, ``« 12 » декабря 2022 г.``

    Args:
        text: any text, line feeds included.

    Returns:
        Dates with offsets into ``text``; those that no calendar has have the day None.
    """
    return [_citation(match) for match in _DATE.finditer(fold(text))]


def read_date(text: str) -> dt.date | None:
    """The first possible date in ``text`` (``Бишкек шаары, 2016-жылдын 31-марты`` → 31 March 2016), or None."""
    return next((found.date for found in find_dates(text) if found.date), None)


def _citation(match: re.Match[str]) -> DateCitation:
    shape = next(name[1] for name in ("y1", "y2", "y3", "y4", "y5", "y6", "y7") if match[name])
    year = int(match[f"y{shape}"].translate(_LETTER_DIGITS))
    if shape == "7":
        year += 1900 if year >= _CENTURY else 2000
    day = int(match[f"d{shape}"].translate(_LETTER_DIGITS))
    start = match.start() + _leading(match.group())
    end = match.start() + len(match.group().rstrip())
    return DateCitation(start, end, _day(year, _month(match[f"m{shape}"]), day), _language(match, shape))


def _leading(found: str) -> int:
    return len(found) - len(found.lstrip())


def _month(word: str) -> int:
    digits = word.translate(_LETTER_DIGITS)
    if digits.isdigit():
        return int(digits)
    return next(at for at, stem in enumerate(_MONTHS, start=1) if re.fullmatch(stem, word))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _language(match: re.Match[str], shape: str) -> Language | None:
    if shape in _LANGUAGES:
        return _LANGUAGES[shape]
    tail = re.search(r"[гж]", match.group())
    if tail is None:
        return None
    return Language.KY if tail.group() == "ж" else Language.RU
