"""Kyrgyz case forms, and the phrases to ask about, written by somebody who had not seen the grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.language.kyrgyz import decline, doubtful

HERE = Path(__file__).parent
CASES = ("gen", "dat", "acc", "loc", "abl")


def rows(name: str) -> list[list[str]]:
    """The rows of a tab-separated file, without its comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


PHRASES = rows("kyrgyz-cases.tsv")
DOUBTFUL = rows("kyrgyz-doubtful.txt")
FORMS = [(row[0], case, form) for row in PHRASES for case, form in zip(CASES, row[1:], strict=True)]


@pytest.mark.parametrize(("phrase", "case", "form"), FORMS, ids=[f"{phrase}-{case}" for phrase, case, _ in FORMS])
def test_form(phrase: str, case: str, form: str) -> None:
    assert decline(phrase, case) == form


@pytest.mark.parametrize("phrase", [row[0] for row in DOUBTFUL])
def test_a_person_is_asked(phrase: str) -> None:
    assert doubtful(phrase)


@pytest.mark.parametrize("phrase", [row[0] for row in PHRASES if not (row[0].isalpha() and row[0].isupper())])
def test_a_person_is_not_asked_in_vain(phrase: str) -> None:
    """An abbreviation alone may be asked about even when it has one reading."""
    assert not doubtful(phrase)


def test_the_lists_are_whole() -> None:
    assert len({row[0] for row in PHRASES}) == len(PHRASES) >= 40
    assert len({row[0] for row in DOUBTFUL}) == len(DOUBTFUL) >= 15
    assert all(len(row) == 2 and row[1] for row in DOUBTFUL)
