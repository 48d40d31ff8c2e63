"""The text of an edition as a page shows it: a tree of units with their paragraphs, notes and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kb.citations.printed import Named, cited, label, unit_words
from kb.documents import Block, BlockKind, Level, NoteKind, SpanKind, Status, Unit
from kb.language.model import Language
from kb.usecases.linking import PageLinks, TextLink
from kb.web import wording
from kb.web.urls import unit_href

#: Levels whose units have a page of their own and tools to copy link and citation.
TOOLED = frozenset({Level.ARTICLE, Level.CLAUSE, Level.SUBCLAUSE, Level.POINT, Level.PARAGRAPH, Level.APPENDIX})

#: Levels set as headings even where they have no words; others are where they have.
HEADINGS = frozenset({Level.APPENDIX, Level.PART, Level.SECTION, Level.CHAPTER, Level.SUBCHAPTER, Level.ARTICLE})

_MARK = re.compile(r"(</?mark>)")


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph (``html``) or a table (``rows``) with its address within the unit, or None where it has none."""

    html: Markup
    rows: tuple[tuple[Markup, ...], ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note under a unit: its kind and words."""

    kind: NoteKind
    html: Markup


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as it is set.

    Attributes:
        eid: its address.
        level: its level.
        depth: level of its HTML heading, 2 to 6; 0 where it is set as running text.
        label: ``Статья 29.``, ``1)``; empty where there is no number.
        heading: its heading, or empty.
        blocks: its own paragraphs and tables.
        notes: its notes.
        repealed: «Утратила силу» where the page must say so here: it is repealed and what is around it is not.
        cite_ky: words that a Kyrgyz citation names it by, empty where it is not cited by itself.
        cite_ru: the same in Russian.
        page: whether it has a page of its own to link to.
        children: what is below it, in order.
    """

    eid: str
    level: Level
    depth: int
    label: str
    heading: str
    blocks: tuple[BlockView, ...]
    notes: tuple[NoteView, ...]
    repealed: str
    cite_ky: str
    cite_ru: str
    page: bool
    children: tuple[UnitView, ...]


def block_html(block: Block, links: Sequence[TextLink] = ()) -> Markup:
    """A paragraph's text with its superscripts, subscripts and links; line feeds become line breaks."""
    parts: list[Markup] = []
    at = 0
    for link in links:
        inner = _stretch(block, link.start, link.end)
        parts.append(_stretch(block, at, link.start))
        parts.append(Markup('<a class="ref" href="{}">{}</a>').format(unit_href(link.edition, link.eid), inner))
        at = link.end
    parts.append(_stretch(block, at, len(block.text)))
    return Markup("").join(parts)


def _stretch(block: Block, start: int, end: int) -> Markup:
    """Characters of a paragraph with the superscripts and subscripts among them."""
    parts: list[Markup | str] = []
    at = start
    for span in block.spans:
        first, last = max(span.start, start), min(span.end, end)
        if first >= last:
            continue
        tag = "sup" if span.kind is SpanKind.SUPERSCRIPT else "sub"
        parts.append(_lines(block.text[at:first]))
        parts.append(Markup("<{0}>{1}</{0}>").format(Markup(tag), block.text[first:last]))  # noqa: S704
        at = last
    parts.append(_lines(block.text[at:end]))
    return Markup("").join(parts)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n")) if "\n" in text else escape(text)


def snippet_html(snippet: str) -> Markup:
    """A snippet of the search as safe HTML: nothing but ``<mark>`` stays a tag."""
    parts = [
        Markup(part) if _MARK.fullmatch(part) else escape(Markup(part).unescape())  # noqa: S704
        for part in _MARK.split(snippet)
    ]
    html = Markup("").join(parts)
    missing = html.count("<mark>") - html.count("</mark>")
    return html + Markup("</mark>") * max(missing, 0)


def block_views(unit: Unit, taken: frozenset[str], links: PageLinks | None = None) -> tuple[BlockView, ...]:
    """Blocks of a unit; paragraphs after the first are addressed ``…__al_N`` unless ``taken`` by a unit."""
    views = []
    for number, block in enumerate(unit.body, start=1):
        anchor: str | None = f"{unit.eid}__al_{number}"
        if number == 1 or anchor in taken:
            anchor = None
        if block.kind is BlockKind.TABLE:
            rows = tuple(tuple(_lines(cell) for cell in row) for row in block.rows)
            views.append(BlockView(Markup(""), rows, anchor))
        else:
            found = links.block(unit.eid, block) if links else ()
            views.append(BlockView(block_html(block, found), (), anchor))
    return tuple(views)


def note_views(unit: Unit, links: PageLinks | None = None) -> tuple[NoteView, ...]:
    """Notes of a unit."""
    return tuple(
        NoteView(note.kind, block_html(Block(note.text), links.note(unit.eid, note.text) if links else ()))
        for note in unit.notes
    )


def unit_tree(
    units: Sequence[Unit],
    statuses: Mapping[str, Status],
    language: Language,
    reader: Language,
    above: Sequence[Named] = (),
    around: Status = Status.UNKNOWN,
    top: int = 2,
    links: PageLinks | None = None,
) -> tuple[UnitView, ...]:
    """Units as a tree.

    Args:
        units: a stretch of an edition in document order; those whose parent is not among them are roots.
        statuses: effective status by eId.
        language: language of the text.
        reader: language of the interface.
        above: what is around the roots, outermost first.
        around: effective status of what is around the roots.
        top: level of the outermost HTML headings.
        links: what the text cites, None for a text without links.

    Returns:
        The roots in order.
    """
    below: dict[str | None, list[Unit]] = {}
    held = {unit.eid for unit in units}
    for unit in units:
        below.setdefault(unit.parent if unit.parent in held else None, []).append(unit)
    taken = frozenset(held)

    def build(unit: Unit, chain: tuple[Named, ...], outer: Status, depth: int) -> UnitView:
        chain = (*chain, Named(unit.level, unit.number))
        status = statuses.get(unit.eid, Status.UNKNOWN)
        heading = unit.heading is not None or unit.level in HEADINGS
        tooled = unit.level in TOOLED and unit.number is not None
        return UnitView(
            eid=unit.eid,
            level=unit.level,
            depth=min(depth, 6) if heading else 0,
            label=label(unit.level, unit.number, language),
            heading=unit.heading or "",
            blocks=block_views(unit, taken, links),
            notes=note_views(unit, links),
            repealed=wording.unit_status(status, unit.level, reader)
            if status is Status.REPEALED and outer is not Status.REPEALED
            else "",
            cite_ky=unit_words(cited(chain), Language.KY) if tooled else "",
            cite_ru=unit_words(cited(chain), Language.RU) if tooled else "",
            page=unit.level in {Level.ARTICLE, Level.CLAUSE, Level.APPENDIX},
            children=tuple(build(child, chain, status, depth + heading) for child in below.get(unit.eid, ())),
        )

    return tuple(build(unit, tuple(above), around, top) for unit in below.get(None, ()))


def text_size(units: Iterable[Unit]) -> int:
    """Characters of heading and body of the units, notes included."""
    return sum(
        len(unit.heading or "")
        + sum(len(block.text) for block in unit.body)
        + sum(len(note.text) for note in unit.notes)
        for unit in units
    )
