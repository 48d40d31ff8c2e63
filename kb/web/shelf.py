"""Editions taken from the library for reading; the ones last read stay at hand until something changes."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from kb.documents import Document
from kb.errors import Missing, UnknownAct
from kb.language.model import Language
from kb.storage.model import ActSummary, EditionSummary
from kb.web.services import LibraryReader
from kb.web.urls import Address

#: Editions kept; one of a whole code takes a few megabytes.
KEPT = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to: the act, and the edition to show or None for an act held by name only."""

    act: ActSummary
    edition: EditionSummary | None


def choose(act: ActSummary, address: Address, reader: Language, today: dt.date) -> EditionSummary | None:
    """The edition that an address asks for.

    Args:
        act: the act.
        address: what is asked for.
        reader: language of the interface; taken where the address leaves the language open, if held.
        today: the day.

    Returns:
        The edition, or None for an act without any.

    Raises:
        UnknownAct: no edition in that language or of that day is held.
    """
    if not act.editions:
        return None
    if address.expression:
        for one in act.editions:
            if one.edition == address.expression:
                return one
        raise UnknownAct(reason="no_edition", act=act.act)
    held = list(dict.fromkeys(one.language for one in act.editions))
    language = address.language or (reader if reader in held else min(held, key=list(Language).index))
    editions = [one for one in act.editions if one.language is language]
    day = address.as_of or today
    standing = [one for one in editions if _stands(one, act, day)]
    if standing:
        return standing[-1]
    if address.as_of or not editions:
        raise UnknownAct(reason="no_edition", act=act.act)
    return editions[0]


def _stands(edition: EditionSummary, act: ActSummary, day: dt.date) -> bool:
    start = edition.date or act.date or dt.date.min
    return start <= day and (edition.until is None or day < edition.until)


class Shelf:
    """Reads editions of a library; safe to use from several threads."""

    def __init__(self, library: LibraryReader) -> None:
        """Read from ``library``."""
        self._library = library
        self._documents: OrderedDict[tuple[str, int], Document] = OrderedDict()
        self._lock = Lock()

    def find(self, address: Address, reader: Language, today: dt.date) -> Found:
        """The act and edition that an address leads to; unknown and removed acts raise."""
        act = self._library.summary(address.act)
        return Found(act, choose(act, address, reader, today))

    def document(self, edition: str) -> Document:
        """An edition with all its text."""
        key = (edition, self._library.newest_sequence())
        with self._lock:
            if key in self._documents:
                self._documents.move_to_end(key)
                return self._documents[key]
        document = self._library.edition(edition)
        with self._lock:
            self._documents[key] = document
            while len(self._documents) > KEPT:
                self._documents.popitem(last=False)
        return document

    def held(self, act: str) -> bool:
        """Whether the library holds an act at this URI, be it a former one."""
        try:
            self._library.canonical(act)
        except Missing:
            return False
        return True
