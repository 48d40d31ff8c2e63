"""How the pages of drafts reach a draft, and what every answer about one carries."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kb.errors import UnknownForm
from kb.language.model import Language
from kb.templates.model import Form
from kb.usecases.draft_content import Saved
from kb.usecases.drafts import Draft
from kb.web.access import answer, services
from kb.web.draft_answers import DraftAnswer, SavedAnswer, draft_answer
from kb.web.form_answers import doubtful_items, problem_items
from kb.web.reader import reader_language, wants_json
from kb.web.views import drafts as views

MODES = {"e": True, "r": False}


def opened(request: Request, mode: str, key: str) -> Draft:
    """The draft at an address; ``mode`` is ``e`` for editing, ``r`` for reading."""
    if mode not in MODES:
        raise HTTPException(404)
    return services(request).drafts.open(key, edit=MODES[mode])


def form_of(draft: Draft, form_id: str) -> Form:
    """A form that the draft fills."""
    if form_id not in draft.forms:
        raise UnknownForm(form=form_id[:100])
    return draft.forms[form_id]


def document_language(request: Request, draft: Draft, form: Form) -> Language:
    """Language of the document that is shown: the one asked for, else the reader's, else the draft's first."""
    held = [one for one in draft.content.languages if one in form.langs] or list(form.langs)
    asked = request.query_params.get("lang", "")
    for one in held:
        if one.value == asked:
            return one
    reader = reader_language(request)
    return reader if reader in held else held[0]


def base_number(text: str) -> int:
    """Number of the revision that a form was filled on; 0 for nonsense, which overwrites nothing."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def redirect(path: str, **query: str) -> Response:
    """Lead to a page of the draft after a save; a fragment in ``path`` stays behind the query."""
    path, mark, fragment = path.partition("#")
    asked = f"?{urlencode(query)}" if query else ""
    return RedirectResponse(f"{path}{asked}{mark}{fragment}", 303)


def after_save(request: Request, draft: Draft, saved: Saved, back: str, **query: str) -> Response:
    """What follows a save: JSON for a script, the page of clashes, or the page that comes next."""
    if wants_json(request):
        model = SavedAnswer(
            number=saved.number,
            saved=views.clock(saved.time),
            changed=saved.changed,
            joined=saved.joined,
            clashes=len(saved.clashes),
        )
        status = 409 if saved.clashes else 200
        return Response(model.model_dump_json(), status, media_type="application/json")
    if saved.clashes:
        language = reader_language(request)
        return answer(
            request,
            "draft_clash.html",
            lambda: draft_json(draft),
            409,
            draft=draft,
            base=views.base(draft),
            number=saved.number,
            back=back,
            clashes=views.clash_views(draft, saved.clashes, language),
        )
    return redirect(back, **{**query, "saved": "joined" if saved.joined else "1"})


def draft_json(draft: Draft) -> DraftAnswer:
    """What a draft holds, and what is still wrong with it."""
    report = views.report(draft, draft.form)
    language = draft.content.languages[0]
    problems = problem_items([one.problem for one in report.lacks], language)
    return draft_answer(draft, problems, doubtful_items(report.doubtful))
