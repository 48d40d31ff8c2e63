"""Answers: what fits, what is refused and how, what applies, what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kb.templates.catalog import load_form
from kb.templates.interview import check_answers, pages
from kb.templates.model import Checked
from kb.web.form_answers import problem_message
from tests.templates.answers import AIMAK, COMPANIONS, KY, RU, TOWN


def checked(answers: object, form: str = "charter") -> Checked:
    return check_answers(load_form(form), answers, (KY,))


def codes(found: Checked) -> dict[str, str]:
    return {problem.field: problem.code for problem in found.errors}


@pytest.mark.parametrize(
    ("name", "answer", "value"),
    [
        ("municipality_name", "  Баш-Кайыңды ", "Баш-Кайыңды"),
        ("municipality_name", "Көк-Жаӊгак", "Көк-Жаңгак"),
        ("municipality_name", "Кызыл Октябрь", "Кызыл Октябрь"),
        ("municipality_name", "К. Осмонов", "К. Осмонов"),
        ("municipality_name", "1-Май", "1-Май"),
        ("villages", ["8-Март", "Ак-Суу-2"], ("8-Март", "Ак-Суу-2")),
        ("municipality_name", "Баш-Кайын\u00adды\u200b\ufeff", "Баш-Кайынды"),
        ("municipality_name", "Тамчы-Бай".replace("й", "и\u0306"), "Тамчы-Бай"),
        (
            "local_issues",
            ["{{ 7*7 }} ''.__class__ <b> А & Б «В» 👨\u200d👩\u200d👧"],
            ("{{ 7*7 }} ''.__class__ <b> А & Б «В» 👨\u200d👩\u200d👧",),
        ),
        ("population", "12 000", 12000),
        ("population", 1, 1),
        ("initiative_group_size", 7, "7"),
        ("initiative_group_size", "5 – 7", "5-7"),
        ("quiet_from", "22:30", "22.30"),
        ("quiet_to", "6.05", "06.05"),
        ("assembly_quorum_residents_pct", "30 %", 30),
        ("council_decision_date", "2026-05-05", dt.date(2026, 5, 5)),
        ("council_decision_date", "5.05.2026", dt.date(2026, 5, 5)),
        ("council_decision_number", "№ 12-3", "12-3"),
        ("council_decision_number", 12, "12"),
        ("villages", ["Ак-Суу", " Кайыңды"], ("Ак-Суу", "Кайыңды")),
        ("local_issues", ["public_order", "animals", "Тоо жолу"], ("animals", "public_order", "Тоо жолу")),
        ("optional_clauses", [28], ("28",)),
        ("awards", ["state", "thanks", "thanks"], ("thanks", "state")),
    ],
)
def test_values(name: str, answer: object, value: object) -> None:
    more = {"council_decision_number": "1", "council_decision_date": "2026-05-05"}
    found = checked({**AIMAK, **more, name: answer})
    assert found.errors == ()
    assert found.values[name] == value


LONG = "а" * 10_000
REFUSED: list[tuple[str, Any, str, str]] = [
    ("municipality_kind", "village", "municipality_kind", "not_a_choice"),
    ("municipality_kind", ["city"], "municipality_kind", "not_a_choice"),
    ("municipality_name", "", "municipality_name", "required"),
    ("municipality_name", None, "municipality_name", "required"),
    ("municipality_name", "Н", "municipality_name", "too_short"),
    ("municipality_name", LONG, "municipality_name", "too_long"),
    ("municipality_name", "Нарын шаары", "municipality_name", "kind_word"),
    ("municipality_name", "Баш-Кайыңды айыл аймагы", "municipality_name", "kind_word"),
    ("municipality_name", "город Нарын", "municipality_name", "kind_word"),
    ("municipality_name", "{{ 7*7 }}", "municipality_name", "bad_characters"),
    ("municipality_name", "''.__class__", "municipality_name", "bad_characters"),
    ("municipality_name", "<script>", "municipality_name", "bad_characters"),
    ("municipality_name", "А & Б", "municipality_name", "bad_characters"),
    ("municipality_name", "«Нарын»", "municipality_name", "bad_characters"),
    ("municipality_name", "Naryn", "municipality_name", "bad_characters"),
    ("municipality_name", "1234-Май", "municipality_name", "bad_characters"),
    ("municipality_name", "1-2", "municipality_name", "bad_characters"),
    ("municipality_name", "Нарын\nшаар", "municipality_name", "line_break"),
    ("municipality_name", "Нарын\ue001", "municipality_name", "bad_characters"),
    ("municipality_name", "Нарын\x00", "municipality_name", "bad_characters"),
    ("municipality_name", 7, "municipality_name", "wrong_type"),
    ("municipality_name", {"a": [{"b": []}]}, "municipality_name", "wrong_type"),
    ("population", 0, "population", "out_of_range"),
    ("population", 2_000_001, "population", "out_of_range"),
    ("population", 10**5000, "population", "out_of_range"),
    ("population", float("nan"), "population", "wrong_type"),
    ("population", 5400.5, "population", "wrong_type"),
    ("population", True, "population", "wrong_type"),
    ("population", "9" * 5000, "population", "wrong_type"),
    ("population", "много", "population", "wrong_type"),
    ("population", "٣٤", "population", "wrong_type"),
    ("villages", "Кайыңды", "villages", "wrong_type"),
    ("villages", [], "villages", "required"),
    ("villages", ["Кайыңды", "кайыңды"], "villages[1]", "duplicate"),
    ("villages", ["Кайыңды айылы"], "villages[0]", "kind_word"),
    ("villages", ["Кайыңды", 5], "villages[1]", "wrong_type"),
    ("villages", ["Кайыңды", ""], "villages[1]", "required"),
    ("villages", ["Айыл-Сай"] * 500, "villages", "too_many"),
    ("initiative_group_size", "7-5", "initiative_group_size", "range_order"),
    ("initiative_group_size", "2", "initiative_group_size", "out_of_range"),
    ("initiative_group_size", "2-5", "initiative_group_size", "out_of_range"),
    ("assembly_quorum_residents_pct", 0, "assembly_quorum_residents_pct", "out_of_range"),
    ("assembly_quorum_residents_pct", 101, "assembly_quorum_residents_pct", "out_of_range"),
    ("assembly_quorum_residents_pct", None, "assembly_quorum_residents_pct", "one_of"),
    ("hearing_quorum_kind", None, "hearing_quorum_kind", "required"),
    ("hearing_quorum_value", None, "hearing_quorum_value", "required"),
    ("quiet_from", "24:00", "quiet_from", "bad_time"),
    ("quiet_to", "23:00", "quiet_to", "same"),
    ("self_tax_min", 6000, "self_tax_max", "order"),
    ("council_decision_date", "2026-02-30", "council_decision_date", "bad_date"),
    ("council_decision_date", "0026-02-03", "council_decision_date", "bad_date"),
    ("council_decision_number", "12; DROP", "council_decision_number", "bad_number"),
    ("local_issues", [LONG], "local_issues[0]", "too_long"),
    ("local_issues", [["a"]], "local_issues[0]", "not_a_choice"),
    ("local_issues", "animals", "local_issues", "wrong_type"),
    ("optional_clauses", ["24"], "optional_clauses[0]", "not_a_choice"),
    ("awards", ["medal"], "awards[0]", "not_a_choice"),
]


@pytest.mark.parametrize(("name", "answer", "field", "code"), REFUSED, ids=range(len(REFUSED)))
def test_refused(name: str, answer: object, field: str, code: str) -> None:
    assert codes(checked({**AIMAK, name: answer})).get(field) == code


@pytest.mark.parametrize(
    "code", [0, 7, 0x85, 0x61C, 0x200E, 0x202E, 0x2066, 0x2028, 0xFFFD, 0xFFFF, 0xD800, 0xE0041], ids=hex
)
def test_characters_that_hide_or_turn_text_are_refused_by_number(code: int) -> None:
    found = checked({**AIMAK, "municipality_name": f"А{chr(code)}к", "local_issues": [f"Тоо{chr(code)}жолу"]})
    told = {problem.field: problem.params["character"] for problem in found.errors if problem.code == "bad_characters"}
    assert told == {"municipality_name": f"U+{code:04X}", "local_issues[0]": f"U+{code:04X}"}


def test_a_latin_letter_is_told_as_one() -> None:
    found = checked({**AIMAK, "municipality_name": "Нaрын"})
    assert problem_message(found.errors[0], RU) == "Здесь латинская буква: a. Напишите её кириллицей."


def test_names_from_outside_can_be_printed() -> None:
    found = checked({**AIMAK, "x\ud800y": 1, "case_forms": {"\ud800": {}}, "villages": AIMAK["villages"]})
    for problem in (*found.errors, *found.warnings):
        problem.field.encode()
    record = {"topic": "Т", "speaker": "Асанов А. А.", "decisions": ["Ч"], "\ud800": 1}
    assert [one.field.encode() for one in checked({"agenda": [record]}, "assembly-protocol").errors if "?" in one.field]


def test_case_forms_that_no_document_takes_are_told() -> None:
    given = {
        "municipality_name": {"gen": "Баш-Кайыңдынын", "nope": "х", "dat": 5, "acc": "х" * 500, "loc": "а\u202eб"},
        "community": {"gen": "Баш-Кайыңды айыл аймагынын"},
        "elsewhere": {"gen": "х"},
        "villages[0]": "х",
    }
    found = checked({**AIMAK, "case_forms": given})
    assert found.errors == ()
    assert [one.field for one in found.warnings if one.code == "no_case_form"] == [
        "case_forms.municipality_name.nope",
        "case_forms.municipality_name.dat",
        "case_forms.municipality_name.acc",
        "case_forms.municipality_name.loc",
        "case_forms.elsewhere",
        "case_forms.villages[0]",
    ]
    assert [one.field for one in checked({**AIMAK, "case_forms": [1]}).warnings] == ["case_forms"]


@pytest.mark.parametrize("answers", [None, [], "charter", 5, float("nan")])
def test_answers_that_are_no_object(answers: object) -> None:
    assert codes(checked(answers)) == {"": "wrong_type"}


def test_a_percentage_above_100_is_refused_only_as_a_percentage() -> None:
    assert codes(checked({**TOWN, "hearing_quorum_value": 120})) == {"hearing_quorum_value": "percent"}
    assert codes(checked({**TOWN, "hearing_quorum_value": 120, "hearing_quorum_kind": "persons"})) == {}


def test_a_town_needs_one_of_two_lists() -> None:
    assert codes(checked({**TOWN, "microdistricts": [], "settlements": None})) == {"microdistricts": "one_of"}
    assert codes(checked({**TOWN, "microdistricts": []})) == {}


def test_what_does_not_apply_is_ignored_with_a_warning() -> None:
    more = {"villages": ["Кайыңды"], "awards": ["village", "thanks"], "initiative_signatures": 7, "colour": "red"}
    found = checked({**TOWN, **more, "municipality_name_ru": "<b>"})
    assert found.errors == ()
    assert {(one.field, one.code) for one in found.warnings} == {
        ("villages", "not_applicable"),
        ("awards", "not_applicable"),
        ("initiative_signatures", "derived"),
        ("colour", "unknown_field"),
    }
    assert found.values["awards"] == ("thanks",)
    assert found.values["initiative_signatures"] == 1000


def test_russian_names_are_proposed_from_the_kyrgyz_ones() -> None:
    form = load_form("charter")
    found = check_answers(form, AIMAK, (RU,))
    assert found.values["villages_ru"] == ("Баш-Кайынды", "Кайынды", "Ак-Суу")
    assert {one.field for one in found.warnings if one.code == "proposed"} == {"municipality_name_ru", "villages_ru"}
    short = check_answers(form, {**AIMAK, "villages_ru": ["Кайынды"]}, (RU,))
    assert codes(short) == {"villages_ru": "same_count"}


def test_an_adjective_is_asked_for_and_not_derived() -> None:
    form = load_form("charter-resolution")
    answers = {name: one for name, one in {**TOWN, **COMPANIONS[form.id]}.items() if name in form.fields}
    del answers["municipality_adj_ru"]
    assert codes(check_answers(form, answers, (KY,))) == {}
    assert codes(check_answers(form, answers, (RU,))) == {"municipality_adj_ru": "required"}
    assert codes(check_answers(form, {**answers, "municipality_adj_ru": "Нарын"}, (RU,))) == {
        "municipality_adj_ru": "bad_format"
    }


ITEM = {"topic": "суу", "speaker": "А", "decisions": ["б"]}
MEMBER = {"name": "Асанов А.", "role": "депутат", "age": 5}


@pytest.mark.parametrize(
    ("form", "answer", "field", "code"),
    [
        ("charter-resolution", {"council_decision_date": "2026-04-01"}, "council_decision_date", "before"),
        ("charter-resolution", {"council_chair_name": "Асанов"}, "council_chair_name", "not_a_person"),
        ("charter-resolution", {"council_chair_name": "Асанов 2 А."}, "council_chair_name", "not_a_person"),
        ("assembly-protocol", {"secretary": "Асанов А. А."}, "secretary", "same_person"),
        ("assembly-protocol", {"invited_count": 0}, "invited_count", "out_of_range"),
        ("assembly-protocol", {"agenda": []}, "agenda", "required"),
        ("assembly-protocol", {"agenda": [{"topic": "суу"}]}, "agenda[0].speaker", "required"),
        ("assembly-protocol", {"agenda": ["суу"]}, "agenda[0]", "wrong_type"),
        ("assembly-protocol", {"agenda": [{**ITEM, "topic": "Суу."}]}, "agenda[0].topic", "bad_format"),
        ("assembly-protocol", {"agenda": [{**ITEM, "decisions": "б"}]}, "agenda[0].decisions", "wrong_type"),
        ("assembly-protocol", {"agenda": [{**ITEM, "decisions": ["б", 1]}]}, "agenda[0].decisions[1]", "wrong_type"),
        ("working-group-order", {"working_group": [MEMBER]}, "working_group[0].age", "unknown_field"),
        ("working-group-order", {"district_name": ""}, "district_name", "required"),
    ],
)
def test_companions_refuse(form: str, answer: dict[str, Any], field: str, code: str) -> None:
    loaded = load_form(form)
    answers = {name: one for name, one in {**AIMAK, **COMPANIONS[form], **answer}.items() if name in loaded.fields}
    assert codes(check_answers(loaded, answers, (KY,))).get(field) == code


def test_a_small_or_even_working_group_is_warned_of() -> None:
    loaded = load_form("working-group-order")
    answers = {name: one for name, one in {**AIMAK, **COMPANIONS[loaded.id]}.items() if name in loaded.fields}
    found = check_answers(loaded, {**answers, "working_group": answers["working_group"][:2]}, (KY,))
    assert found.errors == ()
    assert {(one.field, one.code) for one in found.warnings} == {
        ("working_group", "fewer_than_seven"),
        ("working_group", "even"),
    }


def test_a_republican_city_is_asked_for_no_oblast() -> None:
    loaded = load_form("working-group-order")
    answers = {name: one for name, one in {**TOWN, **COMPANIONS[loaded.id]}.items() if name in loaded.fields}
    for name in ("oblast_name", "district_name"):
        answers.pop(name)
    assert codes(check_answers(loaded, answers, (KY,))) == {"oblast_name": "required"}
    assert codes(check_answers(loaded, {**answers, "municipality_name": "Бишкек"}, (KY,))) == {}


def test_pages_ask_only_what_applies_and_count_progress() -> None:
    form = load_form("charter")
    empty = pages(form, {}, (KY,))
    assert [page.section.id for page in empty] == [section.id for section in form.sections]
    assert [question.field.name for question in empty[0].questions] == [
        "municipality_kind",
        "municipality_name",
        "population",
    ]
    assert (empty[0].answered, empty[0].required) == (0, 3)
    town = {page.section.id: page for page in pages(form, TOWN, (KY, RU))}
    asked = {question.field.name: question for page in town.values() for question in page.questions}
    assert not {"villages", "villages_ru", "initiative_signatures", "city"} & set(asked)
    assert asked["settlements_ru"].proposal == ["Жаны-Турмуш"]
    assert asked["quiet_from"].proposal == "23:00"
    assert "village" not in {choice.value for choice in asked["awards"].choices}
    assert all(page.answered == page.required for page in town.values())
    wrong = pages(form, {**TOWN, "population": "?"}, (KY,))[0]
    assert (wrong.answered, wrong.required) == (2, 3)
    assert [one.code for question in wrong.questions for one in question.problems] == ["wrong_type"]
    quiet = pages(form, {**TOWN, "local_issues": ["animals"]}, (KY,))
    assert not {"quiet_from", "druzhina_size"} & {one.field.name for page in quiet for one in page.questions}
