"""What the head of a document says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.documents import ActReference, Doubt, Kind, Status
from kb.language.model import Language


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body of a document; what it does not say is None or empty.

    Attributes:
        kind: kind of document.
        title: name as printed, without kind where a name has none, white space folded.
        number: the act's own number, not that of an act that amends or approves it.
        date: the act's own date.
        date_passed: day on which parliament or a council passed it, where the head says so.
        date_in_force: day on which it came into force, where the head says so.
        place: place in the date line.
        body: body that issued it, in the language of the head.
        body_slug: the body's part of the URI.
        language: language of the head, None if it cannot be told.
        amended_by: amending acts of the list under the title, in order.
        status: repealed or draft where the head says so, else unknown.
        status_by: the act that repealed it.
        approved_by: the act that approved it, by the stamp in the corner (``УТВЕРЖДЕНО постановлением …``).
        requisites: indices of the blocks that are head and not preamble.
        doubts: what a person should look at.
    """

    kind: Kind | None = None
    title: str | None = None
    number: str | None = None
    date: dt.date | None = None
    date_passed: dt.date | None = None
    date_in_force: dt.date | None = None
    place: str | None = None
    body: str | None = None
    body_slug: str | None = None
    language: Language | None = None
    amended_by: tuple[ActReference, ...] = ()
    status: Status = Status.UNKNOWN
    status_by: ActReference | None = None
    approved_by: ActReference | None = None
    requisites: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()
