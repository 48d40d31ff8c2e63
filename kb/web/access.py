"""How a route reaches the services, and answers as page or JSON with what caches need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from starlette.requests import Request

from kb.errors import BadQuery
from kb.web.linkers import Linkers
from kb.web.reader import COOKIE, frame, reader_language, wants_json
from kb.web.render import render, site_name
from kb.web.services import LibraryReader, WebServices
from kb.web.shelf import Shelf
from kb.web.translate import parse_language

VARY = "Accept, Accept-Language, Cookie"
YEAR = 31_536_000


def services(request: Request) -> WebServices:
    """Services of the application."""
    found: WebServices = request.app.state.services
    return found


def library(request: Request) -> LibraryReader:
    """Library of the application."""
    return services(request).library


def shelf(request: Request) -> Shelf:
    """Editions at hand."""
    found: Shelf = request.app.state.shelf
    return found


def linkers(request: Request) -> Linkers:
    """Links in the texts."""
    found: Linkers = request.app.state.linkers
    return found


def check_query(request: Request, text: str) -> None:
    """Refuse a query that is longer than the settings allow."""
    limit = services(request).limits.query_characters
    if len(text) > limit:
        raise BadQuery(reason="too_long", limit=limit)


def answer(
    request: Request, template: str, model: Callable[[], BaseModel], status: int = 200, **context: object
) -> Response:
    """A page, or the same as JSON where the request asks for it.

    Args:
        request: the request.
        template: file of ``html/``.
        model: makes the JSON answer.
        status: HTTP status.
        context: what the template shows beside the frame.
    """
    if wants_json(request):
        response = Response(model().model_dump_json(by_alias=True), status, media_type="application/json")
    else:
        language = reader_language(request)
        response = HTMLResponse(
            render(template, language, frame=frame(request), site=site_name(language), **context), status
        )
    return finish(request, response)


def finish(request: Request, response: Response) -> Response:
    """Headers for caches and the cookie of a language just chosen; 304 where the reader has these bytes."""
    tag = f'W/"{hashlib.sha256(response.body).hexdigest()[:20]}"'
    same = tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if same and response.status_code == 200:
        response = Response(status_code=304)
    response.headers["etag"] = tag
    response.headers["cache-control"] = "no-cache"
    response.headers["vary"] = VARY
    chosen = parse_language(request.query_params.get("hl"))
    if chosen:
        response.set_cookie(COOKIE, chosen.value, max_age=YEAR, samesite="lax", httponly=True)
    return response
