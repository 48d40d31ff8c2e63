"""The web application: pages, API, static files, failures."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from kb.errors import KbError
from kb.web import api, failures, pages, pages_acts, static
from kb.web.middleware import Guard, RequestLimit
from kb.web.services import WebServices
from kb.web.shelf import Shelf


def create_app(services: WebServices) -> FastAPI:
    """Build the application.

    Args:
        services: library, search and limits of this installation.

    Returns:
        An ASGI application that holds no other state than editions kept at hand.
    """
    app = FastAPI(
        title="Knowledge base of local self-government",
        version=version("kb"),
        description="Laws and normative documents of Kyrgyz local self-government. Errors are "
        '`{"error": {"code", "message"}}`.',
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.services = services
    app.state.shelf = Shelf(services.library)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(pages_acts.router)
    app.include_router(static.router)
    app.add_exception_handler(KbError, failures.known_failure)
    app.add_exception_handler(RequestValidationError, failures.invalid)
    app.add_exception_handler(HTTPException, failures.refused)
    app.add_middleware(RequestLimit, per_minute=services.limits.requests_per_minute)
    app.add_middleware(GZipMiddleware, minimum_size=600)
    app.add_middleware(Guard)
    return app
