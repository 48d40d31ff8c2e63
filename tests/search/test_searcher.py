from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import Kind, Level, Status
from kb.errors import BadParameter, BadQuery, BeyondWindow, IndexMissing
from kb.language.model import Language
from kb.search.model import Filters, Query, Results
from kb.search.searcher import WINDOW, Searcher
from tests.search.helpers import TODAY, TinyAnalyser, article, embedded, fill, law, searcher_over, unit

BUDGET = law(
    article("1", "Понятия", "В законе применяются понятия:"),
    unit("art_1__point_1", Level.POINT, "1", "бюджет — план доходов и расходов;", parent="art_1"),
    unit("art_1__point_2", Level.POINT, "2", "налог — обязательный платёж;", parent="art_1"),
    article("12", "Доходы", "Налог на землю поступает в местный бюджет."),
    article("13", "Публичные слушания", "Слушания проводятся <открыто>."),
    article("14", None, "Слушания проводятся.", status=Status.REPEALED),
)
CHARTER = law(
    unit("sec_I", Level.SECTION, "I", heading="Жалпы жоболор"),
    unit("cl_17", Level.CLAUSE, "17", "Кеңештин ыйгарым укуктары:", parent="sec_I"),
    unit("cl_17__subcl_17-5", Level.SUBCLAUSE, "17.5", "бюджетти бекитет;", parent="cl_17"),
    unit("cl_17__subcl_17-6", Level.SUBCLAUSE, "17.6", "айыл өкмөтүн көзөмөлдөйт.", parent="cl_17"),
    title="Үлгү айылынын уставы",
    number="0-27",
    date=dt.date(2022, 12, 12),
    kind=Kind.CHARTER,
    language=Language.KY,
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searcher_over(tmp_path_factory.mktemp("index"), BUDGET, CHARTER)


def ask(searcher: Searcher, text: str, **more: object) -> Results:
    return searcher.search(Query(text, TODAY, **more))  # type: ignore[arg-type]


def eids(results: Results) -> list[str | None]:
    return [hit.eid for hit in results.hits]


def test_a_hit_says_all_that_is_shown(searcher: Searcher) -> None:
    (hit,) = ask(searcher, "налог землю").hits
    assert (hit.act, hit.edition, hit.title) == (BUDGET.act_id.uri, BUDGET.edition.uri, "О местном бюджете Үлгү")
    assert (hit.act_kind, hit.act_number, hit.act_date) == ("law", "0-12", dt.date(2020, 1, 2))
    assert (hit.eid, hit.level, hit.number, hit.heading, hit.path) == ("art_12", "article", "12", "Доходы", ())
    assert (hit.lang, hit.status, hit.official, hit.more) == ("ru", "unknown", False, ())
    assert hit.snippet == "<mark>Налог</mark> на <mark>землю</mark> поступает в местный бюджет."


def test_the_one_point_that_has_all_is_the_hit(searcher: Searcher) -> None:
    (hit,) = ask(searcher, "план доходов").hits
    assert (hit.eid, hit.level, hit.number, hit.path) == ("art_1__point_1", "point", "1", ("Статья 1. Понятия",))
    assert hit.snippet == "бюджет — <mark>план</mark> <mark>доходов</mark> и расходов;"


def test_words_of_several_points_make_a_hit_of_the_article(searcher: Searcher) -> None:
    (hit,) = ask(searcher, "план платёж").hits
    assert hit.eid == "art_1"
    assert [(point.eid, point.number, point.snippet) for point in hit.more] == [
        ("art_1__point_1", "1", "бюджет — <mark>план</mark> доходов и расходов;"),
        ("art_1__point_2", "2", "налог — обязательный <mark>платёж</mark>;"),
    ]


def test_text_is_escaped(searcher: Searcher) -> None:
    hit = ask(searcher, "открыто").hits[0]
    assert hit.snippet == "Слушания проводятся &lt;<mark>открыто</mark>&gt;."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("17.5", "cl_17__subcl_17-5"),
        ("17.6", "cl_17__subcl_17-6"),
        ("статья 12", "art_12"),
        ("12-берене", "art_12"),
        ("ст. 13 слушания", "art_13"),
        ("№ 0-12", None),
        ("закон 0-12", None),
        ("местном бюджете", None),
        ("Үлгү уставы", None),
        ("02.01.2020", None),
        ("публичные слушания", "art_13"),
        ("кеңештин бюджетти", "cl_17"),
        ("бекитет", "cl_17__subcl_17-5"),
        ("окмотун", "cl_17__subcl_17-6"),
        ("ckeifybz", "art_13"),
        ('"слушания проводятся"', "art_13"),
    ],
)
def test_what_comes_first(text: str, first: str | None, searcher: Searcher) -> None:
    results = ask(searcher, text)
    assert eids(results)[:1] == [first]
    assert results.relaxed is None


