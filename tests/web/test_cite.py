"""Citations read as a lawyer writes them, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.documents import Kind, Level, Status
from kb.language.model import Language
from kb.storage.model import ActSummary
from kb.web.cite import Named, chain_of, cite, cited, label, unit_words

KY, RU = Language.KY, Language.RU


def act(kind: Kind, number: str | None, date: dt.date | None, ky: str = "", ru: str = "") -> ActSummary:
    titles = {language: title for language, title in ((KY, ky), (RU, ru)) if title}
    return ActSummary(
        act="/akn/x", kind=kind, titles=titles, number=number, date=date, body=None, status=Status.UNKNOWN,
        status_by=None, official=False, topics=(), audience=(), hours=None, first_lines="", editions=(),
    )  # fmt: skip


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


DATE = dt.date(2021, 10, 20)


@pytest.mark.parametrize(
    ("of", "ky", "ru"),
    [
        (
            act(Kind.LAW, "0-12", DATE, "Үлгү жөнүндө", "О Үлгү"),
            "2-берене, Кыргыз Республикасынын 2021-жылдын 20-октябрындагы № 0-12 «Үлгү жөнүндө» Мыйзамы",
            "статья 2 Закона Кыргызской Республики от 20 октября 2021 года № 0-12 «О Үлгү»",
        ),
        (
            act(Kind.CODE, "0-15", DATE, ru="Гражданский Кодекс Кыргызской Республики"),
            "2-берене, Гражданский Кодекс Кыргызской Республики, 2021-жылдын 20-октябры № 0-15",
            "статья 2 Гражданского Кодекса Кыргызской Республики от 20 октября 2021 года № 0-15",
        ),
        (
            act(Kind.CHARTER, None, None, "Үлгү айылынын уставы"),
            "2-берене, «Үлгү айылынын уставы»",
            "статья 2, «Үлгү айылынын уставы»",
        ),
    ],
)
def test_citation_of_a_unit(of: ActSummary, ky: str, ru: str) -> None:
    assert cite(of, "2-берене", KY) == ky
    assert cite(of, "статья 2", RU) == ru


@pytest.mark.parametrize(
    ("title", "genitive"),
    [
        ("Трудовой кодекс Кыргызской Республики", "Трудового кодекса Кыргызской Республики"),
        (
            "Уголовно-процессуальный кодекс Кыргызской Республики",
            "Уголовно-процессуального кодекса Кыргызской Республики",
        ),
        ("Бюджетный кодекс", "Бюджетного кодекса"),
        ("Кодекс Кыргызской Республики о правонарушениях", "Кодекса Кыргызской Республики о правонарушениях"),
        ("Конституция Кыргызской Республики", "Конституции Кыргызской Республики"),
    ],
)
def test_genitive_of_codes(title: str, genitive: str) -> None:
    assert cite(act(Kind.CODE, None, None, ru=title), "статья 1", RU) == f"статья 1 {genitive}"


def test_a_name_that_is_not_understood_is_not_declined() -> None:
    found = cite(act(Kind.CODE, "0-1", None, ru="Свод правил"), "статья 1", RU)
    assert found == "статья 1, Свод правил № 0-1"


def test_citation_of_a_whole_act() -> None:
    law = act(Kind.LAW, "0-12", DATE, ru="О Үлгү")
    assert cite(law, "", RU) == "Закон Кыргызской Республики от 20 октября 2021 года № 0-12 «О Үлгү»"


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
