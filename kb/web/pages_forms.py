"""Pages of forms: what there are, what one is for, the law behind a clause; a draft begins here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from kb.errors import UnknownForm
from kb.language.model import Language
from kb.templates.interview import check_answers
from kb.templates.model import Form, LegalBasis
from kb.templates.preview import preview
from kb.usecases.legal import Standing
from kb.web import form_answers
from kb.web.access import answer, services
from kb.web.bodies import Sent, sent
from kb.web.draft_answers import LawAnswer, law_answer
from kb.web.reader import reader_language
from kb.web.render import today
from kb.web.translate import parse_language
from kb.web.views.forms import FormView, form_view, provision_view

router = APIRouter(include_in_schema=False)


def found_form(request: Request, form: str) -> Form:
    """A form of the installation; a path of a folder is none."""
    return services(request).forms.load(form)


def stands(request: Request, language: Language) -> Callable[[LegalBasis], Standing]:
    """Finds legal bases in the library, in the language of the documents that the reader reads."""
    text = Language.RU if language is Language.RU else Language.KY
    bases, day = services(request).bases, today()
    return lambda basis: bases.standing(basis, text, day)


@router.get("/forms")
def forms(request: Request) -> Response:
    """The forms that there are."""
    language = reader_language(request)
    found = services(request).forms.all()
    views = [_view(request, form, language) for form in found]
    return answer(
        request,
        "forms.html",
        lambda: form_answers.forms_answer(found),
        views=[one for one in views if not one.origin],
        imported=[one for one in views if one.origin],
    )


@router.get("/forms/{form_id}")
def form(request: Request, form_id: str) -> Response:
    """What a form is for."""
    found = found_form(request, form_id)
    language = reader_language(request)
    view = _view(request, found, language)
    days = services(request).drafts.days
    return answer(request, "form.html", lambda: form_answers.form_answer(found), view=view, days=days)


def _view(request: Request, form: Form, language: Language) -> FormView:
    follows = services(request).bases.follows(form.follows)
    counted = Counter(basis.act.uri for basis in form.bases)
    main = counted.most_common(1)[0][0] if counted else ""
    behind = next((basis for basis in form.bases if basis.act.uri == main), None)
    model = stands(request, language)(behind).act if behind else None
    return form_view(form, follows, language, model)


@router.post("/forms/{form_id}/drafts")
def begin(request: Request, form_id: str, given: Annotated[Sent, Depends(sent)]) -> Response:
    """Begin a draft and lead to it."""
    found = found_form(request, form_id)
    languages = [one for code in given.all("lang") if (one := parse_language(code))]
    key = services(request).drafts.create(found.id, languages)
    return RedirectResponse(f"/drafts/e/{key}", 303)


@router.get("/forms/{form_id}/law/{label}")
def law(request: Request, form_id: str, label: str) -> Response:
    """The provisions behind a clause of a form, as the library holds them."""
    found = found_form(request, form_id)
    behind = [one for one in found.bases if one.clause == label]
    if not behind:
        raise UnknownForm(form=f"{form_id}/{label}"[:100])
    language = reader_language(request)
    find = stands(request, language)
    standing = [find(one) for one in behind]
    texts = [services(request).bases.text(one) for one in standing]
    views = [provision_view(one, units, language) for one, units in zip(standing, texts, strict=True)]

    def model() -> LawAnswer:
        return law_answer(found.id, label, standing, texts, language)

    return answer(
        request,
        "law.html",
        model,
        view=form_view(found, None, language),
        clause=_clause_words(found, label, language),
        provisions=views,
    )


def _clause_words(form: Form, label: str, language: Language) -> str:
    """Number and heading of a clause in the form as it is without answers."""
    text = language if language in form.langs else form.langs[0]
    for clause in preview(form, check_answers(form, {}, (text,)), text).clauses:
        if label in {clause.label, *(basis.clause for basis in clause.bases)}:
            return f"{clause.number}. {clause.heading}" if clause.number else clause.heading
    return ""
