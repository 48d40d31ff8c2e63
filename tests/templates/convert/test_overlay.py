from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.errors import BadForm
from kb.language.model import Language
from kb.templates.convert.overlay import (
    Overlay,
    ParEdits,
    overlay_for,
    read_edit,
    read_overlay,
    shipped_overlays,
    write_overlay,
)
from kb.templates.convert.words import hash_of, number_of
from kb.usecases.fill import fill_form
from tests.templates.convert.blanks import imported, par, texts, word


@pytest.mark.parametrize(
    "told",
    [
        "3 = municipality_name",
        "3-4 if city",
        "3-4 if not city else 6-7",
        "3 if city else 5",
        "5-9 drop",
        "5 keep",
        "5-6 model",
        "5-6 model if city",
        "5-7 stale 27.2",
        "5-7 ref 27.2",
        "5 = ';' if not loop.last else '.'",
    ],
)
def test_an_edit_is_written_as_it_is_read(told: str) -> None:
    assert str(read_edit(told, "")) == told


@pytest.mark.parametrize(
    "told",
    ["", "x drop", "4-3 drop", "0 drop", "3 =", "3 if", "3 drop it", "3 if city else 0", "3 ref x", "9" * 6 + " drop"],
)
def test_what_is_no_edit_is_refused(told: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_edit(told, "overlay: here")
    assert refused.value.params["where"] == "overlay: here"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Төрага:  ____", "Төрага: ______________", True),
        ("«Үлгү» – аты", "“Үлгү” - аты", True),
        ("кеӊеш\u00a0", " кеңеш", True),
        ("Төрага: ____", "Катчы: ____", False),
        ("Үлгү", "үлгү", False),
    ],
)
def test_hashes_see_words_alone(one: str, other: str, same: bool) -> None:
    assert (hash_of(one) == hash_of(other)) is same


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24. Эреже", "24"),
        (" \t24.1. Эреже", "24.1"),
        ("10.1.Жергиликтүү", "10.1"),
        ("27.5.1. суу", "27.5.1"),
        ("IV. Бөлүм", "IV"),
        ("2022-жылы", ""),
        ("12.12.2022-ж.", ""),
        ("5-7 адам", ""),
        ("", ""),
    ],
)
def test_numbers_of_units(text: str, number: str) -> None:
    assert number_of(text) == number


def overlay(*paragraphs: ParEdits, **more: object) -> bytes:
    form = {
        "title": ["Үлгү", "Пример"],
        "official": True,
        "sections": [{"id": "all", "title": ["Баары", "Все"], "fields": ["task", "with_water"]}],
        "fields": {
            "task": {"type": "text", "label": ["Милдет", "Задача"]},
            "with_water": {
                "type": "choice",
                "label": ["Суу", "Вода"],
                "choices": [{"value": "yes", "label": "Ооба"}, {"value": "no", "label": "Жок"}],
            },
        },
    }
    known = frozenset(one.hash for one in paragraphs)
    return write_overlay(Overlay("test", Language.KY, form, known=known, paragraphs=paragraphs, **more)).encode()  # type: ignore[arg-type]


LINES = [
    "1. Милдет",
    "1.1. Топтун милдети ____ (муну жазыңыз).",
    "2. Суу",
    "2.1. Суу ичилет.",
    "3. Аягы",
    "3.1. Бул 2.1-пунктка жана 9.9-пунктка караштуу.",
]


def edits(line: int, *told: str, when: str = "") -> ParEdits:
    return ParEdits("", hash_of(LINES[line]), tuple(read_edit(one, "") for one in told), when)


def test_units_left_out_renumber_the_rest_and_references(tmp_path: Path) -> None:
    given = overlay(
        edits(1, "7 = task", "8-11 drop"),
        edits(5, "12-14 stale 9.9"),
        units={"2": "with_water == 'yes'"},
    )
    found = imported(word([par(one) for one in LINES]), tmp_path, given)
    assert (found.overlay, found.blanks, found.named) == ("test", 1, 1)
    for water, wanted in (("yes", "3. Аягы"), ("no", "2. Аягы")):
        result = fill_form(tmp_path, {"task": "иш", "with_water": water}, Language.KY)
        assert result.docx
        told = texts(result.docx)
        assert told[1] == "1.1. Топтун милдети иш."
        assert told[-2] == wanted
        assert told[-1].startswith(wanted[0] + ".1. Бул")
        stale = [(one.params["clause"], one.params["words"]) for one in result.warnings]
        assert stale == [("3.1", "9.9" if water == "yes" else "9.9, 2.1")]


def test_references_follow_their_units(tmp_path: Path) -> None:
    given = overlay(edits(1, "7 = task"), units={"2": "with_water == 'yes'"})
    more = ["4. Дагы", "4.1. Ушул уставдын 3.1. пунктуна, Кодекстин 3.1-пунктуна жана 1.1-пунктка ылайык."]
    imported(word([par(one) for one in (*LINES, *more)]), tmp_path, given)
    result = fill_form(tmp_path, {"task": "иш", "with_water": "no"}, Language.KY)
    assert result.docx
    assert texts(result.docx)[-1] == "3.1. Ушул уставдын 2.1. пунктуна, Кодекстин 3.1-пунктуна жана 1.1-пунктка ылайык."


def test_a_paragraph_that_is_not_there_is_told(tmp_path: Path) -> None:
    given = overlay(edits(1, "7 = task"), ParEdits("7", hash_of("жок"), (), drop=True))
    found = imported(word([par(LINES[1])]), tmp_path, given)
    assert [(one.where, one.reason) for one in found.unsure] == [("7", "overlay_paragraph"), ("", "differs")]
    assert not found.form.official


def test_strange_paragraphs_are_proposed_for(tmp_path: Path) -> None:
    given = overlay(edits(1, "7 = task"))
    found = imported(word([par(LINES[1]), par("Төрага: ____")]), tmp_path, given)
    assert (found.blanks, found.found) == (2, 2)
    assert "chairperson" in found.form.fields


@pytest.mark.parametrize(
    "wrong",
    [
        b"- 1",
        b"lang: xx",
        b"lang: ky\nparagraphs: [{hash: zz}]",
        b"lang: ky\nparagraphs: [{hash: aaaaaaaaaaaa, text: x}]",
        b"lang: ky\nlike: nothing",
        b"&a [*a, *a]: {",
    ],
)
def test_an_overlay_that_does_not_fit_is_refused(tmp_path: Path, wrong: bytes) -> None:
    with pytest.raises(BadForm):
        imported(word([par("____")]), tmp_path, wrong)


@pytest.mark.parametrize("edit", ["1 = ''.__class__", "1 = nothing", "1 = open('x')", "1 if city.__init__", "99 drop"])
def test_an_overlay_that_would_run_code_is_refused(tmp_path: Path, edit: str) -> None:
    with pytest.raises(BadForm):
        imported(word([par(LINES[1])]), tmp_path, overlay(edits(1, edit)))


def test_shipped_overlays_hold_no_text() -> None:
    for one in shipped_overlays():
        text = write_overlay(Overlay("", one.language, {}, known=one.known, units=one.units, paragraphs=one.paragraphs))
        assert set(re.findall(r"[А-Яа-яӨөҮүҢңЁё]+", text)) <= {"шаар", "мэри"}
    assert overlay_for(["000000000000"]) is None


def test_reading_gives_what_was_written() -> None:
    for one in shipped_overlays():
        assert read_overlay(write_overlay(one).encode(), "x") == one
