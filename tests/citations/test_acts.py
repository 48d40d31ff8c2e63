from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citations.acts import find_acts, find_kinds, find_numbers
from kb.citations.fold import fold, hide_quotations
from kb.documents import ActReference, Kind

LAW, DECREE, RESOLUTION, ORDER = Kind.LAW, Kind.DECREE, Kind.RESOLUTION, Kind.ORDER


def ref(kind: Kind | None, day: str | None, number: str | None) -> ActReference:
    return ActReference(kind, dt.date.fromisoformat(day) if day else None, number)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Закона КР от 1 мая 2005 года № 3", [ref(LAW, "2005-05-01", "3")]),
        (
            "(В редакции Законов КР от 2 апреля 1997 года № 9, 5 октября 1997 года \n№ 7, 2 декабря 1998 года №\n12)",
            [ref(LAW, "1997-04-02", "9"), ref(LAW, "1997-10-05", "7"), ref(LAW, "1998-12-02", "12")],
        ),
        (
            "(КР 2013-жылдын 9-июлундагы N 7, 2019-жылдын 8-июлундагы N 8 мыйзамдарынын редакциясына ылайык)",
            [ref(LAW, "2013-07-09", "7"), ref(LAW, "2019-07-08", "8")],
        ),
        (
            "Законами КР от 7 февраля 2003 года № 8, № 9, Указом Президента КР от 12 мая 2004 г. УП № 12",
            [ref(LAW, "2003-02-07", "8"), ref(LAW, "2003-02-07", "9"), ref(DECREE, "2004-05-12", "12")],
        ),
        ("постановлением Правительства КР от 7 марта 2014 года №1", [ref(RESOLUTION, "2014-03-07", "1")]),
        ("приказ от 2 декабря 2022 года № 2-б.", [ref(ORDER, "2022-12-02", "2-б")]),
        ("№ 12 от 2 октября 2021 года", [ref(None, "2021-10-02", "12")]),
        ("Законом КР № 12", [ref(LAW, None, "12")]),
        ("в Законе от 5 мая 2005 года", [ref(LAW, "2005-05-05", None)]),
        ("2020-жылдын 8-майындагы                        №01-18/4-буйругу", [ref(ORDER, "2020-05-08", "01-18/4")]),
        ("2021-жылдын 2-октябрындагы №12 «Үлгү жөнүндө» мыйзамы", [ref(LAW, "2021-10-02", "12")]),
        ("Өкмөтүнүн 2014-жылдын 7-мартындагы № 1 токтому менен", [ref(RESOLUTION, "2014-03-07", "1")]),
        ("Президентинин 2014-жылдын 7-мартындагы ПЖ № 1 Жарлыгына", [ref(DECREE, "2014-03-07", "1")]),
        ("«Үлгү жөнүндө» Мыйзамы (2008-ж. 5-апрели N 6)", [ref(LAW, "2008-04-05", "6")]),
        ("№ 5-токтому", [ref(RESOLUTION, None, "5")]),
        ("Закона КР от 31 февраля 2005 года № 3", [ref(LAW, None, "3")]),
    ],
)
def test_acts(text: str, acts: list[ActReference]) -> None:
    assert [found.reference for found in find_acts(text)] == acts


@pytest.mark.parametrize(
    "text",
    [
        "Закон Кыргызской Республики",
        "статья 12 настоящего Закона",
        "№ ____",
        "мыйзамдуу күчүнө кирген",
        "8 мая 1996 года",
        "в соответствии с Законом КР и № 3 журнала учета",
        "",
    ],
)
def test_one_part_alone_is_no_act(text: str) -> None:
    assert find_acts(text) == []


def test_an_act_named_inside_a_name_is_passed_over() -> None:
    text = "Указ Президента КР «О мерах по Закону КР от 1 мая 2001 года № 1» от 5 мая 2005 года N 3"
    (found,) = find_acts(text)
    assert found.reference == ref(DECREE, "2005-05-05", "3")
    assert text[found.start : found.end] == text


def test_a_quotation_mark_that_nothing_closes_hides_nothing() -> None:
    (found,) = find_acts("«Законом КР от 1 мая 2001 года № 1")
    assert found.reference == ref(LAW, "2001-05-01", "1")


def test_a_kind_word_of_another_sentence_is_not_taken() -> None:
    (found,) = find_acts("Сослаться на Закон. Настоящее письмо от 1 мая 2001 года № 1")
    assert found.reference == ref(None, "2001-05-01", "1")


def test_an_impossible_date_is_said() -> None:
    (found,) = find_acts("Закона КР от 31 февраля 2005 года № 3")
    assert found.impossible_date


def test_offsets_of_a_list_cut_it_into_its_acts() -> None:
    text = "Законов КР от 1 мая 2001 года № 1, 2 мая 2002 года № 2"
    assert [text[found.start : found.end] for found in find_acts(text)] == [
        "Законов КР от 1 мая 2001 года № 1",
        "2 мая 2002 года № 2",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№ 01-18/48", "01-18/48"),
        ("N 57", "57"),
        ("№12.", "12"),
        ("№ 12-б", "12-б"),
        ("№ 1492-XII", "1492-XII"),
        ("№\n 12", "12"),
        ("№ 5 / 3", "5/3"),
        ("№ 1О1", "101"),
        ("№ З2", "32"),
        ("№ 12-П", "12-П"),
        ("№ 2020-П-33/54-3-(НФКУ)", "2020-П-33/54-3-(НФКУ)"),
        ("№ 01-18/4-буйругу", "01-18/4"),
        ("№ 5-токтому", "5"),
        ("N 7, 2019-жылдын", "7"),
        ("№ 12 мыйзамы", "12"),
        ("№ 5-тиркеме", "5"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    (found,) = find_numbers(text)
    assert found.number == number


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("законами", LAW),
        ("мыйзамдарынын", LAW),
        ("МЫЙЗАМЫНА", LAW),
        ("кодексинде", Kind.CODE),
        ("кодексом", Kind.CODE),
        ("Конституциясынын", Kind.CONSTITUTION),
        ("жарлыгына", DECREE),
        ("указу", DECREE),
        ("токтомунун", RESOLUTION),
        ("постановлением", RESOLUTION),
        ("буйругунун", ORDER),
        ("приказах", ORDER),
        ("тескемеси", ORDER),
        ("чечими", RESOLUTION),
        ("мыйзамдуу", None),
        ("законный", None),
        ("указание", None),
        ("токтоду", None),
        ("приказчик", None),
    ],
)
def test_kind_words(word: str, kind: Kind | None) -> None:
    assert [found.kind for found in find_kinds(f"бир {word} менен")] == ([kind] if kind else [])


def test_a_court_decides_no_resolution() -> None:
    (found,) = find_acts("Решением Конституционной палаты Верховного суда от 1 мая 2015 года № 6-р")
    assert found.reference == ref(Kind.OTHER, "2015-05-01", "6-р")


@given(st.text(max_size=300))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(hide_quotations(text)) == len(text)


@given(st.text(alphabet='№N 0123456789-/,.()«»"“”\nзаконмыйутргкелд', max_size=300))
def test_any_text_is_read(text: str) -> None:
    for found in find_acts(text):
        assert 0 <= found.start < found.end <= len(text)
