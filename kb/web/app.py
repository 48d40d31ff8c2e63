"""The web application: pages, API, static files, failures."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from kb.errors import KbError
from kb.web import (
    api,
    api_forms,
    draft_files,
    failures,
    pages,
    pages_acts,
    pages_admin,
    pages_drafts,
    pages_forms,
    pages_reports,
    static,
)
from kb.web.examples import Proposals
from kb.web.linkers import Linkers
from kb.web.middleware import Guard, RequestLimit
from kb.web.services import WebServices
from kb.web.shelf import Shelf


def describe_api(app: FastAPI) -> dict[str, Any]:
    """OpenAPI description: parameters that do not fit answer 400 here, not FastAPI's 422."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        for calls in schema["paths"].values():
            for call in calls.values():
                call["responses"].pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(name, None)
        app.openapi_schema = schema
    return app.openapi_schema


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
    app.openapi = lambda: describe_api(app)  # type: ignore[method-assign]
    app.state.services = services
    app.state.proposals = Proposals()
    app.state.shelf = Shelf(services.library)
    app.state.linkers = Linkers(services.library)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(pages_acts.router)
    app.include_router(pages_reports.router)
    app.include_router(pages_admin.router)
    app.include_router(api_forms.router)
    app.include_router(pages_forms.router)
    app.include_router(draft_files.router)
    app.include_router(pages_drafts.router)
    app.include_router(static.router)
    app.add_exception_handler(KbError, failures.known_failure)
    app.add_exception_handler(RequestValidationError, failures.invalid)
    app.add_exception_handler(HTTPException, failures.refused)
    app.add_middleware(RequestLimit, per_minute=services.limits.requests_per_minute)
    app.add_middleware(GZipMiddleware, minimum_size=600)
    app.add_middleware(Guard)
    return app
