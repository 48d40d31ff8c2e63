"""Sidecars: what they may say, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kb.documents import ActReference, Kind, Metadata, Status
from kb.errors import BadSidecar
from kb.ingest.sidecar import Hints, hints_beside, read_sidecar, sidecar_of
from kb.language.model import Language

FULL = """
act: /akn/kg/act/law/2021-01-02/0-12
kind: law
title: {ky: "Үлгү  мыйзамы", ru: Закон Үлгү}
lang: ky
number: 0-12
date: 2021-01-02
edition_date: 2022-03-04
status: repealed
status_by: {kind: law, date: 2023-05-06, number: 0-13}
official: true
topics: [lsg-basis]
audience: [staff]
hours: 2
"""


def test_all_fields_are_read() -> None:
    hints = read_sidecar(FULL)
    assert hints == Hints(
        act="/akn/kg/act/law/2021-01-02/0-12",
        kind=Kind.LAW,
        titles={Language.KY: "Үлгү мыйзамы", Language.RU: "Закон Үлгү"},
        lang=Language.KY,
        number="0-12",
        date=dt.date(2021, 1, 2),
        edition_date=dt.date(2022, 3, 4),
        status=Status.REPEALED,
        status_by=ActReference(Kind.LAW, dt.date(2023, 5, 6), "0-13"),
        official=True,
        topics=("lsg-basis",),
        audience=("staff",),
        hours=2,
    )


def test_an_empty_sidecar_says_nothing() -> None:
    assert read_sidecar("") == Hints()
    assert read_sidecar("# only a comment\n") == Hints()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("kind: ukase", "kind"),
        ("unheard: 1", "unheard"),
        ("date: yesterday", "date"),
        ("topics: [cooking]", "topics.0"),
        ("act: https://example.org/x", "act"),
        ("act: /akn/kg/act/law/../../x", "act"),
        ("hours: -1", "hours"),
        ("title: Үлгү", "title"),
        ("- a\n- b", ""),
        ("title: [unclosed", ""),
        ("a: &a [*a]", "a"),
        ("x: !!python/object/apply:os.getcwd []", ""),
    ],
)
def test_what_does_not_fit_is_refused_and_named(text: str, field: str) -> None:
    with pytest.raises(BadSidecar) as caught:
        read_sidecar(text, "x.yaml")
    assert caught.value.params["name"] == "x.yaml"
    assert caught.value.params["field"] == field


def test_the_command_line_stands_over_the_sidecar() -> None:
    line = Hints(kind=Kind.ORDER, titles={Language.RU: "Сверху"}, official=False)
    joined = line.over(read_sidecar(FULL))
    assert joined.kind is Kind.ORDER
    assert joined.official is False
    assert joined.titles == {Language.KY: "Үлгү мыйзамы", Language.RU: "Сверху"}
    assert joined.number == "0-12"


def test_hints_stand_over_what_was_read() -> None:
    read = Metadata(kind=Kind.OTHER, title="прочитано", number="7", titles={Language.RU: "читано"})
    told = Hints(kind=Kind.LAW, titles={Language.KY: "Айтылган"}).onto(read, Language.KY)
    assert (told.kind, told.title, told.number, told.titles) == (Kind.LAW, "Айтылган", "7", {Language.RU: "читано"})


def test_equal_hints_have_equal_fingerprints() -> None:
    one = Hints(titles={Language.KY: "а", Language.RU: "б"})
    other = Hints(titles={Language.RU: "б", Language.KY: "а"})
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != Hints(titles={Language.KY: "а"}).fingerprint


def test_a_sidecar_is_found_by_either_name(tmp_path: Path) -> None:
    file = tmp_path / "акт.docx"
    assert sidecar_of(file) is None
    assert hints_beside(file) == Hints()
    (tmp_path / "акт.yaml").write_text("number: '1'")
    assert hints_beside(file).number == "1"
    (tmp_path / "акт.docx.yaml").write_text("number: '2'")
    assert hints_beside(file).number == "2"


def test_an_endless_sidecar_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"# " + b"x" * 100_000)
    with pytest.raises(BadSidecar):
        hints_beside(tmp_path / "a.txt")
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BadSidecar):
        hints_beside(tmp_path / "a.txt")
