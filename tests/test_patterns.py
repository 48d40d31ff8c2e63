"""Regular expressions that every Python from 3.11.0 on reads alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: ``(…)*+`` and its kin: read wrongly before Python 3.11.5 where the group can backtrack.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\{?[0-9, ]{1,8}\}?\})\+")


@pytest.mark.parametrize("path", sorted((ROOT / "kb").rglob("*.py")), ids=lambda path: path.name)
def test_no_group_repeats_possessively(path: Path) -> None:
    found = [line for line in path.read_text("utf-8").splitlines() if '"' in line and POSSESSIVE_GROUP.search(line)]
    assert not found


def test_the_pattern_finds_what_it_forbids() -> None:
    assert all(POSSESSIVE_GROUP.search(text) for text in ("(?:ab)*+", "(a)?+", "(a){0,4}+", "(a){{0,4}}+"))
    assert not any(POSSESSIVE_GROUP.search(text) for text in ("[ab]*+", r"\d++", "(a)+", "(a){2}b"))
