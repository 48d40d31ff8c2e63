"""How the embedded engine keeps records and notes on its own commits as tantivy documents."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import tantivy

from kb.search.compounds import Compounds, compound
from kb.search.engine import Candidate
from kb.search.layout import candidate_of, ranked_values, record_of, shown_values
from kb.search.packing import pack, unpack
from kb.search.records import Record, record_id
from kb.search.vocabulary import Change

#: Recency of an act without a date, older than all others.
UNDATED = -1
#: Steps between offsets are written as characters from this one on, for JSON writes control characters in six bytes.
_FIRST_STEP = ord("#")
_LONGEST_STEP = 0xD000
#: Compression of what only the hits on a page need: the level, and a window of 32 KiB without head and check sum.
_LEVEL, _BARE = 6, -15
_ALWAYS = 0
_FOREVER = 10_000_000
#: A heading's words weigh as much as this many in the text when the engine chooses candidates.
_HEADING_TIMES = 2
#: Parts the keys of a heading from those behind it, wider than the gap that a phrase of keys may have.
_BREAK = ("¶", "¶")
_EXACT = ("sort", "id", "edition", "act", "number", "act_number")
_COUNTED = ("kind", "lang", "status", "year", "body", "topic", "official")


def _build_schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in _EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _COUNTED:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("valid_from", "valid_until", "recency"):
        builder.add_integer_field(name, indexed=False, fast=True)
    builder.add_text_field("title_keys", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("compounds", tokenizer_name="raw", index_option="basic")
    for name in ("own_keys", "title", "heading", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("ranked", "shown", "change"):
        builder.add_bytes_field(name, stored=True, indexed=False)
    builder.add_unsigned_field("generation", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("sequence", stored=True)
    builder.add_boolean_field("whole", stored=True)
    return builder.build()


SCHEMA = _build_schema()


def encode_record(record: Record, compounds: Compounds) -> Any:
    """The tantivy document of a record, in an index that knows ``compounds``."""
    title, heading, body = record.title_words, record.heading_words, record.body_words
    ranked = pack(ranked_values(record))
    fields: dict[str, Any] = {
        "sort": "document" if record.eid is None else "unit",
        "id": record.id,
        "edition": record.edition,
        "act": record.act,
        "kind": record.kind,
        "lang": record.lang,
        "status": record.status,
        "official": "true" if record.official else "false",
        "topic": list(record.topics),
        "valid_from": record.valid_from.toordinal() if record.valid_from else _ALWAYS,
        "valid_until": record.valid_until.toordinal() if record.valid_until else _FOREVER,
        "recency": record.act_date.toordinal() if record.act_date else UNDATED,
        "title_keys": " ".join(title.keys),
        "own_keys": " ".join((*(heading.keys + _BREAK) * _HEADING_TIMES, *body.keys)),
        "compounds": sorted(map(compound, compounds.inside(heading.keys) | compounds.inside(body.keys))),
        "title": " ".join(title.surfaces),
        "heading": " ".join(heading.surfaces),
        "text": " ".join(body.surfaces),
        "ranked": ranked,
        "shown": _squeeze(pack(shown_values(record, _pack_offsets)), ranked),
    }
    if record.number:
        fields["number"] = record.number.lower()
    if record.act_number:
        fields["act_number"] = record.act_number.lower()
    if record.act_date:
        fields["year"] = str(record.act_date.year)
    if record.body:
        fields["body"] = record.body
    return tantivy.Document.from_dict({name: value for name, value in fields.items() if value != []}, SCHEMA)


def _squeeze(shown: bytes, ranked: bytes) -> bytes:
    """What is shown, told by the same words in the normal form that ranking reads."""
    squeezing = zlib.compressobj(_LEVEL, wbits=_BARE, zdict=ranked)
    return squeezing.compress(shown) + squeezing.flush()


def _stretch(squeezed: bytes, ranked: bytes) -> bytes:
    return zlib.decompressobj(wbits=_BARE, zdict=ranked).decompress(squeezed)


def _pack_offsets(offsets: tuple[int, ...]) -> str:
    """Steps from one offset to the next as characters, most of them of one byte."""
    before = 0
    steps = []
    for offset in offsets:
        steps.append(chr(min(max(offset - before, 0), _LONGEST_STEP) + _FIRST_STEP))
        before = offset
    return "".join(steps)


def _unpack_offsets(steps: str) -> tuple[int, ...]:
    return tuple(itertools.accumulate(ord(step) - _FIRST_STEP for step in steps))


def decode_candidate(searcher: Any, address: Any, score: float) -> Candidate:
    """The candidate at an address; the rest of its record is read when asked for."""
    document = searcher.doc(address)
    ranked = unpack(document.get_first("ranked"))
    return candidate_of(ranked, _key(ranked), score, partial(read_record, document))


def read_record(document: Any) -> Record:
    """The record of a stored document, without keys."""
    packed = document.get_first("ranked")
    ranked = unpack(packed)
    return record_of(ranked, unpack(_stretch(document.get_first("shown"), packed)), _key(ranked), _unpack_offsets)


def _key(ranked: Sequence[Any]) -> str:
    edition, eid = ranked[:2]
    return record_id(edition, eid)


@dataclass(frozen=True, slots=True)
class CommitNote:
    """What a commit told of itself.

    Attributes:
        generation: number of the commit, from 1.
        sequence: outbox sequence that it reached.
        whole: whether the change is the whole vocabulary, not what the commit added.
        packed: the change, compressed.
    """

    generation: int
    sequence: int
    whole: bool
    packed: bytes

    def change(self) -> Change:
        """The change of the vocabulary."""
        return Change.load(zlib.decompress(self.packed).decode("utf-8", "surrogatepass"))


def encode_change(generation: int, sequence: int, change: Change, *, whole: bool) -> Any:
    """The tantivy document that stands for a commit."""
    packed = zlib.compress(change.dump().encode("utf-8", "surrogatepass"), 1)
    fields = {"sort": "commit", "generation": generation, "sequence": sequence, "whole": whole, "change": packed}
    return tantivy.Document.from_dict(fields, SCHEMA)


def read_change(document: Any) -> CommitNote:
    """The note of a stored document that ``encode_change`` made."""
    return CommitNote(
        int(document.get_first("generation")),
        int(document.get_first("sequence")),
        bool(document.get_first("whole")),
        bytes(document.get_first("change")),
    )
