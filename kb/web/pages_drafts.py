"""Pages of drafts: overview, sections of the interview, the document, check, history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kb.errors import BadAnswers
from kb.templates.model import Form
from kb.usecases import pdf
from kb.usecases.draft_content import ANSWERS, CASES, LANGUAGES, STAGES, Place, fit, read_answers
from kb.usecases.drafts import Draft, companions
from kb.web.access import answer, services
from kb.web.bodies import Sent, sent
from kb.web.draft_access import (
    after_save,
    base_number,
    document_language,
    draft_json,
    form_of,
    opened,
    redirect,
)
from kb.web.fields import read_fields
from kb.web.pages_forms import stands
from kb.web.reader import reader_language
from kb.web.render import render, today
from kb.web.stages import STAGES as TEN
from kb.web.stages import STAGES_LAW, read_date, stage_views
from kb.web.translate import parse_language
from kb.web.views import drafts as views
from kb.web.views.questions import input_id
from kb.web.views.remarks import document_remarks
from kb.web.views.sheet import Sheet, sheet

router = APIRouter(include_in_schema=False)

Given = Annotated[Sent, Depends(sent)]
_MOST_WORDS = 200


@router.get("/drafts/{mode}/{key}")
def overview(request: Request, mode: str, key: str) -> Response:
    """What the draft is, how far it is, where it lies; for those who only read, the document."""
    draft = opened(request, mode, key)
    if not draft.may_edit:
        return document(request, mode, key, draft.form.id)
    language = reader_language(request)
    return answer(
        request,
        "draft.html",
        lambda: draft_json(draft),
        draft=draft,
        base=views.base(draft),
        origin=f"{request.url.scheme}://{request.url.netloc}",
        documents=[views.document_view(draft, form, language) for form in draft.forms.values()],
        languages=_chosen(draft),
        community=views.community(draft),
        saved=_saved_words(request, draft),
        left=request.query_params.get("left", "")[:_MOST_WORDS],
        days=services(request).drafts.days,
    )


@router.get("/drafts/e/{key}/q/{form_id}/{section}")
def section(request: Request, key: str, form_id: str, section: str) -> Response:
    """The questions of a section, beside what they fill."""
    draft = opened(request, "e", key)
    form = form_of(draft, form_id)
    language = reader_language(request)
    query = request.query_params
    page = views.section_page(
        draft, form, section, language, strict="check" in query, more=query.get("more", "")[:_MOST_WORDS]
    )
    if page is None:
        if section not in {one.id for one in form.sections}:
            raise HTTPException(404)
        return redirect(views.base(draft))
    return answer(
        request,
        "draft_section.html",
        lambda: draft_json(draft),
        draft=draft,
        base=views.base(draft),
        page=page,
        sheet=_sheet(request, draft, form, draft.content.told(), page.names.split()),
        languages=_languages(draft, form),
        strict="check" in query,
        saved=_saved_words(request, draft),
    )


@router.post("/drafts/e/{key}/q/{form_id}/{section}")
def save_section(request: Request, key: str, form_id: str, section: str, given: Given) -> Response:
    """Save a section, and go on to the next one or stay."""
    draft = opened(request, "e", key)
    form = form_of(draft, form_id)
    action = given.get("_do")
    kind, _colon, path = action.partition(":")
    answers = _section_answers(form, section, given, without=path if kind == "remove" else "")
    changes: dict[Place, object] = {(ANSWERS, name): value for name, value in answers.items()}
    here = f"{views.base(draft)}/q/{form.id}/{section}"
    saved = services(request).drafts.save(draft, base_number(given.get("_base")), _meant(draft, form, changes))
    if kind == "add":
        return after_save(request, draft, saved, f"{here}#add-{path}"[:_MOST_WORDS], more=path[:_MOST_WORDS])
    if kind == "remove":
        return after_save(request, draft, saved, f"{here}#add-{path.rpartition('[')[0]}"[:_MOST_WORDS])
    if action != "next":
        return after_save(request, draft, saved, here)
    now = opened(request, "e", key)
    if views.wanting(now, form, list(answers)):
        return after_save(request, now, saved, here, check="1")
    page = views.section_page(now, form, section, reader_language(request), strict=False)
    if page is None:
        return after_save(request, now, saved, views.base(draft))
    # A question that these answers brought up has not been seen yet: show it before calling it unanswered.
    unseen = [one.path for one in page.inputs if one.path not in answers]
    if views.wanting(now, form, unseen):
        return after_save(request, now, saved, f"{here}#{input_id(unseen[0])}")
    return after_save(request, now, saved, page.after)


@router.post("/drafts/e/{key}/q/{form_id}/{section}/preview")
def preview_section(request: Request, key: str, form_id: str, section: str, given: Given) -> Response:
    """The part of the document that a section fills, as these answers would make it; nothing is saved."""
    draft = opened(request, "e", key)
    form = form_of(draft, form_id)
    answers = _section_answers(form, section, given)
    content = draft.content.changed(_meant(draft, form, {(ANSWERS, name): one for name, one in answers.items()}))
    shown = _sheet(request, draft, form, content.told(), list(answers))
    page = render(
        "draft_sheet.html",
        reader_language(request),
        sheet=shown,
        here=f"{views.base(draft)}/q/{form.id}/{section}",
        whole=f"{views.base(draft)}/doc/{form.id}",
        languages=_languages(draft, form),
    )
    return HTMLResponse(page)


@router.get("/drafts/{mode}/{key}/doc/{form_id}")
def document(request: Request, mode: str, key: str, form_id: str) -> Response:
    """The whole document as the answers make it."""
    draft = opened(request, mode, key)
    form = form_of(draft, form_id)
    language = reader_language(request)
    ready = not views.report(draft, form).lacks
    return answer(
        request,
        "draft_document.html",
        lambda: draft_json(draft),
        draft=draft,
        base=views.base(draft),
        document=views.document_view(draft, form, language),
        others=[views.document_view(draft, one, language) for one in draft.forms.values() if one is not form],
        sheet=_sheet(request, draft, form, draft.content.told()),
        here=f"{views.base(draft)}/doc/{form.id}",
        languages=_languages(draft, form),
        ready=ready,
        pdf=pdf.installed(),
        community=views.community(draft),
    )


@router.get("/drafts/e/{key}/finish/{form_id}")
def finish(request: Request, key: str, form_id: str) -> Response:
    """What is missing, what is doubtful, downloads, the ten stages."""
    draft = opened(request, "e", key)
    form = form_of(draft, form_id)
    language = reader_language(request)
    report = views.report(draft, form)
    staged = bool(companions(form))
    return answer(
        request,
        "draft_finish.html",
        lambda: draft_json(draft),
        draft=draft,
        base=views.base(draft),
        document=views.document_view(draft, form, language),
        documents={one.id: views.document_view(draft, one, language) for one in draft.forms.values()},
        lacks=[views.lack_view(draft, form, lack, language) for lack in report.lacks],
        notes=views.note_views(draft, form, report, language),
        remarks=document_remarks(report.warnings, language),
        cases=views.case_views(draft, form, report, language),
        law=STAGES_LAW,
        stages=stage_views(draft.content.stages, draft.content.answers, today(), language) if staged else (),
        languages=_languages(draft, form),
        pdf=pdf.installed(),
        saved=_saved_words(request, draft),
    )


@router.get("/drafts/e/{key}/history")
def history(request: Request, key: str) -> Response:
    """Revisions, each of which can be brought back."""
    draft = opened(request, "e", key)
    changes = services(request).drafts.history(draft)
    return answer(
        request,
        "draft_history.html",
        lambda: draft_json(draft),
        draft=draft,
        base=views.base(draft),
        changes=views.change_views(draft, changes, reader_language(request)),
    )


@router.post("/drafts/e/{key}/restore")
def restore(request: Request, key: str, given: Given) -> Response:
    """Bring an earlier revision back, as a new one."""
    draft = opened(request, "e", key)
    number, base = base_number(given.get("number")), base_number(given.get("_base"))
    saved = services(request).drafts.restore(draft, number, base)
    if saved.clashes or saved.joined:
        return after_save(request, draft, saved, _back(draft, given))
    return redirect(_back(draft, given), saved="restored")


@router.post("/drafts/e/{key}/settle")
def settle(request: Request, key: str, given: Given) -> Response:
    """Put values in place of those of somebody else, where a person said so."""
    draft = opened(request, "e", key)
    changes: dict[Place, object] = {}
    for name, value in given.pairs:
        if name.startswith("v") and given.get("c" + name.removeprefix("v")) == "mine":
            place, mine = _clash(draft, value)
            changes[place] = mine
    saved = services(request).drafts.save(draft, base_number(given.get("_base")), changes)
    return after_save(request, draft, saved, _back(draft, given))


@router.post("/drafts/e/{key}/settings")
def settings(request: Request, key: str, given: Given) -> Response:
    """Languages of the documents, dates of stages, case forms: whatever of them the page's form held."""
    draft = opened(request, "e", key)
    changes = _settings(draft, given)
    saved = services(request).drafts.save(draft, base_number(given.get("_base")), changes)
    return after_save(request, draft, saved, _back(draft, given))


