"""Citations followed through the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.documents import Kind, Level
from kb.errors import Removed, UnknownAct, UnknownUnit
from kb.language.model import Language
from kb.storage.model import ActSummary, OutlineEntry, UnitPlace
from kb.storage.repository import Library

#: Acts and units that one look at the library may give.
MOST = 50


@dataclass(frozen=True, slots=True)
class LibraryLookup:
    """The library as citations look at it; see ``kb.citations.resolve.Lookup``.

    Attributes:
        library: what is stored.
        language: language of the editions that are led to, where an act has one in it.
        as_of: day on which editions stand, None for the newest.
    """

    library: Library
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

    def everywhere(self, levels: Collection[Level], numbers: Collection[str]) -> Sequence[UnitPlace]:
        """Units by level and number in all acts."""
        return self.library.find_everywhere(levels, numbers, language=self.language, as_of=self.as_of, limit=MOST)
