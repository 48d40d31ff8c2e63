"""Pages of acts, editions and single units: everything under ``/akn/``."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from kb.documents import Unit
from kb.errors import UnknownAct, UnknownUnit
from kb.language.model import Language
from kb.storage.model import EditionSummary
from kb.web import answers
from kb.web.access import answer, finish, library, linkers, shelf
from kb.web.reader import reader_language
from kb.web.render import today
from kb.web.shelf import Found, choose
from kb.web.urls import Address, href, parse_address, with_query
from kb.web.views import acts as heads
from kb.web.views import reading
from kb.web.views.parts import cut

router = APIRouter(include_in_schema=False)


@router.get("/akn/{rest:path}")
def act(request: Request, rest: str) -> Response:
    """An act, an edition of it, or one unit."""
    try:
        asked = parse_address(f"/akn/{rest}")
    except ValueError:
        raise UnknownAct(act=rest[:200]) from None
    now = library(request).canonical(asked.act)
    if now != asked.act or request.url.path != asked.path:
        return _redirect(request, asked, now)
    language = reader_language(request)
    found = shelf(request).find(asked, language, today())
    if found.edition is None:
        if asked.eid:
            raise UnknownUnit(act=asked.act, eid=asked.eid)
        return _card(request, found, language)
    if asked.eid:
        return _unit(request, asked, found, found.edition, language)
    return _whole(request, asked, found, found.edition, language)


def _redirect(request: Request, asked: Address, now: str) -> Response:
    path = href(asked.path.replace(asked.act, now, 1))
    if getattr(request.state, "json", False):
        path += ".json"
    return RedirectResponse(with_query(path, request.query_params.multi_items()), 308)


def _card(request: Request, found: Found, language: Language) -> Response:
    """An act that is held by name only."""
    head = heads.head(found.act, None, None, language, shelf(request).held)
    return answer(request, "card.html", lambda: answers.act_item(found.act), head=head)


def _whole(request: Request, asked: Address, found: Found, edition: EditionSummary, language: Language) -> Response:
    document = shelf(request).document(edition.edition)
    doubts = library(request).report(edition.edition).warnings
    held, sure = shelf(request).held, document.metadata.recognised
    files = library(request).files(edition.edition)
    head = heads.head(found.act, edition, document, language, held, doubts, sure, files)
    part = request.query_params.get("part")
    try:
        links = linkers(request).page(found.act, edition, today(), document.units)
        view = reading.act_view(head, document, cut(document.units), part, asked.path, language, links)
    except KeyError:
        raise UnknownUnit(act=asked.act, eid=(part or "")[:200]) from None
    return answer(request, "act.html", lambda: answers.act_answer(document), view=view, head=head)


def _unit(request: Request, asked: Address, found: Found, edition: EditionSummary, language: Language) -> Response:
    held, eid = library(request), asked.eid or ""
    try:
        units = held.units(edition.edition, eid)
    except UnknownUnit:
        return _paragraph(request, asked, edition, eid)
    before, after = held.neighbours(edition.edition, eid)
    links = linkers(request).page(found.act, edition, today())
    statuses = held.status_of(edition.edition)
    parts = reading.UnitParts(units, held.path(edition.edition, eid), before, after, statuses, links)
    sure = held.recognised([edition.edition]).get(edition.edition)
    head = heads.head(found.act, edition, None, language, shelf(request).held, sure=sure)
    other = _other_language(request, found, asked, edition)
    view = reading.unit_page(found.act, head, edition, parts, other, language, shelf(request).held)
    return answer(
        request,
        "unit.html",
        lambda: answers.act_answer(shelf(request).document(edition.edition), units),
        view=view,
        head=head,
    )


def _paragraph(request: Request, asked: Address, edition: EditionSummary, eid: str) -> Response:
    """A paragraph of a unit is no unit of its own: lead to its place in the unit."""
    around, mark, _number = eid.rpartition("__al_")
    if not mark:
        raise UnknownUnit(act=asked.act, eid=eid)
    library(request).units(edition.edition, around)
    path = asked.path.removesuffix(eid) + around
    return finish(request, RedirectResponse(f"{href(path)}#{href(eid)}", 302))


def _other_language(
    request: Request, found: Found, asked: Address, shown: EditionSummary
) -> tuple[EditionSummary, tuple[Unit, ...]] | None:
    """The same unit in the other language, of the day that is shown, where it is held."""
    for language in (Language.KY, Language.RU):
        if language is shown.language:
            continue
        try:
            edition = choose(found.act, Address(asked.act, language, as_of=asked.as_of), language, today())
            if edition:
                return edition, library(request).units(edition.edition, asked.eid or "")
        except (UnknownAct, UnknownUnit):
            continue
    return None
