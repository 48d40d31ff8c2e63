"""The judged set: queries as users type them, and the units that a lawyer would want to see first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kb.documents import EID_PREFIX, Level
from kb.errors import BadParameter

#: A unit as answers name it: act, language of the text, eId (None for the whole document).
Unit = tuple[str, str, str | None]

_INSIDE = tuple(EID_PREFIX[level] + "_" for level in (Level.PARAGRAPH, Level.POINT, Level.SUBPOINT, Level.ALINEA))
#: Grade of a best answer.
BEST = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and what answers it.

    Attributes:
        id: kind, language and number; queries with an odd number may be used for tuning.
        text: as typed.
        lang: language of the query, ``ky`` or ``ru``.
        kind: what makes it hard (keyword, typo, number, …).
        grades: 2 for a best answer, 1 for an acceptable one; empty where the library has none.
    """

    id: str
    text: str
    lang: str
    kind: str
    grades: dict[Unit, int]

    @property
    def best(self) -> frozenset[Unit]:
        """Units of grade 2."""
        return frozenset(unit for unit, grade in self.grades.items() if grade == BEST)

    @property
    def odd(self) -> bool:
        """Whether it is of the half that may be tuned on."""
        return int(self.id.rpartition("-")[2]) % 2 == 1


def read_judged(path: Path) -> list[Judged]:
    """Queries of a judged set (YAML; its format is described in its head).

    Raises:
        BadParameter: the file cannot be read or is no judged set.
    """
    try:
        told: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [
            Judged(
                one["id"],
                one["query"],
                one["lang"],
                one["kind"],
                {(answer["act"], answer["lang"], answer["eid"]): int(answer["grade"]) for answer in one["answers"]},
            )
            for one in told["queries"]
        ]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadParameter(name="judged", value=f"{path}: {error}") from None


def group_of(eid: str | None) -> str | None:
    """The unit that a hit shows as one group, of one of its parts (``art_8__para_1__point_2`` → ``art_8``)."""
    if eid is None:
        return None
    steps = eid.split("__")
    while len(steps) > 1 and steps[-1].startswith(_INSIDE):
        steps.pop()
    return "__".join(steps)


def distinct(units: Iterable[Unit]) -> Sequence[Unit]:
    """Units in their order, each once."""
    return list(dict.fromkeys(units))
