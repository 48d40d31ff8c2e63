"""A document as the engines index it: one record for each group of hits, one for the document as a whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kb.documents import Document, Level, Unit, effective_status
from kb.language.detect import passage_language
from kb.language.model import Analyser, Language, Token
from kb.search.outline import Outline
from kb.search.titles import describe_document

#: Grows whenever the same document gives other records, or an engine keeps them otherwise.
SCHEMA_VERSION = 10

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LABEL: Mapping[Level, str] = {Level.POINT: "{})", Level.SUBPOINT: "{})"}
_LONGEST = 100
#: Words of title and headings around a unit that its record holds.
_MOST_CONTEXT = 100


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
        lang: ``ky`` or ``ru``: of a document in both the language of the group itself.
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
        title_words: the title and the headings of what is around it, analysed; empty for a whole document, whose title
            is its heading.
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


def record_id(edition: str, eid: str | None) -> str:
    """Key of a group in all engines: the same for the same edition and eId, whatever they hold."""
    return hashlib.blake2b(f"{edition}#{eid or ''}".encode(), digest_size=12).hexdigest()


def make_records(document: Document, *, until: dt.date | None, analyser: Analyser) -> list[Record]:
    """Index records of a document.

    Args:
        document: the edition.
        until: day from which a later edition in the same language stands, or None.
        analyser: gives the words that are indexed.

    Returns:
        The record of the whole document, then its groups in document order.
    """
    outline = Outline(document.units)
    texts = _Texts(document, analyser)
    whole = _document_record(document, until, texts)
    status = effective_status(document.units, document.metadata.status)
    records = [whole]
    for place, unit in enumerate(document.units, start=1):
        if outline.group[unit.eid] != unit.eid:
            continue
        language = _language(unit, outline, document.language)
        shown = texts.units(language)
        text, parts, body_words = _render(unit, outline, shown)
        if not (text or outline.is_found_empty(unit)):
            continue
        records.append(
            replace(
                whole,
                id=record_id(whole.edition, unit.eid),
                eid=unit.eid,
                within=outline.around(unit),
                place=place,
                level=unit.level.value,
                number=unit.number,
                heading=unit.heading,
                path=outline.path(unit, language),
                lang=language.value,
                status=status[unit.eid].value,
                text=text,
                parts=parts,
                title_words=_context(unit, texts.title(language), outline, shown),
                heading_words=shown[unit.eid].heading,
                body_words=body_words,
            )
        )
    return records


def _language(unit: Unit, outline: Outline, usual: Language) -> Language:
    """Language of a group, as that of all below it."""
    below = outline.below(unit)
    return passage_language(
        (line for one in below for line in (one.heading, *(b.text for b in one.body)) if line), usual
    )


def _context(unit: Unit, title: Words, outline: Outline, shown: Mapping[str, _Shown]) -> Words:
    """Words of the act's title and of the headings around a unit, which are understood in its text."""
    around = [title, *(shown[above.eid].heading for above in outline.above(unit))]
    surfaces = [surface for words in around for surface in words.surfaces]
    keys = [key for words in around for key in words.keys]
    return Words(tuple(surfaces[:_MOST_CONTEXT]), tuple(keys[:_MOST_CONTEXT]))


def _document_record(document: Document, until: dt.date | None, texts: _Texts) -> Record:
    metadata, edition = document.metadata, document.edition
    text = _clean(describe_document(metadata, document.language))
    return Record(
        id=record_id(edition.uri, None),
        act=edition.act,
        edition=edition.uri,
        eid=None,
        within=None,
        place=0,
        level=None,
        number=metadata.number,
        title=metadata.title,
        heading=None,
        path=(),
        lang=document.language.value,
        kind=metadata.kind.value,
        act_number=metadata.number,
        act_date=metadata.date,
        status=metadata.status.value,
        body=metadata.body,
        topics=metadata.topics,
        official=metadata.official,
        valid_from=max((day for day in (edition.date, metadata.date) if day), default=None),
        valid_until=until,
        text=text,
        parts=(),
        title_words=Words(),
        heading_words=texts.title(document.language),
        body_words=texts.words(text, document.language),
    )


