"""REST API: forms, and a Word file filled from answers."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from kb.errors import BadAnswers, BadParameter
from kb.language.model import Language
from kb.usecases.fill import fill_form
from kb.web import form_answers
from kb.web.access import services
from kb.web.api import MISSING
from kb.web.bodies import body
from kb.web.draft_files import DOCX, attachment
from kb.web.pages_forms import found_form
from kb.web.reader import reader_language
from kb.web.responses import Answer, ErrorItem

router = APIRouter(tags=["forms"])

#: JSON escapes may make each byte of an answer six.
_SWELLING = 6


class FillRequest(Answer):
    """What a form is to be filled with."""

    lang: str
    answers: dict[str, Any]


class FillRefused(Answer):
    """Answers that do not fit: the error, and each of them with its field."""

    error: ErrorItem
    errors: list[form_answers.ProblemItem]
    warnings: list[form_answers.ProblemItem]


async def _read(request: Request) -> bytes:
    return await body(request, services(request).limits.answers_bytes * _SWELLING)


@router.get("/api/v1/forms")
def forms(request: Request) -> form_answers.FormsAnswer:
    """The forms that there are, as `kb form list` prints them."""
    return form_answers.forms_answer(services(request).forms.all())


@router.get("/api/v1/forms/{form_id}", responses={**MISSING})
def form(request: Request, form_id: str) -> form_answers.FormAnswer:
    """What a form asks, as `kb form show` prints it."""
    return form_answers.form_answer(found_form(request, form_id))


@router.post(
    "/api/v1/forms/{form_id}/fill",
    response_class=Response,
    responses={
        200: {"content": {DOCX: {}}, "description": "the Word file"},
        400: {"model": FillRefused, "description": "the request or the answers do not fit"},
        **MISSING,
    },
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": FillRequest.model_json_schema()}}}
    },
)
def fill(request: Request, form_id: str, content: Annotated[bytes, Depends(_read)]) -> Response:
    """Fill a form: `{"lang": "ky", "answers": {…}}` gives a Word file."""
    chosen = found_form(request, form_id)
    lang, answers = _asked(content)
    if lang not in {one.value for one in chosen.langs}:
        raise BadParameter(name="lang", value=lang[:20])
    result = fill_form(chosen, answers, Language(lang))
    if result.docx is not None:
        return attachment(result.docx, f"{chosen.id}.{lang}.docx", DOCX)
    language = reader_language(request)
    refused = FillRefused(
        error=ErrorItem(code="bad_answers", message=form_answers.problem_message(result.errors[0], language)),
        errors=form_answers.problem_items(result.errors, language),
        warnings=form_answers.problem_items(result.warnings, language),
    )
    return JSONResponse(refused.model_dump(mode="json"), 400)


def _asked(content: bytes) -> tuple[str, object]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise BadAnswers(reason="request") from None
    if not isinstance(found, dict) or not isinstance(found.get("lang"), str) or "answers" not in found:
        raise BadAnswers(reason="request")
    return found["lang"], found["answers"]
