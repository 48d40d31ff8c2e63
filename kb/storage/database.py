"""Databases: how they are opened, brought up to the code's schema, and entered for reading and writing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from kb.errors import DatabaseUnavailable
from kb.storage.tables import SCHEMA_VERSION

#: How long a writer waits for another one, in seconds.
BUSY_SECONDS = 30
# Key of the advisory lock that writers of one PostgreSQL database queue for.
_WRITER_LOCK = 0x6B625F77


def open_database(url: str) -> sa.Engine:
    """Open a database and see that it answers.

    Args:
        url: ``sqlite:///PATH`` (its folder is made where it is missing), ``postgresql://…`` or ``postgres://…``.

    Returns:
        An engine that threads may share; call ``upgrade`` before the first use.

    Raises:
        DatabaseUnavailable: it cannot be opened; ``reason`` is ``bad_url`` or ``not_answering``.
    """
    target = _read_url(url)
    with _unavailable(target):
        engine = _sqlite(target) if target.get_backend_name() == "sqlite" else _postgresql(target)
        with reading(engine) as connection:
            connection.execute(sa.text("SELECT 1"))
    return engine


def _read_url(url: str) -> sa.URL:
    try:
        target = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUnavailable(reason="bad_url", database="", detail="") from None
    if target.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return target.set(drivername="postgresql+psycopg")
    if target.drivername in {"sqlite", "sqlite+pysqlite"} and target.database and target.database != ":memory:":
        return target
    raise DatabaseUnavailable(reason="bad_url", database=_name(target), detail="")


def _name(url: sa.URL) -> str:
    return url.set(query={}).render_as_string(hide_password=True)


def _sqlite(url: sa.URL) -> sa.Engine:
    Path(url.database or "").expanduser().parent.mkdir(parents=True, exist_ok=True)
    # hide_parameters keeps what people answered out of logs of failures.
    # isolation_level None hands transactions to us: the driver's own begin too late to read and write as one.
    engine = sa.create_engine(
        url,
        max_overflow=-1,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        _write_ahead(connection)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("kb_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on; SQLite does not wait by itself where another process does the same."""
    until = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _postgresql(url: sa.URL) -> sa.Engine:
    return sa.create_engine(
        url, max_overflow=20, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": 10}
    )


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that sees one state of the database throughout and writes nothing."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if _is_postgresql(engine) else {}
    with _unavailable(engine.url), engine.connect() as connection, connection.execution_options(**options).begin():
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other writer of the database runs beside; an exception undoes all of it."""
    with (
        _unavailable(engine.url),
        engine.connect() as connection,
        connection.execution_options(kb_writes=True).begin(),
    ):
        if _is_postgresql(engine):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK)))
        yield connection


def _is_postgresql(engine: sa.Engine) -> bool:
    return engine.dialect.name == "postgresql"


@contextmanager
def _unavailable(url: sa.URL) -> Iterator[None]:
    """Turn what says that the database does not answer into our error; other failures are faults of the code."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError, OSError) as error:
        raise _not_answering(url, error) from error
    except sa.exc.DatabaseError as error:
        # sqlite3 says so of a file that is no database, or a damaged one.
        if type(error.orig) is not sqlite3.DatabaseError:
            raise
        raise _not_answering(url, error) from error
    except sqlite3.Error as error:
        raise _not_answering(url, error) from error


def _not_answering(url: sa.URL, error: Exception) -> DatabaseUnavailable:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    detail = " ".join(str(cause).split())[:300]
    return DatabaseUnavailable(reason="not_answering", database=_name(url), detail=detail)


def upgrade(engine: sa.Engine) -> None:
    """Bring the schema up to the code's, in one transaction that other processes wait for.

    Raises:
        DatabaseUnavailable: it does not answer, or (``reason`` ``newer``, with ``found`` and ``known``) a newer
            version of the product wrote it.
    """
    if schema_version(engine) == SCHEMA_VERSION:
        return
    # Alembic takes longer to import than most commands take to run; it is needed once a version.
    from kb.storage.migrating import migrate

    with writing(engine) as connection:
        migrate(connection, _name(engine.url))


def schema_version(engine: sa.Engine) -> str | None:
    """Revision of the database's schema, None where it has none yet."""
    with reading(engine) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return version
