"""REST API, version 1: the JSON of the command line over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from kb.documents import Document
from kb.errors import BadQuery, UnknownAct, UnknownUnit
from kb.language.model import Language
from kb.usecases.citing import resolve_text
from kb.web import answers
from kb.web.access import answer, check_query, library, services, shelf
from kb.web.citing import ResolveAnswer, resolve_answer
from kb.web.docs import describe
from kb.web.params import ActParams, ChangesParams, ListParams, ResolveParams, SearchParams, ShowParams
from kb.web.render import today
from kb.web.responses import ActAnswer, ActPageAnswer, ChangesAnswer, ErrorAnswer, HealthAnswer, SearchAnswer
from kb.web.urls import api_href, parse_address, valid_eid, with_query

router = APIRouter()

Responses = dict[int | str, dict[str, Any]]

WRONG: Responses = {400: {"model": ErrorAnswer, "description": "a parameter does not fit"}}
MISSING: Responses = {
    404: {"model": ErrorAnswer, "description": "no such act or unit"},
    410: {"model": ErrorAnswer, "description": "the act was removed"},
}


@router.get("/api/v1/search", responses={**WRONG, 503: {"model": ErrorAnswer}}, tags=["search"])
def search(request: Request, params: Annotated[SearchParams, Query()]) -> SearchAnswer:
    """Search units and documents."""
    if not params.q.strip():
        raise BadQuery(reason="no_words")
    check_query(request, params.q)
    return answers.search_answer(services(request).searcher.search(params.query(today())))


@router.get("/api/v1/acts", responses={**WRONG}, tags=["acts"])
def acts(request: Request, params: Annotated[ListParams, Query()]) -> ActPageAnswer:
    """List the acts held with text."""
    language = Language(params.lang) if params.lang else Language.KY
    page = library(request).list_acts(
        params.filter(), sort=params.sort, language=language, limit=params.limit, offset=params.offset
    )
    return answers.act_page(page, params.limit, params.offset)


@router.get(
    "/api/v1/acts/{act:path}/units/{eid}", response_model=ActAnswer, responses={**WRONG, **MISSING}, tags=["acts"]
)
def unit(request: Request, act: str, eid: str, params: Annotated[ShowParams, Query()]) -> ActAnswer | Response:
    """A unit with all below it; `{act}` is the act's URI without its first slash."""
    moved = _moved(request, act, eid)
    if moved:
        return moved
    document = _document(request, act, params)
    return _unit_answer(request, document, eid)


@router.get("/api/v1/acts/{act:path}", response_model=ActAnswer, responses={**WRONG, **MISSING}, tags=["acts"])
def show(request: Request, act: str, params: Annotated[ActParams, Query()]) -> ActAnswer | Response:
    """An act with all its units; `{act}` is its URI, or that of an edition, without the first slash."""
    moved = _moved(request, act, None)
    if moved:
        return moved
    document = _document(request, act, params)
    return _unit_answer(request, document, params.unit) if params.unit else answers.act_answer(document)


def _moved(request: Request, act: str, eid: str | None) -> Response | None:
    """Redirect from a former address of an act."""
    try:
        asked = parse_address(f"/{act}")
    except ValueError:
        raise UnknownAct(act=act[:200]) from None
    now = library(request).canonical(asked.act)
    if now == asked.act:
        return None
    target = asked.path.replace(asked.act, now, 1)
    return RedirectResponse(with_query(api_href(target, eid), request.query_params.multi_items()), 308)


def _document(request: Request, act: str, params: ShowParams) -> Document:
    asked = parse_address(f"/{act}")
    if asked.expression:
        return shelf(request).document(asked.expression)
    language = Language(params.lang) if params.lang else asked.language
    return library(request).document(asked.act, language=language, as_of=params.as_of or asked.as_of)


def _unit_answer(request: Request, document: Document, eid: str) -> ActAnswer:
    if not valid_eid(eid):
        raise UnknownUnit(act=document.act_id.uri, eid=eid[:200])
    return answers.act_answer(document, library(request).units(document.edition.uri, eid))


@router.get("/api/v1/resolve", responses={**WRONG}, tags=["acts"])
def resolve(request: Request, params: Annotated[ResolveParams, Query()]) -> ResolveAnswer:
    """Follow a citation to act, edition, unit and status."""
    if not params.citation.strip():
        raise BadQuery(reason="no_words")
    check_query(request, params.citation)
    language = Language(params.lang) if params.lang else None
    found = resolve_text(params.citation, library(request), language=language, as_of=params.as_of or today())
    return resolve_answer(params.citation, found)


@router.get("/api/v1/changes", responses={**WRONG}, tags=["changes"])
def changes(request: Request, params: Annotated[ChangesParams, Query()]) -> ChangesAnswer:
    """What was added, updated or removed after a sequence, in order."""
    found = library(request).changes(params.since, limit=params.limit)
    return answers.changes_answer(found, params.since, library(request).newest_sequence())


@router.get("/healthz", responses={503: {"model": ErrorAnswer}}, tags=["service"])
def healthz(request: Request) -> HealthAnswer:
    """Whether the service is ready."""
    return HealthAnswer(status="ok", sequence=library(request).newest_sequence())


@router.get("/api/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """The API described for people, made from its OpenAPI description."""
    schema = request.app.openapi()
    return answer(request, "api.html", lambda: describe(schema), operations=describe(schema))
