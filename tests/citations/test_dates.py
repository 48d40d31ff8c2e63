from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citations.dates import find_dates, read_date
from kb.language.model import Language

RU, KY = Language.RU, Language.KY


@pytest.mark.parametrize(
    ("text", "found", "day", "language"),
    [
        ("от 8 мая 1996 года", "8 мая 1996 года", "1996-05-08", RU),
        ("от 8 мая\n1996 г. № 3", "8 мая\n1996 г.", "1996-05-08", RU),
        ("с 20 февраля 2009 года,", "20 февраля 2009 года", "2009-02-20", RU),
        ("« 12 » декабря 2022 г.", "« 12 » декабря 2022 г.", "2022-12-12", RU),
        ("О8 мая 2О16 г.", "О8 мая 2О16 г.", "2016-05-08", RU),
        ("2008-жылдын 25-апрели", "2008-жылдын 25-апрели", "2008-04-25", KY),
        ("2021-жылдын 20-октябрындагы №3", "2021-жылдын 20-октябрындагы", "2021-10-20", KY),
        ("2016–жылдын 31–мартында", "2016–жылдын 31–мартында", "2016-03-31", KY),
        ("2016-ж. 31-март", "2016-ж. 31-март", "2016-03-31", KY),
        ("2013-жылдын 9-июлунан тартып", "2013-жылдын 9-июлунан", "2013-07-09", KY),
        ("02-декабрь    2022-жыл", "02-декабрь    2022-жыл", "2022-12-02", KY),
        ("18 — ноябрь 2019 — жыл", "18 — ноябрь 2019 — жыл", "2019-11-18", KY),
        ("24-бештин айы, 2024-ж.", "24-бештин айы, 2024-ж.", "2024-12-24", KY),
        ("31.03.2016", "31.03.2016", "2016-03-31", None),
        ("12.12.2022-ж.", "12.12.2022-ж.", "2022-12-12", KY),
        ("23.06.2006 г.", "23.06.2006 г.", "2006-06-23", RU),
        ("20/06/2005", "20/06/2005", "2005-06-20", None),
        ("21,06,2018", "21,06,2018", "2018-06-21", None),
        ("02 .12.2024", "02 .12.2024", "2024-12-02", None),
        ("2016-03-31", "2016-03-31", "2016-03-31", None),
        ("03.02.98 г.", "03.02.98 г.", "1998-02-03", RU),
        ("12.12.22-ж.", "12.12.22-ж.", "2022-12-12", KY),
    ],
)
def test_shapes(text: str, found: str, day: str, language: Language | None) -> None:
    (date,) = find_dates(text)
    assert text[date.start : date.end] == found
    assert date.date == dt.date.fromisoformat(day)
    assert date.language is language


@pytest.mark.parametrize("text", ["31 февраля 2016 года", "2015-жылдын 30-февралы", "45.13.2016", "0 мая 2005 года"])
def test_a_day_that_no_calendar_has_is_found_without_a_date(text: str) -> None:
    (date,) = find_dates(text)
    assert date.date is None


@pytest.mark.parametrize(
    "text",
    [
        "__.12.2022-ж.",
        "пункт 12.5.2",
        "17.5.",
        "12.12.22",
        "статьи 12, 13, 2005",
        "в мае 2005 года",
        "2015-жылдын мартында",
        "№ 01-18/48",
        "1,2,2000",
        "112.12.2012",
        "",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_dates_come_in_order() -> None:
    text = "от 1 мая 2005 года, 2.06.2006 и 2007-жылдын 3-июлундагы"
    assert [str(date.date) for date in find_dates(text)] == ["2005-05-01", "2006-06-02", "2007-07-03"]


def test_the_first_possible_date_is_read() -> None:
    assert read_date("Үлгү шаары, 31.02.2016, 2016-жылдын 31-марты") == dt.date(2016, 3, 31)
    assert read_date("датасыз") is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_both_languages(day: dt.date) -> None:
    russian = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ]
    kyrgyz = [
        "январы",
        "февралы",
        "марты",
        "апрели",
        "майы",
        "июну",
        "июлу",
        "августу",
        "сентябры",
        "октябры",
        "ноябры",
        "декабры",
    ]
    assert read_date(f"{day.day} {russian[day.month - 1]} {day.year} года") == day
    assert read_date(f"{day.year}-жылдын {day.day}-{kyrgyz[day.month - 1]}") == day
    assert read_date(f"{day:%d.%m.%Y}") == day


@given(st.text(alphabet="0123456789 .-/,«»ОЗ№жылдынмаягод", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
        assert text[date.start : date.end].strip() == text[date.start : date.end]
