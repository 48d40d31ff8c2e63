"""What a citation leads to: the act, the edition and the units that are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from kb.citations.codes import code_of_title
from kb.citations.fold import fold
from kb.citations.model import ActName, Citation, Role, UnitCitation
from kb.citations.walk import Shelf, walk
from kb.documents import GENERALITY, STATE_KINDS, Kind, Status
from kb.language.model import Language


class HeldAct(Protocol):
    """An act that the library holds, or knows by name."""

    @property
    def act(self) -> str:
        """URI of the act."""
        ...

    @property
    def kind(self) -> Kind:
        """Its kind."""
        ...

    @property
    def titles(self) -> Mapping[Language, str]:
        """Its titles by language."""
        ...

    @property
    def number(self) -> str | None:
        """Its number as printed."""
        ...

    @property
    def date(self) -> dt.date | None:
        """Date in its head."""
        ...

    @property
    def body(self) -> str | None:
        """Body that issued it, as printed."""
        ...

    @property
    def status(self) -> Status:
        """Its status."""
        ...


class Lookup(Shelf, Protocol):
    """What the library holds, for one reader: a language and a day are already chosen."""

    def acts(
        self,
        *,
        kind: Kind | None = None,
        number: str | None = None,
        date: dt.date | None = None,
        year: int | None = None,
    ) -> Sequence[HeldAct]:
        """Acts that have all that is given."""
        ...

    def titled(self, title: str) -> Sequence[HeldAct]:
        """Acts with this very title in any language; case and punctuation do not count."""
        ...

    def edition(self, act: str) -> str | None:
        """URI of the edition of an act that the reader is to see, None where no text of it is held."""
        ...


class State(StrEnum):
    """How far a citation could be followed.

    ``exact``: to the act, and to every unit that is cited. ``act_only``: the act is sure, a unit is not there or not
    sure. ``ambiguous``: several acts fit, or a part of a code that is not held. ``unknown``: none does, or the text
    does not say which.
    """

    EXACT = "exact"
    ACT_ONLY = "act_only"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Context:
    """Where the text stands that cites.

    Attributes:
        act: URI of the act.
        edition: URI of the edition.
        kind: kind of the act.
        eid: eId of the unit that the text belongs to, None where not known.
    """

    act: str
    edition: str
    kind: Kind
    eid: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedUnit:
    """Units that one cited unit leads to.

    Attributes:
        unit: the unit as cited.
        eids: eIds in document order, several for a range; where not exact the nearest unit around it, or none.
        exact: whether all that is cited is there.
    """

    unit: UnitCitation
    eids: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a citation leads to.

    Attributes:
        citation: the citation.
        state: how far it could be followed.
        act: URI of the act, None unless one alone fits.
        edition: URI of its edition, None where no text is held.
        units: its units in their order; empty where the act is not sure or holds no text.
        candidates: URIs of the acts that fit where several do, those in force first.
    """

    citation: Citation
    state: State
    act: str | None = None
    edition: str | None = None
    units: tuple[ResolvedUnit, ...] = ()
    candidates: tuple[str, ...] = ()


#: Kinds whose name says that the text is of this very act; a charter calls itself statute, order or rules.
_STRICT = frozenset({Kind.CODE, Kind.LAW, Kind.CONSTITUTION, Kind.DECREE})
#: Candidates that an answer names.
MOST = 20


def resolve(citation: Citation, lookup: Lookup, context: Context | None = None) -> Resolved:
    """Follow a citation.

    Args:
        citation: as ``find`` gives it.
        lookup: what the library holds.
        context: where the text stands; without it ``настоящего Кодекса`` and a bare ``статья 12`` lead nowhere.

    Returns:
        What is sure, and no more.
    """
    if citation.act is None or citation.act.this:
        return _in_context(citation, lookup, context)
    fitting = candidates(citation.act, lookup)
    if not fitting:
        return Resolved(citation, State.UNKNOWN)
    several = len(citation.act.codes) > 1
    if len(fitting) > 1 and citation.units and not several:
        fitting = _with_units(fitting, citation, lookup)
    if len(fitting) > 1 or several:
        return Resolved(citation, State.AMBIGUOUS, candidates=tuple(act.act for act in fitting[:MOST]))
    (act,) = fitting
    found = resolve_in(citation, lookup, act.act, lookup.edition(act.act))
    by_name = citation.act.codes and not (citation.act.number or citation.act.date)
    if by_name and any(not unit.eids for unit in found.units):
        # The name is that of all parts of a code, each an act of its own: the one held need not be the one cited.
        return Resolved(citation, State.AMBIGUOUS, candidates=(act.act,))
    return found


def _in_context(citation: Citation, lookup: Lookup, context: Context | None) -> Resolved:
    if context is None:
        return Resolved(citation, State.UNKNOWN)
    name = citation.act
    if (
        name
        and name.kind is not None
        and name.kind is not context.kind
        and (name.kind in _STRICT or context.kind in _STRICT)
    ):
        return Resolved(citation, State.UNKNOWN)
    found = resolve_in(citation, lookup, context.act, context.edition, context.eid)
    if citation.role is Role.BARE and found.state is not State.EXACT:
        # A bare «статья 12» that is not here is of another act, which the text does not name.
        return Resolved(citation, State.UNKNOWN)
    return found


