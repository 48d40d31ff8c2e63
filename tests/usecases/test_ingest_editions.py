"""Several files of one edition taken in again and again: the text is that of one of them and stays so."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kb.ingest.sidecar import Hints
from kb.language.model import Language
from kb.storage.repository import Library
from kb.usecases.ingest import FileResult, find_files, ingest
from tests.usecases.test_ingest import LAW, order

ACT = "/akn/kg/act/law/2020-02-03/0-12"
OTHER = LAW.replace("открыты", "закрыты")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A law in two formats whose texts differ."""
    made = tmp_path / "acts"
    made.mkdir()
    (made / "law.html").write_text(as_html(LAW), encoding="utf-8")
    (made / "law.txt").write_text(OTHER, encoding="utf-8")
    return made


def as_html(text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    return f'<!doctype html><html lang="ru"><meta charset="utf-8"><title>Закон</title><body>{paragraphs}</body></html>'


def run(library: Library, *paths: Path, **changes: object) -> list[FileResult]:
    return list(ingest(library, find_files(paths), order(**changes)))


def told(results: list[FileResult]) -> list[tuple[str, str, str | None]]:
    return [(Path(one.path).name, one.status, Path(one.stands_on).name if one.stands_on else None) for one in results]


def doubts(result: FileResult) -> list[str]:
    assert result.intake is not None
    return [str(one.params["file"]) for one in result.intake.report.warnings if one.code == "other_file"]


def edition(library: Library) -> str:
    (only,) = library.summary(ACT).editions
    return only.edition


def text(library: Library) -> str:
    return "\n".join(unit.text for unit in library.document(ACT).units)


def test_the_second_run_changes_nothing(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(library, folder)
    assert [one.act for one in first] == [ACT, ACT]
    assert told(first) == [("law.html", "added", None), ("law.txt", "updated", None)]
    assert [doubts(one) for one in first] == [[], ["law.html"]]
    assert "закрыты" in text(library)
    with monkeypatch.context() as patch:
        # Nothing is read again.
        patch.setattr("kb.usecases.ingest._store", None)
        for _time in range(2):
            again = run(library, folder)
            assert told(again) == [("law.html", "unchanged", "law.txt"), ("law.txt", "unchanged", None)]
            assert [doubts(one) for one in again] == [[], ["law.html"]]
            assert again[0].stands_on == str(folder / "law.txt")
            assert again[0].act == ACT
    assert library.newest_sequence() == 2
    assert "закрыты" in text(library)


def test_the_file_that_changes_is_the_one_that_stands(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "law.html").write_text(as_html(LAW.replace("открыты", "публичны")), encoding="utf-8")
    changed = run(library, folder)
    assert told(changed) == [("law.html", "updated", None), ("law.txt", "unchanged", "law.html")]
    assert doubts(changed[0]) == ["law.txt"]
    assert "публичны" in text(library)
    assert told(run(library, folder)) == [("law.html", "unchanged", None), ("law.txt", "unchanged", "law.html")]
    (folder / "law.txt").write_text(OTHER.replace("закрыты", "отложены"), encoding="utf-8")
    # Both were looked up before the second was stored.
    assert told(run(library, folder)) == [("law.html", "unchanged", None), ("law.txt", "updated", None)]
    assert "отложены" in text(library)
    # What lay there before is a change too.
    (folder / "law.txt").write_text(OTHER, encoding="utf-8")
    assert told(run(library, folder)) == [("law.html", "unchanged", "law.txt"), ("law.txt", "updated", None)]
    assert library.newest_sequence() == 5


def test_a_newer_reader_leaves_the_one_that_stood(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(library, folder)
    (folder / "law.html").write_text(as_html(LAW.replace("открыты", "публичны")), encoding="utf-8")
    run(library, folder)
    newest = library.newest_sequence()
    monkeypatch.setattr("kb.usecases.ingest.INTAKE_VERSION", "next")
    both = [("law.html", "unchanged", None), ("law.txt", "unchanged", "law.html")]
    assert told(run(library, folder)) == both
    # Both are known to the newer one now.
    monkeypatch.setattr("kb.usecases.ingest._store", None)
    assert told(run(library, folder)) == both
    assert library.newest_sequence() == newest
    assert library.source(edition(library)).version == "next"
    assert "публичны" in text(library)


def test_files_that_say_the_same_are_both_kept(library: Library, folder: Path) -> None:
    (folder / "law.html").write_text(as_html(OTHER), encoding="utf-8")
    for _time in range(2):
        results = run(library, folder)
        assert told(results)[1] == ("law.txt", "unchanged", "law.html")
        assert [doubts(one) for one in results] == [[], []]
    assert library.newest_sequence() == 1
    assert [one.name for one in library.files(edition(library))] == ["law.html", "law.txt"]


def test_files_of_an_archive_are_no_others(library: Library, folder: Path) -> None:
    archive = folder / "more.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a/law.txt", LAW.replace("открыты", "публичны"))
        made.writestr("law.txt", OTHER.replace("закрыты", "отложены"))
    first = run(library, folder)
    assert [one.status for one in first] == ["added", "updated", "updated", "updated"]
    # Names that two paths share are told with as much of the path as tells them apart.
    assert [doubts(one) for one in first] == [[], ["law.html"], ["acts/law.txt"], ["a/law.txt"]]
    last = f"{archive}/law.txt"
    for _time in range(2):
        again = run(library, folder)
        assert [(one.status, one.stands_on) for one in again] == [*[("unchanged", last)] * 3, ("unchanged", None)]
    assert library.newest_sequence() == 4
    assert "отложены" in text(library)
    # The same members in an archive that was packed anew are the same files.
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr("empty.txt", "")
    assert [one.status for one in run(library, archive)] == ["unchanged", "unchanged", "refused"]
    assert library.newest_sequence() == 4


def test_files_of_an_act_that_a_person_named(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    for name, words in (("a", "Первая запись материала."), ("b", "Вторая, исправленная запись материала.")):
        (folder / f"{name}.txt").write_text(words)
        (folder / f"{name}.txt.yaml").write_text("act: /akn/kg/doc/training/x\nkind: training\nlang: ru\ntitle: X\n")
    assert [one.status for one in run(library, folder)] == ["added", "updated"]
    assert told(run(library, folder)) == [("a.txt", "unchanged", "b.txt"), ("b.txt", "unchanged", None)]
    # What is said of all files does not bring the other text.
    hints = Hints(official=True)
    assert told(run(library, folder, hints=hints)) == [("a.txt", "unchanged", "b.txt"), ("b.txt", "updated", None)]
    summary = library.summary("/akn/kg/doc/training/x")
    assert (summary.official, summary.titles) == (True, {Language.RU: "X"})
    # The way to have the other text: the file at another path.
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / "a.txt.yaml").rename(folder / "c.txt.yaml")
    assert told(run(library, folder)) == [("b.txt", "updated", None), ("c.txt", "updated", None)]
    assert told(run(library, folder)) == [("b.txt", "unchanged", "c.txt"), ("c.txt", "unchanged", None)]
