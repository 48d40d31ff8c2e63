"""Contexts of the lists: documents, topics, home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.documents import TOPICS, Kind, Level
from kb.language.model import Language
from kb.storage.model import ActPage, ActSummary, OutlineEntry, Sort, Statistics
from kb.web import wording
from kb.web.params import ListParams
from kb.web.translate import noop, tell
from kb.web.urls import href, with_query
from kb.web.views.acts import act_line
from kb.web.views.chrome import Link, Pager, pager, title_in
from kb.web.views.finding import Choice

_ = noop

PATH = "/documents"

#: Filters of the list in the order shown, with their names; the list's counts go by the first.
FILTERS = (
    ("kind", "kind", _("Kind")),
    ("body", "body", _("Body")),
    ("year", "year", _("Year")),
    ("status", "status", _("Status")),
    ("language", "lang", _("Language")),
    ("topic", "topic", _("Topics")),
)

#: Kinds under the headings of a topic's page; all others are acts.
GROUPS: tuple[tuple[str, frozenset[Kind]], ...] = (
    (_("Guidance"), frozenset({Kind.METHODOLOGY})),
    (_("Forms"), frozenset({Kind.FORM, Kind.PROTOCOL})),
    (_("Training materials"), frozenset({Kind.TRAINING, Kind.ARTICLE})),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An act in a list.

    Attributes:
        title: its title in the reader's language if held.
        lang: language of that title.
        others: its titles in other languages, with their language.
        href: its address.
        line: kind, date and number.
        body: body that issued it, or None.
        status: code of its status.
        status_words: its status in words.
        amended: «with amendments up to …» of its newest edition, or None.
        official: whether its texts are official.
        languages: names of the languages held; empty for an act known by name only.
        first_lines: first words of its text.
        text_lang: language of these words.
        audience: for whom a training material is, in words.
        hours: its length in hours.
    """

    title: str
    lang: str
    others: tuple[tuple[str, str], ...]
    href: str
    line: str
    body: str | None
    status: str
    status_words: str
    amended: str | None
    official: bool
    languages: tuple[str, ...]
    first_lines: str
    text_lang: str
    audience: str
    hours: float | None


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter of the list: parameter, name, values with counts, whether one is chosen."""

    name: str
    words: str
    choices: tuple[Choice, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """The list of documents: rows, filters, chips to drop them, orders to choose from, paging."""

    rows: tuple[Row, ...]
    filters: tuple[FilterView, ...]
    chips: tuple[Link, ...]
    orders: tuple[Link, ...]
    sort: str
    pager: Pager


@dataclass(frozen=True, slots=True)
class Group:
    """What is filed under one heading of a topic."""

    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic: its name, what is filed under it by group, and how many there are in all."""

    slug: str
    name: str
    total: int
    groups: tuple[Group, ...]
    all_href: str


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic in the list of topics."""

    slug: str
    name: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page: state of the library, topics and examples to search for."""

    acts: int
    in_force: int
    newest: dt.datetime | None
    examples: tuple[Link, ...]
    topics: tuple[TopicLink, ...]


def row(act: ActSummary, language: Language) -> Row:
    """An act in a list."""
    title, lang = title_in(act.titles, language)
    newest = act.editions[-1] if act.editions else None
    return Row(
        title=title or act.act,
        lang=lang,
        others=tuple((text, code.value) for code, text in act.titles.items() if code.value != lang and text),
        href=href(act.act),
        line=act_line(wording.kind(act.kind.value, language), act.date, act.number, language),
        body=act.body,
        status=act.status.value,
        status_words=wording.status(act.status.value, language, act.kind.value),
        amended=wording.amended_up_to(newest.date, act.date, language) if newest else None,
        official=act.official,
        languages=tuple(
            wording.language_name(code.value, language) for code in dict.fromkeys(one.language for one in act.editions)
        ),
        first_lines=act.first_lines,
        text_lang=act.editions[0].language.value if act.editions else lang,
        audience=", ".join(wording.audience(one, language) for one in act.audience),
        hours=act.hours,
    )


def list_view(page: ActPage, params: ListParams, language: Language) -> ListView:
    """The list of documents."""
    filters = []
    found = []
    for field, name, words in FILTERS:
        value = _value(params, name)
        counts = page.counts.get(field) or page.counts.get(name) or {}
        choices = tuple(
            Choice(key, wording.facet_value(field, key, language), number, key == value)
            for key, number in _ordered(field, counts)
        )
        if value is not None and value not in counts:
            choices = (Choice(value, wording.facet_value(field, value, language), 0, chosen=True), *choices)
        filters.append(FilterView(name, tell(words, language), choices, value is not None))
        if value is not None:
            shown = wording.facet_value(field, value, language)
            found.append(Link(f"{tell(words, language)}: {shown}", with_query(PATH, params.pairs(name, "offset"))))
    return ListView(
        rows=tuple(row(act, language) for act in page.acts),
        filters=tuple(filters),
        chips=tuple(found),
        orders=_orders(params, language),
        sort=params.sort,
        pager=pager(PATH, params.pairs("offset"), page.total, params.limit, params.offset),
    )


