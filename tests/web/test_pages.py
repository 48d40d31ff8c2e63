"""Pages and their JSON in pairs, in three languages, over a real library and index."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from kb.documents import TOPICS, Level, Status
from kb.errors import EngineUnavailable
from kb.language.model import Language
from kb.search.model import Hit, Query, Results
from kb.storage.model import OutlineEntry
from kb.web.examples import Proposals, proposals
from kb.web.export import hits_table
from kb.web.views.lists import clause_examples
from tests.web import documents
from tests.web.conftest import Services

HTML = {"accept": "text/html"}
JSON = {"accept": "application/json"}

PAGES = [
    "/",
    "/search",
    "/search?q=слушания",
    "/search?q=угуулар&lang=ky",
    "/search?q=квантовая",
    "/documents",
    "/documents?kind=law&sort=-date",
    "/documents?year=1999",
    "/topics",
    "/topics/openness",
    "/topics/audit",
    "/forms",
    "/forms/charter",
    "/forms/charter/law/territory",
    "/help",
    "/api/docs",
    documents.LAW,
    f"{documents.LAW}/rus",
    f"{documents.LAW}/rus:2021-01-01",
    f"{documents.LAW}/rus@2024-09-30/~art_2",
    f"{documents.LAW}/~art_2__point_1",
    documents.LONG,
    f"{documents.LONG}?part=art_35",
    f"{documents.LONG}?part=all",
    documents.CHARTER,
    documents.TRAINING,
    documents.HOSTILE,
    f"/report{documents.LAW}/rus@2024-09-30",
    "/reports",
    "/reports?offset=500",
    "/search?q=" + quote("ст. 2 закона № 0-12"),
]
FAILURES = [
    ("/nowhere", 404, "no_page"),
    ("/akn/kg/act/law/1999-01-01/1", 404, "unknown_act"),
    ("/akn/nonsense", 404, "unknown_act"),
    (f"{documents.LAW}/~art_99", 404, "unknown_unit"),
    (f"{documents.LAW}/~art_99__al_2", 404, "unknown_unit"),
    (f"{documents.LAW}?part=art_1", 200, ""),
    (f"{documents.LONG}?part=art_999", 404, "unknown_unit"),
    (f"{documents.LAW}/rus:1999-01-01", 404, "unknown_act"),
    (f"{documents.LAW}/eng", 404, "unknown_act"),
    (f"{documents.LAW}/rus@1999-01-01", 404, "unknown_act"),
    ("/topics/nonsense", 404, "unknown_topic"),
    ("/report/akn/nonsense", 404, "unknown_act"),
    (f"/report{documents.LAW}/rus@1999-01-01", 404, "unknown_act"),
    (f"/report{documents.LAW}/rus/~art_1", 404, "unknown_act"),
    (f"/report{documents.REMOVED}", 410, "removed"),
    ("/reports?offset=x", 400, "bad_parameter"),
    (documents.REMOVED, 410, "removed"),
    ("/search?q=x&kind=nonsense", 400, "bad_parameter"),
    ("/search?q=x&limit=-1", 400, "bad_parameter"),
    ("/search?q=x&from=12", 400, "bad_parameter"),
    ("/documents?year=x", 400, "bad_parameter"),
    ("/search?q=" + "я" * 201, 400, "bad_query"),
    ("/files/" + "0" * 64 + "/x", 404, "unknown_act"),
    ("/files/../x", 404, "no_page"),
    ("/static/../app.py", 404, "no_page"),
    ("/static/nothing.css", 404, "no_page"),
]


class Page(HTMLParser):
    """What the tests look for in a page."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang = ""
        self.h1: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.styled: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = found["lang"] or ""
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "h1":
            self.h1.append("")
        if tag == "label" and "for" in found:
            self.labels.add(found["for"] or "")
        if tag in {"input", "select"} and found.get("type") != "hidden":
            self.controls.append({**found, "wrapped": "yes" if "label" in self.open else None})
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag == "script":
            self.scripts.append(found)
        if "style" in found or any(name.startswith("on") for name in found):
            self.styled.append(tag)
        if found.get("id"):
            self.ids.append(found["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if self.h1 and "h1" in self.open:
            self.h1[-1] += data


def get(client: TestClient, path: str, language: str = "ru", **headers: str) -> Page:
    response = client.get(path, headers={**HTML, "accept-language": language, **headers})
    assert response.status_code == 200, (path, response.status_code)
    return Page(response.text)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed_and_named(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, headers={**HTML, "accept-language": language})
    assert response.status_code == 200
    page = Page(response.text)
    assert page.open == [], "every tag is closed"
    assert page.lang == language
    assert len(page.h1) == 1
    assert page.h1[0].strip()
    assert len(page.ids) == len(set(page.ids)), "an id stands once"
    for control in page.controls:
        assert control["wrapped"] or control.get("id") in page.labels, control
    assert page.styled == [], "no inline style or handler"
    assert all(script.get("src", "") for script in page.scripts)
    steps = [after - before for before, after in zip(page.levels, page.levels[1:], strict=False)]
    assert max([0, *steps]) <= 1, f"heading levels are skipped: {page.levels}"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_json_too(client: TestClient, path: str) -> None:
    asked = client.get(path, headers=JSON)
    assert asked.status_code == 200
    assert asked.headers["content-type"] == "application/json"
    assert {"Accept", "Accept-Language", "Cookie"} <= set(asked.headers["vary"].replace(" ", "").split(",")) | {
        "Accept"
    }
    bare, _, query = path.partition("?")
    suffixed = client.get(f"{'/index' if bare == '/' else bare}.json" + (f"?{query}" if query else ""), headers=HTML)
    assert suffixed.headers["content-type"] == "application/json"
    left, right = asked.json(), suffixed.json()
    left.pop("took_ms", None)
    right.pop("took_ms", None)
    assert left == right


@pytest.mark.parametrize(("path", "status", "code"), FAILURES)
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_failures_say_what_to_do(client: TestClient, path: str, status: int, code: str, language: str) -> None:
    page = client.get(path, headers={**HTML, "accept-language": language})
    assert page.status_code == status
    if status == 200:
        return
    assert page.headers["content-type"].startswith("text/html")
    assert code in page.text
    assert 'href="/documents"' in page.text
    assert len(Page(page.text).h1) == 1
    answer = client.get(path, headers={**JSON, "accept-language": language})
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["message"] in Page(page.text).h1[0]


def test_removed_act_names_what_replaced_it(client: TestClient) -> None:
    assert client.get(documents.REMOVED, headers=JSON).json()["error"]["replaced_by"] == documents.LAW
    assert documents.LAW in Page(client.get(documents.REMOVED, headers=HTML).text).links


def test_hostile_words_stay_words(client: TestClient) -> None:
    for path in (
        documents.HOSTILE, "/documents", "/search?q=" + quote(documents.SCRIPT), "/search?q=зыяндуу",
        "/documents?body=" + quote(documents.SCRIPT), f"{documents.HOSTILE}/~art_1", "/" + quote(documents.SCRIPT),
        "/search?q=x&topic=" + quote(documents.SCRIPT),
    ):  # fmt: skip
        response = client.get(path, headers=HTML)
        assert documents.SCRIPT not in response.text
        assert len(Page(response.text).scripts) == 1
        assert "49" not in Page(response.text).h1[0]


def test_language_is_chosen_and_remembered(client: TestClient) -> None:
    response = client.get(f"{documents.LAW}?hl=ru", headers=HTML)
    assert "SameSite=lax" in response.headers["set-cookie"]
    assert "HttpOnly" in response.headers["set-cookie"]
    page = client.get("/documents", headers={**HTML, "cookie": "hl=ru", "accept-language": "en"})
    assert Page(page.text).lang == "ru"
    client.cookies.clear()


def test_language_switch_stays_on_the_page(client: TestClient) -> None:
    page = get(client, f"{documents.LAW}/rus@2024-09-30/~art_2")
    assert f"{documents.LAW}/rus@2024-09-30/~art_2?hl=ky" in page.links
    page = get(client, "/search?q=a&kind=law&hl=ru")
    assert "/search?q=a&kind=law&hl=en" in page.links
    client.cookies.clear()


def test_text_follows_the_reader_unless_the_address_says_otherwise(client: TestClient) -> None:
    assert "Үлгү айылындагы угуулар жөнүндө" in get(client, documents.LAW, "ky").h1[0]
    assert "О слушаниях" in get(client, documents.LAW, "ru").h1[0]
    assert "О слушаниях" in get(client, f"{documents.LAW}/rus", "ky").h1[0]
    assert "Земельный кодекс" in get(client, documents.LONG, "ky").h1[0]


def test_edition_of_a_day(client: TestClient) -> None:
    old = client.get(f"{documents.LAW}/rus:2021-01-01", headers=HTML).text
    assert "Прежний текст" in old
    assert "Прежний текст" not in client.get(f"{documents.LAW}/rus", headers=HTML).text


def test_banner_says_the_status_in_words(client: TestClient) -> None:
    law = client.get(f"{documents.LAW}/rus", headers={**HTML, "accept-language": "ru"}).text
    assert "Действует." in law
    assert "Неофициальный текст</span>" not in law
    code = client.get(documents.LONG, headers={**HTML, "accept-language": "ru"}).text
    assert "Статус неизвестен." in code
    assert "С изменениями по 1 января 2022 года." in code
    assert "Неофициальный текст</span>" in code


def test_repealed_unit_says_so_and_by_which_act(client: TestClient) -> None:
    for eid in ("art_4", "art_4__point_1"):
        html = client.get(f"{documents.LAW}/rus/~{eid}", headers={**HTML, "accept-language": "ru"}).text
        assert "st-repealed" in html, eid
        assert "Утратил" in html
    assert "№ 0-99" in client.get(f"{documents.LAW}/rus/~art_4", headers={**HTML, "accept-language": "ru"}).text


def test_unit_page(client: TestClient) -> None:
    html = client.get(f"{documents.LAW}/rus/~art_2", headers={**HTML, "accept-language": "ru"}).text
    page = Page(html)
    assert page.h1 == ["Статья 2. Порядок проведения слушаний"]
    assert "статья 2 Закона Кыргызской Республики от 3 февраля 2020 года № 0-12 «О слушаниях в Үлгү»" in html
    assert "2-берене, Кыргыз Республикасынын 2020-жылдын 3-февралындагы № 0-12" in html
    assert "жергиликтүү бюджет жөнүндө" in html, "the other language stands beside"
    edition = f"{documents.LAW}/rus@2024-09-30"
    assert f"{edition}/~art_1" in page.links
    assert f"{edition}/~art_3" in page.links
    assert f"{edition}?part=art_2#art_2" in page.links
    answer = client.get(f"{documents.LAW}/rus/~art_2", headers=JSON).json()
    assert [unit["eid"] for unit in answer["units"]] == ["art_2", "art_2__point_1", "art_2__point_2"]


def test_paragraph_leads_to_its_place(client: TestClient) -> None:
    response = client.get(f"{documents.LAW}/rus/~art_1__al_2", headers=HTML)
    assert response.status_code == 302
    assert response.headers["location"] == f"{documents.LAW}/rus/~art_1#art_1__al_2"


def test_long_act_comes_by_chapters(client: TestClient) -> None:
    first = client.get(documents.LONG, headers=HTML)
    assert 'id="art_1"' in first.text
    assert ' id="art_11"' not in first.text
    assert f"{documents.LONG}?part=chp_4#art_35" in Page(first.text).links
    fourth = client.get(f"{documents.LONG}?part=art_35", headers=HTML)
    assert 'id="art_35"' in fourth.text
    assert ' id="art_1"' not in fourth.text
    whole = client.get(f"{documents.LONG}?part=all", headers=HTML).text
    assert all(f'id="art_{number}"' in whole for number in range(1, 121))


def test_tables_superscripts_and_notes(client: TestClient) -> None:
    html = client.get(f"{documents.LAW}/rus", headers=HTML).text
    assert "600 м<sup>2</sup>" in html
    assert "<td>450 &lt; 500</td>" in html
    assert "(Утратила силу Законом КР от 30 сентября 2024 года № 0-99)" in html
    assert '<details class="notes">' in html


def test_search_page(client: TestClient) -> None:
    html = client.get("/search?q=слушания", headers={**HTML, "accept-language": "ru"}).text
    assert "<mark>" in html
    assert "Статья 2. Порядок проведения слушаний" in html
    assert f"{documents.LAW}/rus@2024-09-30/~art_2" in Page(html).links
    answer = client.get("/search?q=слушания", headers=JSON).json()
    assert html.count('<article class="hit">') == len(answer["hits"])


def test_filters_are_chips_that_can_be_taken_away(client: TestClient) -> None:
    page = get(client, "/search?q=угуулар&kind=training&lang=ky&official=false")
    for left in ("lang=ky&official=false", "kind=training&official=false", "lang=ky&kind=training"):
        assert any(link.startswith("/search?q=") and link.endswith(left) for link in page.links), left


def test_empty_values_of_the_filter_form_ask_for_nothing(client: TestClient) -> None:
    assert get(client, "/documents?kind=&year=&topic=").h1 == get(client, "/documents").h1


def test_search_inside_an_act(client: TestClient) -> None:
    answer = client.get(f"/search?q=угуулар&act={documents.LAW}", headers=JSON).json()
    assert answer["total"]
    assert {hit["act"] for hit in answer["hits"]} == {documents.LAW}
    assert "Бул документтен" not in client.get(f"/search?q=x&act={documents.LAW}", headers=HTML).text
    assert client.get("/search?q=x&act=/akn/nonsense", headers=HTML).status_code == 200


def test_nothing_found_gives_advice(client: TestClient) -> None:
    html = client.get("/search?q=квантовая", headers={**HTML, "accept-language": "ru"}).text
    assert "Ничего не найдено" in html
    assert "/topics" in Page(html).links


def test_topics_keep_training_materials_apart(client: TestClient) -> None:
    html = client.get("/topics/openness", headers={**HTML, "accept-language": "ru"}).text
    assert html.index("Законы и акты") < html.index("Учебные материалы")
    assert html.index("О слушаниях") < html.index("Кеңештин иши")
    assert client.get("/topics", headers=JSON).json()["topics"][0]["topic"] == TOPICS[0]


def test_source_file_is_saved_never_shown(client: TestClient, services: Services) -> None:
    summary = services.library.summary(documents.HOSTILE).editions[0]
    (link,) = {one for one in get(client, documents.HOSTILE).links if one.startswith("/files/")}
    response = client.get(link)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    assert quote(summary.original_name) in response.headers["content-disposition"]
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.content == services.library.original(summary.original).content


def test_empty_library(empty: TestClient) -> None:
    for path in ("/", "/search?q=закон", "/documents", "/topics", "/topics/audit", "/help"):
        response = empty.get(path, headers={**HTML, "accept-language": "ru"})
        assert response.status_code == 200, path
        assert len(Page(response.text).h1) == 1
    assert "kb ingest" in empty.get("/", headers=HTML).text
    assert "kb ingest" in empty.get("/documents", headers=HTML).text
    assert empty.get("/", headers=JSON).json()["examples"] == []


def test_no_examples_while_searches_fail(monkeypatch: pytest.MonkeyPatch, services: Services) -> None:
    def away(query: Query) -> Results:
        raise EngineUnavailable(engine="embedded", reason="away")

    kept = Proposals()
    with monkeypatch.context() as broken:
        broken.setattr(services.searcher, "search", away)
        assert proposals(kept, services, Language.RU) == ()
    assert len(proposals(kept, services, Language.RU)) == 3


def test_clauses_are_examples_where_no_act_has_a_number() -> None:
    entries = [
        OutlineEntry(f"cl_{number}", Level.CLAUSE, str(number), None, None, Status.UNKNOWN) for number in range(1, 6)
    ]
    assert [one.words for one in clause_examples(entries, Language.RU)] == ["пункт 3"]
    assert [(one.words, one.eid) for one in clause_examples(entries, Language.KY)] == [("3-пункт", "cl_3")]
    assert clause_examples([OutlineEntry("art_1", Level.ARTICLE, "1", None, None, Status.UNKNOWN)], Language.RU) == []


def test_examples_are_searches_that_answer(client: TestClient) -> None:
    examples = client.get("/index.json?hl=ru").json()["examples"]
    assert len(examples) == 3
    for words in examples:
        assert client.get("/api/v1/search", params={"q": words}).json()["total"]
    client.cookies.clear()


def test_pages_are_light(client: TestClient) -> None:
    script = client.get("/static/kb.js", headers={"accept-encoding": "identity"})
    assert len(script.content) <= 10_240
    for path in ("/", "/documents", documents.LONG, f"{documents.LONG}/~art_35"):
        with client.stream("GET", path, headers={**HTML, "accept-encoding": "gzip"}) as response:
            assert response.headers["content-encoding"] == "gzip"
            assert sum(len(part) for part in response.iter_raw()) <= 45_000


def test_the_list_of_hits_as_a_table(client: TestClient) -> None:
    page = client.get("/search?q=слушания&limit=1", headers=HTML)
    assert 'href="/search.csv?q=' in page.text
    answer = client.get("/search.csv?q=слушания&limit=1")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbfact,kind,")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = client.get("/api/v1/search?q=слушания&limit=100").json()
    assert [(row["edition"], row["eid"] or None) for row in rows] == [
        (hit["edition"], hit["eid"]) for hit in found["hits"]
    ]
    assert all("<mark>" not in row["snippet"] for row in rows)
    assert rows[0]["address"].startswith("http://testserver/akn/kg/act/law/")


def test_a_mended_query_is_told_and_has_a_way_back(client: TestClient) -> None:
    page = client.get("/search?q=слушанйя&lang=ru", headers=HTML).text
    assert "слушанйя → слушания" in page
    assert "strict=true" in page
    strict = client.get("/search?q=слушанйя&lang=ru&strict=1", headers=HTML).text
    assert "слушанйя → слушания" not in strict
    assert "?q=%D1%81%D0%BB%D1%83%D1%88%D0%B0%D0%BD%D0%B8%D1%8F&amp;lang=ru" in strict


def test_cells_are_no_formulas() -> None:
    hit = Hit(
        act="/akn/x",
        edition="/akn/x/kir@",
        title="=1+1",
        act_kind="law",
        act_number="-1",
        act_date=None,
        eid=None,
        level=None,
        number=None,
        heading="Үлгү",
        path=(),
        lang="ky",
        status="unknown",
        official=False,
        score=1.0,
        snippet="<mark>а</mark> &lt; б",
    )
    row = next(csv.DictReader(io.StringIO(hits_table((hit,), lambda one: one.act).decode("utf-8-sig"))))
    assert (row["title"], row["act_number"], row["heading"], row["snippet"]) == ("'=1+1", "'-1", "Үлгү", "а < б")


def test_a_cited_unit_comes_first_with_its_text(client: TestClient) -> None:
    path = "/search?q=" + quote("ст. 2 закона № 0-12")
    page = client.get(path, headers={**HTML, "accept-language": "ru"}).text
    card = page.partition('<article class="hit cited">')[2].partition("</article>")[0]
    assert "Запрос указывает на это место:" in page
    where = f"{documents.LAW}/rus@2024-09-30/~art_2"
    assert f'<a class="button" href="{where}">Открыть →</a>' in card
    assert f'<span id="c-1">http://testserver{where}</span>' in card
    assert "Слушания проводятся:" in card
    assert "<b>1)</b> о местном бюджете;" in card
    assert page.count("Порядок проведения слушаний</a>") == 1, "the card is not repeated among the hits"
    assert client.get(path, headers=JSON).json()["cited"] == 1


def test_a_cited_act_comes_first_with_its_first_words(client: TestClient) -> None:
    page = client.get("/search?q=" + quote("закон № 0-12"), headers={**HTML, "accept-language": "ru"}).text
    card = page.partition('<article class="hit cited">')[2].partition("</article>")[0]
    assert "О слушаниях в Үлгү</a></h2>" in card
    assert " …</p>" in card
    assert "Читать дальше →" in card


def test_a_long_cited_unit_is_cut_between_words(client: TestClient) -> None:
    page = client.get("/search?q=" + quote("статья 35 кодекса № 0-7"), headers={**HTML, "accept-language": "ru"}).text
    lines = re.findall(r"<p>(.*?)</p>", page.partition('<div class="lines"')[2].partition("</div>")[0])
    assert 500 < sum(map(len, lines)) <= 601
    assert re.search(r"\w…$", lines[-1])
    assert "Читать дальше →" in page


def test_an_act_that_the_query_does_not_name_is_not_sure(client: TestClient) -> None:
    page = client.get("/search?q=" + quote("статья 35"), headers={**HTML, "accept-language": "ru"}).text
    assert "Запрос может указывать на это место:" in page
    words = client.get("/search?q=" + quote("слушания"), headers={**HTML, "accept-language": "ru"})
    assert "Запрос" not in words.text
    assert client.get("/search?q=" + quote("слушания"), headers=JSON).json()["cited"] == 0


def test_an_act_that_is_not_held_is_no_link(client: TestClient) -> None:
    page = get(client, f"{documents.LAW}/rus@2024-09-30?part=all")
    assert f"{documents.AMENDER}/rus@" not in page.links, "an act that is not held is no link"
