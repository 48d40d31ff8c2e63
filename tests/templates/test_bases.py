"""Legal bases of the shipped forms: each names an act and a provision as they are written, and how sure it is of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import yaml

from kb.documents import STATE_KINDS, Kind, parse_act_uri
from kb.errors import BadForm
from kb.templates.catalog import ACTS, FORMS, IDS, load_form
from kb.templates.model import LegalBasis
from kb.templates.schema import bases
from tests.golden.record import FOLDER

BASES = [(form, basis) for form in IDS for basis in load_form(form).bases]
TODAY = dt.date(2026, 11, 24)
LEVELS = {"article", "clause", "subclause"}
DOCS = Path(__file__).parents[2] / "docs" / "legal-bases.md"

#: Acts that later ones took the place of: the law before № 123, the Water Code before that of 2025.
REPLACED = {(Kind.LAW, dt.date(2011, 7, 15), "101"), (Kind.CODE, dt.date(2005, 1, 12), "8")}


def named(one: tuple[str, LegalBasis]) -> str:
    form, basis = one
    return f"{form}-{basis.clause}-{basis.act.number or basis.act.kind}-{basis.provision}"


@pytest.mark.parametrize(("form", "basis"), BASES, ids=map(named, BASES))
def test_a_basis_names_its_act_as_published(form: str, basis: LegalBasis) -> None:
    act = basis.act
    assert (act.kind, act.date, act.number) not in REPLACED
    named_again = parse_act_uri(act.uri)
    assert (named_again.kind, named_again.uri) == (act.kind, act.uri), form
    if act.kind is Kind.CONSTITUTION:
        assert act.date is not None
    elif act.slug == "":
        assert act.number
        assert act.date is not None
        assert act.date < TODAY
        for words in (basis.title.ky, basis.title.ru):
            assert f"№ {act.number}" in words
            assert str(act.date.year) in words
            assert re.search(rf"\b{act.date.day}\b", words)
    assert basis.title.ky != basis.title.ru


@pytest.mark.parametrize(("form", "basis"), BASES, ids=map(named, BASES))
def test_a_basis_says_what_was_read(form: str, basis: LegalBasis) -> None:
    if basis.provision is None:
        assert basis.to_be_confirmed, form
        assert basis.within == ()
        return
    article = r"[1-9]\d{0,3}(-[1-9]\d?)?"
    clause = r"[1-9]\d?(\.[1-9]\d?){0,2}"
    assert re.fullmatch(article if basis.act.kind in STATE_KINDS else clause, basis.provision)
    assert all(re.fullmatch(r"[1-9]\d?", one) for one in basis.within)
    # A provision whose text was read has the edition that it was read in; one that another act names has none.
    assert (basis.edition is None) is basis.to_be_confirmed
    assert basis.edition is None or (basis.act.date or dt.date.min) <= basis.edition < TODAY


def test_every_act_is_used_and_accounted_for() -> None:
    told = DOCS.read_text()
    listed = yaml.safe_load(ACTS.read_text())
    used = {basis.title.ru for _, basis in BASES}
    assert {act["title"][1] for act in listed.values()} == used
    for form, basis in BASES:
        number, date = basis.act.number, basis.act.date
        if number and date:
            assert f"№ {number}" in told, (form, number)
            assert f"{date:%d.%m.%Y}" in told, (form, number)


def test_every_provision_that_was_read_is_in_the_list_of_sources() -> None:
    told = DOCS.read_text()
    for form, basis in BASES:
        if basis.provision and basis.act.kind in STATE_KINDS:
            place = f"ст. {basis.provision}"
            place += "".join(f" {word} {one}" for word, one in zip(("ч.", "п."), basis.within, strict=False))
            assert f"{place} |" in told or f"{place}," in told, (form, place)


#: Files of the official texts whose units the golden files list, by the act.
FILES = {
    (Kind.CODE, "15"): "civil-code-part-1.ru.pdf",
    (Kind.LAW, "57"): "law-57-2009-registration-of-legal-entities.ru.rtf",
    (Kind.MODEL_CHARTER, None): "model-charter-2022.ky.docx",
    (Kind.ORDER, "279"): "order-model-charter-2022.ky.docx",
}
HELD = [one for one in BASES if (one[1].act.kind, one[1].act.number) in FILES]


@pytest.mark.parametrize(("form", "basis"), HELD, ids=map(named, HELD))
def test_a_provision_is_in_the_official_text(form: str, basis: LegalBasis) -> None:
    golden = FOLDER / f"{FILES[basis.act.kind, basis.act.number]}.json"
    units = [row for row in map(json.loads, golden.read_text().splitlines()) if "eid" in row]
    above = {row["eid"] for row in units if row["level"] in LEVELS and row["number"] == basis.provision}
    assert above, form
    for number in basis.within:
        above = {row["eid"] for row in units if row["parent"] in above and row["number"] == number}
        assert above, form


def test_a_part_without_an_article_is_refused() -> None:
    acts = {"law": {"kind": "law", "number": "0-12", "date": dt.date(2020, 2, 3)}}
    with pytest.raises(BadForm):
        bases({"one": [{"act": "law", "within": ["1"]}]}, acts)
    with pytest.raises(BadForm):
        bases({"one": [{"act": "law", "provision": "1", "within": "1"}]}, acts)


def test_forms_hold_no_acts_of_their_own() -> None:
    for name in IDS:
        assert "acts" not in yaml.safe_load((FORMS / name / "form.yaml").read_text())
