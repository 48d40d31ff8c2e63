"""Tables drawn with characters: ``│ 1 │ Жер салыгы │``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_VERTICAL = "│┃║|"
_RULE = re.compile(r"[\u2500-\u257f\s+=_|-]*[\u2500-\u257f+=_-]{2}[\u2500-\u257f\s+=_|-]*")
_CELL_END = re.compile(r"[│┃║|]")


def is_boxed(text: str) -> bool:
    """Whether a line is a row or a rule of a table drawn with characters (``├────┼────┤``, ``│ а │ б │``)."""
    if "\u2500" <= text[:1] <= "\u257f":
        return True
    return (text[:1] == "|" and text[-1:] == "|" and len(text) > 2) or (
        text[:2] == "+-" and bool(_RULE.fullmatch(text))
    )


def box_rows(lines: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Rows of a drawn table.

    Args:
        lines: its lines, white space at both ends dropped.

    Returns:
        Cells by row, the pieces of a cell joined by line feeds; a rule ends a row; without rules between them each
        line is a row.
    """
    groups: list[list[list[str]]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line):
            groups.append([])
        else:
            groups[-1].append([cell.strip() for cell in _CELL_END.split(_inner(line))])
    filled = [group for group in groups if group]
    if len(filled) == 1:
        filled = [[row] for row in filled[0]]
    return tuple(_merge(group) for group in filled)


def _inner(line: str) -> str:
    """A row without the verticals at its ends."""
    start = 1 if line[:1] in _VERTICAL else 0
    return line[start:-1] if len(line) > 1 and line[-1] in _VERTICAL else line[start:]


def _merge(group: list[list[str]]) -> tuple[str, ...]:
    width = max(len(row) for row in group)
    return tuple("\n".join(row[index] for row in group if index < len(row) and row[index]) for index in range(width))
