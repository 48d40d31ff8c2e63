"""Citations followed through the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from kb.citations.find import find
from kb.citations.model import Citation
from kb.citations.query import read_query
from kb.citations.resolve import Context, Resolved, State, resolve
from kb.citations.walk import top_levels, walk
from kb.documents import Kind, Level, Status
from kb.errors import Removed, UnknownAct, UnknownUnit
from kb.language.model import Language
from kb.storage.model import ActSummary, OutlineEntry, UnitPlace

#: Acts and units that one look at the library may give.
MOST = 50


class Finder(Protocol):
    """What citations need of the library; see ``kb.storage.repository.Library`` for each method's promise."""

    def summary(self, act: str) -> ActSummary:
        """An act without its text."""
        ...

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
        """Acts that have all that is asked for."""
        ...

    def find_units(self, edition: str, levels: Collection[Level], numbers: Collection[str]) -> tuple[OutlineEntry, ...]:
        """Units of an edition by level and number."""
        ...

    def find_everywhere(
        self,
        levels: Collection[Level],
        numbers: Collection[str],
        *,
        language: Language | None = None,
        as_of: dt.date | None = None,
        limit: int = 50,
    ) -> tuple[UnitPlace, ...]:
        """Units by level and number in all acts."""
        ...

    def standing_edition(
        self, act: str, *, language: Language | None = None, as_of: dt.date | None = None
    ) -> str | None:
        """URI of an act's edition that stands on a day."""
        ...

    def entry(self, edition: str, eid: str) -> OutlineEntry | None:
        """A unit without its text."""
        ...

    def children(self, edition: str, parent: str) -> tuple[OutlineEntry, ...]:
        """Units right below one."""
        ...

    def run(self, edition: str, first: str, last: str) -> tuple[OutlineEntry, ...]:
        """Units of one level from one to another."""
        ...

    def path(self, edition: str, eid: str) -> tuple[OutlineEntry, ...]:
        """What is around a unit."""
        ...

    def paragraphs(self, edition: str, eid: str) -> int:
        """Number of paragraphs of a unit."""
        ...


@dataclass(frozen=True, slots=True)
class LibraryLookup:
    """The library as citations look at it; see ``kb.citations.resolve.Lookup``.

    Attributes:
        library: what is stored.
        language: language of the editions that are led to, where an act has one in it.
        as_of: day on which editions stand, None for the newest.
    """

    library: Finder
    language: Language | None = None
    as_of: dt.date | None = None

    def acts(
        self,
        *,
        kind: Kind | None = None,
        number: str | None = None,
        date: dt.date | None = None,
        year: int | None = None,
    ) -> Sequence[ActSummary]:
        """Acts that have all that is given."""
        return self.library.find_acts(kind=kind, number=number, date=date, year=year, limit=MOST)

    def titled(self, title: str) -> Sequence[ActSummary]:
        """Acts with this very title."""
        return self.library.find_acts(title=title, limit=MOST)

    def edition(self, act: str) -> str | None:
        """URI of the edition of an act that the reader is to see."""
        try:
            return self.library.standing_edition(act, language=self.language, as_of=self.as_of)
        except (UnknownAct, Removed):
            return None

    def units(self, edition: str, levels: Collection[Level], numbers: Collection[str]) -> Sequence[OutlineEntry]:
        """Units of an edition by level and number."""
        return self.library.find_units(edition, levels, numbers)

    def children(self, edition: str, parent: str) -> Sequence[OutlineEntry]:
        """Units right below one."""
        return self.library.children(edition, parent)

    def run(self, edition: str, first: str, last: str) -> Sequence[OutlineEntry]:
        """Units from one to another of its level."""
        return self.library.run(edition, first, last)

    def path(self, edition: str, eid: str) -> Sequence[OutlineEntry]:
        """Units around one, outermost first."""
        try:
            return self.library.path(edition, eid)
        except UnknownUnit:
            return ()

    def paragraphs(self, edition: str, eid: str) -> int:
        """Number of paragraphs of a unit's own text and its alineas."""
        return self.library.paragraphs(edition, eid)

    def entry(self, edition: str, eid: str) -> OutlineEntry | None:
        """A unit, or the one whose paragraph an eId names."""
        return self.library.entry(edition, eid) or self.library.entry(edition, eid.rpartition("__al_")[0])

    def everywhere(self, levels: Collection[Level], numbers: Collection[str]) -> Sequence[UnitPlace]:
        """Units by level and number in all acts."""
        return self.library.find_everywhere(levels, numbers, language=self.language, as_of=self.as_of, limit=MOST)


