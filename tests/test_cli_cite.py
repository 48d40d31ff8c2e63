"""``kb cite``: citations of a text on standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

KB = Path(sys.executable).with_name("kb")


def run(home: Path, text: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "KB_HOME": str(home), "LC_ALL": "ru_RU.UTF-8", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([KB, "cite", *words], input=text.encode(), capture_output=True, env=environment, check=False)


def test_what_the_library_does_not_hold_is_found_and_unknown(tmp_path: Path) -> None:
    text = "Согласно пункту 2 статьи 12 Закона от 9 июля 2013 года № 0-12. Караңыз: 5-берене."
    found = run(tmp_path, text, "--json")
    assert found.returncode == 0
    law, article = json.loads(found.stdout)["citations"]
    assert (law["start"], law["end"], law["role"], law["resolved"]) == (9, 61, "named", "unknown")
    assert (law["act"]["kind"], law["act"]["date"], law["act"]["number"]) == ("law", "2013-07-09", "0-12")
    assert [(step["level"], step["number"]) for step in law["units"][0]["path"]] == [("article", "12"), ("point", "2")]
    assert (article["text"], article["role"]) == ("5-берене", "bare")
    assert run(tmp_path, text).stdout.decode().splitlines()[1] == "5-берене · unknown"


def test_an_act_that_is_not_there_is_said(tmp_path: Path) -> None:
    found = run(tmp_path, "статья 5", "--json", "--act", "/akn/kg/act/law/1999-01-01/1")
    assert found.returncode == 1
    assert json.loads(found.stdout)["error"]["code"] == "unknown_act"
    assert run(tmp_path, "статья 5", "--lang", "de").returncode == 2
