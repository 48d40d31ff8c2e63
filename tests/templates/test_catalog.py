"""Forms in folders: what is read, what is refused with its place."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from kb.errors import BadForm, UnknownForm
from kb.language.model import Language
from kb.templates.catalog import IDS, list_forms, load_form
from kb.templates.fill import fill
from kb.templates.interview import check_answers
from kb.templates.model import Words
from tests.templates.answers import KY, RU, text_of

FORM = """
title: [Үлгү, Образец]
sections:
  - {id: one, title: [Бир, Один], fields: [town, place_name, rivers, owner, city]}
fields:
  town: {type: toponym, label: [Шаар, Город], required: true}
  rivers: {type: list, label: [Суулар, Реки], item: {type: toponym}}
  owner: {type: person, label: [Ээси, Владелец]}
  city: {type: derived, label: [Шаар, Город], value: "town == 'Үлгү'"}
  place_name: {type: derived, label: [Аты, Название], value: {ky: "town ~ ' шаары'"}}
"""


def folder(path: Path, *paragraphs: str | tuple[str, ...], form: str = FORM, row: str = "") -> Path:
    """A form in a folder; a paragraph of several strings has a run for each."""
    document = Document()
    for paragraph in paragraphs:
        made = document.add_paragraph()
        for piece in (paragraph,) if isinstance(paragraph, str) else paragraph:
            made.add_run(piece).bold = piece == "{{"
    if row:
        table = document.add_table(rows=3, cols=1)
        for cell, text in zip(
            table.columns[0].cells, ("{%tr for river in rivers %}", row, "{%tr endfor %}"), strict=True
        ):
            cell.text = text
    document.save(str(path / "template.ky.docx"))
    (path / "form.yaml").write_text(form, encoding="utf-8")
    return path


def test_the_forms_that_come_with_the_product() -> None:
    forms = list_forms()
    assert tuple(form.id for form in forms) == IDS
    assert all(form.langs == (KY, RU) and not form.official for form in forms)
    assert all("№ 279" in form.follows.of(language) for form in forms for language in (KY, RU))
    for form in forms:
        for field in form.fields.values():
            assert field.label.ky
            assert field.label.ru
        assert len({form.version for form in forms}) == len(forms)


def test_a_word_file_with_tags_as_people_edit_it(tmp_path: Path) -> None:
    made = folder(
        tmp_path,
        ("Биз, ", "{{", " place_na", "me|gen }}", " тургундары"),
        "{%p if rivers %}",
        "Суулар: {% for river in rivers %}{{ river }}{% if not loop.last %}, {% endif %}{% endfor %}.",
        "{%p endif %}",
        "{{ clause(‘one’) }}. Башы, {{ ref(“two”) }}ни кара",
        "{{ clause('two') }}. Аягы, {{ ref('one') }}ди кара",
        row="{{ loop.index }}. {{ river|dat }}",
    )
    form = load_form(made)
    assert (form.id, form.langs) == (str(made), (KY,))
    answers = {"town": "Үлгү", "rivers": ["Чоң-Суу", "Ала-Арча"]}
    text = text_of(fill(form, check_answers(form, answers, (KY,)), KY).docx).split("\n")
    assert text[:4] == [
        "Биз, Үлгү шаарынын тургундары",
        "Суулар: Чоң-Суу, Ала-Арча.",
        "1. Башы, 2ни кара",
        "2. Аягы, 1ди кара",
    ]
    assert text[4:6] == ["1. Чоң-Сууга", "2. Ала-Арчага"]
    bare = text_of(fill(form, check_answers(form, {"town": "Үлгү"}, (KY,)), KY).docx).split("\n")
    assert bare[1] == "1. Башы, 2ни кара"
    with pytest.raises(ValueError, match="ru"):
        fill(form, check_answers(form, answers, (RU,)), RU)


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ ''.__class__.__mro__ }}", "forbidden"),
        ("{{ town.__class__ }}", "forbidden"),
        ("{{ town['__class__'] }}", "forbidden"),
        ("{{ town|attr('__class__') }}", "forbidden"),
        ("{{ town.upper() }}", "forbidden"),
        ("{{ clause.__globals__ }}", "forbidden"),
        ("{{ clause(town) }}", "forbidden"),
        ("{{ clause(level='x') }}", "forbidden"),
        ("{{ self.__init__ }}", "forbidden"),
        ("{{ cycler.__init__.__globals__.os }}", "forbidden"),
        ("{{ lipsum() }}", "forbidden"),
        ("{{ range(10) }}", "forbidden"),
        ("{{ config }}", "unknown_name"),
        ("{{ town|safe }}", "forbidden"),
        ("{{ 'a' ** 9 }}", "forbidden"),
        ("{{ town % 5 }}", "forbidden"),
        ("{{ 7 // 0 }}", "forbidden"),
        ("{% set town = 5 %}", "forbidden"),
        ("{% include '/etc/passwd' %}", "forbidden"),
        ("{% import 'x' as y %}", "forbidden"),
        ("{% macro x() %}{% endmacro %}", "forbidden"),
        ("{% autoescape false %}{{ town }}{% endautoescape %}", "forbidden"),
        ("{% for ref in rivers %}{% endfor %}", "forbidden"),
        (
            "{% for a in rivers %}{% for b in rivers %}{% for c in rivers %}{% endfor %}{% endfor %}{% endfor %}",
            "forbidden",
        ),
        ("{% for a in rivers %}{% endfor %}{% for a in owner %}{% endfor %}", "loop"),
        ("{% if town %}", "syntax"),
        ("{{ town", "syntax"),
        ("{{ }}", "syntax"),
        ("{{ town|gen", "syntax"),
        ("{%p if town %}", "syntax"),
        ("{%tr if town %}", "row"),
    ],
)
def test_a_template_that_would_run_code_is_refused_with_the_place(tmp_path: Path, tag: str, reason: str) -> None:
    with pytest.raises(BadForm) as refused:
        load_form(folder(tmp_path, "Биринчи", "Экинчи", tag))
    assert refused.value.params["reason"] == reason
    if reason not in {"row", "syntax"}:
        assert refused.value.params["where"] == "document.xml, paragraph 3"


ONE = "title: [а, б]\nsections: [{id: one, fields: [town]}]\nfields: {town: {"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "- a",
        "title: [а, б]\nsections: 5",
        "title: [а]\n",
        "title: {a: b}",
        "nonsense: 1",
        "title: [а, б]\nsections: [{id: one, fields: [nobody]}]",
        "title: [а, б]\nsections: [{id: one, fields: [town, town]}]\nfields: {town: {type: toponym}}",
        ONE + "type: number}}",
        ONE + "type: text, colour: red}}",
        ONE + 'type: text, when: "x.__class__"}}',
        ONE + 'type: text, when: "nobody == 1"}}',
        ONE + 'type: derived, value: "9 ** 9"}}',
        ONE + 'type: text, when: "a =="}}',
        ONE + "type: text, bounds: {deep: 1}}}",
        ONE + "type: text, bounds: {least: x}}}",
        ONE + "type: text, bounds: {pattern: (a+)+}}}",
        ONE + "type: text, languages: [xx]}}",
        ONE + "type: list}}",
        ONE + "type: choice, choices: [1]}}",
        'title: [а, б]\nrules: [{field: nobody, holds: "1 == 1"}]',
        "title: [а, б]\nbases: {one: [{act: nobody}]}",
        "!!python/object/apply:os.system ['true']",
        "a: &a [*a]",
        "[" * 3000,
        "\x00",
    ],
    ids=range(26),
)
def test_a_description_that_does_not_fit_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadForm):
        load_form(folder(tmp_path, "Үлгү", form=wrong))


def test_a_word_file_that_is_none_is_refused(tmp_path: Path) -> None:
    made = folder(tmp_path, "Үлгү")
    for content in (b"", b"PK\x03\x04", b"{{ 7 }}", _zip({"a.xml": b"<a/>"}), _zip({"word/document.xml": b"<a"})):
        (made / "template.ky.docx").write_bytes(content)
        with pytest.raises(BadForm):
            load_form(made)
    entity = b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'
    (made / "template.ky.docx").write_bytes(_zip({"word/document.xml": entity}))
    with pytest.raises(BadForm):
        load_form(made)
    (made / "template.ky.docx").unlink()
    with pytest.raises(BadForm):
        load_form(made)


@pytest.mark.parametrize("name", ["", "nobody", "../charter", "/", "charter\x00", "а" * 5000])
def test_a_form_that_is_not_there_is_said_so(name: str) -> None:
    with pytest.raises(UnknownForm):
        load_form(name)


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("form_id", IDS)
def test_shipped_forms_have_all_words_in_english(form_id: str) -> None:
    form = load_form(form_id)
    assert [form.labels_in(language) for language in (Language.KY, Language.RU, Language.EN)] == [
        Language.KY,
        Language.RU,
        Language.EN,
    ]
    words = [form.title, form.summary, form.follows, *(one.title for one in form.sections)]
    waiting = list(form.fields.values())
    while waiting:
        field = waiting.pop()
        waiting += field.item
        words += [field.label, field.help, *(one.label for one in field.choices)]
    for one in words:
        assert bool(one.en) is bool(one.ky)
        assert one.of(Language.EN) == one.en
        assert one.en not in {one.ky, one.ru} or not one.en


def test_a_form_without_english_words_asks_in_kyrgyz() -> None:
    form = load_form("charter")
    bare = replace(form, title=Words("Устав", "Устав"))
    assert bare.labels_in(Language.EN) is Language.KY
    assert Words("а", "б").of(Language.EN) == "а"
    assert Words("", "б").of(Language.EN) == "б"
