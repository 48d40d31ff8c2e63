"""Several files of one edition: one of them has the text, and reading the others again changes nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kb.documents import Doubt, Intake, Place, Report, Unit
from kb.language.model import Language
from kb.storage.model import EditionFile, Stored
from kb.storage.repository import Library
from kb.storage.standing import OTHER_FILE, told_apart
from tests.storage.making import LAW, UNITS, changed, everything, intake

PDF, DOCX = "/a/law.pdf", "/a/law.docx"


def _file(path: str, content: str, units: Sequence[Unit] = UNITS, **fields: object) -> Intake:
    return intake(**{**LAW, **fields}, content=content.encode(), path=path, units=tuple(units))


ONE = _file(PDF, "one", UNITS[:4])
TWO = _file(DOCX, "two", UNITS[:3])


def _store(library: Library, taken: Intake, version: str = "1") -> Stored:
    return library.store(taken, who="test", version=version)


def _known(library: Library, taken: Intake, version: str = "1") -> Intake | None:
    return library.known(taken.original.path, taken.original.sha256, version, "")


def _doubt(file: str) -> Doubt:
    return Doubt(OTHER_FILE, {"file": file})


def _text(library: Library) -> tuple[Unit, ...]:
    return library.document("/akn/kg/act/law/2024-05-01/0-12").units


@pytest.mark.parametrize(
    ("path", "beside", "told"),
    [
        ("/a/law.pdf", "/a/law.docx", "law.pdf"),
        ("/x/a/law.pdf", "/x/b/law.pdf", "a/law.pdf"),
        ("/x/a/c/law.pdf", "/x/b/c/law.pdf", "a/c/law.pdf"),
        ("/law.pdf", "/b/law.pdf", "/law.pdf"),
        ("/b/law.pdf", "/law.pdf", "b/law.pdf"),
        ("/x/acts.zip/law.pdf", "/x/law.pdf", "acts.zip/law.pdf"),
    ],
)
def test_a_path_is_told_as_shortly_as_tells_it_apart(path: str, beside: str, told: str) -> None:
    assert told_apart(path, beside) == told


def test_a_new_file_brings_the_text_and_names_the_one_before(library: Library) -> None:
    _store(library, ONE)
    stored = _store(library, TWO)
    assert (stored.outcome, stored.stands_on, stored.doubts) == ("updated", None, (_doubt("law.pdf"),))
    assert _text(library) == TWO.document.units
    assert library.report(stored.edition).warnings == (_doubt("law.pdf"),)
    assert library.source(stored.edition).name == "law.docx"
    assert [page.warnings for page in library.doubtful().sources] == [1]
    assert library.files(stored.edition) == (
        EditionFile("law.docx", TWO.original.sha256, True),
        EditionFile("law.pdf", ONE.original.sha256, False),
    )


def test_neither_is_read_again(engine: sa.Engine, library: Library) -> None:
    _store(library, ONE)
    _store(library, TWO)
    # The first is known as what stands; its own report has nothing to say.
    assert _known(library, ONE) == TWO
    second = _known(library, TWO)
    assert second == replace(TWO, report=Report(warnings=(_doubt("law.pdf"),)))
    before = everything(engine)
    for _time in range(2):
        assert _store(library, ONE).stands_on == DOCX
        assert _store(library, TWO).outcome == "unchanged"
    assert everything(engine) == before


def test_other_bytes_bring_their_text(library: Library) -> None:
    _store(library, ONE)
    _store(library, TWO)
    three = _file(PDF, "three", UNITS[:5])
    assert _known(library, three) is None
    stored = _store(library, three)
    assert (stored.outcome, stored.doubts) == ("updated", (_doubt("law.docx"),))
    assert _known(library, TWO) == three
    # That an edited file stood where it stands now is no doubt; that of another file stays one.
    four = _file(PDF, "four", UNITS[:6])
    assert _store(library, four).doubts == (_doubt("law.docx"),)
    assert library.report(stored.edition).warnings == (_doubt("law.docx"),)
    assert [file.name for file in library.files(stored.edition)] == ["law.pdf", "law.docx"]


def test_bytes_that_come_back_to_their_path_bring_their_text_again(library: Library) -> None:
    _store(library, ONE)
    _store(library, _file(PDF, "three", UNITS[:5]))
    _store(library, TWO)
    assert _known(library, ONE) is None
    stored = _store(library, ONE)
    assert (stored.outcome, stored.doubts) == ("updated", (_doubt("law.docx"),))
    assert _text(library) == ONE.document.units


def test_a_copy_that_lay_there_meanwhile_counts_as_other_bytes(library: Library) -> None:
    _store(library, ONE)
    _store(library, TWO)
    _store(library, _file(PDF, "two", UNITS[:3]))  # the PDF is a copy of the other one
    assert _known(library, ONE) is None
    assert _store(library, ONE).outcome == "updated"
    # And the other way round: the copy came back.
    again = _store(library, _file(PDF, "two", UNITS[:3]))
    assert again.outcome == "updated"
    assert _text(library) == TWO.document.units


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_newer_reader_leaves_the_one_that_stood(library: Library, order: Sequence[int]) -> None:
    files = [ONE, TWO, _file("/b/law.pdf", "three", UNITS[:5])]
    for taken in files:
        _store(library, taken)
    newest = library.newest_sequence()
    # It reads all three otherwise than before.
    read = [changed(taken, title=f"Аталышы {number}") for number, taken in enumerate(files)]
    outcomes = {number: _store(library, read[number], "2") for number in order}
    assert [outcomes[number].outcome for number in range(3)] == ["unchanged", "unchanged", "updated"]
    assert [outcomes[number].stands_on for number in range(3)] == ["/b/law.pdf", "/b/law.pdf", None]
    assert outcomes[2].doubts == (_doubt("law.docx"),)
    assert _text(library) == files[2].document.units
    assert library.newest_sequence() == newest + 1
    for taken in files:
        known = _known(library, taken, "2")
        assert known is not None
        assert known.original == files[2].original


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_newer_reader_that_finds_the_date_of_the_edition_leaves_the_one_that_stood(
    library: Library, order: Sequence[int]
) -> None:
    for taken in (ONE, TWO):
        _store(library, taken)
    read = [changed(taken, edition_date=LAW["date"]) for taken in (ONE, TWO)]
    for number in order:
        _store(library, read[number], "2")
    [edition] = library.summary("/akn/kg/act/law/2024-05-01/0-12").editions
    assert edition.edition.endswith("/kir@2024-05-01")
    assert edition.original == TWO.original.sha256
    assert _text(library) == TWO.document.units
    newest = library.newest_sequence()
    for taken in read:
        assert _store(library, taken, "2").outcome == "unchanged"
    assert library.newest_sequence() == newest


def test_a_file_that_says_the_same_is_kept_beside(engine: sa.Engine, library: Library) -> None:
    first = _store(library, ONE)
    before = everything(engine)
    placed = [
        replace(unit, place=Place(7, 2), body=tuple(replace(block, place=Place(8, 2)) for block in unit.body))
        for unit in ONE.document.units
    ]
    same = _file(DOCX, "same", placed, source="Үлгү")
    for _time in range(2):
        assert _store(library, same) == replace(first, outcome="unchanged", stands_on=PDF)
    after = everything(engine)
    assert len(after.pop("manifestation")) == len(before.pop("manifestation")) + 1
    assert len(after.pop("content")) == len(before.pop("content")) + 1
    assert after == before
    assert _known(library, same) == ONE
    assert library.report(first.edition) == Report()
    assert [file.name for file in library.files(first.edition)] == ["law.pdf", "law.docx"]
    assert library.original(same.original.sha256) == same.original
    # Once it says something else it brings its text.
    other = _file(DOCX, "other", UNITS[:5])
    assert _store(library, other).doubts == (_doubt("law.pdf"),)


def test_other_metadata_are_another_text(library: Library) -> None:
    _store(library, ONE)
    assert _store(library, _file(DOCX, "same", ONE.document.units, official=True)).outcome == "updated"


def test_a_file_that_was_another_document_before_is_no_doubt(library: Library) -> None:
    _store(library, ONE)
    _store(library, TWO)
    # The PDF is another law now.
    _store(library, _file(PDF, "other law", number="0-13"))
    three = _file(DOCX, "three", UNITS[:5])
    stored = _store(library, three)
    assert stored.doubts == ()
    assert [file.name for file in library.files(stored.edition)] == ["law.docx"]


def test_languages_and_removed_acts_are_apart(library: Library) -> None:
    first = _store(library, ONE)
    assert _store(library, _file(DOCX, "ru", language=Language.RU)).outcome == "added"
    library.remove(first.act, who="test")
    assert _known(library, ONE) is None
    assert _store(library, TWO).outcome == "added"
    assert _known(library, ONE) == TWO


def test_an_act_that_is_found_again_in_another_one_is_told_of_though_no_text_changes(library: Library) -> None:
    """The file's own act goes up in that whose text stays."""
    _store(library, ONE)
    loose = _store(library, intake(content=b"draft", path=DOCX, slug="loose", units=UNITS[:2]))
    sequence = library.newest_sequence()
    stored = _store(library, _file(DOCX, "same", ONE.document.units))
    assert (stored.outcome, stored.act, stored.stands_on) == ("unchanged", "/akn/kg/act/law/2024-05-01/0-12", PDF)
    assert library.canonical(loose.act) == stored.act
    assert [(one.event, one.act) for one in library.changes(sequence)] == [("removed", loose.act)]
    assert stored.sequence == sequence + 1


def test_writers_side_by_side_store_each_file_once(library: Library) -> None:
    with ThreadPoolExecutor(4) as pool:
        outcomes = [stored.outcome for stored in pool.map(lambda taken: _store(library, taken), [ONE, TWO] * 4)]
    assert sorted(outcomes) == ["added", *["unchanged"] * 6, "updated"]
    assert library.newest_sequence() == 2
