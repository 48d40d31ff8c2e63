"""Drafts over HTTP, without scripts: the interview, two people, undo, files, what is never told."""

from __future__ import annotations

import html
import io
import json
import logging
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.storage.drafts import DraftStore
from kb.usecases import pdf
from kb.usecases.drafts import Drafts
from kb.web.app import create_app
from tests.web.conftest import Limits, Services
from tests.web.filling import AIMAK, JSON, KY, RU, Drafting, text_of

COMMUNITY = {"municipality_kind": "aiyl_aimak", "municipality_name": "Баш-Кайыңды", "population": "5 200"}
VILLAGES = {"villages[0]": "Баш-Кайыңды", "villages[1]": "", "villages[2]": "Кайыңды, Ак-Суу"}
QUORUM = {"assembly_quorum_residents_pct": "20", "hearing_quorum_kind": "percent"}


@pytest.fixture
def draft(client: TestClient) -> Drafting:
    return Drafting.begin(client)


@pytest.fixture
def full(draft: Drafting) -> Drafting:
    assert draft.bring_in(json.dumps(AIMAK).encode()).status_code == 303
    return draft


def words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return html.unescape(re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode()))


def test_the_whole_interview(draft: Drafting) -> None:
    page = draft.get()
    assert "милдеттүү жооптор: 4 ичинен 0" in page
    assert f"http://testserver{draft.path}" in page
    draft.send("charter/community", COMMUNITY)
    sent = draft.send("charter/territory", VILLAGES)
    assert sent.headers["location"].startswith(f"{draft.path}/q/charter/participation")
    unseen = draft.send("charter/participation", QUORUM)
    assert unseen.headers["location"].endswith("?saved=1#f-hearing_quorum_value")
    stay = draft.send("charter/participation", {**QUORUM, "hearing_quorum_value": ""})
    assert "check=1" in stay.headers["location"]
    draft.send("charter/participation", {**QUORUM, "hearing_quorum_value": "50"})
    draft.send("charter/life", {"local_issues": ["trees", "animals"], "local_issues[0]": "Чабан жолдору"})
    draft.send("charter/economy", {"self_tax_min": "300", "awards": ["thanks", "diploma"]})
    last = draft.send("charter/adoption", {})
    assert last.headers["location"].startswith(f"{draft.path}/finish/charter")
    assert draft.content() == {
        **AIMAK,
        "local_issues": ["trees", "animals", "Чабан жолдору"],
        "self_tax_min": 300,
        "awards": ["thanks", "diploma"],
    }
    page = draft.get("/finish/charter")
    assert "Баары толук." in page
    for language, told in [("ky", "Баш-Кайыңды айыл аймагынын"), ("ru", "айылного аймака Баш-Кайынды")]:
        file = draft.client.get(f"{draft.path}/file/charter/{language}/docx")
        assert file.headers["content-disposition"].startswith("attachment")
        assert told in words(file.content)
        assert "Чабан жолдору" in words(file.content)
        plain = draft.client.get(f"{draft.path}/file/charter/{language}/html").text
        assert told in text_of(plain)
        assert "<mark" not in plain
    both = draft.client.get(f"{draft.path}/file/charter/both/docx").content
    assert zipfile.ZipFile(io.BytesIO(both)).namelist() == ["charter.ky.docx", "charter.ru.docx"]


def test_pdf_where_libreoffice_is(full: Drafting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "installed", lambda: False)
    assert "/pdf" not in full.get("/finish/charter")
    monkeypatch.undo()
    if not pdf.installed():
        pytest.skip("LibreOffice is not installed")
    assert "/file/charter/ky/pdf" in full.get("/finish/charter")
    assert full.client.get(f"{full.path}/file/charter/ky/pdf").content.startswith(b"%PDF-")


