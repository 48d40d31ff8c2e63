"""From a cited path to the units of an edition, by the levels and numbers that it really has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Protocol

from kb.citations.model import Step
from kb.citations.numbers import parts, read_roman, roman_value, to_roman
from kb.documents import EID_PREFIX, Level


class HeldUnit(Protocol):
    """A unit of an edition, without its text."""

    @property
    def eid(self) -> str:
        """Its eId."""
        ...

    @property
    def level(self) -> Level:
        """Its level."""
        ...

    @property
    def number(self) -> str | None:
        """Its number."""
        ...

    @property
    def parent(self) -> str | None:
        """EId of the unit around it."""
        ...


class Shelf(Protocol):
    """Units of editions."""

    def units(self, edition: str, levels: Collection[Level], numbers: Collection[str]) -> Sequence[HeldUnit]:
        """Units of an edition that have one of these levels and one of these numbers, in document order."""
        ...

    def children(self, edition: str, parent: str) -> Sequence[HeldUnit]:
        """Units right below one, in document order."""
        ...

    def run(self, edition: str, first: str, last: str) -> Sequence[HeldUnit]:
        """Units of the level of ``first`` from it to ``last`` in document order, both eIds included."""
        ...

    def path(self, edition: str, eid: str) -> Sequence[HeldUnit]:
        """Units around one, outermost first, itself left out; empty where there is no such unit."""
        ...

    def paragraphs(self, edition: str, eid: str) -> int:
        """Number of paragraphs that a unit's own text and its alineas have."""
        ...


#: Levels that a step's word may mean in an act, the likeliest first. A code's пункт is what others call часть.
_MEANT = {
    Level.PARAGRAPH: (Level.PARAGRAPH,),
    Level.POINT: (Level.POINT, Level.PARAGRAPH, Level.SUBCLAUSE),
    Level.SUBPOINT: (Level.SUBPOINT, Level.POINT, Level.SUBCLAUSE),
}
#: What a step without anything around it may be: пункт 17 is a clause where there are no articles.
_TOP = {
    Level.ARTICLE: (Level.ARTICLE,),
    Level.POINT: (Level.CLAUSE, Level.SUBCLAUSE),
    Level.SUBPOINT: (Level.SUBCLAUSE,),
    Level.PARAGRAPH: (Level.PART,),
}
_HIGHER = frozenset({Level.APPENDIX, Level.PART, Level.SECTION, Level.CHAPTER, Level.SUBCHAPTER})
_LEVEL_OF = {prefix: level for level, prefix in EID_PREFIX.items()}
#: Units of a range.
MOST = 300


def top_levels(level: Level) -> tuple[Level, ...]:
    """Levels that a step may have that nothing stands around: article; пункт is a clause or subclause."""
    return _TOP.get(level, (level,))


def walk(
    path: Sequence[Step], shelf: Shelf, edition: str, inside: str | None = None, *, attached: bool = False
) -> tuple[tuple[str, ...], bool]:
    """EIds that a path leads to in an edition.

    Args:
        path: steps, outermost first.
        shelf: units of editions.
        edition: URI of the edition.
        inside: eId of the unit that the text stands in.
        attached: whether what the main part does not have may be that of an appendix.

    Returns:
        EIds in document order and whether the whole path is there; else the nearest unit around what is missing, or
        nothing.
    """
    return _Walk(shelf, edition, inside, attached=attached).go(path)


