from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kb.documents import ActReference, Coverage, Kind, Report, Status, Unit
from kb.errors import BrokenDocument, Removed, UnknownAct
from kb.language.model import Language
from kb.storage import writing
from kb.storage.model import Change, Stored
from kb.storage.repository import Library
from kb.storage.tables import ContentRow, ManifestationRow
from tests.storage.making import DAY, LAW, UNITS, changed, everything, intake

SPRING, AUTUMN, LATER = dt.date(2020, 3, 1), dt.date(2021, 9, 30), dt.date(2023, 1, 15)


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str | None]]:
    return [(change.event, change.act, change.edition) for change in changes]


def store(library: Library, *args: object, **fields: object) -> str:
    return library.store(intake(**fields), who="test", version="1").act  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("units", "eid", "problem"),
    [
        ((*UNITS, UNITS[-1]), "art_3", "address_twice"),
        (
            (UNITS[0], replace(UNITS[1], eid="art_\ud800"), replace(UNITS[1], eid="art_\x00")),
            "art_\ufffd",
            "address_twice",
        ),
        ((UNITS[1], UNITS[0]), "art_1", "no_parent"),
        ((replace(UNITS[1], parent="art_1"),), "art_1", "no_parent"),
    ],
)
def test_units_that_do_not_fit_each_other_are_refused(
    engine: sa.Engine, library: Library, units: tuple[Unit, ...], eid: str, problem: str
) -> None:
    before = everything(engine)
    with pytest.raises(BrokenDocument) as refused:
        store(library, units=units, **LAW)
    assert refused.value.params == {"eid": eid, "problem": problem}
    assert everything(engine) == before


def test_a_numbered_act_is_its_uri(library: Library) -> None:
    taken = intake(**LAW)
    stored = library.store(taken, who="айгүл", version="1")
    assert stored.act == "/akn/kg/act/law/2024-05-01/0-12"
    assert (stored.outcome, stored.edition, stored.sequence) == ("added", f"{stored.act}/kir@", 1)
    assert library.document(stored.act) == taken.document
    assert library.edition(stored.edition) == taken.document
    assert library.original(taken.original.sha256) == taken.original
    [change] = library.changes(0)
    assert (change.who, change.event, change.act, change.edition) == ("айгүл", "added", stored.act, stored.edition)
    assert abs(dt.datetime.now(dt.UTC) - change.time) < dt.timedelta(minutes=1)


def test_unchanged_writes_nothing(engine: sa.Engine, library: Library) -> None:
    taken = intake(**LAW, retrieved=DAY)
    first = library.store(taken, who="test", version="1", fingerprint="f")
    before = everything(engine)
    again = changed(taken, retrieved=dt.date(2026, 1, 1))
    for same in (taken, again):
        stored = library.store(same, who="somebody", version="1", fingerprint="f")
        assert stored == replace(first, outcome="unchanged")
    assert everything(engine) == before


def test_another_version_that_reads_the_same_publishes_nothing(library: Library) -> None:
    taken = intake(**LAW)
    library.store(taken, who="test", version="1")
    assert library.store(taken, who="test", version="2", fingerprint="g").outcome == "unchanged"
    assert library.newest_sequence() == 1
    # It need not be read again by this version, and has to be by the one before.
    known = (taken.original.path, taken.original.sha256)
    assert library.known(*known, "2", "g") == taken
    assert library.known(*known, "1", "") is None


def test_the_same_bytes_with_other_metadata_are_updated(library: Library) -> None:
    taken = intake(**LAW)
    library.store(taken, who="test", version="1")
    stored = library.store(changed(taken, status=Status.IN_FORCE), who="test", version="1")
    assert (stored.outcome, stored.sequence) == ("updated", 2)
    assert library.summary(stored.act).status is Status.IN_FORCE


