"""Citations of a shown text that lead to one sure place, for links in the text."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from kb.citations.find import find
from kb.citations.model import Citation, Role
from kb.citations.resolve import Context, Resolved, State, resolve
from kb.citations.walk import HeldUnit
from kb.documents import Block, BlockKind, Edition, Kind, Level, SpanKind, Unit
from kb.storage.model import ActSummary
from kb.usecases.citing import Finder, LibraryLookup

#: What any citation holds: a number, or a word that points or names without one.
_MAY_CITE = re.compile(r"\d|настоящ|ушул|кодекс|конституц", re.IGNORECASE)
#: Titles of acts that change others: what they cite without a name is the other act's, and so are their quotations.
_AMENDS = re.compile(r"внесени\w{1,3} (?:\w{1,20} ){0,3}(?:изменени|дополнени)|өзгөртүү|толуктоо", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Citations that one paragraph shows as links.
MOST = 100
#: Time that following citations may take of one page.
SECONDS = 0.25
#: Paragraphs whose links are kept for one edition.
KEPT = 5_000


@dataclass(frozen=True, slots=True)
class TextLink:
    """Characters ``start`` to ``end`` (exclusive) of a paragraph, and the unit of an edition that they cite.

    Attributes:
        start: offset of the first character.
        end: offset behind the last.
        edition: URI of the edition.
        eid: eId of the unit, of a range the first; None for the whole act.
    """

    start: int
    end: int
    edition: str
    eid: str | None


class OwnUnits:
    """Units of an edition that is at hand, as ``kb.citations.walk.Shelf`` gives those of the library."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Look among ``units``, in document order."""
        self._units = units
        self._at = {unit.eid: at for at, unit in enumerate(units)}
        self._numbered: dict[str | None, list[int]] = {}
        self._below: dict[str, list[Unit]] = {}
        for at, unit in enumerate(units):
            self._numbered.setdefault(unit.number, []).append(at)
            if unit.parent is not None:
                self._below.setdefault(unit.parent, []).append(unit)

    def units(self, levels: Collection[Level], numbers: Collection[str]) -> Sequence[HeldUnit]:
        """Units that have one of these levels and one of these numbers, in document order."""
        places = sorted({at for number in numbers for at in self._numbered.get(number, ())})
        return [self._units[at] for at in places if self._units[at].level in levels]

    def children(self, parent: str) -> Sequence[HeldUnit]:
        """Units right below one."""
        return self._below.get(parent, [])

    def run(self, first: str, last: str) -> Sequence[HeldUnit]:
        """Units of the level of ``first`` from it to ``last``."""
        if first not in self._at or last not in self._at:
            return ()
        one, other = self._at[first], self._at[last]
        levels = {self._units[one].level, self._units[other].level}
        return [unit for unit in self._units[one : other + 1] if unit.level in levels]

    def path(self, eid: str) -> Sequence[HeldUnit]:
        """Units around one, outermost first; empty where there is no such unit."""
        around: list[Unit] = []
        at = self._at.get(eid)
        while at is not None and len(around) <= len(self._units):
            around.append(self._units[at])
            at = self._at.get(around[-1].parent or "")
        return around[:0:-1]

    def paragraphs(self, eid: str) -> int:
        """Number of paragraphs of a unit's own text and its alineas."""
        at = self._at.get(eid)
        if at is None:
            return 0
        below = self._below.get(eid, ())
        return len(self._units[at].body) + sum(unit.level is Level.ALINEA for unit in below)


class NearLookup:
    """The library with one edition at hand, as ``kb.citations.resolve.Lookup``; see ``LibraryLookup``."""

    def __init__(self, far: LibraryLookup, act: str, edition: str, own: OwnUnits | None) -> None:
        """Look up ``edition`` of ``act`` in ``own`` where that is given, all others in ``far``."""
        self._far = far
        self._act = act
        self._edition = edition
        self._own = own
        self._acts: dict[tuple[Kind | None, str | None, dt.date | None, int | None], Sequence[ActSummary]] = {}

    def acts(
        self,
        *,
        kind: Kind | None = None,
        number: str | None = None,
        date: dt.date | None = None,
        year: int | None = None,
    ) -> Sequence[ActSummary]:
        """Acts that have all that is given; an amending act is named many times over."""
        key = (kind, number, date, year)
        if key not in self._acts:
            self._acts[key] = self._far.acts(kind=kind, number=number, date=date, year=year)
        return self._acts[key]

    def titled(self, title: str) -> Sequence[ActSummary]:
        """Acts with this very title."""
        return self._far.titled(title)

    def edition(self, act: str) -> str | None:
        """The edition at hand of its own act, of others the one that stands."""
        return self._edition if act == self._act else self._far.edition(act)

    def units(self, edition: str, levels: Collection[Level], numbers: Collection[str]) -> Sequence[HeldUnit]:
        """Units of an edition by level and number."""
        own = self._at_hand(edition)
        return own.units(levels, numbers) if own else self._far.units(edition, levels, numbers)

    def children(self, edition: str, parent: str) -> Sequence[HeldUnit]:
        """Units right below one."""
        own = self._at_hand(edition)
        return own.children(parent) if own else self._far.children(edition, parent)

    def run(self, edition: str, first: str, last: str) -> Sequence[HeldUnit]:
        """Units from one to another of its level."""
        own = self._at_hand(edition)
        return own.run(first, last) if own else self._far.run(edition, first, last)

    def path(self, edition: str, eid: str) -> Sequence[HeldUnit]:
        """Units around one, outermost first."""
        own = self._at_hand(edition)
        return own.path(eid) if own else self._far.path(edition, eid)

    def paragraphs(self, edition: str, eid: str) -> int:
        """Number of paragraphs of a unit's own text and its alineas."""
        own = self._at_hand(edition)
        return own.paragraphs(eid) if own else self._far.paragraphs(edition, eid)

    def _at_hand(self, edition: str) -> OwnUnits | None:
        return self._own if edition == self._edition else None


