"""A library for the tests of use cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = open_database(f"sqlite:///{tmp_path / 'home' / 'kb.sqlite3'}")
    upgrade(database)
    yield Library(database)
    database.dispose()
