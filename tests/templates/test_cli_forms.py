"""The commands about forms, as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kb.cli import app
from tests.templates.answers import AIMAK, text_of
from tests.templates.convert.blanks import par, word

run = CliRunner()


def fill(tmp_path: Path, answers: object, *options: str, form: str = "charter") -> tuple[int, dict[str, Any], Path]:
    """Exit code, answer and file of ``kb fill``."""
    given, output = tmp_path / "a.json", tmp_path / "out.docx"
    given.write_text(answers if isinstance(answers, str) else json.dumps(answers), encoding="utf-8")
    command = ["fill", form, *(options or ("--lang", "ky")), "--answers", str(given), "-o", str(output), "--json"]
    result = run.invoke(app, command)
    return result.exit_code, json.loads(result.stdout) if result.stdout else {}, output


def test_list_and_show() -> None:
    listed = json.loads(run.invoke(app, ["form", "list", "--json"]).stdout)["forms"]
    assert [form["id"] for form in listed] == [
        "charter",
        "charter-resolution",
        "working-group-order",
        "assembly-protocol",
    ]
    assert set(listed[0]) >= {"id", "title", "follows", "official", "langs"}
    shown = json.loads(run.invoke(app, ["form", "show", "charter", "--json"]).stdout)
    fields = {field["name"]: field for field in shown["fields"]}
    wanted = {"name", "type", "label", "help", "required", "choices", "depends", "case", "default"}
    assert all(wanted <= set(field) for field in fields.values())
    assert fields["villages"]["depends"] == ["municipality_kind"]
    assert fields["initiative_signatures"]["depends"] == ["municipality_kind", "municipality_name", "population"]
    assert fields["order_number"]["default"] == "279"
    assert [choice["value"] for choice in fields["hearing_quorum_kind"]["choices"]] == ["persons", "percent", "half"]
    assert "municipality_kind" in run.invoke(app, ["form", "show", "charter"]).stdout
    assert run.invoke(app, ["form", "list"]).exit_code == 0


def test_import(tmp_path: Path) -> None:
    blank, folder = tmp_path / "blank.docx", tmp_path / "form"
    blank.write_bytes(word([par("Биз, ____ айыл аймагынын / ____ шаарынын калкы,"), par("Кимдир: _____ (ким)")]))
    result = run.invoke(app, ["form", "import", str(blank), "-o", str(folder), "--json"])
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["id"], answer["blanks"], answer["overlay"]) == (0, str(folder), 3, None)
    assert {"id", "blanks", "named", "unsure", "fields"} <= set(answer)
    assert all(set(one) == {"where", "text", "reason"} for one in answer["unsure"])
    names = [field["name"] for field in answer["fields"]]
    assert names == [
        field["name"] for field in json.loads(run.invoke(app, ["form", "show", str(folder), "--json"]).stdout)["fields"]
    ]
    answers = {"municipality_kind": "city", "municipality_name": "Үлгү", names[-1]: "Х"}
    code, _, output = fill(tmp_path, answers, form=str(folder))
    assert code == 0
    assert "Биз, Үлгү шаарынын калкы," in text_of(output.read_bytes())
    # What was proposed can be given back.
    again = ["form", "import", str(blank), "--overlay", str(folder / "overlay.yaml"), "-o", str(tmp_path / "again")]
    assert json.loads(run.invoke(app, [*again, "--json"]).stdout)["overlay"] == "own"
    assert run.invoke(app, again).exit_code == 0


def test_import_into_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    blank = tmp_path / "Жыйын.docx"
    blank.write_bytes(word([par("Төрага: ____")]))
    answer = json.loads(run.invoke(app, ["form", "import", str(blank), "--json"]).stdout)
    assert (answer["id"], answer["blanks"], answer["named"]) == ("zhyiyn", 1, 1)
    listed = json.loads(run.invoke(app, ["form", "list", "--json"]).stdout)["forms"]
    assert [(one["id"], one["origin"]) for one in listed][-1] == ("zhyiyn", "Жыйын.docx")
    assert (
        json.loads(run.invoke(app, ["form", "show", "zhyiyn", "--json"]).stdout)["fields"][0]["name"] == "chairperson"
    )
    code, _, output = fill(tmp_path, {"chairperson": "Асанов А."}, form="zhyiyn")
    assert code == 0
    assert "Төрага: Асанов А." in text_of(output.read_bytes())
    assert json.loads(run.invoke(app, ["form", "import", str(blank), "--json"]).stdout)["id"] == "zhyiyn"
    assert run.invoke(app, ["form", "show", "nothing"]).exit_code == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no file of Word", "not_a_document"),
        (word([par("{{ 7*7 }}")]), "bad_form"),
        (None, "not_found"),
    ],
)
def test_what_cannot_be_imported(tmp_path: Path, content: bytes | None, code: str) -> None:
    blank = tmp_path / "blank.docx"
    if content is not None:
        blank.write_bytes(content)
    result = run.invoke(app, ["form", "import", str(blank), "-o", str(tmp_path / "form"), "--json"])
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (1, code)
    assert not (tmp_path / "form").exists()


def test_overlay_and_no_overlay_exclude_each_other(tmp_path: Path) -> None:
    command = ["form", "import", "x.docx", "--overlay", "y.yaml", "--no-overlay", "-o", str(tmp_path)]
    assert run.invoke(app, command).exit_code == 2


def test_fill(tmp_path: Path) -> None:
    code, answer, output = fill(tmp_path, AIMAK)
    assert (code, answer["output"], answer["errors"], answer["doubtful"]) == (0, str(output), [], [])
    assert "Биз, Баш-Кайыңды айыл аймагынын жергиликтүү жамааты," in text_of(output.read_bytes())


@pytest.mark.parametrize(
    ("answers", "field", "code"),
    [
        ({**AIMAK, "population": -1}, "population", "out_of_range"),
        ("{", "", "bad_json"),
        ("[" * 100_000, "", "bad_json"),
        ('{"population": ' + "9" * 10_000 + "}", "", "bad_json"),
        ('{"population": NaN, "municipality_kind": "city"}', "population", "wrong_type"),
        ("[]", "", "wrong_type"),
        ({**AIMAK, "local_issues": ["А\x00Б"]}, "local_issues[0]", "bad_characters"),
        ({"\ud800": 1}, "population", "required"),
    ],
    ids=range(8),
)
def test_errors_leave_no_file(tmp_path: Path, answers: object, field: str, code: str) -> None:
    exit_code, answer, output = fill(tmp_path, answers)
    assert exit_code == 1
    assert answer["output"] is None
    assert {(one["field"], one["code"]) for one in answer["errors"]} >= {(field, code)}
    assert all(one["message"] for one in answer["errors"])
    assert not output.exists()


def test_wrong_use(tmp_path: Path) -> None:
    assert fill(tmp_path, AIMAK, "--lang", "en")[0] == 2
    code, answer, _output = fill(tmp_path, AIMAK, form="nobody")
    assert (code, answer["error"]["code"]) == (1, "unknown_form")
    result = run.invoke(
        app, ["fill", "charter", "--lang", "ky", "--answers", str(tmp_path / "no"), "-o", "x", "--json"]
    )
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (1, "not_found")
    result = run.invoke(
        app,
        [
            "fill",
            "charter",
            "--lang",
            "ky",
            "--answers",
            str(tmp_path / "a.json"),
            "-o",
            str(tmp_path / "no" / "x"),
            "--json",
        ],
    )
    assert result.exit_code == 2
