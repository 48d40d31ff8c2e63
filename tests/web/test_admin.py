"""Pages on which blanks become forms: who may, what is refused, naming, two people, filling."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from kb.web.app import create_app
from tests.templates.convert.blanks import par, texts, word
from tests.web.conftest import ADMIN_KEY, Services, build
from tests.web.filling import JSON, KY, RU, Drafting, text_of

BLANK = word([par("Бир нерсе _____ деп аталат (муну жазып толтуруңуз)."), par("Төрага: ____")])
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


Files = Mapping[str, tuple[str, bytes, str]]


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return build(tmp_path, filled=False)


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services), follow_redirects=False) as found:
        yield found


class Admin:
    """Somebody who administers, in a browser without scripts."""

    def __init__(self, client: TestClient, headers: Mapping[str, str] = KY) -> None:
        self.client, self.headers = client, headers
        entered = client.post("/admin/enter", data={"key": ADMIN_KEY, "back": "/admin/forms"}, headers=headers)
        assert (entered.status_code, entered.headers["location"]) == (303, "/admin/forms")
        self.cookie = entered.headers["set-cookie"].partition(";")[0]

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path, headers={**self.headers, "cookie": self.cookie})
        assert answer.status_code == status, answer.text[:400]
        return answer.text

    @property
    def seal(self) -> str:
        found = re.search(r'name="_seal" value="([0-9a-f]+)"', self.get("/admin/forms"))
        assert found
        return found[1]

    def post(self, path: str, data: Mapping[str, object], files: Files | None = None) -> httpx.Response:
        sent = {"_seal": self.seal, **data}
        return self.client.post(path, data=sent, files=files, headers={**self.headers, "cookie": self.cookie})

    def upload(self, content: bytes, name: str = "Элдик жыйын.docx", **data: object) -> httpx.Response:
        return self.post("/admin/forms", data, {"file": (name, content, DOCX)})

    def inputs(self, form: str) -> dict[str, str]:
        """The values of the page's form as it offers them."""
        page = self.get(f"/admin/forms/{form}")
        body = page[page.index('<form id="names"') : page.index("</form>", page.index('<form id="names"'))]
        boxes = re.findall(r'<input(?![^>]*type="checkbox")[^>]* name="([^"]+)" value="([^"]*)"', body)
        found = dict(boxes) | dict.fromkeys(re.findall(r'name="([^"]+)" value="1" checked', body), "1")
        for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', body, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options)
            found[name] = chosen[1] if chosen else ""
        return found | {
            n: v.strip() for n, v in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL)
        }

    def save(self, form: str, changes: Mapping[str, str], base: int | None = None) -> httpx.Response:
        data = {**self.inputs(form), **changes}
        return self.post(f"/admin/forms/{form}", data if base is None else {**data, "_base": str(base)})


@pytest.fixture
def admin(client: TestClient) -> Admin:
    return Admin(client)


def first(admin: Admin, form: str) -> str:
    return next(name.removeprefix("n:") for name in admin.inputs(form) if name.startswith("n:"))


ADDRESSES = ["/admin", "/admin/forms", "/admin/forms/x", "/admin/forms/x/overlay.yaml", "/admin/forms/x/original"]


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("cookie", ["", "kb_admin=x", "kb_admin=9999999999.0", f"kb_admin={'9' * 300}"])
def test_without_the_key_nothing_is_shown(client: TestClient, path: str, cookie: str) -> None:
    answer = client.get(path, headers={**KY, "cookie": cookie})
    assert answer.status_code == 401
    assert answer.headers["cache-control"] == "no-store"
    assert 'name="key"' in answer.text
    assert client.get(path, headers={**JSON, "cookie": cookie}).json()["error"]["code"] == "admin_only"


def test_without_the_key_nothing_is_read_or_changed(client: TestClient, services: Services) -> None:
    for path in ("/admin/forms", "/admin/forms/x", "/admin/forms/x/overlay", "/admin/forms/x/remove"):
        assert client.post(path, content=b"x" * 30_000_000, headers=KY).status_code == 401
    assert services.forms.imported() == ()


