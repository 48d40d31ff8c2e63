"""What every request passes: HEAD, ``.json`` addresses, security headers, a limit on API requests, failures."""

from __future__ import annotations

import logging
import time
import traceback
import uuid
from collections import OrderedDict
from threading import Lock

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.web.failures import failure

log = logging.getLogger("kb.web")

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

#: What answers about drafts carry beside these: their addresses are keys.
PRIVATE_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}
PRIVATE = "/drafts/"


class Guard:
    """The outermost layer: security headers on every answer, no traceback to anybody, HEAD as GET without a body."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        head = scope["method"] == "HEAD"
        if head:
            scope["method"] = "GET"
        started = False
        private = scope["path"].startswith(PRIVATE)

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if private:
                    headers.update(PRIVATE_HEADERS)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(_json_address(scope), receive, guarded)
        except Exception as problem:
            reference = uuid.uuid4().hex[:8]
            if private:
                # What went wrong may quote an answer, and the frames of a draft's request do not.
                places = "".join(traceback.format_tb(problem.__traceback__))
                log.error("request failed, reference %s: %s\n%s", reference, type(problem).__name__, places)  # noqa: TRY400
            else:
                log.exception("request failed, reference %s", reference)
            if started:
                if private:
                    return
                raise
            response = failure(Request(scope), 500, "internal", reference=reference)
            await response(scope, receive, guarded)


def _json_address(scope: Scope) -> Scope:
    """A page's address with ``.json`` behind it, as the page's own with the wish for JSON noted."""
    path: str = scope["path"]
    if not path.endswith(".json") or path.startswith(("/api/v1", "/api/openapi", "/static/", "/files/")):
        return scope
    scope["state"]["json"] = True
    bare = path.removesuffix(".json")
    scope = {**scope, "path": "/" if bare in {"/index", "/"} else bare}
    scope["raw_path"] = scope["path"].encode()
    return scope


class RequestLimit:
    """At most so many API requests and sent forms a minute from one address, counted in whole minutes."""

    #: Addresses remembered; the oldest are forgotten first.
    ADDRESSES = 10_000

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        """Limit ``app``; 0 for no limit."""
        self._app = app
        self._per_minute = per_minute
        self._seen: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it with 429."""
        counted = scope["type"] == "http" and (scope["path"].startswith("/api/") or scope["method"] == "POST")
        if counted and self._per_minute:
            client = scope.get("client")
            if not self._allow(client[0] if client else "", int(time.monotonic() // 60)):
                response = failure(Request(scope), 429, "too_many_requests")
                response.headers["retry-after"] = "60"
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _allow(self, address: str, minute: int) -> bool:
        with self._lock:
            last, number = self._seen.pop(address, (minute, 0))
            number = number + 1 if last == minute else 1
            self._seen[address] = (minute, number)
            while len(self._seen) > self.ADDRESSES:
                self._seen.popitem(last=False)
            return number <= self._per_minute
