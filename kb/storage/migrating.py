"""Migrations of the schema, run by Alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from kb.errors import DatabaseUnavailable
from kb.storage.tables import Base

_MIGRATIONS = Path(__file__).parent / "migrations"


def script() -> ScriptDirectory:
    """The migrations, in their order."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def migrate(connection: sa.Connection, database: str) -> None:
    """Run the migrations that the database lacks.

    Args:
        connection: a write transaction.
        database: name of the database for messages.

    Raises:
        DatabaseUnavailable: a newer version of the product wrote it (``reason`` ``newer``, ``found``, ``known``).
    """
    scripts = script()
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in {revision.revision for revision in scripts.walk_revisions()}:
        known = scripts.get_current_head() or ""
        raise DatabaseUnavailable(reason="newer", database=database, found=found, known=known)

    def steps(revision: object, _context: MigrationContext) -> object:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]

    config = Config()
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    with EnvironmentContext(config, scripts, fn=steps):
        scripts.run_env()