def test_a_wrong_key_is_told_and_the_right_one_leads_back(client: TestClient) -> None:
    wrong = client.post("/admin/enter", data={"key": "башка"}, headers=RU)
    assert wrong.status_code == 401
    assert "Это не ключ" in wrong.text
    assert "set-cookie" not in wrong.headers
    for back in ("//evil.example", "https://evil.example", "/admin/forms/../../x", "/forms"):
        entered = client.post("/admin/enter", data={"key": ADMIN_KEY, "back": back}, headers=RU)
        assert entered.headers["location"] == "/admin/forms"
    cookie = entered.headers["set-cookie"].lower()
    assert all(one in cookie for one in ("httponly", "samesite=strict", "path=/admin", "max-age=43200"))


def test_another_site_cannot_send_a_form(client: TestClient, admin: Admin, services: Services) -> None:
    headers = {**KY, "cookie": admin.cookie}
    for seal in ("", "0" * 64):
        files = {"file": ("a.docx", BLANK, DOCX)}
        assert client.post("/admin/forms", data={"_seal": seal}, files=files, headers=headers).status_code == 401
    assert services.forms.imported() == ()


def test_what_was_written_can_be_sent_with_a_new_pass(client: TestClient, admin: Admin, services: Services) -> None:
    seal = admin.seal
    later = Admin(client)
    files = {"file": ("a.docx", BLANK, DOCX)}
    sent = client.post("/admin/forms", data={"_seal": seal}, files=files, headers={**KY, "cookie": later.cookie})
    assert sent.status_code == 303
    assert len(services.forms.imported()) == 1


def test_whoever_leaves_is_out(client: TestClient, admin: Admin) -> None:
    left = client.post("/admin/leave", headers={"cookie": admin.cookie})
    assert 'kb_admin=""' in left.headers["set-cookie"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Сначала выберите файл"),
        (b"no file of Word", "Это не файл Word (.docx)"),
        (word([par("а"), par("б {{ 7*7 }}")]), "document.xml, paragraph 2"),
        (word([par("а")], {"word/vbaProject.bin": b"x"}), "word/vbaProject.bin"),
    ],
)
def test_what_is_refused_says_why_and_where(client: TestClient, content: bytes, words: str) -> None:
    refused = Admin(client, RU).upload(content)
    assert refused.status_code == 400
    told = text_of(refused.text)
    assert "Файл не принят" in told
    assert words.lower() in told.lower()


def test_more_than_a_blank_may_have_is_not_read(client: TestClient, admin: Admin) -> None:
    refused = client.post("/admin/forms", content=b"x" * 21_000_000, headers={**KY, "cookie": admin.cookie})
    assert refused.status_code == 400
    assert "20" in text_of(refused.text)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_an_uploaded_blank_is_shown_to_be_named(client: TestClient, language: str) -> None:
    admin = Admin(client, {"accept": "text/html", "accept-language": language})
    led = admin.upload(BLANK)
    assert (led.status_code, led.headers["location"]) == (303, "/admin/forms/eldik-zhyiyn?came=new")
    page = admin.get(led.headers["location"])
    told = text_of(page)
    assert page.count("<h1") == 1
    assert "Бир нерсе" in told
    assert "деп аталат" in told
    assert page.count('class="spot') == 2 + 1
    assert page.count('class="spot unsure"') == 1
    assert page.index('id="look"') < page.index('class="spots"')
    assert "bir_nerse" in page
    assert 'name="k:0"' in page
    assert "eldik-zhyiyn" in admin.get("/admin/forms")
    assert admin.get("/admin/forms/eldik-zhyiyn/overlay.yaml").startswith("overlay: 1")


