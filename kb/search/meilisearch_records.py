"""Records, and notes on commits, as Meilisearch documents."""

from __future__ import annotations

import base64
import itertools
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from kb.documents import Kind, Status
from kb.search.engine import Candidate
from kb.search.layout import candidate_of, ranked_values, record_of, shown_values
from kb.search.notes import CommitNote
from kb.search.records import Record
from kb.search.stopwords import is_stop_word
from kb.search.vocabulary import Change

#: Recency of an act without a date, older than all others.
UNDATED = -1
#: Place of an act's recency among the values that ranking reads.
_RECENCY = 8
_ALWAYS = 0
_FOREVER = 10_000_000
#: Digits of a hash before a body's name: Meilisearch takes values for the same that differ by case alone.
_MARK = 8
#: A key's part in a record's score, by its count, is parted into levels here; level 0 is less than the first.
_BOUNDS = (0.3, 0.45, 0.6, 0.75, 0.95)
LEVELS = range(1, len(_BOUNDS) + 1)
_K1, _B = 1.2, 0.6
_HEADING, _TITLE, _COVERED, _WHOLE = 3.0, 0.5, 0.4, 1.5
_HEADING_LENGTH, _BODY_LENGTH = 6, 100
_CHUNK = 1_000_000

#: What the ranking takes from such records; they come a level or two lower.
_SHARE: Mapping[str, float] = {Status.REPEALED: 0.5, Status.DRAFT: 0.8}
_PRIOR: Mapping[str, int] = {Status.REPEALED: 0, Status.DRAFT: 2, Status.NOT_IN_FORCE_YET: 3}
_HIGH = frozenset({Kind.CONSTITUTION, Kind.CODE, Kind.LAW, Kind.DECREE})


def code(sort: str, value: str) -> int:
    """Number that stands for a word or value of a sort; that two of them share one is next to impossible.

    Sorts: ``own`` and ``title`` (keys), ``own1`` … (keys by level), ``near`` (two keys that are no stop words, with
    at most one between them), ``form`` and ``pair`` (surface forms), ``number``, ``act_number``, ``edition``,
    ``act``, ``id``, and the facets.
    """
    return _codes_of(sort, (value,))[0]


def _codes_of(sort: str, values: Iterable[str]) -> list[int]:
    return [
        int.from_bytes(blake2b(f"{sort}\t{value}".encode("utf-8", "surrogatepass"), digest_size=5).digest())
        for value in values
    ]


