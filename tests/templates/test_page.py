"""The plain HTML page of a filled document."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.interview import check_answers
from kb.templates.page import page
from tests.templates.answers import AIMAK, COMPANIONS, KY, RU, TOWN, charter


@pytest.mark.parametrize("language", [KY, RU])
def test_a_charter_as_a_page(language: Language) -> None:
    form = load_form("charter")
    told = page(form, check_answers(form, TOWN, (language,)), language)
    tree = html.document_fromstring(told.encode())
    assert tree.get("lang") == language
    assert [one.text_content() for one in tree.iter("h3")][-1].startswith("41. ")
    assert len(list(tree.iter("h2"))) == 8
    assert len(tree.find("body").find("footer").text_content()) > 20
    assert "279" in tree.find("body").find("footer").text_content()
    assert not re.search("<mark|<script|http|[\ue000-\uf8ff]", told)
    lines = [one.text_content() for one in tree.iter("p", "h2", "h3")]
    assert [line for line in lines if line] == [line for line in charter(TOWN, language).split("\n")[:-2] if line]


def test_hostile_words_are_escaped_on_it() -> None:
    form = load_form("assembly-protocol")
    more: dict[str, Any] = {**COMPANIONS[form.id], "attendees": "<script>alert(1)</script> & <mark>"}
    answers = {name: one for name, one in {**AIMAK, **more}.items() if name in form.fields}
    told = page(form, check_answers(form, answers, (KY,)), KY)
    assert "<script" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;mark&gt;" in told
    assert "______________" in told


def test_errors_forbid_it() -> None:
    form = load_form("charter")
    with pytest.raises(ValueError, match="municipality_kind"):
        page(form, check_answers(form, {}, (KY,)), KY)
