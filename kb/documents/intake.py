"""Manifestations: a file as it came, and what intake says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.documents.expressions import Document
from kb.documents.units import Level


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: a code, its parameters and where (``page 3, line 12``)."""

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A break in the numbering of one level.

    Attributes:
        level: level whose numbers break.
        after: number before the break, None at the start.
        before: number after the break.
        reason: ``missing`` (numbers left out), ``out_of_order``, ``duplicate`` or ``no_parent``.
    """

    level: Level
    after: str | None
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the source that no rule placed in a unit: where, the text, and the reason's code."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the source's text became part of a unit, its head or a note.

    Attributes:
        characters: characters of the source's text, white space not counted.
        placed: those that a rule placed.
        left_out: the rest, piece by piece.
    """

    characters: int
    placed: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What intake says of one file, beside the document itself.

    Attributes:
        warnings: what a person should look at, in the order of the stages.
        gaps: breaks in the numbering, in document order.
        coverage: how much of the text a rule placed.
        languages: number of the source's paragraphs and tables by language, most first; empty in old reports.
        seconds: time that each stage took, in their order; empty in old reports. Reports that differ in it alone
            are equal.
    """

    warnings: tuple[Doubt, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: Coverage = Coverage(0, 0)
    languages: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came (FRBR manifestation).

    Attributes:
        name: file name without folders.
        path: where it lay, as given; a later file from the same path is the same document.
        media_type: media type by content.
        content: its bytes.
        sha256: SHA-256 of ``content``, hexadecimal.
    """

    name: str
    path: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Intake:
    """One file taken in.

    Attributes:
        document: what it holds.
        report: what intake says of it.
        original: the file itself.
        act_given: whether a person gave the act's URI, so that the document is that act's and no other's.
    """

    document: Document
    report: Report
    original: Original
    act_given: bool = False
