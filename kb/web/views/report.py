"""Contexts of the pages that say how a file was read, and which files a person should look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kb.citations.printed import chain_of, cited, unit_words
from kb.documents import Document, Gap, LeftOut, Unit, count_levels
from kb.language.model import Language
from kb.storage.model import EditionFile, SourceFile, SourcePage
from kb.web import wording
from kb.web.translate import count, noop, share, tell
from kb.web.urls import file_href, href, parse_address, report_href, unit_href
from kb.web.views.acts import entry_words, file_links
from kb.web.views.chrome import Link, Pager, pager
from kb.web.views.text import HEADINGS

_ = noop

#: Pieces of text left out, and characters of each, that the page shows; the JSON has all.
PIECES = 200
LENGTH = 400

#: Stages of reading a file, with their names.
STAGES = {
    "reading": _("reading the file"),
    "head": _("title and requisites"),
    "structure": _("structure"),
    "languages": _("languages"),
    "metadata": _("metadata"),
}

_PAGE = re.compile(r"page (\d{1,9})(?!\d)")
_LINE = re.compile(r"(?:line|paragraph) (\d{1,9})(?!\d)")


class Places:
    """Where the units of an edition begin in its source."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Look among ``units``, in document order."""
        placed = [(_key(unit.place.page, unit.place.paragraph), unit) for unit in units if unit.place is not None]
        placed.sort(key=lambda pair: pair[0])
        self._keys = [key for key, _unit in placed]
        self._units = [unit for _key, unit in placed]

    def at(self, where: str) -> Unit | None:
        """The innermost unit around a place of a report (``page 3, line 12``); None before the first unit.

        A page without a line is that of the first unit which begins on it, else of the one that runs on there.
        """
        page, line = _PAGE.search(where), _LINE.search(where)
        if page is None and line is None:
            return None
        key = _key(int(page[1]) if page else None, int(line[1]) if line else 0)
        at = bisect_right(self._keys, key)
        if line is None and at < len(self._keys) and self._keys[at][0] == key[0]:
            return self._units[at]
        return self._units[at - 1] if at else None


def _key(page: int | None, paragraph: int) -> tuple[int, int]:
    return (page or 0, paragraph)


def unit_of_gap(gap: Gap, units: Sequence[Unit]) -> Unit | None:
    """The unit behind a break in the numbering; None where it is not sure which of several it is."""
    alike = [unit for unit in units if unit.level is gap.level]
    fitting = [
        unit
        for before, unit in zip((None, *alike), alike, strict=False)
        if unit.number == gap.before and (before.number if before else None) == gap.after
    ]
    found = fitting or [unit for unit in alike if unit.number == gap.before]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of a report: its words, where it is in the source, a piece of the text, the unit there or None."""

    words: str
    where: str
    text: str
    unit: Link | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report on the file of an edition.

    Attributes:
        title: title of the edition, linked to its text.
        edition_words: its date in words, and its language.
        file: the file, linked to its bytes.
        files: that file and the other ones of the edition; empty where there is no other.
        facts: name and value of what the file is and when it was read.
        share: share of the characters placed, in words.
        placed: how many of how many characters that is.
        complete: whether nothing was left out.
        left_out: what was left out, at most PIECES.
        more: number of pieces left out that are not shown.
        levels: level and number of units.
        gaps: breaks in the numbering.
        doubts: doubtful places.
        languages: language and number of paragraphs; empty in old reports.
        stages: stage and seconds; empty in old reports.
    """

    title: Link
    edition_words: str
    file: Link
    files: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]
    share: str
    placed: str
    complete: bool
    left_out: tuple[Remark, ...]
    more: int
    levels: tuple[tuple[str, str], ...]
    gaps: tuple[Remark, ...]
    doubts: tuple[Remark, ...]
    languages: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]


def unit_link(unit: Unit | None, edition: str, language: Language) -> Link | None:
    """A unit as a report names it (``Статья 29. Полномочия``, ``пункт 2 статьи 3``) with its address."""
    if unit is None:
        return None
    words = entry_words(unit, language)
    if unit.level not in HEADINGS and unit.heading is None:
        words = unit_words(cited(chain_of(unit.eid, unit.number)), language) or words
    return Link(words, unit_href(edition, unit.eid), language.value)


