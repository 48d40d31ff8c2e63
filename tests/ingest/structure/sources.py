"""Blocks made of lines, and outlines made of units, for tables of cases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.documents import Block, Place, Span, SpanKind, Unit, table_block
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.structure import Structure, build, find_body

_RAISED = re.compile(r"\^([^^]+)\^")
_LABEL = re.compile(r"\[([^\]]+)\] ")


def block(line: str, ordinal: int = 1) -> SourceBlock:
    """A block of one line of shorthand.

    ``!`` before it: bold and centred; ``*``: bold; ``#``: outline level 1; ``[1.] `` before it: a number that the
    format counts; ``^1^``: superscript; ``⏎``: a line break; ``|`` between cells and at both ends: a table's row.
    """
    place = Place(ordinal)
    if line.startswith("|"):
        return SourceBlock(table_block([[cell.strip() for cell in line.strip("|").split("|")]], place))
    look = Look()
    if line[:1] in {"!", "*", "#"}:
        look = Look(bold=line[0] in "!*", centred=line[0] == "!", outline=1 if line[0] == "#" else None)
        line = line[1:].lstrip()
    label = _LABEL.match(line)
    if label:
        look = Look(look.bold, look.italic, look.centred, label=label[1])
        line = line[label.end() :]
    text, spans = "", []
    at = 0
    for found in _RAISED.finditer(line):
        text += line[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found[1]), SpanKind.SUPERSCRIPT))
        text += found[1]
        at = found.end()
    text += line[at:]
    return SourceBlock(Block(text.replace("⏎", "\n"), spans=tuple(spans), place=place), look)


def blocks(lines: Iterable[str]) -> tuple[SourceBlock, ...]:
    """Blocks of lines of shorthand; empty lines are left out."""
    return tuple(block(line, ordinal) for ordinal, line in enumerate(lines, 1) if line.strip())


def structure(text: str) -> Structure:
    """Structure of a text of one paragraph a line; all before the body is taken for requisites."""
    source = blocks(line.strip() for line in text.strip().splitlines())
    body = find_body(source)
    return build(source, body=body, requisites=frozenset(range(body)))


def outline(units: Iterable[Unit]) -> list[str]:
    """A line for each unit: depth as dots, level, number, heading after ``=``, ``+n`` own blocks, ``!`` repealed."""
    depth: dict[str | None, int] = {None: -1}
    found = []
    for unit in units:
        depth[unit.eid] = depth[unit.parent] + 1
        parts = ["." * depth[unit.eid] + unit.level.value, unit.number or "-"]
        parts += [f"= {unit.heading}"] if unit.heading else []
        parts += [f"+{len(unit.body)}"] if unit.body else []
        parts += ["!"] if unit.status is not None else []
        found.append(" ".join(parts))
    return found


def expected(text: str) -> list[str]:
    """Lines of an expected outline."""
    return [line.strip() for line in text.strip().splitlines()]
