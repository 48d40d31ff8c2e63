"""Families of Russian words."""

from __future__ import annotations

import pytest

from kb.language.russian.families import roots


@pytest.mark.parametrize(
    "family",
    [
        "регистрация регистрировать зарегистрировать регистрационный",
        "наследник наследовать наследство наследственный наследование унаследовать",
        "аренда арендовать арендатор арендный",
        "договориться договорный договор",
        "страхование страховать застраховать страховой страховка",
        "налог налоговый",
        "прописать прописка",
        "депутат депутатский",
        "закон законный законность",
    ],
)
def test_words_of_a_family_share_a_root(family: str) -> None:
    words = family.split()
    assert all(set(roots(words[0])) & set(roots(word)) for word in words)


@pytest.mark.parametrize(
    ("one", "other"),
    [("право", "правительство"), ("суд", "судно"), ("земля", "землетрясение"), ("совет", "совесть"), ("дом", "домен")],
)
def test_others_do_not(one: str, other: str) -> None:
    assert not set(roots(one)) & set(roots(other))


@pytest.mark.parametrize("short", ["", "год", "акт"])
def test_short_words_have_no_family(short: str) -> None:
    assert roots(short) == ()
