"""Frozen values of the library: acts, editions, units, blocks and what intake reports of them.

Terms are those of Akoma Ntoso 3.0 and FRBR: an act (work) has dated editions in a language
(expressions); an edition has units in document order, each with a body of blocks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kb.language.model import Language


class Kind(StrEnum):
    """Kind of a document, as ``kind`` of the contract."""

    CONSTITUTION = "constitution"
    LAW = "law"
    CODE = "code"
    DECREE = "decree"
    RESOLUTION = "resolution"
    ORDER = "order"
    CHARTER = "charter"
    MODEL_CHARTER = "model_charter"
    REGULATIONS = "regulations"
    STATUTE = "statute"
    AGREEMENT = "agreement"
    METHODOLOGY = "methodology"
    FORM = "form"
    PROTOCOL = "protocol"
    TRAINING = "training"
    ARTICLE = "article"
    OTHER = "other"


#: Kinds numbered by the state as a whole; all others are numbered by each body for itself.
STATE_KINDS = frozenset({Kind.CONSTITUTION, Kind.LAW, Kind.CODE, Kind.DECREE})

#: Kinds of acts from the most general to the most local; others come behind.
GENERALITY: tuple[Kind, ...] = (
    Kind.CONSTITUTION,
    Kind.CODE,
    Kind.LAW,
    Kind.DECREE,
    Kind.RESOLUTION,
    Kind.ORDER,
    Kind.MODEL_CHARTER,
    Kind.STATUTE,
    Kind.REGULATIONS,
    Kind.CHARTER,
    Kind.AGREEMENT,
)


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


class Status(StrEnum):
    """Whether an act or a unit is law."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    NOT_IN_FORCE_YET = "not_in_force_yet"
    DRAFT = "draft"
    UNKNOWN = "unknown"


#: Topics of the training programme, by the slug of their page; their names are in the interface's catalogue.
TOPICS: tuple[str, ...] = (
    "lsg-basis",
    "council-work",
    "local-budget",
    "audit",
    "community-charter",
    "openness",
    "community-needs",
    "investment-projects",
    "procurement",
    "citizen-participation",
    "public-monitoring",
)

#: Audiences of the training programme.
AUDIENCES: tuple[str, ...] = ("council", "staff", "community")


@dataclass(frozen=True, slots=True)
class ActId:
    """What an act is known by, and the URI made of it.

    Attributes:
        kind: its kind.
        number: number as printed (``01-18/48``), or None.
        date: date in its head, by which it is cited, or None.
        body: slug of the body that numbered it, or None; state kinds need none.
        slug: name used where number, date or body is wanting.
    """

    kind: Kind
    number: str | None = None
    date: dt.date | None = None
    body: str | None = None
    slug: str = ""

    @property
    def numbered(self) -> bool:
        """Whether number, date and (where kinds need it) body name the act alone."""
        return bool(self.number and self.date and (self.kind in STATE_KINDS or self.body))

    @property
    def uri(self) -> str:
        """``/akn/kg/act/law/2021-10-20/123`` or ``/akn/kg/doc/form/assembly-protocol``."""
        if self.numbered:
            number = slug_of_number(self.number or "")
            body = "" if self.kind in STATE_KINDS else f"{self.body}/"
            return f"/akn/kg/act/{self.kind}/{body}{self.date}/{number}"
        return f"/akn/kg/doc/{self.kind}/{self.slug}"


def parse_act_uri(uri: str) -> ActId:
    """What an act's URI says of it (``/akn/kg/act/law/2021-10-20/123`` → law 123 of 20 October 2021).

    Raises:
        ValueError: it is no URI of an act.
    """
    match uri.split("/"):
        case ["", "akn", "kg", "doc", kind, slug] if slug:
            return ActId(Kind(kind), slug=slug)
        case ["", "akn", "kg", "act", kind, date, number] if number and kind in STATE_KINDS:
            return ActId(Kind(kind), number, dt.date.fromisoformat(date))
        case ["", "akn", "kg", "act", kind, body, date, number] if number and body and kind not in STATE_KINDS:
            return ActId(Kind(kind), number, dt.date.fromisoformat(date), body)
        case _:
            raise ValueError(uri)


def slug_of_number(number: str) -> str:
    """Number of an act as its URI has it: lower case, slashes as hyphens (``01-18/48`` → ``01-18-48``)."""
    return re.sub(r"[^0-9a-zа-яёөүң-]+", "-", number.strip().lower()).strip("-")


@dataclass(frozen=True, slots=True)
class ActReference:
    """Another act, as a text names it; what the text does not say is None."""

    kind: Kind | None = None
    date: dt.date | None = None
    number: str | None = None


