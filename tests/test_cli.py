"""The kb command as scripts use it: JSON on standard output, exit codes, messages on standard error."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.test_ingest import LAW

KB = str(Path(sys.executable).with_name("kb"))


class Kb:
    """Runs ``kb`` on a home of its own."""

    def __init__(self, home: Path) -> None:
        self.environment = {"KB_HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "ru_RU.UTF-8"}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [KB, *words], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        done = self.run(*words, "--json")
        assert done.returncode == code, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@pytest.fixture
def kb(tmp_path: Path) -> Kb:
    return Kb(tmp_path / "home")


@pytest.fixture
def law(tmp_path: Path) -> Path:
    file = tmp_path / "law.txt"
    file.write_text(LAW)
    return file


ACT = "/akn/kg/act/law/2020-02-03/0-12"


def test_from_a_file_to_a_hit_and_away_again(kb: Kb, law: Path) -> None:
    answer = kb.json("ingest", str(law), "--official")
    (file,) = answer["files"]
    assert {key: file[key] for key in ("status", "act", "lang", "kind", "title", "number", "date", "error")} == {
        "status": "added",
        "act": ACT,
        "lang": "ru",
        "kind": "law",
        "title": "О слушаниях в селе Үлгү",
        "number": "0-12",
        "date": "2020-02-03",
        "error": None,
    }
    assert file["units"] == {"article": 2, "paragraph": 2}
    assert file["coverage"]["characters"] == file["coverage"]["placed"]
    assert answer["warnings"] == []
    assert kb.json("ingest", str(law), "--official")["files"][0]["status"] == "unchanged"

    (act,) = kb.json("list")["acts"]
    assert (act["act"], act["title"], act["official"], act["langs"]) == (
        ACT,
        {"ky": None, "ru": "О слушаниях в селе Үлгү"},
        True,
        ["ru"],
    )

    shown = kb.json("show", ACT)
    assert [unit["eid"] for unit in shown["units"]] == ["art_1", "art_1__para_1", "art_1__para_2", "art_2"]
    assert [unit["eid"] for unit in kb.json("show", ACT, "--unit", "art_1__para_2")["units"]] == ["art_1__para_2"]

    hits = kb.json("search", "слушания открыты")["hits"]
    assert hits[0]["act"] == ACT
    assert "<mark>" in hits[0]["snippet"]
    assert kb.json("reindex")["editions"] == 1
    assert kb.json("doctor")["agree"] is True

    assert kb.json("remove", ACT)["act"] == ACT
    assert kb.json("list")["acts"] == []
    assert kb.json("show", ACT, code=1)["error"]["code"] == "removed"
    assert kb.json("search", "слушания")["total"] == 0


def test_refused_input_is_exit_1_and_the_rest_is_stored(kb: Kb, law: Path) -> None:
    answer = kb.json("ingest", str(law), str(law.with_name("missing.pdf")), code=1)
    assert [file["status"] for file in answer["files"]] == ["added", "refused"]
    assert answer["files"][1]["error"]["code"] == "not_found"
    assert answer["files"][1]["error"]["message"] != "not_found"
    assert set(answer["files"][0]) == set(answer["files"][1])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["ingest", "x.txt", "--kind", "ukase"], 2),
        (["ingest", "x.txt", "--lang", "fr"], 2),
        (["show", "/akn/kg/act/law/2020-02-03/0-99"], 1),
        (["show", ACT, "--lang", "fr"], 2),
        (["remove", "/akn/kg/doc/other/none"], 1),
    ],
)
def test_wrong_use_is_told_from_missing(kb: Kb, words: list[str], code: int) -> None:
    done = kb.run(*words, "--json")
    assert done.returncode == code
    assert json.loads(done.stdout)["error"]["message"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["ingest"], ["frobnicate"], ["search", "x", "--limit", "-1"]])
def test_words_that_make_no_command_are_exit_2(kb: Kb, words: list[str]) -> None:
    assert kb.run(*words).returncode == 2


def test_each_command_has_help_with_an_example(kb: Kb) -> None:
    for command in ("ingest", "list", "show", "search", "serve", "reindex", "remove", "doctor"):
        assert "Example: kb " in kb.run(command, "--help").stdout


def test_people_read_words(kb: Kb, law: Path) -> None:
    assert "added" in kb.run("ingest", str(law)).stdout
    assert "Неофициальный текст" in kb.run("list").stdout
    assert "Слушания открыты." in kb.run("show", ACT).stdout
    assert "Предмет закона" in kb.run("search", "слушания открыты").stdout


def test_ingest_beside_serve_is_searchable_when_it_returns(kb: Kb, law: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([KB, "serve", "--port", str(port)], env=kb.environment, stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        assert kb.json("ingest", str(law))["warnings"] == []
        url = f"http://127.0.0.1:{port}/api/v1/search?q=%D1%81%D0%BB%D1%83%D1%88%D0%B0%D0%BD%D0%B8%D1%8F"
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert json.load(answer)["total"] > 0
        taken = kb.run("serve", "--port", str(port))
        assert taken.returncode == 2
        assert str(port) in taken.stderr
    finally:
        server.terminate()
        server.wait(timeout=20)
        if server.stderr is not None:
            server.stderr.close()
