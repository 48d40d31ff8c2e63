"""What can be taken away from a draft: Word, PDF and HTML files, answers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kb.errors import BadAnswers
from kb.language.model import Language
from kb.templates.fill import fill
from kb.templates.interview import check_answers
from kb.templates.model import Form
from kb.templates.page import page
from kb.usecases.drafts import Draft
from kb.usecases.pdf import to_pdf
from kb.web.draft_access import form_of, opened
from kb.web.translate import parse_language
from kb.web.views import drafts as views

router = APIRouter(include_in_schema=False)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOMENT = (2022, 12, 12, 0, 0, 0)


@router.get("/drafts/{mode}/{key}/file/{form_id}/{lang}/{kind}")
def download(request: Request, mode: str, key: str, form_id: str, lang: str, kind: str) -> Response:
    """A document of the draft as a file; ``lang`` is ``both`` for all languages of it in one archive."""
    draft = opened(request, mode, key)
    form = form_of(draft, form_id)
    if kind not in MAKERS:
        raise HTTPException(404)
    maker, media_type = MAKERS[kind]
    if lang == "both":
        made = {f"{form.id}.{one.value}.{kind}": maker(draft, form, one) for one in _languages(draft, form)}
        return attachment(_archive(made), f"{_name(draft, form)}.zip", "application/zip")
    language = parse_language(lang)
    if language is None or language not in _languages(draft, form):
        raise HTTPException(404)
    content = maker(draft, form, language)
    return attachment(content, f"{_name(draft, form)}.{language.value}.{kind}", media_type)


@router.get("/drafts/{mode}/{key}/answers")
def answers(request: Request, mode: str, key: str) -> Response:
    """The answers as a JSON file, as ``kb fill`` and another draft take them."""
    draft = opened(request, mode, key)
    told = json.dumps(draft.content.told(), ensure_ascii=False, indent=1)
    return attachment(told.encode(), f"{_name(draft, draft.form)}.json", "application/json")


def _docx(draft: Draft, form: Form, language: Language) -> bytes:
    told = draft.content.told()
    checked = check_answers(form, told, (language,))
    if checked.errors:
        raise BadAnswers(reason="incomplete")
    return fill(form, checked, language, told).docx


def _pdf(draft: Draft, form: Form, language: Language) -> bytes:
    return to_pdf(_docx(draft, form, language))


def _html(draft: Draft, form: Form, language: Language) -> bytes:
    told = draft.content.told()
    checked = check_answers(form, told, (language,))
    if checked.errors:
        raise BadAnswers(reason="incomplete")
    return page(form, checked, language, told).encode()


MAKERS: Mapping[str, tuple[Callable[[Draft, Form, Language], bytes], str]] = {
    "docx": (_docx, DOCX),
    "pdf": (_pdf, "application/pdf"),
    "html": (_html, "text/html; charset=utf-8"),
}


def _languages(draft: Draft, form: Form) -> tuple[Language, ...]:
    return tuple(one for one in draft.content.languages if one in form.langs) or form.langs


def _name(draft: Draft, form: Form) -> str:
    """Name of a file, such as ``charter-Баш-Кайыңды``."""
    place = "".join(letter for letter in views.community(draft) if letter.isalnum() or letter in "- ").strip()
    return f"{form.id}-{place.replace(' ', '-')}" if place else form.id


def _archive(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content)
    return made.getvalue()


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """Bytes to be saved under a name, never shown as a page of ours."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in ".-") else "_" for letter in name)
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )
