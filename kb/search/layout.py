"""How a record lies in an index: what ranking reads of each candidate, and what only a page needs.

Both engines keep the two lists, each in its own packing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from kb.search.engine import Candidate
from kb.search.records import Part, Record, Words


def ranked_values(record: Record) -> list[Any]:
    """What ranking reads, as JSON values; ``candidate_of`` reads them."""
    return [
        record.edition,
        record.eid,
        record.within,
        record.place,
        record.number,
        record.lang,
        record.kind,
        record.status,
        " ".join(record.title_words.surfaces),
        " ".join(record.heading_words.surfaces),
        " ".join(record.body_words.surfaces),
    ]


def shown_values(record: Record, steps: Callable[[tuple[int, ...]], Any]) -> list[Any]:
    """The rest of a record, as JSON values; ``steps`` packs the offsets of words."""
    return [
        record.act,
        record.level,
        record.title,
        record.heading,
        record.path,
        record.act_number,
        record.act_date.isoformat() if record.act_date else None,
        record.body,
        record.topics,
        record.official,
        record.valid_from.isoformat() if record.valid_from else None,
        record.valid_until.isoformat() if record.valid_until else None,
        record.text,
        [(part.eid, part.level, part.number, part.start, part.end) for part in record.parts],
        steps(record.heading_words.offsets),
        steps(record.body_words.offsets),
    ]


def candidate_of(ranked: Sequence[Any], key: str, score: float, load: Callable[[], Record]) -> Candidate:
    """The candidate with the id ``key`` that ranking reads from ``ranked_values``."""
    edition, eid, within, place, number, lang, kind, status, title, heading, body = ranked
    texts = (tuple(title.split()), tuple(heading.split()), tuple(body.split()))
    return Candidate(key, score, edition, eid, within, place, number, lang, kind, status, *texts, load)


def record_of(
    ranked: Sequence[Any], shown: Sequence[Any], key: str, offsets: Callable[[Any], tuple[int, ...]]
) -> Record:
    """The record with the id ``key``, without keys of words; ``offsets`` undoes ``steps`` of ``shown_values``."""
    edition, eid, within, place, number, lang, kind, status, title_words, heading_words, body_words = ranked
    (
        act,
        level,
        title,
        heading,
        path,
        act_number,
        act_date,
        body,
        topics,
        official,
        valid_from,
        valid_until,
        text,
        parts,
        own,
        inner,
    ) = shown
    return Record(
        id=key,
        act=act,
        edition=edition,
        eid=eid,
        within=within,
        place=place,
        level=level,
        number=number,
        title=title,
        heading=heading,
        path=tuple(path),
        lang=lang,
        kind=kind,
        act_number=act_number,
        act_date=_read_date(act_date),
        status=status,
        body=body,
        topics=tuple(topics),
        official=official,
        valid_from=_read_date(valid_from),
        valid_until=_read_date(valid_until),
        text=text,
        parts=tuple(Part(*part) for part in parts),
        title_words=Words(tuple(title_words.split())),
        heading_words=Words(tuple(heading_words.split()), (), offsets(own)),
        body_words=Words(tuple(body_words.split()), (), offsets(inner)),
    )


def _read_date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
