"""The interview in a real browser: both languages, phone and desktop, with and without scripts, two people."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.test_browser import Watch, browser, context, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("forms-browser")]

__all__ = ["browser", "site"]

VILLAGES = ["Баш-Кайыңды", "Кайыңды", "Ак-Суу"]


class Person:
    """Somebody at a browser who fills a charter in."""

    def __init__(self, page: Page, site: str, *, scripts: bool) -> None:
        self.page, self.site, self.scripts = page, site, scripts

    def begin(self) -> str:
        self.page.goto(f"{self.site}/forms")
        self.page.locator(".forms a").first.click()
        self.page.click("button.main")
        self.page.wait_for_selector("#k-edit")
        return self.page.url

    def next(self) -> None:
        with self.page.expect_navigation():
            self.page.click("#questions button[value=next]")

    def settled(self) -> None:
        """Wait until what was changed is saved, where scripts save it."""
        if self.scripts:
            self.page.keyboard.press("Tab")
            self.page.locator("#saved", has_text=":").wait_for()

    def community(self) -> None:
        self.page.click("a.go")
        self.next()
        assert self.page.locator("#summary li a").count() == 3
        assert self.page.evaluate("document.activeElement.id") == "summary"
        self.page.locator("#summary a").first.click()
        self.page.check("input[value=aiyl_aimak]")
        self.page.fill("[name=municipality_name]", VILLAGES[0])
        self.page.fill("[name=population]", "5 200")
        self.next()

    def territory(self) -> None:
        for at, name in enumerate(VILLAGES):
            self.page.fill(f'[name="villages[{at}]"]', name)
        self.page.click('[value="add:villages"]')
        self.page.wait_for_selector('[name="villages[3]"]')
        self.page.fill('[name="villages[3]"]', "Ашыкча")
        self.page.click('[value="remove:villages[3]"]')
        self.page.wait_for_selector('[name="villages[3]"]', state="detached")
        self.next()

    def participation(self) -> None:
        self.page.fill("[name=assembly_quorum_residents_pct]", "20")
        self.page.check("input[value=percent]")
        if not self.scripts:
            self.next()
        self.page.fill("[name=hearing_quorum_value]", "50")
        self.next()

    def rest(self) -> None:
        self.page.check("input[value=conduct]")
        self.next()
        self.next()
        self.next()
        self.page.wait_for_selector("#missing .ok")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("ky", 1280, True), ("ru", 360, False), ("ru", 1280, False), ("ky", 360, True)]
)
def test_the_whole_interview(
    browser: Browser,
    site: str,
    watch: Watch,
    tmp_path: Path,
    language: str,
    width: int,
    scripts: bool,
) -> None:
    with context(browser, width, language, java_script_enabled=scripts) as window:
        page = window.new_page()
        if scripts:
            watch.on(page)
        person = Person(page, site, scripts=scripts)
        root = person.begin()
        person.community()
        assert fits(page, scripts=scripts)
        person.territory()
        person.participation()
        person.rest()
        assert fits(page, scripts=scripts)
        with page.expect_download() as given:
            page.locator("#files a.go").first.click()
        path = tmp_path / "charter.docx"
        given.value.save_as(path)
        with zipfile.ZipFile(path) as archive:
            assert "Ак-Суу" in archive.read("word/document.xml").decode()
        for below in ["", "/doc/charter", "/history", "/q/working-group-order/group", "/q/assembly-protocol/agenda"]:
            page.goto(root + below)
            assert fits(page, scripts=scripts), below
        assert watch.said == []


def fits(page: Page, *, scripts: bool) -> bool:
    """Whether the page is no wider than its window; asked of the browser, which answers without scripts too."""
    if not scripts:
        box = page.locator("main").bounding_box()
        size = page.viewport_size
        return box is not None and size is not None and box["width"] <= size["width"]
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.fixture
def person(browser: Browser, site: str, watch: Watch) -> Iterator[Person]:
    with context(browser, 1280, "ky") as window:
        page = window.new_page()
        watch.on(page)
        yield Person(page, site, scripts=True)


def test_the_preview_follows_what_is_typed(person: Person, watch: Watch) -> None:
    root = person.begin()
    page = person.page
    page.goto(f"{root}/q/charter/community")
    page.locator("[name=municipality_name]").press_sequentially("Ак-Суу", delay=30)
    page.wait_for_selector("#sheet mark[data-field=municipality_name]:not(.missing):has-text('Ак-Суу')")
    assert page.locator("#sheet mark.now").count() > 0
    assert page.input_value("[name=municipality_name]") == "Ак-Суу"
    page.locator("#sheet details.basis summary").first.click()
    page.wait_for_selector("#sheet details.basis[open]")
    page.fill("[name=municipality_name]", "Ак-Сууда")
    page.wait_for_selector("#sheet mark[data-field=municipality_name]:has-text('Ак-Сууда')")
    assert page.locator("#sheet details.basis[open]").count() == 1, "the law that was opened stays open"
    page.fill("[name=municipality_name]", "Ак-Суу")
    page.keyboard.press("Tab")
    page.locator("#saved", has_text="Сакталды").wait_for()
    page.locator("#f-municipality_name_ru-prop", has_text="Бош калса: Ак-Суу").wait_for()
    page.click("#sheet [data-lang=ru]")
    page.wait_for_selector("#sheet .paper[lang=ru] mark:has-text('Ак-Суу')")
    page.reload()
    assert page.input_value("[name=municipality_name]") == "Ак-Суу"
    assert watch.said == []


def test_new_questions_come_without_a_new_page(person: Person, watch: Watch) -> None:
    root = person.begin()
    page = person.page
    page.goto(f"{root}/q/charter/participation")
    page.evaluate("window.same = true")
    page.check("input[value=percent]")
    page.wait_for_selector("[name=hearing_quorum_value]")
    page.fill("[name=assembly_quorum_residents_pct]", "150")
    page.keyboard.press("Tab")
    page.wait_for_selector("#f-assembly_quorum_residents_pct-err")
    page.fill("[name=assembly_quorum_residents_pct]", "15")
    page.keyboard.press("Tab")
    page.wait_for_selector("#f-assembly_quorum_residents_pct-err", state="detached")
    assert page.evaluate("window.same") is True
    assert watch.said == []


def test_two_people_on_one_draft(person: Person, browser: Browser, site: str) -> None:
    root = person.begin()
    address = f"{root}/q/charter/community"
    with context(browser, 360, "ru") as window:
        other = window.new_page()
        other.goto(address)
        person.page.goto(address)
        person.page.fill("[name=municipality_name]", "Ак-Суу")
        person.settled()
        other.fill("[name=population]", "700")
        other.keyboard.press("Tab")
        other.wait_for_selector("#notice :text('кто-то ещё')")
        assert other.input_value("[name=municipality_name]") == "Ак-Суу", "what the other one saved is shown"
        other.fill("[name=population]", "800")
        other.keyboard.press("Tab")
        other.wait_for_selector("#f-population:not(:focus)")
        other.wait_for_load_state("networkidle")
        assert answers(other, root) == {"municipality_name": "Ак-Суу", "population": 800}
        other.fill("[name=municipality_name]", "Тоң")
        other.keyboard.press("Tab")
        other.locator("#saved", has_text="Сохранено").wait_for()
        other.wait_for_load_state("networkidle")
        person.page.fill("[name=municipality_name]", "Кайыңды")
        person.page.keyboard.press("Tab")
        person.page.wait_for_selector(".clash")
        assert "Тоң" in person.page.locator(".clash").inner_text()
        assert "Кайыңды" in person.page.locator(".clash").inner_text()
        person.page.check(".clash input[value=mine]")
        person.page.click("button.main")
        person.page.wait_for_selector("[name=municipality_name]")
        assert person.page.input_value("[name=municipality_name]") == "Кайыңды"
        assert person.page.input_value("[name=population]") == "800"


def answers(page: Page, root: str) -> object:
    """What the draft holds."""
    return page.request.get(f"{root}/answers").json()


def test_what_somebody_else_saves_while_one_writes_is_kept(person: Person, browser: Browser, site: str) -> None:
    root = person.begin()
    address = f"{root}/q/charter/community"
    with context(browser, 1280, "ru") as window:
        other = window.new_page()
        other.goto(address)
        person.page.goto(address)
        person.page.check("input[value=city]")
        person.settled()
        person.page.wait_for_load_state("networkidle")

        # The page that follows a save is slow, and a person goes on writing meanwhile.
        def late(route: Route) -> None:
            other.wait_for_timeout(600)
            route.continue_()

        other.route("**/q/charter/community?lang=*", late)
        other.fill("[name=population]", "700")
        other.keyboard.press("Tab")
        other.wait_for_selector("#saved:has-text(':')")
        other.locator("[name=municipality_name]").press_sequentially("Тоң", delay=20)
        other.wait_for_timeout(1200)
        other.keyboard.press("Tab")
        other.wait_for_load_state("networkidle")
        other.wait_for_selector("input[value=city]:checked")
        assert other.input_value("[name=municipality_name]") == "Тоң"
        assert answers(other, root) == {"municipality_kind": "city", "population": 700, "municipality_name": "Тоң"}


def test_undo_and_the_keyboard(person: Person) -> None:
    root = person.begin()
    page = person.page
    page.goto(f"{root}/q/charter/community")
    for name in ("Ак-Суу", "Тоң"):
        page.fill("[name=municipality_name]", name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "кошулду" not in page.locator("#notice").inner_text(), "nobody else saved anything"
    with page.expect_navigation():
        page.click(".undo button")
    assert page.input_value("[name=municipality_name]") == "Ак-Суу"


def test_undo_follows_a_save_under_way(person: Person, watch: Watch) -> None:
    root = person.begin()
    page = person.page
    page.goto(f"{root}/q/charter/community")
    page.fill("[name=municipality_name]", "Ак-Суу")
    person.settled()
    page.wait_for_selector(".undo button")
    page.fill("[name=municipality_name]", "Тоң")
    with page.expect_navigation():
        page.click(".undo button")
    assert "saved=restored" in page.url
    assert page.input_value("[name=municipality_name]") == "Ак-Суу"
    assert watch.said == []


def test_what_cannot_be_saved_says_why(person: Person) -> None:
    root = person.begin()
    page = person.page
    page.goto(f"{root}/q/charter/life")
    page.fill('[name="local_issues[0]"]', "ы" * 60_000)
    page.keyboard.press("Tab")
    page.locator("#saved.err", has_text="Жооптор өтө узун").wait_for()
    page.fill('[name="local_issues[0]"]', "Тоо жолу")
    page.keyboard.press("Tab")
    page.locator("#saved.ok").wait_for()
    page.context.set_offline(True)
    page.fill('[name="local_issues[0]"]', "Чабан жолу")
    page.keyboard.press("Tab")
    page.locator("#saved.err", has_text="байланыш жок").wait_for()


def test_rows_come_and_go_by_the_keyboard(person: Person, watch: Watch) -> None:
    root = person.begin()
    page = person.page
    page.goto(f"{root}/q/charter/community")
    page.check("input[value=aiyl_aimak]")
    person.settled()
    page.goto(f"{root}/q/charter/territory")
    for at, name in enumerate(VILLAGES):
        page.fill(f'[name="villages[{at}]"]', name)
    person.settled()
    page.focus('[value="remove:villages[1]"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('[name="villages[2]"]', state="detached")
    page.wait_for_selector('[name="villages[1]"]:focus')
    assert page.input_value('[name="villages[1]"]') == "Ак-Суу"
    page.focus('[value="remove:villages[1]"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('[value="add:villages"]:focus')
    page.keyboard.press("Enter")
    page.wait_for_selector('[name="villages[1]"]:focus')
    assert page.locator("#saved.err").count() == 0
    assert watch.said == []


def test_tabs_on_a_phone_without_scripts(browser: Browser, site: str) -> None:
    with context(browser, 360, "ky", java_script_enabled=False) as window:
        page = window.new_page()
        root = Person(page, site, scripts=False).begin()
        page.goto(f"{root}/q/charter/community")
        assert page.locator(".pane-q").is_visible()
        assert not page.locator(".pane-p").is_visible()
        page.click("label[for=tab-p]")
        assert page.locator(".pane-p").is_visible()
        assert not page.locator(".pane-q").is_visible()


def test_paper_holds_the_document_alone(person: Person, tmp_path: Path) -> None:
    root = person.begin()
    person.page.goto(f"{root}/doc/charter")
    person.page.emulate_media(media="print")
    for hidden in [".top", ".bar", ".sheet-top", "details.basis", ".foot"]:
        assert not person.page.locator(hidden).first.is_visible(), hidden
    assert person.page.locator(".paper").is_visible()
