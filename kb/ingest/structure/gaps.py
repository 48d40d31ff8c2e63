"""Breaks in the numbering, told and never mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.documents import Gap, Level
from kb.ingest.structure.items import last_value
from kb.ingest.structure.model import Node
from kb.ingest.structure.numbers import Value, is_next

#: Levels numbered through a whole scope, whatever heads stand between.
_THROUGH = (Level.PART, Level.SECTION, Level.CHAPTER, Level.ARTICLE, Level.CLAUSE)


#: A break and the unit before it, None where a list does not begin with its first number.
Break = tuple[Gap, Node | None]


def find_gaps(scope: Node) -> list[Break]:
    """Breaks in the numbering of one scope, level by level, in document order.

    Articles may run on after an inserted chapter that stands out of order: 244, 233-1 … 233-19, 245 is one break.

    Args:
        scope: root of the scope; appendices below it are scopes of their own.
    """
    found: list[Break] = []
    through: dict[Level, list[Node]] = {level: [] for level in _THROUGH}
    for node in walk(scope):
        if node.level in through and node.value is not None:
            through[node.level].append(node)
        found += _within(node)
    for level, nodes in through.items():
        found += _series(level, nodes, restarts=level is not Level.ARTICLE)
    return found


def walk(scope: Node) -> Iterator[Node]:
    """Units of a scope in document order, its root first, appendices left out."""
    yield scope
    for child in scope.children:
        if child.level is not Level.APPENDIX:
            yield from walk(child)


def _within(parent: Node) -> list[Break]:
    """Breaks among the children of a unit whose numbers restart in it."""
    found: list[Break] = []
    lists: dict[tuple[Level, str | None, str], list[Node]] = {}
    for child in parent.children:
        if child.level in _THROUGH or child.level is None or child.value is None or child.number is None:
            continue
        prefix = child.number.rpartition(".")[0]
        if child.orphan:
            found.append((Gap(child.level, None, child.number, "no_parent"), None))
        lists.setdefault((child.level, child.kind, prefix), []).append(child)
    for (level, _, prefix), nodes in lists.items():
        orphaned = any(_is_orphan_of(sibling, f"{prefix}.1") for sibling in parent.children) if prefix else False
        found += _series(level, nodes, restarts=False, first=(1,) if orphaned else None)
    return found


def _is_orphan_of(node: Node, number: str) -> bool:
    return node.orphan and (node.number or "").startswith(f"{number}.")


def _series(level: Level, nodes: Sequence[Node], *, restarts: bool, first: Value | None = None) -> list[Break]:
    found: list[Break] = []
    before: Node | None = None
    last = top = first
    for node in nodes:
        value = last_value(node.number or "") if "." in (node.number or "") else node.value or (0,)
        follows = is_next(last, value) or is_next(top, value)
        restart = restarts and before is not None and is_next(None, value) and node.parent is not before.parent
        if not (follows or restart):
            after = before.number if before else None
            found.append((Gap(level, after, node.number or "", _reason(last, value)), before))
        top = value if restart or top is None else max(top, value)
        last, before = value, node
    return found


def _reason(last: Value | None, value: Value) -> str:
    if last is None or value > last:
        return "missing"
    return "duplicate" if value == last else "out_of_order"
