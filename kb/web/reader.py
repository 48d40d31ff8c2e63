"""What a request says of its reader: language, JSON or page, frame of the page."""

from __future__ import annotations

from starlette.requests import Request

from kb.language.model import Language
from kb.web.render import today
from kb.web.translate import accepted, negotiate
from kb.web.views.chrome import Chrome, chrome

COOKIE = "hl"


def reader_language(request: Request) -> Language:
    """Language of the interface for this reader."""
    return negotiate(
        request.query_params.get("hl"), request.cookies.get(COOKIE), request.headers.get("accept-language")
    )


def wants_json(request: Request) -> bool:
    """Whether the answer is to be JSON: an API address, ``.json``, or JSON preferred to HTML."""
    if request.url.path.startswith("/api/v1") or getattr(request.state, "json", False):
        return True
    for kind in accepted(request.headers.get("accept", "")):
        if kind in {"text/html", "application/xhtml+xml", "*/*"}:
            return False
        if kind == "application/json":
            return True
    return False


def frame(request: Request) -> Chrome:
    """The frame of the page asked for."""
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return chrome(reader_language(request), request.url.path, request.query_params.multi_items(), origin, today())
