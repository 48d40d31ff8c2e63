"""What is particular to the engine in a folder: versions, other processes, crashes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.errors import IndexMissing
from kb.search import embedded as module
from kb.search import embedded_writer
from kb.search.embedded import EmbeddedEngine
from kb.search.engine import Request, Word
from tests.search.helpers import TODAY, article, embedded, fill, law, records_of

LAW = law(article("1", "Налог", "земля"))
ASKED = Request(TODAY, words=(Word(("налог",)),), required=1)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    engine = embedded(tmp_path)
    fill(engine, LAW)
    return engine


def test_another_version_needs_a_rebuild(
    engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = EmbeddedEngine(tmp_path, analyser_version="tiny-2")
    assert other.needs_rebuild()
    with pytest.raises(IndexMissing):
        other.candidates(ASKED)
    monkeypatch.setattr(module, "SCHEMA_VERSION", 999)
    assert embedded(tmp_path).needs_rebuild()
    assert not engine.needs_rebuild()


def test_a_replaced_index_is_swept_and_readers_follow(engine: EmbeddedEngine, tmp_path: Path) -> None:
    reader = embedded(tmp_path)
    candidate = reader.candidates(ASKED).window[0]
    fill(engine, LAW, law(article("1", None, "налог"), number="0-2"), sequence=2)
    assert [path.name for path in tmp_path.glob("index-*")] == ["index-2"]
    assert candidate.load().text == "земля"
    assert reader.candidates(ASKED).total == 2
    assert reader.sequence() == 2


PHRASES = (("отвод", "земли"), ("местн", "самоу", "орган"), ("местн", "бюдже"))


@pytest.mark.parametrize("asked", [*PHRASES, ("земли", "отвод"), ("орган", "местн")])
def test_phrases_that_the_index_knows_find_what_others_find(asked: tuple[str, ...], tmp_path: Path) -> None:
    lines = (
        "отвод земли",
        "отвод этой земли",
        "отвод той самой земли",
        "земли отвод",
        "отвод отвод земли",
        "органы местного самоуправления",
        "местного самоуправления органы",
        "местного и самоуправления органы",
        "местного самоуправления те органы",
        "местного и самоуправления те органы",
    )
    act = law(*(article(str(number), None, line) for number, line in enumerate(lines, 1)))
    headed = law(article("1", "Местного", "бюджета"), article("2", "Отвод земли", "налог"), number="0-2")
    request = Request(TODAY, words=(Word((), (), (asked,)),), required=1)
    found = []
    for folder, names in ("plain", ()), ("known", PHRASES):
        engine = EmbeddedEngine(tmp_path / folder, analyser_version="tiny-1", names={b"": names}.__getitem__)
        fill(engine, act, headed)
        answer = engine.candidates(request)
        assert answer.facets["kind"] == {"law": answer.total}
        found.append({one.id for one in answer.window})
    assert found[0] == found[1]
    assert found[0]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"folder": "index-7"}'])
def test_a_broken_pointer_is_a_missing_index(broken: str, engine: EmbeddedEngine, tmp_path: Path) -> None:
    (tmp_path / "current.json").write_text(broken, encoding="utf-8")
    assert engine.needs_rebuild()
    assert embedded(tmp_path).needs_rebuild()
    fill(engine, LAW)
    assert engine.candidates(ASKED).total == 1


def test_a_missing_folder_is_a_missing_index(engine: EmbeddedEngine, tmp_path: Path) -> None:
    (tmp_path / "index-1" / "meta.json").unlink()
    assert engine.needs_rebuild()


def test_another_process_sees_a_commit(engine: EmbeddedEngine, tmp_path: Path) -> None:
    reader = embedded(tmp_path)
    assert reader.sequence() == 1
    before = reader.vocabulary().records()
    _in_process(_write, tmp_path)
    assert reader.sequence() == 7
    assert reader.candidates(ASKED).total == 2
    assert reader.vocabulary().records() == before + 2


def test_a_killed_writer_leaves_the_last_commit(engine: EmbeddedEngine, tmp_path: Path) -> None:
    before = engine.vocabulary().dump()
    assert _in_process(_write_and_die, tmp_path) == -signal.SIGKILL
    assert engine.sequence() == 1
    assert engine.candidates(ASKED).total == 1
    assert engine.vocabulary().dump() == before
    _in_process(_write, tmp_path)
    assert engine.candidates(ASKED).total == 2


def test_many_commits_are_folded_into_one_vocabulary(
    engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_writer, "_NOTES", 3)
    watching = embedded(tmp_path)
    for sequence in range(2, 14):
        document = law(article("1", None, f"налог сөз{sequence}"), number=f"0-{sequence % 4}")
        with engine.writer() as writer:
            assert writer is not None
            writer.replace_edition(document.edition.uri, records_of(document))
            writer.commit(sequence)
        if sequence % 5 == 0:
            assert watching.vocabulary().dump() == embedded(tmp_path).vocabulary().dump()
    assert watching.vocabulary().dump() == engine.vocabulary().dump() == embedded(tmp_path).vocabulary().dump()
    assert watching.sequence() == 13
    assert {entry.surface for entry in engine.vocabulary().prefixed("сөз", 99)} == {"сөз10", "сөз11", "сөз12", "сөз13"}


def test_an_error_of_the_engine_is_not_swallowed(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no space left on device")

    with engine.writer() as writer:
        assert writer is not None
        broken = SimpleNamespace(add_document=fail, rollback=writer._writer.rollback, delete_documents_by_term=fail)
        kept, writer._writer = writer._writer, broken
        with pytest.raises(Exception, match="no space left"):
            writer.replace_edition(LAW.edition.uri, records_of(LAW))
        writer._writer = kept
    assert engine.candidates(ASKED).total == 1


def _in_process(work: object, folder: Path) -> int | None:
    process = multiprocessing.get_context("spawn").Process(target=work, args=(folder,))  # type: ignore[arg-type]
    process.start()
    process.join(60)
    return process.exitcode


def _write(folder: Path) -> None:
    document = law(article("1", None, "налог"), number="0-2")
    with embedded(folder).writer(wait=5) as writer:
        assert writer is not None
        writer.replace_edition(document.edition.uri, records_of(document))
        writer.commit(7)


def _write_and_die(folder: Path) -> None:
    with embedded(folder).writer() as writer:
        assert writer is not None
        writer.remove_edition(LAW.edition.uri)
        document = law(article("1", None, "налог"), number="0-3")
        writer.replace_edition(document.edition.uri, records_of(document))
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_only_stands_for_a_word_comes_behind(tmp_path: Path) -> None:
    engine = embedded(tmp_path)
    fill(engine, law(article("1", "Сбор", "сбор сбор"), article("2", None, "налог и многое другое на свете")))
    words = (Word(("налог",), (), (("сбор",),)),)
    found = engine.candidates(Request(TODAY, words=words, required=1)).window
    assert [one.eid for one in found] == ["art_2", "art_1"]


def test_a_phrase_of_keys_does_not_run_from_heading_to_text(engine: EmbeddedEngine) -> None:
    words = (Word((), (), (("налог", "земля"),)),)
    assert engine.candidates(Request(TODAY, words=words, required=1)).total == 0
