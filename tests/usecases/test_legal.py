"""Legal bases as the library holds them: repealed, gone, changed, or as the form knew them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kb.documents import (
    ActId,
    ActReference,
    Block,
    Document,
    Kind,
    Level,
    Metadata,
    Note,
    NoteKind,
    Status,
    Unit,
)
from kb.language.model import Language
from kb.storage.repository import Library
from kb.templates.model import LegalBasis, Words
from kb.usecases.legal import Bases, Warn
from tests.web.documents import intake

LAW = ActId(Kind.LAW, "0-12", dt.date(2020, 2, 3))
TODAY = dt.date(2026, 11, 24)
RU = Language.RU
AMENDER = ActReference(Kind.LAW, dt.date(2024, 9, 30), "0-99")


def article(number: str, text: str, **more: object) -> Unit:
    return Unit(f"art_{number}", f"art_{number}", Level.ARTICLE, number, "Беренe", (Block(text),), **more)  # type: ignore[arg-type]


def law(
    *units: Unit, edition: dt.date = dt.date(2020, 2, 3), status: Status = Status.IN_FORCE, **more: object
) -> Document:
    meta = Metadata(
        Kind.LAW,
        "О слушаниях",
        "0-12",
        LAW.date,
        edition_date=edition,
        place="Үлгү",
        status=status,
        **more,  # type: ignore[arg-type]
    )
    return Document(LAW, RU, meta, units)


BASIS = LegalBasis("hearings", LAW, Words("Мыйзам", "Закон"), "2", dt.date(2022, 1, 1))


def found(library: Library, basis: LegalBasis = BASIS) -> tuple[Warn, dt.date | None, Status]:
    one = Bases(library).standing(basis, RU, TODAY)
    return one.warn, one.since, one.status


def store(library: Library, *documents: Document) -> None:
    for at, document in enumerate(documents):
        library.store(intake(document, f"{at}.docx"), who="test", version="1")


def test_an_act_that_is_not_held(library: Library) -> None:
    one = Bases(library).standing(BASIS, RU, TODAY)
    assert (one.act, one.edition, one.unit, one.warn) == (None, None, None, Warn.NONE)
    assert Bases(library).text(one) == ()


def test_a_provision_as_the_form_knew_it(library: Library) -> None:
    store(library, law(article("1", "Первая."), article("2", "Слушания открыты.")))
    assert found(library) == (Warn.NONE, None, Status.IN_FORCE)
    bases = Bases(library)
    one = bases.standing(BASIS, RU, TODAY)
    assert [unit.text for unit in bases.text(one)] == ["Слушания открыты."]
    alone = bases.standing(replace(BASIS, provision=None), RU, TODAY)
    assert (alone.unit, alone.warn, bases.text(alone)) == (None, Warn.NONE, ())


def test_repealed(library: Library) -> None:
    store(library, law(article("1", "Первая."), article("2", "", status=Status.REPEALED)))
    assert found(library)[0] is Warn.REPEALED
    assert found(library, replace(BASIS, provision="1"))[0] is Warn.NONE


def test_a_whole_act_repealed(library: Library) -> None:
    store(library, law(article("2", "Слушания."), status=Status.REPEALED, status_by=AMENDER))
    assert found(library) == (Warn.REPEALED, AMENDER.date, Status.REPEALED)


def test_gone(library: Library) -> None:
    store(library, law(article("1", "Первая.")))
    assert found(library)[0] is Warn.GONE


def test_changed_by_its_own_note(library: Library) -> None:
    note = Note(NoteKind.AMENDED, "(В редакции Закона КР от 30 сентября 2024 года № 0-99)", (AMENDER,))
    store(library, law(article("2", "Слушания открыты.", notes=(note,)), edition=dt.date(2024, 9, 30)))
    assert found(library)[:2] == (Warn.CHANGED, dt.date(2024, 9, 30))
    assert found(library, replace(BASIS, edition=dt.date(2024, 9, 30)))[0] is Warn.NONE
    assert found(library, replace(BASIS, edition=None))[0] is Warn.NONE


def test_compared_with_the_edition_that_the_form_follows(library: Library) -> None:
    now = dt.date(2024, 9, 30)
    store(
        library,
        law(article("1", "Первая."), article("2", "Слушания за 3 дня.")),
        law(article("1", "Первая."), article("2", "Слушания за 5 дней."), edition=now),
    )
    assert found(library)[:2] == (Warn.CHANGED, now)
    assert found(library, replace(BASIS, provision="1"))[0] is Warn.NONE


def test_an_act_amended_since_whose_earlier_text_is_not_held(library: Library) -> None:
    store(library, law(article("2", "Слушания."), edition=dt.date(2024, 9, 30)))
    assert found(library)[:2] == (Warn.ACT_CHANGED, dt.date(2024, 9, 30))


def test_what_was_found_is_looked_up_again_after_a_change(library: Library) -> None:
    bases = Bases(library)
    assert bases.standing(BASIS, RU, TODAY).act is None
    store(library, law(article("2", "Слушания.")))
    assert bases.standing(BASIS, RU, TODAY).act is not None


def test_the_act_that_a_form_follows(library: Library) -> None:
    bases = Bases(library)
    words = Words("2020-жылдын 3-февралындагы № 0-12 Мыйзамы", "Закон от 3 февраля 2020 года № 0-12")
    assert bases.follows(words) is None
    store(library, law(article("2", "Слушания.")))
    act = bases.follows(words)
    assert act is not None
    assert act.act == LAW.uri


def parted(number: str, *texts: str, edition: dt.date = dt.date(2020, 2, 3), **more: object) -> Document:
    """A law with one article in parts, the last of which has a point."""
    above = f"art_{number}"
    eids = [f"{above}__para_{at}" for at in range(1, len(texts) + 1)]
    parts = [
        Unit(eid, eid, Level.PARAGRAPH, str(at), None, (Block(text),), parent=above)
        for at, (eid, text) in enumerate(zip(eids, texts, strict=True), 1)
    ]
    inner = f"{eids[-1]}__point_2"
    point = Unit(inner, inner, Level.POINT, "2", None, (Block("Вода."),), parent=eids[-1])
    return law(article("1", "Первая."), article(number, "", **more), *parts, point, edition=edition)


@pytest.mark.parametrize(
    ("within", "text"),
    [((), ["", "Один.", "Два.", "Вода."]), (("1",), ["Один."]), (("2",), ["Два.", "Вода."]), (("2", "2"), ["Вода."])],
)
def test_a_part_and_a_point_of_an_article(library: Library, within: tuple[str, ...], text: list[str]) -> None:
    store(library, parted("2", "Один.", "Два."))
    found_bases = Bases(library)
    one = found_bases.standing(replace(BASIS, within=within), RU, TODAY)
    assert [unit.text for unit in found_bases.text(one)] == text
    assert one.warn is Warn.NONE


@pytest.mark.parametrize("within", [("3",), ("1", "2"), ("2", "1")])
def test_a_part_that_is_not_there_is_gone(library: Library, within: tuple[str, ...]) -> None:
    store(library, parted("2", "Один.", "Два."))
    assert found(library, replace(BASIS, within=within))[0] is Warn.GONE


def test_a_part_is_compared_by_itself_and_notes_of_its_article_are_heard(library: Library) -> None:
    now = dt.date(2024, 9, 30)
    store(library, parted("2", "Один.", "Два."), parted("2", "Один.", "Иначе.", edition=now))
    assert found(library, replace(BASIS, within=("1",)))[0] is Warn.NONE
    assert found(library, replace(BASIS, within=("2",)))[0] is Warn.CHANGED
    note = Note(NoteKind.AMENDED, "(В редакции Закона КР от 30 сентября 2024 года № 0-99)", (AMENDER,))
    store(library, parted("2", "Один.", "Иначе.", edition=now, notes=(note,)))
    assert found(library, replace(BASIS, within=("1",)))[:2] == (Warn.CHANGED, now)
