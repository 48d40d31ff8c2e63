"""Blanks beside their words, and names that a person gives them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kb.language.model import Language
from kb.templates.convert.build import matched
from kb.templates.convert.deciding import decide
from kb.templates.convert.importer import Blank, Imported, aligned, read_blank
from kb.templates.convert.naming import Survey, survey
from kb.templates.convert.overlay import Overlay, ParEdits, read_overlay, write_overlay
from kb.templates.convert.renaming import Given, name_spots
from kb.templates.model import FieldType
from kb.usecases.fill import fill_form
from tests.templates.convert.blanks import imported, par, run, texts, word

KIND = {"municipality_kind": "aiyl_aimak"}
LINES = (
    "Биз, ____ айыл аймагынын / ____ шаарынын жамааты,",
    "- ____ айылы; - ____ айылы;",
    "- ____ айылы; - ____ айылы.",
    "Бир нерсе _____ деп аталат (муну жазып толтуруңуз).",
    "_____",
    "Кол тамгасы _____",
    "Күнү: ____",
)


class Work:
    """A blank that is being named."""

    def __init__(self, content: bytes, folder: Path) -> None:
        self.content, self.folder = content, folder
        self.made: Imported = imported(content, folder)

    @property
    def overlay(self) -> Overlay:
        return read_overlay((self.folder / "overlay.yaml").read_bytes(), "overlay")

    def opened(self) -> tuple[Blank, Mapping[int, ParEdits], Survey]:
        blank = read_blank(self.content, 50_000_000)
        edits = matched(blank.pars, self.overlay)[0]
        return blank, edits, survey(blank.pars, edits, self.overlay, self.made.unsure)

    def survey(self) -> Survey:
        return self.opened()[2]

    def key(self, field: str, number: int = 0) -> str:
        return [spot.key for spot in self.survey().spots if spot.field == field][number]

    def errors(self, given: Mapping[str, Given]) -> Mapping[tuple[str, str], str]:
        blank, edits, found = self.opened()
        return name_spots(blank.pars, edits, self.overlay, found, given).errors

    def name(self, given: Mapping[str, Given]) -> Imported:
        blank, edits, found = self.opened()
        made = name_spots(blank.pars, edits, self.overlay, found, given)
        assert made.errors == {}
        whole = replace(made.overlay, paragraphs=aligned(blank.pars, made.edits))
        self.made = imported(self.content, self.folder, write_overlay(whole).encode())
        return self.made

    def lines(self, answers: Mapping[str, Any]) -> list[str]:
        result = fill_form(self.folder, answers, Language.KY)
        assert result.errors == ()
        assert result.docx
        return texts(result.docx)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(word([par(one) for one in LINES]), tmp_path)


def test_blanks_stand_in_the_order_of_the_document_with_their_words(work: Work) -> None:
    found = work.survey()
    told = [(spot.field, spot.first, spot.rows, spot.reasons) for spot in found.spots]
    assert told == [
        ("municipality_name", True, 0, ()),
        ("municipality_name", False, 0, ()),
        ("villages", True, 4, ()),
        ("bir_nerse", True, 0, ("name",)),
        ("blank", True, 0, ("name",)),
        ("", False, 0, ("signature",)),
        ("date", True, 0, ()),
    ]
    first = found.spots[0]
    assert (first.before, first.blank, first.after[:13]) == ("Биз, ", "____", " айыл аймагын")
    assert found.spots[4].above == LINES[3]
    assert set(found.others) == {"municipality_kind", "city"}
    assert [one.reason for one in found.notes] == ["note"]
    assert len({spot.key for spot in found.spots}) == len(found.spots)


def test_saving_without_changes_changes_nothing(work: Work) -> None:
    before = {one.name: one.read_bytes() for one in work.folder.iterdir()}
    work.name({})
    assert {one.name: one.read_bytes() for one in work.folder.iterdir()} == before


def test_a_name_goes_with_its_field_everywhere(work: Work) -> None:
    given = Given("aty", details=True, label=("Аты", "Имя"), help=("Жаз", ""), type="toponym", required=True)
    towns = Given("aiyldar", details=True, label=("Айылдар", "Сёла"), type="toponym")
    made = work.name({work.key("municipality_name"): given, work.key("villages"): towns})
    field = made.form.fields["aty"]
    assert (field.label.ru, field.help.ky, field.type) == ("Имя", "Жаз", FieldType.TOPONYM)
    assert "municipality_name" not in made.form.fields
    assert made.form.fields["aiyldar"].item[0].type is FieldType.TOPONYM
    answers = {**KIND, "aty": "Үлгү", "aiyldar": ["Бир", "Эки"], "bir_nerse": "көл", "blank": "х", "date": "2026-05-05"}
    lines = work.lines(answers)
    assert lines[0] == "Биз, Үлгү айыл аймагынын жамааты,"
    assert [line for line in lines if "айылы" in line] == ["- Бир айылы;", "- Эки айылы."]


def test_another_name_beside_a_later_blank_is_another_question(work: Work) -> None:
    made = work.name({work.key("municipality_name", 1): Given("town")})
    assert made.form.fields["town"].label == made.form.fields["municipality_name"].label
    shown = {**KIND, "municipality_name": "Бир", "town": "Эки", "villages": ["Үч"], "date": "2026-05-05"}
    answers = {**shown, "municipality_kind": "city", "bir_nerse": "а", "blank": "б"}
    assert work.lines({name: one for name, one in answers.items() if name != "villages"})[0].startswith("Биз, Эки шаар")


def test_two_blanks_with_one_name_are_one_question(work: Work) -> None:
    given = Given("thing", details=True, label=("Нерсе", ""), type="text")
    made = work.name({work.key("bir_nerse"): given, work.key("blank"): replace(given, label=("Башка", ""))})
    assert made.form.fields["thing"].label.ky == "Нерсе"
    assert not {"bir_nerse", "blank"} & set(made.form.fields)
    lines = work.lines({**KIND, "municipality_name": "Үлгү", "villages": ["Бир"], "thing": "көл", "date": "2026-05-05"})
    assert "Бир нерсе көл деп аталат" in "\n".join(lines)
    assert "көл" in lines


def test_names_can_be_exchanged(work: Work) -> None:
    first, second = work.key("bir_nerse"), work.key("blank")
    made = work.name({first: Given("blank"), second: Given("bir_nerse")})
    spots = {spot.key: spot.field for spot in work.survey().spots}
    assert (spots[first], spots[second]) == ("blank", "bir_nerse")
    assert made.form.fields["blank"].label.ky == "Бир нерсе"


def test_a_blank_left_as_it_is_and_one_that_was(work: Work) -> None:
    signed = next(spot.key for spot in work.survey().spots if not spot.field)
    who = Given("signer", details=True, label=("Ким кол коёт", ""), type="person")
    made = work.name({work.key("blank"): Given(""), signed: who})
    assert "blank" not in made.form.fields
    assert made.form.fields["signer"].type is FieldType.PERSON
    answers = {**KIND, "municipality_name": "Үлгү", "villages": ["Бир"], "bir_nerse": "х", "date": "2026-05-05"}
    lines = work.lines({**answers, "signer": "Асанов А."})
    assert "_____" in lines
    assert "Кол тамгасы Асанов А." in lines


def test_of_paragraphs_that_are_alike_the_right_one_is_filled(tmp_path: Path) -> None:
    work = Work(word([par("_____"), par("сөз"), par("_____"), par("_____")]), tmp_path)
    keys = [spot.key for spot in work.survey().spots]
    work.name({keys[0]: Given(""), keys[1]: Given("kept"), keys[2]: Given("")})
    assert work.lines({"kept": "көл"}) == ["_____", "сөз", "көл", "_____"]


def test_kinds_of_answers_and_endings(work: Work) -> None:
    choice = Given("blank", details=True, label=("Тандоо", ""), type="choice", choices=("көл", "тоо"), required=False)
    shown = Given("bir_nerse", "gen", details=True, label=("Нерсе", ""), type="toponym")
    plain = Given("date", details=True, label=("Күнү", ""), type="text")
    made = work.name({work.key("blank"): choice, work.key("bir_nerse"): shown, work.key("date"): plain})
    fields = made.form.fields
    assert [one.value for one in fields["blank"].choices] == ["көл", "тоо"]
    assert not fields["blank"].required
    assert fields["date"].type is FieldType.TEXT
    answers = {**KIND, "municipality_name": "Үлгү", "villages": ["Бир"], "bir_nerse": "Нарын", "date": "бүгүн"}
    lines = work.lines({**answers, "blank": "тоо"})
    assert "тоо" in lines
    assert "Бир нерсе Нарындын деп аталат" in "\n".join(lines)
    assert lines[-1] == "Күнү: бүгүн"
    again = work.name({work.key("date"): replace(plain, type="date")})
    assert again.form.fields["date"].type is FieldType.DATE
    assert work.lines({**answers, "date": "2026-05-05"})[-1] == "Күнү: 05.05.2026"


NAMED = Given("x", details=True, label=("а", "б"), type="text")


@pytest.mark.parametrize(
    ("field", "given", "part", "code"),
    [
        ("blank", replace(NAMED, name="1st"), "name", "bad_name"),
        ("blank", replace(NAMED, name="Аты"), "name", "bad_name"),
        ("blank", replace(NAMED, name="item_x"), "name", "bad_name"),
        ("blank", replace(NAMED, name="x" * 61), "name", "bad_name"),
        ("blank", replace(NAMED, name="{{7*7}}"), "name", "bad_name"),
        ("blank", replace(NAMED, name="not"), "name", "reserved"),
        ("blank", replace(NAMED, name="loop"), "name", "reserved"),
        ("blank", replace(NAMED, name="villages"), "name", "list_mix"),
        ("blank", replace(NAMED, name="city"), "name", "taken"),
        ("villages", replace(NAMED, name=""), "name", "needed"),
        ("blank", replace(NAMED, label=(" ", "")), "label", "needed"),
        ("blank", replace(NAMED, label=("а" * 201, "")), "label", "too_long"),
        ("blank", replace(NAMED, help=("а" * 1001, "")), "help", "too_long"),
        ("blank", replace(NAMED, type="derived"), "type", "unknown"),
        ("blank", replace(NAMED, type="choice", choices=("бир",)), "choices", "too_few"),
        ("blank", replace(NAMED, type="choice", choices=tuple(map(str, range(201)))), "choices", "too_many"),
        ("villages", replace(NAMED, name="villages", type="choice"), "type", "unknown"),
        ("blank", replace(NAMED, case="ablt"), "case", "unknown"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_blank(work: Work, field: str, given: Given, part: str, code: str) -> None:
    key = work.key(field)
    assert work.errors({key: given}) == {(key, part): code}


def test_expressions_keep_texts_attributes_and_filters(tmp_path: Path) -> None:
    work = Work(word([par("Биз, ____ айыл аймагынын / ____ шаарынын жамааты,"), par("Ээси: ____")]), tmp_path)
    source = work.overlay
    text = write_overlay(source).replace("= eesi", "= eesi|gen if eesi != 'eesi' else x.eesi")
    blank = read_blank(work.content, 50_000_000)
    overlay = read_overlay(text.encode(), "overlay")
    edits = matched(blank.pars, overlay)[0]
    found = survey(blank.pars, edits, overlay, ())
    spot = next(one for one in found.spots if one.field == "eesi")
    assert spot.fixed
    made = name_spots(blank.pars, edits, overlay, found, {spot.key: Given("gen")})
    assert made.errors == {}
    assert made.edits[2].edits[0].what == "gen|gen if gen != 'eesi' else x.eesi"
    assert "gen" in made.overlay.form["fields"]
    assert made.names == {"eesi": "gen"}


@pytest.mark.parametrize(
    ("decision", "city", "aimak"),
    [("", ["- мэр;"], ["- башчы;"]), ("both", ["- мэр;", "- башчы;"], ["- мэр;", "- башчы;"])],
)
def test_a_place_can_be_for_both_kinds(tmp_path: Path, decision: str, city: list[str], aimak: list[str]) -> None:
    lines = ["Бул ____ шаардын / айылдык аймактын тизмеси:", "- шаардын мэри;", "- айыл өкмөтүнүн башчысы;", "соңу."]
    work = Work(word([par(one) for one in lines]), tmp_path)
    blank, edits, found = work.opened()
    notes = [one for one in found.notes if one.reason == "one_kind"]
    assert len(notes) == 2
    changed, units = decide(blank.pars, edits, work.overlay.units, [(one, decision) for one in notes])
    whole = replace(work.overlay, units=units, paragraphs=aligned(blank.pars, changed))
    imported(work.content, tmp_path, write_overlay(whole).encode())
    for kind, wanted in (("city", city), ("aiyl_aimak", aimak)):
        told = [line for line in work.lines({"municipality_kind": kind, **_any(work)}) if line.startswith("-")]
        assert len(told) == len(wanted)


def _any(work: Work) -> dict[str, str]:
    return {spot.field: "Үлгү" for spot in work.survey().spots if spot.field}


def test_a_section_says_what_must_be_answered(work: Work) -> None:
    text = write_overlay(work.overlay).replace("    - blank\n", "    - {name: blank, required: false}\n")
    imported(work.content, work.folder, text.encode())
    assert "blank" not in work.survey().required
    given = Given("blank", details=True, label=("Бош", ""), required=False)
    assert not work.name({work.key("blank"): given}).form.fields["blank"].required
    assert work.name({work.key("blank"): replace(given, name="kept", required=True)}).form.fields["kept"].required


def test_a_note_can_stay(work: Work) -> None:
    blank, edits, found = work.opened()
    changed, _units = decide(blank.pars, edits, {}, [(found.notes[0], "keep")])
    whole = replace(work.overlay, paragraphs=aligned(blank.pars, changed))
    imported(work.content, work.folder, write_overlay(whole).encode())
    answers = {**KIND, "municipality_name": "Үлгү", "villages": ["Бир"], "bir_nerse": "а", "blank": "б"}
    assert "Бир нерсе а деп аталат (муну жазып толтуруңуз)." in work.lines({**answers, "date": "2026-05-05"})


def test_controls_of_word_keep_what_they_offer(tmp_path: Path) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="Суу"/><w:showingPlcHdr/><w:dropDownList>'
        '<w:listItem w:displayText="көл" w:value="1"/><w:listItem w:displayText="дарыя" w:value="2"/>'
        "</w:dropDownList></w:sdtPr><w:sdtContent>" + run("Тандаңыз") + "</w:sdtContent></w:sdt>"
    )
    work = Work(word([f"<w:p>{run('Суусу: ')}{control}</w:p>"]), tmp_path)
    spot = work.survey().spots[0]
    assert [one["value"] for one in work.survey().fields[spot.field]["choices"]] == ["көл", "дарыя"]
    given = Given("water", details=True, label=("Суу", "Вода"), type="choice", choices=("көл", "дарыя", "булак"))
    work.name({spot.key: given})
    result = fill_form(tmp_path, {"water": "булак"}, Language.KY)
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        assert "Суусу: булак" in "".join(etree.fromstring(archive.read("word/document.xml")).itertext())
