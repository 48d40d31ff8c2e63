"""A blank becomes a form in a real browser: uploaded, named, filled, taken away; with and without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.templates.convert.blanks import par, texts, word
from tests.web.conftest import ADMIN_KEY, build
from tests.web.test_browser import Watch, browser, context, serving
from tests.web.test_forms_browser import fits

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("admin-browser")]

__all__ = ["browser"]

BLANK = word(
    [
        par("Бир нерсе _____ деп аталат (муну жазып толтуруңуз)."),
        par("- ____ айылы; - ____ айылы;"),
        par("Төрага: ____"),
        par("Кол тамгасы _____"),
    ]
)
VILLAGES = ["Баш-Кайыңды", "Ак-Суу"]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server of an installation of its own."""
    with serving(build(tmp_path, filled=False)) as address:
        yield address


def enter(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/forms")
    page.fill("#key", ADMIN_KEY)
    page.click("button.main")
    page.wait_for_selector("#file")


def upload(page: Page, path: Path) -> None:
    page.set_input_files("#file", path)
    with page.expect_navigation():
        page.click("button.main")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("#names .actions button.main")


def filled(page: Page, site: str, folder: Path, *, scripts: bool) -> Path:
    """The file that the interview of the imported form gives."""
    page.goto(f"{site}/forms")
    assert fits(page, scripts=scripts)
    page.locator("#imported a").first.click()
    page.click("button.main")
    page.locator("a.go").first.click()
    page.fill("[name=thing]", "көл")
    for at, name in enumerate(VILLAGES):
        page.fill(f'[name="villages[{at}]"]', name)
    page.fill("[name=chairperson]", "Асанов А. А.")
    with page.expect_navigation():
        page.click("#questions button[value=next]")
    page.wait_for_selector("#missing .ok")
    with page.expect_download() as given:
        page.locator("#files a.go").first.click()
    path = folder / "filled.docx"
    given.value.save_as(path)
    return path


@pytest.mark.parametrize(("language", "width", "scripts"), [("ky", 360, False), ("ru", 1280, True)])
def test_from_the_blank_to_the_filled_file(
    browser: Browser, site: str, tmp_path: Path, language: str, width: int, scripts: bool
) -> None:
    blank = tmp_path / "Жыйын.docx"
    blank.write_bytes(BLANK)
    watch = Watch()
    with context(browser, width, language, java_script_enabled=scripts) as window:
        page = window.new_page()
        enter(page, site)
        if scripts:
            watch.on(page)
        upload(page, blank)
        assert fits(page, scripts=scripts)
        assert page.locator(".spot").count() == 4
        assert page.locator(".spot.unsure").count() == 2
        assert "____" in page.locator(".spot mark.missing").first.inner_text()
        page.locator("#look a").first.click()
        spot = page.locator(".spot").first
        spot.get_by_label(page.locator("label[for^=n-]").first.inner_text(), exact=True).fill("thing")
        page.locator("[name^='lk:']").first.fill("Нерсе")
        page.locator("[name^='lr:']").first.fill("Вещь")
        page.locator("select[name='k:0']").select_option("keep")
        save(page)
        assert page.locator(".spot.unsure").count() == 1
        assert page.locator("p.done").count() == 1
        page.locator("[name='seen']").first.check()
        save(page)
        assert page.locator("#look").count() == 0
        if scripts:
            assert watch.said == []
        path = filled(page, site, tmp_path, scripts=scripts)
    assert texts(path.read_bytes()) == [
        "Бир нерсе көл деп аталат (муну жазып толтуруңуз).",
        "- Баш-Кайыңды айылы;",
        "- Ак-Суу айылы;",
        "Төрага: Асанов А. А.",
        "Кол тамгасы _____",
    ]


def test_two_people_name_one_form(browser: Browser, site: str, tmp_path: Path) -> None:
    blank = tmp_path / "blank.docx"
    blank.write_bytes(BLANK)
    with context(browser, 1280, "ru") as one, context(browser, 1280, "ru") as two:
        first, second = one.new_page(), two.new_page()
        enter(first, site)
        upload(first, blank)
        enter(second, site)
        second.goto(f"{site}/admin/forms/blank")
        first.locator("[name^='n:']").first.fill("theirs")
        save(first)
        second.locator("[name^='n:']").first.fill("mine")
        save(second)
        assert "Тем временем эту форму сохранил кто-то другой" in second.inner_text(".summary")
        assert second.locator("[name^='n:']").first.input_value() == "mine"
        assert "theirs" in second.inner_text(".spots")
        save(second)
        assert second.locator(".summary").count() == 0
        first.reload()
        assert first.locator("[name^='n:']").first.input_value() == "mine"


@pytest.mark.shared
def test_the_official_model_from_the_page_to_its_first_line(
    browser: Browser, site: str, tmp_path: Path, shared_corpus: Path
) -> None:
    answers = {
        "municipality_kind": "aiyl_aimak",
        "municipality_name": "Баш-Кайыңды",
        "villages": VILLAGES,
        "population": 5400,
        "assembly_quorum_invited_pct": 50,
        "hearing_quorum_kind": "half",
    }
    given = tmp_path / "answers.json"
    given.write_text(json.dumps(answers), encoding="utf-8")
    with context(browser, 1280, "ky") as window:
        page = window.new_page()
        enter(page, site)
        upload(page, shared_corpus / "model-charter-2022.ky.docx")
        assert page.locator("#look").count() == 0
        assert page.locator(".tag.st-in_force").count() == 1
        page.goto(f"{site}/forms/model-charter-2022")
        page.click("button.main")
        page.wait_for_selector("#import")
        draft = page.url
        page.set_input_files("#import", given)
        with page.expect_navigation():
            page.locator("form:has(#import) button").click()
        page.goto(f"{draft}/doc/model-charter-2022")
        assert "Биз, Баш-Кайыңды айыл аймагынын жергиликтүү жамааты," in page.inner_text(".paper")
        assert page.locator(".remarks").count() > 0
