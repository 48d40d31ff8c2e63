"""The judged queries of both sets are well formed, and every unit that they name exists; no search is asked here."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from kb.documents import Unit
from kb.ingest.assemble import take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import hints_beside, sidecar_of

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = frozenset(
    {
        "keyword",
        "inflected",
        "question",
        "paraphrase",
        "typo",
        "no_letters",
        "prefix",
        "phrase",
        "number",
        "act",
        "other_language",
        "wrong_layout",
        "no_answer",
    }
)
Lang = Literal["ky", "ru"]
#: Act and language; of each of these there is one edition in the folders.
Edition = tuple[str, str]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(Strict):
    act: str = Field(pattern=r"^/akn/kg/(act|doc)/[a-z_]+(/[0-9a-z-]+){1,3}$")
    lang: Lang
    eid: str | None
    grade: Literal[1, 2]


class Query(Strict):
    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)?-(ky|ru)-[0-9]{2}$")
    query: str = Field(min_length=2, max_length=120)
    lang: Lang
    kind: str
    answers: list[Answer]


class Section(Strict):
    act: str
    lang: Lang
    eid: str
    heading: str | None = None
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{12}$")


class Acts(Strict):
    shared: dict[str, str]
    own: dict[str, str]


class Judged(Strict):
    acts: Acts
    queries: list[Query]
    sections: list[Section]


def read(name: str) -> Judged:
    return Judged.model_validate(yaml.safe_load((ROOT / "tests/gold" / name).read_text("utf-8")))


#: The sets by their files, with the least number of queries of each.
SETS = {"queries.yaml": (read("queries.yaml"), 180), "queries-second.yaml": (read("queries-second.yaml"), 160)}


@pytest.fixture(params=SETS)
def judged(request: pytest.FixtureRequest) -> Judged:
    name: str = request.param
    return SETS[name][0]


@pytest.fixture
def queries(judged: Judged) -> list[Query]:
    return judged.queries


@cache
def library(folder: Path) -> Mapping[Edition, Mapping[str, Unit]]:
    """Units by eId of every document of a folder."""
    found: dict[Edition, dict[str, Unit]] = {}
    sidecars = {sidecar_of(path) for path in folder.iterdir()}
    for path in sorted(folder.iterdir()):
        if path in sidecars or path.name.startswith("."):
            continue
        document = take_in(path.read_bytes(), str(path), hints_beside(path), ReadLimits()).document
        found[document.act_id.uri, document.language.value] = {unit.eid: unit for unit in document.units}
    return found


def wanting(
    queries: list[Query], units: Mapping[Edition, Mapping[str, Unit]], acts: Mapping[str, str]
) -> list[tuple[str, Answer]]:
    """Answers in these acts that name an edition or a unit that is not there, each after its query's id."""
    here = set(acts.values())
    return [
        (query.id, answer)
        for query in queries
        for answer in query.answers
        if answer.act in here
        and (
            (answer.act, answer.lang) not in units
            or (answer.eid is not None and answer.eid not in units[answer.act, answer.lang])
        )
    ]


def moved(
    sections: list[Section], units: Mapping[Edition, Mapping[str, Unit]], acts: Mapping[str, str]
) -> list[Section]:
    """Sections whose eId now names another one."""
    here = set(acts.values())
    return [
        section
        for section in sections
        if section.act in here and not same(section, units[section.act, section.lang].get(section.eid))
    ]


def same(section: Section, unit: Unit | None) -> bool:
    heading = unit.heading if unit else None
    if heading is None:
        return False
    if section.heading is not None:
        return heading == section.heading
    return hashlib.sha256(heading.casefold().encode()).hexdigest()[:12] == section.digest


@pytest.mark.parametrize("name", SETS)
def test_enough_of_each_kind(name: str) -> None:
    judged, least = SETS[name]
    kinds = Counter(query.kind for query in judged.queries)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 10
    assert len(judged.queries) >= least


