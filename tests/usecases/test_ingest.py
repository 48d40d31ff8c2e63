"""Files and folders taken in: what is listed, stored, refused; nothing is half-stored."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kb.documents import Intake, Kind
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.recognition import installed
from kb.ingest.sidecar import Hints
from kb.language.model import Language
from kb.storage.model import ActFilter
from kb.storage.repository import Library
from kb.usecases.ingest import FileResult, Order, find_files, ingest

SCAN = Path(__file__).parents[1] / "samples" / "png" / "law.ky.png"
LAW = """ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ

г.Үлгү, от 3 февраля 2020 года № 0-12

О слушаниях в селе Үлгү

Статья 1. Предмет закона

1. Настоящий Закон определяет порядок слушаний.

2. Слушания открыты.

Статья 2. Заключительные положения

Настоящий Закон вступает в силу со дня опубликования.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "acts"
    made.mkdir()
    return made


def order(**changes: object) -> Order:
    return Order(limits=ReadLimits(), memory_bytes=2**30, processes=2, **changes)  # type: ignore[arg-type]


def run(library: Library, *paths: Path, **changes: object) -> list[FileResult]:
    return list(ingest(library, find_files(paths), order(**changes)))


def test_a_folder_lists_files_only(folder: Path) -> None:
    for name in ("b.txt", "a.docx", "a.docx.yaml", "b.yaml", ".hidden.txt", "orphan.yaml"):
        (folder / name).write_text("x")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "c.rtf").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "d.txt").write_text("x")
    (folder / "out.txt").symlink_to("/etc/hostname")
    names = [str(path.relative_to(folder)) for path in find_files([folder])]
    assert names == ["a.docx", "b.txt", "deeper/c.rtf", "orphan.yaml"]


def test_a_law_is_stored_once(library: Library, folder: Path) -> None:
    file = folder / "law.txt"
    file.write_text(LAW)
    (first,) = run(library, file)
    assert (first.status, first.act) == ("added", "/akn/kg/act/law/2020-02-03/0-12")
    (second,) = run(library, file)
    assert (second.status, second.act) == ("unchanged", first.act)
    assert first.intake is not None
    assert second.intake is not None
    assert second.intake.document == first.intake.document
    assert second.intake.report == first.intake.report
    assert library.newest_sequence() == 1
    file.write_text(LAW.replace("открыты", "закрыты"))
    (third,) = run(library, file)
    assert third.status == "updated"
    assert library.newest_sequence() == 2


