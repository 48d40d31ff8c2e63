"""The index follows storage: by the outbox, and anew."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.bootstrap import Services, open_services
from kb.errors import IndexMissing
from kb.ingest.assemble import INTAKE_VERSION, take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import Hints
from kb.search.model import Query
from kb.settings import read_settings
from kb.usecases.doctor import examine
from kb.usecases.sync import catch_up, follow, rebuild, wait_for
from tests.usecases.test_ingest import LAW

TODAY = dt.date(2026, 1, 1)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(read_settings({"KB_HOME": str(tmp_path / "home")}))
    yield opened
    opened.close()


def store(services: Services, text: str = LAW, path: str = "/x/law.txt", hints: Hints | None = None) -> str:
    intake = take_in(text.encode(), path, hints or Hints(), ReadLimits())
    return services.library.store(intake, who="test", version=INTAKE_VERSION).act


def found(services: Services, words: str, as_of: dt.date = TODAY) -> list[str]:
    return [hit.edition for hit in services.searcher.search(Query(words, as_of)).hits]


def sync(services: Services) -> bool:
    return catch_up(services.library, services.engine, services.analyser)


def test_what_is_stored_is_found_and_what_is_removed_is_not(services: Services) -> None:
    act = store(services)
    assert sync(services)
    assert found(services, "слушания")
    services.library.remove(act, who="test")
    assert sync(services)
    assert not found(services, "слушания")
    store(services)
    assert sync(services)
    assert found(services, "слушания")


def test_a_changed_text_replaces_the_old_one(services: Services) -> None:
    store(services)
    sync(services)
    store(services, LAW.replace("Слушания открыты", "Заседания закрыты"))
    sync(services)
    assert found(services, "заседания закрыты")
    assert examine(services.database, services.library, services.engine)["agree"]


def test_a_later_edition_ends_the_earlier_one(services: Services) -> None:
    store(services, hints=Hints(edition_date=dt.date(2021, 1, 1)), path="/x/1.txt")
    sync(services)
    store(services, LAW + "\n3. Дополнение.", hints=Hints(edition_date=dt.date(2023, 1, 1)), path="/x/2.txt")
    sync(services)
    act = "/akn/kg/act/law/2020-02-03/0-12"
    assert set(found(services, "порядок слушаний")) == {f"{act}/rus@2023-01-01"}
    assert set(found(services, "порядок слушаний", dt.date(2022, 1, 1))) == {f"{act}/rus@2021-01-01"}


def test_a_rebuild_gives_the_same_index(services: Services) -> None:
    store(services)
    sync(services)
    before = found(services, "слушания")
    written: list[str] = []
    assert rebuild(services.library, services.engine, services.analyser, done=written.append)
    assert written == ["/akn/kg/act/law/2020-02-03/0-12/rus@2020-02-03"]
    assert found(services, "слушания") == before


def test_a_second_writer_stands_back(services: Services) -> None:
    store(services)
    sync(services)
    store(services, LAW.replace("0-12", "0-13"), path="/x/2.txt")
    with services.engine.writer() as writer:
        assert writer is not None
        assert not sync(services)
        assert not wait_for(services.engine, services.library.newest_sequence(), 0.1)
    assert sync(services)
    assert wait_for(services.engine, services.library.newest_sequence(), 0.1)


def test_a_follower_makes_searchable_what_another_process_stores(services: Services) -> None:
    stop = threading.Event()
    thread = threading.Thread(
        target=follow, args=(services.library, services.engine, services.analyser, stop), kwargs={"every": 0.02}
    )
    thread.start()
    try:
        store(services)
        assert wait_for(services.engine, services.library.newest_sequence(), 20)
        assert found(services, "слушания")
    finally:
        stop.set()
        thread.join(timeout=10)
    assert not thread.is_alive()


def council_words(first: int, count: int) -> str:
    """A Kyrgyz order with so many made-up words."""
    syllables = ["бө", "кө", "тө", "мө", "сө", "рө", "лө", "жө", "чө", "дө"]
    words = [f"{a}{b}{c}{d}лөрдүн" for a in syllables for b in syllables for c in syllables for d in syllables]
    lines = [f"{number}. {word} жөнүндө." for number, word in enumerate(words[first : first + count], 1)]
    return "БУЙРУК\n\nҮлгү айылы, 2020-жылдын 3-февралы № 0-77\n\nСөздөр жөнүндө\n\n" + "\n\n".join(lines)


def test_stems_are_fitted_anew_when_the_words_have_doubled(services: Services) -> None:
    store(services)
    sync(services)
    assert services.engine.stems() == b""
    store(services, council_words(0, 1_100), "/x/1.txt")
    sync(services)
    first = services.engine.stems()
    assert first
    store(services, council_words(1_100, 600).replace("0-77", "0-78"), "/x/2.txt")
    sync(services)
    assert services.engine.stems() is first
    assert found(services, "бөбөжөтөлөрдүн")
    store(services, council_words(1_700, 900).replace("0-77", "0-79"), "/x/3.txt")
    sync(services)
    assert services.engine.stems() != first
    assert services.engine.sequence() == services.library.newest_sequence()
    assert found(services, "бөбөжөтөлөрдүн")
    assert found(services, "слушания")


def test_an_index_whose_stems_cannot_be_read_is_built_anew(services: Services) -> None:
    store(services)
    with services.engine.rebuild(stems=b"damaged") as writer:
        assert writer is not None
        writer.commit(1)
    with pytest.raises(IndexMissing):
        found(services, "слушания")
    sync(services)
    assert found(services, "слушания")


def test_documents_of_the_same_title_are_all_found(services: Services) -> None:
    for number in (1, 2, 3):
        store(services, f"Сөздөр жөнүндө\n\n1. Ушул сөздөр №{number}{number}5 жыйында айтылды.", f"/x/{number}.txt")
        sync(services)
    assert len(set(found(services, "сөздөр жыйында"))) == 3
    assert {change.event for change in services.library.changes(0)} == {"added"}
