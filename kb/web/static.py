"""Assets and original files."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kb.web.access import library
from kb.web.render import ASSETS, asset

router = APIRouter(include_in_schema=False)

_SHA256 = re.compile(r"[0-9a-f]{64}")


@router.get("/static/{name}")
def static_file(request: Request, name: str) -> Response:
    """An asset; kept for a year under the address that carries its digest."""
    if name not in ASSETS:
        raise HTTPException(404)
    content, digest = asset(name)
    named = request.query_params.get("v") == digest
    return Response(
        content,
        media_type=ASSETS[name],
        headers={"cache-control": "public, max-age=31536000, immutable" if named else "public, max-age=300"},
    )


@router.get("/favicon.ico")
def favicon() -> Response:
    """The icon for browsers that ask by themselves."""
    return Response(asset("icon.svg")[0], media_type=ASSETS["icon.svg"], headers={"cache-control": "max-age=86400"})


@router.get("/robots.txt")
def robots() -> Response:
    """Robots may read everything but searches and drafts."""
    return Response("User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /drafts/\n", media_type="text/plain")


@router.get("/files/{sha256}/{name}")
def original(request: Request, sha256: str, name: str) -> Response:
    """A file as it came, always to be saved, never shown as a page of ours."""
    if not _SHA256.fullmatch(sha256):
        raise HTTPException(404)
    found = library(request).original(sha256)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", found.name) or "file"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}"
    return Response(
        found.content,
        media_type="application/octet-stream",
        headers={
            "content-disposition": disposition,
            "content-security-policy": "default-src 'none'; sandbox",
            "cache-control": "public, max-age=31536000, immutable",
            "x-original-media-type": re.sub(r"[^\w/+.-]", "", found.media_type, flags=re.ASCII)[:100],
            "etag": f'"{sha256}"',
        },
    )
