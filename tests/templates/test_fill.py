"""Filling: hostile words come out as they were given, doubtful case forms are told and can be overridden."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from kb.templates.catalog import load_form
from kb.templates.fill import fill, render
from kb.templates.interview import check_answers
from kb.templates.marks import set_numbers
from tests.templates.answers import AIMAK, COMPANIONS, KY, RU, TOWN, filled, part, text_of

HOSTILE = [
    "{{ 7*7 }}",
    "{% for a in b %}",
    "''.__class__",
    "<script>alert(1)</script>",
    "А & Б",
    "&lt;&#x41;&amp;",
    "«Тырмакча» \"кош\" 'жалгыз'",
    "]]> <!-- -->",
    "<w:p/>",
    "$& \\1 \\g<0>",
    "{p if}",
    "[[kurultai]] **калың** <br>",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("language", [KY, RU])
def test_hostile_words_come_out_as_given(words: str, language: object) -> None:
    protocol = {
        **AIMAK,
        **COMPANIONS["assembly-protocol"],
        "attendees": words,
        "agenda": [{"topic": f"{words} б", "speaker": f"депутат {words}", "speech": words, "decisions": [words]}],
    }
    for given in ("charter", "assembly-protocol"):
        answers = {**AIMAK, "local_issues": [words]} if given == "charter" else protocol
        docx = filled(given, answers, KY if language == KY else RU).docx
        assert words in text_of(docx)
        etree.fromstring(part(docx, "word/document.xml").encode())


def test_a_line_break_is_one_in_word() -> None:
    answers = {**AIMAK, **COMPANIONS["assembly-protocol"], "attendees": "Асанов А.\r\n<Бекова> Г.\n\nэл"}
    docx = filled("assembly-protocol", answers, KY).docx
    assert "Асанов А. / <Бекова> Г. /  / эл" in text_of(docx)


def test_doubtful_forms_are_told_once_and_can_be_overridden() -> None:
    answers = {**TOWN, **COMPANIONS["charter-resolution"]}
    plain = filled("charter-resolution", answers, KY)
    assert [(one.field, one.case, one.form) for one in plain.doubtful] == [("head_name", "dat", "Бековага Г. Т.")]
    given = {"head_name": {"dat": "Г. Т. Бековага"}, "municipality_name": 5, "x": {"gen": ["y"]}}
    mended = filled("charter-resolution", {**answers, "case_forms": given}, KY)
    assert mended.doubtful == ()
    assert "мэрине Г. Т. Бековага жана" in text_of(mended.docx)


def test_each_speaker_of_an_agenda_has_a_path() -> None:
    answers = {**AIMAK, **COMPANIONS["assembly-protocol"]}
    found = filled("assembly-protocol", answers, KY)
    assert [(one.field, one.case) for one in found.doubtful] == [
        ("agenda[0].speaker", "gen"),
        ("agenda[1].speaker", "gen"),
    ]
    forms = {"agenda[1].speaker": {"gen": "К. К. Ибраимовдун"}}
    assert "К. К. Ибраимовдун баяндамасы" in text_of(
        filled("assembly-protocol", {**answers, "case_forms": forms}, KY).docx
    )


@pytest.mark.parametrize("form", ["<b>&{{ 7 }}", "а\ue001б", "а\nб", "а" * 10_000])
def test_hostile_case_forms_are_literal_or_left_out(form: str) -> None:
    answers = {**TOWN, **COMPANIONS["charter-resolution"], "case_forms": {"head_name": {"dat": form}}}
    text = text_of(filled("charter-resolution", answers, KY).docx)
    assert ("мэрине " + (form if form.startswith("<") else "Бековага Г. Т.") + " жана") in text


def test_the_same_answers_give_the_same_bytes() -> None:
    assert filled("charter", AIMAK, KY).docx == filled("charter", AIMAK, KY).docx


def test_errors_forbid_filling() -> None:
    form = load_form("charter")
    with pytest.raises(ValueError, match="population"):
        fill(form, check_answers(form, {**AIMAK, "population": -1}, (KY,)), KY)


def test_marks_name_the_answers_and_leave_no_trace() -> None:
    form = load_form("charter")
    rendered = render(form, check_answers(form, AIMAK, (KY,)), KY)
    named = set(re.findall("\ue010([^\ue011]*)\ue011", rendered.document))
    assert {"municipality_name", "villages", "population", "hearing_quorum_value", "quiet_from"} <= named
    assert not named & {"municipality_kind", "city", "community", "place_kind", ""}
    docx = filled("charter", AIMAK, KY).docx
    for name in ("word/document.xml", "word/footer1.xml", "docProps/core.xml"):
        assert not re.search("[\ue000-\uf8ff]|{{", part(docx, name))
    assert set_numbers(rendered.document).count("19.6. ") == 1
