"""Numbers of units and references to them, made to follow when units are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.templates.convert.edit import Plan
from kb.templates.convert.words import Par
from kb.templates.marks import LEVELS, roman

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,2}"
_REFERENCE = re.compile(
    rf"(?<![0-9.])(?P<one>{_NUMBER})(?=\.?[- ]?(?:пункт|пунктч|бөлүк|кичи пункт)|\.?, [0-9.]{{3,8}}-пункт)"
    rf"|(?:пункт|подпункт)[а-я]{{0,3}} (?P<two>{_NUMBER})(?![0-9])"
)
#: Words that make a number one of another act.
_OTHER_ACT = re.compile(r"берене|стать|кодекс|мыйзам|закон|жобонун|положени|буйру|приказ", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of a text to one of its own units.

    Attributes:
        start: where its number starts.
        end: where it ends.
        number: number of the unit.
    """

    start: int
    end: int
    number: str


def references(text: str) -> Iterator[Reference]:
    """References to units of the text itself by decimal number (``ушул Уставдын 2.1-пунктунда``, ``пункт 2.1``)."""
    for found in _REFERENCE.finditer(text):
        name = "one" if found["one"] else "two"
        if not _OTHER_ACT.search(text, max(0, found.start() - 60), found.start()):
            yield Reference(*found.span(name), found[name])


def put_references(
    par: Par, made: Plan, counted: Iterable[str], conditions: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, str]]:
    """Let references follow the numbers of their units.

    Args:
        par: the paragraph.
        made: what becomes of it.
        counted: numbers of units that are counted.
        conditions: conditions on which units stand, by number.

    Returns:
        Numbers of units that may be left out while the reference stands, with the condition on which they are.
    """
    labels = set(counted)
    loose = []
    for one in references(par.text):
        if one.number not in labels or any(made.tag[one.start : one.end]) or made.marked[one.start]:
            continue
        needed = [each for each in conditions.get(one.number, ()) if each not in conditions.get(par.unit, ())]
        call = f"ref('{one.number}')"
        if needed:
            condition = " and ".join(f"({each})" for each in needed)
            loose.append((one.number, f"not ({condition})"))
            call += f" if {condition} else '{one.number}'"
        made.put(one.start, one.end, "{{ " + call + " }}")
    return loose


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
