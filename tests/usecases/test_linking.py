"""Links in shown texts: only where a citation leads to one sure place."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from kb.documents import Block, Edition, Level, Span, SpanKind, parse_act_uri, table_block
from kb.language.model import Language
from kb.storage.repository import Library
from kb.usecases import linking
from kb.usecases.linking import Linker, OwnUnits
from tests.web import documents

RU = Edition(documents.LAW, Language.RU, dt.date(2024, 9, 30))
DAY = dt.date(2025, 1, 1)


def linker(acts: Library, edition: Edition = RU, title: str = "О слушаниях", **more: object) -> Linker:
    kind = parse_act_uri(edition.act).kind
    return Linker(acts, edition, kind, title, as_of=DAY, **more)  # type: ignore[arg-type]


def found(made: Linker, text: str, eid: str = "art_1") -> list[tuple[str, str | None]]:
    links = made.page().block(eid, Block(text))
    assert all(first.end <= second.start for first, second in pairwise(links))
    return [
        (text[link.start : link.end], link.eid if link.edition == RU.uri else f"{link.edition}/~{link.eid}")
        for link in links
    ]


@pytest.mark.parametrize("near", [True, False])
@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("По статье 2 настоящего Закона.", [("статье 2 настоящего Закона", "art_2")]),
        ("В порядке статьи 2 (пункт 2 статьи 2).", [("статьи 2", "art_2"), ("пункт 2 статьи 2", "art_2__point_2")]),
        ("Согласно статьям 2 и 3 настоящего Закона", [("2", "art_2"), ("3", "art_3")]),
        # One of them is not there, so that the citation leads nowhere for sure.
        ("Согласно статьям 2 и 77 настоящего Закона", []),
        ("По статье 77 настоящего Закона.", []),
        ("По статье 2 настоящего Кодекса.", []),
        # Where the text stands itself.
        ("Настоящая статья и статья 1 настоящего Закона.", []),
        # Another act is named in the paragraph, so that a bare article may be its.
        ("Закон от 1 мая 1999 года № 0-98 (статья 2)", []),
        ("Закон от 5 апреля 1999 года № 0-98 и статья 2", []),
        ("По статье 5 Закона № 0-98.", []),
        ("Без ссылок, 12 человек.", []),
        ("", []),
    ],
)
def test_only_what_is_sure_is_linked(acts: Library, text: str, links: list[tuple[str, str]], near: bool) -> None:
    units = acts.edition(RU.uri).units if near else None
    assert found(linker(acts, units=units), text) == links


def test_another_act_is_linked_to_its_edition(acts: Library) -> None:
    made = linker(acts)
    code = f"{documents.LONG}/rus@2022-01-01"
    assert found(made, "Статья 35 Земельного кодекса Үлгү от 5 апреля 2018 года № 0-7") == [
        ("Статья 35 Земельного кодекса Үлгү от 5 апреля 2018 года № 0-7", f"{code}/~art_35")
    ]
    text = "(В редакции Кодекса от 5 апреля 2018 года № 0-7; см. статью 3)"
    (note,) = made.page().note("art_1", text)
    assert (note.edition, note.eid) == (code, None), "of a note only the act that it names"


def test_the_edition_shown_is_the_one_linked_to(acts: Library) -> None:
    old = Edition(documents.LAW, Language.RU, dt.date(2020, 2, 3))
    links = linker(acts, old).page().block("art_9", Block("статья 1 Закона КР от 3 февраля 2020 года № 0-12"))
    assert [(link.edition, link.eid) for link in links] == [(old.uri, "art_1")]
    assert linker(acts, old).page().block("art_9", Block("статья 2 настоящего Закона")) == ()


@pytest.mark.parametrize(
    "title",
    [
        "О внесении изменений в Закон «О слушаниях»",
        "О внесении некоторых изменений и дополнений",
        "«Угуулар жөнүндө» Мыйзамга өзгөртүүлөрдү киргизүү тууралуу",
    ],
)
def test_an_amending_act_speaks_of_another(acts: Library, title: str) -> None:
    made = linker(acts, title=title)
    assert found(made, "В статье 2 слова «пункт 2 настоящей статьи» исключить.") == []
    assert found(made, "Статью 2 настоящего Закона исключить.") == []
    assert len(found(made, "В статье 35 Кодекса от 5 апреля 2018 года № 0-7 слово исключить.")) == 1


def test_a_raised_number_is_not_read_as_part_of_another(acts: Library) -> None:
    block = Block("По статье 21 настоящего Кодекса.", spans=(Span(11, 12, SpanKind.SUPERSCRIPT),))
    made = linker(acts, Edition(documents.LONG, Language.RU, dt.date(2022, 1, 1)))
    assert made.page().block("art_1", Block(block.text))[0].eid == "art_21"
    assert made.page().block("art_1", block) == (), "2-1 is not there, and 21 is not meant"


def test_tables_have_no_links(acts: Library) -> None:
    table = table_block((("статья 2 настоящего Закона",),))
    assert linker(acts).page().block("art_1", table) == ()


def test_a_page_that_takes_too_long_goes_without(acts: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made = linker(acts)
    known, other = Block("По статье 2 настоящего Закона."), Block("По статье 3 настоящего Закона.")
    assert made.page().block("art_1", known)
    monkeypatch.setattr(linking, "SECONDS", 0.0)
    page = made.page()
    assert page.block("art_1", known), "what was followed before stays"
    assert page.block("art_1", other) == ()
    monkeypatch.undo()
    assert made.page().block("art_1", other)


def test_own_units_answer_as_the_library_does(acts: Library) -> None:
    for uri in acts.editions():
        units = acts.edition(uri).units
        own = OwnUnits(units)

        def eids(found: object) -> list[str]:
            return [unit.eid for unit in found]  # type: ignore[attr-defined]

        for unit in units[:40]:
            assert eids(own.children(unit.eid)) == eids(acts.children(uri, unit.eid))
            assert eids(own.path(unit.eid)) == eids(acts.path(uri, unit.eid))
            assert own.paragraphs(unit.eid) == acts.paragraphs(uri, unit.eid)
            numbers = [unit.number or "1", "2"]
            assert eids(own.units((unit.level, Level.ARTICLE), numbers)) == eids(
                acts.find_units(uri, (unit.level, Level.ARTICLE), numbers)
            )
            assert eids(own.run(units[0].eid, unit.eid)) == eids(acts.run(uri, units[0].eid, unit.eid))
        assert [*own.path("nowhere"), *own.run("nowhere", "art_1")] == []
        assert own.paragraphs("nowhere") == 0
