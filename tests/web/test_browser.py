"""A real browser reads the pages: widths, keyboard, copying, without JavaScript, on paper."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pypdfium2
import pytest
import uvicorn

from kb.web.app import create_app
from tests.web import documents
from tests.web.conftest import Services, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

pytestmark = pytest.mark.browser

#: A browser that asks nobody for anything by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

PAGES = [
    "/",
    "/search?q=слушания",
    "/search?q=квантовая",
    "/documents",
    "/topics",
    "/topics/openness",
    "/forms",
    "/forms/charter",
    "/forms/charter/law/territory",
    "/help",
    "/api/docs",
    documents.LAW,
    f"{documents.LAW}/~art_2",
    f"{documents.LAW}/rus/~art_4",
    f"{documents.LONG}?part=chp_3",
    documents.CHARTER,
    documents.HOSTILE,
    "/search?q=ст. 2 закона № 0-12",
    "/reports",
    f"/report{documents.LAW}/rus@2024-09-30",
]


def _executable() -> str | None:
    named = os.environ.get("KB_TEST_CHROMIUM")
    found = (named, "/usr/bin/chromium", *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    return next((path for path in found if path and os.access(path, os.X_OK)), None)


@contextmanager
def serving(services: Services) -> Iterator[str]:
    """Address of a running server."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(services), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def site(services: Services) -> Iterator[str]:
    """Address of a server of the filled library."""
    with serving(services) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser; the tests are skipped, and say so, where there is none."""
    executable = _executable()
    if executable is None:
        pytest.skip("no Chromium found (set KB_TEST_CHROMIUM)")
    from playwright._impl._driver import compute_driver_executable, get_driver_env
    from playwright.sync_api import sync_playwright

    driver = subprocess.run([*compute_driver_executable(), "--version"], env=get_driver_env(), check=False)
    if driver.returncode:
        pytest.skip("the browser's driver does not start (on Debian: apt-get install libatomic1)")

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class Watch:
    """What a page complained of."""

    said: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(message.text)

    def on(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.elsewhere(request.url))

    def elsewhere(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1", "data:")):
            self.said.append(f"asks {url}")


def context(browser: Browser, width: int, language: str = "ru", **more: object) -> BrowserContext:
    """A window of a width, 800 pixels high, of a reader of a language."""
    accept = {"accept-language": language}
    return browser.new_context(
        viewport={"width": width, "height": 800},
        extra_http_headers=accept,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_complain_of_nothing(browser: Browser, site: str, width: int, language: str) -> None:
    with context(browser, width, language) as window:
        page, watch = window.new_page(), Watch()
        watch.on(page)
        for path in PAGES:
            page.goto(site + path)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{path} is {wider} px wider than {width}"
            assert page.locator("html").get_attribute("lang") == language
        assert watch.said == []


def test_pages_fit_at_twice_the_size(browser: Browser, site: str) -> None:
    with context(browser, 640) as window:
        page = window.new_page()
        for path in PAGES:
            page.goto(site + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
                path
            )


def test_keyboard_reaches_search_and_text(browser: Browser, site: str) -> None:
    with context(browser, 1280) as window:
        page = window.new_page()
        page.goto(site + documents.LAW)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("слушания/участки")
        assert page.input_value("#q") == "слушания/участки"
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        assert page.locator("#q").input_value() == "слушания/участки"


def test_focus_is_seen(browser: Browser, site: str) -> None:
    with context(browser, 1280) as window:
        page = window.new_page()
        page.goto(site + "/documents")
        for _ in range(12):
            page.keyboard.press("Tab")
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none", page.evaluate("document.activeElement.outerHTML")


def test_link_and_citation_are_copied(browser: Browser, site: str) -> None:
    with context(browser, 1280) as window:
        window.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        page = window.new_page()
        page.goto(f"{site}{documents.LAW}/rus")

        def copied(button: str) -> str:
            page.locator(f"#tools [data-copy={button}]").click()
            page.wait_for_function("document.getElementById('said').textContent !== ''")
            return str(page.evaluate("navigator.clipboard.readText()"))

        page.locator("#art_2 > .cp").focus()
        page.keyboard.press("Enter")
        assert copied("link") == f"{site}{documents.LAW}/rus@2024-09-30/~art_2"
        assert copied("ru") == (
            "статья 2 Закона Кыргызской Республики от 3 февраля 2020 года № 0-12 «О слушаниях в Үлгү»"
        )
        assert copied("ky").startswith("2-берене, Кыргыз Республикасынын 2020-жылдын 3-февралындагы № 0-12")
        page.locator("#art_2__point_1 > .n").click()
        assert unquote(page.url).endswith("#art_2__point_1")
        assert copied("ru").startswith("пункт 1 статьи 2 Закона")
        page.goto(f"{site}{documents.LAW}/rus/~art_2")
        page.locator("[data-from=c-link]").click()
        page.wait_for_function("document.getElementById('said').textContent !== ''")
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}{documents.LAW}/rus/~art_2"


def test_filters_do_not_load_the_page_anew(browser: Browser, site: str) -> None:
    with context(browser, 1280, "ky") as window:
        page = window.new_page()
        page.goto(site + "/search?q=угуулар")
        page.evaluate("window.stayed = true")
        box = page.locator("#facets input[name=kind]").first
        value = box.get_attribute("value")
        box.check()
        page.wait_for_url(f"**/search?*kind={value}*")
        page.wait_for_selector(".chips a")
        assert page.evaluate("window.stayed") is True
        page.go_back()
        page.wait_for_selector(".chips a", state="detached")
        assert page.evaluate("window.stayed") is True


def test_facets_and_contents_fold_on_a_phone(browser: Browser, site: str) -> None:
    with context(browser, 360, "ky") as window:
        page = window.new_page()
        page.goto(site + "/search?q=угуулар")
        assert not page.locator("#facets").is_visible()
        page.locator("label[for=f-on]").click()
        assert page.locator("#facets").is_visible()
        page.goto(site + documents.LAW)
        assert not page.locator("nav.toc").is_visible()
        page.locator("#toc-on").focus()
        page.keyboard.press("Space")
        assert page.locator("nav.toc").is_visible()
        page.locator("nav.toc a").nth(1).click()
        assert not page.locator("nav.toc").is_visible()


def test_contents_follow_and_filter(browser: Browser, site: str) -> None:
    with context(browser, 1280) as window:
        page = window.new_page()
        page.goto(f"{site}{documents.LONG}?part=chp_3")
        page.locator("#art_25").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('art_25').scrollIntoView()")
        page.wait_for_selector(".toc [aria-current][data-eid=art_25]")
        page.fill("#tf", "правило 111")
        assert page.locator(".toc li:visible").count() == 1


def test_address_in_another_part_is_found(browser: Browser, site: str) -> None:
    with context(browser, 1280) as window:
        page = window.new_page()
        page.goto(f"{site}{documents.LONG}#art_95")
        page.wait_for_url("**part=art_95*")
        assert page.locator("#art_95").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_works_without_javascript(browser: Browser, site: str, width: int) -> None:
    with context(browser, width, java_script_enabled=False) as window:
        page = window.new_page()
        page.goto(site + "/")
        page.fill("#q", "слушания")
        page.locator("form.large button").click()
        page.locator(".hit h2 a", has_text="Статья 2").click()
        assert page.locator("h1").inner_text() == "Статья 2. Порядок проведения слушаний"
        assert page.locator("#c-ru").is_visible()
        assert page.locator("button.js").count() == page.locator("button.js:not(:visible)").count()
        page.locator("nav.pages a", has_text="В полном документе").click()
        assert "#art_2" in page.url
        if width < 900:
            page.locator("label[for=toc-on]").click()
        page.locator("nav.toc a", has_text="Статья 3").click()
        assert "#art_3" in page.url
        page.goto(site + "/search?q=угуулар")
        if width < 900:
            page.locator("label[for=f-on]").click()
        page.locator("#facets input[name=kind]").first.check()
        page.locator("#facets button").click()
        assert "kind=" in page.url
        assert page.locator(".chips a").count() == 1


def test_every_sheet_of_paper_says_what_it_is(browser: Browser, site: str) -> None:
    with context(browser, 1280) as window:
        page = window.new_page()
        page.goto(f"{site}{documents.LONG}?part=all")
        paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
        texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
        paper.close()
    assert len(texts) > 5
    for text in texts:
        assert "Земельный кодекс Үлгү" in text
        assert "Редакция: 1 января 2022 года" in text
        assert "Неофициальный текст" in text
        assert documents.LONG in text.replace(" ", "")
        assert "По состоянию на" in text
    assert "Поиск" not in texts[0], "no navigation on paper"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_words(browser: Browser, site: str, scheme: str) -> None:
    measure = """() => {
      const light = (c) => { const [r,g,b] = c.match(/[\\d.]+/g).map(Number).map((v) => { v /= 255;
        return v <= .03928 ? v/12.92 : ((v+.055)/1.055)**2.4; }); return .2126*r + .7152*g + .0722*b; };
      const ground = (el) => { for (; el; el = el.parentElement) { const c = getComputedStyle(el).backgroundColor;
        if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255,255,255)'; };
      const bad = [];
      for (const el of document.querySelectorAll('body *')) {
        if (![...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !el.checkVisibility()) continue;
        const style = getComputedStyle(el); if (style.opacity === '0') continue;
        const a = light(style.color), b = light(ground(el));
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        if (ratio < 4.5) bad.push([el.className || el.tagName, el.textContent.trim().slice(0, 30), ratio.toFixed(2)]);
      }
      return bad; }"""
    with context(browser, 1280, color_scheme=scheme) as window:
        page = window.new_page()
        for path in PAGES:
            page.goto(site + path)
            assert page.evaluate(measure) == [], path


def test_from_a_citation_to_what_is_cited(browser: Browser, tmp_path: Path) -> None:
    with serving(build(tmp_path, more=[documents.scanned()])) as site, context(browser, 360) as window:
        window.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        page, watch = window.new_page(), Watch()
        watch.on(page)
        page.goto(f"{site}/search?q=пункт 1 постановления № 0-8")
        page.locator("[data-from=c-1]").click()
        page.wait_for_function("document.getElementById('said').textContent !== ''")
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}{documents.SCANNED}/rus@/~cl_1"
        page.locator(".cited .button").click()
        assert "Текст распознан с изображений страниц" in page.locator(".banner").inner_text()
        page.locator(".law a.ref", has_text="статье 2 Закона").click()
        assert page.locator("h1").inner_text() == "Статья 2. Порядок проведения слушаний"
        page.goto(site + documents.SCANNED)
        paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
        sheet = " ".join(paper[0].get_textpage().get_text_range().split())
        paper.close()
        assert sheet.index("Текст распознан с изображений страниц, уверенность 87 %") < sheet.index("По состоянию на")
        page.locator("details.about summary").click()
        page.locator("details.about a", has_text="Как прочитан файл").click()
        page.locator(".remarks a", has_text="Пункт 2").first.click()
        assert page.url.endswith(f"{documents.SCANNED}/rus@/~cl_2")
        assert watch.said == []
