from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from kb.documents import Kind, Level, Status
from kb.language.model import Language
from kb.storage.repository import Library
from tests.storage.making import DAY, LAW, UNITS, intake, unit


@pytest.fixture
def filled(library: Library) -> Library:
    """A law in two languages and two editions, an older repealed one, a code, a numbered order."""
    store = library.store
    store(intake(**LAW, title="Үлгү жөнүндө"), who="t", version="1")
    store(intake(**LAW, title="О «Үлгү»", language=Language.RU), who="t", version="1")
    later = dt.date(2025, 1, 1)
    units = (*UNITS, unit("art_4", Level.ARTICLE))
    store(intake(**LAW, title="О «Үлгү»", language=Language.RU, edition_date=later, units=units), who="t", version="1")
    old: dict[str, Any] = {"kind": Kind.LAW, "number": "0-12", "date": dt.date(2010, 3, 4), "status": Status.REPEALED}
    store(intake(**old, title="О старом Үлгү", language=Language.RU), who="t", version="1")
    store(intake(kind=Kind.CODE, number="0-5", date=dt.date(2001, 1, 1), title="Үлгү кодекси"), who="t", version="1")
    charter = (unit("sec_I", Level.SECTION), unit("cl_17", Level.CLAUSE, "sec_I"))
    order: dict[str, Any] = {
        "kind": Kind.ORDER,
        "number": "01-18/4",
        "date": DAY,
        "body_slug": "ulgu",
        "units": charter,
    }
    store(intake(**order, title="Үлгү уставы"), who="t", version="1")
    return library


def test_acts_by_number_date_year_and_kind(filled: Library) -> None:
    def dates(**key: object) -> list[dt.date | None]:
        return [act.date for act in filled.find_acts(**key)]  # type: ignore[arg-type]

    assert dates(number="0-12") == [DAY, dt.date(2010, 3, 4)]
    assert dates(number="0-12", year=2010) == [dt.date(2010, 3, 4)]
    assert dates(number="0-12", kind=Kind.CODE) == []
    assert dates(date=DAY) == [DAY, DAY]
    assert [act.kind for act in filled.find_acts(date=DAY)] == [Kind.LAW, Kind.ORDER]
    assert [act.number for act in filled.find_acts(number="01-18-4")] == ["01-18/4"]
    assert dates(number="№") == []
    assert [act.kind for act in filled.find_acts(kind=Kind.CODE)] == [Kind.CODE]
    assert len(filled.find_acts(limit=2)) == 2


def test_acts_by_their_whole_title(filled: Library) -> None:
    assert [act.date for act in filled.find_acts(title="о Үлгү")] == [DAY]
    assert [act.date for act in filled.find_acts(title="ҮЛГҮ ЖӨНҮНДӨ")] == [DAY]
    assert filled.find_acts(title="Үлгү") == ()


def test_removed_acts_are_not_found(filled: Library) -> None:
    act = filled.find_acts(kind=Kind.CODE)[0].act
    filled.remove(act, who="t")
    assert filled.find_acts(kind=Kind.CODE) == ()
    assert act not in {place.act.act for place in filled.find_everywhere([Level.ARTICLE], ["1"])}


def test_units_by_level_and_number(filled: Library) -> None:
    act = filled.find_acts(number="0-12", date=DAY)[0].act
    edition = filled.standing_edition(act, language=Language.RU)
    assert edition == f"{act}/rus@2025-01-01"
    assert [one.eid for one in filled.find_units(edition, [Level.ARTICLE], ["2", "4"])] == ["art_2", "art_4"]
    assert [one.eid for one in filled.children(edition, "art_1")] == ["art_1__para_1", "art_1__para_2"]
    assert filled.children(edition, "art_99") == ()
    found = filled.entry(edition, "art_2")
    assert (found and found.level, found and found.status) == (Level.ARTICLE, Status.REPEALED)
    assert filled.entry(edition, "art_99") is None
    assert [one.eid for one in filled.run(edition, "art_1", "art_3")] == ["art_1", "art_2", "art_3"]
    assert filled.run(edition, "art_1", "art_99") == ()
    assert (filled.paragraphs(edition, "art_1"), filled.paragraphs(edition, "art_99")) == (1, 0)


def test_the_edition_that_a_reader_is_to_see(filled: Library) -> None:
    act = filled.find_acts(number="0-12", date=DAY)[0].act
    assert filled.standing_edition(act) == f"{act}/kir@"
    assert filled.standing_edition(act, language=Language.EN) == f"{act}/kir@"
    assert filled.standing_edition(act, language=Language.RU, as_of=dt.date(2024, 12, 31)) == f"{act}/rus@"
    assert filled.standing_edition(act, as_of=dt.date(2020, 1, 1)) is None


def test_a_unit_in_all_acts_the_most_general_first(filled: Library) -> None:
    def places(**more: object) -> list[tuple[Kind, str]]:
        found = filled.find_everywhere([Level.ARTICLE], ["1"], **more)  # type: ignore[arg-type]
        return [(place.act.kind, place.edition.rsplit("/", 1)[1]) for place in found]

    assert places() == [(Kind.CODE, "kir@"), (Kind.LAW, "kir@"), (Kind.LAW, "rus@")]
    assert places(language=Language.RU)[1] == (Kind.LAW, "rus@2025-01-01")
    assert places(as_of=dt.date(2015, 1, 1)) == [(Kind.CODE, "kir@"), (Kind.LAW, "rus@")]
    assert places(limit=1) == [(Kind.CODE, "kir@")]
    (clause,) = filled.find_everywhere([Level.CLAUSE, Level.SUBCLAUSE], ["17"])
    assert (clause.act.kind, clause.eid) == (Kind.ORDER, "cl_17")


def test_looking_up_goes_by_index(filled: Library, engine: sa.Engine) -> None:
    indexes = {index["name"] for table in ("act", "unit") for index in sa.inspect(engine).get_indexes(table)}
    assert {"ix_act_sort_number", "ix_act_sort_ky", "ix_act_sort_ru", "ix_unit_number_level"} <= indexes
