from __future__ import annotations

import pytest

from kb.language.russian import known, lemma


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("статья", "статья статьи статьями статей"),
        ("закон", "закон закона законами"),
        ("уполномоченный", "уполномоченный уполномоченного уполномоченные"),
        ("кенеш", "кенеш кенеша кенешей кенешу"),
        ("айыл", "айыл айыла"),
        ("айылный", "айылный айылного айылных"),
        ("жамаат", "жамаат жамаата"),
        ("утвердить", "утвердить утвердил утвердят"),
        ("учет", "учёт учёта учета"),
        ("план-график", "план-график плана-графика"),
        ("мсу", "мсу"),
        ("гк", "гк"),
        ("ссср", "ссср"),
    ],
)
def test_forms_share_a_lemma(key: str, forms: str) -> None:
    assert {form: lemma(form) for form in forms.split()} == dict.fromkeys(forms.split(), key)


def test_dictionary() -> None:
    assert known("закона")
    assert not known("мыйзамдын")
