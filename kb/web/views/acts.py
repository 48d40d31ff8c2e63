"""What stands above and beside an act's text: head, status banner, editions, contents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.citations.printed import label
from kb.documents import HIGHER_LEVELS, ActReference, Document, Doubt, Level, Status, Unit
from kb.language.model import Language
from kb.storage.model import ActSummary, EditionFile, EditionSummary, OutlineEntry
from kb.web import wording
from kb.web.cite import cite
from kb.web.translate import day, noop, tell
from kb.web.urls import file_href, href, reference_uri, report_href
from kb.web.views.chrome import Link, title_in

_ = noop

#: Levels that the contents list even without a heading.
LISTED = HIGHER_LEVELS | {Level.ARTICLE, Level.APPENDIX}

#: Doubts of intake that the page of an act lists.
DOUBTS = 20

Held = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status banner: code, words, the edition's «with amendments up to …» and the act that did it."""

    code: str
    words: str
    amended: str | None
    by: Link | None


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition in the list of editions: its words, address, language, whether shown now, its source file."""

    words: str
    href: str
    lang: str
    current: bool
    official: bool
    file: Link


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: its words, link, how deep it stands, and «repealed» in words or empty."""

    eid: str
    label: str
    heading: str
    href: str
    depth: int
    repealed: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an act's text.

    Attributes:
        act: URI of the act.
        title: its title in the text's language.
        lang: language of that title.
        others: its titles in other languages, with their language.
        kind: its kind in words.
        line: kind, date and number in one line.
        requisites: name and value of what is known of it.
        status: the banner.
        official: whether the text shown is official.
        recognised: that the text shown was recognised from pictures, in words, or None.
        editions: all editions.
        edition: URI of the edition shown, or None where no text is held.
        base: address of that edition, else of the act; units stand at ``/~eid`` behind it.
        edition_words: date of the edition in words.
        languages: links to the text in each language held.
        file: the file that the text was read from, or None.
        files: that file and the other ones of the edition; empty where there is no other.
        doubts: what intake was not sure of, in words.
        report: link to the report on that file, or None.
        cite_ky: Kyrgyz citation of the act.
        cite_ru: Russian citation of the act.
        unit_ky: Kyrgyz citation of a unit of it, ``{}`` where the unit's words go.
        unit_ru: the same in Russian.
    """

    act: str
    title: str
    lang: str
    others: tuple[tuple[str, str], ...]
    kind: str
    line: str
    requisites: tuple[tuple[str, str], ...]
    status: StatusView
    official: bool
    recognised: str | None
    editions: tuple[EditionView, ...]
    edition: str | None
    base: str
    edition_words: str
    languages: tuple[Link, ...]
    file: Link | None
    files: tuple[Link, ...]
    doubts: tuple[str, ...]
    report: str | None
    cite_ky: str
    cite_ru: str
    unit_ky: str
    unit_ru: str


def reference(found: ActReference, language: Language, held: Held) -> Link:
    """Another act in words, linked where the library holds it.

    Args:
        found: the act as the text names it.
        language: language of the interface.
        held: whether the library holds an act's URI.
    """
    uri = reference_uri(found)
    kind = wording.kind(found.kind.value, language) if found.kind else wording.kind("other", language)
    words = act_line(kind, found.date, found.number, language)
    return Link(words, href(uri) if uri and held(uri) else None)


def act_line(kind: str, date: dt.date | None, number: str | None, language: Language) -> str:
    """Kind, date and number in one line (``Мыйзам, 2021-жылдын 20-октябры, № 123``); what is not known is left out."""
    parts = [kind, day(date, language) if date else "", f"№ {number}" if number else ""]
    return ", ".join(part for part in parts if part)


def status_view(
    act: ActSummary,
    status: Status,
    by: ActReference | None,
    edition: EditionSummary | None,
    language: Language,
    held: Held,
    level: Level | None = None,
) -> StatusView:
    """The banner of an act's status, or of a unit's where its level is given, with the date of the amendments held."""
    words = wording.status(status.value, language, act.kind.value)
    amended = wording.amended_up_to(edition.date, act.date, language) if edition else None
    return StatusView(
        code=status.value,
        words=wording.unit_status(status, level, language) if level and words else words,
        amended=amended,
        by=reference(by, language, held) if by else None,
    )


def edition_words(edition: EditionSummary, language: Language) -> str:
    """An edition in words: its date, or that it has none."""
    return day(edition.date, language) if edition.date else tell(_("undated"), language)


def requisites(act: ActSummary, document: Document | None, language: Language, held: Held) -> list[tuple[str, str]]:
    """What is known of an act, name and value, in the order of a title page."""
    meta = document.metadata if document else None
    pairs: list[tuple[str, str | None]] = [
        (_("Kind"), wording.kind(act.kind.value, language)),
        (_("Number"), act.number),
        (_("Date"), day(act.date, language) if act.date else None),
        (_("Body"), act.body),
    ]
    if meta:
        pairs += [
            (_("Place"), meta.place),
            (_("Passed"), day(meta.date_passed, language) if meta.date_passed else None),
            (_("Came into force"), day(meta.date_in_force, language) if meta.date_in_force else None),
            (_("Amended by"), "; ".join(reference(one, language, held).text for one in meta.amended_by)),
        ]
    audience = ", ".join(wording.audience(one, language) for one in act.audience)
    pairs += [
        (_("Topics"), ", ".join(wording.topic(one, language) for one in act.topics)),
        (_("For whom"), audience),
        (_("Length, hours"), f"{act.hours:g}" if act.hours else None),
        (_("Licence"), meta.licence if meta else None),
        (_("Source"), meta.source if meta else None),
    ]
    return [(tell(name, language), value) for name, value in pairs if value]


def head(
    act: ActSummary,
    shown: EditionSummary | None,
    document: Document | None,
    language: Language,
    held: Held,
    doubts: Sequence[Doubt] = (),
    sure: float | None = None,
    files: Sequence[EditionFile] = (),
) -> Head:
    """What stands above the text of an act.

    Args:
        act: the act.
        shown: the edition that is shown, None for an act held by name only.
        document: that edition with its metadata, where at hand.
        language: language of the interface.
        held: whether the library holds an act's URI.
        doubts: what intake was not sure of.
        sure: confidence of a text recognised from pictures, None for any other.
        files: files of the edition, first the one that its text is taken from.
    """
    title, lang = title_in(act.titles, shown.language if shown else language)
    kind = wording.kind(act.kind.value, language)
    return Head(
        act=act.act,
        title=title or act.act,
        lang=lang,
        others=tuple((text, code.value) for code, text in act.titles.items() if code.value != lang and text),
        kind=kind,
        line=act_line(kind, act.date, act.number, language),
        requisites=tuple(requisites(act, document, language, held)),
        status=status_view(act, act.status, act.status_by, shown, language, held),
        official=shown.official if shown else act.official,
        recognised=wording.recognised(sure, language) if sure is not None else None,
        editions=_edition_views(act, shown, language),
        edition=shown.edition if shown else None,
        base=href(shown.edition if shown else act.act),
        edition_words=edition_words(shown, language) if shown else "",
        languages=_languages(act, shown),
        file=_file(shown) if shown else None,
        files=file_links(files),
        doubts=tuple(wording.doubt_at(one, language) for one in doubts[:DOUBTS]),
        report=report_href(shown.edition) if shown else None,
        cite_ky=cite(act, "", Language.KY),
        cite_ru=cite(act, "", Language.RU),
        unit_ky=cite(act, "{}", Language.KY),
        unit_ru=cite(act, "{}", Language.RU),
    )


def file_links(files: Sequence[EditionFile]) -> tuple[Link, ...]:
    """Links to the files of an edition, none where there is only the one that its text is taken from."""
    return tuple(Link(one.name, file_href(one.sha256, one.name)) for one in files) if len(files) > 1 else ()


def _file(edition: EditionSummary) -> Link:
    return Link(edition.original_name, file_href(edition.original, edition.original_name))


def _edition_views(act: ActSummary, shown: EditionSummary | None, language: Language) -> tuple[EditionView, ...]:
    return tuple(
        EditionView(
            words=edition_words(one, language),
            href=href(one.edition),
            lang=one.language.value,
            current=shown is not None and one.edition == shown.edition,
            official=one.official,
            file=_file(one),
        )
        for one in reversed(act.editions)
    )


def _languages(act: ActSummary, shown: EditionSummary | None) -> tuple[Link, ...]:
    held = dict.fromkeys(one.language for one in act.editions)
    return tuple(
        Link(one.value, None if shown and one is shown.language else href(f"{act.act}/{one.akn}"), one.value)
        for one in held
    )


def contents(
    outline: Sequence[OutlineEntry],
    language: Language,
    reader: Language,
    where: Callable[[str], str],
    act: Status,
) -> tuple[ContentsEntry, ...]:
    """The contents of an edition.

    Args:
        outline: its headings in order.
        language: language of the text.
        reader: language of the interface.
        where: link to an eId.
        act: status of the act; where it is repealed as a whole single lines don't say it again.
    """
    depths: dict[str | None, int] = {None: 0}
    entries = []
    for entry in outline:
        depth = depths.get(entry.parent, 0)
        depths[entry.eid] = depth + 1
        entries.append(
            ContentsEntry(
                eid=entry.eid,
                label=label(entry.level, entry.number, language),
                heading=entry.heading or "",
                href=where(entry.eid),
                depth=min(depth, 5),
                repealed=wording.unit_status(entry.status, entry.level, reader)
                if entry.status is Status.REPEALED and act is not Status.REPEALED
                else "",
            )
        )
    return tuple(entries)


def outline_of(units: Iterable[Unit], statuses: Mapping[str, Status]) -> tuple[OutlineEntry, ...]:
    """Headings of an edition: whatever has a heading, every article and appendix, and what holds articles."""
    kept: dict[str, str | None] = {}
    entries = []
    for unit in units:
        parent = kept.get(unit.parent) if unit.parent else None
        if unit.heading or unit.level in LISTED:
            entries.append(OutlineEntry(unit.eid, unit.level, unit.number, unit.heading, parent, statuses[unit.eid]))
            kept[unit.eid] = unit.eid
        else:
            kept[unit.eid] = parent
    return tuple(entries)


def entry_words(entry: OutlineEntry | Unit, language: Language) -> str:
    """A unit in one line: printed number and heading (``29-берене. Кеңештин ыйгарым укуктары``)."""
    words = f"{label(entry.level, entry.number, language)} {entry.heading or ''}".strip()
    return words or wording.level(entry.level.value, language)