def encode_record(record: Record) -> dict[str, Any]:
    """The Meilisearch document of a record."""
    document: dict[str, Any] = {
        "id": record.id,
        "has": sorted({*_value_codes(record), *_word_codes(record)}),
        "kind": record.kind,
        "lang": record.lang,
        "status": record.status,
        "topic": list(record.topics),
        "official": "true" if record.official else "false",
        "valid_from": record.valid_from.toordinal() if record.valid_from else _ALWAYS,
        "valid_until": record.valid_until.toordinal() if record.valid_until else _FOREVER,
        "recency": record.act_date.toordinal() if record.act_date else UNDATED,
        "prior": 2 * _PRIOR.get(record.status, 4) + (record.kind in _HIGH),
        "ranked": _ranked(record),
        "shown": shown_values(record, _steps),
    }
    if record.act_date:
        document["year"] = str(record.act_date.year)
    if record.body:
        mark = blake2b(record.body.encode("utf-8", "replace"), digest_size=_MARK // 2).hexdigest()
        document["body"] = f"{mark} {record.body}"
    return document


def read_facet(name: str, value: str) -> str:
    """A facet's value as it was before ``encode_record``."""
    return value[_MARK + 1 :] if name == "body" else value


def _value_codes(record: Record) -> Iterator[int]:
    number, act_number = (record.number or "").lower(), (record.act_number or "").lower()
    values = [
        ("sort", "document" if record.eid is None else "unit"),
        ("id", record.id),
        ("edition", record.edition),
        ("act", record.act),
        ("kind", record.kind),
        ("lang", record.lang),
        ("status", record.status),
        ("official", "true" if record.official else "false"),
        ("number", number),
        ("act_number", act_number),
        ("year", str(record.act_date.year) if record.act_date else ""),
        ("body", record.body or ""),
        *(("topic", topic) for topic in record.topics),
    ]
    return (code(sort, value) for sort, value in values if value)


def _word_codes(record: Record) -> Iterator[int]:
    title, heading, body = record.title_words, record.heading_words, record.body_words
    yield from _codes_of("title", set(title.keys))
    levels = _levels(record)
    yield from _codes_of("own", levels)
    for level in LEVELS:
        yield from _codes_of(f"own{level}", [key for key, reached in levels.items() if reached == level])
    stopped = {key for key in levels if is_stop_word(key)}
    near = {
        pair for keys in (heading.keys, body.keys) for gap in (1, 2) for pair in zip(keys, keys[gap:], strict=False)
    }
    yield from _codes_of("near", [f"{one} {two}" for one, two in near if one not in stopped and two not in stopped])
    yield from _codes_of("form", {*title.surfaces, *heading.surfaces, *body.surfaces})
    pairs = {pair for words in (title, heading, body) for pair in itertools.pairwise(words.surfaces)}
    yield from _codes_of("pair", map(" ".join, pairs))


def _levels(record: Record) -> dict[str, int]:
    """How much each key of heading and text tells of a record, much as the ranking has it."""
    counts: dict[str, float] = defaultdict(float)
    for words, weight, mean in (
        (record.heading_words, _HEADING, _HEADING_LENGTH),
        (record.body_words, 1.0, _BODY_LENGTH),
    ):
        step = weight / (1 - _B + _B * len(words.keys) / mean)
        for key in words.keys:
            counts[key] += step
    for key in record.title_words.keys:
        if key in counts:
            counts[key] += _TITLE
    heading = record.heading_words.keys
    share = _SHARE.get(record.status, 1.0) * (1.0 if record.eid else _WHOLE)
    levels = {}
    for key, count in counts.items():
        worth = share * count / (_K1 + count) * (1 + _COVERED * heading.count(key) / max(len(heading), 1))
        levels[key] = sum(worth >= bound for bound in _BOUNDS)
    return levels


def _ranked(record: Record) -> list[Any]:
    values = ranked_values(record)
    values.insert(_RECENCY, record.act_date.toordinal() if record.act_date else UNDATED)
    return values


def _steps(offsets: Sequence[int]) -> list[int]:
    return [offset - before for before, offset in zip((0, *offsets), offsets, strict=False)]


def _offsets(steps: Sequence[int]) -> tuple[int, ...]:
    at = 0
    offsets = []
    for step in steps:
        at += step
        offsets.append(at)
    return tuple(offsets)


def decode_candidate(document: Mapping[str, Any], score: float | None, load: Callable[[str], Record]) -> Candidate:
    """The candidate that a document stands for; its score is the act's recency where None is given."""
    ranked = list(document["ranked"])
    recency = ranked.pop(_RECENCY)
    key = str(document["id"])
    return candidate_of(ranked, key, float(recency) if score is None else score, lambda: load(key))


def decode_record(document: Mapping[str, Any]) -> Record:
    """The record that a document stands for, without keys."""
    ranked = list(document["ranked"])
    del ranked[_RECENCY]
    return record_of(ranked, document["shown"], str(document["id"]), _offsets)


def encode_line(document: Mapping[str, Any]) -> bytes:
    """A document as a line of JSON; half a surrogate pair, which Meilisearch refuses, becomes a question mark."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def pack_change(change: Change) -> str:
    """A change of the vocabulary as text."""
    return base64.b64encode(zlib.compress(change.dump().encode("utf-8", "surrogatepass"), 1)).decode("ascii")


def unpack_change(packed: str) -> Change:
    """The change that ``pack_change`` wrote."""
    return Change.load(zlib.decompress(base64.b64decode(packed)).decode("utf-8", "surrogatepass"))


def encode_note(generation: int, change: Change, *, whole: bool) -> Iterator[dict[str, Any]]:
    """The documents that tell of a commit's change of the vocabulary, in pieces of bounded size."""
    packed = pack_change(change)
    pieces = [packed[start : start + _CHUNK] for start in range(0, len(packed), _CHUNK)]
    for place, piece in enumerate(pieces):
        yield {
            "id": f"note-{generation}-{'whole' if whole else 'step'}-{place}",
            "has": [code("sort", "note")],
            "generation": generation,
            "whole": whole,
            "place": place,
            "pieces": len(pieces),
            "packed": piece,
        }


def encode_stems(stems: bytes) -> Iterator[dict[str, Any]]:
    """The documents that hold a table of stems, in pieces of bounded size."""
    packed = base64.b64encode(zlib.compress(stems, 1)).decode("ascii")
    for place, start in enumerate(range(0, len(packed), _CHUNK)):
        yield {"id": f"stems-{place}", "packed": packed[start : start + _CHUNK]}


def read_stems(documents: Sequence[Mapping[str, Any]]) -> bytes:
    """The table of stems that documents hold, given in their order."""
    return zlib.decompress(base64.b64decode("".join(str(document["packed"]) for document in documents)))


def read_notes(documents: Sequence[Mapping[str, Any]]) -> list[CommitNote]:
    """The notes that documents hold, ordered by generation; those of which a piece is missing are left out."""
    pieces: dict[tuple[int, bool], dict[int, str]] = defaultdict(dict)
    wanted: dict[tuple[int, bool], int] = {}
    for document in documents:
        key = (int(document["generation"]), bool(document["whole"]))
        pieces[key][int(document["place"])] = str(document["packed"])
        wanted[key] = int(document["pieces"])
    return [
        CommitNote(generation, whole, unpack_change("".join(pieces[key][place] for place in range(wanted[key]))))
        for key in sorted(pieces)
        if len(pieces[key]) == wanted[key]
        for generation, whole in [key]
    ]