class _Walk:
    def __init__(self, shelf: Shelf, edition: str, inside: str | None, *, attached: bool) -> None:
        self.shelf = shelf
        self.edition = edition
        self.inside = inside
        self.attached = attached

    def go(self, path: Sequence[Step]) -> tuple[tuple[str, ...], bool]:
        here: tuple[str, ...] = ()
        shifted = False
        for at, step in enumerate(path):
            if at and step.level in (Level.ARTICLE, Level.POINT) and path[at - 1].level in _HIGHER:
                found = self._below_heading(here[0], step)
            elif not here:
                found = self._top(step)
            else:
                found, shifted = self._inner(here[0], step, shifted)
            if not found or (len(found) > 1 and at < len(path) - 1):
                return here, False
            here = found
        return here, True

    # --- first step

    def _top(self, step: Step) -> tuple[str, ...]:
        if step.number is None:
            return self._around(step.level) if step.this else ()
        # Where the main part has articles, пункт alone can be a clause of an appendix only.
        main = step.level not in (Level.POINT, Level.SUBPOINT) or not self._has_articles()
        levels = _TOP.get(step.level, (step.level,) if step.level in _HIGHER else ())
        return self._range(step, lambda number: self._single(self._scoped(self._units(levels, number), main=main)))

    def _around(self, level: Level) -> tuple[str, ...]:
        """The unit of a level that the text stands in."""
        if self.inside is None:
            return ()
        levels = {*_MEANT.get(level, ()), *_TOP.get(level, (level,))}
        around = [(unit.eid, unit.level) for unit in self.shelf.path(self.edition, self.inside)]
        own = _LEVEL_OF.get(self.inside.split("__")[-1].partition("_")[0])
        found = [(eid, one) for eid, one in (*around, (self.inside, own)) if one in levels]
        if {Level.POINT, Level.PARAGRAPH} <= {one for _, one in found}:
            # «Настоящего пункта» in a point of a numbered part may be either.
            return ()
        return (found[-1][0],) if found else ()

    def _has_articles(self) -> bool:
        found = self.shelf.units(self.edition, (Level.ARTICLE,), ("1", "2", "3"))
        return not all(_is_attached(unit) for unit in found)

    def _units(self, levels: Sequence[Level], number: str) -> list[HeldUnit]:
        return list(self.shelf.units(self.edition, levels, _spellings(number, levels)))

    def _scoped(self, units: Sequence[HeldUnit], *, main: bool) -> list[HeldUnit]:
        """Of units of one number those in the appendix that the text stands in, or in the main part."""
        scope = self.inside.split("__")[0] if self.inside and self.inside.startswith("att_") else None
        prefix = f"{scope}__" if scope else None
        own = [unit for unit in units if prefix and unit.eid.startswith(prefix)]
        outside = [unit for unit in units if not _is_attached(unit)] if main else []
        return own or outside or ([unit for unit in units if _is_attached(unit)] if self.attached else [])

    @staticmethod
    def _single(units: Sequence[HeldUnit]) -> str | None:
        """The one unit; of two of a number the plain address is the one that was there first, so neither is sure."""
        return units[0].eid if len(units) == 1 else None

    def _range(self, step: Step, find: _Finder) -> tuple[str, ...]:
        """Units of a step: one, or all from the first to the last number that stand between them."""
        if step.number is None:
            return ()
        first = find(step.number)
        if step.until is None:
            return (first,) if first else ()
        last = find(step.until)
        if step.doubtful:
            whole = find(f"{step.number}-{step.until}")
            if whole is not None:
                return (whole,) if not (first and last) else ()
        if not first or not last:
            return ()
        run = self.shelf.run(self.edition, first, last)
        return tuple(unit.eid for unit in run[:MOST])

    # --- steps below

    def _below_heading(self, around: str, step: Step) -> tuple[str, ...]:
        """An article or clause under a heading or in an appendix."""
        levels = _TOP[step.level]

        def find(number: str) -> str | None:
            units = self._units(levels, number)
            inside = [unit for unit in units if unit.eid.startswith(f"{around}__")]
            return self._single(inside or ([] if around.startswith("att_") else units))

        return self._range(step, find)

    def _inner(self, around: str, step: Step, shifted: bool) -> tuple[tuple[str, ...], bool]:  # noqa: FBT001
        """A step inside a unit; and whether the act's levels lie one above the words for them."""
        if step.level is Level.ALINEA:
            return self._alinea(around, step), shifted
        if step.number is None:
            return (), shifted
        if step.level in _HIGHER:
            return self._nested_heading(around, step), shifted
        children = self.shelf.children(self.edition, around)
        levels = _MEANT.get(step.level, (step.level,))
        if step.level is Level.SUBPOINT and shifted:
            levels = (Level.POINT, Level.SUBPOINT)
        for level in levels:
            here = [child for child in children if child.level is level]
            found = self._range(step, partial(self._among, here))
            if found:
                return found, level is Level.PARAGRAPH and step.level is Level.POINT
        if step.level is Level.PARAGRAPH and not any(child.level is Level.PARAGRAPH for child in children):
            return self._alinea(around, step), shifted
        return (), shifted

    def _among(self, units: Sequence[HeldUnit], number: str) -> str | None:
        spellings = _spellings(number, ())
        return self._single([unit for unit in units if unit.number in spellings])

    def _nested_heading(self, around: str, step: Step) -> tuple[str, ...]:
        def find(number: str) -> str | None:
            units = self._units((step.level,), number)
            return self._single([unit for unit in units if unit.eid.startswith(f"{around}__")])

        return self._range(step, find)

    def _alinea(self, around: str, step: Step) -> tuple[str, ...]:
        """Paragraphs of a unit's own text are counted from the first, its numbered one included."""
        count = self.shelf.paragraphs(self.edition, around)
        first = _whole(step.number)
        last = _whole(step.until) if step.until else first
        if first is None or last is None or not 0 < first <= last <= count or last - first > MOST:
            return ()
        return tuple(f"{around}__al_{number}" for number in range(first, last + 1))


class _Finder(Protocol):
    def __call__(self, number: str, /) -> str | None: ...


def _is_attached(unit: HeldUnit) -> bool:
    """Whether a unit stands in an appendix."""
    return unit.eid.startswith("att_") and "__" in unit.eid


def _whole(number: str | None) -> int | None:
    return int(number) if number and number.isdigit() else None


def _spellings(number: str, levels: Sequence[Level]) -> tuple[str, ...]:
    """A number as an edition may have it: ``V`` and ``5`` of headings, ``27.5.1`` as it is."""
    found = [number]
    if not levels or any(level in _HIGHER for level in levels):
        head, _, tail = number.partition("-")
        roman = read_roman(head.lower()) if head.isupper() else None
        value = parts(head)
        if roman:
            found.append("-".join(filter(None, (str(roman_value(roman)), tail))))
        elif value and len(value) == 1:
            found.append("-".join(filter(None, (to_roman(value[0]), tail))))
    return tuple(found)