def resolve_in(citation: Citation, lookup: Shelf, act: str, edition: str | None, eid: str | None = None) -> Resolved:
    """Follow a citation's units in an act that is known.

    Args:
        citation: the citation.
        lookup: the units of editions.
        act: URI of the act.
        edition: URI of its edition, None where no text is held.
        eid: unit that the text stands in, for ``настоящей статьи``.
    """
    if not citation.units:
        return Resolved(citation, State.EXACT, act, edition)
    if edition is None:
        return Resolved(citation, State.ACT_ONLY, act)
    units = []
    for unit in citation.units:
        eids, exact = walk(unit.path, lookup, edition, eid)
        units.append(ResolvedUnit(unit, eids, exact))
    state = State.EXACT if all(unit.exact for unit in units) else State.ACT_ONLY
    return Resolved(citation, state, act, edition, tuple(units))


def candidates(name: ActName, lookup: Lookup) -> list[HeldAct]:
    """Acts that a name may mean, those in force first, of these the newest."""
    if name.this or not name.telling or (name.approved and name.kind is None):
        return []
    if name.number or name.date or name.year:
        kind = None if name.codes else name.kind
        found = list(lookup.acts(kind=kind, number=name.number, date=name.date, year=name.year))
        if not found and kind is Kind.CODE and name.number and name.date:
            # Codes are laws too, and older texts cite them so.
            found = list(lookup.acts(kind=Kind.LAW, number=name.number, date=name.date))
        if not found and kind is Kind.LAW and name.number and name.date:
            found = list(lookup.acts(kind=Kind.CODE, number=name.number, date=name.date))
        if name.codes:
            found = [act for act in found if _is_code(act, name.codes)]
        if not name.approved:
            found = [act for act in found if act.kind in STATE_KINDS or not bodies_differ(name.body, act.body)]
    elif name.codes:
        found = [act for act in lookup.acts(kind=Kind.CODE) if _is_code(act, name.codes)]
    elif name.title:
        found = [act for act in lookup.titled(name.title) if name.kind is None or act.kind is name.kind]
    else:
        found = list(lookup.acts(kind=name.kind))
    return in_order(found)


#: Stems of words that are in many bodies' names, or that two languages have for one body.
_COMMON = frozenset({"кыргы", "респу", "кр", "крнын", "жанын", "делам", "государ", "госуд", "мамле"})
_SAME = {"окмот": "прави", "сот": "суд", "соту": "суд", "сотун": "суд", "суда": "суд", "банкы": "банк", "банка": "банк"}


def bodies_differ(one: str | None, other: str | None) -> bool:
    """Whether two names, in any case form and language, are surely of two bodies; not if either is not known.

    ``Правительства КР`` and ``Өкмөтү`` do not differ, ``Пленума Верховного суда`` and ``Правительство`` do.
    """
    here, there = _stems(one), _stems(other)
    return bool(here and there) and not here & there


def _stems(body: str | None) -> set[str]:
    words = "".join(char if char.isalpha() else " " for char in fold(body or "")).split()
    stems = {_SAME.get(word, word)[:5] for word in words if len(word) > 2}
    return {_SAME.get(stem, stem) for stem in stems} - _COMMON


def _is_code(act: HeldAct, keys: Sequence[str]) -> bool:
    return any(code_of_title(title) in keys for title in act.titles.values())


_FORCE = {Status.IN_FORCE: 0, Status.UNKNOWN: 0, Status.NOT_IN_FORCE_YET: 1, Status.DRAFT: 2, Status.REPEALED: 3}


def in_order(acts: Sequence[HeldAct]) -> list[HeldAct]:
    """Acts as a reader expects them: in force first, the most general law first, the newest first."""

    def key(act: HeldAct) -> tuple[int, int, int, str]:
        rank = GENERALITY.index(act.kind) if act.kind in GENERALITY else len(GENERALITY)
        return (_FORCE[act.status], rank, -act.date.toordinal() if act.date else 0, act.act)

    return sorted(acts, key=key)


def _with_units(acts: Sequence[HeldAct], citation: Citation, lookup: Lookup) -> list[HeldAct]:
    """Of several acts those that hold all the units cited (a code's two parts are two acts), all if none does."""
    holding = []
    for act in acts[:MOST]:
        edition = lookup.edition(act.act)
        if edition and resolve_in(citation, lookup, act.act, edition).state is State.EXACT:
            holding.append(act)
    return holding or list(acts)


def titles_alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, punctuation and letters typed without the Kyrgyz ones."""
    return _plain(one) == _plain(other)


def _plain(title: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(title)).split())


def with_act(citation: Citation, name: ActName) -> Citation:
    """The citation as if it named an act so."""
    return replace(citation, act=name)
