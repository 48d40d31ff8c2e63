"""Fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.meilisearch_server import MeiliServer, find_server

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """Folder of the official documents; the test is skipped, and says so, where it is absent."""
    folder = Path(os.environ.get("KB_TEST_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip(f"no official documents at {folder} (set KB_TEST_CORPUS)")
    return folder


@pytest.fixture(scope="session")
def meili(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MeiliServer]:
    """A Meilisearch server: KB_TEST_MEILI_URL (and KB_TEST_MEILI_KEY), or one started from PATH; else skipped."""
    with find_server(tmp_path_factory) as server:
        yield server
