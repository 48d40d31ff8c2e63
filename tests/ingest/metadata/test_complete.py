from __future__ import annotations

import datetime as dt

import pytest

from kb.documents import ActReference, Block, Kind, Level, Note, NoteKind, Status, Unit
from kb.ingest.metadata import Head, complete
from kb.language.model import Language

LAW = Head(kind=Kind.LAW, title="О птицах", language=Language.RU)


def unit(text: str, level: Level = Level.ARTICLE, eid: str = "art_1", notes: tuple[Note, ...] = ()) -> Unit:
    return Unit(eid, eid, level, body=tuple(Block(line) for line in text.split("|")), notes=notes)


def conclusions(text: str) -> Unit:
    return unit(text, Level.CONCLUSIONS, "conclusions")


def amended(year: int, number: str, kind: NoteKind = NoteKind.AMENDED) -> Note:
    return Note(kind, "(…)", (ActReference(Kind.LAW, dt.date(year, 5, 1), number),))


@pytest.mark.parametrize(
    "text",
    [
        "Президент Кыргызской Республики|г.Бишкек|от 2 февраля 2009 года N 7",
        "Президент\nКыргызской Республики\nБишкек, 2 февраля 2009 года, № 7",
        "Кыргыз Республикасынын Президенти|Бишкек шаары, 2009-жылдын 2-февралы № 7",
        "Принят Жогорку Кенешем\nКыргызской Республики 6 декабря 2008 года|2 февраля 2009 года|№ 7|г. Бишкек",
    ],
)
def test_number_and_date_under_the_signature(text: str) -> None:
    metadata = complete(LAW, [unit("Птицы летают."), conclusions(text)], language=Language.RU, name="x")
    assert (metadata.number, metadata.date, metadata.place) == ("7", dt.date(2009, 2, 2), "Бишкек")


def test_the_heads_own_number_comes_first() -> None:
    head = Head(kind=Kind.LAW, title="О птицах", number="5", date=dt.date(2009, 1, 1))
    metadata = complete(head, [conclusions("от 2 февраля 2009 года N 7")], language=Language.RU, name="x")
    assert (metadata.number, metadata.date) == ("5", dt.date(2009, 1, 1))


def test_what_stands_under_an_agreement_is_no_date_of_it() -> None:
    head = Head(kind=Kind.AGREEMENT, title="О птицах")
    metadata = complete(head, [conclusions("2 февраля 2009 года № 7")], language=Language.RU, name="x")
    assert (metadata.number, metadata.date) == (None, None)


def test_a_signature_in_an_appendix_is_another_acts() -> None:
    units = [unit("Птицы летают."), unit("от 2 февраля 2009 года № 7", Level.CONCLUSIONS, "att_1__conclusions")]
    assert complete(LAW, units, language=Language.RU, name="x").date is None


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("Принят Жогорку Кенешем\nКыргызской Республики 6 декабря 2008 года", dt.date(2008, 12, 6)),
        ("Принят Жогорку Кенешем|Кыргызской Республики|6 декабря 2008 года", dt.date(2008, 12, 6)),
        ("Принят Законодательным собранием 5 мая 2001 года", dt.date(2001, 5, 5)),
        ("Кыргыз Республикасынын Жогорку Кеңеши тарабынан 2016-жылдын 5-февралында кабыл алынган", dt.date(2016, 2, 5)),
        (
            "2009-жылдын 1-октябрында Кыргыз Республикасынын Жогорку|Кеңеши тарабынан кабыл алынган",
            dt.date(2009, 10, 1),
        ),
        ("Президент Кыргызской Республики|2 февраля 2009 года", None),
    ],
)
def test_the_day_it_was_passed(text: str, passed: dt.date | None) -> None:
    metadata = complete(LAW, [unit("Птицы летают."), conclusions(text)], language=Language.RU, name="x")
    assert metadata.date_passed == passed


def test_parliament_is_the_body_of_a_law_that_it_passed() -> None:
    text = "Принят Жогорку Кенешем Кыргызской Республики 6 декабря 2008 года"
    metadata = complete(LAW, [conclusions(text)], language=Language.RU, name="x")
    assert (metadata.body, metadata.body_slug) == ("Жогорку Кенеш Кыргызской Республики", "jogorku-kenesh")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Настоящий Закон вступает в силу с 1 января 2007 года.", dt.date(2007, 1, 1)),
        ("Ушул Мыйзам 2007-жылдын 1-январынан тартып күчүнө кирет.", dt.date(2007, 1, 1)),
        ("Настоящий Закон вступает в силу со дня официального опубликования.", None),
        ("Настоящий Закон вступает в силу с 1 января 2007 года, а глава 2 вступает в силу с 1 мая 2008 года.", None),
        ("Договор вступает в силу с 1 января 2007 года.", None),
        ("Дополнить словами «Настоящий Закон вступает в силу с 1 января 2007 года».", None),
    ],
)
def test_the_day_it_came_into_force(text: str, day: dt.date | None) -> None:
    assert complete(LAW, [unit(text)], language=Language.RU, name="x").date_in_force == day


def test_edition_date_is_that_of_the_heads_latest_amendment() -> None:
    head = Head(
        kind=Kind.LAW,
        title="О птицах",
        date=dt.date(2001, 1, 1),
        amended_by=(ActReference(Kind.LAW, dt.date(2007, 3, 1), "3"), ActReference(Kind.LAW, dt.date(2006, 1, 1), "2")),
    )
    assert complete(head, [], language=Language.RU, name="x").edition_date == dt.date(2007, 3, 1)


def test_without_a_list_in_the_head_the_notes_tell_the_edition() -> None:
    head = Head(kind=Kind.LAW, title="О птицах", number="1", date=dt.date(2001, 5, 1))
    notes = (amended(2006, "2"), amended(2004, "3", NoteKind.REPEALED), amended(2009, "9", NoteKind.EDITORIAL))
    metadata = complete(
        head, [unit("Птицы.", notes=notes), unit("Гнезда.", notes=notes)], language=Language.RU, name="x"
    )
    assert [act.number for act in metadata.amended_by] == ["3", "2"]
    assert metadata.edition_date == dt.date(2006, 5, 1)


def test_repealing_other_acts_leaves_the_status_unknown() -> None:
    units = [unit("Признать утратившими силу Закон КР от 1 мая 2005 года № 3.")]
    assert complete(LAW, units, language=Language.RU, name="x").status is Status.UNKNOWN


def test_words_that_the_text_writes_with_a_capital_keep_it() -> None:
    head = Head(kind=Kind.LAW, title="О ЗАПОВЕДНИКЕ САРЫ-ҮЛГҮ И ПТИЦАХ")
    text = "В заповеднике Сары-Үлгү живут птицы; настоящий Закон о птицах, в Сары-Үлгү, применяется."
    assert complete(head, [unit(text)], language=Language.RU, name="x").title == "О заповеднике Сары-Үлгү и птицах"