def test_what_is_wanting_is_told_once_one_goes_on(draft: Drafting) -> None:
    page = draft.get("/q/charter/community")
    assert 'role="alert"' not in page
    assert "(милдеттүү түрдө)" in text_of(page).replace("( ", "(")
    sent = draft.send("charter/community", {"municipality_name": "Кайыңды айыл аймагы"})
    page = draft.client.get(sent.headers["location"], headers=KY).text
    summary = re.search(r'role="alert".*?</div>', page, re.DOTALL)
    assert summary
    links = re.findall(r'href="#(f-[^"]*)"', summary[0])
    assert links == ["f-municipality_kind", "f-municipality_name", "f-population"]
    assert all(f'id="{link}"' in page for link in links)
    assert 'aria-invalid="true"' in page
    assert 'value="Кайыңды айыл аймагы"' in page, "what was written stays"
    assert page.count("<title>Ката:") == 1
    finish = draft.get("/finish/charter")
    assert "/q/charter/community?check=1#f-population" in finish
    assert f"{draft.path}/file" not in finish
    refused = draft.client.get(f"{draft.path}/file/charter/ky/docx", headers=KY)
    assert refused.status_code == 400


def test_choices_and_what_follows_are_told_as_a_person_reads_them(draft: Drafting) -> None:
    draft.bring_in(json.dumps({**AIMAK, "municipality_name": "Нaрын", "awards": ["medal"]}).encode())
    page = draft.get("/q/charter/economy?check=1")
    assert "Булардын бирин тандаңыз: Алкыш жарыялоо; " in html.unescape(page)
    lacks = re.search(r'id="missing".*?</section>', draft.get("/finish/charter"), re.DOTALL)
    assert lacks
    assert re.findall(r"#f-(\w+)", lacks[0]) == ["municipality_name", "awards"], "not the Russian name too"


def test_items_of_another_kind_are_told_at_their_question(draft: Drafting) -> None:
    draft.bring_in(json.dumps({"working_group": ["Асанов", {"name": 5, "role": "депутат", "more": 1}]}).encode())
    page = draft.get("/q/working-group-order/group?check=1")
    assert 'href="#f-working_group"' in page
    assert 'id="f-working_group-err"' in page
    assert 'href="#f-working_group-1-name"' in page


def test_only_questions_that_apply(draft: Drafting) -> None:
    assert 'name="villages' not in draft.get("/q/charter/community")
    assert draft.client.get(f"{draft.path}/q/charter/territory", headers=KY).status_code == 303
    draft.send("charter/community", {**COMMUNITY, "municipality_kind": "city", "municipality_name": "Нарын"})
    page = draft.get("/q/charter/territory")
    assert 'name="microdistricts[0]"' in page
    assert 'name="villages[0]"' not in page
    draft.client.post(f"{draft.path}/settings", data={"_base": "2", "_languages": "1", "lang": "ky"})
    assert "municipality_name_ru" not in draft.get("/q/charter/community")
    assert "Бош калса: Баш-Кайыңды" not in draft.get("/q/charter/community")


def test_lists_grow_and_shrink_without_scripts(draft: Drafting) -> None:
    draft.send("charter/community", COMMUNITY)
    sent = draft.send("charter/territory", VILLAGES, do="add:villages")
    page = draft.client.get(sent.headers["location"].partition("#")[0], headers=KY).text
    assert list(re.findall(r'name="villages\[\d\]" type="text" value="([^"]*)"', page)) == [
        "Баш-Кайыңды",
        "Кайыңды",
        "Ак-Суу",
        "",
    ]
    assert page.count("autofocus") == 1
    four = {f"villages[{at}]": name for at, name in enumerate(("Баш-Кайыңды", "Кайыңды", "Ак-Суу", "Чоң-Таш"))}
    removed = draft.send("charter/territory", four, do="remove:villages[1]")
    assert removed.headers["location"].endswith("#add-villages"), "the page opens at the list"
    assert draft.content()["villages"] == ["Баш-Кайыңды", "Ак-Суу", "Чоң-Таш"]


def test_records_within_lists(draft: Drafting) -> None:
    first = {
        "agenda[0].topic": "Уставды кабыл алуу",
        "agenda[0].speaker": "төрага Асанов А. А.",
        "agenda[0].decisions[0]": "Колдоого алынсын",
        "agenda[0].decisions[1]": "Жарыялансын, кеңешке берилсин",
    }
    sent = draft.send("assembly-protocol/agenda", first, do="add:agenda")
    page = draft.client.get(sent.headers["location"].partition("#")[0], headers=KY).text
    assert 'name="agenda[1].topic"' in page
    sent = draft.send("assembly-protocol/agenda", first, do="add:agenda[0].decisions")
    page = draft.client.get(sent.headers["location"].partition("#")[0], headers=KY).text
    assert 'name="agenda[0].decisions[2]"' in page
    assert draft.content()["agenda"] == [
        {
            "topic": "Уставды кабыл алуу",
            "speaker": "төрага Асанов А. А.",
            "decisions": ["Колдоого алынсын", "Жарыялансын, кеңешке берилсин"],
        }
    ]
    draft.send("assembly-protocol/agenda", first, do="remove:agenda[0].decisions[0]")
    assert draft.content()["agenda"][0]["decisions"] == ["Жарыялансын, кеңешке берилсин"]  # type: ignore[index]


