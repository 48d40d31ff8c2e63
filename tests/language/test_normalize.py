from __future__ import annotations

import pytest

from kb.language.normalize import fold_kyrgyz, fold_yo, normal, normal_number, one_space


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("МЫЙЗАМ", "мыйзам"),
        ("кеӊеш", "кеңеш"),
        ("cтaтья", "статья"),
        ("oкмoту", "окмоту"),
        ("KP", "кр"),
        ("XIV", "xiv"),
        ("II", "ii"),
        ("Legal", "legal"),
        ("eвpo", "евро"),
        ("öкмöтү", "өкмөтү"),
        ("ке\u00adңеш", "кеңеш"),
        ("ке\u200bңеш", "кеңеш"),
        ("зако\u0301н", "закон"),
        ("и\u0306од", "йод"),
        ("об’ект", "объект"),
        ("с'езд", "съезд"),
        ("Баш\u2011Кайыңды", "баш-кайыңды"),
        ("Учёт", "учёт"),
        ("м²", "м2"),
    ],
)
def test_normal_form_of_a_word(written: str, expected: str) -> None:
    assert normal(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("З09-3", "309-3"),
        ("О1-18", "01-18"),
        ("21¹", "21-1"),
        ("738¹⁰", "738-10"),
        ("21-1", "21-1"),
        ("83-VII", "83-vii"),
    ],
)
def test_normal_form_of_a_number(written: str, expected: str) -> None:
    assert normal_number(written) == expected


def test_folds() -> None:
    assert fold_kyrgyz("өкмөтүнүн Кеңеши") == "окмотунун Кенеши"
    assert fold_yo("утверждён") == "утвержден"
    assert one_space(" а\u00a0\n б\t") == "а б"