@router.post("/drafts/e/{key}/newest")
def newest(request: Request, key: str) -> Response:
    """Follow the newest versions of the forms."""
    draft = opened(request, "e", key)
    services(request).drafts.follow_newest(draft)
    return redirect(views.base(draft), saved="1")


@router.post("/drafts/e/{key}/import")
def bring_in(request: Request, key: str, given: Given) -> Response:
    """Answers from a JSON file in place of those that the draft holds."""
    draft = opened(request, "e", key)
    drafts = services(request).drafts
    content = next((content for name, content in given.files if name == "file"), b"")
    left_out = drafts.bring_in(draft, read_answers(content, drafts.answers_bytes))
    told = {"left": ", ".join(left_out)[:_MOST_WORDS]} if left_out else {}
    return redirect(views.base(draft), saved="imported", **told)


def _section_answers(form: Form, section: str, given: Sent, without: str = "") -> dict[str, object]:
    """Answers to those questions of a section that the page asked."""
    found = next((one for one in form.sections if one.id == section), None)
    if found is None:
        raise HTTPException(404)
    names = set(given.get("_fields").split())
    fields = [form.fields[name] for name in found.fields if name in names]
    return {name: fit(value) for name, value in read_fields(fields, given, without).items()}


def _meant(draft: Draft, form: Form, changes: Mapping[Place, object]) -> dict[Place, object]:
    """Changes without defaults that nobody answered: the page offers them, and sends them back."""
    kept: dict[Place, object] = {}
    for place, value in changes.items():
        field = form.fields[place[1]]
        untouched = draft.content.get(place) is None and field.default is not None
        if not (untouched and (value == field.default or str(value) == str(field.default))):
            kept[place] = value
    return kept


