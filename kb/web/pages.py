"""Pages: home, search, documents, topics, help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from kb.documents import TOPICS, Unit
from kb.errors import Missing, UnknownTopic
from kb.language.model import Language
from kb.search.model import Results
from kb.search.searcher import WINDOW
from kb.storage.model import ActFilter
from kb.web import answers, guide, wording
from kb.web.access import answer, check_query, library, services
from kb.web.examples import proposals
from kb.web.export import hits_table
from kb.web.params import ListParams, SearchParams
from kb.web.reader import reader_language
from kb.web.render import site_name, today
from kb.web.responses import (
    Facets,
    HelpAnswer,
    HomeAnswer,
    SearchAnswer,
    TopicAct,
    TopicAnswer,
    TopicItem,
    TopicsAnswer,
)
from kb.web.urls import parse_address, unit_href, with_query
from kb.web.views import finding, lists
from kb.web.views.chrome import Link, title_in

router = APIRouter(include_in_schema=False)

#: Acts shown on a topic's page.
TOPIC_ACTS = 200


@router.get("/")
def home(request: Request) -> Response:
    """The home page."""
    language = reader_language(request)
    state = library(request).statistics()
    found = proposals(request.app.state.proposals, services(request), language)
    view = lists.home_view(state, found, library(request).topics(), language)
    return answer(
        request,
        "home.html",
        lambda: HomeAnswer(
            name=site_name(language),
            documents=state.acts,
            in_force=state.in_force,
            newest=state.newest,
            examples=list(found),
        ),
        view=view,
    )


@router.get("/search")
def search(request: Request) -> Response:
    """Search with its results."""
    language = reader_language(request)
    params = SearchParams.read(request.query_params)
    check_query(request, params.q)
    results = services(request).searcher.search(params.query(today())) if params.q.strip() else None
    seen = _seen(request, results, language) if results else finding.Seen()
    view = finding.search_view(results, params, language, seen, _within(request, params, language))

    def model() -> SearchAnswer:
        if results:
            return answers.search_answer(results)
        empty = Facets(**{name: [] for name in Facets.model_fields})
        return SearchAnswer(query="", total=0, took_ms=0, relaxed=None, left_out=[], hits=[], facets=empty)

    return answer(request, "search.html", model, view=view)


@router.get(finding.TABLE_PATH)
def search_table(request: Request) -> Response:
    """All hits of a search that can be paged through, as a table."""
    params = SearchParams.read(request.query_params)
    check_query(request, params.q)
    query = replace(params.query(today()), limit=WINDOW, offset=0)
    results = services(request).searcher.search(query)
    base = str(request.base_url).rstrip("/")
    table = hits_table(results.hits, lambda hit: base + unit_href(hit.edition, hit.eid))
    return Response(
        table,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=search.csv"},
    )


def _seen(request: Request, results: Results, language: Language) -> finding.Seen:
    """What the library says of the hits; what it does not hold any more is told without a text."""
    held = library(request)
    hits = results.hits
    texts: list[tuple[Sequence[Unit], str]] = []
    for hit in hits[: results.cited]:
        try:
            opening = "" if hit.eid else held.summary(hit.act).first_lines
            texts.append((held.units(hit.edition, hit.eid) if hit.eid else (), opening))
        except Missing:
            texts.append(((), ""))
    return finding.Seen(
        editions=[wording.amended_up_to(parse_address(hit.edition).date, hit.act_date, language) for hit in hits],
        recognised=held.recognised({hit.edition for hit in hits}),
        texts=texts,
        origin=str(request.base_url).rstrip("/"),
    )


def _within(request: Request, params: SearchParams, language: Language) -> Link | None:
    if params.act is None:
        return None
    try:
        title, lang = title_in(library(request).summary(params.act).titles, language)
    except Missing:
        title, lang = params.act, ""
    return Link(title, with_query("/search", params.pairs("act", "offset")), lang)


@router.get("/documents")
def documents(request: Request) -> Response:
    """The list of documents."""
    language = reader_language(request)
    query = request.query_params
    params = ListParams.read(query)
    if "limit" not in query:
        params = params.model_copy(update={"limit": 25})
    page = library(request).list_acts(
        params.filter(), sort=params.sort, language=language, limit=params.limit, offset=params.offset
    )
    return answer(
        request,
        "documents.html",
        lambda: answers.act_page(page, params.limit, params.offset),
        view=lists.list_view(page, params, language),
    )


@router.get("/topics")
def topics(request: Request) -> Response:
    """The list of topics."""
    language = reader_language(request)
    found = lists.topic_links(library(request).topics(), language)
    items = [TopicItem(topic=one.slug, name=one.name, count=one.count) for one in found]
    return answer(request, "topics.html", lambda: TopicsAnswer(topics=items), topics=found)


@router.get("/topics/{slug}")
def topic(request: Request, slug: str) -> Response:
    """What is filed under a topic."""
    if slug not in TOPICS:
        raise UnknownTopic(topic=slug[:100])
    language = reader_language(request)
    page = library(request).list_acts(ActFilter(topic=slug), language=language, limit=TOPIC_ACTS)
    view = lists.topic_view(slug, page, language)
    return answer(
        request,
        "topic.html",
        lambda: TopicAnswer(
            topic=slug,
            name=view.name,
            total=page.total,
            acts=[
                TopicAct(
                    **answers.act_item(act).model_dump(),
                    first_lines=act.first_lines,
                    audience=list(act.audience),
                    hours=act.hours,
                )
                for act in page.acts
            ],
        ),
        view=view,
    )


@router.get("/help")
def help_page(request: Request) -> Response:
    """How to search, read and connect."""
    sections = guide.sections(reader_language(request))
    return answer(request, "help.html", lambda: HelpAnswer(sections=sections), sections=sections)
