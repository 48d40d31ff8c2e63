from __future__ import annotations

import datetime as dt

import pytest

from kb.documents import Kind
from kb.ingest.metadata.bodies import find_body
from kb.ingest.metadata.case import to_sentence
from kb.ingest.metadata.kinds import close_up, read_kind
from kb.ingest.metadata.names import strip_kind
from kb.ingest.metadata.requisites import Requisites, read_requisites
from kb.language.model import Language

KY, RU = Language.KY, Language.RU


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Бишкек шаары, 2016-жылдын 3-марты № 3", Requisites(dt.date(2016, 3, 3), "3", "Бишкек")),
        ("г.Бишкек от 2 февраля 2009 года N 7", Requisites(dt.date(2009, 2, 2), "7", "Бишкек")),
        ("Бишкек, 5 мая 2005 года № 3", Requisites(dt.date(2005, 5, 5), "3", "Бишкек")),
        ("г. Бишкек, Дом Правительства от 5 мая 2005 года № 3", Requisites(dt.date(2005, 5, 5), "3", "Бишкек")),
        ("от 8 мая 1996 года № 5", Requisites(dt.date(1996, 5, 8), "5")),
        ("1994-жылдын 6-апрели № 12-XII", Requisites(dt.date(1994, 4, 6), "12-XII")),
        ("07.11.2024-жыл Үлгү айылы", Requisites(dt.date(2024, 11, 7), None, "Үлгү")),
        ("2025-жылдын 7-январь . № 8 Кызыл-Үлгү айылы.", Requisites(dt.date(2025, 1, 7), "8", "Кызыл-Үлгү")),
        ("ГОРОД БИШКЕК", Requisites(place="Бишкек")),
        ("№         Бишкек ш.", Requisites(place="Бишкек", blank=True)),
        ("__.12.2022-ж. №___", Requisites(blank=True)),
        ("« __ » _____ 20__ г. № ___", Requisites(blank=True)),
        ("_______ № _______ Айылдын же шаардын аталышы", Requisites(blank=True)),
        ("31 февраля 2005 года № 3", Requisites(None, "3", impossible_date=True)),
    ],
)
def test_requisites(text: str, expected: Requisites) -> None:
    assert read_requisites(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Т.Үлгү көчөсү №12",
        "О порядке от 5 мая 2005 года № 3",
        "Закон от 5 мая 2005 года № 3",
        "от 5 мая 2005 года № 3, 6 мая 2006 года № 4",
        "Статья 1",
        "I. Жалпы жоболор",
        "Үлгү айылдык кеңеши",
        "",
    ],
)
def test_other_lines_are_no_requisites(text: str) -> None:
    assert read_requisites(text) is None


@pytest.mark.parametrize(
    ("text", "language", "name", "slug"),
    [
        ("ҮЛГҮ АЙЫЛДЫК КЕҢЕШИ", KY, "Үлгү айылдык кеңеши", "ulgu-aiyl-kenesh"),
        ("Үлгү айыл аймагынын айылдык кеңешинин", KY, "Үлгү айылдык кеңеши", "ulgu-aiyl-kenesh"),
        ("талкуулап Үлгү айылдык Кенешинин", KY, "Үлгү айылдык кеңеши", "ulgu-aiyl-kenesh"),
        ("ҮЛГҮ АЙЫЛ АЙМАГЫНЫН ЖЕРГИЛИКТҮҮ КЕҢЕШИНИН", KY, "Үлгү жергиликтүү кеңеши", "ulgu-local-kenesh"),
        ("Кара-Үлгү шаардык кеңешинин", KY, "Кара-Үлгү шаардык кеңеши", "kara-ulgu-city-kenesh"),
        ("Ульгинского айылного кенеша", RU, "Ульгинский айылный кенеш", "ulgin-aiyl-kenesh"),
        ("Бишкекского городского кенеша", RU, "Бишкекский городской кенеш", "bishkek-city-kenesh"),
        ("Бишкек шаардык кеңеши", KY, "Бишкек шаардык кеңеши", "bishkek-city-kenesh"),
        ("Президента Кыргызской Республики", RU, "Президент Кыргызской Республики", "president"),
        ("КР Өкмөтүнүн", KY, "Кыргыз Республикасынын Өкмөтү", "government"),
        ("МИНИСТРЛЕР КАБИНЕТИНИН", KY, "Кыргыз Республикасынын Министрлер Кабинети", "cabinet"),
        ("МИНИСТЕРСТВО ФИНАНСОВ", RU, "Министерство финансов Кыргызской Республики", "ministry-of-finance"),
        ("Финансы министрлигинин", KY, "Кыргыз Республикасынын Финансы министрлиги", "ministry-of-finance"),
    ],
)
def test_bodies(text: str, language: Language, name: str, slug: str) -> None:
    body = find_body(text, language)
    assert body is not None
    assert (body.name, body.slug) == (name, slug)


@pytest.mark.parametrize(
    "text",
    ["Шаардык кеңештин", "КЫРГЫЗСКОЙ РЕСПУБЛИКИ", "Государственная служба при Правительстве Кыргызской Республики", ""],
)
def test_no_body(text: str) -> None:
    assert find_body(text, RU) is None
    assert find_body(text, KY) is None


