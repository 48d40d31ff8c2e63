"""Words for levels of units in any case form, folded, Russian and Kyrgyz."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.documents import Level
from kb.language.model import Language

_KY_SG = "(?:сы|нын|га|ге|го|на|не|ны|ни|да|де|до|дан|ден|сынан|сынын|сына|сында|сындагы|сынча)"


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A word for a level.

    Attributes:
        level: the level.
        language: language of its form, None where both have it.
        plural: whether it is plural, None where the form may be either.
        short: whether it is an abbreviation.
    """

    level: Level
    language: Language | None
    plural: bool | None
    short: bool = False


Row = tuple[str, Level, Literal["ru", "ky", ""], bool | None, bool]
_KY_PL = r"(?:лер|лар|тер|тар|дор|дер|дар|лор|тор)[а-я]{0,10}"
#: Endings of a Kyrgyz singular behind a vowel (``берененин``, ``беренесинин``).
_KY_V = r"(?:с?[иы]|с?[иы]н[а-я]{0,8}|н[иы]н|г[еа]|де(?:ги)?|да(?:гы)?|ден|дан|ни|ны|ча|че)"
#: Endings of a Kyrgyz singular behind a consonant (``пунктунун``, ``болугуно``, ``болумундо``).
_KY_C = r"(?:[уи]|[уи]н[а-я]{0,8}|[тд][уи]н|[кг][оеа]|[тд][оеа](?:г[уи])?|[тд][оеа]н|[тд][уи]|ча|чо)"
_RU_F = "(?:я|и|ю|ей|е)"

