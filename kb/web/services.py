"""What the pages need of the rooms below, so that tests and bootstrap can give it in their own way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol

from kb.documents import Document, Original, Report, Status, Unit
from kb.language.model import Language
from kb.search.model import Query, Results
from kb.storage.model import (
    ActFilter,
    ActPage,
    ActSummary,
    Change,
    EditionFile,
    OutlineEntry,
    Sort,
    SourceFile,
    SourcePage,
    Statistics,
)
from kb.usecases.administration import Administration
from kb.usecases.citing import Finder
from kb.usecases.drafts import Drafts
from kb.usecases.forms import Forms
from kb.usecases.legal import Bases


class LibraryReader(Finder, Protocol):
    """The reading half of the library; see ``kb.storage.repository.Library`` for each method's promise."""

    def canonical(self, act: str) -> str:
        """URI that the act has now; unknown and removed acts raise."""
        ...

    def summary(self, act: str) -> ActSummary:
        """An act without its text."""
        ...

    def list_acts(
        self,
        which: ActFilter,
        /,
        *,
        sort: Sort = "title",
        language: Language = Language.KY,
        limit: int = 50,
        offset: int = 0,
    ) -> ActPage:
        """A page of the acts that fit."""
        ...

    def document(self, act: str, *, language: Language | None = None, as_of: dt.date | None = None) -> Document:
        """The edition of an act that stood on a day, with all its text."""
        ...

    def edition(self, uri: str) -> Document:
        """An edition with all its text."""
        ...

    def outline(self, edition: str) -> tuple[OutlineEntry, ...]:
        """Headings of an edition."""
        ...

    def units(self, edition: str, eid: str) -> tuple[Unit, ...]:
        """A unit and all below it, in document order."""
        ...

    def path(self, edition: str, eid: str) -> tuple[OutlineEntry, ...]:
        """What is around a unit, outermost first."""
        ...

    def neighbours(self, edition: str, eid: str) -> tuple[OutlineEntry | None, OutlineEntry | None]:
        """Units of the same level before and after."""
        ...

    def status_of(self, edition: str) -> Mapping[str, Status]:
        """Effective status of each unit by eId."""
        ...

    def report(self, edition: str) -> Report:
        """What intake said of an edition."""
        ...

    def source(self, edition: str) -> SourceFile:
        """The file that an edition was last read from, with the report on it."""
        ...

    def files(self, edition: str) -> tuple[EditionFile, ...]:
        """Files of an edition, first the one that its text is taken from."""
        ...

    def doubtful(self, *, limit: int = 50, offset: int = 0) -> SourcePage:
        """Files that a person should look at, the worst first."""
        ...

    def recognised(self, editions: Collection[str]) -> Mapping[str, float]:
        """Of some editions those whose text was recognised from pictures, with its mean confidence."""
        ...

    def original(self, sha256: str) -> Original:
        """A file as it came."""
        ...

    def topics(self) -> Mapping[str, int]:
        """Number of acts by topic."""
        ...

    def statistics(self) -> Statistics:
        """State of the library."""
        ...

    def changes(self, since: int, *, limit: int = 1000) -> tuple[Change, ...]:
        """What happened after a sequence, in order."""
        ...

    def newest_sequence(self) -> int:
        """Sequence of the newest change, 0 if there is none."""
        ...


class Searcher(Protocol):
    """Answers queries."""

    def search(self, query: Query) -> Results:
        """Groups that answer the query, best first."""
        ...


class WebLimits(Protocol):
    """Bounds on requests."""

    @property
    def query_characters(self) -> int:
        """Length of a query, in characters."""
        ...

    @property
    def requests_per_minute(self) -> int:
        """API requests of one address, 0 for no limit."""
        ...

    @property
    def answers_bytes(self) -> int:
        """Size of the answers to a form, in bytes."""
        ...


class WebServices(Protocol):
    """What bootstrap gives to ``create_app``."""

    @property
    def library(self) -> LibraryReader:
        """The library."""
        ...

    @property
    def searcher(self) -> Searcher:
        """The search."""
        ...

    @property
    def drafts(self) -> Drafts:
        """Forms that people are filling in."""
        ...

    @property
    def forms(self) -> Forms:
        """The forms that there are."""
        ...

    @property
    def administration(self) -> Administration:
        """Knows who may administer."""
        ...

    @property
    def bases(self) -> Bases:
        """Finds what stands behind the clauses of forms."""
        ...

    @property
    def limits(self) -> WebLimits:
        """The bounds."""
        ...
