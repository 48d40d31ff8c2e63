"""The kinds of doubtful names that docs/forms.md lists are those that the program asks about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.language.kyrgyz import doubtful
from kb.language.russian import doubtful as doubtful_russian

DOCS = (Path(__file__).parents[2] / "docs" / "forms.md").read_text()
_NAME = re.compile(r"`([^`a-z_.]*[А-ЯЁӨҮҢа-яёөүңҚZXVI][^`_]*)`")
TOLD = DOCS[DOCS.index("## Case forms") :].split("\n## ", 2)[0]
TABLE = [line for line in TOLD.split("\n") if line.startswith("|")][2:]
KINDS = [(line.split("|")[1].strip(), name) for line in TABLE for name in _NAME.findall(line.split("|")[2])]
PLAIN = _NAME.findall(TOLD[TOLD.index("Not asked") : TOLD.index("In Russian")])
RUSSIAN = TOLD[TOLD.index("In Russian") :]
ASKED = _NAME.findall(RUSSIAN[: RUSSIAN.index("not about")])
LEFT = _NAME.findall(RUSSIAN[RUSSIAN.index("not about") : RUSSIAN.index("An adjective made")])


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_kinds_that_are_asked_about(kind: str, name: str) -> None:
    assert doubtful(name), kind


@pytest.mark.parametrize("name", PLAIN)
def test_names_that_are_not_asked_about(name: str) -> None:
    assert not doubtful(name)


def test_every_kind_has_an_example() -> None:
    assert len(TABLE) == len({kind for kind, _ in KINDS}) == 11
    assert len(PLAIN) == 9
    assert len(ASKED) == 5
    assert len(LEFT) == 4


@pytest.mark.parametrize(("name", "asked"), [*((one, True) for one in ASKED), *((one, False) for one in LEFT)])
def test_russian_names(name: str, *, asked: bool) -> None:
    assert doubtful_russian(name) is asked
