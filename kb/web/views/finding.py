"""Contexts of the search page: hits, facets, chips, what was loosened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from kb.citations.printed import chain_of, cited, label, unit_words
from kb.citations.query import read_query
from kb.documents import Level, Unit
from kb.language.model import Language
from kb.search.model import FacetCount, Hit, Results
from kb.web import wording
from kb.web.params import SearchParams
from kb.web.translate import noop, tell
from kb.web.urls import href, unit_href, with_query
from kb.web.views.acts import act_line
from kb.web.views.chrome import Link, Pager, pager
from kb.web.views.text import HEADINGS, snippet_html

_ = noop

PATH = "/search"
#: The list of hits as a table.
TABLE_PATH = "/search.csv"

#: Facets in the order shown, with their names.
FACETS = (
    ("kind", _("Kind")),
    ("status", _("Status")),
    ("lang", _("Language")),
    ("year", _("Year")),
    ("body", _("Body")),
    ("topic", _("Topics")),
    ("official", _("Official text")),
)

#: Values of a facet that are shown without opening it.
SHOWN = 6

#: Characters of a cited unit's text that its card shows.
CARD = 600


@dataclass(frozen=True, slots=True)
class MoreView:
    """A further point of a hit: its printed number, address and two lines."""

    words: str
    href: str
    snippet: Markup


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit as it is shown.

    Attributes:
        line: kind, date and number of its act.
        title: title of its act.
        act_href: address of that edition.
        href: where the hit leads.
        words: printed number and heading of the unit; the title for a whole document.
        whole: whether it is a whole document.
        path: headings around it.
        lang: language of its text.
        language: name of that language.
        status: code of its status.
        status_words: its status in words.
        edition_words: «with amendments up to …», or None where the edition is undated.
        official: whether the text is official.
        recognised: that the text was recognised from pictures, in words, or None.
        snippet: two lines with marks.
        more: further points of the same group.
    """

    line: str
    title: str
    act_href: str
    href: str
    words: str
    whole: bool
    path: tuple[str, ...]
    lang: str
    language: str
    status: str
    status_words: str
    edition_words: str | None
    official: bool
    recognised: str | None
    snippet: Markup
    more: tuple[MoreView, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """A unit or act that the query cites.

    Attributes:
        hit: the hit.
        lines: its first paragraphs, each with what is printed before it.
        cut: whether there is more text than these.
        address: its address with host.
    """

    hit: HitView
    lines: tuple[tuple[str, str], ...]
    cut: bool
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: as sent, as shown, how many, whether chosen."""

    value: str
    words: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet: parameter, name, the values shown at once and those behind «more»."""

    name: str
    words: str
    choices: tuple[Choice, ...]
    further: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page.

    Attributes:
        query: the words as typed.
        asked: whether anything was asked.
        total: number of groups found.
        cards: what the query cites, first of all.
        sure: whether it names the act, so that the one card is what is meant.
        hits: the page of hits behind these.
        facets: facets with their counts.
        chips: chosen filters, each with the address without it.
        relaxed: what was loosened, in one line, or None.
        read_as: words and what they were read as.
        suggestion: the query as it was perhaps meant, or None.
        table: address of the list as a table, None where it is empty.
        back: link to the strict search, where something was loosened.
        kept: parameters that the facet form sends along.
        pager: paging.
        within: title and address of the act searched in, or None.
    """

    query: str
    asked: bool
    total: int
    cards: tuple[CardView, ...]
    sure: bool
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Link, ...]
    relaxed: str | None
    read_as: tuple[tuple[str, str], ...]
    suggestion: Link | None
    table: str | None
    back: Link | None
    kept: tuple[tuple[str, str], ...]
    pager: Pager
    within: Link | None


def hit_view(hit: Hit, language: Language, edition_words: str | None, sure: float | None = None) -> HitView:
    """A hit as it is shown.

    Args:
        hit: the hit.
        language: language of the interface.
        edition_words: «with amendments up to …» of its edition, or None.
        sure: confidence of a text recognised from pictures, None for any other.
    """
    text = Language(hit.lang)
    words = _unit_words(hit.eid, hit.level, hit.number, hit.heading, text) if hit.eid else hit.title
    return HitView(
        line=act_line(wording.kind(hit.act_kind, language), hit.act_date, hit.act_number, language),
        title=hit.title,
        act_href=href(hit.edition),
        href=unit_href(hit.edition, hit.eid),
        words=words,
        whole=hit.eid is None,
        path=hit.path,
        lang=hit.lang,
        language=wording.language_name(hit.lang, language),
        status=hit.status,
        status_words=wording.status(hit.status, language, hit.act_kind),
        edition_words=edition_words,
        official=hit.official,
        recognised=wording.recognised(sure, language) if sure is not None else None,
        snippet=snippet_html(hit.snippet) if hit.eid or "<mark>" in hit.snippet else Markup(""),
        more=tuple(
            MoreView(
                words=_unit_words(one.eid, one.level, one.number, None, text),
                href=unit_href(hit.edition, one.eid),
                snippet=snippet_html(one.snippet),
            )
            for one in hit.more
        ),
    )


def card_view(hit: HitView, units: Sequence[Unit], opening: str, address: str) -> CardView:
    """A unit or act that the query cites.

    Args:
        hit: the hit.
        units: the unit with all below it, empty for a whole act.
        opening: first words of a whole act.
        address: address with host.
    """
    if not units:
        return CardView(hit, (("", f"{opening} …"),) if opening else (), cut=bool(opening), address=address)
    lines: list[tuple[str, str]] = []
    left = CARD
    text = Language(hit.lang)
    for unit in units:
        before = label(unit.level, unit.number, text) if unit is not units[0] else ""
        for block in unit.body:
            if left <= 0:
                return CardView(hit, tuple(lines), cut=True, address=address)
            words = " ".join(block.text.split())
            shown = words if len(words) <= left else f"{words[:left].rsplit(' ', 1)[0]}…"
            lines.append((before, shown))
            left = left - len(words) if shown == words else 0
            before = ""
    return CardView(hit, tuple(lines), cut=left <= 0, address=address)


def _names_act(query: str) -> bool:
    """Whether a query that is a citation says of which act."""
    read = read_query(query)
    return read is not None and read.citation.act is not None and read.citation.act.telling


def _unit_words(eid: str, level: str | None, number: str | None, heading: str | None, language: Language) -> str:
    """A hit's unit: printed number and heading of an article, else as a citation names it (``Часть 2 статьи 251``)."""
    of = Level(level) if level else Level.SECTION
    if of in HEADINGS or heading:
        words = f"{label(of, number, language)} {heading or ''}".strip()
    else:
        words = unit_words(cited(chain_of(eid, number)), language) if number else ""
        words = words[:1].upper() + words[1:]
    return words or wording.level(of.value, language)


def facet_views(
    facets: Sequence[tuple[str, Sequence[FacetCount]]], params: SearchParams, language: Language
) -> tuple[FacetView, ...]:
    """Facets with what is chosen, a chosen value kept even where nothing is left of it; facets of one value left out.

    Args:
        facets: name and counts of each facet, most first.
        params: the request.
        language: language of the interface.
    """
    names = dict(FACETS)
    views = []
    for name, counts in facets:
        chosen = _chosen(params, name)
        held = [one.value for one in counts]
        choices = [
            Choice(one.value, wording.facet_value(name, one.value, language), one.count, one.value in chosen)
            for one in counts
        ]
        choices += [
            Choice(value, wording.facet_value(name, value, language), 0, chosen=True)
            for value in chosen
            if value not in held
        ]
        if len(choices) > 1 or chosen:
            first = [one for at, one in enumerate(choices) if at < SHOWN or one.chosen]
            rest = [one for at, one in enumerate(choices) if at >= SHOWN and not one.chosen]
            views.append(FacetView(name, tell(names[name], language), tuple(first), tuple(rest)))
    return tuple(views)


def _chosen(params: SearchParams, name: str) -> list[str]:
    return [value for key, value in params.pairs() if key == name]


def chips(params: SearchParams, language: Language) -> tuple[Link, ...]:
    """Chosen filters in words, each linked to the search without it."""
    pairs = params.pairs("offset", "limit")
    names = {**dict(FACETS), "from": _("From"), "to": _("Up to"), "as-of": _("As of")}
    found = []
    for at, (name, value) in enumerate(pairs):
        if name not in names:
            continue
        shown = wording.facet_value(name, value, language)
        words = shown if name == "official" else f"{tell(names[name], language)}: {shown}"
        found.append(Link(words, with_query(PATH, [*pairs[:at], *pairs[at + 1 :]])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the library says of the hits of a page.

    Attributes:
        editions: for each hit «with amendments up to …» of its edition, or None.
        recognised: by edition how sure a text recognised from pictures is.
        texts: for each hit that the query cites its units, empty for a whole act, and first words of a whole act.
        origin: scheme and host.
    """

    editions: Sequence[str | None] = ()
    recognised: Mapping[str, float] = field(default_factory=dict)
    texts: Sequence[tuple[Sequence[Unit], str]] = ()
    origin: str = ""


def search_view(
    results: Results | None,
    params: SearchParams,
    language: Language,
    seen: Seen,
    within: Link | None,
) -> SearchView:
    """The search page.

    Args:
        results: the answer, None where nothing was asked.
        params: the request.
        language: language of the interface.
        seen: what the library says of the hits.
        within: title of the act searched in; its link drops that restriction.
    """
    total = results.total if results else 0
    hits = results.hits if results else ()
    views = tuple(
        hit_view(hit, language, words, seen.recognised.get(hit.edition))
        for hit, words in zip(hits, seen.editions, strict=True)
    )
    cards = tuple(
        card_view(view, units, opening, f"{seen.origin}{view.href}")
        for view, (units, opening) in zip(views, seen.texts, strict=False)
    )
    facets = [(name, results.facets.get(name, ())) for name, _words in FACETS] if results else []
    relaxed = wording.relaxed(results.relaxed, results.left_out, language) if results else None
    read_as = results.read_as if results else ()
    strict = params.model_copy(update={"strict": True}).pairs("offset")
    meant = results.suggestion if results else None
    return SearchView(
        query=params.q,
        asked=results is not None,
        total=total,
        cards=cards,
        sure=len(cards) == 1 and _names_act(params.q),
        hits=views[len(cards) :],
        facets=facet_views(facets, params, language),
        chips=chips(params, language),
        relaxed=relaxed,
        read_as=read_as,
        suggestion=Link(meant, with_query(PATH, [("q", meant), *params.pairs("q", "offset", "strict")]))
        if meant
        else None,
        table=with_query(TABLE_PATH, params.pairs("limit", "offset")) if hits else None,
        back=(
            Link(tell(_("Search for the exact words only"), language), with_query(PATH, strict))
            if relaxed or read_as
            else None
        ),
        kept=tuple(pair for pair in params.pairs("offset") if pair[0] not in dict(FACETS)),
        pager=pager(PATH, params.pairs("offset"), total, params.limit, params.offset),
        within=within,
    )
