"""The shared installation: what can be said of docker-compose.yml without an engine."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from kb.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def test_it_brings_up_the_app_meilisearch_and_postgresql() -> None:
    assert set(COMPOSE["services"]) == {"app", "meilisearch", "postgres"}
    assert set(COMPOSE["services"]["app"]["depends_on"]) == {"meilisearch", "postgres"}
    for name in COMPOSE["services"]["app"]["depends_on"]:
        assert "healthcheck" in COMPOSE["services"][name]


def given(value: object, secret: str = "secret-of-sixteen") -> str:
    """A value as compose gives it where .env holds what it must and nothing else."""
    needed = re.sub(r"\$\{\w+:\?[^}]*\}", lambda _found: secret, str(value))
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", needed)


def test_the_app_understands_its_environment() -> None:
    secret = "p@ss:w/rd#1%"
    environment = {name: given(value, secret) for name, value in COMPOSE["services"]["app"]["environment"].items()}
    settings = read_settings(environment)
    assert settings == replace(
        read_settings({}),
        home=Path("/data"),
        engine="meilisearch",
        meili_url="http://meilisearch:7700",
        meili_key=secret,
        database_url="postgresql://kb@postgres:5432/kb",
    )
    # The address holds no secret that would have to be escaped in it: the client takes it from PGPASSWORD.
    assert environment["PGPASSWORD"] == given(
        COMPOSE["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"], secret
    )
    address = sa.make_url(settings.database_url)
    database = COMPOSE["services"]["postgres"]["environment"]
    assert (address.username, address.database) == (database["POSTGRES_USER"], database["POSTGRES_DB"])
    assert address.host in COMPOSE["services"]


def test_postgresql_is_ready_when_it_listens_for_others() -> None:
    # The server that makes the database on the first start listens on its socket alone.
    check = COMPOSE["services"]["postgres"]["healthcheck"]["test"]
    assert check[check.index("-h") + 1] == "127.0.0.1"


def test_no_secret_stands_in_it_and_every_volume_is_declared() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service["environment"].items():
            if re.search("KEY|PASSWORD", name):
                assert str(value).startswith("${"), name
        for volume in service.get("volumes", []):
            source, _, target = given(volume).partition(":")
            assert source in COMPOSE["volumes"] or (source.startswith("./") and target.endswith(":ro"))


def test_the_image_runs_as_somebody_who_owns_the_data() -> None:
    steps = (ROOT / "Dockerfile").read_text("utf-8")
    home = COMPOSE["services"]["app"]["environment"]["KB_HOME"]
    assert f"KB_HOME={home}" in steps
    # A volume takes over the owner that its folder has in the image.
    assert steps.index(f"install -d -o kb -g kb {home}") < steps.index("USER kb") < steps.index(f"VOLUME {home}")
    assert any(volume.endswith(f":{home}") for volume in COMPOSE["services"]["app"]["volumes"])
    copied = re.findall(r"^COPY (.+) \S+$", steps, re.MULTILINE)
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
        assert name not in left_out
    assert ".env" in left_out
