"""Key of a word or a number: what is the same in all its forms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from kb.language import russian
from kb.language.model import Language
from kb.language.normalize import HYPHENS, is_roman, normal, normal_number
from kb.language.tokens import number_parts

_DATE = re.compile(r"(?:(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2}))")
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
#: Capitals with an ending in small letters, joined or after a hyphen: ``АКШнын``, ``КР-нин``.
_ACRONYM = re.compile(
    rf"([A-ZА-ЯЁӨҮҢ]{{2,8}})[{HYPHENS}]?((?:[лдт][аеоө]р)?(?:[ыиуү]|с[ыиуү])?"
    r"(?:[нтд][ыиуү]н|[нтд][ыиуү]|н?[гк][аеоө]|н?[дт][аеоө]н?)?(?:г[ыи])?)"
)
_KYRGYZ_LETTER = re.compile("[өүң]")
#: Endings that no Kyrgyz word has; such words of a Kyrgyz text are Russian if the dictionary knows them.
_RUSSIAN_FORM = re.compile(
    r"(?:[ое]го|[ое]му|[ыи]ми|ая|яя|ое|ые|[ыи]х|ую|юю|ов|ами|ями|ах|ях|иях|ость|ости|ени[еяюй]|ани[еяюй]|ии|ию|ией|ой|ться|тся|о[бвгджзклмнпрстфхцчшщ]{1,3}а)$"
)
_CYRILLIC = re.compile("[а-яёөүң]")


class Keyer:
    """Surface and key of a token, by the language of its text."""

    def __init__(self, kyrgyz_keys: Callable[[str], str]) -> None:
        """Use ``kyrgyz_keys`` for the keys of Kyrgyz words in normal form."""
        self._kyrgyz = kyrgyz_keys

    def __call__(self, token: str, language: Language) -> tuple[str, str]:
        """Surface and key of a token as written in a text of ``language`` (``АКШнын`` → ``акшнын``, ``акш``)."""
        if any(character.isdigit() for character in token):
            number = _number(token)
            if number is not None:
                return number
        acronym = _ACRONYM.fullmatch(token)
        if acronym and acronym[2] and not is_roman(acronym[1]):
            return normal(token), self._of_word(normal(acronym[1]), language)
        surface = normal(token)
        return surface, self._of_word(surface, language)

    def _of_word(self, surface: str, language: Language) -> str:
        if not _CYRILLIC.search(surface):
            return surface
        if language is Language.RU and not _KYRGYZ_LETTER.search(surface):
            return russian.lemma(surface)
        if _RUSSIAN_FORM.search(surface) and russian.known(surface):
            surface = russian.lemma(surface)
        head, hyphen, last = surface.rpartition("-")
        return head + hyphen + self._kyrgyz(last)


def _number(token: str) -> tuple[str, str] | None:
    parts = number_parts(token)
    if parts is None:
        return None
    number = _SPACES.sub("", parts.number)
    date = _DATE.fullmatch(number)
    if date:
        day, month, year = (date[1], date[2], date[3]) if date[1] else (date[6], date[5], date[4])
        try:
            number = dt.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return number, number
    number = normal_number(number)
    return number + parts.ending.lower(), number