def test_other_bytes_are_a_new_manifestation(engine: sa.Engine, library: Library) -> None:
    first = intake(**LAW, content=b"first")
    second = intake(**LAW, content=b"second", units=UNITS[:4], report=Report(coverage=Coverage(9, 8)))
    library.store(first, who="test", version="1")
    stored = library.store(second, who="test", version="1")
    assert stored.outcome == "updated"
    assert library.edition(stored.edition).units == UNITS[:4]
    assert library.report(stored.edition) == second.report
    assert library.original(first.original.sha256).content == b"first"
    [edition] = library.summary(stored.act).editions
    assert edition.original == second.original.sha256
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ManifestationRow)) == 2
    # Back to the first bytes: they are the ones that stand again.
    assert library.store(first, who="test", version="1").outcome == "updated"
    assert library.edition(stored.edition).units == UNITS
    assert library.summary(stored.act).editions[0].original == first.original.sha256


def test_files_without_number_are_never_one_act_for_lack_of_it(library: Library) -> None:
    acts = [store(library, content=letter, path=f"/{letter!r}") for letter in (b"a", b"b", b"c")]
    assert acts == ["/akn/kg/doc/other/ulgu", "/akn/kg/doc/other/ulgu-2", "/akn/kg/doc/other/ulgu-3"]


def test_the_same_bytes_are_the_same_act(library: Library) -> None:
    first = store(library, content=b"a", path="/a")
    again = intake(content=b"a", path="/elsewhere", slug="another-name", title="Башка аталыш")
    stored = library.store(again, who="test", version="1")
    assert (stored.act, stored.outcome) == (first, "updated")
    assert library.summary(first).titles == {Language.KY: "Башка аталыш"}


def test_the_same_path_is_the_same_act(library: Library) -> None:
    first = store(library, content=b"a", path="/a", slug="one")
    assert store(library, content=b"b", path="/a", slug="two", title="Башка") == first
    assert library.canonical("/akn/kg/doc/other/one") == first
    with pytest.raises(UnknownAct):
        library.canonical("/akn/kg/doc/other/two")


def test_a_kind_that_becomes_known_moves_the_act(library: Library) -> None:
    first = store(library, content=b"a", path="/a")
    moved = store(library, content=b"a", path="/a", kind=Kind.TRAINING)
    assert moved == "/akn/kg/doc/training/ulgu"
    assert library.canonical(first) == moved


def test_a_path_that_held_a_numbered_act_may_hold_another_document_now(library: Library) -> None:
    law = store(library, **LAW, content=b"a", path="/a")
    assert store(library, content=b"b", path="/a", kind=Kind.TRAINING) == "/akn/kg/doc/training/ulgu"
    assert library.document(law).metadata.kind is Kind.LAW
    # The same kind without a number is a copy whose head could not be read.
    assert store(library, content=b"c", path="/b", **LAW) == law
    assert store(library, content=b"d", path="/b", kind=Kind.LAW) == law
    assert library.document(law).metadata.number == "0-12"


def test_number_and_date_give_the_act_a_new_address(library: Library) -> None:
    old = store(library, content=b"a", path="/a")
    russian = store(library, content=b"a2", path="/a", language=Language.RU)
    assert russian == old
    sequence = library.newest_sequence()
    new = store(library, content=b"b", path="/a", **LAW)
    assert new == "/akn/kg/act/law/2024-05-01/0-12"
    assert library.canonical(old) == new
    assert library.edition(f"{old}/rus@") == library.edition(f"{new}/rus@")
    assert [edition.edition for edition in library.summary(old).editions] == [f"{new}/kir@", f"{new}/rus@"]
    assert told(library.changes(sequence)) == [
        ("removed", old, None),
        ("updated", new, f"{new}/rus@"),
        ("updated", new, f"{new}/kir@"),
    ]
    # The old slug is not given to another act, which the alias would lead astray.
    assert store(library, content=b"c", path="/c") == f"{old}-2"


def test_an_unnumbered_act_joins_the_numbered_one_that_it_turns_out_to_be(library: Library) -> None:
    law = store(library, **LAW, content=b"ky", path="/ky")
    loose = store(library, content=b"ru", path="/ru", language=Language.RU)
    assert store(library, content=b"ru", path="/ru", language=Language.RU, **LAW) == law
    assert library.canonical(loose) == law
    assert {edition.language for edition in library.summary(law).editions} == {Language.KY, Language.RU}
    assert library.statistics().acts == 1


