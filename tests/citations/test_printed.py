"""Units named as print names them, in both languages."""

from __future__ import annotations

import pytest

from kb.citations.printed import Named, chain_of, cited, headed, label, unit_words
from kb.documents import Level
from kb.language.model import Language

KY, RU = Language.KY, Language.RU


CHAIN = (Named(Level.CHAPTER, "3"), Named(Level.ARTICLE, "29"), Named(Level.PARAGRAPH, "1"), Named(Level.POINT, "2"))


@pytest.mark.parametrize(
    ("chain", "ky", "ru"),
    [
        (CHAIN[:1], "3-глава", "глава 3"),
        (CHAIN[:2], "29-берене", "статья 29"),
        (CHAIN[:3], "29-берененин 1-бөлүгү", "часть 1 статьи 29"),
        (CHAIN, "29-берененин 1-бөлүгүнүн 2-пункту", "пункт 2 части 1 статьи 29"),
        (
            (*CHAIN, Named(Level.SUBPOINT, "а")),
            "29-берененин 1-бөлүгүнүн 2-пунктунун «а» пунктчасы",
            "подпункт «а» пункта 2 части 1 статьи 29",
        ),
        (
            (Named(Level.SECTION, "I"), Named(Level.CLAUSE, "17"), Named(Level.SUBCLAUSE, "17.5")),
            "17.5-пункт",
            "пункт 17.5",
        ),
        (
            (
                Named(Level.CLAUSE, "27"), Named(Level.SUBCLAUSE, "27.5"), Named(Level.SUBCLAUSE, "27.5.1"),
                Named(Level.POINT, "2"),
            ),
            "27.5.1-пункттун 2-пункту",
            "пункт 2 пункта 27.5.1",
        ),
        ((Named(Level.APPENDIX, "1"), Named(Level.CLAUSE, "3")), "1-тиркеменин 3-пункту", "пункт 3 приложения 1"),
        ((Named(Level.PREAMBLE, None),), "", ""),
    ],
)  # fmt: skip
def test_unit_words(chain: tuple[Named, ...], ky: str, ru: str) -> None:
    assert unit_words(cited(chain), KY) == ky
    assert unit_words(cited(chain), RU) == ru


@pytest.mark.parametrize(
    ("level", "number", "ky", "ru"),
    [
        (Level.ARTICLE, "21-1", "21-1-берене.", "Статья 21-1."),
        (Level.CHAPTER, "10-1", "10-1-глава.", "Глава 10-1."),
        (Level.SECTION, "II", "II бөлүм.", "Раздел II."),
        (Level.SUBCHAPTER, "2", "§ 2.", "§ 2."),
        (Level.POINT, "1", "1)", "1)"),
        (Level.SUBCLAUSE, "17.5", "17.5.", "17.5."),
        (Level.SECTION, None, "", ""),
        (Level.ALINEA, "2", "", ""),
    ],
)
def test_printed_numbers(level: Level, number: str | None, ky: str, ru: str) -> None:
    assert label(level, number, KY) == ky
    assert label(level, number, RU) == ru


def test_chain_read_from_an_eid() -> None:
    chain = chain_of("att_1__cl_27__subcl_27-5-1", "27.5.1")
    assert unit_words(cited(chain), RU) == "пункт 27.5.1 приложения 1"
    assert chain_of("preamble", None) == (Named(Level.PREAMBLE, None),)
    assert chain_of("nonsense", "1") == ()


@pytest.mark.parametrize(
    ("level", "number", "heading", "ky", "ru"),
    [
        (Level.CHAPTER, "3", "Үлгү", "3-глава. Үлгү", "Глава 3. Үлгү"),
        (Level.SECTION, "I", "Үлгү", "I бөлүм. Үлгү", "Раздел I. Үлгү"),
        (Level.SUBCHAPTER, "2", "Үлгү", "§ 2. Үлгү", "§ 2. Үлгү"),
        (Level.ARTICLE, "12", None, "12-берене", "Статья 12"),
        (Level.PARAGRAPH, "2", None, "2-бөлүк", "Часть 2"),
        (Level.CLAUSE, "17", "Үлгү", "17. Үлгү", "17. Үлгү"),
        (Level.CLAUSE, "17", None, "17-пункт", "Пункт 17"),
        (Level.SUBPOINT, "а", None, "«а» пунктча", "Подпункт «а»"),
        (Level.APPENDIX, "1", None, "1-тиркеме", "Приложение 1"),
        (Level.APPENDIX, None, "Үлгү", "Үлгү", "Үлгү"),
        (Level.SECTION, None, None, "", ""),
        (Level.PREAMBLE, None, None, "", ""),
    ],
)
def test_a_unit_in_a_path_of_headings(level: Level, number: str | None, heading: str | None, ky: str, ru: str) -> None:
    assert headed(level, number, heading, KY) == ky
    assert headed(level, number, heading, RU) == ru
