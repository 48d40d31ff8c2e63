"""``/api/v1/resolve``: a citation leads to act, edition, unit and status."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web import documents


def ask(client: TestClient, citation: str, **more: str) -> Any:
    return client.get("/api/v1/resolve", params={"citation": citation, **more}).json()


def test_a_point_of_a_law(client: TestClient) -> None:
    answer = ask(client, "пункт 2 статьи 2 Закона от 3 февраля 2020 года № 0-12")
    assert answer == {
        "citation": "пункт 2 статьи 2 Закона от 3 февраля 2020 года № 0-12",
        "resolved": "exact",
        "act": {
            "act": documents.LAW,
            "edition": f"{documents.LAW}/rus@2024-09-30",
            "kind": "law",
            "title": {"ky": "Үлгү айылындагы угуулар жөнүндө", "ru": "О слушаниях в Үлгү"},
            "number": "0-12",
            "date": "2020-02-03",
            "status": "in_force",
        },
        "units": [
            {
                "eid": "art_2__point_2",
                "level": "point",
                "number": "2",
                "heading": None,
                "status": "in_force",
                "exact": True,
            }
        ],
        "status": "in_force",
        "candidates": [],
    }


@pytest.mark.parametrize(
    ("citation", "options", "edition", "eids", "status", "resolved"),
    [
        ("ст. 4 закона № 0-12", {}, "rus@2024-09-30", ["art_4"], "repealed", "exact"),
        ("ст. 1 закона № 0-12", {"as-of": "2021-01-01"}, "rus@2020-02-03", ["art_1"], "in_force", "exact"),
        ("ст. 1 закона № 0-12", {"lang": "ky"}, "kir@2024-09-30", ["art_1"], "in_force", "exact"),
        ("0-12 мыйзам 1-берене", {}, "kir@2024-09-30", ["art_1"], "in_force", "exact"),
        ("абзац второй статьи 1 закона № 0-12", {}, "rus@2024-09-30", ["art_1__al_2"], "in_force", "exact"),
        ("закон 0-12", {"lang": "ru"}, "rus@2024-09-30", [], "in_force", "exact"),
        ("ст. 2 п. 9 закона № 0-12", {}, "rus@2024-09-30", ["art_2"], "in_force", "act_only"),
        ("согласно статье 2 Закона «О слушаниях в Үлгү» и иным", {}, "rus@2024-09-30", ["art_2"], "in_force", "exact"),
    ],
)
def test_what_is_sure(
    client: TestClient,
    citation: str,
    options: dict[str, str],
    edition: str,
    eids: list[str],
    status: str,
    resolved: str,
) -> None:
    answer = ask(client, citation, **options)
    assert answer["act"]["edition"] == f"{documents.LAW}/{edition}"
    assert [unit["eid"] for unit in answer["units"]] == eids
    assert (answer["status"], answer["resolved"]) == (status, resolved)


def test_a_bare_unit_names_what_it_may_mean_and_chooses_nothing(client: TestClient) -> None:
    answer = ask(client, "статья 3", lang="ru")
    assert (answer["resolved"], answer["act"], answer["units"], answer["status"]) == ("unknown", None, [], None)
    assert (documents.LAW, "art_3") in [(one["act"], one["eid"]) for one in answer["candidates"]]
    kinds = [one["kind"] for one in answer["candidates"]]
    assert kinds == sorted(kinds, key=["code", "law", "charter"].index)


@pytest.mark.parametrize("citation", ["статья 5 Закона № 0-98", "настоящий Закон", "просто слова", "<script>"])
def test_what_is_not_known_is_said_to_be(client: TestClient, citation: str) -> None:
    answer = ask(client, citation)
    assert (answer["citation"], answer["resolved"]) == (citation, "unknown")
    assert (answer["act"], answer["units"], answer["status"], answer["candidates"]) == (None, [], None, [])


@pytest.mark.parametrize(
    "query", ["", "citation=", "citation=%20", "citation=x&lang=en", "citation=x&as-of=1", "citation=" + "x" * 300]
)
def test_what_does_not_fit_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/resolve?{query}")
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == {"code", "message"}


def test_it_is_described(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    assert "/api/v1/resolve" in schema["paths"]
    assert "ResolveAnswer" in schema["components"]["schemas"]
