from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.storage.collation import ALPHABET, sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Ош", "Өзгөн", "Панфилов"],
        ["Нарын", "Ңак", "Оштун"],
        ["уй", "үй", "фонд"],
        ["ел", "ёлка", "жер"],
        ["2-бөлүм", "10-бөлүм", "Бөлүм"],
        ["№ 9", "№ 12", "№ 127"],
        ["12", "12-1", "12-2", "12-10", "13"],
        ["Charter", "Айыл"],
        ["айыл", "айыл өкмөтү", "айылдык"],
    ],
)
def test_order_of_the_alphabet(ordered: list[str]) -> None:
    keys = [sort_key(text) for text in ordered]
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Кеңеш» жөнүндө", "КЕҢЕШ ЖӨНҮНДӨ"),
        ("Кеӊеш", "Кеңеш"),
        ("и\u0306ри", "йри"),
        ("айыл  өкмөтү", "айыл-өкмөтү"),
        ("007", "7"),
    ],
)
def test_what_does_not_count(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_letters_keep_the_order_of_the_alphabet() -> None:
    assert sorted(ALPHABET, key=sort_key) == list(ALPHABET)


def test_nothing_to_sort_by() -> None:
    assert sort_key("«…»") == ""


@given(st.text())
def test_any_text_gives_a_bounded_key(text: str) -> None:
    assert len(sort_key(text)) <= 200


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_compare_by_value(one: int, other: int) -> None:
    assert (sort_key(str(one)) < sort_key(str(other))) is (one < other)
