from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.transliterate import slugify, transliterate


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("О порядке проверки № 12", "o-poriadke-proverki-12"),
        ("Жергиликтүү жамааттын уставы", "zhergiliktuu-zhamaattyn-ustavy"),
        ("Үлгү айылдык кеңеши", "ulgu-aiyldyk-keneshi"),
        ("кеӊеш", "kenesh"),
        ("Объект, подъезд: съёмка", "obekt-podezd-semka"),
        ("Щётка и цех", "shchetka-i-tsekh"),
        ("cтатья", "statia"),
        ("01-18/48", "01-18-48"),
        ("м² и 21¹", "m2-i-211"),
        ("Café Zürich", "cafe-zurich"),
        ("  —  ", ""),
        ("", ""),
        ("日本", ""),
    ],
)
def test_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_long_name_is_cut_behind_a_word() -> None:
    slug = slugify("кеңеш " * 40)
    assert slug == "-".join(["kenesh"] * 11)
    assert slugify("а" * 200) == "a" * 80


def test_letters_keep_their_order() -> None:
    assert transliterate("Шайлоо жана ЫЙГАРЫМ") == "shailoo zhana yigarym"


@given(st.text(max_size=300))
def test_any_text_gives_a_slug_of_an_address(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slugify(text))
    assert len(slugify(text)) <= 80
