"""One file from its bytes to a document: reader, structure, metadata, joined in this order."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from kb.documents import ActId, Document, Doubt, Intake, Kind, Metadata, Original, Report, Unit, parse_act_uri
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.metadata import Head, complete, read_head
from kb.ingest.readers import read_bytes
from kb.ingest.sidecar import Hints
from kb.ingest.structure import build, find_body
from kb.language.detect import languages
from kb.language.model import Language
from kb.language.transliterate import slugify

#: Changes whenever the same bytes may give another document; what was read by another version is read anew.
INTAKE_VERSION = "4"


def take_in(content: bytes, path: str, hints: Hints, limits: ReadLimits) -> Intake:
    """Read one file.

    Args:
        content: its bytes.
        path: where it lies; the last part names it.
        hints: what its sidecar and the command line say.
        limits: bounds on size, unpacked size, pages and time.

    Returns:
        The document with the report on it and the file itself.

    Raises:
        InputRefused: the bytes are no document that can be read without loss.
    """
    name = PurePath(path).name
    clock = _Clock()
    media_type, reading = read_bytes(content, name, limits)
    original = Original(name, path, media_type, content, hashlib.sha256(content).hexdigest())
    clock.lap("reading")
    document, report = read_document(reading, name, hints)
    report = replace(report, seconds={**clock.seconds, **report.seconds})
    return Intake(document, report, original, act_given=hints.act is not None)


def read_document(reading: Reading, name: str, hints: Hints) -> tuple[Document, Report]:
    """The document that a reading holds, and the report on it; ``name`` is the file's name."""
    blocks = reading.blocks
    clock = _Clock()
    body = find_body(blocks)
    head = read_head(blocks[:body], properties=reading.properties)
    clock.lap("head")
    structure = build(blocks, body=body, requisites=head.requisites)
    clock.lap("structure")
    spoken = languages((block.block.text for block in blocks), hints.lang)
    language = spoken.main
    clock.lap("languages")
    metadata, doubts = _metadata(head, structure.units, language, name, hints)
    metadata = replace(metadata, recognised=reading.recognised)
    document = Document(_act_id(metadata, name, hints), language, metadata, structure.units)
    clock.lap("metadata")
    pictures = (Doubt("pictures_left_out", {"count": reading.pictures}),) if reading.pictures else ()
    return document, Report(
        warnings=(*reading.doubts, *head.doubts, *structure.doubts, *doubts, *pictures),
        gaps=structure.gaps,
        coverage=structure.coverage,
        languages={code.value: count for code, count in spoken.paragraphs.items()},
        seconds=clock.seconds,
    )


class _Clock:
    """Time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 4)
        self._last = now


def _metadata(
    head: Head, units: Sequence[Unit], language: Language, name: str, hints: Hints
) -> tuple[Metadata, tuple[Doubt, ...]]:
    metadata = hints.onto(complete(head, units, language=language, name=name), language)
    doubts = []
    if metadata.kind is Kind.OTHER and hints.kind is None:
        doubts.append(Doubt("kind_unknown"))
    if head.title is None and language not in hints.titles:
        doubts.append(Doubt("title_unknown", {"title": metadata.title}))
    return metadata, tuple(doubts)


def _act_id(metadata: Metadata, name: str, hints: Hints) -> ActId:
    if hints.act:
        return parse_act_uri(hints.act)
    return ActId(
        metadata.kind,
        metadata.number,
        metadata.date,
        metadata.body_slug,
        slugify(metadata.title) or slugify(PurePath(name).stem) or "document",
    )