def test_names_are_saved_and_errors_stand_beside_them(admin: Admin, services: Services) -> None:
    admin.upload(BLANK)
    form = "eldik-zhyiyn"
    key = first(admin, form)
    wrong = admin.save(form, {f"n:{key}": "Аты", f"lk:{key}": "", f"lr:{key}": " ", "title_ky": "", "title_ru": ""})
    assert wrong.status_code == 400
    assert wrong.text.count('aria-invalid="true"') == 3
    assert f'href="#s-{key}"' in wrong.text
    assert 'value="Аты"' in wrong.text
    assert services.forms.held(form).revision == 1
    named = {f"n:{key}": "thing", f"lk:{key}": "Нерсе", f"lr:{key}": "<b>", f"hk:{key}": "Жазыңыз", "title_ru": "Сход"}
    saved = admin.save(form, {**named, f"t:{key}": "choice", f"o:{key}": "көл\r\nтоо\nкөл\n", "k:0": "keep"})
    assert saved.headers["location"] == f"/admin/forms/{form}?page=1&saved=1"
    held = services.forms.held(form)
    field = held.form.fields["thing"]
    assert (held.revision, held.form.title.ru, held.about.unsure) == (2, "Сход", ())
    assert (field.label.ru, field.help.ky, [one.value for one in field.choices]) == ("<b>", "Жазыңыз", ["көл", "тоо"])
    page = admin.get(saved.headers["location"])
    assert "&lt;b&gt;" in page
    assert "<b>" not in page.replace("<b>1", "")
    assert 'id="look"' not in page


def test_what_no_document_may_hold_is_left_out(admin: Admin, services: Services) -> None:
    admin.upload(BLANK)
    form, key = "eldik-zhyiyn", first(admin, "eldik-zhyiyn")
    words = {
        f"lk:{key}": "Нер\u202eсе\ue010",
        f"o:{key}": "{{ 7*7 }}\n\ue013тоо\x00",
        "title_ky": "А\x07т",
        "k:-1": "keep",
    }
    assert admin.save(form, {**words, f"t:{key}": "choice", "k:x": "keep", "note": "99"}).status_code == 303
    held = services.forms.held(form)
    field = held.form.fields["bir_nerse"]
    assert (held.form.title.ky, field.label.ky) == ("А т", "Нер се")
    assert [one.value for one in field.choices] == ["{{ 7*7 }}", "тоо\ufffd"]
    assert [one.reason for one in held.about.unsure] == ["note", "name"]
    answers = {"bir_nerse": "{{ 7*7 }}", "chairperson": "Асанов А."}
    filled = admin.client.post(f"/api/v1/forms/{form}/fill", json={"lang": "ky", "answers": answers})
    assert texts(filled.content)[0] == "Бир нерсе {{ 7*7 }} деп аталат."


def test_a_file_without_blanks_is_a_form_that_asks_nothing(client: TestClient, admin: Admin) -> None:
    admin.upload(word([par("Жөн гана текст.")]), "текст.docx")
    assert "бош орун табылган жок" in text_of(admin.get("/admin/forms/tekst"))
    assert admin.save("tekst", {"note": "0"}).status_code == 303
    assert "бош орун табылган жок" not in text_of(admin.get("/admin/forms/tekst"))
    draft = Drafting.begin(client, "tekst")
    for below in ("", "/doc/tekst", "/finish/tekst"):
        draft.get(below)
    assert texts(client.get(f"{draft.path}/file/tekst/ky/docx").content) == ["Жөн гана текст."]


def test_a_form_that_was_spoilt_is_named_and_can_be_taken_out(
    client: TestClient, admin: Admin, services: Services, tmp_path: Path
) -> None:
    admin.upload(BLANK)
    (tmp_path / "forms" / "eldik-zhyiyn" / "1" / "about.yaml").unlink()
    with TestClient(create_app(build(tmp_path, filled=False)), follow_redirects=False) as fresh:
        other = Admin(fresh)
        told = text_of(other.get("/admin/forms"))
        assert "eldik-zhyiyn" in told
        assert "about.yaml" in told
        assert fresh.get("/forms", headers=KY).status_code == 200
        assert other.get("/admin/forms/eldik-zhyiyn", 400)
        assert other.post("/admin/forms/eldik-zhyiyn/remove", {"sure": "1"}).status_code == 303
        assert "about.yaml" not in other.get("/admin/forms")


def test_saving_what_the_page_offers_changes_nothing(admin: Admin, services: Services) -> None:
    admin.upload(BLANK)
    before = services.forms.held("eldik-zhyiyn").form.version
    assert admin.save("eldik-zhyiyn", {}).status_code == 303
    assert services.forms.held("eldik-zhyiyn").form.version == before


