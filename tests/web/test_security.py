"""Headers, caches, limits and failures."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.documents import Intake, Report
from kb.errors import EngineUnavailable
from kb.search.model import Query, Results
from kb.storage.repository import Library
from kb.web.app import create_app
from kb.web.middleware import RequestLimit
from tests.web import documents
from tests.web.conftest import Limits, Services, build

HTML = {"accept": "text/html"}
EVERYWHERE = [
    "/",
    "/nowhere",
    documents.LAW,
    documents.REMOVED,
    "/static/kb.css",
    "/api/v1/acts",
    "/api/v1/search",
    "/healthz",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_security_headers_on_every_answer(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=HTML).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", [*EVERYWHERE[:5], "/api/docs"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    head, got = client.head(path, headers=HTML), client.get(path, headers=HTML)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]


def test_pages_are_revalidated(client: TestClient) -> None:
    first = client.get(documents.LAW, headers=HTML)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(documents.LAW, headers={**HTML, "if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get(documents.LAW, headers={**HTML, "if-none-match": first.headers["etag"], "accept-language": "ru"})
    assert other.status_code == 200


def test_assets_are_kept_under_their_digest(client: TestClient) -> None:
    page = client.get("/", headers=HTML).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert "immutable" not in client.get("/static/kb.css?v=other").headers["cache-control"]


def test_no_page_asks_another_host_for_anything(client: TestClient) -> None:
    for name in ("kb.css", "kb.js"):
        text = client.get(f"/static/{name}").text
        assert "http" not in text.replace("http://www.w3.org", ""), name
        assert "@import" not in text
    page = client.get("/", headers=HTML).text
    assert "//" not in page.replace("http://testserver", "").replace("<!doctype", "")


def test_a_defect_shows_no_traceback_and_is_logged(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def search(self, query: Query) -> Results:
            raise RuntimeError("secret of the inside")

    app = create_app(replace(services, searcher=Broken()))  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client, caplog.at_level(logging.ERROR, "kb.web"):
        page = client.get("/search?q=x", headers=HTML)
        answer = client.get("/api/v1/search?q=x")
    assert (page.status_code, answer.status_code) == (500, 500)
    assert "secret" not in page.text + answer.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert answer.json()["error"]["code"] == "internal"
    reference = answer.json()["error"]["reference"]
    assert any(reference in record.getMessage() and record.exc_info for record in caplog.records)


def test_reading_goes_on_while_search_is_away(services: Services) -> None:
    class Away:
        def search(self, query: Query) -> Results:
            raise EngineUnavailable(engine="x", reason="y")

    with TestClient(create_app(replace(services, searcher=Away()))) as client:  # type: ignore[arg-type]
        assert client.get("/", headers=HTML).status_code == 200
        assert client.get(documents.LAW, headers=HTML).status_code == 200
        away = client.get("/search?q=x", headers=HTML)
        assert away.status_code == 503
        assert away.headers["retry-after"]
        assert "engine_unavailable" in away.text


def test_requests_of_one_address_are_limited(tmp_path: Path) -> None:
    few = build(tmp_path, filled=False, limits=Limits(requests_per_minute=3))
    with TestClient(create_app(few)) as client:
        codes = [client.get("/api/v1/acts").status_code for _ in range(5)]
        assert codes.count(429) >= 1
        assert codes[0] == 200
        refused = [client.get("/api/v1/acts") for _ in range(4)][-1]
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "60"
        assert refused.json()["error"]["code"] == "too_many_requests"
        assert client.get("/documents", headers=HTML).status_code == 200, "pages are not limited"


def test_limit_forgets_old_minutes_and_old_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    async def app(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(RequestLimit, "ADDRESSES", 2)
    limit = RequestLimit(app, 1)
    assert limit._allow("a", 1)
    assert not limit._allow("a", 1)
    assert limit._allow("a", 2)
    assert limit._allow("b", 2)
    assert limit._allow("c", 2)
    assert limit._allow("a", 2), "the oldest address was forgotten"


def test_old_address_redirects(tmp_path: Path) -> None:
    services = build(tmp_path, filled=False)
    library: Library = services.library
    nameless = documents.training()
    library.store(documents.intake(nameless, "a.docx", b"same"), who="test", version="1")
    named = documents.charter()
    same_file = documents.intake(nameless, "a.docx", b"same").original
    library.store(Intake(named, Report(), same_file), who="test", version="2")
    with TestClient(create_app(services), follow_redirects=False) as client:
        response = client.get(f"{documents.TRAINING}?hl=ru", headers=HTML)
        assert response.status_code == 308
        assert response.headers["location"] == f"{documents.CHARTER}?hl=ru"
        assert client.get(f"{documents.TRAINING}.json").headers["location"] == f"{documents.CHARTER}.json"
        api = client.get(f"/api/v1/acts{documents.TRAINING}?lang=ky")
        assert api.headers["location"] == f"/api/v1/acts{documents.CHARTER}?lang=ky"


def test_trailing_slash_leads_to_the_one_address(client: TestClient) -> None:
    response = client.get(f"{documents.LAW}/", headers=HTML)
    assert response.status_code == 308
    assert response.headers["location"] == documents.LAW
