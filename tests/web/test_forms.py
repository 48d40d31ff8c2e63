"""Forms on pages and in the API: what they are for, what they follow, the law behind them, filling over HTTP."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile

import pytest
from fastapi.testclient import TestClient

from kb.language.model import Language
from kb.templates.catalog import IDS, list_forms, load_form
from kb.templates.model import Field, FieldType, Words
from kb.web import form_answers
from kb.web.bodies import Sent
from kb.web.fields import read_fields
from kb.web.stages import read_date, stage_views
from tests.web.filling import AIMAK, JSON, KY, RU, text_of


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_pages_of_forms(client: TestClient, language: str) -> None:
    headers = {"accept": "text/html", "accept-language": language}
    page = client.get("/forms", headers=headers).text
    lang = Language(language)
    for form in list_forms():
        assert f'href="/forms/{form.id}"' in page
        one = client.get(f"/forms/{form.id}", headers=headers).text
        assert one.count("<h1") == 1
        for words in (form.title, form.summary, form.follows):
            assert words.of(lang) in one
        assert "not in English" not in one
        assert f'action="/forms/{form.id}/drafts"' in one
    assert "279" in page


def test_a_form_says_that_it_is_not_the_official_model(client: TestClient) -> None:
    assert "Расмий үлгү эмес" in client.get("/forms/charter", headers=KY).text
    assert "Не официальный образец" in client.get("/forms/charter", headers=RU).text


def test_the_door_and_the_header_lead_to_forms(client: TestClient) -> None:
    page = client.get("/", headers=KY).text
    assert page.count('href="/forms"') == 2


def test_the_same_addresses_in_json(client: TestClient) -> None:
    expected = form_answers.forms_answer(list_forms()).model_dump(mode="json")
    for path in ("/forms.json", "/api/v1/forms"):
        assert client.get(path).json() == expected
    assert client.get("/forms", headers=JSON).json() == expected
    for name in IDS:
        told = form_answers.form_answer(load_form(name)).model_dump(mode="json")
        assert client.get(f"/api/v1/forms/{name}").json() == told == client.get(f"/forms/{name}.json").json()


@pytest.mark.parametrize(
    "path", ["/forms/nonsense", "/forms/fields.yaml", "/forms/%2E%2E", "/forms/kb", "/forms/charter/law/nonsense"]
)
def test_unknown_forms(client: TestClient, path: str) -> None:
    assert client.get(path, headers=KY).status_code == 404
    assert client.post("/forms/nonsense/drafts", data={}).status_code == 404
    assert client.get("/api/v1/forms/nonsense").json()["error"]["code"] == "unknown_form"
    assert client.get("/api/v1/forms/%2Ftmp").status_code == 404


def test_the_law_behind_a_clause(client: TestClient) -> None:
    label = load_form("charter").bases[0].clause
    page = client.get(f"/forms/charter/law/{label}", headers=RU)
    assert page.status_code == 200
    assert "в этой библиотеке нет" in page.text
    told = client.get(f"/forms/charter/law/{label}.json").json()
    assert [one["title"] for one in told["provisions"]]
    assert all(one["act"] is None and one["status"] == "unknown" for one in told["provisions"])


def fill(client: TestClient, content: object, form: str = "charter", **more: str) -> object:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post(f"/api/v1/forms/{form}/fill", content=body, headers={"content-type": "application/json", **more})


def test_filling_over_http(client: TestClient) -> None:
    for lang in ("ky", "ru"):
        answer = client.post("/api/v1/forms/charter/fill", json={"lang": lang, "answers": AIMAK})
        assert answer.status_code == 200
        assert answer.headers["content-type"].endswith("wordprocessingml.document")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            document = archive.read("word/document.xml").decode()
        assert "Баш-Кайы" in document
        assert "____" not in re.sub(r"<[^>]*>", "", document)


def test_answers_that_do_not_fit_are_named(client: TestClient) -> None:
    answers = {**AIMAK, "population": "көп", "villages": ["Ак-Суу", "Ак-Суу"]}
    answer = client.post("/api/v1/forms/charter/fill", json={"lang": "ky", "answers": answers}, headers=RU | JSON)
    assert answer.status_code == 400
    told = answer.json()
    assert told["error"]["code"] == "bad_answers"
    assert {(one["field"], one["code"]) for one in told["errors"]} >= {
        ("population", "wrong_type"),
        ("villages[1]", "duplicate"),
    }
    assert all(one["message"] for one in told["errors"])


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "bad_answers"),
        (b"[]", 400, "bad_answers"),
        (b'{"lang": "ky"}', 400, "bad_answers"),
        (b'{"lang": 1, "answers": {}}', 400, "bad_answers"),
        (b'{"lang": "en", "answers": {}}', 400, "bad_parameter"),
        (b'{"lang": "ky", "answers": []}', 400, "bad_answers"),
        (b'{"lang": "ky", "answers": ' + b"[" * 90_000, 400, "bad_answers"),
        (b" " * 700_000, 400, "bad_answers"),
    ],
)
def test_requests_that_do_not_fit(client: TestClient, content: bytes, status: int, code: str) -> None:
    answer = client.post("/api/v1/forms/charter/fill", content=content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("answer", ["{{ 7*7 }}", "''.__class__", "<script>", "А & Б", "«\"'»"])
def test_hostile_answers_come_out_as_they_are(client: TestClient, answer: str) -> None:
    answers = {**AIMAK, "local_issues": [answer]}
    filled = client.post("/api/v1/forms/charter/fill", json={"lang": "ky", "answers": answers})
    with zipfile.ZipFile(io.BytesIO(filled.content)) as archive:
        document = archive.read("word/document.xml").decode()
    from xml.sax.saxutils import unescape

    assert answer in unescape(re.sub(r"<[^>]*>", "", document), {"&quot;": '"', "&#34;": '"', "&#39;": "'"})


TOWNS = Field("towns", FieldType.LIST, Words("", ""), item=(Field("", FieldType.TOPONYM, Words("", "")),))
LINES = Field("lines", FieldType.LIST, Words("", ""), item=(Field("", FieldType.TEXT, Words("", "")),))
KINDS = Field("kinds", FieldType.MULTICHOICE, Words("", ""), free=True)
NUMBER = Field("number", FieldType.INTEGER, Words("", ""))
PEOPLE = Field(
    "people",
    FieldType.LIST,
    Words("", ""),
    item=(
        Field("name", FieldType.PERSON, Words("", "")),
        Field("roles", FieldType.LIST, Words("", ""), item=LINES.item),
    ),
)


@pytest.mark.parametrize(
    ("field", "pairs", "answer"),
    [
        (NUMBER, [("number", " 5 200 ")], 5200),
        (NUMBER, [("number", "көп")], "көп"),
        (NUMBER, [("number", "  ")], None),
        (NUMBER, [], None),
        (
            TOWNS,
            [("towns[0]", "Ак-Суу, Кайыңды;Чоң-Таш\nТоң"), ("towns[1]", " ")],
            ["Ак-Суу", "Кайыңды", "Чоң-Таш", "Тоң"],
        ),
        (TOWNS, [("towns[10]", "Б"), ("towns[2]", "А"), ("towns[x]", "В"), ("towns", "Г")], ["А", "Б"]),
        (LINES, [("lines[0]", "Биринчи, экинчи")], ["Биринчи, экинчи"]),
        (LINES, [("lines[0]", "")], None),
        (KINDS, [("kinds", "a"), ("kinds", "b"), ("kinds[0]", "Өз сөзү"), ("kinds", "a")], ["a", "b", "Өз сөзү"]),
        (KINDS, [], None),
        (
            PEOPLE,
            [("people[0].name", "Асанов А."), ("people[0].roles[0]", "төрага"), ("people[1].name", "")],
            [{"name": "Асанов А.", "roles": ["төрага"]}],
        ),
    ],
)
def test_fields_of_a_page_become_answers(field: Field, pairs: list[tuple[str, str]], answer: object) -> None:
    assert read_fields([field], Sent(tuple(pairs))) == {field.name: answer}


def test_an_item_is_removed() -> None:
    pairs = (("people[0].name", "А"), ("people[1].name", "Б"), ("people[1].roles[0]", "в"), ("people[1].roles[1]", "г"))
    assert read_fields([PEOPLE], Sent(pairs), without="people[0]") == {"people": [{"name": "Б", "roles": ["в", "г"]}]}
    assert read_fields([PEOPLE], Sent(pairs), without="people[1].roles[0]")["people"] == [
        {"name": "А"},
        {"name": "Б", "roles": ["г"]},
    ]


TODAY = dt.date(2026, 6, 30)


def test_stages_follow_each_other() -> None:
    dates = {"2": "2026-05-05", "5": "2026-06-01", "7": "2026-05-20", "9": "эртең", "10": "2026-07-01"}
    shown = stage_views(dates, {}, TODAY, Language.RU)
    assert [one.stage.number for one in shown] == list(range(1, 11))
    assert [one.done for one in shown] == [True, True, False, False, True, False, True, False, False, False]
    assert [one.planned for one in shown] == [False] * 9 + [True]
    assert {one.stage.number: one.error for one in shown if one.error} == {
        7: "Это раньше этапа 5 (1 июня 2026 года). Проверьте обе даты.",
        9: "Это не дата. Напишите день, месяц и год: 31.12.2026.",
    }
    assert (shown[1].value, shown[8].value) == ("05.05.2026", "эртең")
    assert {one.stage.form for one in shown} - {""} <= set(IDS)
    assert read_date("31.02.2026") is None
    assert read_date(" ") is None


@pytest.mark.parametrize(
    ("dates", "early"),
    [
        ({"1": "", "2": "11.12.2022"}, {2: 1}),
        ({"2": "05.05.2026", "3": "04.05.2026", "4": "04.05.2026"}, {3: 2, 4: 2}),
        ({"3": "09.05.2026", "4": "08.05.2026"}, {}),
        ({"4": "06.05.2026", "8": "05.05.2026"}, {8: 4}),
        ({"8": "05.05.2026", "9": "05.05.2026", "10": "05.05.2026"}, {}),
        ({"8": "05.05.2026", "9": "07.05.2026", "10": "06.05.2026"}, {}),
        ({"8": "05.05.2026", "10": "04.05.2026"}, {10: 8}),
    ],
)
def test_a_stage_is_not_before_what_it_needs(dates: dict[str, str], early: dict[int, int]) -> None:
    shown = stage_views(dates, {}, TODAY, Language.EN)
    found = {one.stage.number: re.search(r"earlier than stage (\d+)", one.error) for one in shown if one.error}
    assert {number: int(one[1]) for number, one in found.items() if one} == early


def test_a_stage_takes_the_date_of_its_document() -> None:
    answers = {"own_order_date": "2026-03-02", "protocol_date": "2026-05-12", "assembly_date": "13.05.2026"}
    shown = stage_views({"2": "03.03.2026", "7": "01.05.2026"}, answers, TODAY, Language.EN)
    assert (shown[4].value, shown[4].known, shown[4].done) == ("", "12 May 2026", True)
    assert (shown[1].value, shown[1].known) == ("03.03.2026", "")
    assert [one.stage.number for one in shown if "another date" in one.error] == [2, 5]
    assert "stage 5 (12 May 2026)" in shown[6].error


def test_stages_say_what_the_law_asks(client: TestClient) -> None:
    told = text_of(" ".join(one.asks for one in stage_views({}, {}, TODAY, Language.RU)))
    for words in (
        "мэр или глава, депутаты кенеша, работники",
        "вносит в кенеш мэр или глава айыл окмоту",
        "большинством голосов от общего числа депутатов",
        "со дня официального опубликования",
        "юстиции",
    ):
        assert words in told