def test_defaults_that_nobody_touched_are_no_answers(draft: Drafting) -> None:
    page = draft.get("/q/charter/participation")
    assert 'name="initiative_group_size" type="text" value="5-7"' in page
    draft.send("charter/participation", {**QUORUM, "initiative_group_size": "5-7", "norm_initiative_group_size": "9"})
    assert "initiative_group_size" not in draft.content()
    assert draft.content()["norm_initiative_group_size"] == "9"


def test_the_preview_follows_and_saves_nothing(draft: Drafting) -> None:
    data = {"_fields": "municipality_kind municipality_name population", **COMMUNITY}
    answer = draft.client.post(f"{draft.path}/q/charter/community/preview?lang=ru", data=data, headers=KY)
    assert '<mark data-field="municipality_name_ru">айылного аймака Баш-Кайынды</mark>' in answer.text
    assert draft.content() == {}
    assert draft.number() == 1
    empty = draft.get("/q/charter/community")
    assert '<mark class="missing" data-field="municipality_name">' in empty


def test_two_people_on_one_draft(draft: Drafting) -> None:
    other = Drafting(draft.client, draft.path, RU)
    draft.send("charter/community", COMMUNITY, base=1)
    joined = other.send("charter/participation", QUORUM, base=1, do="save")
    assert joined.headers["location"].endswith("saved=joined")
    assert "сохранил кто-то ещё" in other.client.get(joined.headers["location"], headers=RU).text
    clash = other.send("charter/community", {**COMMUNITY, "municipality_name": "Ак-Суу"}, base=1)
    assert clash.status_code == 409
    assert "Чужой ответ: Баш-Кайыңды" in text_of(clash.text).replace(" :", ":")
    assert "Ваш ответ: Ак-Суу" in text_of(clash.text).replace(" :", ":")
    assert draft.content()["municipality_name"] == "Баш-Кайыңды"
    hidden = dict(re.findall(r'name="(_base|_back|v1)" value="([^"]*)"', clash.text))
    sent = {name: html.unescape(value) for name, value in hidden.items()}
    theirs = draft.client.post(f"{draft.path}/settle", data={**sent, "c1": "theirs"})
    assert theirs.status_code == 303
    assert draft.content()["municipality_name"] == "Баш-Кайыңды"
    draft.client.post(f"{draft.path}/settle", data={**sent, "c1": "mine"})
    assert draft.content()["municipality_name"] == "Ак-Суу"
    script = draft.client.post(
        f"{draft.path}/q/charter/community",
        data={"_base": "1", "_fields": "municipality_name", "municipality_name": "Кайыңды"},
        headers=JSON,
    )
    assert (script.status_code, script.json()["clashes"]) == (409, 1)


def test_a_clash_leads_nowhere_else_and_takes_only_what_it_should(draft: Drafting) -> None:
    for value in [
        "x",
        "[1]",
        '["answers", "foo", 1]',
        '["cases", "foo gen", "x"]',
        '["answers", [], 1]',
        '["versions", "charter", "x"]',
        '["languages", "", ["xx"]]',
        '["stages", "99", "x"]',
    ]:
        answer = draft.client.post(f"{draft.path}/settle", data={"_base": "1", "v1": value, "c1": "mine"})
        assert answer.status_code == 400, value
    for back in ["https://elsewhere.example/", "//elsewhere.example", f"{draft.path}/../../x", "javascript:x"]:
        answer = draft.client.post(f"{draft.path}/settle", data={"_base": "1", "_back": back})
        assert answer.headers["location"].startswith(f"{draft.path}?saved")
    assert draft.number() == 1