def test_joining_does_not_lose_what_stands(library: Library) -> None:
    law = store(library, **LAW, content=b"official", path="/law")
    loose = store(library, content=b"copy", path="/copy", units=UNITS[:2])
    assert store(library, **LAW, content=b"newer", path="/copy", units=UNITS[:3]) == law
    assert library.canonical(loose) == law
    assert library.document(law).units == UNITS[:3]
    for content in (b"official", b"copy", b"newer"):
        assert library.original(intake(content=content).original.sha256).content == content


def test_a_corrected_date_moves_the_edition(library: Library) -> None:
    taken = intake(**LAW)
    law = library.store(taken, who="test", version="1").act
    stored = library.store(changed(taken, edition_date=AUTUMN), who="test", version="2")
    assert (stored.outcome, stored.edition) == ("updated", f"{law}/kir@2021-09-30")
    assert [edition.date for edition in library.summary(law).editions] == [AUTUMN]
    assert told(library.changes(1)) == [("removed", law, None), ("updated", law, stored.edition)]
    with pytest.raises(UnknownAct):
        library.edition(f"{law}/kir@")


def test_what_an_act_keeps_is_told_anew_when_an_edition_leaves(library: Library) -> None:
    law = store(library, **LAW, language=Language.RU)
    store(library, **LAW, content=b"a", path="/a")
    store(library, **LAW, content=b"a", path="/a", edition_date=AUTUMN)
    assert told(library.changes(2)) == [
        ("removed", law, None),
        ("updated", law, f"{law}/rus@"),
        ("updated", law, f"{law}/kir@2021-09-30"),
    ]


def test_a_corrected_number_leaves_a_tombstone_and_no_alias(library: Library) -> None:
    wrong = store(library, **{**LAW, "number": "0-99"}, content=b"a", path="/a")
    right = store(library, **LAW, content=b"a", path="/a")
    with pytest.raises(Removed) as raised:
        library.canonical(wrong)
    assert raised.value.params["replaced_by"] == right
    # The act that really has this number takes its address.
    assert store(library, **{**LAW, "number": "0-99"}, content=b"b", path="/b") == wrong
    assert library.canonical(wrong) == wrong


def test_a_corrected_kind_keeps_the_old_address_leading_there(library: Library) -> None:
    law = store(library, **LAW, content=b"a", path="/a")
    code = store(library, **{**LAW, "kind": Kind.CODE}, content=b"a", path="/a")
    assert (code, library.canonical(law)) == ("/akn/kg/act/code/2024-05-01/0-12", code)


def test_editions_stand_in_the_order_of_their_dates(library: Library) -> None:
    for date in (AUTUMN, None, LATER, SPRING):
        law = store(library, **{**LAW, "date": dt.date(2019, 1, 1)}, edition_date=date)
    law = store(library, **{**LAW, "date": dt.date(2019, 1, 1)}, edition_date=SPRING, language=Language.RU)
    assert [(one.language, one.date, one.until) for one in library.summary(law).editions] == [
        (Language.KY, None, SPRING),
        (Language.KY, SPRING, AUTUMN),
        (Language.KY, AUTUMN, LATER),
        (Language.KY, LATER, None),
        (Language.RU, SPRING, None),
    ]

    def stands(day: dt.date | None, language: Language | None = None) -> str:
        return library.document(law, language=language, as_of=day).edition.uri.removeprefix(law)

    assert stands(None) == "/kir@2023-01-15"
    assert stands(LATER) == "/kir@2023-01-15"
    assert stands(LATER - dt.timedelta(days=1)) == "/kir@2021-09-30"
    assert stands(dt.date(2019, 1, 1)) == "/kir@"
    assert stands(None, Language.RU) == "/rus@2020-03-01"
    assert library.edition(f"{law}/kir:2020-12-31").edition.date == SPRING
    for day, language in ((dt.date(2018, 12, 31), None), (dt.date(2019, 6, 1), Language.RU), (None, Language.EN)):
        with pytest.raises(UnknownAct):
            library.document(law, language=language, as_of=day)


