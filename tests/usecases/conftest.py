"""A library for the tests of use cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library
from tests.web import documents


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = open_database(f"sqlite:///{tmp_path / 'home' / 'kb.sqlite3'}")
    upgrade(database)
    yield Library(database)
    database.dispose()


@pytest.fixture(scope="session")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The documents of the tests of pages, to be read only."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('acts') / 'kb.db'}")
    upgrade(database)
    library = Library(database)
    for at, document in enumerate(documents.all_documents()):
        library.store(documents.intake(document, f"{at}.docx"), who="test", version="1")
    return library
