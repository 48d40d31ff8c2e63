"""Sequences of keys that an index knows as one word."""

from __future__ import annotations

import pytest

from kb.search.compounds import Compounds, compound

KNOWN = Compounds([("а", "б"), ("а", "б", "в"), ("б", "а"), ("г",)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("а б", ["а б"]),
        ("х а б х", ["а б"]),
        ("а х б", ["а б"]),
        ("а х х б", []),
        ("а б в", ["а б", "а б в"]),
        ("а х б в", ["а б", "а б в"]),
        ("а х б х в", ["а б"]),
        ("б а б", ["а б", "б а"]),
        ("а а б", ["а б"]),
        ("г", []),
        ("а", []),
        ("", []),
    ],
)
def test_what_a_text_has(text: str, found: list[str]) -> None:
    assert sorted(map(compound, KNOWN.inside(text.split()))) == found


def test_the_same_when_read_again() -> None:
    again = Compounds.load(KNOWN.dump())
    assert ("а", "б") in again
    assert ("г",) not in again
    assert ("в", "а") not in again
    assert again.inside(["а", "б", "в"]) == {("а", "б"), ("а", "б", "в")}


@pytest.mark.parametrize("damaged", [b"", b"{", b"7", b"\xff"])
def test_a_damaged_table_is_told(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Compounds.load(damaged)