def _value(params: ListParams, name: str) -> str | None:
    return next((value for key, value in params.pairs() if key == name), None)


def _ordered(field: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    if field == "year":
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _orders(params: ListParams, language: Language) -> tuple[Link, ...]:
    """Orders to choose from, the one in use without a link."""
    names: tuple[tuple[Sort, str], ...] = (
        ("title", _("By title")),
        ("-date", _("Newest first")),
        ("date", _("Oldest first")),
        ("number", _("By number")),
    )
    pairs = params.pairs("sort", "offset")
    return tuple(
        Link(
            tell(words, language),
            None if sort == params.sort else with_query(PATH, [*pairs, ("sort", sort)] if sort != "title" else pairs),
        )
        for sort, words in names
    )


def topic_links(counts: Mapping[str, int], language: Language) -> tuple[TopicLink, ...]:
    """All topics in the order of the training programme."""
    return tuple(
        TopicLink(slug, wording.topic(slug, language), f"/topics/{slug}", counts.get(slug, 0)) for slug in TOPICS
    )


def topic_view(slug: str, page: ActPage, language: Language) -> TopicView:
    """A topic's page: acts first, guidance, forms and training materials apart."""
    groups = [(_("Legislation"), [act for act in page.acts if not any(act.kind in kinds for _n, kinds in GROUPS)])]
    groups += [(words, [act for act in page.acts if act.kind in kinds]) for words, kinds in GROUPS]
    return TopicView(
        slug=slug,
        name=wording.topic(slug, language),
        total=page.total,
        groups=tuple(
            Group(tell(words, language), tuple(row(act, language) for act in acts)) for words, acts in groups if acts
        ),
        all_href=with_query(PATH, [("topic", slug)]),
    )


@dataclass(frozen=True, slots=True)
class Example:
    """A search that the home page may propose: the words, and where they must lead; None for anywhere."""

    words: str
    act: str | None = None
    eid: str | None = None


def word_examples(entries: Sequence[OutlineEntry]) -> list[Example]:
    """Headings of articles short enough to be typed, as words to search for."""
    found = []
    for entry in entries:
        heading = (entry.heading or "").strip(" .:")
        if entry.number and 2 <= len(heading.split()) <= 4 and len(heading) <= 45 and not heading.isupper():
            found.append(Example(heading[0].lower() + heading[1:]))
    return found


def number_examples(act: ActSummary) -> list[Example]:
    """Number and year of an act."""
    return [Example(f"№ {act.number} {act.date.year}", act.act)] if act.number and act.date else []


def clause_examples(entries: Sequence[OutlineEntry], language: Language) -> list[Example]:
    """Number of a clause in the middle of an act, as ``пункт 17``; another act may have it too."""
    numbered = [one for one in entries if one.level is Level.CLAUSE and one.number]
    if not numbered:
        return []
    middle = numbered[len(numbered) // 2]
    words = f"{middle.number}-пункт" if language is Language.KY else f"пункт {middle.number}"
    return [Example(words, eid=middle.eid)]


def citation_examples(act: ActSummary, entries: Sequence[OutlineEntry], language: Language) -> list[Example]:
    """Citations of an article in the middle of an act, by its number and by its title."""
    numbered = [one for one in entries if one.level is Level.ARTICLE and one.number]
    if not numbered or act.date is None or language not in act.titles:
        return []
    middle = numbered[len(numbered) // 2]
    title = act.titles[language]
    if language is Language.KY:
        words = [f"№ {act.number} мыйзамдын {middle.number}-беренеси", f"{title} {middle.number}-берене"]
    else:
        words = [f"ст. {middle.number} закона № {act.number}", f"ст. {middle.number} {title}"]
    by_number = act.kind is Kind.LAW and act.number
    return [Example(one, act.act, middle.eid) for one in words[0 if by_number else 1 :] if len(one) <= 60]


def home_view(state: Statistics, found: Sequence[str], topics: Mapping[str, int], language: Language) -> HomeView:
    """The home page."""
    return HomeView(
        acts=state.acts,
        in_force=state.in_force,
        newest=state.newest,
        examples=tuple(Link(words, with_query("/search", [("q", words)])) for words in found),
        topics=tuple(one for one in topic_links(topics, language) if one.count),
    )