def report_view(
    source: SourceFile, files: Sequence[EditionFile], document: Document, when: str, language: Language
) -> ReportView:
    """The report on the file of an edition.

    Args:
        source: the file and its report.
        files: all files of the edition, that one first.
        document: the edition.
        when: when the file was read, in words.
        language: language of the interface.
    """
    report, text, units = source.report, document.language, document.units
    coverage, edition, places = report.coverage, source.edition, Places(units)

    def link(where: str) -> Link | None:
        return unit_link(places.at(where), edition, text)

    def piece(one: LeftOut) -> Remark:
        reason = wording.left_out_reason(one.reason, language)
        return Remark(reason, wording.place(one.where, language), _short(one.text), link(one.where))

    date = parse_address(edition).date
    return ReportView(
        title=Link(source.title, href(edition), text.value),
        edition_words=wording.edition(date, text, language),
        file=Link(source.name, file_href(source.sha256, source.name)),
        files=file_links(files),
        facts=_facts(source, when, language),
        share=share(coverage.placed, coverage.characters, language),
        placed=tell(
            _("%(placed)s of %(all)s characters"),
            language,
            placed=count(coverage.placed, language),
            all=count(coverage.characters, language),
        ),
        complete=not coverage.left_out and coverage.placed == coverage.characters,
        left_out=tuple(piece(one) for one in coverage.left_out[:PIECES]),
        more=max(len(coverage.left_out) - PIECES, 0),
        levels=tuple(
            (_level(level, language), count(number, language)) for level, number in count_levels(units).items()
        ),
        gaps=tuple(
            Remark(wording.gap(gap, language), "", "", unit_link(unit_of_gap(gap, units), edition, text))
            for gap in report.gaps
        ),
        doubts=tuple(
            Remark(wording.doubt(one, language), wording.place(one.where, language), "", link(one.where))
            for one in report.warnings
        ),
        languages=tuple(
            (wording.language_name(code, language), count(number, language))
            for code, number in report.languages.items()
        ),
        stages=tuple(
            (tell(STAGES[name], language) if name in STAGES else name, wording.seconds(seconds, language))
            for name, seconds in report.seconds.items()
        ),
    )


def _level(code: str, language: Language) -> str:
    """Name of a level; in Russian and Kyrgyz a part of an article is called as a part of a code is."""
    return tell(_("Part of an article"), language) if code == "paragraph" else wording.level(code, language)


def _short(text: str) -> str:
    return text if len(text) <= LENGTH else f"{text[:LENGTH].rstrip()}…"


def _facts(source: SourceFile, when: str, language: Language) -> tuple[tuple[str, str], ...]:
    facts = (
        (_("Size"), tell(_("%(n)s bytes"), language, n=count(source.size, language))),
        (_("Type of content"), source.media_type),
        ("SHA-256", source.sha256),
        (_("Read"), when),
        (_("Version of the reader"), source.version),
    )
    return tuple((tell(name, language), value) for name, value in facts)


@dataclass(frozen=True, slots=True)
class DoubtfulView:
    """A file in the list: its edition's title linked to the report, edition and file in words, what is amiss."""

    title: Link
    edition_words: str
    file: str
    share: str
    left_out: int
    gaps: int
    doubts: int


@dataclass(frozen=True, slots=True)
class DoubtfulList:
    """The list of files that a person should look at, and how many files there are in all."""

    rows: tuple[DoubtfulView, ...]
    held: int
    pager: Pager


def doubtful_view(page: SourcePage, limit: int, offset: int, language: Language) -> DoubtfulList:
    """The list of files that a person should look at."""
    rows = []
    for source in page.sources:
        address = parse_address(source.edition)
        text = address.language or language
        rows.append(
            DoubtfulView(
                title=Link(source.title, report_href(source.edition), text.value),
                edition_words=wording.edition(address.date, text, language),
                file=source.name,
                share=share(source.placed, source.characters, language),
                left_out=source.pieces,
                gaps=source.gaps,
                doubts=source.warnings,
            )
        )
    return DoubtfulList(tuple(rows), page.held, pager("/reports", [], page.total, limit, offset))