#: Pattern, level, language, plural (None: either), abbreviation; the first that fits a word counts.
_ROWS: tuple[Row, ...] = (
    (rf"берене{_KY_PL}", Level.ARTICLE, "ky", True, False),
    (rf"берене{_KY_V}?", Level.ARTICLE, "ky", False, False),
    (rf"стат[ьъ]я{_KY_PL}", Level.ARTICLE, "ky", True, False),
    (r"стат[ьъ]я(?:с[ыи]?[а-я]{0,8}|нын|га|да|дагы|дан|ны|ча)", Level.ARTICLE, "ky", False, False),
    (r"стат[ьъ](?:ям|ями|ях)|статей", Level.ARTICLE, "ru", True, False),
    (r"стат[ьъ]и", Level.ARTICLE, "ru", None, False),
    (r"стат[ьъ](?:ю|ей|е)", Level.ARTICLE, "ru", False, False),
    (r"стат[ьъ]я", Level.ARTICLE, "", False, False),
    (r"стст\.?|ст\.\s?ст\.", Level.ARTICLE, "ru", True, True),
    (r"ст\.?", Level.ARTICLE, "", None, True),
    (rf"пунктча{_KY_PL}", Level.SUBPOINT, "ky", True, False),
    (rf"пунктча{_KY_V}?", Level.SUBPOINT, "ky", False, False),
    (rf"подпункт(?:ча)?{_KY_PL}", Level.SUBPOINT, "ky", True, False),
    (r"подпункт(?:ам|ами|ах|ов|ы)", Level.SUBPOINT, "ru", True, False),
    (r"подпункт(?:а|ом|е)", Level.SUBPOINT, "ru", False, False),
    (rf"подпункт{_KY_C}", Level.SUBPOINT, "", False, False),
    (r"подпункт", Level.SUBPOINT, "", False, False),
    (r"подп\.?|пп\.|п\.\s?п\.|пп(?=\s{0,2}[0-9])", Level.SUBPOINT, "ru", None, True),
    (rf"пункт{_KY_PL}", Level.POINT, "ky", True, False),
    (r"пункт(?:ам|ами|ах|ов|ы)", Level.POINT, "ru", True, False),
    (r"пункт(?:а|ом|е)", Level.POINT, "ru", False, False),
    (rf"пункт{_KY_C}?", Level.POINT, "", False, False),
    (r"п\.|п(?=\s{0,2}[0-9])", Level.POINT, "ru", None, True),
    (rf"болук{_KY_PL}", Level.PARAGRAPH, "ky", True, False),
    (rf"болу[кг]{_KY_C}?", Level.PARAGRAPH, "ky", False, False),
    (r"част(?:ям|ями|ях|ей)", Level.PARAGRAPH, "ru", True, False),
    (r"части", Level.PARAGRAPH, "ru", None, False),
    (r"част(?:ь|ью)", Level.PARAGRAPH, "ru", False, False),
    (r"ч\.|ч(?=\s{0,2}[0-9])", Level.PARAGRAPH, "ru", None, True),
    (rf"абзац{_KY_PL}", Level.ALINEA, "ky", True, False),
    (r"абзац(?:ам|ами|ах|ев)", Level.ALINEA, "ru", True, False),
    (r"абзацы", Level.ALINEA, "", None, False),
    (r"абзац(?:а|ем|е|у|ын[а-я]{0,8}|га|та|тагы|тан|тын|ты)?", Level.ALINEA, "", False, False),
    (r"абз\.", Level.ALINEA, "ru", None, True),
    (rf"глава{_KY_PL}", Level.CHAPTER, "ky", True, False),
    (rf"глава{_KY_SG}", Level.CHAPTER, "ky", False, False),
    (r"глав(?:ам|ами|ах)?", Level.CHAPTER, "ru", True, False),
    (r"главы", Level.CHAPTER, "ru", None, False),
    (r"глав(?:а|у|ой|е)", Level.CHAPTER, "", False, False),
    (r"гл\.", Level.CHAPTER, "ru", None, True),
    (rf"бап{_KY_PL}", Level.CHAPTER, "ky", True, False),
    (r"бап(?:тын|та|тагы|тан|ты|ка)?|баб(?:ы|ын[а-я]{0,8})", Level.CHAPTER, "ky", False, False),
    (r"раздел(?:ам|ами|ах|ов|ы)", Level.SECTION, "ru", True, False),
    (r"раздел(?:а|у|ом|е)?", Level.SECTION, "ru", False, False),
    (r"разд\.", Level.SECTION, "ru", None, True),
    (rf"болум{_KY_PL}", Level.SECTION, "ky", True, False),
    (rf"болум{_KY_C}?", Level.SECTION, "ky", False, False),
    (r"параграф(?:ам|ами|ах|ов|ы)", Level.SUBCHAPTER, "", True, False),
    (r"параграф(?:а|у|ом|е|тын|та|тагы|ынын|ы|ын|ына|ында)?", Level.SUBCHAPTER, "", False, False),
    (r"§{1,2}", Level.SUBCHAPTER, "", None, True),
    (r"приложени(?:ям|ями|ях|й)", Level.APPENDIX, "ru", True, False),
    (r"приложени(?:я|е|ю|ем|и)", Level.APPENDIX, "ru", None, False),
    (rf"тиркеме{_KY_PL}", Level.APPENDIX, "ky", True, False),
    (rf"тиркеме{_KY_V}?", Level.APPENDIX, "ky", False, False),
)
_COMPILED = tuple(
    (
        re.compile(pattern.replace(r"(?=\s{0,2}[0-9])", "")),
        LevelWord(level, Language(code) if code else None, plural, short),
    )
    for pattern, level, code, plural, short in _ROWS
)

#: A word for a level; ``read_level`` says which. Its right side is guarded here, its left by the tokeniser.
LEVEL = (
    "(?:"
    + "|".join(row[0] for row in _ROWS if not row[4])
    + r")(?![а-яa-z])|(?:"
    + "|".join(row[0] for row in _ROWS if row[4])
    + r")(?![а-яa-z])"
)

#: Depth of each level, the outermost least.
RANK = {
    Level.APPENDIX: 0, Level.PART: 1, Level.SECTION: 2, Level.CHAPTER: 3, Level.SUBCHAPTER: 4, Level.ARTICLE: 5,
    Level.CLAUSE: 5, Level.PARAGRAPH: 6, Level.POINT: 7, Level.SUBCLAUSE: 7, Level.SUBPOINT: 8, Level.ALINEA: 9,
}  # fmt: skip


def read_level(word: str) -> LevelWord | None:
    """What a folded word names: ``беренелерине`` → articles, ``ст.`` → article; None if it is no level."""
    return next((found for pattern, found in _COMPILED if pattern.fullmatch(word)), None)
