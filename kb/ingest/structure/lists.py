"""Where in the open units an item belongs: the list that it continues, or the unit below which it begins one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import Level
from kb.ingest.structure.items import Fit, fit, last_value
from kb.ingest.structure.looks import opens_list
from kb.ingest.structure.marks import Mark, MarkKind
from kb.ingest.structure.model import Node
from kb.ingest.structure.numbers import Value, is_next

ARTICLE_RANK = 10
#: Open units below which a colon opens no further list: no act goes so deep.
DEEPEST = 16
_RANKS = {MarkKind.DECIMAL: 11.0, MarkKind.POINT: 20.0, MarkKind.LETTER: 30.0}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an item goes.

    Attributes:
        depth: index of its parent among the open units.
        mark: its mark, maybe read as its other self.
        doubt: code of a doubt, or None.
        orphan: its number names a parent that is not there.
    """

    depth: int
    mark: Mark
    doubt: str | None = None
    orphan: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an item.

    Attributes:
        clean: the paragraph before ends as it should before a new item.
        continues: the next item of this kind goes on from this one.
        soft: it follows a line break inside a paragraph.
        fresh: the innermost unit has nothing but a heading yet.
        last_clause: number of the last clause of the scope, None before the first or where there are articles.
    """

    clean: bool
    continues: bool
    soft: bool = False
    fresh: bool = False
    last_clause: Value | None = None


def floor_of(path: Sequence[Node]) -> int:
    """Index of the open unit in which items are listed: the article, else the innermost heading or the root."""
    return max(index for index, node in enumerate(path) if node.rank < ARTICLE_RANK or node.level is Level.ARTICLE)


def find_spot(path: Sequence[Node], mark: Mark, around: Around) -> Spot | None:
    """Where an item goes, or None if its number fits no list and so is text.

    Args:
        path: open units, the scope's root first.
        mark: the item's mark.
        around: what stands around it.
    """
    if mark.value is None:
        return None
    if mark.dotted:
        return _dotted(path, mark, around)
    if mark.other is not None and not _is_next(path, mark) and (_is_next(path, mark.other) or not _known(mark)):
        mark = mark.other
    floor = floor_of(path)
    siblings = _siblings(path, mark, floor)
    value = mark.value or ()
    for depth, before in siblings:
        if is_next(before, value):
            return Spot(depth, mark)
    if is_next(None, value):
        return _first(path, mark, floor)
    return _skipping(path, mark, around, floor, siblings)


def _known(mark: Mark) -> bool:
    return mark.kind is not MarkKind.LETTER or mark.number != "з"


def _is_next(path: Sequence[Node], mark: Mark) -> bool:
    value = mark.value or ()
    return any(is_next(before, value) for _, before in _siblings(path, mark, floor_of(path)))


def _siblings(path: Sequence[Node], mark: Mark, floor: int) -> list[tuple[int, Value | None]]:
    """Depth of the parent and last number of each open list of the mark's kind, innermost first."""
    return [
        (depth - 1, path[depth].value)
        for depth in range(len(path) - 1, floor, -1)
        if path[depth].kind is mark.kind and "." not in (path[depth].number or "")
    ]


def _default(path: Sequence[Node], mark: Mark, floor: int) -> int:
    """Deepest open unit that holds items of this kind in the usual order: article, ``1.``, ``1)``, ``а)``."""
    rank = ARTICLE_RANK if mark.kind is MarkKind.DECIMAL and path[floor].rank < ARTICLE_RANK else _RANKS[mark.kind]
    return max(depth for depth in range(floor, len(path)) if path[depth].rank < rank or depth == floor)


def _first(path: Sequence[Node], mark: Mark, floor: int) -> Spot:
    inner = path[-1]
    if DEEPEST > len(path) - 1 > floor and (opens_list(inner.tail) or inner.level is Level.ALINEA):
        return Spot(len(path) - 1, mark)
    depth = _default(path, mark, floor)
    again = depth + 1 < len(path) and path[depth + 1].kind is mark.kind and path[depth + 1].value is not None
    return Spot(depth, mark, "numbering_restarts" if again else None)


