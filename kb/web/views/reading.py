"""Contexts of an act's page and of the page of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.citations.printed import Named, cited, unit_words
from kb.documents import Document, Status, Unit, effective_status
from kb.language.model import Language
from kb.storage.model import ActSummary, EditionSummary, OutlineEntry
from kb.usecases.linking import PageLinks
from kb.web.cite import cite
from kb.web.urls import api_href, href, unit_href, with_query
from kb.web.views.acts import ContentsEntry, Head, Held, StatusView, contents, entry_words, outline_of, status_view
from kb.web.views.chrome import Link
from kb.web.views.parts import Part, part_of
from kb.web.views.text import UnitView, unit_tree


@dataclass(frozen=True, slots=True)
class ActView:
    """An act's page.

    Attributes:
        head: what stands above the text.
        contents: the contents of the whole edition.
        trail: headings around the part shown, outermost first.
        units: the text shown.
        parted: whether only a part is shown.
        before: link to the part before, or None.
        after: link to the part behind, or None.
        whole: link to the whole text, or None where it is shown.
        api: link to the JSON of the API.
    """

    head: Head
    contents: tuple[ContentsEntry, ...]
    trail: tuple[Link, ...]
    units: tuple[UnitView, ...]
    parted: bool
    before: Link | None
    after: Link | None
    whole: str | None
    api: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The same unit in another language: its language, address, that of its edition, and the text."""

    lang: str
    href: str
    base: str
    units: tuple[UnitView, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The page of one unit.

    Attributes:
        head: the act's head.
        name: the unit's printed name (``29-берене``) and heading.
        trail: what is around it, each linked into the act.
        units: the unit with all below it.
        status: its effective status.
        before: the unit before it, or None.
        after: the unit behind it, or None.
        in_act: link to it within the whole act.
        beside: the same unit in another language, or None.
        cite_ky: its citation in Kyrgyz.
        cite_ru: its citation in Russian.
        api: link to its JSON in the API.
    """

    head: Head
    name: str
    trail: tuple[Link, ...]
    units: tuple[UnitView, ...]
    status: StatusView
    before: Link | None
    after: Link | None
    in_act: str
    beside: Beside | None
    cite_ky: str
    cite_ru: str
    api: str


def act_view(
    top: Head,
    document: Document,
    parts: Sequence[Part],
    asked: str | None,
    path: str,
    language: Language,
    links: PageLinks | None = None,
) -> ActView:
    """An act's page.

    Args:
        top: its head.
        document: the edition shown.
        parts: its parts, as ``kb.web.views.parts.cut`` made them.
        asked: eId of the part asked for, ``all`` for the whole text, None for the first.
        path: path of the page, decoded.
        language: language of the interface.
        links: what the text cites.

    Raises:
        KeyError: no unit is called ``asked``.
    """
    units, text = document.units, document.language
    statuses = effective_status(units, document.metadata.status)
    parted = len(parts) > 1 and asked != "all"
    at = _part_asked(parts, units, asked) if parted else 0
    part = parts[at] if parted else None
    shown = units[part.start : part.end] if part else units
    here = href(path)

    def where(eid: str) -> str:
        index = part_of(parts, units, eid) if parted else None
        if index is None or index == at:
            return f"#{eid}"
        return f"{with_query(here, [('part', parts[index].eid)])}#{eid}"

    trail = _around(units, shown[0].eid) if part else []
    named = [Named(unit.level, unit.number) for unit in trail]
    around = statuses[trail[-1].eid] if trail else document.metadata.status
    outline = outline_of(units, statuses)
    return ActView(
        head=top,
        contents=contents(outline, text, language, where, document.metadata.status),
        trail=tuple(Link(entry_words(unit, text), where(unit.eid), text.value) for unit in trail),
        units=unit_tree(shown, statuses, text, language, named, around, links=links),
        parted=parted,
        before=_part_link(parts, units, at - 1, here, text) if parted else None,
        after=_part_link(parts, units, at + 1, here, text) if parted else None,
        whole=with_query(here, [("part", "all")]) if parted else None,
        api=with_query(api_href(document.act_id.uri), [("lang", text.value)]),
    )


def _part_asked(parts: Sequence[Part], units: Sequence[Unit], asked: str | None) -> int:
    if asked is None:
        return 0
    index = part_of(parts, units, asked)
    if index is None:
        raise KeyError(asked)
    return index


def _part_link(parts: Sequence[Part], units: Sequence[Unit], at: int, here: str, language: Language) -> Link | None:
    if not 0 <= at < len(parts):
        return None
    unit = units[parts[at].start]
    return Link(entry_words(unit, language), with_query(here, [("part", unit.eid)]), language.value)


def _around(units: Sequence[Unit], eid: str) -> list[Unit]:
    by_eid = {unit.eid: unit for unit in units}
    found: list[Unit] = []
    parent = by_eid[eid].parent
    while parent is not None and parent in by_eid and len(found) < len(units):
        found.append(by_eid[parent])
        parent = by_eid[parent].parent
    return found[::-1]


@dataclass(frozen=True, slots=True)
class UnitParts:
    """What the library says of one unit.

    Attributes:
        units: the unit and all below it.
        path: what is around it, outermost first.
        before: the unit of its level before it, or None.
        after: the unit of its level behind it, or None.
        statuses: effective statuses of the edition by eId.
        links: what the text cites, None for a text without links.
    """

    units: tuple[Unit, ...]
    path: tuple[OutlineEntry, ...]
    before: OutlineEntry | None
    after: OutlineEntry | None
    statuses: Mapping[str, Status]
    links: PageLinks | None = None


def unit_page(
    act: ActSummary,
    top: Head,
    shown: EditionSummary,
    parts: UnitParts,
    other: tuple[EditionSummary, tuple[Unit, ...]] | None,
    language: Language,
    held: Held,
) -> UnitPage:
    """The page of one unit.

    Args:
        act: the act.
        top: its head.
        shown: the edition shown.
        parts: what the library says of the unit.
        other: edition and units of the same unit in another language, or None.
        language: language of the interface.
        held: whether the library holds an act's URI.
    """
    unit, text = parts.units[0], shown.language
    chain = [*(Named(one.level, one.number) for one in parts.path), Named(unit.level, unit.number)]
    status = parts.statuses.get(unit.eid, act.status)
    by = unit.status_by if unit.status is status and unit.status_by else act.status_by

    def link(entry: OutlineEntry | None) -> Link | None:
        if entry is None:
            return None
        return Link(entry_words(entry, text), unit_href(shown.edition, entry.eid), text.value)

    return UnitPage(
        head=top,
        name=entry_words(unit, text),
        trail=tuple(Link(entry_words(one, text), in_act(shown.edition, one.eid), text.value) for one in parts.path),
        units=unit_tree(parts.units, parts.statuses, text, language, chain[:-1], status, links=parts.links),
        status=status_view(act, status, by if status is Status.REPEALED else None, shown, language, held, unit.level),
        before=link(parts.before),
        after=link(parts.after),
        in_act=in_act(shown.edition, unit.eid),
        beside=_beside(other, chain[:-1], status, language) if other else None,
        cite_ky=cite(act, unit_words(cited(chain), Language.KY), Language.KY),
        cite_ru=cite(act, unit_words(cited(chain), Language.RU), Language.RU),
        api=with_query(api_href(act.act, unit.eid), [("lang", text.value)]),
    )


def in_act(edition: str, eid: str) -> str:
    """Link to a unit within the whole edition, in whichever part it stands."""
    return f"{with_query(href(edition), [('part', eid)])}#{eid}"


def _beside(
    other: tuple[EditionSummary, tuple[Unit, ...]], above: Sequence[Named], status: Status, reader: Language
) -> Beside:
    edition, units = other
    statuses = effective_status(units, status)
    return Beside(
        lang=edition.language.value,
        href=unit_href(edition.edition, units[0].eid),
        base=href(edition.edition),
        units=unit_tree(units, statuses, edition.language, reader, above, status),
    )
