"""Citations as JSON answers, for the API and the command line."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from kb.citations.model import ActName, Step, UnitCitation
from kb.language.model import Language
from kb.storage.model import ActSummary
from kb.usecases.citing import Followed, FollowedUnit, Place
from kb.web.responses import Answer, Titles


class ActCited(Answer):
    """An act as a text names it, and the act that it is where that is sure."""

    uri: str | None = Field(description="URI of the act, null unless one alone fits")
    edition: str | None = Field(description="URI of its edition, null where no text of it is held")
    kind: str | None
    date: dt.date | None
    number: str | None
    year: int | None
    title: str | None = Field(description="title in quotation marks in the text")
    codes: list[str] = Field(description="keys of the codes that a name or abbreviation may mean")
    approved: bool = Field(description="whether date and number are those of the act that approved it")


class StepItem(Answer):
    """One level of a cited unit's address."""

    level: str
    number: str | None = Field(description="null where the text points: this article")
    until: str | None = Field(description="last number of a range")


class UnitCited(Answer):
    """A unit as a text cites it, and where it leads."""

    start: int
    end: int
    path: list[StepItem] = Field(description="outermost first")
    eids: list[str] = Field(description="several for a range; where not exact the nearest unit around it")
    exact: bool


class CitationItem(Answer):
    """A citation; offsets count characters, the end is exclusive."""

    start: int
    end: int
    text: str
    role: str = Field(description="this: the text's own act; named: another; bare: the text does not say")
    act: ActCited
    units: list[UnitCited]
    resolved: str = Field(description="exact, act_only, ambiguous or unknown")


class CiteAnswer(Answer):
    """Citations of a text in their order, as `kb cite` prints them."""

    citations: list[CitationItem]


class ActHeld(Answer):
    """An act that a citation leads to."""

    act: str
    edition: str | None
    kind: str
    title: Titles
    number: str | None
    date: dt.date | None
    status: str


class UnitHeld(Answer):
    """A unit that a citation leads to."""

    eid: str
    level: str
    number: str | None
    heading: str | None
    status: str = Field(description="effective status")
    exact: bool = Field(description="whether it is what is cited, not only what is around it")


class CandidateItem(ActHeld):
    """What a citation may mean."""

    eid: str | None = Field(description="the unit cited, null where the act has none such or none is cited")


class ResolveAnswer(Answer):
    """What a citation leads to."""

    citation: str
    resolved: str = Field(description="exact, act_only, ambiguous or unknown")
    act: ActHeld | None = Field(description="null unless one act alone fits")
    units: list[UnitHeld] = Field(description="in the order cited; empty for the whole act")
    status: str | None = Field(description="effective status of the first unit, else of the act")
    candidates: list[CandidateItem] = Field(description="where the act is not sure, the most general law first")


def cite_answer(text: str, found: tuple[Followed, ...]) -> CiteAnswer:
    """The answer of ``kb cite``."""
    return CiteAnswer(citations=[_citation(text, one) for one in found])


def resolve_answer(text: str, found: Followed | None) -> ResolveAnswer:
    """The answer of ``/api/v1/resolve``."""
    if found is None:
        return ResolveAnswer(citation=text, resolved="unknown", act=None, units=[], status=None, candidates=[])
    act = _held(found.act, found.resolved.edition) if found.act else None
    return ResolveAnswer(
        citation=text,
        resolved=found.resolved.state.value,
        act=act,
        units=[_unit(one) for one in found.units],
        status=found.status.value if found.status else None,
        candidates=[_candidate(one) for one in found.candidates],
    )


def _citation(text: str, found: Followed) -> CitationItem:
    citation = found.resolved.citation
    followed = {one.unit: one for one in found.resolved.units}
    units = []
    for unit in citation.units:
        there = followed.get(unit)
        units.append(_cited(unit, there.eids if there else (), exact=bool(there and there.exact)))
    return CitationItem(
        start=citation.start,
        end=citation.end,
        text=text[citation.start : citation.end],
        role=citation.role.value,
        act=_named(citation.act or ActName(), found),
        units=units,
        resolved=found.resolved.state.value,
    )


def _named(name: ActName, found: Followed) -> ActCited:
    return ActCited(
        uri=found.resolved.act,
        edition=found.resolved.edition,
        kind=name.kind.value if name.kind else None,
        date=name.date,
        number=name.number,
        year=name.year,
        title=name.title,
        codes=list(name.codes),
        approved=name.approved,
    )


def _cited(unit: UnitCitation, eids: tuple[str, ...], *, exact: bool) -> UnitCited:
    return UnitCited(
        start=unit.start, end=unit.end, path=[_step(step) for step in unit.path], eids=list(eids), exact=exact
    )


def _step(step: Step) -> StepItem:
    return StepItem(level=step.level.value, number=step.number, until=step.until)


def _held(act: ActSummary, edition: str | None) -> ActHeld:
    return ActHeld(
        act=act.act,
        edition=edition,
        kind=act.kind.value,
        title=Titles(ky=act.titles.get(Language.KY), ru=act.titles.get(Language.RU)),
        number=act.number,
        date=act.date,
        status=act.status.value,
    )


def _candidate(place: Place) -> CandidateItem:
    return CandidateItem(**dict(_held(place.act, place.edition)), eid=place.eid)


def _unit(unit: FollowedUnit) -> UnitHeld:
    entry = unit.entry
    paragraph = unit.eid != entry.eid
    return UnitHeld(
        eid=unit.eid,
        level="alinea" if paragraph else entry.level.value,
        number=unit.eid.rpartition("_")[2] if paragraph else entry.number,
        heading=None if paragraph else entry.heading,
        status=entry.status.value,
        exact=unit.exact,
    )
