from __future__ import annotations

import pytest

from kb.language.keyboard import relayout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cnfnmz 12", "статья 12"),
        ("vsqpfv", "мыйзам"),
        ("fqsk jrvjne", "айыл окмоту"),
        ("j,kfcnm", "область"),
        ("cnfnm.", "статью"),
        ("pfrjy, rjltrc", "закон, кодекс"),
        ("дфц", "law"),
        ("123", None),
        ("", None),
        ("закон law", None),
        ("xyz qqqqq", None),
    ],
)
def test_other_layout(typed: str, meant: str | None) -> None:
    assert relayout(typed) == meant
