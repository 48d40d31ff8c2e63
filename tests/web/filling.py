"""Answers and small steps that the tests of drafts share."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2 as httpx
from fastapi.testclient import TestClient

KY = {"accept": "text/html", "accept-language": "ky"}
RU = {"accept": "text/html", "accept-language": "ru"}
JSON = {"accept": "application/json"}

AIMAK: Mapping[str, object] = {
    "municipality_kind": "aiyl_aimak",
    "municipality_name": "Баш-Кайыңды",
    "villages": ["Баш-Кайыңды", "Кайыңды", "Ак-Суу"],
    "population": 5200,
    "assembly_quorum_residents_pct": 20,
    "hearing_quorum_kind": "percent",
    "hearing_quorum_value": 50,
}


@dataclass
class Drafting:
    """A person with a draft, a browser without scripts."""

    client: TestClient
    path: str
    headers: Mapping[str, str]

    @staticmethod
    def begin(client: TestClient, form: str = "charter", headers: Mapping[str, str] = KY) -> Drafting:
        made = client.post(f"/forms/{form}/drafts", data={"lang": ["ky", "ru"]}, headers=headers)
        assert made.status_code == 303
        return Drafting(client, made.headers["location"], headers)

    @property
    def key(self) -> str:
        return self.path.rpartition("/")[2]

    def get(self, below: str = "", status: int = 200) -> str:
        answer = self.client.get(f"{self.path}{below}", headers=self.headers)
        assert answer.status_code == status, answer.text[:500]
        return answer.text

    def content(self) -> dict[str, object]:
        found = self.client.get(f"{self.path}/answers").json()
        assert isinstance(found, dict)
        return found

    def number(self) -> int:
        return int(self.client.get(f"{self.path}.json").json()["number"])

    def send(
        self, section: str, data: Mapping[str, object], do: str = "next", base: int | None = None
    ) -> httpx.Response:
        """Send a section's form as the page offers it, with other values in it."""
        page = self.get(f"/q/{section}")
        fields = re.search(r'name="_fields" value="([^"]*)"', page)
        assert fields
        number = self.number() if base is None else base
        sent = {"_base": str(number), "_fields": fields[1], "_do": do, **data}
        return self.client.post(f"{self.path}/q/{section}", data=sent, headers=self.headers)

    def bring_in(self, answers: bytes) -> httpx.Response:
        return self.client.post(
            f"{self.path}/import",
            files={"file": ("жооптор.json", answers, "application/json")},
            headers=self.headers,
        )


def text_of(page: str) -> str:
    """Words of a page without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