def test_undo(draft: Drafting) -> None:
    draft.send("charter/community", COMMUNITY)
    draft.send("charter/community", {**COMMUNITY, "municipality_name": "Ак-Суу"})
    page = draft.get("/history")
    assert "Өзгөргөнү: Аталышы" in page
    back = f"{draft.path}/q/charter/community"
    sent = {"number": "2", "_base": "3", "_back": back}
    undone = draft.client.post(f"{draft.path}/restore", data=sent)
    assert undone.headers["location"] == f"{back}?saved=restored"
    assert draft.content()["municipality_name"] == "Баш-Кайыңды"
    assert draft.number() == 4
    for number in ("77", "x"):
        refused = draft.client.post(f"{draft.path}/restore", data={"number": number, "_base": "4"}, headers=RU)
        assert refused.status_code == 404
        assert "прежняя версия больше не хранится" in refused.text
        assert f'href="{draft.path}"' in refused.text, "the way back to the draft"


def test_undo_takes_back_nothing_of_somebody_else(draft: Drafting) -> None:
    draft.send("charter/community", COMMUNITY)
    page = draft.get("/q/charter/community")
    undo = re.search(r'class="undo">(.*?)</form>', page, re.DOTALL)
    assert undo
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo[1]))
    draft.send("charter/participation", QUORUM, do="save")
    answer = draft.client.post(f"{draft.path}/restore", data=sent)
    assert answer.headers["location"].endswith("saved=joined")
    assert draft.content() == {"assembly_quorum_residents_pct": 20, "hearing_quorum_kind": "percent"}
    draft.send("charter/community", {**COMMUNITY, "municipality_name": "Ак-Суу"})
    clash = draft.client.post(f"{draft.path}/restore", data=sent, headers=KY)
    assert clash.status_code == 409
    assert draft.content()["municipality_name"] == "Ак-Суу"


def test_doubtful_case_forms_are_confirmed(full: Drafting) -> None:
    order = {
        "municipality_adj_ru": "Баш-Кайындынский",
        "council_convocation": "VII",
        "session_no": 3,
        "council_chair_name": "Асанов А. А.",
        "head_name": "Шевченко Л. П.",
    }
    full.bring_in(json.dumps({**AIMAK, **order}).encode())
    page = full.get("/finish/charter-resolution")
    names = re.findall(r'name="case:([^"]*)" value="([^"]*)"', page)
    assert names, "a name with initials is doubtful"
    name = names[0][0]
    full.client.post(f"{full.path}/settings", data={"_base": str(full.number()), f"case:{name}": "Башкачасы А. А."})
    path, _space, case = name.partition(" ")
    assert full.content()["case_forms"] == {path: {case: "Башкачасы А. А."}}
    assert "ырасталды" in full.get("/finish/charter-resolution")
    language = "ru" if len(case) == 4 else "ky"
    file = full.client.get(f"{full.path}/file/charter-resolution/{language}/docx")
    assert "Башкачасы А. А." in words(file.content)
    full.client.post(f"{full.path}/settings", data={"_base": "99", "case:nonsense gen": "x"})
    assert "nonsense" not in json.dumps(full.content())


def test_ten_stages(full: Drafting) -> None:
    page = full.get("/finish/charter")
    assert len(re.findall(r'name="stage:(\d+)"', page)) == 10
    assert "Бардык депутаттардын көпчүлүгүнүн" in page or "бардык депутаттардын көпчүлүгүнүн" in page
    assert "/q/working-group-order/" in page
    law = re.search(r'href="([^"]*)">\(41.1, 41.2\)', page)
    assert law
    told = full.client.get(f"{law[1]}.json").json()["provisions"]
    assert "41" in [one["provision"] for one in told]
    dates = {"stage:2": "05.05.2026", "stage:4": "2026-04-01", "stage:7": "кечээ", "stage:11": "01.01.2026"}
    full.client.post(f"{full.path}/settings", data={"_base": str(full.number()), **dates})
    stored = full.client.get(f"{full.path}.json").json()["stages"]
    assert stored == {"2": "2026-05-05", "4": "2026-04-01", "7": "кечээ"}
    page = full.get("/finish/charter")
    assert 'value="05.05.2026"' in page
    assert 'value="кечээ"' in page
    assert page.count('class="err"') == 2, "one date is too early, one is none"
    assert "2-этаптан (2026-жылдын 5-майы) эрте" in page
    assert "stage:" not in full.get("/finish/working-group-order")


