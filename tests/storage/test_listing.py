from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kb.documents import TOPICS, Kind, Status
from kb.language.model import Language
from kb.storage.model import ActFilter, Sort
from kb.storage.repository import Library
from tests.storage.making import DAY, LAW, intake


def store(library: Library, **fields: Any) -> str:
    return library.store(intake(**fields), who="test", version="1").act


@pytest.fixture
def shelf(library: Library) -> Library:
    """Five acts of which one has two languages, and one that was removed."""
    body = {"body": "Үлгү айылдык кеңеши", "body_slug": "ulgu-kenesh"}
    resolution: dict[str, Any] = {"kind": Kind.RESOLUTION, **body}
    store(library, **LAW, title="Өзгөртүүлөр жөнүндө", status=Status.IN_FORCE, topics=("audit",), official=True)
    store(library, **LAW, title="Об изменениях", language=Language.RU, official=True, topics=("audit",))
    store(library, **resolution, number="12", date=dt.date(2021, 3, 1), title="Оту жок айылдар", status=Status.REPEALED)
    store(library, **resolution, number="9", date=dt.date(2021, 2, 1), title="Пландоо", topics=("audit", "openness"))
    store(library, kind=Kind.TRAINING, slug="course", title="Айылдык бюджет", audience=("staff", "council"), hours=6.5)
    store(library, kind=Kind.FORM, slug="form", title="О форме", language=Language.RU)
    library.remove(store(library, kind=Kind.LAW, number="0-99", date=DAY), who="test")
    return library


def titles(library: Library, asked: ActFilter | None = None, **named: Any) -> list[str]:
    page = library.list_acts(asked or ActFilter(), **named)
    return [next(iter(act.titles.values())) for act in page.acts]


def test_titles_sort_by_the_kyrgyz_alphabet(shelf: Library) -> None:
    order = ["Айылдык бюджет", "О форме", "Оту жок айылдар", "Өзгөртүүлөр жөнүндө", "Пландоо"]
    assert titles(shelf) == order
    assert titles(shelf, sort="-title") == order[::-1]
    # In Russian the law stands under its Russian title.
    russian = shelf.list_acts(ActFilter(), language=Language.RU).acts
    assert [act.titles.get(Language.RU) for act in russian] == [None, "О форме", "Об изменениях", None, None]


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("date", ["9", "12", "0-12", None, None]),
        ("-date", ["0-12", "12", "9", None, None]),
        ("number", ["0-12", "9", "12", None, None]),
        ("-number", ["12", "9", "0-12", None, None]),
    ],
)
def test_what_has_no_date_or_number_is_last(shelf: Library, sort: Sort, numbers: list[str | None]) -> None:
    assert [act.number for act in shelf.list_acts(ActFilter(), sort=sort).acts] == numbers


def test_pages(shelf: Library) -> None:
    all_titles = titles(shelf)
    assert titles(shelf, limit=2) + titles(shelf, limit=2, offset=2) + titles(shelf, limit=2, offset=4) == all_titles
    page = shelf.list_acts(ActFilter(), limit=0)
    assert (page.acts, page.total) == ((), 5)
    assert shelf.list_acts(ActFilter(), limit=10**6).total == 5


def test_counts_over_all(shelf: Library) -> None:
    counts = shelf.list_acts(ActFilter(), limit=1).counts
    assert {field: dict(values) for field, values in counts.items()} == {
        "kind": {"resolution": 2, "form": 1, "law": 1, "training": 1},
        "status": {"unknown": 3, "in_force": 1, "repealed": 1},
        "language": {"ky": 4, "ru": 2},
        "year": {"2021": 2, "2024": 1},
        "body": {"Үлгү айылдык кеңеши": 2},
        "topic": {"audit": 2, "openness": 1},
        "audience": {"council": 1, "staff": 1},
        "official": {"false": 4, "true": 1},
    }


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        (ActFilter(kind="resolution"), 2),
        (ActFilter(status="repealed"), 1),
        (ActFilter(language="ru"), 2),
        (ActFilter(language="en"), 0),
        (ActFilter(language="k"), 0),
        (ActFilter(language="%"), 0),
        (ActFilter(year=2021), 2),
        (ActFilter(body="Үлгү айылдык кеңеши"), 2),
        (ActFilter(body="ulgu-kenesh"), 2),
        (ActFilter(topic="audit"), 2),
        (ActFilter(audience="staff"), 1),
        (ActFilter(official=True), 1),
        (ActFilter(official=False), 4),
        (ActFilter(kind="law", year=2021), 0),
        (ActFilter(topic="audit", kind="resolution", language="ky"), 1),
        (ActFilter(kind="'; DROP TABLE act; --"), 0),
    ],
)
def test_filters(shelf: Library, asked: ActFilter, total: int) -> None:
    page = shelf.list_acts(asked)
    assert (page.total, len(page.acts)) == (total, total)