@dataclass(frozen=True, slots=True)
class FollowedUnit:
    """A unit that a citation leads to.

    Attributes:
        eid: its eId; of a paragraph of a unit's text ``…__al_N``.
        entry: the unit itself, or the one whose paragraph it is.
        exact: whether it is what is cited, not only what is around it.
    """

    eid: str
    entry: OutlineEntry
    exact: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An act, or a unit of it, that a citation may mean."""

    act: ActSummary
    edition: str | None
    eid: str | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What a citation leads to, with what is known of it.

    Attributes:
        resolved: the citation and how far it could be followed.
        act: the act, None unless one alone fits.
        units: units in the order cited.
        status: status of the first unit, else of the act; None without an act.
        candidates: what it may mean where the act is not sure, the most general law first.
    """

    resolved: Resolved
    act: ActSummary | None
    units: tuple[FollowedUnit, ...]
    status: Status | None
    candidates: tuple[Place, ...]


def context_of(library: Finder, act: str, *, language: Language | None = None, as_of: dt.date | None = None) -> Context:
    """The context of a text that stands in an act; UnknownAct or Removed where there is none held."""
    summary = library.summary(act)
    edition = library.standing_edition(summary.act, language=language, as_of=as_of)
    if edition is None:
        raise UnknownAct(act=act)
    return Context(summary.act, edition, summary.kind)


def cite_text(
    text: str, library: Finder, *, language: Language | None = None, context: Context | None = None
) -> tuple[Followed, ...]:
    """All citations of a text, followed.

    Args:
        text: any text.
        library: what is stored.
        language: language of the text, None where not known.
        context: where the text stands.
    """
    return tuple(
        follow(citation, LibraryLookup(library, language or citation.language), context)
        for citation in find(text, language)
    )


def resolve_text(
    text: str, library: Finder, *, language: Language | None = None, as_of: dt.date | None = None
) -> Followed | None:
    """The one citation that a text is, or the first that it holds; None where it holds none.

    Args:
        text: a citation as people or systems write it: ``ст. 12 закона № 127``.
        library: what is stored.
        language: language of the editions that are led to.
        as_of: day on which they stand.
    """
    read = read_query(text)
    citation = read.citation if read else next(iter(find(text)), None)
    if citation is None:
        return None
    return follow(citation, LibraryLookup(library, language or citation.language, as_of), None)


def follow(citation: Citation, lookup: LibraryLookup, context: Context | None) -> Followed:
    """Follow a citation and look up what it leads to."""
    resolved = resolve(citation, lookup, context)
    if resolved.act is None:
        return Followed(resolved, None, (), None, _candidates(resolved, lookup))
    act = lookup.library.summary(resolved.act)
    units = []
    for unit in resolved.units:
        for eid in unit.eids:
            entry = lookup.entry(resolved.edition or "", eid)
            if entry is not None:
                units.append(FollowedUnit(eid, entry, unit.exact))
    status = units[0].entry.status if units else act.status
    return Followed(resolved, act, tuple(units), status, ())


def _candidates(resolved: Resolved, lookup: LibraryLookup) -> tuple[Place, ...]:
    """Acts of the name; for a unit without an act all that have it."""
    citation = resolved.citation
    if resolved.state is State.AMBIGUOUS:
        path = citation.units[0].path if citation.units else ()
        found = []
        for act in resolved.candidates:
            edition = lookup.edition(act)
            eids, exact = walk(path, lookup, edition) if path and edition else ((), False)
            found.append(Place(lookup.library.summary(act), edition, eids[0] if exact and eids else None))
        return tuple(found)
    if citation.act is not None or not citation.units:
        return ()
    path = citation.units[0].path
    if path[0].number is None:
        return ()
    places = lookup.everywhere(top_levels(path[0].level), (path[0].number,))
    walked = [(place, *walk(path, lookup, place.edition)) for place in places]
    return tuple(Place(place.act, place.edition, eids[0]) for place, eids, exact in walked if exact and eids)
