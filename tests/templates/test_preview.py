"""The preview: clause by clause, what answers filled marked, what is wanting named; the check before finishing."""

from __future__ import annotations

import re

from lxml import html

from kb.templates.catalog import load_form
from kb.templates.check import check
from kb.templates.interview import check_answers
from kb.templates.model import Clause
from kb.templates.preview import preview
from tests.templates.answers import AIMAK, COMMUNITIES, COMPANIONS, KY, RU, TOWN, charter


def clauses(answers: dict[str, object], form_id: str = "charter", language: object = KY) -> dict[str, Clause]:
    form = load_form(form_id)
    chosen = KY if language == KY else RU
    shown = preview(form, check_answers(form, answers, (chosen,)), chosen, answers)
    return {clause.label: clause for clause in shown.clauses if clause.label}


def test_clauses_have_number_heading_content_fields_and_bases() -> None:
    found = clauses(dict(AIMAK))
    assert [found[label].number for label in ("general", "purpose", "hearings", "adoption")] == ["I", "1", "20", "41"]
    assert found["territory"].heading == "Айыл аймагынын территориясы"
    assert found["territory"].fields == ("municipality_name", "villages")
    assert '<mark data-field="villages">Ак-Суу</mark> айылы.' in found["territory"].html
    assert '<p class="clause" data-unit="signatures">19.6. ' in found["initiative"].html
    bases = {(str(basis.act.number), basis.provision) for basis in found["hearings"].bases}
    assert bases == {("None", "20"), ("None", "20.7"), ("123", None), ("59", None)}
    assert all(not clause.missing for clause in found.values())


def test_the_preview_says_what_the_document_says() -> None:
    for answers in COMMUNITIES.values():
        for language in (KY, RU):
            form = load_form("charter")
            shown = preview(form, check_answers(form, answers, (language,)), language)
            lines = []
            for clause in shown.clauses:
                if clause.heading:
                    lines.append(f"{clause.number}. {clause.heading}")
                lines += [paragraph.text_content() for paragraph in html.fragments_fromstring(clause.html or "<p/>")]
            text = charter(answers, language).split("\n")
            assert [line for line in lines if line] == [line for line in text[:-2] if line]


def test_without_answers_the_questions_stand_in_their_places() -> None:
    form = load_form("charter")
    shown = preview(form, check_answers(form, {}, (KY,)), KY)
    whole = "\n".join(clause.html for clause in shown.clauses)
    assert '<mark class="missing" data-field="municipality_name">Аталышы айыл аймагынын</mark>' in whole
    assert '<mark class="missing" data-field="population">Калктын саны</mark>' in whole
    assert not re.search("[\ue000-\uf8ff]|None", whole)
    wanting = {name for clause in shown.clauses for name in clause.missing}
    assert {"municipality_name", "population", "villages"} <= wanting
    for form_id in COMPANIONS:
        for language in (KY, RU):
            other = load_form(form_id)
            assert preview(other, check_answers(other, {}, (language,)), language).clauses


def test_hostile_words_are_escaped() -> None:
    found = clauses({**AIMAK, "local_issues": ["<script>alert(1)</script> & \"'"]})
    assert "<script" not in found["own_matters"].html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#x27;" in found["own_matters"].html


def test_what_stands_behind_minutes_stands_behind_the_whole() -> None:
    form = load_form("assembly-protocol")
    answers = {name: one for name, one in {**TOWN, **COMPANIONS[form.id]}.items() if name in form.fields}
    (whole,) = preview(form, check_answers(form, answers, (KY,)), KY, answers).clauses
    assert [(basis.clause, basis.provision) for basis in whole.bases] == [
        ("document", "15.3"),
        ("document", "17.2"),
        ("document", "18.6"),
    ]


def test_points_of_an_order_stand_by_themselves() -> None:
    form = load_form("working-group-order")
    answers = {name: one for name, one in {**TOWN, **COMPANIONS[form.id]}.items() if name in form.fields}
    found = clauses(answers, form.id)
    assert [(found[label].level, found[label].number) for label in ("create", "control")] == [
        ("point", "1"),
        ("point", "5"),
    ]
    assert [basis.provision for basis in found["create"].bases] == ["41.1", "41.2", "5"]
    assert '<table class="grid">' in found["control"].html


def test_the_check_says_what_is_missing_and_where() -> None:
    form = load_form("charter")
    report = check(form, {name: one for name, one in AIMAK.items() if name not in {"population", "villages"}}, (KY, RU))
    found = {lack.problem.field: lack for lack in report.lacks}
    assert {"population", "villages"} <= set(found)
    assert found["population"].section == "community"
    assert [number for number, _heading in found["population"].clauses] == ["19"]
    assert found["villages"].clauses == (("3", "Айыл аймагынын территориясы"),)
    assert check(form, AIMAK, (KY, RU)).lacks == ()
