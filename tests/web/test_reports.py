"""How a file was read, as a page and as JSON; the list of files that need a look; texts that were recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.documents import Gap, Level, Place, Unit
from kb.language.model import Language
from kb.web import wording
from kb.web.app import create_app
from kb.web.translate import share
from kb.web.views.report import Places, unit_of_gap
from tests.web import documents, test_pages
from tests.web.conftest import Services, build
from tests.web.test_pages import HTML, JSON, Page


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The filled library, and a scan in it."""
    return build(tmp_path_factory.mktemp("reports"), more=[documents.scanned()])


@pytest.fixture(scope="module")
def client(services: Services) -> Iterator[TestClient]:
    """A client of that library that follows no redirect."""
    with TestClient(create_app(services), follow_redirects=False) as found:
        yield found


REPORT = f"/report{documents.SCANNED}/rus@"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("path", [REPORT, "/reports", documents.SCANNED, f"{documents.SCANNED}/rus/~cl_1"])
def test_page_is_well_formed(client: TestClient, path: str, language: str) -> None:
    test_pages.test_page_is_well_formed_and_named(client, path, language)
    test_pages.test_every_page_is_json_too(client, path)


def text(client: TestClient, path: str, language: str = "ru") -> str:
    response = client.get(path, headers={**HTML, "accept-language": language})
    assert response.status_code == 200
    return response.text


def unit(eid: str, level: Level, number: str, place: Place | None = None) -> Unit:
    return Unit(eid, eid, level, number, None, place=place)


PLACED = (
    unit("art_1", Level.ARTICLE, "1", Place(12, 1)),
    unit("art_2", Level.ARTICLE, "2", Place(30, 1)),
    unit("art_3", Level.ARTICLE, "3", Place(4, 3)),
)


@pytest.mark.parametrize(
    ("where", "eid"),
    [
        ("page 1, line 11", None),
        ("page 1, line 12", "art_1"),
        ("page 1, line 29", "art_1"),
        ("page 2, line 1", "art_2"),
        ("page 3, line 3", "art_2"),
        ("page 3, line 99", "art_3"),
        ("page 3", "art_3"),
        ("page 2", "art_2"),
        ("page 1", "art_1"),
        ("", None),
        ("page 99999999999999999999", None),
        ("somewhere", None),
    ],
)
def test_a_place_of_the_source_is_in_a_unit(where: str, eid: str | None) -> None:
    found = Places(PLACED).at(where)
    assert (found.eid if found else None) == eid


def test_paragraphs_need_no_page() -> None:
    units = (unit("cl_1", Level.CLAUSE, "1", Place(5)), unit("cl_2", Level.CLAUSE, "2", Place(9)), *PLACED[:0])
    found = Places(units).at("paragraph 8")
    assert found is units[0]
    assert Places(()).at("paragraph 8") is None


@pytest.mark.parametrize(
    ("after", "before", "eid"),
    [("1", "3", "chp_1__point_3"), ("2", "3", None), (None, "1", "chp_1__point_1"), ("3", "9", None)],
)
def test_the_unit_behind_a_gap(after: str | None, before: str, eid: str | None) -> None:
    units = (
        unit("chp_1__point_1", Level.POINT, "1"),
        unit("chp_1__point_3", Level.POINT, "3"),
        unit("chp_2__point_4", Level.POINT, "4"),
        unit("chp_2__point_3", Level.POINT, "3"),
    )
    found = unit_of_gap(Gap(Level.POINT, after, before, "missing"), units)
    assert (found.eid if found else None) == eid


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(999_999, 1_000_000, "99,99"), (1, 1, "100"), (0, 7, "0"), (1, 3, "33,33"), (199, 200, "99,5")],
)
def test_nothing_but_the_whole_is_a_hundred_percent(part: int, whole: int, words: str) -> None:
    assert share(part, whole, Language.RU) == f"{words}\u00a0%"
    assert share(0, 0, Language.RU) == "—"


def test_report_says_what_a_lawyer_asks(client: TestClient, services: Services) -> None:
    page = text(client, REPORT)
    source = services.library.source(f"{documents.SCANNED}/rus@")
    for words in (
        source.name, source.sha256, "application/octet-stream", f"{source.size} байт",
        "Текст, размещённый по правилам: 95\u00a0%", "950 из 1\u00a0000 знаков",
        "стр. 1, строка 2: стоит до первой", "Печать &lt;script&gt;",
        "стр. 1, строка 25", "Пункт 1 … 2: порядок нарушен",
        "Сомнительные места: 2", "Пропуски и скачки нумерации: 1",
        "<dt>На русском</dt><dd>4</dd>", "<dt>чтение файла</dt><dd>1,25 с</dd>", "<dt>Пункт</dt><dd>3</dd>",
    ):  # fmt: skip
        assert words in page, words
    links = Page(page).links
    assert f"{documents.SCANNED}/rus@/~cl_2" in links, "line 25 stands in clause 2"
    assert f"/files/{source.sha256}" in " ".join(links)
    assert documents.SCRIPT not in page