def _sheet(
    request: Request, draft: Draft, form: Form, answers: dict[str, object], names: list[str] | None = None
) -> Sheet:
    reader = reader_language(request)
    return sheet(form, answers, document_language(request, draft, form), reader, stands(request, reader), names)


def _languages(draft: Draft, form: Form) -> list[str]:
    return [one.value for one in draft.content.languages if one in form.langs] or [one.value for one in form.langs]


def _chosen(draft: Draft) -> list[tuple[str, bool]]:
    return [(one.value, one in draft.content.languages) for one in draft.form.langs]


def _saved_words(request: Request, draft: Draft) -> tuple[str, str]:
    """What the page says of the last save: how it ended, and the time of day."""
    return request.query_params.get("saved", "")[:20], views.clock(draft.saved)


def _back(draft: Draft, given: Sent) -> str:
    """Where a form leads back to: a page of this very draft, nowhere else."""
    back = given.get("_back")
    own = back == views.base(draft) or back.startswith(f"{views.base(draft)}/")
    return back if own and len(back) < 300 and back.isprintable() and ".." not in back else views.base(draft)


def _clash(draft: Draft, text: str) -> tuple[Place, object]:
    try:
        part, name, value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise BadAnswers(reason="not_json") from None
    if not isinstance(name, str) or not isinstance(part, str):
        raise BadAnswers
    known = {
        LANGUAGES: name == "",
        STAGES: name in {str(one.number) for one in TEN},
        ANSWERS: any(name in form.fields for form in draft.forms.values()),
        CASES: _is_case(draft, name),
    }
    if not known.get(part):
        raise BadAnswers
    if part == LANGUAGES and not _language_codes(value):
        raise BadAnswers
    if part in {STAGES, CASES} and not isinstance(value, (str, type(None))):
        raise BadAnswers
    return (part, name[:_MOST_WORDS]), fit(value)


def _language_codes(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(one in {"ky", "ru"} for one in value)


def _settings(draft: Draft, given: Sent) -> dict[Place, object]:
    changes: dict[Place, object] = {}
    known = {str(one.number) for one in TEN}
    for name, value in given.pairs:
        part, _colon, rest = name.partition(":")
        text = str(fit(value)).strip()[:_MOST_WORDS]
        if part == "stage" and rest in known:
            date = read_date(text)
            changes[STAGES, rest] = (date.isoformat() if date else text[:40]) or None
        elif part == "case" and _is_case(draft, rest):
            changes[CASES, rest] = text or None
    chosen = [one for code in given.all("lang") if (one := parse_language(code)) and one in draft.form.langs]
    if given.get("_languages") and chosen:
        changes[LANGUAGES, ""] = [one.value for one in draft.form.langs if one in chosen]
    return changes


def _is_case(draft: Draft, name: str) -> bool:
    """Whether a case form is one that a document of the draft asks to be confirmed, or that was confirmed."""
    if name in draft.content.cases:
        return True
    return any(
        name == f"{one.field} {one.case}" for form in draft.forms.values() for one in views.report(draft, form).doubtful
    )
