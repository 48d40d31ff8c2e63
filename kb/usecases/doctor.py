"""Look an installation over."""

from __future__ import annotations

import shutil

import sqlalchemy as sa

from kb.errors import EngineUnavailable
from kb.search.engine import Engine
from kb.storage.database import schema_version
from kb.storage.repository import Library

#: Outside programs that are used where they are installed.
PROGRAMS = ("soffice", "tesseract", "meilisearch")


def examine(database: sa.Engine, library: Library, engine: Engine) -> dict[str, object]:
    """What an operator wants to know.

    Returns:
        ``schema_version``, ``acts``, ``newest_sequence`` of storage, ``index_sequence``, ``agree`` (whether the
        index is where storage is), ``engine_problem`` (why the search engine does not answer, else None) and
        ``programs`` (path by name, None where not installed).
    """
    newest = library.newest_sequence()
    indexed, problem = 0, None
    try:
        indexed = 0 if engine.needs_rebuild() else engine.sequence()
    except EngineUnavailable as away:
        problem = str(away.params.get("reason", away.code))
    return {
        "schema_version": schema_version(database),
        "acts": library.statistics().acts,
        "newest_sequence": newest,
        "index_sequence": indexed,
        "agree": problem is None and indexed == newest,
        "engine_problem": problem,
        "programs": {name: shutil.which(name) for name in PROGRAMS},
    }
