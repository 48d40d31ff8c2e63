"""A document as the engines index it: one record for each group of hits, one for the document as a whole."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kb.documents import HIGHER_LEVELS, Document, Level
from kb.language.model import Analyser

#: Grows whenever the same document gives other records, or an engine keeps them otherwise.
SCHEMA_VERSION = 1

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CLAUSES = frozenset({Level.CLAUSE, Level.SUBCLAUSE})
_CONTAINERS = HIGHER_LEVELS | {Level.PREAMBLE, Level.APPENDIX, Level.CONCLUSIONS}


@dataclass(frozen=True, slots=True)
class Words:
    """An analysed text.

    Attributes:
        surfaces: normalised forms in the order of the text; none holds white space.
        keys: stems or lemmas, one for each surface.
        offsets: start and end of each in the text that is shown, flat (start, end, start, end, …).
    """

    surfaces: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, point, subpoint or alinea inside a record's text: characters ``start`` to ``end`` (exclusive)."""

    eid: str
    level: str
    number: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """A group of hits: an article, clause or subclause with all below it, a section's own text, or a whole document.

    Attributes:
        id: key of the group in all engines, ``[A-Za-z0-9_-]``, the same for the same edition and eId.
        act: URI of the act.
        edition: URI of the edition.
        eid: eId of the group's unit, None for a whole document.
        within: eId of the clause around a subclause that is a group of its own, else None.
        place: ordinal in the document, 0 for the document itself; with ``edition`` it breaks ties.
        level: level of the unit, None for a whole document.
        number: number of the unit, of the act for a whole document.
        title: title of the act.
        heading: heading of the unit; of a whole document None.
        path: headings of what is around it, outermost first.
        lang: ``ky`` or ``ru``.
        kind: kind of the act.
        act_number: number of the act as printed.
        act_date: date of the act.
        status: effective status.
        body: body that issued the act, as the facet shows it.
        topics: slugs of topics.
        official: whether the text is official.
        valid_from: first day on which this text may be searched, None for always.
        valid_until: day from which it no longer may, None for never.
        text: what is shown: own text and all below it, numbers of points included.
        parts: what can be named inside ``text``, in order.
        title_words: the title, analysed; empty for a whole document, whose title is its heading.
        heading_words: the heading, analysed; of a whole document the title.
        body_words: ``text``, analysed; numbers of points are left out.
    """

    id: str
    act: str
    edition: str
    eid: str | None
    within: str | None
    place: int
    level: str | None
    number: str | None
    title: str
    heading: str | None
    path: tuple[str, ...]
    lang: str
    kind: str
    act_number: str | None
    act_date: dt.date | None
    status: str
    body: str | None
    topics: tuple[str, ...]
    official: bool
    valid_from: dt.date | None
    valid_until: dt.date | None
    text: str
    parts: tuple[Part, ...]
    title_words: Words
    heading_words: Words
    body_words: Words


def make_records(document: Document, *, until: dt.date | None, analyser: Analyser) -> list[Record]:
    """Index records of a document.

    Args:
        document: the edition.
        until: day from which a later edition in the same language stands, or None.
        analyser: gives the words that are indexed.

    Returns:
        The record of the whole document, then its groups in document order.
    """
    raise NotImplementedError
