"""Failures as answers: a page in the reader's language that says what to do, or the API's JSON."""

from __future__ import annotations

import re

from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kb.errors import BadParameter, BadRequest, ExpiredDraft, InputRefused, KbError, Missing, Removed, Unavailable
from kb.web import wording
from kb.web.reader import frame, reader_language, wants_json
from kb.web.render import render, site_name
from kb.web.responses import ErrorAnswer, ErrorItem
from kb.web.urls import href

#: A draft's address below which something failed.
_DRAFT = re.compile(r"/drafts/[er]/[A-Za-z0-9_-]{32}(?=/)")
_GONE = {"unknown_draft", "expired_draft"}


def _draft(path: str) -> str:
    found = _DRAFT.match(path)
    return found[0] if found else ""


def http_status(problem: KbError) -> int:
    """HTTP status of an error."""
    match problem:
        case Removed() | ExpiredDraft():
            return 410
        case Missing():
            return 404
        case BadRequest() | InputRefused():
            return 400
        case Unavailable():
            return 503
        case _:
            return 500


def failure(
    request: Request, status: int, code: str, message: str = "", reference: str = "", instead: str = ""
) -> Response:
    """An error's answer.

    Args:
        request: the request that failed.
        status: HTTP status.
        code: code of the error.
        message: its words in the reader's language; made from the code where empty.
        reference: key by which the operator finds it in the log, or empty.
        instead: URI of an act to read instead, or empty.
    """
    language = reader_language(request)
    message = message or wording.error_of_code(code, language)
    headers = {"cache-control": "no-store", "vary": "Accept, Accept-Language, Cookie"}
    if status == 503:
        headers["retry-after"] = "60"
    if wants_json(request):
        answer = ErrorAnswer(error=ErrorItem(code=code, message=message)).model_dump(mode="json")
        if reference:
            answer["error"]["reference"] = reference
        if instead:
            answer["error"]["replaced_by"] = instead
        return JSONResponse(answer, status, headers)
    page = render(
        "error.html",
        language,
        frame=frame(request),
        site=site_name(language),
        status=status,
        code=code,
        message=message,
        reference=reference,
        instead=href(instead) if instead else "",
        draft="" if code in _GONE else _draft(request.url.path),
    )
    return HTMLResponse(page, status, headers)


def known_failure(request: Request, problem: Exception) -> Response:
    """Answer of one of our errors."""
    assert isinstance(problem, KbError)  # noqa: S101 - registered for KbError alone
    instead = str(problem.params.get("replaced_by") or "") if isinstance(problem, Removed) else ""
    message = wording.error(problem, reader_language(request))
    return failure(request, http_status(problem), problem.code, message, instead=instead)


def invalid(request: Request, problem: Exception) -> Response:
    """Answer to parameters that FastAPI refused: the first of them is named."""
    assert isinstance(problem, RequestValidationError)  # noqa: S101 - registered for it alone
    first = problem.errors()[0]
    name = str(first["loc"][-1] if len(first["loc"]) < 3 else first["loc"][1])
    return known_failure(request, BadParameter(name=name))


def refused(request: Request, problem: Exception) -> Response:
    """Answer of the routing: no such page, no such method."""
    assert isinstance(problem, HTTPException)  # noqa: S101 - registered for it alone
    code = {404: "no_page", 405: "method_not_allowed"}.get(problem.status_code, "error")
    return failure(request, problem.status_code, code)