def test_counts_disregard_the_field_s_own_filter(shelf: Library) -> None:
    counts = shelf.list_acts(ActFilter(kind="resolution", topic="audit")).counts
    assert counts["kind"] == {"law": 1, "resolution": 1}
    assert counts["topic"] == {"audit": 1, "openness": 1}
    assert counts["status"] == {"unknown": 1}
    assert counts["language"] == {"ky": 1}
    assert shelf.list_acts(ActFilter(language="ru")).counts["language"] == {"ky": 4, "ru": 2}


def test_a_summary_gathers_all_texts(shelf: Library) -> None:
    summary = shelf.summary("/akn/kg/act/law/2024-05-01/0-12")
    assert summary.titles == {Language.KY: "Өзгөртүүлөр жөнүндө", Language.RU: "Об изменениях"}
    assert (summary.kind, summary.number, summary.date, summary.official) == (Kind.LAW, "0-12", DAY, True)
    # Both texts are of one day; only one of them tells the status.
    assert summary.status is Status.IN_FORCE
    assert summary.first_lines.startswith("art_1 тексти")
    assert [edition.language for edition in summary.editions] == [Language.KY, Language.RU]
    [course] = shelf.list_acts(ActFilter(kind="training")).acts
    assert (course.audience, course.hours) == (("staff", "council"), 6.5)


def test_one_unofficial_text_makes_the_act_unofficial(library: Library) -> None:
    law = store(library, **LAW, official=True)
    store(library, **LAW, language=Language.RU)
    summary = library.summary(law)
    assert summary.official is False
    assert [edition.official for edition in summary.editions] == [True, False]


def test_a_title_in_a_language_without_text(library: Library) -> None:
    law = store(library, **LAW, title="Кеңеш жөнүндө", titles={Language.RU: "О кенеше"})
    assert library.summary(law).titles == {Language.KY: "Кеңеш жөнүндө", Language.RU: "О кенеше"}
    store(library, **LAW, title="О совете", language=Language.RU)
    assert library.summary(law).titles[Language.RU] == "О совете"


def test_topics_are_all_there_in_their_order(shelf: Library) -> None:
    topics = shelf.topics()
    assert tuple(topics) == TOPICS
    assert {topic: count for topic, count in topics.items() if count} == {"audit": 2, "openness": 1}


def test_statistics(library: Library) -> None:
    assert (library.statistics().acts, library.statistics().newest) == (0, None)
    store(library, **LAW, status=Status.IN_FORCE)
    store(library)
    statistics = library.statistics()
    assert (statistics.acts, statistics.in_force) == (2, 1)
    assert statistics.newest == library.changes(1)[0].time


def test_the_feed_goes_in_steps(shelf: Library) -> None:
    newest = shelf.newest_sequence()
    seen: list[int] = []
    while step := shelf.changes(seen[-1] if seen else 0, limit=3):
        assert len(step) <= 3
        seen += [change.sequence for change in step]
    assert seen == list(range(1, newest + 1))
    assert shelf.changes(newest) == ()


def test_editions_of_a_rebuild(shelf: Library) -> None:
    editions = list(shelf.editions())
    assert editions == sorted(editions)
    assert len(editions) == 6
    assert {shelf.edition(uri).edition.uri for uri in editions} == set(editions)