def test_the_second_of_two_who_save_is_told(admin: Admin, services: Services) -> None:
    admin.upload(BLANK)
    form = "eldik-zhyiyn"
    key = first(admin, form)
    assert admin.save(form, {f"n:{key}": "theirs", f"lk:{key}": "Алардыкы"}).status_code == 303
    late = admin.save(form, {f"n:{key}": "mine", f"lk:{key}": "Меники"}, base=1)
    assert late.status_code == 409
    told = text_of(late.text)
    assert "башка бирөө" in told
    assert "theirs: Алардыкы" in told
    assert 'value="mine"' in late.text
    assert 'name="_base" value="2"' in late.text
    assert "theirs" in services.forms.load(form).fields
    assert admin.save(form, {f"n:{key}": "mine", f"lk:{key}": "Меники"}).status_code == 303
    assert "mine" in services.forms.load(form).fields


def test_overlays_come_and_go_as_files(admin: Admin, services: Services) -> None:
    admin.upload(BLANK)
    path = "/admin/forms/eldik-zhyiyn"
    text = admin.get(f"{path}/overlay.yaml").replace("bir_nerse", "thing")
    files = {"overlay": ("a.yaml", text.encode(), "application/yaml")}
    assert admin.post(f"{path}/overlay", {"_base": "1"}, files).status_code == 303
    assert "thing" in services.forms.load("eldik-zhyiyn").fields
    assert admin.post(f"{path}/overlay", {"_base": "1"}, files).status_code == 409
    spoilt = {"overlay": ("a.yaml", b"lang: ky\nparagraphs: [{hash: x}]", "application/yaml")}
    refused = admin.post(f"{path}/overlay", {"_base": "2"}, spoilt)
    assert refused.status_code == 400
    assert "overlay: x" in text_of(refused.text)
    with zipfile.ZipFile(
        io.BytesIO(admin.client.get(f"{path}/original", headers={"cookie": admin.cookie}).content)
    ) as kept:
        assert "word/document.xml" in kept.namelist()


def test_an_imported_form_is_listed_and_filled_like_others(client: TestClient, admin: Admin) -> None:
    admin.upload(BLANK)
    page = client.get("/forms", headers=RU).text
    assert page.index('href="/forms/charter"') < page.index('id="imported"') < page.index('href="/forms/eldik-zhyiyn"')
    told = text_of(page)
    assert "импортировано, официальным не отмечено" in told
    assert "Элдик жыйын.docx" in told
    listed = client.get("/api/v1/forms").json()["forms"]
    assert listed[-1]["id"] == "eldik-zhyiyn"
    assert [one["origin"] for one in listed] == [None] * 4 + ["Элдик жыйын.docx"]
    answers = {"bir_nerse": "көл", "chairperson": "Асанов А."}
    filled = client.post("/api/v1/forms/eldik-zhyiyn/fill", json={"lang": "ky", "answers": answers})
    assert texts(filled.content) == ["Бир нерсе көл деп аталат.", "Төрага: Асанов А."]
    draft = Drafting.begin(client, "eldik-zhyiyn")
    draft.send("eldik-zhyiyn/blanks", answers)
    assert "көл" in draft.get("/doc/eldik-zhyiyn")
    key = first(admin, "eldik-zhyiyn")
    assert admin.save("eldik-zhyiyn", {f"n:{key}": "thing"}).status_code == 303
    assert draft.content() == answers
    docx = client.get(f"{draft.path}/file/eldik-zhyiyn/ky/docx")
    assert texts(docx.content)[0] == "Бир нерсе көл деп аталат."


def test_an_imported_form_says_that_its_questions_are_not_in_english(client: TestClient, admin: Admin) -> None:
    admin.upload(BLANK)
    english = {"accept": "text/html", "accept-language": "en"}
    draft = Drafting.begin(client, "eldik-zhyiyn")
    for path in ("/forms/eldik-zhyiyn", draft.path, f"{draft.path}/q/eldik-zhyiyn/blanks"):
        page = client.get(path, headers=english).text
        assert "The questions of this form are not in English" in page
        assert page.count('hreflang="ru"') == 2
    assert "not in English" not in client.get("/forms/eldik-zhyiyn", headers=RU).text
    assert "на английском" not in client.get("/forms/eldik-zhyiyn", headers=RU).text


