"""Files whose bytes stand at another path already."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from kb.documents import Intake
from kb.storage.repository import Library
from tests.storage.making import LAW, UNITS, changed, everything, intake


def _store(library: Library, **fields: object) -> None:
    library.store(intake(**fields), who="test", version="1")  # type: ignore[arg-type]


def _at(taken: Intake, path: str) -> Intake:
    return replace(taken, original=replace(taken.original, path=path, name=path.rsplit("/", 1)[-1]))


def test_of_a_copy_is_kept_that_it_is_known(engine: sa.Engine, library: Library) -> None:
    taken = intake(**LAW)
    first = library.store(taken, who="test", version="1", fingerprint="f")
    copy, sha256 = _at(taken, "/another/place.docx"), taken.original.sha256
    assert library.known(copy.original.path, sha256, "1", "g") is None
    before = everything(engine)
    for _time in range(2):
        stored = library.store(copy, who="somebody", version="1", fingerprint="g")
        assert stored == replace(first, outcome="unchanged", same_as=taken.original.path)
        # What is known is the document on the file that it stands on.
        assert library.known(copy.original.path, sha256, "1", "g") == taken
        assert library.known(taken.original.path, sha256, "1", "f") == taken
    after = everything(engine)
    assert len(after.pop("manifestation")) == len(before.pop("manifestation")) + 1
    assert after == before
    assert library.store(copy, who="somebody", version="2", fingerprint="h").outcome == "unchanged"
    assert library.known(copy.original.path, sha256, "2", "h") == taken
    assert library.known(copy.original.path, sha256, "1", "g") is None
    assert library.source(first.edition).version == "1"
    # Once other bytes stand in the first file's place, the copy is an older file of the edition.
    newer = intake(**LAW, content=b"newer", path=taken.original.path, units=UNITS[:4])
    library.store(newer, who="test", version="1")
    assert library.known(copy.original.path, sha256, "2", "h") == newer
    assert library.known(taken.original.path, sha256, "1", "f") is None


def test_a_copy_that_is_edited_is_a_document_of_its_own(library: Library) -> None:
    taken = intake(content=b"one", path="/a/form.docx")
    first = library.store(taken, who="test", version="1")
    library.store(_at(taken, "/b/form.docx"), who="test", version="1")
    edited = library.store(intake(content=b"two", path="/b/form.docx", units=UNITS[:2]), who="test", version="1")
    assert edited.act != first.act
    assert edited.same_as is None
    assert library.known("/a/form.docx", taken.original.sha256, "1", "") == taken


def test_a_copy_read_otherwise_is_told_of_and_stays_a_copy_when_acts_are_joined(library: Library) -> None:
    taken = intake(content=b"one", path="/a", slug="one")
    library.store(taken, who="test", version="1")
    library.store(_at(taken, "/b"), who="test", version="1")
    # A newer version reads the number, which another text of the act had given already.
    _store(library, **LAW, content=b"other", path="/c", units=UNITS[:3])
    numbered = intake(**LAW, content=b"one", path="/a", units=UNITS)
    assert library.store(numbered, who="test", version="2").same_as is None
    again = library.store(_at(numbered, "/b"), who="test", version="2")
    assert (again.outcome, again.same_as) == ("unchanged", "/a")
    told = library.store(changed(_at(numbered, "/b"), title="Башка аталыш"), who="test", version="3")
    assert (told.outcome, told.same_as) == ("updated", "/a")