def test_a_stage_has_the_date_of_its_document(full: Drafting) -> None:
    full.bring_in(json.dumps({**AIMAK, "protocol_date": "2026-04-12"}).encode())
    page = full.get("/finish/charter")
    assert "Документтин датасы: 2026-жылдын 12-апрели" in page
    assert 'class="err"' not in page
    full.client.post(f"{full.path}/settings", data={"_base": str(full.number()), "stage:5": "13.04.2026"})
    page = full.get("/finish/charter")
    assert "башка дата: 2026-жылдын 12-апрели" in page
    assert page.count('class="err"') == 1


def test_what_should_be_looked_at_is_listed(full: Drafting) -> None:
    page = full.get("/finish/charter")
    notes = re.search(r'id="notes".*?</section>', page, re.DOTALL)
    assert notes
    assert "Баш-Кайынды, Кайынды, Ак-Суу" in notes[0]
    assert "check=1#f-villages_ru" in notes[0]
    assert "head_name" not in notes[0], "an answer of another form is no matter"


def test_companions_are_filled_from_the_same_answers(full: Drafting) -> None:
    page = full.get("/q/charter-resolution/community")
    assert 'value="Баш-Кайыңды"' in page
    full.send("charter-resolution/community", {**COMMUNITY, "municipality_adj_ru": "Баш-Кайындынский"})
    full.send("charter-resolution/decision", {"council_convocation": "VII", "session_no": "3"})
    full.send("charter-resolution/people", {"council_chair_name": "Асанов А. А.", "head_name": "Үсөнов Б."})
    assert "Баары толук." in full.get("/finish/charter-resolution")
    assert "Асанов" in words(full.client.get(f"{full.path}/file/charter-resolution/ky/docx").content)


def test_answers_come_back_in(full: Drafting, client: TestClient) -> None:
    told = client.get(f"{full.path}/answers")
    assert told.headers["content-disposition"].startswith("attachment")
    other = Drafting.begin(client, headers=RU)
    sent = other.bring_in(told.content)
    assert "Ответы из файла загружены." in client.get(sent.headers["location"], headers=RU).text
    assert other.content() == full.content() == dict(AIMAK)
    for wrong in [b"", b"x", b"[]", b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}", b" " * 600_000]:
        refused = other.bring_in(wrong)
        assert refused.status_code == 400
        assert "<h1>" in refused.text
    assert other.content() == dict(AIMAK)
    assert (
        client.post(f"{other.path}/import", content=b"x", headers={"content-type": "multipart/form-data"}).status_code
        == 400
    )