def test_half_are_kyrgyz(queries: list[Query]) -> None:
    langs = Counter(query.lang for query in queries)
    assert langs["ky"] / len(queries) >= 0.5
    assert langs["ru"] / len(queries) >= 0.4
    of_kind = {(query.kind, query.lang) for query in queries}
    assert of_kind == {(kind, lang) for kind in KINDS for lang in ("ky", "ru")} - {("no_letters", "ru")}


def test_at_most_two_fifths_ask_for_the_code(judged: Judged) -> None:
    code = judged.acts.shared["gk"]
    asking = sum(any(answer.act == code for answer in query.answers) for query in judged.queries)
    assert asking / len(judged.queries) <= 0.4


def test_ids_and_queries_are_unique_over_both_sets() -> None:
    queries = [query for judged, _ in SETS.values() for query in judged.queries]
    assert len({query.id for query in queries}) == len(queries)
    assert len({query.query.casefold() for query in queries}) == len(queries)


def test_both_sets_call_the_acts_by_the_same_uris() -> None:
    first, second = (judged.acts for judged, _ in SETS.values())
    assert set(first.shared.values()) == set(second.shared.values())
    assert set(first.own.values()) == set(second.own.values())


def test_ids_tell_kind_and_language(queries: list[Query]) -> None:
    assert [
        query.id for query in queries if not query.id.startswith(f"{query.kind.replace('_', '-')}-{query.lang}-")
    ] == []


def test_all_but_those_without_an_answer_have_a_best_one(queries: list[Query]) -> None:
    for query in queries:
        grades = {answer.grade for answer in query.answers}
        assert (2 in grades) != (query.kind == "no_answer"), query.id
        assert bool(query.answers) != (query.kind == "no_answer"), query.id
        units = [(answer.act, answer.lang, answer.eid) for answer in query.answers]
        assert len(set(units)) == len(units), query.id


def test_a_query_looks_like_its_kind(queries: list[Query]) -> None:
    odd = {
        "no_letters": re.compile("[өүңӊ]", re.IGNORECASE),
        "wrong_layout": re.compile("[а-яёөүң]", re.IGNORECASE),
        "phrase": re.compile(r'^(?!"[^"]+ [^"]+"$|«[^»]+ [^»]+»$)'),
        "number": re.compile(r"^\D+$"),
    }
    assert [query.id for query in queries if query.kind in odd and odd[query.kind].search(query.query)] == []


def test_another_language_is_asked_than_the_best_answer_has(queries: list[Query]) -> None:
    other = [query for query in queries if query.kind == "other_language"]
    assert [q.id for q in other if any(answer.lang == q.lang for answer in q.answers if answer.grade == 2)] == []


def test_every_act_has_a_name_and_every_section_its_heading(judged: Judged) -> None:
    answers = [answer for query in judged.queries for answer in query.answers]
    assert {answer.act for answer in answers} == {*judged.acts.shared.values(), *judged.acts.own.values()}
    unnumbered = {(a.act, a.lang, a.eid) for a in answers if a.eid is not None and "_nn_" in a.eid}
    assert unnumbered == {(section.act, section.lang, section.eid) for section in judged.sections}


def test_each_document_is_the_best_answer_more_than_once(judged: Judged) -> None:
    best = Counter(
        edition for query in judged.queries for edition in {(a.act, a.lang) for a in query.answers if a.grade == 2}
    )
    assert {act for act, _ in best} == {*judged.acts.shared.values(), *judged.acts.own.values()}
    assert [edition for edition, times in best.items() if times < 2] == []


def test_answers_in_our_documents_exist(judged: Judged) -> None:
    units = library(ROOT / "corpus")
    assert wanting(judged.queries, units, judged.acts.own) == []
    assert moved(judged.sections, units, judged.acts.own) == []


@pytest.mark.shared
def test_answers_in_the_shared_documents_exist(judged: Judged, shared_corpus: Path) -> None:
    units = library(shared_corpus)
    assert wanting(judged.queries, units, judged.acts.shared) == []
    assert moved(judged.sections, units, judged.acts.shared) == []
