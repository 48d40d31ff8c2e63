"""Units of an edition: articles, clauses, points, with their notes and status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.documents.blocks import Block, Place
from kb.documents.works import ActReference, Status


class Level(StrEnum):
    """Level of a unit, as ``level`` of the contract."""

    PREAMBLE = "preamble"
    PART = "part"
    SECTION = "section"
    CHAPTER = "chapter"
    SUBCHAPTER = "subchapter"
    ARTICLE = "article"
    CLAUSE = "clause"
    SUBCLAUSE = "subclause"
    PARAGRAPH = "paragraph"
    POINT = "point"
    SUBPOINT = "subpoint"
    ALINEA = "alinea"
    APPENDIX = "appendix"
    CONCLUSIONS = "conclusions"


#: eId abbreviation of each level (Akoma Ntoso Naming Convention 1.0, section 5).
EID_PREFIX: Mapping[Level, str] = {
    Level.PREAMBLE: "preamble",
    Level.PART: "part",
    Level.SECTION: "sec",
    Level.CHAPTER: "chp",
    Level.SUBCHAPTER: "subchp",
    Level.ARTICLE: "art",
    Level.CLAUSE: "cl",
    Level.SUBCLAUSE: "subcl",
    Level.PARAGRAPH: "para",
    Level.POINT: "point",
    Level.SUBPOINT: "subpara",
    Level.ALINEA: "al",
    Level.APPENDIX: "att",
    Level.CONCLUSIONS: "conclusions",
}

#: Levels whose units hold others and whose number restarts, so that their eIds nest.
HIGHER_LEVELS = frozenset({Level.PART, Level.SECTION, Level.CHAPTER, Level.SUBCHAPTER})


class NoteKind(StrEnum):
    """What a note under a unit says."""

    AMENDED = "amended"
    REPEALED = "repealed"
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the text's keeper about a unit, such as ``(В редакции Закона КР от …)``.

    Attributes:
        kind: amended, repealed or editorial.
        text: its words, brackets included.
        acts: the acts that did it, in the order named.
    """

    kind: NoteKind
    text: str
    acts: tuple[ActReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """An article, clause, point, chapter … of an edition.

    Attributes:
        eid: address within the edition, of the number shown (``art_29__para_1__point_2``).
        wid: key of the same unit in other editions and languages; the eId unless an alignment says otherwise.
        level: its level.
        number: normalised number (``21-1``, ``17.5``, ``I``), or None.
        heading: its heading without the number, or None.
        body: its own blocks before its first numbered child, in order.
        notes: notes about it, in order.
        parent: eId of the unit around it, or None.
        status: repealed or in force where its own notes say so, else None.
        status_by: the act that gave it its status, or None.
        place: where it begins in the source.
    """

    eid: str
    wid: str
    level: Level
    number: str | None = None
    heading: str | None = None
    body: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    parent: str | None = None
    status: Status | None = None
    status_by: ActReference | None = None
    place: Place | None = None

    @property
    def text(self) -> str:
        """Its own text: blocks joined by line feeds, a table's cells by tabs."""
        return "\n".join(block.text for block in self.body)


def count_levels(units: Iterable[Unit]) -> dict[str, int]:
    """Number of units by level, in the order of Level, levels without units left out."""
    counts = dict.fromkeys(Level, 0)
    for unit in units:
        counts[unit.level] += 1
    return {level.value: count for level, count in counts.items() if count}


def effective_status(units: Iterable[Unit], act: Status) -> dict[str, Status]:
    """Status of each unit by eId: its own, else the nearest one around it, else the act's.

    A repealed act or unit makes all below it repealed, whatever they say themselves.
    """
    found: dict[str, Status] = {}
    for unit in units:
        around = found.get(unit.parent, act) if unit.parent else act
        found[unit.eid] = around if around is Status.REPEALED or unit.status is None else unit.status
    return found
