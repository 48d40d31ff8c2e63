"""Pages for those who administer: blanks that come, and the naming of their fields."""

from __future__ import annotations

import re
from typing import Annotated
from unicodedata import category
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from pydantic import Field
from starlette.requests import Request

from kb.errors import BadAnswers, InputRefused, TooLarge
from kb.templates.convert.renaming import Given
from kb.usecases.forms import MOST_BLANK, Named, Naming
from kb.web import wording
from kb.web.access import services
from kb.web.admin_access import ROOT, admitted, ask, give_pass, lead, local, page, private, sealed, take_pass
from kb.web.bodies import Sent, multipart, sent
from kb.web.draft_files import DOCX, attachment
from kb.web.form_answers import ImportAnswer, held_answer
from kb.web.reader import reader_language
from kb.web.render import BISHKEK
from kb.web.responses import Answer, ErrorAnswer, ErrorItem
from kb.web.views.naming import Written, naming_view

router = APIRouter(include_in_schema=False)

#: What the head of an upload takes beside the file.
_AROUND = 64_000
_LONGEST = 2_000
_LINES = re.compile(r"[\r\n]+")


class ImportedItem(Answer):
    """An imported form in the list of those who administer."""

    id: str
    source: str
    revision: int
    blanks: int
    named: int
    unsure: int


class ImportedAnswer(Answer):
    """All imported forms."""

    forms: list[ImportedItem]


class NamingAnswer(ImportAnswer):
    """An imported form, and the revision that names are given on."""

    revision: int = Field(description="what a save is based on")


async def uploaded(request: Request) -> Sent | None:
    """A file that was sent, None where whoever sends it may not administer: then nothing is read.

    Raises:
        TooLarge: it has more bytes than a blank may have; the rest is not read.
        BadAnswers: it cannot be read.
    """
    if not admitted(request):
        return None
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > MOST_BLANK + _AROUND:
            raise TooLarge(what="bytes", limit=MOST_BLANK)
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise BadAnswers
    return multipart(bytes(found), kind)


async def written(request: Request) -> Sent | None:
    """What a page's form sent, None where whoever sends it may not administer: then nothing is read."""
    return await sent(request) if admitted(request) else None


Uploaded = Annotated[Sent | None, Depends(uploaded)]
Filled = Annotated[Sent | None, Depends(written)]


@router.get("/admin")
def start(request: Request) -> Response:
    """Lead to what there is to administer."""
    return lead(ROOT) if admitted(request) else ask(request)


@router.post("/admin/enter")
def enter(request: Request, given: Annotated[Sent, Depends(sent)]) -> Response:
    """Let somebody in who has the key."""
    if not services(request).administration.knows(given.get("key")):
        return ask(request, wrong=True)
    return give_pass(request, private(RedirectResponse(local(given.get("back")) or ROOT, 303)))


@router.post("/admin/leave")
def leave(request: Request) -> Response:
    """Let the browser go."""
    return take_pass(private(RedirectResponse("/forms", 303)))


@router.get(ROOT)
def imported(request: Request) -> Response:
    """Imported forms, and the way to bring one more."""
    return _listed(request) if admitted(request) else ask(request)


@router.post(ROOT)
def bring(request: Request, given: Uploaded) -> Response:
    """Make a form of a blank that somebody sent."""
    if given is None or not sealed(request, given.get("_seal")):
        return ask(request)
    name = next((one for field, one in given.names if field == "file"), "")
    content = _file(given, "file")
    if not content:
        return _listed(request, problem=wording.error_of_code("no_file", reader_language(request)), name=name)
    overlay = _file(given, "overlay") or None
    try:
        taken = services(request).forms.take_in(
            content, name or "form.docx", overlay=overlay, recognise=not given.get("plain")
        )
    except InputRefused as problem:
        return _listed(request, problem=wording.error(problem, reader_language(request)), name=name)
    return lead(f"{ROOT}/{taken.held.form.id}?came={'new' if taken.new else 'changed' if taken.changed else 'same'}")


@router.get(ROOT + "/{form_id}")
def naming(request: Request, form_id: str) -> Response:
    """The blanks of an imported form, to be named."""
    if not admitted(request):
        return ask(request)
    return _naming(request, services(request).forms.naming(form_id))


@router.post(ROOT + "/{form_id}")
def name(request: Request, form_id: str, given: Filled) -> Response:
    """Save names, and make the form anew."""
    if given is None or not sealed(request, given.get("_seal")):
        return ask(request)
    forms = services(request).forms
    wrote = read_names(given)
    title = (_line(given.get("title_ky")), _line(given.get("title_ru")))
    try:
        done = forms.name(
            form_id,
            _number(given.get("_base")),
            wrote,
            title=title,
            seen=given.all("seen"),
            seen_notes={_number(one) for one in given.all("note")},
            decisions={
                _number(field.removeprefix("k:")): value for field, value in given.pairs if field.startswith("k:")
            },
        )
    except InputRefused as problem:
        told = wording.error(problem, reader_language(request))
        shown = Written(wrote, title)
        return _naming(request, forms.naming(form_id), shown, 400, page_number=given.get("_page"), problem=told)
    if done.errors or done.late:
        shown = Written(wrote, title, done.errors, done.late)
        status = 409 if done.late else 400
        return _naming(request, forms.naming(form_id), shown, status, page_number=given.get("_page"))
    return lead(f"{ROOT}/{form_id}?page={_number(given.get('_page')) or 1}&saved=1")


