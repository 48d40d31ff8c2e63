"""How good an order of answers is, from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def recall(found: Sequence[Item], best: Collection[Item], depth: int) -> float:
    """Share of the best answers among the first ``depth``, of ``depth`` where there are more of them."""
    wanted = min(len(best), depth)
    return min(sum(one in best for one in found[:depth]) / wanted, 1.0) if wanted else 0.0


def success(found: Sequence[Item], best: Collection[Item], depth: int) -> float:
    """1 if any best answer is among the first ``depth``, else 0."""
    return float(any(one in best for one in found[:depth]))


def reciprocal_rank(found: Sequence[Item], best: Collection[Item]) -> float:
    """1 divided by the place of the first best answer, 0 where there is none."""
    return next((1 / place for place, one in enumerate(found, start=1) if one in best), 0.0)


def ndcg(found: Sequence[Item], grades: Mapping[Item, int], depth: int) -> float:
    """Discounted gain of the first ``depth`` by grade, as a share of the best possible."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(one, 0) for one in found[:depth]]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((float(2**grade) - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
