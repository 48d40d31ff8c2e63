"""The interface's three languages: which one a reader wants, its words, dates and numbers.

Message ids are English; ``locale/{ky,ru}/LC_MESSAGES/kb.po`` hold the rest and are compiled in memory.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from kb.language import months
from kb.language.model import Language

_PARAMETER = re.compile(r"%\((\w{1,40})\)s")

LOCALE = Path(__file__).parent / "locale"

#: Name of each language in itself.
OWN_NAMES = {Language.KY: "Кыргызча", Language.RU: "Русский", Language.EN: "English"}


@cache
def catalogue(language: Language) -> NullTranslations:
    """Messages of an interface language; English has its ids."""
    path = LOCALE / language / "LC_MESSAGES" / "kb.po"
    if language is Language.EN:
        return NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def tell(message: str, language: Language, /, **params: object) -> str:
    """The message in a language, ``%(name)s`` replaced; a parameter that is not given stays as written."""
    text = str(catalogue(language).gettext(message))
    return _PARAMETER.sub(lambda found: str(params.get(found[1], found[0])), text)


def noop(message: str) -> str:
    """Mark a message id for the catalogue where it is stored and only told later."""
    return message


def parse_language(value: str | None) -> Language | None:
    """``ky``, ``ru``, ``en`` as a language; None for anything else."""
    return Language(value) if value in set(Language) else None


def negotiate(chosen: str | None, cookie: str | None, accept: str | None) -> Language:
    """Language of the interface.

    Args:
        chosen: value of ``?hl=``.
        cookie: value remembered from an earlier choice.
        accept: the header Accept-Language.

    Returns:
        The first of them that names one of ours, Kyrgyz if none does.
    """
    asked = parse_language(chosen) or parse_language(cookie)
    if asked:
        return asked
    for code in accepted(accept or ""):
        language = parse_language(code.split("-")[0])
        if language:
            return language
    return Language.KY


def accepted(header: str) -> list[str]:
    """Values of an Accept header, best first (``ru;q=0.5, ky`` → ky, ru); those with q=0 left out."""
    found: list[tuple[float, str]] = []
    for part in header[:1000].split(",")[:50]:
        value, _, rest = part.partition(";")
        quality = 1.0
        name, _, number = rest.strip().partition("=")
        if name.strip() == "q":
            try:
                quality = float(number)
            except ValueError:
                quality = 0.0
        if value.strip() and quality > 0:
            found.append((-quality, value.strip().lower()))
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]


def day(date: dt.date, language: Language) -> str:
    """A date in words: ``2021-жылдын 20-октябры``, ``20 октября 2021 года``, ``20 October 2021``."""
    match language:
        case Language.KY:
            return f"{date.year}-жылдын {date.day}-{months.KYRGYZ[date.month - 1]}"
        case Language.RU:
            return f"{date.day} {months.RUSSIAN[date.month - 1]} {date.year} года"
        case Language.EN:
            return f"{date.day} {months.ENGLISH[date.month - 1]} {date.year}"


def day_to(date: dt.date, language: Language) -> str:
    """A date as the end of a stretch: dative in Kyrgyz (``20-октябрына`` чейин), else as ``day``."""
    if language is not Language.KY:
        return day(date, language)
    front = months.KYRGYZ[date.month - 1][-1] in "иүеө"
    return f"{day(date, language)}{'не' if front else 'на'}"


def day_of(date: dt.date, language: Language) -> str:
    """A date before a noun: ``2021-жылдын 20-октябрындагы``, else ``20 октября 2021 года``."""
    if language is not Language.KY:
        return day(date, language)
    front = months.KYRGYZ[date.month - 1][-1] in "иүеө"
    return f"{day(date, language)}{'ндеги' if front else 'ндагы'}"


def count(number: int, language: Language) -> str:
    """A number with the thousands apart as the language writes them."""
    return format_decimal(number, locale=language.value)


def decimal(number: float, language: Language) -> str:
    """A number with its decimals as the language writes them."""
    return format_decimal(number, locale=language.value)


def share(part: int, whole: int, language: Language) -> str:
    """A share in hundredths, never rounded up: nothing but the whole is 100 % (``99,98 %``); a dash of nothing."""
    if whole <= 0:
        return "—"
    return f"{format_decimal(part * 10_000 // whole / 100, format='0.##', locale=language.value)}\u00a0%"