def test_repealed_units_come_behind(searcher: Searcher) -> None:
    assert eids(ask(searcher, "слушания проводятся")) == ["art_13", "art_14"]


def test_misspelt_words_are_said_to_be(searcher: Searcher) -> None:
    results = ask(searcher, "публчиные слушания")
    assert (eids(results), results.relaxed, results.left_out) == (["art_13"], "typos", ())
    assert results.read_as == (("публчиные", "публичные"),)
    assert "<mark>" in results.hits[0].snippet


def test_words_are_left_out_and_named(searcher: Searcher) -> None:
    results = ask(searcher, "космос слушания")
    assert eids(results) == ["art_13", "art_14"]
    assert (results.relaxed, results.left_out) == ("fewer_words", ("космос",))
    results = ask(searcher, "платёж открыто проводятся")
    assert eids(results)[0] == "art_13"
    assert (results.relaxed, results.left_out[0]) == ("fewer_words", "платёж")


def test_nothing_found_says_nothing_of_words(searcher: Searcher) -> None:
    results = ask(searcher, "космос")
    assert (results.total, results.hits, results.relaxed, results.left_out) == (0, (), None, ())
    assert results.facets["kind"] == ()


def test_numbers_are_never_misspelt(searcher: Searcher) -> None:
    assert ask(searcher, "статья 99").total == 0
    assert ask(searcher, "123456").total == 0


def test_a_word_that_must_not_be_there(searcher: Searcher) -> None:
    assert eids(ask(searcher, "слушания -открыто")) == ["art_14"]


def test_counts_alone(searcher: Searcher) -> None:
    results = ask(searcher, "слушания", limit=0)
    assert (results.total, results.hits) == (2, ())
    assert [(count.value, count.count) for count in results.facets["status"]] == [("repealed", 1), ("unknown", 1)]


def test_pages_follow_each_other(searcher: Searcher) -> None:
    whole = eids(ask(searcher, "бюджет", limit=50))
    paged = [eid for offset in range(0, len(whole), 2) for eid in eids(ask(searcher, "бюджет", limit=2, offset=offset))]
    assert paged == whole
    scores = [hit.score for hit in ask(searcher, "бюджет", limit=50).hits]
    assert scores == sorted(scores, reverse=True)


def test_no_words_list_documents_newest_first(searcher: Searcher) -> None:
    results = ask(searcher, "")
    assert [hit.act for hit in results.hits] == [CHARTER.act_id.uri, BUDGET.act_id.uri]
    assert results.total == 2
    assert [hit.act for hit in ask(searcher, "kind:law").hits] == [BUDGET.act_id.uri]
    assert [hit.act for hit in ask(searcher, "", filters=Filters(lang=("ky",))).hits] == [CHARTER.act_id.uri]
    assert eids(ask(searcher, "number:0-27")) == [None, *eids(ask(searcher, "number:0-27"))[1:]]


def test_searching_inside_one_act(searcher: Searcher) -> None:
    assert set(eids(ask(searcher, "бюджет", filters=Filters(act=CHARTER.act_id.uri)))) == {
        "cl_17",
        "cl_17__subcl_17-5",
    }


