from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from kb.documents import ActReference, Kind, Level, Place, Status, effective_status
from kb.errors import UnknownAct, UnknownUnit
from kb.language.model import Language
from kb.storage.model import OutlineEntry
from kb.storage.repository import Library
from tests.storage.making import DAY, LAW, UNITS, intake, unit

ATTACHED = (
    unit("preamble", Level.PREAMBLE),
    *UNITS,
    unit("att_1", Level.APPENDIX, heading="Тиркеме", text=""),
    unit("att_1__cl_1", Level.CLAUSE, "att_1"),
    unit("att_1__cl_1__subcl_1-1", Level.SUBCLAUSE, "att_1__cl_1"),
    unit("conclusions", Level.CONCLUSIONS),
)


@pytest.fixture
def edition(library: Library) -> str:
    return library.store(intake(**LAW, units=ATTACHED), who="test", version="1").edition


def eids(entries: tuple[Any, ...]) -> list[str | None]:
    return [entry and entry.eid for entry in entries]


def test_outline_holds_what_has_headings(library: Library, edition: str) -> None:
    outline = library.outline(edition)
    assert eids(outline) == [
        "preamble",
        "chp_1",
        "art_1",
        "chp_2",
        "art_2",
        "art_3",
        "att_1",
        "att_1__cl_1",
        "conclusions",
    ]
    assert outline[2] == OutlineEntry("art_1", Level.ARTICLE, "1", "Мыйзамдын максаты", "chp_1", Status.UNKNOWN)
    assert outline[4].status is Status.REPEALED


def test_a_unit_comes_with_all_below_it(library: Library, edition: str) -> None:
    units = library.units(edition, "art_1")
    assert units == UNITS[1:6]
    assert library.units(edition, "art_1__para_1__point_2") == UNITS[4:5]
    assert library.units(edition, "chp_2") == UNITS[6:]
    assert library.units(edition, "art_2")[0].place == Place(12, 3)
    by = ActReference(Kind.LAW, dt.date(2024, 9, 30), "0-13")
    assert library.units(edition, "art_2")[0].status_by == by


def test_what_stands_between_but_not_below_is_left_out(library: Library) -> None:
    # A point that the source prints after the next article has begun.
    late = unit("art_1__point_9", Level.POINT, "art_1")
    units = (unit("art_1", Level.ARTICLE), unit("art_2", Level.ARTICLE), late)
    edition = library.store(intake(units=units), who="test", version="1").edition
    assert library.units(edition, "art_1") == (units[0], late)
    assert eids(library.path(edition, "art_1__point_9")) == ["art_1"]


def test_path_goes_from_outside_in(library: Library, edition: str) -> None:
    assert eids(library.path(edition, "art_1__para_1__point_2")) == ["chp_1", "art_1", "art_1__para_1"]
    assert library.path(edition, "chp_1") == ()
    assert eids(library.path(edition, "att_1__cl_1__subcl_1-1")) == ["att_1", "att_1__cl_1"]


@pytest.mark.parametrize(
    ("eid", "around"),
    [
        ("art_1", [None, "art_2"]),
        ("art_2", ["art_1", "art_3"]),
        ("art_3", ["art_2", None]),
        ("chp_2", ["chp_1", None]),
        ("art_1__para_2", ["art_1__para_1", None]),
        ("art_1__para_1__point_1", [None, "art_1__para_1__point_2"]),
        ("art_2__para_1", [None, None]),
    ],
)
def test_neighbours(library: Library, edition: str, eid: str, around: list[str | None]) -> None:
    assert eids(library.neighbours(edition, eid)) == around


@pytest.mark.parametrize("status", [Status.IN_FORCE, Status.UNKNOWN, Status.REPEALED])
def test_status_of_every_unit(library: Library, status: Status) -> None:
    edition = library.store(intake(**LAW, status=status), who="test", version="1").edition
    assert library.status_of(edition) == effective_status(UNITS, status)
    assert {entry.eid: entry.status for entry in library.outline(edition)}.items() <= library.status_of(edition).items()
    [article] = library.path(edition, "art_2__para_1")[-1:]
    assert article.status is Status.REPEALED


def test_a_unit_that_is_not_there(library: Library, edition: str) -> None:
    for ask in (library.units, library.path, library.neighbours):
        with pytest.raises(UnknownUnit) as raised:
            ask(edition, "art_99")
        assert raised.value.params["unit"] == "art_99"


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/akn/kg/act/law/2024-05-01/0-12",
        "/akn/kg/act/law/2024-05-01/0-12/rus@",
        "/akn/kg/act/law/2024-05-01/0-12/kir@2024-05-02",
        "/akn/kg/act/law/2024-05-01/0-12/kir@2024-99-99",
        "/akn/kg/act/law/2024-05-01/0-12/kir:2024-04-30",
        "/akn/kg/act/law/2024-05-01/0-12/deu@",
        "/akn/kg/act/law/2024-05-01/0-13/kir@",
        "/akn/kg/act/law/2024-05-01/0-12/kir@\n",
    ],
)
def test_an_edition_that_is_not_there(library: Library, edition: str, uri: str) -> None:
    assert library.edition(edition).units == ATTACHED
    with pytest.raises(UnknownAct):
        library.outline(uri)


def test_an_original_that_is_not_there(library: Library) -> None:
    with pytest.raises(UnknownAct):
        library.original("0" * 64)


def test_a_document_without_units(library: Library) -> None:
    stored = library.store(intake(units=()), who="test", version="1")
    assert library.document(stored.act).units == ()
    assert library.outline(stored.edition) == ()
    assert library.status_of(stored.edition) == {}
    assert library.summary(stored.act).first_lines == ""


def test_unit_pages_do_not_load_the_document(engine: sa.Engine, library: Library, edition: str) -> None:
    loaded: list[int] = []

    def count(_connection: sa.Connection, cursor: Any, statement: str, *_rest: object) -> None:
        if "unit.body" in statement:
            loaded.append(1)

    sa.event.listen(engine, "after_cursor_execute", count)
    library.outline(edition)
    library.path(edition, "art_2__para_1")
    library.neighbours(edition, "art_2")
    library.status_of(edition)
    assert loaded == []
    library.units(edition, "art_2")
    assert loaded == [1]


def test_metadata_that_another_text_gives(library: Library) -> None:
    act = library.store(intake(path="/a", content=b"a", kind=Kind.LAW), who="test", version="1").act
    told = {**LAW, "body": "Жогорку Кеңеш", "topics": ("audit", "openness"), "audience": ("staff",)}
    library.store(intake(path="/a", content=b"b", language=Language.RU, **told), who="test", version="1")
    own = library.document(act, language=Language.KY)
    assert own.act_id.uri == "/akn/kg/act/law/2024-05-01/0-12"
    shown = own.metadata
    assert (shown.number, shown.date, shown.body) == ("0-12", DAY, "Жогорку Кеңеш")
    assert (shown.topics, shown.audience) == (("audit", "openness"), ("staff",))


def test_what_a_document_says_itself_is_kept(library: Library) -> None:
    taken = intake(**LAW, topics=("openness",), body="Өз органы")
    library.store(taken, who="test", version="1")
    other = intake(**LAW, topics=("audit",), body="Другой орган", language=Language.RU)
    stored = library.store(other, who="test", version="1")
    own = library.document(stored.act)
    assert own == replace(taken.document, metadata=replace(taken.document.metadata, topics=("openness", "audit")))
