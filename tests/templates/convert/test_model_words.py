"""Words of the blank itself that no answer changes, in the preview."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.language.model import Language
from kb.templates.interview import check_answers
from kb.templates.model import Clause
from kb.templates.preview import preview
from kb.web.views.remarks import clause_remarks, document_remarks
from tests.templates.convert.blanks import imported, par, run, word

YELLOW = '<w:highlight w:val="yellow"/>'
BODY = [
    par("1. Башы"),
    par("1.1. Биз, ____ айыл аймагынын / ____ шаарынын жамааты."),
    par("2. Кызмат"),
    par("2.1. ", run("Айыл ", "<w:b/>"), run("өкмөтү", "<w:b/>"), run(" иштейт.")),
    par("3. Аягы"),
    par("3.1. ", run("Белгиленген", YELLOW), run(" сөз.")),
]


def clauses(folder: Path, kind: str) -> dict[str, Clause]:
    form = imported(word(BODY), folder).form
    answers = {"municipality_kind": kind, "municipality_name": "Үлгү"}
    checked = check_answers(form, answers, (Language.KY,))
    return {one.number: one for one in preview(form, checked, Language.KY, answers).clauses}


def test_words_of_the_other_kind_are_marked_in_their_clause(tmp_path: Path) -> None:
    town = clauses(tmp_path, "city")["2"]
    assert '<mark class="model">Айыл өкмөтү</mark>' in town.html.replace("<strong>", "").replace("</strong>", "")
    assert [one.code for one in town.remarks] == ["model_words"]
    assert clause_remarks(town.remarks, Language.RU) == ("«Айыл өкмөтү»: других слов образец здесь не даёт",)
    aimak = clauses(tmp_path, "aiyl_aimak")["2"]
    assert "mark" not in aimak.html
    assert aimak.remarks == ()


@pytest.mark.parametrize("kind", ["city", "aiyl_aimak"])
def test_what_the_author_highlighted_is_no_remark(tmp_path: Path, kind: str) -> None:
    last = clauses(tmp_path, kind)["3"]
    assert "Белгиленген сөз." in last.html
    assert "mark" not in last.html


def test_remarks_stand_in_the_order_of_the_document(tmp_path: Path) -> None:
    lines = ["1. Башы", "1.1. Биз, ____ айыл аймагынын / ____ шаарынын жамааты."]
    lines += [line for n in (2, 10, 9) for line in (f"{n}. Кызмат", f"{n}.1. Айыл өкмөтү иштейт.")]
    form = imported(word([par(one) for one in lines]), tmp_path).form
    answers = {"municipality_kind": "city", "municipality_name": "Үлгү"}
    told = document_remarks(check_answers(form, answers, (Language.KY,)).warnings, Language.KY)
    assert [number for number, _words in told] == ["2.1", "9.1", "10.1"]
