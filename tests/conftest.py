"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """Folder of the official documents; the test is skipped, and says so, where it is absent."""
    folder = Path(os.environ.get("KB_TEST_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip(f"no official documents at {folder} (set KB_TEST_CORPUS)")
    return folder