def test_an_undated_edition_of_an_undated_act_stands_always(library: Library) -> None:
    act = store(library)
    assert library.document(act, as_of=dt.date(1900, 1, 1)).edition.date is None


def test_a_new_edition_ends_the_one_before(library: Library) -> None:
    store(library, **LAW, edition_date=LATER)
    law = store(library, **LAW, edition_date=SPRING)
    store(library, **LAW, edition_date=AUTUMN)
    assert told(library.changes(2)) == [
        ("updated", law, f"{law}/kir@2020-03-01"),
        ("added", law, f"{law}/kir@2021-09-30"),
    ]


def test_repeal_that_one_text_tells_holds_for_the_act(library: Library) -> None:
    by = ActReference(Kind.LAW, AUTUMN, "0-13")
    law = store(library, **LAW, edition_date=SPRING)
    store(library, **LAW, edition_date=LATER, language=Language.RU, status=Status.REPEALED, status_by=by)
    summary = library.summary(law)
    assert (summary.status, summary.status_by) == (Status.REPEALED, by)
    document = library.document(law)
    assert (document.language, document.metadata.status) == (Language.KY, Status.REPEALED)
    assert set(library.status_of(document.edition.uri).values()) == {Status.REPEALED}
    assert [change.edition for change in library.changes(1)] == [f"{law}/kir@2020-03-01", f"{law}/rus@2023-01-15"]


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ([(SPRING, Status.IN_FORCE), (LATER, Status.UNKNOWN)], Status.UNKNOWN),
        ([(SPRING, Status.REPEALED), (LATER, Status.UNKNOWN)], Status.REPEALED),
        ([(SPRING, Status.REPEALED), (LATER, Status.IN_FORCE)], Status.IN_FORCE),
        ([(SPRING, Status.UNKNOWN), (LATER, Status.IN_FORCE)], Status.IN_FORCE),
        ([(SPRING, Status.DRAFT), (LATER, Status.REPEALED)], Status.REPEALED),
    ],
)
def test_status_of_the_act_is_that_of_its_newest_text(
    library: Library, texts: list[tuple[dt.date, Status]], status: Status
) -> None:
    for date, said in (*texts, *reversed(texts)):
        law = store(library, **LAW, edition_date=date, status=said)
        if (date, said) == texts[-1]:
            assert library.summary(law).status in (said, status)
    assert library.summary(law).status is status


def test_nothing_is_half_stored(engine: sa.Engine, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    store(library, **LAW, content=b"a", path="/a")
    before = everything(engine)
    for step in ("_write_units", "_write_file", "settle", "_publish"):

        def fail(*_args: object, step: str = step, **_named: object) -> int:
            raise RuntimeError(step)

        with monkeypatch.context() as patch:
            patch.setattr(writing, step, fail)
            for content in (b"b", b"c"):
                with pytest.raises(RuntimeError):
                    store(library, **LAW, content=content, path="/a", units=UNITS[:2])
                with pytest.raises(RuntimeError):
                    store(library, content=content, path="/b", units=UNITS[:2])
        assert everything(engine) == before


def test_a_removed_act_leaves_a_tombstone(engine: sa.Engine, library: Library) -> None:
    taken = intake(**LAW, topics=("audit",))
    law = library.store(taken, who="test", version="1", fingerprint="f").act
    other = store(library)
    change = library.remove(law, who="айгүл", replaced_by=other)
    assert (change.event, change.act, change.edition, change.who) == ("removed", law, None, "айгүл")
    assert library.changes(2) == (change,)
    for ask in (
        lambda: library.summary(law),
        lambda: library.canonical(law),
        lambda: library.document(law),
        lambda: library.edition(f"{law}/kir@"),
        lambda: library.units(f"{law}/kir@", "art_1"),
        lambda: library.remove(law, who="test"),
    ):
        with pytest.raises(Removed) as raised:
            ask()
        assert raised.value.params == {"act": law, "replaced_by": other}
    assert library.statistics().acts == 1
    assert library.topics()["audit"] == 0
    assert list(library.editions()) == [f"{other}/kir@"]
    assert library.original(taken.original.sha256) == taken.original
    assert library.known(taken.original.path, taken.original.sha256, "1", "f") is None
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ContentRow)) == 2


