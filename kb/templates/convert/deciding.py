"""What a person decided about places of a blank that were not certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.templates.convert.kinds import AIMAK, CITY
from kb.templates.convert.overlay import Edit, ParEdits
from kb.templates.convert.propose import Unsure
from kb.templates.convert.words import Par

#: What a place can be decided to stand for: one kind of community, or both.
KINDS = (CITY, AIMAK, "both")


def decide(
    pars: Sequence[Par],
    edits: Mapping[int, ParEdits],
    units: Mapping[str, str],
    decisions: Iterable[tuple[Unsure, str]],
) -> tuple[Mapping[int, ParEdits], Mapping[str, str]]:
    """What a person decided about places that were not certain.

    Args:
        pars: paragraphs of the blank.
        edits: what becomes of them, by ordinal.
        units: conditions on which units stand, by number.
        decisions: a doubt, and ``keep`` for a note that is none, ``city``, ``not city`` or ``both`` for the kind of
            community that a place is for.

    Returns:
        Edits and conditions of units.
    """
    changed, whole = dict(edits), dict(units)
    for doubt, decision in decisions:
        par = pars[doubt.ordinal - 1] if 0 < doubt.ordinal <= len(pars) else None
        if par is None:
            continue
        given = changed.get(par.ordinal, ParEdits(par.unit, par.hash))
        if doubt.reason == "note" and decision == "keep":
            kept = tuple(one for one in given.edits if not (one.verb == "drop" and _covers(par, one, doubt.start)))
            changed[par.ordinal] = replace(given, edits=kept)
        elif doubt.reason == "one_kind" and decision in KINDS:
            when = "" if decision == "both" else decision
            if par.number and par.number in whole:
                whole[par.number] = when
            else:
                changed[par.ordinal] = replace(given, when=when)
    return changed, {number: when for number, when in whole.items() if when}


def _covers(par: Par, edit: Edit, at: int) -> bool:
    low, high = par.span(edit.first, edit.last)
    return low <= at < high
