"""Citations read as a lawyer writes them, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.documents import Kind, Status
from kb.language.model import Language
from kb.storage.model import ActSummary
from kb.web.cite import cite

KY, RU = Language.KY, Language.RU


def act(kind: Kind, number: str | None, date: dt.date | None, ky: str = "", ru: str = "") -> ActSummary:
    titles = {language: title for language, title in ((KY, ky), (RU, ru)) if title}
    return ActSummary(
        act="/akn/x", kind=kind, titles=titles, number=number, date=date, body=None, status=Status.UNKNOWN,
        status_by=None, official=False, topics=(), audience=(), hours=None, first_lines="", editions=(),
    )  # fmt: skip


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