def _skipping(
    path: Sequence[Node], mark: Mark, around: Around, floor: int, siblings: list[tuple[int, Value | None]]
) -> Spot | None:
    value = mark.value or ()
    depth, before = siblings[0] if siblings else (_default(path, mark, floor), None)
    if not siblings and mark.kind is MarkKind.DECIMAL and path[floor].rank < ARTICLE_RANK:
        before = around.last_clause
        if is_next(before, value):
            return Spot(depth, mark)
    # A list may be left for the one around it with a number skipped: the nearest step is the likelier one.
    for outer, number in siblings[1:]:
        if fit(number, value) is Fit.SKIP and fit(before, value) is not Fit.SKIP:
            depth, before = outer, number
    match fit(before, value):
        case Fit.SKIP if before is None and not siblings:
            sure = around.clean and (around.continues or around.fresh or value[0] <= 3 or mark.labelled)
            return Spot(depth, mark) if sure else None
        case Fit.SKIP:
            return Spot(depth, mark) if around.clean or around.continues else None
        case Fit.FAR:
            sure = around.clean and (around.continues or (around.fresh and before is None))
            return Spot(depth, mark, "number_far") if sure else None
        case Fit.SAME:
            return Spot(depth, mark, "number_twice") if around.clean and not around.soft else None
        case _:
            near = before is not None and value[0] >= before[0] - 2
            return Spot(depth, mark, "number_out_of_order") if around.clean and (near or around.continues) else None


def _dotted(path: Sequence[Node], mark: Mark, around: Around) -> Spot | None:
    number = mark.number or ""
    prefix = number.rpartition(".")[0]
    value = last_value(number)
    for depth in range(len(path) - 1, 0, -1):
        node = path[depth]
        if node.kind is not MarkKind.DECIMAL or node.number is None:
            continue
        if node.number == prefix:
            return _inside(depth, node, mark, around)
        if node.number.rpartition(".")[0] == prefix:
            return _checked(Spot(depth - 1, mark), last_value(node.number), value, around)
        if prefix.startswith(f"{node.number}.") and (value[0] == 1 or around.continues) and mark.firm:
            return Spot(depth, mark, orphan=True) if around.clean else None
    head = int(prefix.partition(".")[0].partition("-")[0])
    floor = floor_of(path)
    for depth in range(floor, -1, -1):
        node = path[depth]
        if node.rank < ARTICLE_RANK and node.value == (head,) and prefix.isdigit():
            before = [last_value(child.number or "") for child in node.children if child.kind is MarkKind.DECIMAL]
            return _checked(Spot(depth, mark), before[-1] if before else None, value, around)
    fresh = not path[floor].children and head == 1
    expected = fresh or around.last_clause is None or around.last_clause[0] <= head <= around.last_clause[0] + 2
    if mark.firm and expected and around.clean and (value[0] == 1 or around.continues or mark.labelled):
        return Spot(floor, mark, orphan=True)
    return None


def _inside(depth: int, node: Node, mark: Mark, around: Around) -> Spot | None:
    same = [
        child.number
        for child in node.children
        if child.kind is MarkKind.DECIMAL and child.number and child.number.rpartition(".")[0] == node.number
    ]
    before = last_value(same[-1]) if same else None
    return _checked(Spot(depth, mark), before, last_value(mark.number or ""), around)


def _checked(spot: Spot, before: Value | None, value: Value, around: Around) -> Spot | None:
    how = fit(before, value)
    if how is Fit.NEXT:
        return spot
    if not spot.mark.firm:
        return None
    if how is Fit.SKIP:
        return spot if around.clean or around.continues else None
    if how is Fit.FAR:
        return Spot(spot.depth, spot.mark, "number_far") if around.clean and around.continues else None
    if not around.clean or around.soft:
        return None
    return Spot(spot.depth, spot.mark, "number_twice" if how is Fit.SAME else "number_out_of_order")


def new_node(spot: Spot, path: Sequence[Node]) -> Node:
    """The unit that an item begins, not yet put below its parent."""
    mark, parent = spot.mark, path[spot.depth]
    in_article = any(node.level is Level.ARTICLE for node in path[: spot.depth + 1])
    if mark.dotted:
        level = Level.PARAGRAPH if in_article else Level.SUBCLAUSE
        rank = 11.0 + (mark.number or "").count(".")
    elif mark.kind is MarkKind.DECIMAL:
        level, rank = _single(parent, in_article=in_article)
    else:
        level = Level.POINT if mark.kind is MarkKind.POINT else Level.SUBPOINT
        rank = _RANKS[mark.kind]
    return Node(
        level, max(rank, parent.rank + 0.5), mark.number, mark.value, mark.kind, parent=parent, orphan=spot.orphan
    )


def _single(parent: Node, *, in_article: bool) -> tuple[Level, float]:
    if in_article:
        return (Level.PARAGRAPH, 11.0) if parent.level in {Level.ARTICLE, Level.ALINEA} else (Level.POINT, 15.0)
    return (Level.CLAUSE, float(ARTICLE_RANK)) if parent.rank < ARTICLE_RANK else (Level.POINT, 15.0)
