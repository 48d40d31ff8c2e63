"""From a ranked candidate to the hit that is shown: its best unit, snippets, further points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.citations.printed import headed
from kb.documents import Level
from kb.language.model import Language
from kb.search.highlight import make_snippet, stretches
from kb.search.model import FurtherPoint, Hit
from kb.search.ranking import Mark, Ranked, Wanted, find_marks, positions_between
from kb.search.records import Part, Record

_MORE = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """A part of a record and the words of the query that it has."""

    part: Part
    words: frozenset[int]


def make_hit(ranked: Ranked, wanted: Wanted) -> Hit:
    """The hit of a candidate.

    Its unit is the one part that alone has all that the query finds in the group's text; else the group.
    """
    record = ranked.candidate.load()
    marks = find_marks(record.body_words.surfaces, wanted)
    found = _find_parts(record, marks)
    best = _best_part(record, marks, found, wanted)
    shown = stretches(marks, record.body_words.offsets)
    weights = wanted.weights

    def snippet(part: Part | None) -> str:
        return make_snippet(record.text, shown, weights, within=(part.start, part.end) if part else None)

    further = [one.part for one in found if best is None or not _overlap(one.part, best)]
    more = tuple(FurtherPoint(part.eid, part.level, part.number, snippet(part)) for part in further[:_MORE])
    return _hit(record, best, score=round(ranked.score, 6), snippet=snippet(best), more=more)


def hit_of(record: Record, eid: str | None = None, *, score: float = 0.0) -> Hit:
    """The hit of a unit that was asked for by its address, nothing marked.

    Args:
        record: the record of its group.
        eid: eId of a part of the group; None, or one that the group does not have, for the group itself.
        score: the hit's score.
    """
    part = next((one for one in record.parts if one.eid == eid), None)
    shown = make_snippet(record.text, (), (), within=(part.start, part.end) if part else None)
    return _hit(record, part, score=score, snippet=shown)


def _hit(record: Record, part: Part | None, *, score: float, snippet: str, more: tuple[FurtherPoint, ...] = ()) -> Hit:
    """The hit of a group, or of a part of it."""
    return Hit(
        act=record.act,
        edition=record.edition,
        title=record.title,
        act_kind=record.kind,
        act_number=record.act_number,
        act_date=record.act_date,
        eid=part.eid if part else record.eid,
        level=part.level if part else record.level,
        number=part.number if part else None if record.eid is None else record.number,
        heading=None if part else record.heading,
        path=_path(record, part),
        lang=record.lang,
        status=record.status,
        official=record.official,
        score=score,
        snippet=snippet,
        more=more,
    )


def _find_parts(record: Record, marks: Sequence[Mark]) -> list[_Found]:
    """The innermost parts that have as many of the query's words as any, in order."""
    found: list[_Found] = []
    for part in record.parts:
        positions = positions_between(record.body_words.offsets, part.start, part.end)
        words = frozenset(mark.word for mark in marks if mark.position in positions)
        if words:
            found.append(_Found(part, words))
    most = max((len(one.words) for one in found), default=0)
    full = [one for one in found if len(one.words) == most]
    return [one for one in full if not any(_holds(one.part, other.part) for other in full)]


def _best_part(record: Record, marks: Sequence[Mark], found: Sequence[_Found], wanted: Wanted) -> Part | None:
    """The part that a reader should be led to, None for the whole group."""
    if len(found) != 1:
        return None
    heading = {mark.word for mark in find_marks(record.heading_words.surfaces, wanted)}
    part = found[0].part
    positions = positions_between(record.body_words.offsets, part.start, part.end)
    outside = {mark.word for mark in marks if mark.position not in positions}
    everything = heading | {mark.word for mark in marks}
    if found[0].words != everything or everything in (outside, heading):
        return None
    own_number = wanted.numbers.get((record.number or "").lower())
    return None if own_number is not None else part


def _path(record: Record, best: Part | None) -> tuple[str, ...]:
    """Headings around the unit; around a part stand its group and the parts that hold it."""
    if best is None:
        return record.path
    around = [part for part in record.parts if _holds(part, best)]
    language = Language(record.lang)
    group = headed(Level(record.level), record.number, record.heading, language) if record.level else ""
    names = [group, *(headed(Level(part.level), part.number, None, language) for part in around)]
    return (*record.path, *(name for name in names if name))


def _holds(outer: Part, inner: Part) -> bool:
    return outer is not inner and inner.eid != outer.eid and outer.start <= inner.start and inner.end <= outer.end


def _overlap(one: Part, other: Part) -> bool:
    return one.start < other.end and other.start < one.end