def test_limits(searcher: Searcher, tmp_path: Path) -> None:
    with pytest.raises(BadQuery) as long:
        ask(searcher, "я" * 1001)
    assert long.value.params == {"reason": "too_long", "limit": 1000}
    with pytest.raises(BeyondWindow) as beyond:
        ask(searcher, "бюджет", offset=WINDOW, limit=1)
    assert beyond.value.params == {"window": WINDOW}
    with pytest.raises(BadParameter):
        ask(searcher, "бюджет", limit=-1)
    with pytest.raises(BadQuery):
        ask(searcher, " ?! ")
    with pytest.raises(IndexMissing):
        ask(Searcher(embedded(tmp_path), TinyAnalyser()), "бюджет")


def test_beyond_the_tier_pages_still_follow(tmp_path: Path) -> None:
    articles = (article(str(place), None, "налог " * (place % 7 + 1)) for place in range(450))
    many = searcher_over(tmp_path, law(*articles))
    whole = [hit.eid for hit in ask(many, "налог", limit=WINDOW).hits]
    assert len(set(whole)) == 450
    paged = [hit.eid for offset in range(0, 450, 90) for hit in ask(many, "налог", limit=90, offset=offset).hits]
    assert paged == whole


def test_where_no_two_words_meet_any_of_them_is_looked_for(tmp_path: Path) -> None:
    engine = embedded(tmp_path)
    fill(engine, law(article("1", None, "вода"), article("2", None, "земля"), article("3", None, "лес")))
    results = ask(Searcher(engine, TinyAnalyser()), "вода земля лес")
    assert (results.total, results.relaxed) == (3, "fewer_words")
    assert set(results.left_out) == {"вода", "земля", "лес"}


def test_no_time_to_loosen_a_query(tmp_path: Path) -> None:
    engine = embedded(tmp_path)
    fill(engine, BUDGET)
    hurried = Searcher(engine, TinyAnalyser(), search_seconds=-1.0)
    assert ask(hurried, "публчиные слушания").total == 0


HOSTILE = [
    *("((((", "]]]][[[[", '"', '""', '"""', "'", "\\", "/", "a OR b AND NOT c", "+-+-", "--", "-", "*", "?"),
    *("~2", "^5", "[a TO b]", "{a TO *}", "title:(a b)", "kind:", ":law", 'body:"', "-kind:law", "number:-1", "😀"),
    *("👨\u200d👩\u200d👧", "\u202e\u0000\ufeff", "\ud800", ".*", "(a+)+$", "<script>alert(1)</script>"),
    *("'; DROP TABLE x; --", "\n\t\r"),
    *("%00", "1" * 900, "я " * 450, "1-1-1-1-1-1-1-1", "№№№", "İİİ", "ﬀ", "e\u0301" * 300, "-бюджет", '-"бюджет"'),
    *('" "', "“", "„“”", "налог" * 150, "о" * 900, "осн" * 300, "осноноон " * 90, "о" * 22, "я" * 1000, "." * 1000),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered_or_refused(text: str, searcher: Searcher) -> None:
    _survives(text, searcher)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from('бюджетнал12 .-"“”:()[]kindawyer\\*😀\n'), max_size=60))
def test_any_query_is_answered_or_refused(text: str) -> None:
    _survives(text, _shared())


def _survives(text: str, searcher: Searcher) -> None:
    try:
        results = ask(searcher, text)
    except BadQuery:
        return
    assert results.total >= len(results.hits)
    assert results.took_ms < 2_000


_SEARCHERS: list[Searcher] = []


def _shared() -> Searcher:
    return _SEARCHERS[0]


@pytest.fixture(autouse=True)
def _share(searcher: Searcher) -> None:
    _SEARCHERS[:] = [searcher]


def test_a_number_behind_a_sign_leads_to_no_article(searcher: Searcher) -> None:
    assert [hit.eid for hit in ask(searcher, "12").hits][:1] == ["art_12"]
    assert "art_12" not in [hit.eid for hit in ask(searcher, "№ 12").hits]
