"""The shared installation: what can be said of docker-compose.yml without an engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from kb.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def test_it_brings_up_the_app_meilisearch_and_postgresql() -> None:
    assert set(COMPOSE["services"]) == {"app", "meilisearch", "postgres"}
    assert set(COMPOSE["services"]["app"]["depends_on"]) == {"meilisearch", "postgres"}
    for name in COMPOSE["services"]["app"]["depends_on"]:
        assert "healthcheck" in COMPOSE["services"][name]


def test_the_app_understands_its_environment() -> None:
    given = {
        name: re.sub(r"\$\{\w+:?[?-][^}]*\}", "secret-of-sixteen", str(value))
        for name, value in COMPOSE["services"]["app"]["environment"].items()
    }
    settings = read_settings(given)
    assert settings.engine == "meilisearch"
    assert settings.meili_url == "http://meilisearch:7700"
    assert settings.meili_key == "secret-of-sixteen"
    assert settings.database_url == "postgresql://kb:secret-of-sixteen@postgres:5432/kb"


def test_no_secret_stands_in_it_and_every_volume_is_declared() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service["environment"].items():
            if re.search("KEY|PASSWORD", name):
                assert str(value).startswith("${"), name
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"]
    assert (ROOT / "Dockerfile").is_file()
