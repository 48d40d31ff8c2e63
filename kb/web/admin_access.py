"""How pages know who administers the installation: by a pass that a browser gets for the key."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.requests import Request

from kb.usecases.administration import HOURS
from kb.web import wording
from kb.web.access import answer, services
from kb.web.reader import reader_language
from kb.web.responses import ErrorAnswer, ErrorItem

COOKIE = "kb_admin"
ROOT = "/admin/forms"
_LONGEST_PASS = 200


def given_pass(request: Request) -> str:
    """The pass that the browser shows, empty for none."""
    return request.cookies.get(COOKIE, "")[:_LONGEST_PASS]


def admitted(request: Request) -> bool:
    """Whether whoever asks may administer."""
    given = given_pass(request)
    return bool(given) and services(request).administration.admits(given)


def seal(request: Request) -> str:
    """What the forms of a page carry, so that no other site can send them."""
    return services(request).administration.seal()


def sealed(request: Request, given: str) -> bool:
    """Whether a form comes from a page of ours."""
    return services(request).administration.sealed(given)


def page(request: Request, template: str, model: BaseModel, status: int = 200, **context: object) -> Response:
    """A page for those who administer, which no cache and no index keeps."""
    shown = answer(request, template, lambda: model, status, seal=seal(request), **context)
    return private(shown)


def private(response: Response) -> Response:
    """An answer that no cache and no index keeps."""
    response.headers["cache-control"] = "no-store"
    response.headers["x-robots-tag"] = "noindex, nofollow"
    return response


def ask(request: Request, *, wrong: bool = False) -> Response:
    """Ask for the key, and lead back to where it was wanted."""
    services(request).administration.prepare()
    message = wording.error_of_code("admin_only", reader_language(request))
    model = ErrorAnswer(error=ErrorItem(code="admin_only", message=message))
    here = request.url.path if request.method == "GET" and request.url.path.startswith(ROOT) else ROOT
    back = local(request.query_params.get("back", "")) or here
    sent = request.method == "POST" and request.url.path.startswith(ROOT)
    return private(answer(request, "admin_key.html", lambda: model, 401, wrong=wrong, back=back, sent=sent))


def local(path: str) -> str:
    """A path of these pages, empty for anything else."""
    fits = path == ROOT or path.startswith(f"{ROOT}/")
    return path if fits and len(path) < 200 and path.isprintable() and ".." not in path else ""


def lead(path: str) -> Response:
    """Lead to another page after something was done."""
    return private(RedirectResponse(quote(path, safe="/?&=#-._~%"), 303))


def give_pass(request: Request, response: Response) -> Response:
    """Let a browser in that gave the key."""
    response.set_cookie(
        COOKIE,
        services(request).administration.admit(),
        max_age=HOURS * 3600,
        path="/admin",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def take_pass(response: Response) -> Response:
    """Let a browser go."""
    response.delete_cookie(COOKIE, path="/admin")
    return response
