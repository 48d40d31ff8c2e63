from __future__ import annotations

from pathlib import Path

import pytest

from kb.bench.judged import Judged, group_of, read_judged
from kb.bench.plain import Fts5, Text
from kb.bench.relevance import Found, found, measure, summarise
from kb.errors import BadParameter

ACT = "/akn/kg/act/law/2020-01-02/0-12"
ONE, TWO = (ACT, "ru", "art_1"), (ACT, "ru", "art_2")


@pytest.mark.parametrize(
    ("eid", "group"),
    [
        (None, None),
        ("art_8", "art_8"),
        ("art_8__para_1__point_2", "art_8"),
        ("cl_7__subcl_7-2", "cl_7__subcl_7-2"),
        ("cl_7__subcl_7-2__al_2", "cl_7__subcl_7-2"),
        ("sec_nn_3__al_1", "sec_nn_3"),
        ("part_I__sec_2", "part_I__sec_2"),
        ("al_4", "al_4"),
    ],
)
def test_groups(eid: str | None, group: str | None) -> None:
    assert group_of(eid) == group


def judged(kind: str, number: int, **grades: int) -> Judged:
    units = {"one": ONE, "two": TWO}
    return Judged(f"{kind}-ru-{number:02}", kind, "ru", kind, {units[name]: grade for name, grade in grades.items()})


def test_figures_of_an_engine() -> None:
    queries = [
        judged("keyword", 1, one=2),
        judged("keyword", 2, one=2, two=2),
        judged("number", 1, two=2),
        judged("paraphrase", 1, two=2),
        judged("no_answer", 1),
    ]
    answers = {
        "keyword": found([(ACT, "ru", "art_1__point_2"), ONE], told=False),
        "number": found([ONE, TWO], told=False),
        "paraphrase": found([], told=True),
        "no_answer": found([], told=True),
    }
    report = summarise(measure(queries, answers.__getitem__))
    assert report["targets"] == {
        "recall_5": 0.8333,
        "recall_5_by_meaning": 0.0,
        "success_5": 1.0,
        "success_5_by_meaning": 0.0,
        "numbers_wrong": ["number-ru-01"],
    }
    assert report["even"]["recall_5"] == 0.5  # type: ignore[index]
    assert report["by_kind"]["no_answer"]["all"]["right"] == 1  # type: ignore[index]
    assert [miss["id"] for miss in report["misses"]] == [  # type: ignore[attr-defined]
        "keyword-ru-02",
        "number-ru-01",
        "paraphrase-ru-01",
    ]


def test_a_query_without_an_answer_must_be_told() -> None:
    (only,) = measure([judged("no_answer", 1)], lambda text: Found([ONE], told=False))
    assert not only.right


def test_a_file_that_is_no_judged_set(tmp_path: Path) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text("queries: [{id: a-ru-01}]")
    for wrong in (path, tmp_path / "none.yaml"):
        with pytest.raises(BadParameter):
            read_judged(wrong)


def test_our_judged_set_can_be_read() -> None:
    queries = read_judged(Path(__file__).parent.parent / "gold" / "queries.yaml")
    assert len(queries) > 150
    assert {query.odd for query in queries} == {True, False}


def test_fts5_as_it_comes() -> None:
    texts = [
        Text("1", ACT, "ru", "art_1", "Үлгү", "Доходы", "налог на землю"),
        Text("2", ACT, "ru", "art_2", "Үлгү", "Расходы", "налог на имущество"),
    ]
    fts5 = Fts5(texts)
    assert fts5.find("налог землю") == [ONE]
    assert set(fts5.find("налога землю имущество")) == {ONE, TWO}
    assert fts5.find("налогов") == fts5.find("?!") == []
    fts5.close()
