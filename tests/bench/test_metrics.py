from __future__ import annotations

import pytest

from kb.bench.metrics import ndcg, recall, reciprocal_rank, success


@pytest.mark.parametrize(
    ("found", "best", "depth", "share"),
    [
        ("abc", "a", 5, 1.0),
        ("abc", "cx", 5, 0.5),
        ("abc", "c", 2, 0.0),
        ("abc", "abcxyz", 3, 1.0),
        ("", "a", 5, 0.0),
        ("abc", "", 5, 0.0),
    ],
)
def test_recall(found: str, best: str, depth: int, share: float) -> None:
    assert recall(found, best, depth) == share


def test_success_and_reciprocal_rank() -> None:
    assert (success("abc", "xc", 3), success("abc", "xc", 2)) == (1.0, 0.0)
    assert (reciprocal_rank("abc", "bc"), reciprocal_rank("abc", "x")) == (0.5, 0.0)


def test_ndcg_weighs_grades_and_places() -> None:
    grades = {"a": 2, "b": 1}
    assert ndcg("ab", grades, 10) == 1.0
    assert 0.0 < ndcg("ba", grades, 10) < 1.0
    assert ndcg("xb", grades, 10) < ndcg("bx", grades, 10) < ndcg("xa", grades, 10)
    assert ndcg("ab", {}, 10) == 0.0