def test_the_same_bytes_twice_are_read_once_and_told_of(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(LAW)
    (folder / "b.txt").write_text(LAW)
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("law.txt", LAW)
    first = run(library, folder)
    act = "/akn/kg/act/law/2020-02-03/0-12"
    stands = str(folder / "a.txt")
    assert [(one.status, one.act, one.same_as) for one in first] == [
        ("added", act, None),
        ("unchanged", act, stands),
        ("unchanged", act, stands),
    ]
    # Nothing is read the second time: no document could be stored.
    monkeypatch.setattr("kb.usecases.ingest._store", None)
    second = run(library, folder)
    assert [(one.status, one.act, one.same_as) for one in second] == [
        ("unchanged", act, None),
        ("unchanged", act, stands),
        ("unchanged", act, stands),
    ]
    assert library.newest_sequence() == 1


def test_one_broken_file_stops_nothing(library: Library, folder: Path) -> None:
    (folder / "1.txt").write_text(LAW)
    (folder / "2.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (folder / "3.txt").write_bytes(b"")
    (folder / "4.bin").write_bytes(bytes(range(256)) * 50)
    (folder / "5.txt").write_text(LAW.replace("0-12", "0-13"))
    (folder / "5.txt.yaml").write_text("kind: law\nunheard: 1\n")
    (folder / "6.txt").write_text(LAW.replace("0-12", "0-14"))
    results = run(library, folder, folder / "missing.txt")
    told = [(Path(one.path).name, one.status, one.error.code if one.error else None) for one in results]
    assert told == [
        ("1.txt", "added", None),
        ("2.pdf", "refused", "damaged"),
        ("3.txt", "refused", "empty"),
        ("4.bin", "refused", "not_a_document"),
        ("5.txt", "refused", "bad_sidecar"),
        ("6.txt", "added", None),
        ("missing.txt", "refused", "not_found"),
    ]
    assert library.list_acts(ActFilter()).total == 2


def test_a_number_that_stands_twice_gets_another_address_and_is_told_of(library: Library, folder: Path) -> None:
    file = folder / "law.txt"
    file.write_text(
        LAW.replace("2. Слушания открыты.", "2. Слушания открыты.\n\n2. Слушания закрыты.\n\n2. И те, и эти.")
    )
    (result,) = run(library, file)
    assert result.status == "added"
    assert result.intake is not None
    assert [unit.eid for unit in result.intake.document.units if unit.number == "2" and unit.parent] == [
        "art_1__para_2",
        "art_1__para_2_2",
        "art_1__para_2_3",
    ]
    told = [doubt for doubt in result.intake.report.warnings if doubt.code == "address_twice"]
    assert [doubt.params["eid"] for doubt in told] == ["art_1__para_2_2", "art_1__para_2_3"]
    assert all(doubt.where for doubt in told)


def test_a_document_that_storage_refuses_stops_nothing(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(_library: Library, read: Intake) -> Intake:
        units = read.document.units
        broken = read.document.act_id.number == "0-12"
        return replace(read, document=replace(read.document, units=(*units, units[0]))) if broken else read

    monkeypatch.setattr("kb.usecases.ingest.align_with_library", twice)
    (folder / "1.txt").write_text(LAW)
    (folder / "2.txt").write_text(LAW.replace("0-12", "0-13"))
    first, second = run(library, folder)
    assert (first.status, first.error and first.error.code) == ("refused", "broken_document")
    assert second.status == "added"


def test_a_file_over_the_limit_is_not_even_read(library: Library, folder: Path) -> None:
    file = folder / "big.txt"
    with file.open("wb") as handle:
        handle.truncate(500 * 1024**2)
    (result,) = run(library, file)
    assert result.error is not None
    assert result.error.code == "too_large"


def test_a_dry_run_stores_nothing(library: Library, folder: Path) -> None:
    file = folder / "law.txt"
    file.write_text(LAW)
    (result,) = run(library, file, dry_run=True)
    assert result.status == "added"
    assert library.newest_sequence() == 0


def test_the_command_line_and_sidecar_speak(library: Library, folder: Path) -> None:
    file = folder / "note.txt"
    file.write_text("Жергиликтүү жамаат жөнүндө кыскача баян. Ал бир барактан турат.")
    (folder / "note.yaml").write_text("kind: training\ntopics: [lsg-basis]\nlang: ky\ntitle: Баян\n")
    (result,) = run(library, file, hints=Hints(official=True))
    assert result.act == "/akn/kg/doc/training/baian"
    summary = library.summary(result.act)
    assert (summary.kind, summary.official, summary.topics) == (Kind.TRAINING, True, ("lsg-basis",))
    assert summary.titles == {Language.KY: "Баян"}


def test_two_languages_of_one_act_by_sidecar(library: Library, folder: Path) -> None:
    for code, text in (("ky", "Бул окуу материалы кыргыз тилинде жазылган."), ("ru", "Это материал на русском языке.")):
        (folder / f"x.{code}.txt").write_text(text)
        (folder / f"x.{code}.txt.yaml").write_text(
            f"act: /akn/kg/doc/training/x\nkind: training\nlang: {code}\ntitle: {{{code}: X}}\n"
        )
    assert {result.act for result in run(library, folder)} == {"/akn/kg/doc/training/x"}
    assert [one.language for one in library.summary("/akn/kg/doc/training/x").editions] == [Language.KY, Language.RU]


def test_an_act_given_by_a_sidecar_is_that_act_from_any_path(library: Library, folder: Path) -> None:
    sidecar = "act: /akn/kg/doc/training/x\nkind: training\nlang: ru\ntitle: {ru: X}\n"
    for place, text in (("one", "Первая запись материала."), ("two", "Вторая, исправленная запись материала.")):
        (folder / place).mkdir()
        (folder / place / "x.txt").write_text(text)
        (folder / place / "x.txt.yaml").write_text(sidecar)
        (result,) = run(library, folder / place)
        assert result.act == "/akn/kg/doc/training/x"
    assert library.list_acts(ActFilter()).total == 1


def test_same_titles_are_not_one_act(library: Library, folder: Path) -> None:
    for name, text in (("a", "Первый бланк для протокола."), ("b", "Второй бланк, совсем другой.")):
        (folder / f"{name}.txt").write_text(text)
        (folder / f"{name}.txt.yaml").write_text("kind: form\nlang: ru\ntitle: Бланк\n")
    acts = [result.act for result in run(library, folder)]
    assert acts == ["/akn/kg/doc/form/blank", "/akn/kg/doc/form/blank-2"]


def test_an_archive_is_its_documents(library: Library, folder: Path) -> None:
    file = folder / "acts.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("мыйзамдар/1.txt", LAW)
        archive.writestr("мыйзамдар/1.yaml", "official: true\n")
        archive.writestr("broken.pdf", b"%PDF-1.7\nbroken")
        archive.writestr("../../2.txt", LAW.replace("0-12", "0-13"))
    results = run(library, file)
    assert [(result.path, result.status) for result in results] == [
        (f"{file}/мыйзамдар/1.txt", "added"),
        (f"{file}/broken.pdf", "refused"),
        (f"{file}/2.txt", "added"),
    ]
    first = results[0].intake
    assert first is not None
    assert first.document.metadata.official
    assert first.original.name == "1.txt"
    assert first.original.content == LAW.encode()
    again = run(library, file)
    assert [result.status for result in again] == ["unchanged", "refused", "unchanged"]


def test_a_refused_archive_is_one_refusal(library: Library, folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", bytes(3_000_000))
    (folder / "b.txt").write_text(LAW)
    results = list(ingest(library, find_files([folder]), order_with(ReadLimits(unpacked_bytes=2_000_000))))
    assert [(result.status, result.error and result.error.code) for result in results] == [
        ("refused", "unpacks_too_large"),
        ("added", None),
    ]


def order_with(limits: ReadLimits) -> Order:
    return Order(limits=limits, memory_bytes=2**30, processes=2)


@pytest.mark.skipif(not installed(), reason="tesseract with kir and rus is not installed (see docs/operating.md)")
def test_a_scan_is_given_the_time_that_it_needs(library: Library, folder: Path) -> None:
    shutil.copy(SCAN, folder / "a.png")
    (folder / "b.txt").write_text(LAW.replace("0-12", "0-13"))
    results = run(library, folder)
    assert [result.status for result in results] == ["added", "added"]
    assert results[0].act is not None
    stored = library.document(results[0].act)
    assert stored.metadata.recognised == pytest.approx(0.95, abs=0.05)
    again = run(library, folder)
    assert [result.status for result in again] == ["unchanged", "unchanged"]
    short = ReadLimits(recognition_seconds=0.01)
    (folder / "c.png").write_bytes(SCAN.read_bytes() + b"x")
    (refused,) = list(ingest(library, [folder / "c.png"], order_with(short)))
    assert refused.error is not None
    assert (refused.error.code, refused.error.params["reason"]) == ("too_large", "recognition")


LAW_KY = """КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ

Үлгү шаары, 2020-жылдын 3-февралы № 0-12

Үлгү айылындагы угуулар жөнүндө

1-берене. Мыйзамдын предмети

1. Ушул Мыйзам угуулардын тартибин аныктайт.

2. Угуулар ачык.

2-берене. Корутунду жоболор

Ушул Мыйзам жарыяланган күндөн тартып күчүнө кирет.
"""


def test_the_other_language_joins_the_act_and_what_does_not_align_is_told(library: Library, folder: Path) -> None:
    (folder / "1.ru.txt").write_text(LAW, encoding="utf-8")
    (folder / "2.ky.txt").write_text(LAW_KY, encoding="utf-8")
    first, second = run(library, folder)
    assert first.act == second.act == "/akn/kg/act/law/2020-02-03/0-12"
    assert second.intake is not None
    assert "not_aligned" not in {doubt.code for doubt in second.intake.report.warnings}
    (folder / "2.ky.txt").write_text(LAW_KY.replace("2. Угуулар ачык.", ""), encoding="utf-8")
    _, again = run(library, folder)
    assert again.intake is not None
    told = [doubt.params for doubt in again.intake.report.warnings if doubt.code == "not_aligned"]
    assert told == [{"language": "ru", "count": 0, "missing": 1, "eids": "-art_1__para_2"}]


def test_a_unit_of_other_nesting_keeps_a_wid_of_its_own(library: Library, folder: Path) -> None:
    (folder / "1.ru.txt").write_text(LAW, encoding="utf-8")
    (folder / "2.ky.txt").write_text(LAW_KY.replace("1-берене.", "1-глава. Негиздер\n\n1-берене."), encoding="utf-8")
    run(library, folder)
    units = library.document("/akn/kg/act/law/2020-02-03/0-12", language=Language.KY).units
    assert [(unit.eid, unit.wid) for unit in units[:2]] == [("chp_1", "chp_1"), ("art_1", "art_1")]
