from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from kb.errors import DatabaseUnavailable
from kb.storage.database import open_database, reading, schema_version, upgrade, writing
from kb.storage.migrating import script
from kb.storage.repository import Library
from kb.storage.tables import SCHEMA_VERSION, Base, OutboxRow
from tests.storage.making import intake


def test_upgrade_from_empty_and_again(url: str) -> None:
    engine = open_database(url)
    assert schema_version(engine) is None
    upgrade(engine)
    first = schema_version(engine)
    assert first is not None
    stored = Library(engine).store(intake(), who="test", version="1")
    upgrade(engine)
    assert schema_version(engine) == first
    assert Library(engine).canonical(stored.act) == stored.act
    engine.dispose()


def test_migrations_make_the_schema_of_the_models(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        tables = sa.inspect(connection)
        for table in Base.metadata.sorted_tables:
            assert tables.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"


def test_a_newer_database_is_refused(url: str) -> None:
    engine = open_database(url)
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable) as raised:
        upgrade(engine)
    assert raised.value.params["reason"] == "newer"
    assert raised.value.params["found"] == "9999"
    assert schema_version(engine) == "9999"
    engine.dispose()


def test_a_failing_migration_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_database(url)
    create = sa.schema.CreateTable.__init__

    def failing(self: sa.schema.CreateTable, element: sa.Table, *args: object, **named: object) -> None:
        if element.name == "outbox":
            raise RuntimeError("the power is cut")
        create(self, element, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sa.schema.CreateTable, "__init__", failing)
    with pytest.raises(RuntimeError):
        upgrade(engine)
    monkeypatch.undo()
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == []
    upgrade(engine)
    assert schema_version(engine) is not None
    engine.dispose()


def _open_and_store(url: str, number: int, results: multiprocessing.Queue[str]) -> None:
    try:
        engine = open_database(url)
        upgrade(engine)
        stored = Library(engine).store(intake(slug=f"d-{number}", path=f"/{number}"), who=str(number), version="1")
        results.put(stored.outcome)
    except Exception as error:
        results.put(repr(error))


def test_processes_that_start_at_once(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[str] = spawn.Queue()
    started = [spawn.Process(target=_open_and_store, args=(url, number, results)) for number in range(3)]
    for process in started:
        process.start()
    assert [results.get(timeout=60) for _ in started] == ["added"] * 3
    for process in started:
        process.join(30)
    engine = open_database(url)
    assert [change.sequence for change in Library(engine).changes(0)] == [1, 2, 3]
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "bad_url"),
        ("nonsense", "bad_url"),
        ("mysql://root@localhost/kb", "bad_url"),
        ("sqlite://", "bad_url"),
        ("sqlite:///:memory:", "bad_url"),
        ("postgresql://kb:secret@127.0.0.1:1/kb", "not_answering"),
        ("postgres://kb:secret@127.0.0.1:1/kb", "not_answering"),
        ("sqlite:////dev/null/kb.db", "not_answering"),
        ("sqlite:////dev", "not_answering"),
    ],
)
def test_what_cannot_be_opened(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        open_database(url)
    assert raised.value.params["reason"] == reason
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    path.write_bytes(b"not a database at all " * 100)
    with pytest.raises(DatabaseUnavailable) as raised:
        open_database(f"sqlite:///{path}")
    assert raised.value.params["reason"] == "not_answering"


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "kb.db"
    engine = open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        asked = ("journal_mode", "foreign_keys", "busy_timeout")
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert told == ["wal", 1, 30_000]
    engine.dispose()


def test_a_writer_takes_its_lock_at_once_and_readers_go_on(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    with writing(engine), reading(engine) as reader:
        assert reader.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 0
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    engine.dispose()


def test_a_reader_sees_one_state(engine: sa.Engine) -> None:
    library = Library(engine)
    count = sa.select(sa.func.count()).select_from(OutboxRow)
    with reading(engine) as reader:
        assert reader.scalar(count) == 0
        library.store(intake(), who="test", version="1")
        assert reader.scalar(count) == 0
    assert library.newest_sequence() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_reader_of_postgresql_cannot_write(engine: sa.Engine) -> None:
    with pytest.raises(sa.exc.InternalError), reading(engine) as connection:
        connection.execute(sa.delete(OutboxRow))


def test_the_schema_version_is_the_newest_migration() -> None:
    assert script().get_current_head() == SCHEMA_VERSION
