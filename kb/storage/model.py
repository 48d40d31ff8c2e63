"""Values that the repository takes and returns beside documents: summaries, filters, changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.documents import ActReference, Doubt, Kind, Level, Report, Status
from kb.language.model import Language

Outcome = Literal["added", "updated", "unchanged"]
Event = Literal["added", "updated", "removed"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a document did.

    Attributes:
        outcome: added, updated or unchanged.
        act: URI of the act.
        edition: URI of the edition.
        sequence: newest outbox sequence when it was done.
        same_as: path of another file with the same bytes that the document stands on already, else None.
        stands_on: path of the file with other bytes whose text the edition keeps, else None.
        doubts: what storing adds to the report on the file.
    """

    outcome: Outcome
    act: str
    edition: str
    sequence: int
    same_as: str | None = None
    stands_on: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition without its text.

    Attributes:
        edition: URI of the edition.
        language: its language.
        date: newest amendment held, or None.
        until: day from which a later edition in the same language stands, or None.
        official: whether its text is official.
        original: SHA-256 of the file that it was read from.
        original_name: name of that file.
    """

    edition: str
    language: Language
    date: dt.date | None
    until: dt.date | None
    official: bool
    original: str
    original_name: str


@dataclass(frozen=True, slots=True)
class ActSummary:
    """An act without its text.

    Attributes:
        act: URI of the act.
        kind: its kind.
        titles: titles by language, of the newest editions.
        number: number as printed.
        date: date in its head.
        body: body that issued it, as printed.
        status: its status.
        status_by: the act that gave it its status.
        official: whether every text held of it is official.
        topics: slugs of TOPICS.
        audience: slugs of AUDIENCES.
        hours: length of a training material.
        first_lines: first words of its text in its first language, at most 300 characters.
        editions: its editions by language and date, oldest first; empty for an act known only by name.
    """

    act: str
    kind: Kind
    titles: Mapping[Language, str]
    number: str | None
    date: dt.date | None
    body: str | None
    status: Status
    status_by: ActReference | None
    official: bool
    topics: tuple[str, ...]
    audience: tuple[str, ...]
    hours: float | None
    first_lines: str
    editions: tuple[EditionSummary, ...]


Sort = Literal["title", "-title", "date", "-date", "number", "-number"]


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Which acts a list shows; None asks for nothing."""

    kind: str | None = None
    status: str | None = None
    language: str | None = None
    year: int | None = None
    body: str | None = None
    topic: str | None = None
    audience: str | None = None
    official: bool | None = None


@dataclass(frozen=True, slots=True)
class ActPage:
    """A page of a list of acts, the number of all that fit, and counts by field and value over all that fit."""

    acts: tuple[ActSummary, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of an edition's contents."""

    eid: str
    level: Level
    number: str | None
    heading: str | None
    parent: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit of an act in one of its editions.

    Attributes:
        act: the act.
        edition: URI of the edition.
        eid: eId of the unit.
    """

    act: ActSummary
    edition: str
    eid: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the outbox: what happened to an act, in order."""

    sequence: int
    time: dt.datetime
    who: str
    event: Event
    act: str
    edition: str | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """State of the library: acts held with text, those in force, time of the newest change or None."""

    acts: int
    in_force: int
    newest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that an edition was last read from, and what intake said of it.

    Attributes:
        edition: URI of the edition.
        title: title of the edition.
        name: file name without folders.
        media_type: media type by content.
        sha256: SHA-256 of its bytes, hexadecimal.
        size: number of its bytes.
        read: when it was read.
        version: version of the intake that read it.
        report: what intake said of it.
    """

    edition: str
    title: str
    name: str
    media_type: str
    sha256: str
    size: int
    read: dt.datetime
    version: str
    report: Report


@dataclass(frozen=True, slots=True)
class EditionFile:
    """A file of an edition (FRBR manifestation).

    Attributes:
        name: file name without folders.
        sha256: SHA-256 of its bytes, hexadecimal.
        stands: whether the edition's text is taken from it.
    """

    name: str
    sha256: str
    stands: bool


@dataclass(frozen=True, slots=True)
class DoubtfulFile:
    """A file that a person should look at, with the numbers of its report.

    Attributes:
        edition: URI of the edition that was last read from it.
        title: title of the edition.
        name: file name without folders.
        characters: characters of its text, white space not counted.
        placed: those that a rule placed.
        pieces: number of the pieces left out.
        gaps: number of breaks in the numbering.
        warnings: number of doubts.
    """

    edition: str
    title: str
    name: str
    characters: int
    placed: int
    pieces: int
    gaps: int
    warnings: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page of files that a person should look at, the number of all of them, and of all that editions stand on."""

    sources: tuple[DoubtfulFile, ...]
    total: int
    held: int