def test_a_form_is_taken_out_and_its_drafts_go_on(client: TestClient, admin: Admin) -> None:
    admin.upload(BLANK)
    draft = Drafting.begin(client, "eldik-zhyiyn")
    assert admin.post("/admin/forms/eldik-zhyiyn/remove", {}).headers["location"].endswith("#remove")
    assert admin.post("/admin/forms/eldik-zhyiyn/remove", {"sure": "1"}).status_code == 303
    assert client.get("/forms/eldik-zhyiyn", headers=KY).status_code == 404
    assert admin.get("/admin/forms/eldik-zhyiyn", 404)
    draft.get()


def test_many_blanks_are_parted_into_pages(client: TestClient, admin: Admin, services: Services) -> None:
    admin.upload(word([par(f"Нерсе {number}: ____") for number in range(120)]), "көп.docx")
    page = admin.get("/admin/forms/kop?page=2")
    assert page.count('class="spot') == 50 + 1
    assert 'start="51"' in page
    assert admin.get("/admin/forms/kop?page=99").count('class="spot') == 20 + 1
    key = first(admin, "kop")
    saved = admin.save("kop", {f"n:{key}": "first_one"})
    assert saved.status_code == 303
    assert len(services.forms.load("kop").fields) == 120


MODEL = "model-charter-2022.ky.docx"
COMMON = {"assembly_quorum_invited_pct": 50, "hearing_quorum_kind": "half", "population": 5400}
TOWN = {
    "municipality_kind": "city",
    "municipality_name": "Нарын",
    "microdistricts": ["Бир", "Эки"],
    "settlements": ["Үч"],
}
AIMAK = {"municipality_kind": "aiyl_aimak", "municipality_name": "Баш-Кайыңды", "villages": ["Баш-Кайыңды", "Ак-Суу"]}


@pytest.mark.shared
def test_the_official_model_arrives_named(
    client: TestClient, admin: Admin, services: Services, shared_corpus: Path
) -> None:
    model = (shared_corpus / MODEL).read_bytes()
    led = admin.upload(model, "charter.docx", plain="1")
    assert led.headers["location"] == "/admin/forms/charter-2?came=new"
    page = admin.get("/admin/forms/charter-2")
    assert 'id="look"' in page
    assert "расмий тексттин сөздөрү" not in page
    led = admin.upload(model, MODEL)
    assert led.headers["location"] == "/admin/forms/charter-2?came=changed"
    page = admin.get(led.headers["location"])
    assert 'id="look"' not in page
    assert "расмий тексттин сөздөрү" in text_of(page)
    assert "24" in text_of(page)
    told = client.get("/admin/forms/charter-2.json", headers={"cookie": admin.cookie}).json()
    assert (told["blanks"], told["found"], told["named"], told["unsure"]) == (24, 24, 24, [])
    version = services.forms.load("charter-2").version
    assert admin.save("charter-2", {}).status_code == 303
    assert services.forms.load("charter-2").version == version
    for answers, opening in (
        (AIMAK, "Биз, Баш-Кайыңды айыл аймагынын жергиликтүү жамааты,"),
        (TOWN, "Биз, Нарын шаарынын жергиликтүү жамааты,"),
    ):
        filled = client.post("/api/v1/forms/charter-2/fill", json={"lang": "ky", "answers": {**COMMON, **answers}})
        assert filled.status_code == 200, filled.text[:500]
        assert opening in texts(filled.content)


@pytest.mark.shared
def test_the_words_of_the_model_are_told_as_its_own(client: TestClient, admin: Admin, shared_corpus: Path) -> None:
    admin.upload((shared_corpus / MODEL).read_bytes(), MODEL)
    draft = Drafting.begin(client, "model-charter-2022", RU)
    draft.bring_in(json.dumps({**COMMON, **TOWN}).encode())
    finish = draft.get("/finish/model-charter-2022")
    told = text_of(finish[finish.index('id="remarks"') :])
    assert "Слова образца, а не составителя" in told
    assert "Ссылка на 27.2 устарела" in told
    assert "13.5" in told
    whole = draft.get("/doc/model-charter-2022")
    assert whole.count('class="remarks"') >= 5
    part = whole[whole.index('id="c-13"') :]
    assert "27.2" in text_of(part[: part.index("</section>")])