def test_report_is_json_too(client: TestClient) -> None:
    found = client.get(f"{REPORT}.json", headers={"accept-language": "en"}).json()
    assert found["edition"] == f"{documents.SCANNED}/rus@"
    assert found["coverage"]["left_out"][0]["reason"] == "before_first_unit"
    assert [(one["code"], one["eid"]) for one in found["warnings"]] == [("recognised", None), ("number_unsure", "cl_2")]
    assert found["gaps"][0]["eid"] == "cl_2"
    assert "out of order" in found["gaps"][0]["message"]
    assert (found["languages"], found["seconds"]) == ({"ru": 4, "ky": 1}, {"reading": 1.25, "structure": 0.5})
    assert found["units"] == {"clause": 3}


def test_reports_of_an_act_lead_to_its_edition(client: TestClient) -> None:
    found = client.get(f"/report{documents.LAW}/rus", headers=HTML)
    assert (found.status_code, found.headers["location"]) == (307, f"/report{documents.LAW}/rus@2024-09-30")
    found = client.get(f"/report{documents.SCANNED}.json")
    assert found.headers["location"] == f"{REPORT}.json"
    assert f"/report{documents.LAW}/rus@2024-09-30" in Page(text(client, f"{documents.LAW}/rus")).links


def test_an_old_report_says_that_it_does_not_know(client: TestClient) -> None:
    page = text(client, f"/report{documents.LAW}/rus@2024-09-30")
    assert page.count("Отчёт старый") == 2
    assert "Сомнительных мест нет." in page


def test_files_that_need_a_look(client: TestClient, services: Services) -> None:
    assert REPORT in Page(text(client, "/reports")).links
    found = client.get("/reports", headers=JSON).json()
    assert [one["edition"] for one in found["reports"]] == [f"{documents.SCANNED}/rus@"]
    assert (found["total"], found["held"]) == (1, len(list(services.library.editions())))
    assert "Список заканчивается" in text(client, "/reports?offset=25")


def test_without_doubts_the_list_says_so(empty: TestClient) -> None:
    assert "Таких нет" in text(empty, "/reports")


@pytest.mark.parametrize(
    "path",
    [documents.SCANNED, f"{documents.SCANNED}/rus/~cl_1", "/search?q=порядок слушаний&kind=resolution"],
)
def test_recognised_text_is_marked(client: TestClient, path: str) -> None:
    words = wording.recognised(0.876, Language.RU)
    assert words.endswith("87 %"), "never rounded up"
    page = text(client, path)
    assert f'<span class="tag warn">{words}</span>' in page
    if "search" not in path:
        sheet = page.partition('<div class="sheet"')[2].partition("</div>")[0]
        assert words in sheet, "printed on each sheet"
    typed = text(
        client, path.replace(documents.SCANNED, documents.LAW).replace("cl_1", "art_1").replace("resolution", "law")
    )
    assert "распознан" not in typed
    assert client.get(documents.SCANNED, headers=JSON).json()["metadata"]["recognised"] == 0.876


@pytest.mark.parametrize("path", [documents.SCANNED, f"{documents.SCANNED}/rus/~cl_1"])
def test_sure_citations_are_links(client: TestClient, path: str) -> None:
    page = text(client, path)
    law = f"{documents.LAW}/rus@2024-09-30/~art_2"
    assert re.findall('<a class="ref" href="([^"]*)">([^<]*)</a>', page) == [
        (law, "статье 2 Закона КР «О слушаниях в Үлгү» от 3 февраля 2020 года № 0-12"),
        (f"{documents.SCANNED}/rus@/~cl_2", "пункту 2 настоящего Постановления"),
    ]
    assert "но не по статье 77 Закона КР от 3 февраля 2020 года № 0-12." in page


def test_files_of_one_edition_are_all_there(tmp_path: Path) -> None:
    services = build(tmp_path)
    law = services.library.document(documents.LAW, language=Language.RU)
    edition = law.edition.uri
    kept = services.library.source(edition)
    services.library.store(
        documents.intake(replace(law, units=law.units[:-1]), f"{documents.SCRIPT.replace('/', '')}.odt", b"other"),
        who="test",
        version="1",
    )
    stands = services.library.source(edition)
    assert stands.sha256 != kept.sha256
    with TestClient(create_app(services), follow_redirects=False) as client:
        for path in (f"{documents.LAW}/rus", f"/report{edition}"):
            page = text(client, path)
            links = " ".join(Page(page).links)
            assert f"/files/{kept.sha256}" in links
            assert f"/files/{stands.sha256}" in links
            assert documents.SCRIPT.replace("/", "") not in page
            first, second = re.findall(r"<li>(<a [^>]*download>.*?)</li>", page.partition('<ul class="files">')[2])[:2]
            assert (stands.sha256 in first, "показанный текст взят из этого файла" in first) == (True, True)
            assert (kept.sha256 in second, "показанный текст" in second) == (True, False)
            assert f"прежде текст этой редакции был взят из другого файла: {kept.name}" in page
        assert "мурда бул редакциянын тексти башка файлдан алынган" in text(client, f"/report{edition}", "ky")
        found = client.get(f"/report{edition}.json").json()
        assert [(one["sha256"], one["name"]) for one in found["other_files"]] == [(kept.sha256, kept.name)]
        assert found["file"]["sha256"] == stands.sha256
        assert client.get(found["other_files"][0]["href"]).status_code == 200
        # An edition of one file shows no list.
        assert 'class="files"' not in text(client, f"{documents.LAW}/kir")
