"""An installation on Meilisearch: the index follows storage, also through a server's absence."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.bootstrap import Services, open_services
from kb.errors import BadParameter, EngineUnavailable
from kb.ingest.assemble import INTAKE_VERSION, take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import Hints
from kb.search.model import Query, Results
from kb.settings import read_settings
from kb.usecases.doctor import examine
from kb.usecases.sync import catch_up, follow, rebuild, wait_for
from tests.meilisearch_server import MASTER_KEY, OwnServer
from tests.usecases.test_ingest import LAW

TODAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    server = OwnServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def running(server: OwnServer) -> OwnServer:
    server.start()
    return server


def opened(server: OwnServer, home: Path, engine: str = "meilisearch", **more: str) -> Services:
    settings = {"KB_HOME": str(home), "KB_ENGINE": engine, "KB_MEILI_URL": server.url, "KB_MEILI_KEY": MASTER_KEY}
    return open_services(read_settings(settings | more))


@pytest.fixture
def services(running: OwnServer, tmp_path: Path) -> Iterator[Services]:
    services = opened(running, tmp_path / "home")
    yield services
    services.close()


def store(services: Services, text: str = LAW, path: str = "/x/law.txt") -> str:
    intake = take_in(text.encode(), path, Hints(), ReadLimits())
    return services.library.store(intake, who="test", version=INTAKE_VERSION).act


def search(services: Services, words: str) -> Results:
    return services.searcher.search(Query(words, TODAY))


def sync(services: Services) -> bool:
    return catch_up(services.library, services.engine, services.analyser)


def test_what_is_stored_is_found_and_what_is_removed_is_not(services: Services) -> None:
    act = store(services)
    assert sync(services)
    assert search(services, "слушания").hits
    assert examine(services.database, services.library, services.engine)["agree"]
    services.library.remove(act, who="test")
    assert sync(services)
    assert not search(services, "слушания").hits


def test_a_home_is_reindexed_under_the_other_engine(services: Services, running: OwnServer, tmp_path: Path) -> None:
    store(services)
    sync(services)
    embedded = opened(running, tmp_path / "home", "embedded")
    assert embedded.engine.needs_rebuild()
    assert rebuild(embedded.library, embedded.engine, embedded.analyser)
    one, other = search(services, "порядок слушаний"), search(embedded, "порядок слушаний")
    assert one.hits == other.hits != ()
    assert one.facets == other.facets
    embedded.close()


def test_an_index_catches_up_when_the_server_is_back(services: Services, server: OwnServer) -> None:
    store(services)
    assert sync(services)
    server.stop()
    store(services, LAW.replace("0-12", "0-13"), "/x/other.txt")
    assert services.library.statistics().acts == 2
    with pytest.raises(EngineUnavailable):
        search(services, "слушания")
    with pytest.raises(EngineUnavailable):
        sync(services)
    told = examine(services.database, services.library, services.engine)
    assert not told["agree"]
    assert told["engine_problem"]
    stop = threading.Event()
    following = threading.Thread(target=follow, args=(services.library, services.engine, services.analyser, stop))
    following.start()
    try:
        time.sleep(0.5)
        server.start()
        assert wait_for(services.engine, services.library.newest_sequence(), 20)
    finally:
        stop.set()
        following.join(30)
    assert len({hit.act for hit in search(services, "слушания").hits}) == 2


def test_names_and_keys_are_settings(running: OwnServer, tmp_path: Path) -> None:
    named = opened(running, tmp_path / "a", KB_MEILI_PREFIX="ulgu")
    store(named)
    assert sync(named)
    other = opened(running, tmp_path / "b", KB_MEILI_PREFIX="ulgu")
    assert search(other, "слушания").hits
    with pytest.raises(BadParameter):
        opened(running, tmp_path / "c", KB_MEILI_URL="nowhere")
    for services in (named, other):
        services.close()