def test_an_agency_beside_the_cabinet_has_one_slug_in_both_languages() -> None:
    russian = find_body(
        "ГОСУДАРСТВЕННОЕ АГЕНТСТВО ПО ДЕЛАМ ГОСУДАРСТВЕННОЙ СЛУЖБЫ И МЕСТНОГО САМОУПРАВЛЕНИЯ ПРИ КАБИНЕТЕ МИНИСТРОВ", RU
    )
    kyrgyz = find_body("МКЖӨБМА нын", KY)
    assert russian is not None
    assert kyrgyz is not None
    assert russian.slug == kyrgyz.slug == "agency-civil-service-local-self-government"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ", Kind.LAW),
        ("№ 1 Т О К Т О М У", Kind.RESOLUTION),
        ("РЕШЕНИЕ", Kind.RESOLUTION),
        ("ТЕСКЕМЕ", Kind.ORDER),
        ("ТИПОВОЙ УСТАВ", Kind.MODEL_CHARTER),
        ("Үлгү айыл аймагынын уставы", Kind.CHARTER),
        ("Типовое положение об административных комиссиях", Kind.STATUTE),
        ("Айрым ыйгарым укуктарды берүү жөнүндө типтүү келишим", Kind.AGREEMENT),
        ("Методические рекомендации по бюджету", Kind.METHODOLOGY),
        ("Кыргыз Республикасынын Конституциясы", Kind.CONSTITUTION),
        ("УГОЛОВНО-УЧЕБНЫЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ", Kind.CODE),
        ("Гражданский процессуальный кодекс Кыргызской Республики", Kind.CODE),
        ("Кодекс Кыргызской Республики о полётах", Kind.CODE),
        ("Окуу куралы", Kind.TRAINING),
        ("Текшерүүлөрдү каттоо китеби", Kind.FORM),
    ],
)
def test_kind_lines(text: str, kind: Kind) -> None:
    line = read_kind(text)
    assert line is not None
    assert line.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Закон Кыргызской Республики применяется к отношениям",
        "ТОКТОМ КЫЛАТ:",
        "Решение принято",
        "Типтүү уставын бекитүү жөнүндө",
        "О внесении изменений в Гражданский кодекс Кыргызской Республики",
        "Жарандык кодексине өзгөртүүлөр киргизүү жөнүндө",
        "Положение разработано в соответствии с законом",
        "Муниципалитет журналы",
        "Мыйзамдын талаптары",
        "Указание",
        "",
    ],
)
def test_other_lines_say_no_kind(text: str) -> None:
    assert read_kind(text) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("УЧЕБНЫЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ", "Учебный кодекс Кыргызской Республики"),
        ("КЫРГЫЗ РЕСПУБЛИКАСЫНЫН КАНАТТУУЛАРЫ ЖӨНҮНДӨ", "Кыргыз Республикасынын канаттуулары жөнүндө"),
        ("О ВЫБОРАХ ДЕПУТАТОВ ЖОГОРКУ КЕНЕША", "О выборах депутатов Жогорку Кенеша"),
        ("О ПТИЦАХ КР И СНГ", "О птицах КР и СНГ"),
        ("ЧАСТЬ II УЧЕБНОГО КОДЕКСА", "Часть II Учебного кодекса"),
        ("О СТАТУСЕ ГОРОДА БИШКЕК", "О статусе города Бишкек"),
        ("О ЗАКОНЕ «О ПТИЦАХ»", "О законе «О птицах»"),
        ("ПОЛОЖЕНИЕ о комиссиях", "Положение о комиссиях"),
        ("о птицах КР", "О птицах КР"),
        ("О птицах ЖӨБ", "О птицах ЖӨБ"),
        ("", ""),
    ],
)
def test_capitals_become_a_sentence(name: str, sentence: str) -> None:
    assert to_sentence(name) == sentence


@pytest.mark.parametrize(
    ("name", "kind", "language", "kept"),
    [
        ("Положение о комиссиях", Kind.STATUTE, RU, "о комиссиях"),
        ("Типовое положение о комиссиях", Kind.STATUTE, RU, "Типовое положение о комиссиях"),
        ("Регламент Ульгинского кенеша", Kind.REGULATIONS, RU, "Регламент Ульгинского кенеша"),
        ("Комиссиялар жөнүндө жобо", Kind.STATUTE, KY, "Комиссиялар жөнүндө"),
        ("«О птицах»", Kind.LAW, RU, "О птицах"),
        ("О законе «О птицах»", Kind.LAW, RU, "О законе «О птицах»"),
        ("Устав о птицах", Kind.CHARTER, RU, "Устав о птицах"),
    ],
)
def test_a_name_is_kept_without_its_kind(name: str, kind: Kind, language: Language, kept: str) -> None:
    assert strip_kind(name, kind, language) == kept


def test_spaced_capitals_are_closed_up() -> None:
    assert close_up("З А К О Н   К Ы Р Г Ы З С К О Й") == "ЗАКОН КЫРГЫЗСКОЙ"
    assert close_up("А и Б  сидели") == "А и Б сидели"
