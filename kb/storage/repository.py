"""The library: the only door between stored rows and the values of the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

import sqlalchemy as sa

from kb.documents import Document, Intake, Kind, Level, Original, Report, Status, Unit
from kb.language.model import Language
from kb.storage import finding, listing, reports, writing
from kb.storage import reading as read
from kb.storage.database import reading
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
    Stored,
    UnitPlace,
)


class Library:
    """Acts, editions, units and files of one database; frozen values go in and come out, rows never leave.

    Threads and processes may use one library at the same time. Any method may raise DatabaseUnavailable. An act's
    earlier addresses lead to it; of an act that was removed every method that names one raises Removed, whose
    parameter ``replaced_by`` is the act instead of it, empty for none.
    """

    def __init__(self, engine: sa.Engine) -> None:
        """Use a database that ``upgrade`` has brought up to the code's schema."""
        self._engine = engine

    # --- taking in and removing

    def store(self, intake: Intake, *, who: str, version: str, fingerprint: str = "") -> Stored:
        """Take a document in, whole or not at all, in one transaction that also writes the outbox.

        The outbox gets a row for the document's edition, last. Before it stand rows of editions that readers see
        otherwise now (another interval, status, topic or address), and before these one without an edition for each
        act whose address, or that of an edition, holds no longer: what is still there follows as updated.

        Args:
            intake: document, report and file. The bytes of one file at one path are one edition: read otherwise than
                before, the edition moves to its new act, language or date.
            who: who did it, for the audit trail.
            version: version of the code that read the file.
            fingerprint: of the hints that it was read with (sidecar, options); ``known`` compares it.

        Returns:
            ``unchanged`` if these bytes stand for this very document already, or if the edition keeps the text of a
            file at another path (``stands_on``): because this one lay here unaltered when that one came, or because
            it says the same; ``added`` for a new edition, ``updated`` for other text, metadata or bytes of an edition
            that was there. Where the text was that of a file at another path before, ``doubts`` says so.

        Raises:
            BrokenDocument: two units have one eId, or a unit comes before the one around it; nothing is stored.
        """
        return writing.store(self._engine, intake, who=who, version=version, fingerprint=fingerprint)

    def remove(self, act: str, *, who: str, replaced_by: str | None = None) -> Change:
        """Remove an act: a tombstone stays at its address, its files are kept, storing one of them brings it back.

        Args:
            act: URI of the act.
            who: who did it.
            replaced_by: URI of a live act to which readers are sent instead.

        Raises:
            UnknownAct: no such act, or none at ``replaced_by``.
            Removed: it was removed before.
        """
        return writing.remove(self._engine, act, who=who, replaced_by=replaced_by)

    def known(self, path: str, sha256: str, version: str, fingerprint: str) -> Intake | None:
        """What an unchanged file was read as, so that it need not be read again.

        Args:
            path: where the file lies.
            sha256: SHA-256 of its bytes, hexadecimal.
            version: version of the code that would read it.
            fingerprint: of the hints that it would be read with.

        Returns:
            Document, report and file if these bytes are what was last read at this path, by the same version with
            the same hints, and their edition is held; else None. Where the edition has its text from a file at
            another path, document and file are those, and only the report is that on the file asked for.
        """
        with reading(self._engine) as connection:
            return read.read_known(connection, path, sha256, version, fingerprint)

    # --- acts

    def summary(self, act: str) -> ActSummary:
        """An act without its text; UnknownAct if there is none at this address."""
        with reading(self._engine) as connection:
            return listing.summaries(connection, [read.find_act(connection, act)])[0]

    def canonical(self, act: str) -> str:
        """Present address of the act at ``act``; UnknownAct if there is none."""
        with reading(self._engine) as connection:
            return str(read.find_act(connection, act).uri)

    def list_acts(
        self,
        filter: ActFilter,
        *,
        sort: Sort = "title",
        language: Language = Language.KY,
        limit: int = 50,
        offset: int = 0,
    ) -> ActPage:
        """A page of the acts that are held with text.

        Args:
            filter: what the acts must be; ``body`` as printed or as in URIs.
            sort: order; titles by the Kyrgyz alphabet, numbers by value, acts without date or number last.
            language: language of the titles that acts are sorted by, where they have one.
            limit: acts on the page, 0 for counts alone.
            offset: acts before the page.

        Returns:
            The page, the number of all fitting acts, and counts by kind, status, language, year, body, topic,
            audience and official, most first; a field's counts disregard what the filter asks of that field.
        """
        with reading(self._engine) as connection:
            return listing.list_acts(connection, filter, sort=sort, language=language, limit=limit, offset=offset)

    def topics(self) -> Mapping[str, int]:
        """Number of acts under each topic of TOPICS, in its order, empty ones included."""
        with reading(self._engine) as connection:
            return listing.count_topics(connection)

    def statistics(self) -> Statistics:
        """State of the library."""
        with reading(self._engine) as connection:
            return listing.read_statistics(connection)

    # --- editions

    def document(self, act: str, *, language: Language | None = None, as_of: dt.date | None = None) -> Document:
        """An edition of an act, whole.

        Number, date, body, status, topics and audience that only another text of the act gives are in its metadata
        too; status is the act's.

        Args:
            act: URI of the act.
            language: its language; None for the first one held, Kyrgyz before Russian.
            as_of: day on which the edition stands; None for the newest. An undated edition stands from the act's
                date, or always.

        Raises:
            UnknownAct: no such act, or no text of it in this language that stood on this day.
        """
        with reading(self._engine) as connection:
            row = read.find_act(connection, act)
            return read.read_document(connection, read.standing(connection, row, language, as_of))

    def edition(self, uri: str) -> Document:
        """The edition at an address, such as ``…/kir@2024-09-30``, or ``…/kir:2016-05-01`` as of a day."""
        with reading(self._engine) as connection:
            return read.read_document(connection, read.find_edition(connection, uri))

    def outline(self, edition: str) -> tuple[OutlineEntry, ...]:
        """Contents of an edition in document order, texts not loaded.

        Parts, sections, chapters, subchapters, articles, clauses, appendices, preamble and conclusions.
        """
        with reading(self._engine) as connection:
            return read.read_outline(connection, read.find_edition(connection, edition))

    def units(self, edition: str, eid: str) -> tuple[Unit, ...]:
        """A unit and all below it in document order; UnknownUnit if the edition has none such."""
        with reading(self._engine) as connection:
            return read.read_units(connection, read.find_edition(connection, edition), eid)

    def path(self, edition: str, eid: str) -> tuple[OutlineEntry, ...]:
        """What is around a unit, outermost first, the unit left out; UnknownUnit if there is none such."""
        with reading(self._engine) as connection:
            return read.read_path(connection, read.find_edition(connection, edition), eid)

    def neighbours(self, edition: str, eid: str) -> tuple[OutlineEntry | None, OutlineEntry | None]:
        """What stands before and after a unit, None at an end; UnknownUnit if there is none such.

        An article or clause has those of its level in the whole text, what is inside one those of its level and
        parent.
        """
        with reading(self._engine) as connection:
            return read.read_neighbours(connection, read.find_edition(connection, edition), eid)

    def status_of(self, edition: str) -> Mapping[str, Status]:
        """Effective status of every unit of an edition by eId: its own, else that of what is around it or the act's."""
        with reading(self._engine) as connection:
            return read.read_status(connection, read.find_edition(connection, edition))

    def editions(self) -> Iterator[str]:
        """URIs of all live editions, by address."""
        with reading(self._engine) as connection:
            return iter(listing.live_editions(connection))

    # --- what citations look for

    def find_acts(
        self,
        *,
        kind: Kind | None = None,
        number: str | None = None,
        date: dt.date | None = None,
        year: int | None = None,
        title: str | None = None,
        limit: int = 50,
    ) -> tuple[ActSummary, ...]:
        """Acts held with text that have all that is asked for.

        Args:
            kind: kind of the act.
            number: its number; case, punctuation and leading noughts do not count.
            date: date in its head.
            year: year of that date.
            title: its whole title in Kyrgyz or Russian; case and punctuation do not count.
            limit: acts at most.

        Returns:
            Acts in force first, of these the most general law, of these the newest.
        """
        key = finding.ActKey(kind, number, date, year, title)
        with reading(self._engine) as connection:
            return finding.find_acts(connection, key, limit)

    def find_units(self, edition: str, levels: Collection[Level], numbers: Collection[str]) -> tuple[OutlineEntry, ...]:
        """Units of an edition that have one of some levels and one of some numbers, in document order."""
        with reading(self._engine) as connection:
            return finding.find_units(connection, read.find_edition(connection, edition), levels, numbers)

    def find_everywhere(
        self,
        levels: Collection[Level],
        numbers: Collection[str],
        *,
        language: Language | None = None,
        as_of: dt.date | None = None,
        limit: int = 50,
    ) -> tuple[UnitPlace, ...]:
        """Units of some levels and numbers in all acts.

        Args:
            levels: levels that the units may have.
            numbers: numbers that they may have.
            language: language of the edition where the act has one in it, else of the first held.
            as_of: day on which the edition stands; None for the newest.
            limit: units at most.

        Returns:
            Units in the order of ``find_acts``, those of one act in document order; one edition for each act.
        """
        with reading(self._engine) as connection:
            return finding.find_everywhere(connection, levels, numbers, language=language, as_of=as_of, limit=limit)

    def standing_edition(
        self, act: str, *, language: Language | None = None, as_of: dt.date | None = None
    ) -> str | None:
        """URI of an act's edition that stands on a day, in a language where it has one, else in the first held."""
        with reading(self._engine) as connection:
            return finding.standing_edition(connection, read.find_act(connection, act), language, as_of)

    def entry(self, edition: str, eid: str) -> OutlineEntry | None:
        """A unit without its text, None where the edition has none such."""
        with reading(self._engine) as connection:
            return finding.read_entry(connection, read.find_edition(connection, edition), eid)

    def children(self, edition: str, parent: str) -> tuple[OutlineEntry, ...]:
        """Units right below one in document order; empty where there is no such unit."""
        with reading(self._engine) as connection:
            return finding.read_children(connection, read.find_edition(connection, edition), parent)

    def run(self, edition: str, first: str, last: str) -> tuple[OutlineEntry, ...]:
        """Units of one level from the eId ``first`` to ``last`` in document order, both included."""
        with reading(self._engine) as connection:
            return finding.read_run(connection, read.find_edition(connection, edition), first, last)

    def paragraphs(self, edition: str, eid: str) -> int:
        """Number of paragraphs that can be addressed as ``…__al_N`` below a unit; 0 where there is no such unit."""
        with reading(self._engine) as connection:
            return finding.count_paragraphs(connection, read.find_edition(connection, edition), eid)

    # --- files

    def report(self, edition: str) -> Report:
        """Report of intake on the file that an edition was last read from."""
        with reading(self._engine) as connection:
            return read.read_report(connection, read.find_edition(connection, edition))

    def source(self, edition: str) -> SourceFile:
        """The file that an edition was last read from, with the report on it; its bytes are ``original``'s."""
        with reading(self._engine) as connection:
            return reports.read_source(connection, read.find_edition(connection, edition))

    def files(self, edition: str) -> tuple[EditionFile, ...]:
        """All files of an edition that lie where they were read, each content once, first the one that stands."""
        with reading(self._engine) as connection:
            return reports.list_files(connection, read.find_edition(connection, edition))

    def doubtful(self, *, limit: int = 50, offset: int = 0) -> SourcePage:
        """Files that a person should look at: with doubts, with gaps in the numbering, or with more than a hundredth
        of the text left out; those of which most is left out first, then those with most doubts and gaps.
        """
        with reading(self._engine) as connection:
            return reports.list_doubtful(connection, limit, offset)

    def recognised(self, editions: Collection[str]) -> Mapping[str, float]:
        """Of some editions those whose text was recognised from pictures, each with its mean confidence, 0 to 1."""
        with reading(self._engine) as connection:
            return reports.read_recognised(connection, editions)

    def original(self, sha256: str) -> Original:
        """A file as it came; UnknownAct if there is none with these bytes."""
        with reading(self._engine) as connection:
            return read.read_original(connection, sha256)

    # --- changes

    def changes(self, since: int, *, limit: int = 1000) -> tuple[Change, ...]:
        """Changes after the sequence ``since``, oldest first; sequences have no gaps and never come late."""
        with reading(self._engine) as connection:
            return listing.read_changes(connection, since, limit)

    def newest_sequence(self) -> int:
        """Sequence of the newest change, 0 before the first."""
        with reading(self._engine) as connection:
            return writing.newest_sequence(connection)