def test_what_was_removed_can_come_back(library: Library) -> None:
    for taken in (intake(**LAW), intake(path="/a")):
        act = library.store(taken, who="test", version="1").act
        library.remove(act, who="test")
        stored = library.store(taken, who="test", version="1")
        assert (stored.outcome, stored.act) == ("added", act)
        assert library.document(act) == taken.document
        assert [change.event for change in library.changes(stored.sequence - 3)] == ["added", "removed", "added"]


def test_only_the_edition_that_is_stored_comes_back(library: Library) -> None:
    law = store(library, **LAW, edition_date=SPRING)
    store(library, **LAW, edition_date=LATER)
    library.remove(law, who="test")
    store(library, **LAW, edition_date=SPRING)
    assert [(edition.date, edition.until) for edition in library.summary(law).editions] == [(SPRING, None)]


def test_removing_what_is_not_there(library: Library) -> None:
    law = store(library, **LAW)
    with pytest.raises(UnknownAct):
        library.remove("/akn/kg/act/law/2024-05-01/0-13", who="test")
    with pytest.raises(UnknownAct):
        library.remove(law, who="test", replaced_by="/akn/kg/act/law/2024-05-01/0-13")
    assert library.canonical(law) == law


def test_known_needs_the_same_bytes_path_version_and_hints(library: Library) -> None:
    taken = intake(**LAW, content=b"a", path="/a", report=Report(coverage=Coverage(10, 9)))
    library.store(taken, who="test", version="1", fingerprint="f")
    sha256 = taken.original.sha256
    assert library.known("/a", sha256, "1", "f") == taken
    for other in (
        ("/b", sha256, "1", "f"),
        ("/a", "0" * 64, "1", "f"),
        ("/a", sha256, "2", "f"),
        ("/a", sha256, "1", ""),
    ):
        assert library.known(*other) is None
    # Once other bytes stand, the first are an older file.
    store(library, **LAW, content=b"b", path="/a")
    assert library.known("/a", sha256, "1", "f") is None


def test_only_the_time_that_reading_took_is_no_change(library: Library) -> None:
    def read(seconds: float, languages: dict[str, int]) -> Stored:
        report = Report(coverage=Coverage(10, 9), languages=languages, seconds={"reading": seconds})
        taken = intake(**LAW, content=b"a", path="/a", report=report)
        return library.store(taken, who="test", version="1")

    first = read(1.5, {"ky": 2})
    assert read(0.25, {"ky": 2}) == Stored("unchanged", first.act, first.edition, first.sequence)
    assert library.source(first.edition).report.seconds == {"reading": 1.5}
    assert read(0.25, {"ky": 1, "ru": 1}).outcome == "unchanged"
    assert library.report(first.edition).languages == {"ky": 1, "ru": 1}


def test_known_gives_what_was_read_not_what_other_texts_add(library: Library) -> None:
    taken = intake(**LAW)
    library.store(taken, who="test", version="1")
    store(library, **LAW, language=Language.RU, topics=("audit",), body="Айылдык кеңеш")
    assert library.document("/akn/kg/act/law/2024-05-01/0-12", language=Language.KY).metadata.topics == ("audit",)
    assert library.known(taken.original.path, taken.original.sha256, "1", "") == taken


def test_what_no_database_holds_becomes_a_mark(library: Library) -> None:
    hostile = intake(title="Кеңеш\x00\ud800", content=b"a", path="/a\x00\udcff")
    unit = replace(UNITS[1], parent=None, heading="а\x00б\udfff")
    taken = replace(hostile, document=replace(hostile.document, units=(unit,)))
    act = library.store(taken, who="\x00", version="1").act
    document = library.document(act)
    assert document.metadata.title == "Кеңеш\x00\ufffd"
    assert document.units[0].heading == "а\ufffdб\ufffd"
    assert library.store(taken, who="test", version="1").outcome == "unchanged"