HOSTILE = [
    "{{ 7*7 }}",
    "''.__class__",
    "<script>alert(1)</script>",
    "А & Б",
    '"><img src=x onerror=alert(1)>',
    "ы" * 10_000,
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_hostile_answers_stay_words(draft: Drafting, answer: str) -> None:
    told = {**AIMAK, "local_issues": [answer], "municipality_name": answer, answer[:50]: 1}
    draft.bring_in(json.dumps(told, ensure_ascii=False).encode())
    for below in ["", "/q/charter/community?check=1", "/q/charter/life", "/finish/charter", "/doc/charter", "/history"]:
        page = draft.get(below)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49" not in re.findall(r"<mark[^>]*>([^<]*)</mark>", page)
    assert html.escape(answer).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in draft.get(
        "/q/charter/community"
    )
    json_page = draft.client.get(f"{draft.path}.json")
    assert json_page.json()["answers"]["municipality_name"] == answer
    draft.bring_in(json.dumps({**AIMAK, "local_issues": [answer]}).encode())
    if len(answer) < 300:
        assert answer in words(draft.client.get(f"{draft.path}/file/charter/ky/docx").content)
    else:
        assert draft.client.get(f"{draft.path}/file/charter/ky/docx").status_code == 400


def test_reading_only(full: Drafting, client: TestClient) -> None:
    read = re.search(r"/drafts/r/[\w-]{32}", full.get())
    assert read
    page = client.get(read[0], headers=KY)
    assert "Баш-Кайыңды айыл аймагынын" in page.text
    assert full.key not in page.text
    assert full.key not in client.get(f"{read[0]}.json").text
    assert "<form method" not in page.text
    key = read[0].rpartition("/")[2]
    assert client.get(f"{read[0]}/file/charter/ky/docx").status_code == 200
    for path in [f"/drafts/e/{key}", f"/drafts/e/{key}/history", f"/drafts/r/{full.key}", f"/drafts/r/{key}/history"]:
        assert client.get(path, headers=KY).status_code == 404
    assert client.post(f"/drafts/e/{key}/settings", data={"lang": "ky"}).status_code == 404
    assert client.post(f"/drafts/r/{key}/q/charter/community", data={}).status_code in {404, 405}


def test_addresses_that_open_nothing(client: TestClient) -> None:
    for path in [f"/drafts/e/{'x' * 32}", f"/drafts/r/{'x' * 32}", "/drafts/e/x", "/drafts/x/y", "/drafts/e/%00"]:
        answer = client.get(path, headers=RU)
        assert answer.status_code == 404
        assert "<h1>" in answer.text
        assert answer.headers["cache-control"] == "no-store"
    assert "скопирован целиком" in client.get(f"/drafts/e/{'x' * 32}", headers=RU).text
    assert client.get(f"/drafts/e/{'x' * 32}", headers=JSON).json()["error"]["code"] == "unknown_draft"


def test_expired_drafts_say_so(services: Services) -> None:
    drafts = Drafts(DraftStore(services.library._engine), Limits(), 0)
    with TestClient(create_app(replace(services, drafts=drafts)), follow_redirects=False) as client:
        draft = Drafting.begin(client, headers=RU)
        page = draft.get(status=410)
        assert "удалён" in page
        assert 'href="/forms"' in page or "/forms" in page


def test_nothing_is_indexed_kept_or_passed_on(full: Drafting, client: TestClient) -> None:
    for below in ["", "/q/charter/community", "/finish/charter", "/doc/charter", "/answers", "/history", "/nowhere"]:
        headers = client.get(f"{full.path}{below}", headers=KY).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "noindex" in headers["x-robots-tag"]
        assert "unsafe" not in headers["content-security-policy"]
    assert "Disallow: /drafts/" in client.get("/robots.txt").text
    assert 'name="robots" content="noindex' in full.get()


def test_neither_keys_nor_answers_are_logged(
    services: Services, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "Купуя жооп"

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError(secret)

    with TestClient(create_app(services), raise_server_exceptions=False, follow_redirects=False) as client:
        draft = Drafting.begin(client)
        draft.send("charter/community", {**COMMUNITY, "municipality_name": secret})
        draft.bring_in(b"x")
        monkeypatch.setattr("kb.web.pages_drafts.sheet", broken)
        failed = client.get(f"{draft.path}/q/charter/community", headers=KY)
        assert failed.status_code == 500
        assert "Купуя" not in failed.text
    told = "\n".join(one.getMessage() + str(one.exc_info) for one in caplog.records if not one.name.startswith("http"))
    assert "RuntimeError" in told
    assert draft.key not in told
    assert "Купуя" not in told


def test_bodies_are_bounded(draft: Drafting) -> None:
    huge = draft.client.post(f"{draft.path}/q/charter/community", data={"x": "y" * 2_000_000}, headers=KY)
    assert huge.status_code == 400
    many = draft.client.post(
        f"{draft.path}/q/charter/community",
        content="&".join("x=1" for _ in range(6_000)),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert many.status_code == 400
    for path in [
        "/q/charter/nonsense",
        "/q/nonsense/community",
        "/finish/nonsense",
        "/doc/nonsense",
        "/file/charter/en/docx",
        "/file/charter/ky/exe",
    ]:
        assert draft.client.get(f"{draft.path}{path}", headers=KY).status_code == 404, path
    assert draft.client.post(f"{draft.path}/q/charter/nonsense", data={}).status_code == 404


def test_a_home_without_documents_fills_forms_too(empty: TestClient, tmp_path: Path) -> None:
    draft = Drafting.begin(empty)
    draft.bring_in(json.dumps(AIMAK).encode())
    (tmp_path / "x.docx").write_bytes(empty.get(f"{draft.path}/file/charter/ky/docx").content)
    assert zipfile.is_zipfile(tmp_path / "x.docx")
    assert "бул китепканада жок" in draft.get("/doc/charter")
