"""Builds what an installation consists of from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from kb.ingest.limits import ReadLimits
from kb.language.analyser import load
from kb.language.model import Analyser
from kb.language.thesaurus import ThesaurusFile
from kb.search.embedded import EmbeddedEngine
from kb.search.engine import Engine
from kb.search.meilisearch import MeilisearchEngine
from kb.search.searcher import Searcher
from kb.search.synonyms import Synonyms
from kb.settings import Limits, Settings, read_settings
from kb.storage.database import open_database, upgrade
from kb.storage.drafts import DraftStore, Keeping
from kb.storage.repository import Library
from kb.templates.installed import InstalledForms
from kb.usecases.administration import Administration, kept_key
from kb.usecases.drafts import Drafts
from kb.usecases.forms import Forms
from kb.usecases.legal import Bases
from kb.usecases.search import CitationSearcher
from kb.usecases.workers import Bounds

#: File in the data folder that is laid over the shipped thesaurus.
THESAURUS = "thesaurus.tsv"
#: Folder of the data folder that holds imported forms, and file of the key of those who administer.
FORMS, ADMIN_KEY = "forms", "admin-key"


@dataclass(frozen=True, slots=True)
class Services:
    """An installation that is open.

    Attributes:
        home: data folder.
        database_url: address of the database, without its password.
        engine_name: ``embedded`` or ``meilisearch``.
        database: the database itself.
        library: what is stored.
        analyser: gives the words that index and queries share.
        engine: the index.
        thesaurus: names that terms of the field have beside each other.
        searcher: answers queries, what they cite first.
        drafts: forms that people are filling in.
        forms: the forms that there are.
        administration: knows who may administer.
        bases: finds what stands behind the clauses of forms.
        limits: bounds on input and requests.
    """

    home: Path
    database_url: str
    engine_name: str
    database: sa.Engine
    library: Library
    analyser: Analyser
    engine: Engine
    thesaurus: ThesaurusFile
    searcher: CitationSearcher
    drafts: Drafts
    forms: Forms
    administration: Administration
    bases: Bases
    limits: Limits

    @property
    def read_limits(self) -> ReadLimits:
        """Bounds on reading one file."""
        limits = self.limits
        return ReadLimits(
            file_bytes=limits.file_bytes,
            unpacked_bytes=limits.unpacked_bytes,
            pages=limits.pages,
            seconds=limits.read_seconds,
            memory_bytes=limits.memory_bytes,
            recognition_seconds=limits.recognition_seconds,
        )

    def close(self) -> None:
        """Let go of the database."""
        self.database.dispose()


def open_library(settings: Settings | None = None) -> Library:
    """Open what is stored and nothing else, which is quick.

    Args:
        settings: the installation; read from ``KB_*`` when None.

    Raises:
        As ``open_services``.
    """
    return Library(_open_database(settings or read_settings()))


def open_forms(settings: Settings | None = None) -> Forms:
    """The forms of an installation and nothing else, which is quick.

    Args:
        settings: the installation; read from ``KB_*`` when None.

    Raises:
        BadParameter: a setting does not fit.
    """
    settings = settings or read_settings()
    bounds = Bounds(settings.limits.read_seconds, settings.limits.memory_bytes)
    return Forms(InstalledForms(settings.home / FORMS), bounds)


def _open_database(settings: Settings) -> sa.Engine:
    settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    upgrade(database)
    return database


def open_services(settings: Settings | None = None) -> Services:
    """Open an installation, its database brought to this version's schema.

    Args:
        settings: the installation; read from ``KB_*`` when None.

    Raises:
        BadParameter: a setting does not fit.
        DatabaseUnavailable: the database does not answer, or a newer version has changed it.
    """
    settings = settings or read_settings()
    database = _open_database(settings)
    analyser = load()
    thesaurus = ThesaurusFile(settings.home / THESAURUS)
    engine = _open_engine(settings, analyser, thesaurus)
    library = Library(database)
    forms = open_forms(settings)
    words = Searcher(
        engine,
        analyser,
        thesaurus=thesaurus.current,
        query_characters=settings.limits.query_characters,
        search_seconds=settings.limits.search_seconds,
    )
    return Services(
        home=settings.home,
        database_url=database.url.render_as_string(hide_password=True),
        engine_name=settings.engine,
        database=database,
        library=library,
        analyser=analyser,
        engine=engine,
        thesaurus=thesaurus,
        searcher=CitationSearcher(words, engine, library),
        drafts=_open_drafts(database, settings, forms),
        forms=forms,
        administration=Administration(lambda: settings.admin_key or kept_key(settings.home / ADMIN_KEY)),
        bases=Bases(library),
        limits=settings.limits,
    )


def _open_drafts(database: sa.Engine, settings: Settings, forms: Forms) -> Drafts:
    limits = settings.limits
    keeping = Keeping(drafts=limits.drafts, revisions=limits.draft_revisions, draft_bytes=limits.draft_bytes)
    return Drafts(DraftStore(database, keeping), limits, settings.draft_days, load=forms.load, renamed=forms.renamed)


def open_at(home: Path, environment: Mapping[str, str]) -> Services:
    """Open the installation in ``home``, set by ``environment`` (``KB_*``) and by nothing else.

    Raises:
        As ``open_services``.
    """
    return open_services(read_settings({**environment, "KB_HOME": str(home)}))


def _open_engine(settings: Settings, analyser: Analyser, thesaurus: ThesaurusFile) -> Engine:
    """The engine that the settings name; a server need not answer yet."""
    if settings.engine == "embedded":

        def names(stems: bytes) -> set[tuple[str, ...]]:
            try:
                return Synonyms(thesaurus.current(), analyser.frozen(stems)).phrases()
            except ValueError:
                # of another version of the analyser; such an index is built anew before anything is looked for in it
                return set()

        return EmbeddedEngine(settings.home / "index", analyser_version=analyser.version, names=names)
    return MeilisearchEngine(
        settings.home / "meilisearch",
        analyser_version=analyser.version,
        url=settings.meili_url,
        key=settings.meili_key,
        search_key=settings.meili_search_key,
        name=settings.meili_prefix,
    )
