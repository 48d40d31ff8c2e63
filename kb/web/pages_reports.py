"""Pages that say how files were read: one for each edition, and the list of those to look at."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import Field
from starlette.requests import Request

from kb.errors import UnknownAct
from kb.web.access import answer, library, shelf
from kb.web.params import Params
from kb.web.reader import reader_language
from kb.web.render import BISHKEK, today
from kb.web.reports import report_answer, reports_answer
from kb.web.translate import day
from kb.web.urls import parse_address, report_href, with_query
from kb.web.views.report import doubtful_view, report_view

router = APIRouter(include_in_schema=False)

#: Files on a page of the list.
PAGE = 25


class ReportsParams(Params):
    """Parameters of the list."""

    offset: int = Field(0, ge=0, le=1_000_000, description="files before the page")


@router.get("/report/akn/{rest:path}")
def report(request: Request, rest: str) -> Response:
    """How the file of an edition was read; at an act's address that of the edition that stands."""
    try:
        asked = parse_address(f"/akn/{rest}")
    except ValueError:
        raise UnknownAct(act=rest[:200]) from None
    language = reader_language(request)
    found = shelf(request).find(asked, language, today())
    if found.edition is None or asked.eid:
        raise UnknownAct(reason="no_edition", act=asked.act)
    edition = found.edition.edition
    if request.url.path != f"/report{edition}":
        path = report_href(edition) + (".json" if getattr(request.state, "json", False) else "")
        return RedirectResponse(with_query(path, request.query_params.multi_items()), 307)
    source, document = library(request).source(edition), shelf(request).document(edition)
    files = library(request).files(edition)
    read = source.read.astimezone(BISHKEK)
    return answer(
        request,
        "report.html",
        lambda: report_answer(source, files, document, language),
        view=report_view(source, files, document, f"{day(read, language)}, {read:%H:%M}", language),
    )


@router.get("/reports")
def reports(request: Request) -> Response:
    """Files that a person should look at."""
    language = reader_language(request)
    offset = ReportsParams.read(request.query_params).offset
    page = library(request).doubtful(limit=PAGE, offset=offset)
    return answer(
        request,
        "reports.html",
        lambda: reports_answer(page, PAGE, offset),
        view=doubtful_view(page, PAGE, offset, language),
    )