def texts_of(document: Document) -> tuple[Language, list[str]]:
    """Language and all texts of a document whose words its records hold, as a table of stems is fitted on."""
    lines = [document.metadata.title, describe_document(document.metadata, document.language)]
    for unit in document.units:
        lines += [unit.heading or "", *(block.text for block in unit.body)]
    return document.language, [_clean(line) for line in lines]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A unit's own heading and lines, cleaned and analysed."""

    heading_text: str
    heading: Words
    lines: tuple[tuple[str, Words], ...]


class _Texts:
    """Texts of a document, analysed by language; a document in one language is analysed once."""

    def __init__(self, document: Document, analyser: Analyser) -> None:
        self._document = document
        self._analyser = analyser
        self._units: dict[Language, dict[str, _Shown]] = {}
        self._titles: dict[Language, Words] = {}

    def words(self, text: str, language: Language) -> Words:
        """A text's words."""
        return _words(self._analyser.analyze(text, language))

    def title(self, language: Language) -> Words:
        """Words of the title."""
        if language not in self._titles:
            self._titles[language] = self.words(_clean(self._document.metadata.title), language)
        return self._titles[language]

    def units(self, language: Language) -> dict[str, _Shown]:
        """Each unit's own text, analysed in one go, for that is quicker."""
        if language not in self._units:
            self._units[language] = self._analyse(language)
        return self._units[language]

    def _analyse(self, language: Language) -> dict[str, _Shown]:
        units = self._document.units
        headings = [_clean(unit.heading or "") for unit in units]
        lines = [[_clean(block.text) for block in unit.body] for unit in units]
        flat = headings + [line for own in lines for line in own]
        analysed = map(_words, self._analyser.analyze_many(flat, language))
        heading_words = [next(analysed) for _ in headings]
        return {
            unit.eid: _Shown(heading, words, tuple((line, next(analysed)) for line in own))
            for unit, heading, words, own in zip(units, headings, heading_words, lines, strict=True)
        }


def _render(group: Unit, outline: Outline, shown: dict[str, _Shown]) -> tuple[str, tuple[Part, ...], Words]:
    """Text, parts and words of a group: each paragraph a line, points with their numbers."""
    text = _Text()
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for unit in outline.below(group):
        own = shown[unit.eid]
        lines = list(own.lines)
        if unit is not group:
            label = _LABEL.get(unit.level, "{}.").format(unit.number) if unit.number else ""
            if own.heading_text:
                lines.insert(0, (own.heading_text, own.heading))
            text.begin(label)
            starts[unit.eid] = text.length
        for line, words in lines:
            text.add(line, words)
        ends[unit.eid] = text.length
        above = unit.parent
        while above in ends:
            ends[above] = text.length
            above = outline.units[above].parent
    parts = tuple(
        Part(unit.eid, unit.level.value, unit.number, starts[unit.eid], ends[unit.eid])
        for unit in outline.below(group)
        if outline.group[unit.eid] == group.eid and ends[unit.eid] > starts.get(unit.eid, ends[unit.eid])
    )
    return "".join(text.pieces), parts, Words(tuple(text.surfaces), tuple(text.keys), tuple(text.offsets))


class _Text:
    """Lines put together, with the words at their new places."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.surfaces: list[str] = []
        self.keys: list[str] = []
        self.offsets: list[int] = []
        self._joined = False

    def begin(self, label: str) -> None:
        """Start a line with a number that is no word of the text."""
        self._put(("\n" if self.length else "") + (label + " " if label else ""))
        self._joined = True

    def add(self, line: str, words: Words) -> None:
        """Add a line."""
        if self.length and not self._joined:
            self._put("\n")
        self._joined = False
        self.surfaces += words.surfaces
        self.keys += words.keys
        self.offsets += [self.length + offset for offset in words.offsets]
        self._put(line)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


def _clean(text: str) -> str:
    """The text with control characters as spaces, so that offsets stay."""
    return _CONTROL.sub(" ", text)


def _words(tokens: Iterable[Token]) -> Words:
    """Tokens as words: white space inside one is dropped, a very long one cut."""
    kept = [(token, "".join(token.surface.split())[:_LONGEST]) for token in tokens]
    kept = [(token, surface) for token, surface in kept if surface]
    return Words(
        tuple(surface for _, surface in kept),
        tuple("".join(token.key.split())[:_LONGEST] or surface for token, surface in kept),
        tuple(offset for token, _ in kept for offset in (token.start, token.end)),
    )
