"""What every engine must do; each engine is one parameter of ``engine``."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kb.documents import Document, Kind, Status
from kb.errors import IndexMissing
from kb.language.model import Language
from kb.search.engine import FACETS, Engine, Request, Word
from kb.search.model import Filters
from tests.search.helpers import TODAY, article, embedded, fill, law, meilisearch, records_of

ENGINES = ("embedded", "meilisearch")

BUDGET = law(
    article("1", "Понятия", "бюджет и налог"),
    article("2", "Доходы бюджета", "налог на землю"),
    article("3", "Расходы", "прочее", status=Status.REPEALED),
    topics=("local-budget", "openness"),
    body="Үлгү кеңеши",
)
CODE = law(
    article("1", "Налог", "земля"),
    article("12", None, "прочее о земле"),
    title="Налоговый кодекс Үлгү",
    number="0-7",
    date=dt.date(2010, 5, 6),
    kind=Kind.CODE,
    official=True,
    status=Status.IN_FORCE,
)
KYRGYZ = law(article("1", "Салык", "жер салыгы"), title="Бюджет жөнүндө", number="0-9", date=None, language=Language.KY)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "embedded":
        return embedded(tmp_path)
    return meilisearch(tmp_path, request.getfixturevalue("meili"))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    fill(engine, BUDGET, CODE, KYRGYZ, sequence=3)
    return engine


def ask(engine: Engine, *words: str, required: int | None = None, **more: object) -> set[str]:
    asked = tuple(Word((word,)) for word in words)
    request = Request(TODAY, words=asked, required=len(asked) if required is None else required, **more)  # type: ignore[arg-type]
    found = engine.candidates(request)
    assert found.total == len(found.window)
    return {name(one.edition, one.eid) for one in found.window}


def name(edition: str, eid: str | None) -> str:
    return f"{ {BUDGET.edition.uri: 'budget', CODE.edition.uri: 'code'}.get(edition, 'kyrgyz') } {eid}"


def test_a_new_engine_has_no_index(engine: Engine) -> None:
    assert engine.needs_rebuild()
    assert engine.sequence() == 0
    with pytest.raises(IndexMissing):
        engine.candidates(Request(TODAY))
    with pytest.raises(IndexMissing):
        engine.vocabulary()
    with pytest.raises(IndexMissing), engine.writer():
        pass


def test_an_index_can_be_empty(engine: Engine) -> None:
    fill(engine, sequence=0)
    assert not engine.needs_rebuild()
    assert ask(engine, "налог") == set()
    assert engine.vocabulary().size == 0


@pytest.mark.parametrize(
    ("words", "required", "found"),
    [
        (["налог"], 1, {"budget art_1", "budget art_2", "code None", "code art_1"}),
        (["налог", "земля"], 2, {"code art_1"}),
        (["налог", "земля"], 1, {"budget art_1", "budget art_2", "code None", "code art_1"}),
        (["налог", "земля", "проче"], 2, {"code art_1", "code art_12"}),
        (["нет"], 1, set()),
    ],
)
def test_words(words: list[str], required: int, found: set[str], filled: Engine) -> None:
    assert ask(filled, *words, required=required) == found


def test_a_title_helps_but_does_not_make_a_hit_of_each_unit(filled: Engine) -> None:
    assert ask(filled, "налог", "кодек") == {"code None", "code art_1"}
    assert ask(filled, "кодек") == {"code None"}


def test_any_key_of_a_word_and_a_units_own_number(filled: Engine) -> None:
    found = filled.candidates(Request(TODAY, words=(Word(("нетта", "расхо", "жер")),), required=1))
    assert {name(one.edition, one.eid) for one in found.window} == {"budget art_3", "kyrgyz art_1"}
    found = filled.candidates(Request(TODAY, words=(Word(("12",), ("12",)),), required=1))
    assert {name(one.edition, one.eid) for one in found.window} == {"code art_12"}


def test_phrases_are_exact_and_lie_in_one_field(filled: Engine) -> None:
    assert ask(filled, phrases=(("налог", "на", "землю"),)) == {"budget art_2"}
    assert ask(filled, phrases=(("налог", "на"), ("доходы",))) == {"budget art_2"}
    assert ask(filled, phrases=(("землю", "на"),)) == set()
    assert ask(filled, phrases=(("земле",),)) == {"code art_12"}
    assert ask(filled, phrases=(("земл",),)) == set()
    assert ask(filled, phrases=(("бюджета", "налог"),)) == set()


def test_what_must_not_be_there(filled: Engine) -> None:
    assert ask(filled, "налог", excluded=(Word(("земля",)),)) == {"budget art_1", "budget art_2", "code None"}
    assert ask(filled, "налог", excluded_phrases=(("налог", "на"),)) == {"budget art_1", "code None", "code art_1"}
    only = ask(filled, excluded=(Word(("налог",)), Word(("проче",))))
    assert "budget art_1" not in only
    assert {"budget None", "kyrgyz None", "kyrgyz art_1"} <= only


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kind=("code",)), {"code None", "code art_1"}),
        (Filters(kind=("code", "law")), {"budget art_1", "budget art_2", "code None", "code art_1"}),
        (Filters(kind=("charter",)), set()),
        (Filters(lang=("ky",)), set()),
        (Filters(status=("in_force",)), {"code None", "code art_1"}),
        (Filters(year=(2020,)), {"budget art_1", "budget art_2"}),
        (Filters(body=("Үлгү кеңеши",)), {"budget art_1", "budget art_2"}),
        (Filters(body=('") OR kind:"code',)), set()),
        (Filters(topic=("openness",)), {"budget art_1", "budget art_2"}),
        (Filters(official=True), {"code None", "code art_1"}),
        (Filters(official=False, topic=("local-budget",)), {"budget art_1", "budget art_2"}),
        (Filters(act=CODE.act_id.uri), {"code None", "code art_1"}),
        (Filters(date_from=dt.date(2010, 5, 6), date_to=dt.date(2019, 1, 1)), {"code None", "code art_1"}),
        (Filters(date_from=dt.date(2010, 5, 7)), {"budget art_1", "budget art_2"}),
        (Filters(date_to=dt.date(2010, 5, 5)), set()),
    ],
)
def test_filters(filters: Filters, found: set[str], filled: Engine) -> None:
    assert ask(filled, "налог", filters=filters) == found


def test_numbers_are_the_units_or_the_acts(filled: Engine) -> None:
    assert ask(filled, "налог", numbers=("0-7",)) == {"code None", "code art_1"}
    assert ask(filled, numbers=("12",)) == {"code art_12"}
    assert ask(filled, "налог", numbers=("5",)) == set()


def test_documents_alone_the_newest_first(filled: Engine) -> None:
    found = filled.candidates(Request(TODAY, documents_only=True))
    assert [name(one.edition, one.eid) for one in found.window] == ["budget None", "code None", "kyrgyz None"]
    found = filled.candidates(Request(TODAY, documents_only=True, filters=Filters(kind=("code",))))
    assert [name(one.edition, one.eid) for one in found.window] == ["code None"]


def test_facets_disregard_their_own_filter(filled: Engine) -> None:
    request = Request(TODAY, words=(Word(("налог",)),), required=1)
    facets = filled.candidates(request).facets
    assert list(facets) == list(FACETS)
    assert facets == {
        "kind": {"law": 2, "code": 2},
        "lang": {"ru": 4},
        "status": {"unknown": 2, "in_force": 2},
        "year": {"2020": 2, "2010": 2},
        "body": {"Үлгү кеңеши": 2},
        "topic": {"local-budget": 2, "openness": 2},
        "official": {"true": 2, "false": 2},
    }
    chosen = filled.candidates(replace(request, filters=Filters(kind=("code",), official=True))).facets
    assert chosen["kind"] == {"code": 2}
    assert chosen["official"] == {"true": 2}
    assert chosen["year"] == {"2010": 2}
    chosen = filled.candidates(replace(request, filters=Filters(kind=("code",)))).facets
    assert chosen["kind"] == {"law": 2, "code": 2}
    assert chosen["official"] == {"true": 2}
    assert chosen["body"] == {}


def test_a_window_can_be_empty_small_or_skipped_to(filled: Engine) -> None:
    request = Request(TODAY, words=(Word(("налог",)),), required=1)
    none = filled.candidates(replace(request, window=0))
    assert (none.window, none.total, none.facets["kind"]) == ((), 4, {"law": 2, "code": 2})
    whole = [one.id for one in filled.candidates(request).window]
    pages = [filled.candidates(replace(request, window=3, skip=skip)) for skip in (0, 3, 6)]
    assert [one.id for page in pages for one in page.window] == whole
    assert all(page.total == 4 for page in pages)


def test_as_of_a_day(engine: Engine) -> None:
    old = law(article("1", None, "налог"), edition_date=dt.date(2021, 1, 1))
    new = law(article("1", None, "налог"), edition_date=dt.date(2023, 1, 1))
    with engine.rebuild() as writer:
        assert writer is not None
        writer.replace_edition(old.edition.uri, records_of(old, until=dt.date(2023, 1, 1)))
        writer.replace_edition(new.edition.uri, records_of(new))
        writer.replace_edition(KYRGYZ.edition.uri, records_of(KYRGYZ))
        writer.commit(1)

    def editions(day: dt.date) -> list[str]:
        words = (Word(("налог", "салык")),)
        return sorted(one.edition[-10:] for one in engine.candidates(Request(day, words=words, required=1)).window)

    undated = KYRGYZ.edition.uri[-10:]
    assert editions(dt.date(2020, 6, 1)) == [undated]
    assert editions(dt.date(2021, 1, 1)) == sorted(["2021-01-01", undated])
    assert editions(dt.date(2022, 12, 31)) == sorted(["2021-01-01", undated])
    assert editions(dt.date(2023, 1, 1)) == sorted(["2023-01-01", undated])


def test_records_come_back_as_they_were(filled: Engine) -> None:
    for document in (BUDGET, CODE, KYRGYZ):
        for record in records_of(document):
            found = filled.record(record.edition, record.eid)
            assert found is not None
            assert strip(found) == strip(record)
    assert filled.record(BUDGET.edition.uri, "art_99") is None


def strip(record: object) -> object:
    """Keys need not come back, nor offsets of the title."""
    return replace(
        record,  # type: ignore[type-var]
        title_words=replace(record.title_words, keys=(), offsets=()),  # type: ignore[attr-defined]
        heading_words=replace(record.heading_words, keys=()),  # type: ignore[attr-defined]
        body_words=replace(record.body_words, keys=()),  # type: ignore[attr-defined]
    )


def test_candidates_hold_what_ranking_needs(filled: Engine) -> None:
    (one,) = filled.candidates(Request(TODAY, words=(Word(("доход",)),), required=1)).window
    assert (one.eid, one.number, one.lang, one.kind, one.status) == ("art_2", "2", "ru", "law", "unknown")
    assert one.title == ("о", "местном", "бюджете", "үлгү")
    assert (one.heading, one.body) == (("доходы", "бюджета"), ("налог", "на", "землю"))
    assert one.load().text == "налог на землю"


def test_changes_are_seen_after_a_commit_and_only_then(filled: Engine) -> None:
    changed = law(article("1", None, "аренда"))
    with filled.writer() as writer:
        assert writer is not None
        writer.replace_edition(changed.edition.uri, records_of(changed))
        assert ask(filled, "аренд") == set()
        writer.commit(4)
        assert ask(filled, "аренд") == {"budget art_1"}
        assert ask(filled, "расхо") == set()
        assert filled.sequence() == 4
        writer.remove_act(CODE.act_id.uri)
        writer.remove_edition(KYRGYZ.edition.uri)
        writer.commit(6)
    assert ask(filled, "налог") == ask(filled, "салык") == set()
    assert filled.sequence() == 6


def test_what_was_not_committed_is_dropped(filled: Engine) -> None:
    with filled.writer() as writer:
        assert writer is not None
        writer.remove_act(CODE.act_id.uri)
    assert filled.sequence() == 3
    with filled.writer() as writer:
        assert writer is not None
        writer.commit(4)
    assert "code art_1" in ask(filled, "налог")


def test_doing_a_change_twice_changes_nothing(filled: Engine) -> None:
    before = filled.vocabulary().dump()
    for sequence in (4, 5):
        with filled.writer() as writer:
            assert writer is not None
            for _ in range(2):
                writer.replace_edition(BUDGET.edition.uri, records_of(BUDGET))
            writer.commit(sequence)
    assert filled.candidates(Request(TODAY)).total == 9
    assert filled.vocabulary().dump() == before


def test_the_vocabulary_follows_the_records(filled: Engine) -> None:
    vocabulary = filled.vocabulary()
    assert vocabulary.records() == 9
    assert [(entry.key, entry.lang, entry.frequency) for entry in vocabulary.lookup("налог")] == [("налог", "ru", 3)]
    assert vocabulary.frequency("налог") == 5
    with filled.writer() as writer:
        assert writer is not None
        writer.remove_act(BUDGET.act_id.uri)
        writer.commit(4)
    assert filled.vocabulary().lookup("доходы") == []
    assert filled.vocabulary().frequency("налог") == 3
    assert filled.vocabulary().records("ky") == 2


def test_there_is_one_writer(filled: Engine) -> None:
    with filled.writer() as first:
        assert first is not None
        with filled.writer() as second:
            assert second is None
        with filled.rebuild(wait=0.05) as third:
            assert third is None
    with filled.writer() as again:
        assert again is not None


def test_searches_go_on_during_a_rebuild_that_may_fail(filled: Engine) -> None:
    class Broken(Exception):
        pass

    def half(document: Document) -> None:
        with filled.rebuild() as writer:
            assert writer is not None
            writer.replace_edition(document.edition.uri, records_of(document))
            writer.commit(9)
            assert "code art_1" in ask(filled, "налог")
            raise Broken

    with pytest.raises(Broken):
        half(BUDGET)
    assert "code art_1" in ask(filled, "налог")
    assert filled.sequence() == 3
    fill(filled, BUDGET, sequence=9)
    assert ask(filled, "налог") == {"budget art_1", "budget art_2"}
    assert filled.sequence() == 9


def test_an_index_keeps_the_stems_that_it_was_built_with(engine: Engine) -> None:
    with pytest.raises(IndexMissing):
        engine.stems()
    fill(engine, BUDGET)
    assert engine.stems() == b""
    table = bytes(range(256)) * 40
    with engine.rebuild(stems=table) as writer:
        assert writer is not None
        writer.commit(1)
        assert engine.stems() == b""
    assert engine.stems() == table
    assert engine.stems() is engine.stems()
    with engine.writer() as writer:
        assert writer is not None
        writer.replace_edition(CODE.edition.uri, records_of(CODE))
        writer.commit(2)
    assert engine.stems() == table


def test_what_stands_for_a_word_is_a_phrase_of_keys(filled: Engine) -> None:
    def find(*also: tuple[str, ...]) -> set[str]:
        found = filled.candidates(Request(TODAY, words=(Word(("нетта",), (), also),), required=1))
        return {name(one.edition, one.eid) for one in found.window}

    assert find(("расхо",)) == {"budget art_3"}
    assert find(("бюдже", "налог")) == {"budget art_1"}
    assert find(("налог", "землю")) == {"budget art_2"}
    assert find(("налог", "бюдже")) == set()
    assert find(("налог", "нетта")) == set()
    assert find(("расхо",), ("налог", "землю")) == {"budget art_2", "budget art_3"}
