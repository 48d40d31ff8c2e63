"""Numbers of units and references to them, made to follow when units are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.templates.convert.edit import Plan
from kb.templates.convert.words import Par
from kb.templates.marks import LEVELS, roman

_LATER = re.compile(r"\n\s*([0-9]{1,3})(?=\.[0-9]{1,3}\.? )")


def numbered(pars: Sequence[Par]) -> dict[int, str]:
    """Numbers of units that are counted, by the ordinal of their paragraphs.

    Counted are those that counting itself would give the same number, all units being there; a heading of a section
    counts where clauses follow it before the next one, so that a list of contents does not.
    """
    found: dict[int, str] = {}
    count = dict.fromkeys(LEVELS, 0)
    shown = [par for par in pars if par.number and not par.copy and not par.cell]
    for at, par in enumerate(shown):
        level = _level(par.number)
        if level == "section" and (at + 1 >= len(shown) or _level(shown[at + 1].number) == "section"):
            continue
        after = _next(count, level)
        if after[1] == par.number:
            count = after[0]
            found[par.ordinal] = par.number
    clauses = [number for number in found.values() if _level(number) == "clause"]
    subclauses = [number for number in found.values() if _level(number) == "subclause"]
    return found if len(clauses) >= 2 and subclauses else {}


def _level(number: str) -> str:
    return "section" if not number[0].isdigit() else LEVELS[min(number.count(".") + 1, 3)]


def _next(count: Mapping[str, int], level: str) -> tuple[dict[str, int], str]:
    after = dict(count)
    after[level] += 1
    for deeper in LEVELS[LEVELS.index(level) + 1 :] if level != "section" else ():
        after[deeper] = 0
    if level == "section":
        return after, roman(after[level])
    return after, ".".join(str(after[above]) for above in LEVELS[1 : LEVELS.index(level) + 1])


def put_numbers(pars: Sequence[Par], plans: Mapping[int, Plan], counted: Mapping[int, str]) -> None:
    """Put what counts units where their numbers stand; one that does not follow the count follows its clause."""
    clause = ""
    labels = set(counted.values())
    for par in pars:
        if par.copy:
            continue
        made = plans[par.ordinal]
        start = par.text.find(par.number)
        if par.ordinal in counted:
            made.put(start, start + len(par.number), "{{ " + f"{_level(par.number)}('{par.number}')" + " }}")
            clause = par.number.partition(".")[0] if par.number[0].isdigit() else clause
        elif "." in par.number and par.number.partition(".")[0] == clause and clause in labels:
            made.put(start, start + len(clause), "{{ ref('" + clause + "') }}")
        for found in _LATER.finditer(par.text):
            if found[1] == clause and clause in labels:
                made.put(*found.span(1), "{{ ref('" + clause + "') }}")
