"""A library of hand-built documents on SQLite, its index, and the application over both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.documents import Document
from kb.language.analyser import load
from kb.search.embedded import EmbeddedEngine
from kb.search.searcher import Searcher
from kb.storage.database import open_database, upgrade
from kb.storage.drafts import DraftStore
from kb.storage.repository import Library
from kb.templates.installed import InstalledForms
from kb.usecases.administration import Administration
from kb.usecases.drafts import Drafts
from kb.usecases.forms import Forms
from kb.usecases.legal import Bases
from kb.usecases.search import CitationSearcher
from kb.usecases.sync import catch_up
from kb.web.app import create_app
from tests.web import documents

#: Key of those who administer, in tests.
ADMIN_KEY = "ачкыч-ачкыч-ачкыч"


@dataclass(frozen=True)
class Limits:
    """Bounds of the tests."""

    query_characters: int = 200
    requests_per_minute: int = 0
    answers_bytes: int = 100_000


@dataclass(frozen=True)
class Services:
    """What the application is given."""

    library: Library
    searcher: CitationSearcher
    drafts: Drafts
    forms: Forms
    administration: Administration
    bases: Bases
    limits: Limits


def build(home: Path, *, filled: bool = True, limits: Limits = Limits(), more: Sequence[Document] = ()) -> Services:
    """An installation in ``home``, with ``more`` documents."""
    database = open_database(f"sqlite:///{home / 'kb.sqlite3'}")
    upgrade(database)
    library = Library(database)
    if filled:
        for at, document in enumerate([*documents.all_documents(), *more]):
            library.store(documents.intake(document, f"файл {at}.docx"), who="test", version="1")
        library.remove(documents.REMOVED, who="test", replaced_by=documents.LAW)
    analyser = load()
    engine = EmbeddedEngine(home / "index", analyser_version=analyser.version)
    catch_up(library, engine, analyser)
    words = Searcher(engine, analyser, query_characters=limits.query_characters)
    searcher = CitationSearcher(words, engine, library)
    forms = Forms(InstalledForms(home / "forms"))
    return Services(
        library=library,
        searcher=searcher,
        drafts=Drafts(DraftStore(database), limits, 180, load=forms.load, renamed=forms.renamed),
        forms=forms,
        administration=Administration(lambda: ADMIN_KEY),
        bases=Bases(library),
        limits=limits,
    )


@pytest.fixture(scope="package")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The filled library."""
    return build(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="package")
def client(services: Services) -> Iterator[TestClient]:
    """A client that follows no redirect."""
    with TestClient(create_app(services), follow_redirects=False) as found:
        yield found


@pytest.fixture(scope="package")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a library without documents."""
    with TestClient(create_app(build(tmp_path_factory.mktemp("empty"), filled=False)), follow_redirects=False) as found:
        yield found
