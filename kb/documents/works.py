"""Works: acts, what they are known by, and whether they are law."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kind of a document, as ``kind`` of the contract."""

    CONSTITUTION = "constitution"
    LAW = "law"
    CODE = "code"
    DECREE = "decree"
    RESOLUTION = "resolution"
    ORDER = "order"
    CHARTER = "charter"
    MODEL_CHARTER = "model_charter"
    REGULATIONS = "regulations"
    STATUTE = "statute"
    AGREEMENT = "agreement"
    METHODOLOGY = "methodology"
    FORM = "form"
    PROTOCOL = "protocol"
    TRAINING = "training"
    ARTICLE = "article"
    OTHER = "other"


#: Kinds numbered by the state as a whole; all others are numbered by each body for itself.
STATE_KINDS = frozenset({Kind.CONSTITUTION, Kind.LAW, Kind.CODE, Kind.DECREE})

#: Kinds of acts from the most general to the most local; others come behind.
GENERALITY: tuple[Kind, ...] = (
    Kind.CONSTITUTION,
    Kind.CODE,
    Kind.LAW,
    Kind.DECREE,
    Kind.RESOLUTION,
    Kind.ORDER,
    Kind.MODEL_CHARTER,
    Kind.STATUTE,
    Kind.REGULATIONS,
    Kind.CHARTER,
    Kind.AGREEMENT,
)


class Status(StrEnum):
    """Whether an act or a unit is law."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    NOT_IN_FORCE_YET = "not_in_force_yet"
    DRAFT = "draft"
    UNKNOWN = "unknown"


#: Topics of the training programme, by the slug of their page; their names are in the interface's catalogue.
TOPICS: tuple[str, ...] = (
    "lsg-basis",
    "council-work",
    "local-budget",
    "audit",
    "community-charter",
    "openness",
    "community-needs",
    "investment-projects",
    "procurement",
    "citizen-participation",
    "public-monitoring",
)

#: Audiences of the training programme.
AUDIENCES: tuple[str, ...] = ("council", "staff", "community")


@dataclass(frozen=True, slots=True)
class ActId:
    """What an act is known by, and the URI made of it.

    Attributes:
        kind: its kind.
        number: number as printed (``01-18/48``), or None.
        date: date in its head, by which it is cited, or None.
        body: slug of the body that numbered it, or None; state kinds need none.
        slug: name used where number, date or body is wanting.
    """

    kind: Kind
    number: str | None = None
    date: dt.date | None = None
    body: str | None = None
    slug: str = ""

    @property
    def numbered(self) -> bool:
        """Whether number, date and (where kinds need it) body name the act alone."""
        return bool(self.number and self.date and (self.kind in STATE_KINDS or self.body))

    @property
    def uri(self) -> str:
        """``/akn/kg/act/law/2021-10-20/123`` or ``/akn/kg/doc/form/assembly-protocol``."""
        if self.numbered:
            number = slug_of_number(self.number or "")
            body = "" if self.kind in STATE_KINDS else f"{self.body}/"
            return f"/akn/kg/act/{self.kind}/{body}{self.date}/{number}"
        return f"/akn/kg/doc/{self.kind}/{self.slug}"


def parse_act_uri(uri: str) -> ActId:
    """What an act's URI says of it (``/akn/kg/act/law/2021-10-20/123`` → law 123 of 20 October 2021).

    Raises:
        ValueError: it is no URI of an act.
    """
    match uri.split("/"):
        case ["", "akn", "kg", "doc", kind, slug] if slug:
            return ActId(Kind(kind), slug=slug)
        case ["", "akn", "kg", "act", kind, date, number] if number and kind in STATE_KINDS:
            return ActId(Kind(kind), number, dt.date.fromisoformat(date))
        case ["", "akn", "kg", "act", kind, body, date, number] if number and body and kind not in STATE_KINDS:
            return ActId(Kind(kind), number, dt.date.fromisoformat(date), body)
        case _:
            raise ValueError(uri)


def slug_of_number(number: str) -> str:
    """Number of an act as its URI has it: lower case, slashes as hyphens (``01-18/48`` → ``01-18-48``)."""
    return re.sub(r"[^0-9a-zа-яёөүң-]+", "-", number.strip().lower()).strip("-")


@dataclass(frozen=True, slots=True)
class ActReference:
    """Another act, as a text names it; what the text does not say is None."""

    kind: Kind | None = None
    date: dt.date | None = None
    number: str | None = None
