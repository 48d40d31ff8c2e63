"""What a search engine must do for us: keep records, and find candidates among them.

An engine knows nothing of ranking. It returns a window of candidates, from which ``ranking`` makes the
order, and counts over all that match.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kb.search.model import Filters
from kb.search.records import Record
from kb.search.vocabulary import Vocabulary

#: Facets of every answer, in their order; each is a field of Filters too.
FACETS = ("kind", "lang", "status", "year", "body", "topic", "official")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a request: a record has it if it has any of these.

    Attributes:
        keys: analysed keys, in title, heading or text.
        numbers: numbers, where they are the record's own ``number``.
        also: phrases of keys that stand for it, in heading or text, with one word between two of them at most. Records
            that have the word by these alone come behind the others in the window.
    """

    keys: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """Which records are candidates.

    Attributes:
        as_of: day on which they must be valid.
        filters: what they must be.
        words: words of which at least ``required`` must match, at least one of them outside the act's title.
        required: number of words that must match.
        phrases: surface forms that must stand side by side in one field; each phrase must match.
        excluded: words and phrases of which none may match, as tuples of keys and of surface forms.
        excluded_phrases: phrases of which none may match.
        numbers: numbers of which the record's own or its act's must be one; empty for any.
        documents_only: whole documents alone.
        window: how many candidates to return at most, 0 for counts alone.
        skip: how many of the engine's best to leave out before the window.
        facets: facets to count.
    """

    as_of: dt.date
    filters: Filters = field(default_factory=Filters)
    words: tuple[Word, ...] = ()
    required: int = 0
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Word, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    documents_only: bool = False
    window: int = 200
    skip: int = 0
    facets: tuple[str, ...] = FACETS


class Candidate(NamedTuple):
    """A record that matches, as far as ranking needs it; a tuple, for hundreds are made for each search.

    Attributes:
        id: the record's id.
        score: the engine's own score; only its order counts.
        edition: URI of the edition.
        eid: the record's eId, None for a whole document.
        within: the record's ``within``.
        place: the record's ``place``.
        number: the record's ``number``.
        lang: language.
        kind: kind of the act.
        status: effective status.
        title: surface forms of the title.
        heading: surface forms of the heading.
        body: surface forms of the text.
        load: gives the whole record (its keys may be left empty).
    """

    id: str
    score: float
    edition: str
    eid: str | None
    within: str | None
    place: int
    number: str | None
    lang: str
    kind: str
    status: str
    title: tuple[str, ...]
    heading: tuple[str, ...]
    body: tuple[str, ...]
    load: Callable[[], Record]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Answer to a request.

    Attributes:
        window: candidates, the engine's best first.
        total: number of records that match.
        facets: count of matching records by facet and value; each facet disregards its own filter.
        prepare: brings the whole records of some of the window in one go, so that their ``load`` need not wait.
    """

    window: tuple[Candidate, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    prepare: Callable[[Sequence[Candidate]], None] = lambda candidates: None


class Writer(Protocol):
    """The one writer of an index; nothing is seen by searches before ``commit``."""

    def replace_edition(self, edition: str, records: Iterable[Record]) -> None:
        """Put ``records`` in the place of all that the index holds of the edition; doing it twice changes nothing."""
        ...

    def remove_edition(self, edition: str) -> None:
        """Take out all records of an edition."""
        ...

    def remove_act(self, act: str) -> None:
        """Take out all records of all editions of an act."""
        ...

    def commit(self, sequence: int) -> None:
        """Make all changes visible at once, together with the outbox sequence that they reach.

        A crash leaves the index as the last commit left it.
        """
        ...


class Engine(Protocol):
    """An index and its searches; safe to use from several threads."""

    def sequence(self) -> int:
        """Outbox sequence of the last commit; 0 where there is no index."""
        ...

    def needs_rebuild(self) -> bool:
        """Whether there is no index, or one of another schema or analyser version, so that searches would fail."""
        ...

    def writer(self, *, wait: float = 0.0) -> AbstractContextManager[Writer | None]:
        """The writer of the live index, for as long as the context lasts.

        What was not committed is dropped at the context's end.

        Args:
            wait: seconds to wait for another writer to finish.

        Returns:
            A context that gives the writer, or None while another process or thread holds it.

        Raises:
            IndexMissing: ``needs_rebuild``; use ``rebuild``.
        """
        ...

    def rebuild(self, *, wait: float = 0.0, stems: bytes = b"") -> AbstractContextManager[Writer | None]:
        """A writer of a new, empty index that takes the live one's place when the context ends without error.

        Searches go on in the old index until then, even in other processes. ``commit`` must have been called
        at the end; it may be called often, to bound memory.

        Args:
            wait: seconds to wait for another writer to finish.
            stems: table of stems that the records are made with; the index keeps it, ``stems`` gives it back.

        Returns:
            A context that gives the writer, or None while another process or thread holds it.
        """
        ...

    def candidates(self, request: Request) -> Candidates:
        """Records that match.

        Raises:
            IndexMissing: ``needs_rebuild``.
            EngineUnavailable: the engine does not answer.
        """
        ...

    def stems(self) -> bytes:
        """Table of stems that the index was built with: queries must be read by it, and further records made.

        It never changes within an index; a rebuilt one brings its own. While it stays, the same object is returned.

        Raises:
            IndexMissing: ``needs_rebuild``.
        """
        ...

    def vocabulary(self) -> Vocabulary:
        """Words of the records that the index holds now.

        Raises:
            IndexMissing: ``needs_rebuild``.
        """
        ...

    def record(self, edition: str, eid: str | None) -> Record | None:
        """The group record of a unit (or of the whole document), None where the index has none."""
        ...
