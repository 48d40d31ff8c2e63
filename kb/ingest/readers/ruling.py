"""Ruled tables of a page: the lines drawn around cells, and which cell a place is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Left, bottom, right, top of something drawn, in points.
Box = tuple[float, float, float, float]

_THIN = 3.0
_NEAR = 3.0
_SHORTEST = 4.0
_MOST = 600


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight line: ``at`` is its height or its distance from the left, ``start`` and ``end`` its extent."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its rules, rows counted from the top, columns from the left.

    Attributes:
        across: heights of its horizontal rules with their extent, from the top.
        down: places of its vertical rules with their extent, from the left.
    """

    across: tuple[_Rule, ...]
    down: tuple[_Rule, ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell around a place, None where the place is outside; merged cells have their first."""
        above = [rule for rule in self.across if rule.at > y and rule.start - _NEAR <= x <= rule.end + _NEAR]
        below = any(rule.at <= y and rule.start - _NEAR <= x <= rule.end + _NEAR for rule in self.across)
        left = [rule for rule in self.down if rule.at <= x + _NEAR and rule.start - _NEAR <= y <= rule.end + _NEAR]
        right = any(rule.at > x and rule.start - _NEAR <= y <= rule.end + _NEAR for rule in self.down)
        if not above or not below or not left or not right:
            return None
        return _index(self.across, above[-1].at), _index(self.down, left[-1].at)

    def cuts(self, left: float, right: float, y: float) -> list[float]:
        """Vertical rules that a line of text from ``left`` to ``right`` at a height crosses."""
        return [rule.at for rule in self.down if left < rule.at < right and rule.start - _NEAR <= y <= rule.end + _NEAR]


def _index(rules: Sequence[_Rule], at: float) -> int:
    """Ordinal of a rule among the distinct places of rules."""
    places: list[float] = []
    for rule in rules:
        if not places or abs(rule.at - places[-1]) > _NEAR:
            places.append(rule.at)
        if rule.at == at:
            break
    return len(places) - 1


def turned(box: Box, turn: int) -> Box:
    """A box as displayed on a page turned by quarters, its origin moved but not its size."""
    left, bottom, right, top = box
    if turn == 0:
        return box
    if turn == 2:
        return -right, -top, -left, -bottom
    return (bottom, -right, top, -left) if turn == 1 else (-top, left, -bottom, right)


def find_grids(boxes: Iterable[Box]) -> tuple[Grid, ...]:
    """Ruled tables of a page.

    Args:
        boxes: what is drawn on the page, pictures and letters left out: thin boxes are lines, others frames.

    Returns:
        Tables from the top; lines that cross no others, frames around a single cell and drawings of very many lines
        are none.
    """
    across: list[_Rule] = []
    down: list[_Rule] = []
    for left, bottom, right, top in boxes:
        width, height = right - left, top - bottom
        if height <= _THIN and width >= _SHORTEST:
            across.append(_Rule((top + bottom) / 2, left, right))
        elif width <= _THIN and height >= _SHORTEST:
            down.append(_Rule((left + right) / 2, bottom, top))
        elif width > _SHORTEST and height > _SHORTEST:
            across += [_Rule(top, left, right), _Rule(bottom, left, right)]
            down += [_Rule(left, bottom, top), _Rule(right, bottom, top)]
        if len(across) + len(down) > 20 * _MOST:
            return ()
    across, down = _joined(across), _joined(down)
    if len(across) < 2 or len(down) < 3 or len(across) + len(down) > _MOST:
        return ()
    return _grids(across, down)


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    """Rules with the pieces of one line put together."""
    found: list[_Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.at / _NEAR), one.start)):
        last = found[-1] if found else None
        if last and abs(last.at - rule.at) <= _NEAR and rule.start <= last.end + _NEAR:
            found[-1] = _Rule(last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _grids(across: Sequence[_Rule], down: Sequence[_Rule]) -> tuple[Grid, ...]:
    """Groups of rules that touch, each a table if it has at least two columns."""
    group = list(range(len(across) + len(down)))

    def head(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for upright, rule in enumerate(down, len(across)):
        for flat, other in enumerate(across):
            touches = other.start - _NEAR <= rule.at <= other.end + _NEAR
            if touches and rule.start - _NEAR <= other.at <= rule.end + _NEAR:
                group[head(upright)] = head(flat)
    members: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for index in range(len(group)):
        flats, uprights = members.setdefault(head(index), ([], []))
        if index < len(across):
            flats.append(across[index])
        else:
            uprights.append(down[index - len(across)])
    grids = [
        Grid(tuple(sorted(flats, key=lambda rule: -rule.at)), tuple(sorted(uprights, key=lambda rule: rule.at)))
        for flats, uprights in members.values()
        if len(flats) >= 2 and _index(sorted(uprights, key=lambda rule: rule.at), float("inf")) >= 2
    ]
    return tuple(sorted(grids, key=lambda grid: -grid.across[0].at))
