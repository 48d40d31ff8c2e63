"""Citations of a text followed through a library."""

from __future__ import annotations

import pytest

from kb.citations.resolve import State
from kb.errors import UnknownAct
from kb.language.model import Language
from kb.storage.repository import Library
from kb.usecases.citing import LibraryLookup, cite_text, context_of, resolve_text
from kb.web.citing import cite_answer
from tests.web import documents


def test_a_text_and_its_own_act(acts: Library) -> None:
    text = "По статье 2 настоящего Закона (статья 4) и статье 99 Закона № 0-98."
    context = context_of(acts, documents.LAW, language=Language.RU)
    found = cite_text(text, acts, language=Language.RU, context=context)
    assert [one.resolved.state for one in found] == [State.EXACT, State.EXACT, State.UNKNOWN]
    assert [one.resolved.state for one in cite_text(text, acts)] == [State.UNKNOWN] * 3


def test_the_answer_has_the_shape_of_the_contract(acts: Library) -> None:
    text = "Согласно пунктам 1 и 2 статьи 2 Закона от 3 февраля 2020 года № 0-12"
    answer = cite_answer(text, cite_text(text, acts)).model_dump(mode="json")
    (item,) = answer["citations"]
    assert {"start", "end", "text", "role", "act", "units", "resolved"} == set(item)
    assert (item["text"], item["role"], item["resolved"]) == (text[9:], "named", "exact")
    assert (item["act"]["uri"], item["act"]["kind"], item["act"]["number"]) == (documents.LAW, "law", "0-12")
    assert [unit["eids"] for unit in item["units"]] == [["art_2__point_1"], ["art_2__point_2"]]
    assert [text[unit["start"] : unit["end"]] for unit in item["units"]] == ["1", "2"]
    assert item["units"][1]["path"] == [
        {"level": "article", "number": "2", "until": None},
        {"level": "point", "number": "2", "until": None},
    ]


def test_unknown_acts(acts: Library) -> None:
    with pytest.raises(UnknownAct):
        context_of(acts, "/akn/kg/act/law/1999-01-01/1")
    assert LibraryLookup(acts).edition("/akn/kg/act/law/1999-01-01/1") is None
    assert resolve_text("просто слова", acts) is None
