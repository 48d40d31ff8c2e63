from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
import sqlalchemy as sa

from kb.storage.database import open_database
from kb.storage.repository import Library
from tests.storage.making import LAW, UNITS, intake


def test_a_follower_never_misses_a_row(library: Library) -> None:
    done = threading.Event()

    def write(writer: int) -> None:
        for count in range(8):
            slug = f"{writer}-{count}"
            library.store(intake(slug=slug, path=f"/{slug}", content=slug.encode()), who=slug, version="1")

    def follow() -> list[int]:
        seen: list[int] = []
        while True:
            finished = done.wait(0.002)
            step = library.changes(seen[-1] if seen else 0, limit=5)
            seen += [change.sequence for change in step]
            if finished and not step:
                return seen

    with ThreadPoolExecutor(5) as pool:
        follower = pool.submit(follow)
        writers = [pool.submit(write, number) for number in range(4)]
        wait(writers, timeout=60)
        done.set()
        assert [writer.exception(timeout=0) for writer in writers] == [None] * 4
        assert follower.result(timeout=60) == list(range(1, 33))


def test_writers_of_one_document_store_it_once(library: Library) -> None:
    taken = intake(**LAW)
    start = threading.Barrier(4)

    def write(_number: int) -> str:
        start.wait(30)
        return library.store(taken, who="test", version="1").outcome

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == ["added", "unchanged", "unchanged", "unchanged"]
    assert library.newest_sequence() == 1


def test_slugs_do_not_collide(library: Library) -> None:
    start = threading.Barrier(4)

    def write(number: int) -> str:
        start.wait(30)
        return library.store(
            intake(path=f"/{number}", content=bytes([number])), who="test", version="1"
        ).act.removeprefix("/akn/kg/doc/other/")

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == ["ulgu", "ulgu-2", "ulgu-3", "ulgu-4"]


def _die_at_the_outbox(_connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if statement.startswith("INSERT INTO outbox"):
        os._exit(9)


def _die_half_way(url: str) -> None:
    sa.event.listen(sa.Engine, "before_cursor_execute", _die_at_the_outbox)
    Library(open_database(url)).store(intake(**LAW, content=b"b", units=UNITS[:2]), who="test", version="1")


def test_a_process_that_dies_half_way_leaves_the_state_before(engine: sa.Engine) -> None:
    library = Library(engine)
    first = intake(**LAW, content=b"a")
    stored = library.store(first, who="test", version="1")
    url = engine.url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("spawn").Process(target=_die_half_way, args=(url,))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert library.document(stored.act) == first.document
    assert library.newest_sequence() == 1
    # The dead process holds no lock.
    assert library.store(intake(**LAW, content=b"c"), who="test", version="1").sequence == 2


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_connection_that_was_cut_is_made_anew(engine: sa.Engine, library: Library) -> None:
    library.store(intake(), who="test", version="1")
    admin = sa.create_engine(engine.url)
    with admin.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database()"
            )
        )
    admin.dispose()
    assert library.newest_sequence() == 1
