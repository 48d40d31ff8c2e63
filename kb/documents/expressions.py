"""Expressions: an act as of a date in a language, and what is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.documents.units import Unit
from kb.documents.works import ActId, ActReference, Kind, Status
from kb.language.model import Language


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an act and of this edition of it; what no source says is None or empty.

    Attributes:
        kind: kind of document.
        title: name alone in the edition's language, without number and kind (codes and charters keep theirs).
        number: number as printed.
        date: date in the head, by which the act is cited.
        date_passed: day on which parliament or a council passed it.
        date_in_force: day on which it came into force.
        edition_date: day of the newest amendment that this edition holds.
        place: place in the head.
        body: body that issued it, as printed.
        body_slug: the body's part of the URI, the same in both languages.
        status: status of the act.
        status_by: the act that gave it its status.
        amended_by: amending acts that the head or the text names, in order.
        titles: official titles in other languages.
        topics: slugs of TOPICS.
        audience: slugs of AUDIENCES.
        hours: length of a training material, in hours.
        licence: licence of the text.
        source: address from which it was had.
        retrieved: day on which it was had.
        official: whether the text is official: said by the source, a sidecar or the command line.
        recognised: mean confidence, 0 to 1, of text recognised from pictures of pages; None where all was text.
    """

    kind: Kind
    title: str
    number: str | None = None
    date: dt.date | None = None
    date_passed: dt.date | None = None
    date_in_force: dt.date | None = None
    edition_date: dt.date | None = None
    place: str | None = None
    body: str | None = None
    body_slug: str | None = None
    status: Status = Status.UNKNOWN
    status_by: ActReference | None = None
    amended_by: tuple[ActReference, ...] = ()
    titles: Mapping[Language, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    hours: float | None = None
    licence: str | None = None
    source: str | None = None
    retrieved: dt.date | None = None
    official: bool = False
    recognised: float | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """An act as of a date in a language (FRBR expression).

    Attributes:
        act: URI of the act.
        language: language of the text.
        date: newest amendment held, or None where not known.
    """

    act: str
    language: Language
    date: dt.date | None = None

    @property
    def uri(self) -> str:
        """``…/kir@2024-09-30``, undated ``…/kir@``."""
        return f"{self.act}/{self.language.akn}@{self.date or ''}"


@dataclass(frozen=True, slots=True)
class Document:
    """An edition with all that it holds.

    Attributes:
        act_id: what the act is known by.
        language: language that most of the text is in.
        metadata: what is known of it.
        units: its units in document order, each parent before its children.
    """

    act_id: ActId
    language: Language
    metadata: Metadata
    units: tuple[Unit, ...]

    @property
    def edition(self) -> Edition:
        """The expression that this document is."""
        return Edition(self.act_id.uri, self.language, self.metadata.edition_date)
