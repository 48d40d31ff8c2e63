"""The API gives the JSON of the contract and refuses what does not fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kb.storage.model import ActFilter
from kb.web import answers
from tests.web import documents
from tests.web.conftest import Services

ACT = documents.LAW[1:]


def test_list_has_the_shape_of_the_contract(client: TestClient, services: Services) -> None:
    answer = client.get("/api/v1/acts").json()
    assert set(answer) == {"acts", "total", "limit", "offset"}
    assert answer["total"] == len(answer["acts"]) == 5
    law = next(act for act in answer["acts"] if act["act"] == documents.LAW)
    assert law == {
        "act": documents.LAW,
        "kind": "law",
        "title": {"ky": "Үлгү айылындагы угуулар жөнүндө", "ru": "О слушаниях в Үлгү"},
        "number": "0-12",
        "date": "2020-02-03",
        "status": "in_force",
        "official": True,
        "langs": ["ky", "ru"],
        "editions": [
            {"edition": f"{documents.LAW}/kir@2024-09-30", "lang": "ky", "date": "2024-09-30"},
            {"edition": f"{documents.LAW}/rus@2020-02-03", "lang": "ru", "date": "2020-02-03"},
            {"edition": f"{documents.LAW}/rus@2024-09-30", "lang": "ru", "date": "2024-09-30"},
        ],
    }
    page = services.library.list_acts(ActFilter(), limit=50)
    assert answers.act_list(page.acts).model_dump(mode="json") == {"acts": answer["acts"]}


def test_list_is_filtered_and_paged(client: TestClient) -> None:
    assert client.get("/api/v1/acts?kind=law").json()["total"] == 1
    first = client.get("/api/v1/acts?limit=2&sort=-date").json()
    second = client.get("/api/v1/acts?limit=2&offset=2&sort=-date").json()
    assert (len(first["acts"]), first["total"]) == (2, 5)
    assert first["acts"][1]["act"] != second["acts"][0]["act"]


def test_show_has_the_shape_of_the_contract(client: TestClient) -> None:
    answer = client.get(f"/api/v1/acts/{ACT}?lang=ru").json()
    assert list(answer) == [
        "act", "edition", "lang", "title", "kind", "number", "date", "status", "official", "metadata", "units",
    ]  # fmt: skip
    assert answer["edition"] == f"{documents.LAW}/rus@2024-09-30"
    assert answer["metadata"] == {
        "place": "Үлгү",
        "body": None,
        "date_passed": None,
        "date_in_force": "2020-03-01",
        "amended_by": [{"kind": "law", "date": "2024-09-30", "number": "0-99"}],
        "topics": ["openness"],
        "source": None,
        "recognised": None,
    }
    units = {unit["eid"]: unit for unit in answer["units"]}
    assert units["art_4"] == {
        "eid": "art_4",
        "wid": "art_4",
        "level": "article",
        "number": "4",
        "heading": "Утратившая статья",
        "text": "",
        "parent": "chp_2",
        "status": "repealed",
        "notes": [
            {
                "kind": "repealed",
                "text": "(Утратила силу Законом КР от 30 сентября 2024 года № 0-99)",
                "acts": [{"kind": "law", "date": "2024-09-30", "number": "0-99"}],
            }
        ],
    }
    assert units["art_4__point_1"]["status"] is None, "its own status, not what it inherits"
    assert units["art_3"]["text"].endswith("Участок\tПлощадь\nПервый\t600\nВторой\t450 < 500")


def test_unit_gives_all_below_it(client: TestClient) -> None:
    by_path = client.get(f"/api/v1/acts/{ACT}/units/art_2?lang=ru").json()
    by_option = client.get(f"/api/v1/acts/{ACT}?lang=ru&unit=art_2").json()
    assert by_path == by_option
    assert [unit["eid"] for unit in by_path["units"]] == ["art_2", "art_2__point_1", "art_2__point_2"]


def test_page_and_api_give_the_same(client: TestClient) -> None:
    page = client.get(f"{documents.LAW}/rus.json").json()
    assert page == client.get(f"/api/v1/acts/{ACT}?lang=ru").json()
    assert page == client.get(f"/api/v1/acts/{ACT}/rus@2024-09-30").json()


def test_as_of(client: TestClient) -> None:
    answer = client.get(f"/api/v1/acts/{ACT}?lang=ru&as-of=2021-01-01").json()
    assert answer["edition"] == f"{documents.LAW}/rus@2020-02-03"
    assert client.get(f"/api/v1/acts/{ACT}?lang=ru&as-of=2001-01-01").status_code == 404


def test_search_has_the_shape_of_the_contract(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "слушания", "lang": "ru", "limit": 2}).json()
    assert {"query", "total", "took_ms", "relaxed", "hits", "facets"} <= set(answer)
    assert answer["query"] == "слушания"
    assert len(answer["hits"]) == 2 <= answer["total"]
    contract = {
        "act", "edition", "title", "eid", "level", "number", "heading", "path", "lang", "status", "official", "score",
        "snippet", "more",
    }  # fmt: skip
    for hit in answer["hits"]:
        assert contract <= set(hit)
        assert hit["lang"] == "ru"
    assert set(answer["facets"]) == {"kind", "lang", "status", "year", "body", "topic", "official"}
    assert all(set(one) == {"value", "count"} for facet in answer["facets"].values() for one in facet)


def test_options_of_the_search(client: TestClient) -> None:
    def total(**options: object) -> int:
        params: dict[str, Any] = {"q": "угуулар", **options}
        return int(client.get("/api/v1/search", params=params).json()["total"])

    everything = total()
    assert everything > 1
    assert 0 < total(kind="training") < everything
    assert total(kind=["training", "law"]) == everything
    assert total(official="true") + total(official="false") == everything
    assert total(**{"from": "2020-01-01", "to": "2020-12-31"}) < everything
    assert total(year=2020, status="in_force", topic="openness") < everything


def test_changes_and_removal(client: TestClient) -> None:
    answer = client.get("/api/v1/changes?since=0&limit=3").json()
    assert [one["sequence"] for one in answer["changes"]] == [1, 2, 3]
    assert answer["next"] == 3
    rest = client.get(f"/api/v1/changes?since={answer['next']}").json()
    assert rest["changes"][-1]["event"] == "removed"
    assert rest["next"] == rest["newest"]
    assert client.get(f"/api/v1/changes?since={rest['newest']}").json()["changes"] == []
    assert dt.datetime.fromisoformat(rest["changes"][0]["time"]).tzinfo is not None


def test_health(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/search", 400, "bad_query"),
        ("/api/v1/search?q=", 400, "bad_query"),
        ("/api/v1/search?q=" + "x" * 300, 400, "bad_query"),
        ("/api/v1/search?q=x&limit=x", 400, "bad_parameter"),
        ("/api/v1/search?q=x&limit=101", 400, "bad_parameter"),
        ("/api/v1/search?q=x&offset=-1", 400, "bad_parameter"),
        ("/api/v1/search?q=x&offset=900000", 400, "beyond_window"),
        ("/api/v1/search?q=x&kind=nonsense", 400, "bad_parameter"),
        ("/api/v1/search?q=x&lang=en", 400, "bad_parameter"),
        ("/api/v1/search?q=x&from=2020-13-01", 400, "bad_parameter"),
        ("/api/v1/search?q=x&from=1", 400, "bad_parameter"),
        ("/api/v1/search?q=x&topic=x", 400, "bad_parameter"),
        ("/api/v1/search?q=x&unknown=1", 400, "bad_parameter"),
        ("/api/v1/acts?sort=x", 400, "bad_parameter"),
        ("/api/v1/acts?limit=0", 400, "bad_parameter"),
        ("/api/v1/acts?year=99999", 400, "bad_parameter"),
        ("/api/v1/acts/akn/kg/act/law/1999-01-01/1", 404, "unknown_act"),
        ("/api/v1/acts/nonsense", 404, "unknown_act"),
        (f"/api/v1/acts/{ACT}/units/art_99", 404, "unknown_unit"),
        (f"/api/v1/acts/{ACT}/units/%3Cscript%3E", 404, "unknown_unit"),
        (f"/api/v1/acts/{ACT}?lang=de", 400, "bad_parameter"),
        (f"/api/v1/acts/{documents.REMOVED[1:]}", 410, "removed"),
        ("/api/v1/changes?since=-1", 400, "bad_parameter"),
        ("/api/v1/nothing", 404, "no_page"),
    ],
)
def test_refusals(client: TestClient, path: str, status: int, code: str) -> None:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]


def test_other_methods_are_refused(client: TestClient) -> None:
    response = client.post("/api/v1/search", json={})
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_openapi_describes_what_is_answered(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    assert {"/api/v1/search", "/api/v1/acts", "/api/v1/acts/{act}", "/healthz"} <= set(schema["paths"])
    assert "422" not in str(schema["paths"]["/api/v1/search"]["get"]["responses"])
    names = {one["name"] for one in schema["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert names == {
        "q", "lang", "kind", "status", "body", "topic", "official", "year", "from", "to", "as-of", "act", "limit",
        "offset", "strict",
    }  # fmt: skip
    page = client.get("/api/docs", headers={"accept": "text/html"}).text
    called = [f"{method.upper()} {path}" for path, calls in schema["paths"].items() for method in calls]
    assert all(f"<code>{one}</code>" in page for one in called)
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
