"""A query that is a citation: what it cites comes first, once, and within the filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.documents import Document, Kind, Level, Status, Unit
from kb.errors import BeyondWindow, IndexMissing
from kb.language.model import Language
from kb.search.embedded import EmbeddedEngine
from kb.search.model import Filters, Query, Results
from kb.search.searcher import Searcher
from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library
from kb.usecases.search import CitationSearcher
from kb.usecases.sync import catch_up
from tests.search.helpers import TODAY, TinyAnalyser, article, law, unit
from tests.web.documents import intake

DAY = dt.date(2020, 1, 2)
MANY = tuple(article(str(number), "Бюджет", f"Статья {number} о бюджете, 12 раз.") for number in range(13, 80))
BUDGET = law(
    article("11", "Понятия", "Понятия бюджета."),
    article("12", "Доходы", "Налог поступает в бюджет."),
    unit("art_12__para_1", Level.PARAGRAPH, "1", "Первая часть.", parent="art_12"),
    unit("art_12__para_2", Level.PARAGRAPH, "2", "Вторая часть: бюджет.", parent="art_12"),
    article("12-1", "Расходы", "Расходы бюджета."),
    *MANY,
    number="0-127",
)
OLD = law(article("12", "Доходы", "Прежде."), number="0-127", date=dt.date(2009, 1, 1), status=Status.REPEALED)
CODE = law(
    article("12", "Владение", "Владение вещью."),
    article("671", "Рента", "Рента платится."),
    title="Гражданский кодекс Үлгү",
    number="0-15",
    date=dt.date(1996, 5, 8),
    kind=Kind.CODE,
)
CHARTER = law(
    unit("sec_I", Level.SECTION, "I", heading="Жалпы жоболор"),
    unit("cl_17", Level.CLAUSE, "17", "Кеңеш:", parent="sec_I"),
    unit("cl_17__subcl_17-5", Level.SUBCLAUSE, "17.5", "бюджетти бекитет;", parent="cl_17"),
    unit("cl_17__subcl_17-6", Level.SUBCLAUSE, "17.6", "көзөмөлдөйт.", parent="cl_17"),
    title="Үлгү айылынын уставы",
    number="0-27",
    date=dt.date(2022, 12, 12),
    kind=Kind.MODEL_CHARTER,
    language=Language.KY,
)


def in_kyrgyz(document: Document, *units: Unit) -> Document:
    return replace(document, language=Language.KY, units=units, metadata=replace(document.metadata, title="Бюджет"))


KYRGYZ = in_kyrgyz(BUDGET, article("12", "Кирешелер", "Салык бюджетке түшөт."))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CitationSearcher]:
    home: Path = tmp_path_factory.mktemp("cited")
    database = open_database(f"sqlite:///{home / 'kb.db'}")
    upgrade(database)
    library = Library(database)
    for at, document in enumerate((BUDGET, KYRGYZ, OLD, CODE, CHARTER)):
        library.store(intake(document, f"{at}.docx", content=str(at).encode()), who="test", version="1")
    engine = EmbeddedEngine(home / "index", analyser_version=TinyAnalyser.version)
    catch_up(library, engine, TinyAnalyser())
    yield CitationSearcher(Searcher(engine, TinyAnalyser()), engine, library)
    database.dispose()


def ask(searcher: CitationSearcher, text: str, **more: object) -> Results:
    return searcher.search(Query(text, TODAY, **more))  # type: ignore[arg-type]


def first(results: Results) -> list[tuple[str, str | None]]:
    """Edition and eId of the hits that are cited."""
    return [(hit.edition, hit.eid) for hit in results.hits[: results.cited]]


LAW_RU, LAW_KY = BUDGET.edition.uri, KYRGYZ.edition.uri
OLD_RU, CODE_RU, CHARTER_KY = OLD.edition.uri, CODE.edition.uri, CHARTER.edition.uri


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ст. 12 закона № 0-127 2020", [(LAW_RU, "art_12")]),
        ("ст 12 ч 2 закона 0-127 от 02.01.2020", [(LAW_RU, "art_12__para_2")]),
        ("0-127 мыйзам 12-берене 2020", [(LAW_KY, "art_12")]),
        ("закон 0-127", [(LAW_RU, None), (OLD_RU, None)]),
        ("№ 0-127 2009", [(OLD_RU, None)]),
        ("ГК 671", [(CODE_RU, "art_671")]),
        ("статья 12 гк", [(CODE_RU, "art_12")]),
        ("статьи 12 и 671 гражданского кодекса", [(CODE_RU, "art_12"), (CODE_RU, "art_671")]),
        ("17.5-пунктча", [(CHARTER_KY, "cl_17__subcl_17-5")]),
        ("17.5", [(CHARTER_KY, "cl_17__subcl_17-5")]),
        ("устав 17.6", [(CHARTER_KY, "cl_17__subcl_17-6")]),
        ("17-пункт", [(CHARTER_KY, "cl_17")]),
        ("статья 12", [(CODE_RU, "art_12"), (LAW_RU, "art_12"), (OLD_RU, "art_12")]),
        ("12 берене", [(CODE_RU, "art_12"), (LAW_KY, "art_12"), (OLD_RU, "art_12")]),
        ("статья 12-1", [(LAW_RU, "art_12-1")]),
        ("статия 671", [(CODE_RU, "art_671")]),
        ("ст. 12 ч. 9 закона № 0-127 2020", [(LAW_RU, "art_12")]),
        ("статья 999", []),
        ("статья 999 гк", [(CODE_RU, None)]),
        ("статья 671 закона", []),
        ("30 дней", []),
        ("бюджет", []),
        ("2020 бюджет", []),
    ],
)
def test_what_a_query_cites_comes_first(
    searcher: CitationSearcher, query: str, expected: list[tuple[str, str | None]]
) -> None:
    assert first(ask(searcher, query)) == expected


def test_what_is_cited_comes_once_and_is_counted_once(searcher: CitationSearcher) -> None:
    results = ask(searcher, "статья 671")
    assert [(hit.edition, hit.eid) for hit in results.hits] == [(CODE_RU, "art_671")]
    assert (results.total, results.cited, results.relaxed) == (1, 1, None)
    assert {name: sum(one.count for one in counts) for name, counts in results.facets.items() if name != "body"} == {
        "kind": 1, "lang": 1, "status": 1, "year": 1, "topic": 0, "official": 1,
    }  # fmt: skip


def test_what_the_words_do_not_find_is_counted_too(searcher: CitationSearcher) -> None:
    results = ask(searcher, "гк 671")
    assert (results.total, results.cited, results.left_out) == (1, 1, ())
    assert [(one.value, one.count) for one in results.facets["kind"]] == [("code", 1)]


def test_a_point_stands_for_its_group(searcher: CitationSearcher) -> None:
    results = ask(searcher, "ст 12 ч 2 закона 0-127 2020")
    (hit,) = (hit for hit in results.hits if hit.edition == LAW_RU and (hit.eid or "").startswith("art_12_"))
    assert (hit.eid, hit.level, hit.number, hit.path) == ("art_12__para_2", "paragraph", "2", ("Статья 12. Доходы",))
    assert hit.snippet == "Вторая часть: бюджет."


def test_pages_together_hold_every_hit_once(searcher: CitationSearcher) -> None:
    whole = ask(searcher, "статья 12", limit=100)
    assert whole.total == len(whole.hits) > 20
    pages = [ask(searcher, "статья 12", limit=7, offset=offset) for offset in range(0, whole.total, 7)]
    assert [page.cited for page in pages[:2]] == [3, 0]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert len({(hit.edition, hit.eid) for hit in whole.hits}) == whole.total
    assert {page.total for page in pages} == {whole.total}
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)


def test_a_page_without_hits_still_counts(searcher: CitationSearcher) -> None:
    assert (ask(searcher, "гк 671", limit=0).total, ask(searcher, "гк 671", limit=0).cited) == (1, 0)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(kind=("law",)), [(LAW_RU, "art_12"), (OLD_RU, "art_12")]),
        (Filters(lang=("ky",)), [(LAW_KY, "art_12")]),
        (Filters(status=("repealed",)), [(OLD_RU, "art_12")]),
        (Filters(year=(1996,)), [(CODE_RU, "art_12")]),
        (Filters(date_from=dt.date(2010, 1, 1)), [(LAW_RU, "art_12")]),
        (Filters(date_to=dt.date(2000, 1, 1)), [(CODE_RU, "art_12")]),
        (Filters(act=OLD.act_id.uri), [(OLD_RU, "art_12")]),
        (Filters(act=CHARTER.act_id.uri), []),
        (Filters(official=True), []),
        (Filters(topic=("audit",)), []),
        (Filters(body=("Кеңеш",)), []),
    ],
)
def test_filters_hold_for_what_is_cited(
    searcher: CitationSearcher, filters: Filters, expected: list[tuple[str, str | None]]
) -> None:
    assert first(ask(searcher, "статья 12", filters=filters)) == expected


def test_the_day_asked_for_holds_too(searcher: CitationSearcher) -> None:
    before = searcher.search(Query("статья 12", dt.date(2015, 1, 1)))
    assert first(before) == [(CODE_RU, "art_12"), (OLD_RU, "art_12")]
    assert first(searcher.search(Query("статья 12", dt.date(1990, 1, 1)))) == []


def test_paging_past_the_window_is_refused_as_ever(searcher: CitationSearcher) -> None:
    with pytest.raises(BeyondWindow):
        ask(searcher, "статья 12", offset=1_000)


def test_searches_can_be_prepared_with_and_without_an_index(searcher: CitationSearcher, tmp_path: Path) -> None:
    searcher.prepare()
    empty = EmbeddedEngine(tmp_path, analyser_version=TinyAnalyser.version)
    words = Searcher(empty, TinyAnalyser())
    with pytest.raises(IndexMissing):
        words.prepare()
    CitationSearcher(words, empty, searcher._library).prepare()