@router.post(ROOT + "/{form_id}/overlay")
def bring_overlay(request: Request, form_id: str, given: Uploaded) -> Response:
    """Make a form anew with an overlay that somebody sent."""
    if given is None or not sealed(request, given.get("_seal")):
        return ask(request)
    forms = services(request).forms
    content = _file(given, "overlay")
    try:
        done: Named | None = forms.take_overlay(form_id, _number(given.get("_base")), content) if content else None
    except InputRefused as problem:
        told = wording.error(problem, reader_language(request))
        return _naming(request, forms.naming(form_id), status=400, problem=told)
    if done is None:
        told = wording.error_of_code("no_file", reader_language(request))
        return _naming(request, forms.naming(form_id), status=400, problem=told)
    if done.late:
        return _naming(request, forms.naming(form_id), Written(late=True), 409)
    return lead(f"{ROOT}/{form_id}?saved=1")


@router.get(ROOT + "/{form_id}/overlay.yaml")
def overlay_file(request: Request, form_id: str) -> Response:
    """The overlay of an imported form, to be changed and given back."""
    if not admitted(request):
        return ask(request)
    held = services(request).forms.held(form_id)
    return private(attachment(held.overlay, f"{form_id}.yaml", "application/yaml"))


@router.get(ROOT + "/{form_id}/original")
def original_file(request: Request, form_id: str) -> Response:
    """The blank as it came."""
    if not admitted(request):
        return ask(request)
    held = services(request).forms.held(form_id)
    return private(attachment(held.original, held.about.source or f"{form_id}.docx", DOCX))


@router.post(ROOT + "/{form_id}/remove")
def remove(request: Request, form_id: str, given: Filled) -> Response:
    """Take an imported form out."""
    if given is None or not sealed(request, given.get("_seal")):
        return ask(request)
    if not given.get("sure"):
        return lead(f"{ROOT}/{quote(form_id, safe='')}#remove")
    services(request).forms.remove(form_id)
    return lead(f"{ROOT}?removed=1")


def read_names(given: Sent) -> dict[str, Given]:
    """What the page's form says of each blank that it asks about.

    The name of an input is its kind and the blank's key: ``n:48-2`` holds the name, ``lk:48-2`` the Kyrgyz label.
    """
    found: dict[str, Given] = {}
    for field, value in given.pairs:
        kind, _colon, key = field.partition(":")
        if kind == "n" and key not in found:
            found[key] = Given(
                name=value.strip()[:_LONGEST],
                case=given.get(f"c:{key}")[:20],
                details=bool(given.get(f"d:{key}")),
                label=(_line(given.get(f"lk:{key}")), _line(given.get(f"lr:{key}"))),
                help=(_line(given.get(f"hk:{key}")), _line(given.get(f"hr:{key}"))),
                type=given.get(f"t:{key}")[:20],
                required=bool(given.get(f"r:{key}")),
                choices=_choices(given.get(f"o:{key}")),
            )
    return found


def _choices(text: str) -> tuple[str, ...]:
    lines = (_line(line) for line in _LINES.split(text))
    return tuple(dict.fromkeys(line for line in lines if line))


def _line(text: str) -> str:
    """One line of words, without what no document may hold: controls, halves of letters, private signs."""
    return " ".join("".join(" " if category(one).startswith("C") else one for one in text).split())[:_LONGEST]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else -1


def _file(given: Sent, name: str) -> bytes:
    return next((content for field, content in given.files if field == name), b"")


def _listed(request: Request, problem: str = "", name: str = "") -> Response:
    found = services(request).forms.imported()
    listed = [
        ImportedItem(
            id=one.form.id,
            source=one.about.source,
            revision=one.revision,
            blanks=one.about.blanks,
            named=one.about.named,
            unsure=len(one.about.unsure),
        )
        for one in found
    ]
    language = reader_language(request)
    rows = [(item, one.form.title.of(language), one.form.official) for item, one in zip(listed, found, strict=True)]
    if problem:
        model: Answer = ErrorAnswer(error=ErrorItem(code="refused", message=problem))
    else:
        model = ImportedAnswer(forms=listed)
    return page(
        request,
        "admin_forms.html",
        model,
        400 if problem else 200,
        rows=rows,
        spoilt=[(one, wording.error(why, language)) for one, why in services(request).forms.spoilt()],
        problem=problem,
        name=name[:200],
        removed="removed" in request.query_params,
        most=MOST_BLANK // 1_000_000,
    )


def _naming(
    request: Request,
    found: Naming,
    wrote: Written | None = None,
    status: int = 200,
    *,
    page_number: str = "",
    problem: str = "",
) -> Response:
    query = request.query_params
    view = naming_view(found, reader_language(request), _number(page_number or query.get("page", "")), wrote)
    model = NamingAnswer(revision=found.held.revision, **held_answer(found.held).model_dump())
    return page(
        request,
        "admin_form.html",
        model,
        status,
        view=view,
        late=bool(wrote and wrote.late),
        problem=problem,
        came=query.get("came", "")[:10],
        saved="saved" in query and status == 200,
        clock=f"{found.held.about.saved.astimezone(BISHKEK):%H:%M}",
    )
