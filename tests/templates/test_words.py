"""Every code that the forms give has words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kb.templates
from kb.language.model import Language
from kb.templates.catalog import list_forms
from kb.templates.model import Problem
from kb.web.form_answers import PROBLEMS, problem_message

ROOM = Path(kb.templates.__file__).parent


def codes() -> set[str]:
    """Codes of problems in the room's code and in its forms' rules."""
    source = "".join((ROOM / name).read_text(encoding="utf-8") for name in ("values.py", "interview.py"))
    found = set(re.findall(r'Problem\([^"()]{1,40}(?:\([^()]*\))?[^"()]{0,20}"([a-z_]+)"[,)]', source))
    return found | {rule.code for form in list_forms() for rule in form.rules}


@pytest.mark.parametrize("language", [Language.KY, Language.RU, Language.EN])
def test_every_code_has_words(language: Language) -> None:
    found = codes()
    assert {"required", "kind_word", "one_of", "bad_date", "proposed", "quorum"} <= found
    assert found <= set(PROBLEMS)
    english = {code: problem_message(Problem("x", code), Language.EN) for code in found}
    for code in found:
        words = problem_message(Problem("x", code), language)
        assert words != code
        assert language is Language.EN or words != english[code]


def test_words_name_the_parameters() -> None:
    problem = Problem("x", "out_of_range", {"least": 1, "most": 9})
    assert problem_message(problem, Language.RU) == "Напишите число от 1 до 9."
    assert (
        problem_message(Problem("x", "wrong_type", {"wanted": "number"}), Language.KY) == "Бул жерге бүтүн сан жазыңыз."
    )
    assert problem_message(Problem("x", "new", {"a": 1}), Language.KY) == "new (a=1)"
