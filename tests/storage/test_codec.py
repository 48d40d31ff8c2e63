from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.documents import (
    ActReference,
    Block,
    BlockKind,
    Coverage,
    Doubt,
    Gap,
    Kind,
    LeftOut,
    Level,
    Metadata,
    Note,
    NoteKind,
    Place,
    Report,
    Span,
    SpanKind,
    Status,
    Unit,
    effective_status,
    table_block,
)
from kb.language.model import Language
from kb.storage import codec
from tests.storage.making import UNITS, intake

WORDS = st.text(max_size=30)
# Columns cannot hold NUL; JSON can.
SHOWN = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
DAYS = st.dates()
NUMBERS = st.integers(0, 10**6)
REFERENCES = st.builds(ActReference, st.none() | st.sampled_from(Kind), st.none() | DAYS, st.none() | WORDS)
PLACES = st.builds(Place, NUMBERS, st.none() | NUMBERS)
SPANS = st.builds(Span, NUMBERS, NUMBERS, st.sampled_from(SpanKind))
BLOCKS = st.builds(
    Block,
    WORDS,
    st.sampled_from(BlockKind),
    st.lists(SPANS, max_size=3).map(tuple),
    st.lists(st.lists(WORDS, max_size=3).map(tuple), max_size=3).map(tuple),
    st.none() | PLACES,
) | st.lists(st.lists(WORDS, max_size=3), max_size=3).map(table_block)
NOTES = st.builds(Note, st.sampled_from(NoteKind), WORDS, st.lists(REFERENCES, max_size=2).map(tuple))
UNIT = st.builds(
    Unit,
    SHOWN,
    SHOWN,
    st.sampled_from(Level),
    st.none() | SHOWN,
    st.none() | SHOWN,
    st.lists(BLOCKS, max_size=3).map(tuple),
    st.lists(NOTES, max_size=2).map(tuple),
    st.none() | SHOWN,
    st.none() | st.sampled_from(Status),
    st.none() | REFERENCES,
    st.none() | PLACES,
)
METADATA = st.builds(
    Metadata,
    kind=st.sampled_from(Kind),
    title=WORDS,
    number=st.none() | WORDS,
    date=st.none() | DAYS,
    date_passed=st.none() | DAYS,
    date_in_force=st.none() | DAYS,
    edition_date=st.none() | DAYS,
    place=st.none() | WORDS,
    body=st.none() | WORDS,
    body_slug=st.none() | WORDS,
    status=st.sampled_from(Status),
    status_by=st.none() | REFERENCES,
    amended_by=st.lists(REFERENCES, max_size=3).map(tuple),
    titles=st.dictionaries(st.sampled_from(Language), WORDS),
    topics=st.lists(WORDS, max_size=3).map(tuple),
    audience=st.lists(WORDS, max_size=3).map(tuple),
    hours=st.none() | st.floats(0, 1000),
    licence=st.none() | WORDS,
    source=st.none() | WORDS,
    retrieved=st.none() | DAYS,
    official=st.booleans(),
)
REPORTS = st.builds(
    Report,
    warnings=st.lists(
        st.builds(Doubt, WORDS, st.dictionaries(WORDS, WORDS | st.integers() | st.floats(-1, 1)), WORDS), max_size=3
    ).map(tuple),
    gaps=st.lists(st.builds(Gap, st.sampled_from(Level), st.none() | WORDS, WORDS, WORDS), max_size=3).map(tuple),
    coverage=st.builds(
        Coverage, NUMBERS, NUMBERS, st.lists(st.builds(LeftOut, WORDS, WORDS, WORDS), max_size=3).map(tuple)
    ),
    languages=st.dictionaries(WORDS, NUMBERS, max_size=3),
    seconds=st.dictionaries(WORDS, st.floats(0, 1000), max_size=3),
)


@given(UNIT)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_unit_comes_back(unit: Unit) -> None:
    row = codec.unit_values([unit])[0]
    assert codec.read_unit([row[name] for name in codec.UNIT_COLUMNS]) == unit


@given(METADATA)
def test_metadata_come_back(metadata: Metadata) -> None:
    text = codec.dump(codec.metadata_fields(metadata))
    assert codec.read_metadata(codec.load(text)) == metadata


@given(REPORTS)
def test_a_report_comes_back(report: Report) -> None:
    found = codec.load_report(codec.dump_report(report))
    assert found == report
    assert found.seconds == report.seconds


def test_a_report_of_the_first_day_comes_back() -> None:
    told = '{"warnings":[],"gaps":[["article","2","4","missing"]],"coverage":[10,9],"left_out":[["line 3","а","x"]]}'
    assert codec.load_report(told) == Report(
        gaps=(Gap(Level.ARTICLE, "2", "4", "missing"),), coverage=Coverage(10, 9, (LeftOut("line 3", "а", "x"),))
    )


@given(st.text(st.characters(), max_size=30))
def test_any_text_can_be_encoded(text: str) -> None:
    codec.dump([text]).encode()
    assert "\x00" not in codec.clean(text)
    codec.clean(text).encode()


def test_empty_fields_are_left_out() -> None:
    assert codec.dump_body((Block("Кеңеш"),)) == '["Кеңеш"]'
    assert codec.dump_body(()) is None
    assert codec.dump_notes(()) is None


def test_last_is_the_end_of_what_is_below() -> None:
    rows = {row["eid"]: row for row in codec.unit_values(UNITS)}
    assert {eid: row["last"] for eid, row in rows.items()} == {
        "chp_1": 5,
        "art_1": 5,
        "art_1__para_1": 4,
        "art_1__para_1__point_1": 3,
        "art_1__para_1__point_2": 4,
        "art_1__para_2": 5,
        "chp_2": 9,
        "art_2": 8,
        "art_2__para_1": 8,
        "art_3": 9,
    }


@given(st.lists(st.sampled_from([None, Status.REPEALED, Status.IN_FORCE, Status.NOT_IN_FORCE_YET]), max_size=12))
def test_effective_status_is_that_of_documents(own: list[Status | None]) -> None:
    # Each unit stands under one of half its number: a tree of several levels.
    units = [
        Unit(str(place), str(place), Level.POINT, parent=str(place // 2) if place else None, status=status)
        for place, status in enumerate(own)
    ]
    stored = codec.unit_values(units)
    for act in Status:
        shown = {
            row["eid"]: act if act is Status.REPEALED or row["effective"] is None else row["effective"]
            for row in stored
        }
        assert shown == effective_status(units, act)


def test_a_digest_tells_documents_apart() -> None:
    def digest(**metadata: object) -> str:
        document = intake(**metadata).document  # type: ignore[arg-type]
        return codec.digest(document, codec.metadata_fields(document.metadata), codec.unit_values(document.units))

    assert digest(title="Устав") == digest(title="Устав")
    assert digest(title="Устав") != digest(title="Жобо")
    assert digest(language=Language.RU) != digest()
    assert digest(units=UNITS[:-1]) != digest()
    assert digest(retrieved=dt.date(2026, 7, 1)) == digest()


def test_opening_is_cut_between_words() -> None:
    long = replace(UNITS[1], body=(Block("жергиликтүү  өз алдынча\nбашкаруу " * 50),))
    words = codec.opening([long])
    assert len(words) <= 300
    assert words.startswith("жергиликтүү өз алдынча башкаруу жергиликтүү")
    assert set(words.split()) == {"жергиликтүү", "өз", "алдынча", "башкаруу"}
    assert codec.opening([]) == ""
    assert len(codec.opening([replace(long, body=(Block("а" * 1000),))])) == 300