class SpanKind(StrEnum):
    """What is special about some characters of a block."""

    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a block's text, and what is special about them."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source something stands.

    Attributes:
        paragraph: ordinal of the source's paragraph or table, from 1; in a PDF of the line.
        page: page, from 1, or None where the format has no pages.
    """

    paragraph: int
    page: int | None = None


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or a paragraph of a speaker's notes.

    Attributes:
        text: the paragraph's text; of a table, rows joined by line feeds, cells by tabs.
        kind: paragraph, table, or note: what is said beside a slide and not shown on it.
        spans: superscripts and subscripts of ``text``, in order, not overlapping.
        rows: cells of a table by row, else empty.
        place: where it stands in the source, None if it stands in none.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    place: Place | None = None

    def cut(self, start: int, end: int | None = None) -> Block:
        """The characters ``start`` to ``end`` as a paragraph of their own, white space at both ends dropped."""
        stop = len(self.text) if end is None else end
        part = self.text[start:stop]
        start += len(part) - len(part.lstrip())
        text = part.strip()
        spans = tuple(
            Span(max(span.start - start, 0), min(span.end - start, len(text)), span.kind)
            for span in self.spans
            if span.start < start + len(text) and span.end > start
        )
        return replace(self, text=text, spans=spans)


def table_block(rows: Iterable[Iterable[str]], place: Place | None = None) -> Block:
    """A table of ``rows``; white space inside a cell (line feeds too) is folded in its text."""
    cells = tuple(tuple(row) for row in rows)
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
    return Block(text=text, kind=BlockKind.TABLE, rows=cells, place=place)


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


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an act and of this edition of it; what no source says is None or empty.

    Attributes:
        kind: kind of document.
        title: name alone in the edition's language, without number and kind (codes and charters keep theirs).
        number: number as printed.
        date: date in the head, by which the act is cited.
        date_passed: day on which parliament or a council passed it.
        date_in_force: day on which it came into force.
        edition_date: day of the newest amendment that this edition holds.
        place: place in the head.
        body: body that issued it, as printed.
        body_slug: the body's part of the URI, the same in both languages.
        status: status of the act.
        status_by: the act that gave it its status.
        amended_by: amending acts that the head or the text names, in order.
        titles: official titles in other languages.
        topics: slugs of TOPICS.
        audience: slugs of AUDIENCES.
        hours: length of a training material, in hours.
        licence: licence of the text.
        source: address from which it was had.
        retrieved: day on which it was had.
        official: whether the text is official: said by the source, a sidecar or the command line.
        recognised: mean confidence, 0 to 1, of text recognised from pictures of pages; None where all was text.
    """

    kind: Kind
    title: str
    number: str | None = None
    date: dt.date | None = None
    date_passed: dt.date | None = None
    date_in_force: dt.date | None = None
    edition_date: dt.date | None = None
    place: str | None = None
    body: str | None = None
    body_slug: str | None = None
    status: Status = Status.UNKNOWN
    status_by: ActReference | None = None
    amended_by: tuple[ActReference, ...] = ()
    titles: Mapping[Language, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    hours: float | None = None
    licence: str | None = None
    source: str | None = None
    retrieved: dt.date | None = None
    official: bool = False
    recognised: float | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """An act as of a date in a language (FRBR expression).

    Attributes:
        act: URI of the act.
        language: language of the text.
        date: newest amendment held, or None where not known.
    """

    act: str
    language: Language
    date: dt.date | None = None

    @property
    def uri(self) -> str:
        """``…/kir@2024-09-30``, undated ``…/kir@``."""
        return f"{self.act}/{self.language.akn}@{self.date or ''}"


@dataclass(frozen=True, slots=True)
class Document:
    """An edition with all that it holds.

    Attributes:
        act_id: what the act is known by.
        language: language that most of the text is in.
        metadata: what is known of it.
        units: its units in document order, each parent before its children.
    """

    act_id: ActId
    language: Language
    metadata: Metadata
    units: tuple[Unit, ...]

    @property
    def edition(self) -> Edition:
        """The expression that this document is."""
        return Edition(self.act_id.uri, self.language, self.metadata.edition_date)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: a code, its parameters and where (``page 3, line 12``)."""

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A break in the numbering of one level.

    Attributes:
        level: level whose numbers break.
        after: number before the break, None at the start.
        before: number after the break.
        reason: ``missing`` (numbers left out), ``out_of_order``, ``duplicate`` or ``no_parent``.
    """

    level: Level
    after: str | None
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the source that no rule placed in a unit: where, the text, and the reason's code."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the source's text became part of a unit, its head or a note.

    Attributes:
        characters: characters of the source's text, white space not counted.
        placed: those that a rule placed.
        left_out: the rest, piece by piece.
    """

    characters: int
    placed: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What intake says of one file, beside the document itself.

    Attributes:
        warnings: what a person should look at, in the order of the stages.
        gaps: breaks in the numbering, in document order.
        coverage: how much of the text a rule placed.
        languages: number of the source's paragraphs and tables by language, most first; empty in old reports.
        seconds: time that each stage took, in their order; empty in old reports. Reports that differ in it alone
            are equal.
    """

    warnings: tuple[Doubt, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: Coverage = Coverage(0, 0)
    languages: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came (FRBR manifestation).

    Attributes:
        name: file name without folders.
        path: where it lay, as given; a later file from the same path is the same document.
        media_type: media type by content.
        content: its bytes.
        sha256: SHA-256 of ``content``, hexadecimal.
    """

    name: str
    path: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Intake:
    """One file taken in.

    Attributes:
        document: what it holds.
        report: what intake says of it.
        original: the file itself.
        act_given: whether a person gave the act's URI, so that the document is that act's and no other's.
    """

    document: Document
    report: Report
    original: Original
    act_given: bool = False


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
