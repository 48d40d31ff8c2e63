"""Which units of a document are hits of their own, and what belongs to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.citations.printed import headed
from kb.documents import HIGHER_LEVELS, Level, Unit
from kb.language.model import Language

_CLAUSES = frozenset({Level.CLAUSE, Level.SUBCLAUSE})
_CONTAINERS = HIGHER_LEVELS | {Level.PREAMBLE, Level.APPENDIX, Level.CONCLUSIONS}


class Outline:
    """Which units hold which, and which of them stand for a hit."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Look at the units of a document, in its order."""
        self.units = {unit.eid: unit for unit in units}
        self.children: dict[str, list[Unit]] = defaultdict(list)
        self.group: dict[str, str] = {}
        for unit in units:
            if unit.parent:
                self.children[unit.parent].append(unit)
            self.group[unit.eid] = self._group(unit)
        self._numbered = any(unit.level is Level.ARTICLE or unit.level in _CLAUSES for unit in units)

    def _group(self, unit: Unit) -> str:
        around = self.units.get(self.group.get(unit.parent, "")) if unit.parent else None
        if around is None:
            return unit.eid
        if around.level is Level.ARTICLE:
            return around.eid
        own = unit.level is Level.ARTICLE or unit.level in _CLAUSES or unit.level in _CONTAINERS
        return unit.eid if own else around.eid

    def is_found_empty(self, unit: Unit) -> bool:
        """Whether a unit without text is worth finding: by its number, or by a heading that stands for itself."""
        if unit.level is Level.ARTICLE or unit.level in _CLAUSES:
            return True
        return bool(unit.heading) and (not self._numbered or unit.level not in HIGHER_LEVELS)

    def around(self, unit: Unit) -> str | None:
        """EId of the clause that a subclause stands in."""
        group = self.units.get(self.group.get(unit.parent, "")) if unit.parent else None
        return group.eid if group and group.level in _CLAUSES else None

    def above(self, unit: Unit) -> Iterator[Unit]:
        """What is around a unit, innermost first."""
        above = self.units.get(unit.parent or "")
        while above is not None:
            yield above
            above = self.units.get(above.parent or "")

    def path(self, unit: Unit, language: Language) -> tuple[str, ...]:
        """All around a unit as it is named in ``language``, outermost first; what has no name is left out."""
        names = [headed(above.level, above.number, above.heading, language) for above in self.above(unit)]
        return tuple(name for name in reversed(names) if name)

    def below(self, unit: Unit) -> Iterator[Unit]:
        """The unit and what belongs to its text, in document order.

        That is all below an article or a clause, but of other units only what is no hit of its own.
        """
        whole = unit.level is Level.ARTICLE or unit.level in _CLAUSES
        waiting = [unit]
        while waiting:
            current = waiting.pop()
            yield current
            inside = self.children[current.eid]
            waiting += [child for child in reversed(inside) if whole or self.group[child.eid] == unit.eid]