class Linker:
    """Links in the text of one edition, each computed once; safe to use from several threads.

    Only what leads to one act and to every unit that is cited becomes a link: nothing that several acts may mean,
    nothing that is not there. In an act that changes others only citations that name their act do, and a bare
    ``статья 12`` only in a paragraph that names no other act.
    """

    def __init__(
        self,
        library: Finder,
        edition: Edition,
        kind: Kind,
        title: str,
        *,
        as_of: dt.date,
        units: Sequence[Unit] | None = None,
    ) -> None:
        """Follow the citations of ``edition``.

        Args:
            library: what is stored.
            edition: the edition shown.
            kind: kind of its act.
            title: its title.
            as_of: day on which the editions of other acts stand.
            units: all its units where they are at hand; they are looked up in the library otherwise.
        """
        own = OwnUnits(units) if units is not None else None
        far = LibraryLookup(library, edition.language, as_of)
        self._lookup = NearLookup(far, edition.act, edition.uri, own)
        self._edition = edition
        self._kind = kind
        self._amends = _AMENDS.search(title) is not None
        self._known: dict[tuple[str, str, bool], tuple[TextLink, ...]] = {}
        self._lock = Lock()

    def page(self) -> PageLinks:
        """Links of what one page shows."""
        return PageLinks(self)

    def links(self, eid: str, text: str, *, note: bool, compute: bool) -> tuple[TextLink, ...] | None:
        """Links of a text that stands in a unit.

        Args:
            eid: the unit.
            text: the text, superscripts as superscript characters.
            note: whether it is a note about the unit, in which only acts that are named become links.
            compute: whether to follow citations that were not followed before.

        Returns:
            Links in order, none overlapping another; None where they were not followed before and are not to be.
        """
        key = (eid, text, note)
        with self._lock:
            found = self._known.get(key)
        if found is None and compute:
            found = tuple(self._follow(eid, text, named_only=note or self._amends))
            with self._lock:
                if len(self._known) >= KEPT:
                    self._known.clear()
                self._known[key] = found
        return found

    def _follow(self, eid: str, text: str, *, named_only: bool) -> Iterator[TextLink]:
        citations = find(text, self._edition.language)[:MOST]
        named = any(citation.role is Role.NAMED for citation in citations)
        context = Context(self._edition.act, self._edition.uri, self._kind, eid)
        end = 0
        for citation in citations:
            if citation.role is not Role.NAMED and named_only:
                continue
            if citation.role is Role.BARE and named:
                continue
            resolved = resolve(citation, self._lookup, context)
            if resolved.state is not State.EXACT or resolved.edition is None:
                continue
            for link in sorted(_places(citation, resolved, resolved.edition), key=lambda link: link.start):
                if link.start >= end and not self._around(eid, link):
                    end = link.end
                    yield link

    def _around(self, eid: str, link: TextLink) -> bool:
        """Whether a link leads to where the text stands itself."""
        if link.edition != self._edition.uri:
            return False
        return link.eid is None or link.eid == eid or eid.startswith(f"{link.eid}__")


class PageLinks:
    """Links of what one page shows; a page that would take too long has fewer of them, more the next time."""

    def __init__(self, linker: Linker) -> None:
        """Links by ``linker``."""
        self._linker = linker
        self._spent = 0.0

    def block(self, eid: str, block: Block) -> tuple[TextLink, ...]:
        """Links of a paragraph of the unit ``eid``, in order, none overlapping another; none of a table."""
        return () if block.kind is BlockKind.TABLE else self._links(eid, raised(block), note=False)

    def note(self, eid: str, text: str) -> tuple[TextLink, ...]:
        """Links of a note about the unit ``eid``: of the acts that it names."""
        return self._links(eid, text, note=True)

    def _links(self, eid: str, text: str, *, note: bool) -> tuple[TextLink, ...]:
        if not _MAY_CITE.search(text):
            return ()
        started = time.perf_counter()
        found = self._linker.links(eid, text, note=note, compute=self._spent < SECONDS)
        self._spent += time.perf_counter() - started
        return found or ()


def _places(citation: Citation, resolved: Resolved, edition: str) -> Iterator[TextLink]:
    """Where a citation leads: as a whole, or each of its units by its own words."""
    if not resolved.units:
        yield TextLink(citation.start, citation.end, edition, None)
    for unit in resolved.units:
        alone = len(resolved.units) == 1
        start, end = (citation.start, citation.end) if alone else (unit.unit.start, unit.unit.end)
        if unit.eids and unit.exact:
            yield TextLink(start, end, edition, unit.eids[0])


def raised(block: Block) -> str:
    """A paragraph's text with superscript digits as superscript characters, so that 21¹ is not read as 211."""
    text = block.text
    for span in block.spans:
        if span.kind is SpanKind.SUPERSCRIPT:
            text = text[: span.start] + text[span.start : span.end].translate(_RAISED) + text[span.end :]
    return text
