from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.search.packing import pack, unpack

KYRGYZ = "Жергиликтүү өз алдынча башкаруу — «кеңеш» № 5"


def test_letters_take_one_byte() -> None:
    assert len(pack([KYRGYZ])) == len(KYRGYZ) + 4


@given(st.lists(st.text() | st.none() | st.integers()))
def test_all_comes_back(values: list[object]) -> None:
    assert unpack(pack(values)) == values


def test_halves_of_characters_come_back() -> None:
    assert unpack(pack(["\ud800", "😀", "\ufffe"])) == ["\ud800", "😀", "\ufffe"]
