"""What the grammar of citations finds: things with offsets into the text that was searched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kb.documents import ActReference, Kind, Level
from kb.language.model import Language


@dataclass(frozen=True, slots=True)
class DateCitation:
    """A date in a text.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character; the word for year belongs to it, «от» does not.
        date: the day, None if there is no such day (``31 февраля 2016 года``).
        language: language of its words, None if it is digits alone.
    """

    start: int
    end: int
    date: dt.date | None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class NumberCitation:
    """A number of an act in a text.

    Attributes:
        start: offset of the number sign.
        end: offset behind the number.
        number: the number as printed, without white space, letters that stand for digits put right.
    """

    start: int
    end: int
    number: str


@dataclass(frozen=True, slots=True)
class KindCitation:
    """A word for a kind of act in any case form.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        kind: the kind it names.
        language: language that the word's form belongs to, None where it may be either (``кодекс``).
    """

    start: int
    end: int
    kind: Kind
    language: Language | None


@dataclass(frozen=True, slots=True)
class ActCitation:
    """An act as a text names it by kind, date and number; at least two of the three are there.

    Attributes:
        start: offset of the first character that belongs to it alone or that it shares with the list's others.
        end: offset behind its last character.
        reference: what the text says of the act.
        impossible_date: whether a date stands there that no calendar has.
    """

    start: int
    end: int
    reference: ActReference
    impossible_date: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a unit's address as it is cited.

    Attributes:
        level: level that the word names: часть and бөлүк are paragraph, пункт is point, whatever the act itself has.
        number: normalised number (``21-1``, ``17.5``, ``V``, ``а``), None where the text points instead.
        until: last number of a range, else None.
        doubtful: whether ``number`` and ``until`` may be one inserted number (``статьи 12-15``: 12 to 15, or 12-15).
        this: whether it is the one that the text stands in (``настоящей статьи``).
    """

    level: Level
    number: str | None
    until: str | None = None
    doubtful: bool = False
    this: bool = False


@dataclass(frozen=True, slots=True)
class UnitCitation:
    """A unit as a text cites it.

    Attributes:
        start: offset of the first character of its innermost number or word.
        end: offset behind the last.
        path: its steps, outermost first.
    """

    start: int
    end: int
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ActName:
    """How a text names an act; what it does not say is None or empty.

    Attributes:
        kind: kind of the act.
        date: date in its head, or of what approved it.
        number: its number, or that of what approved it.
        year: year alone.
        title: title in quotation marks, without them.
        codes: keys of the codes that the name may be of.
        this: whether it is the act that the text stands in (``настоящего Кодекса``).
        approved: whether date and number are those of the act that approved it.
        body: folded words for the body that issued it, where the text has them beside date and number.
    """

    kind: Kind | None = None
    date: dt.date | None = None
    number: str | None = None
    year: int | None = None
    title: str | None = None
    codes: tuple[str, ...] = ()
    this: bool = False
    approved: bool = False
    body: str | None = None

    @property
    def telling(self) -> bool:
        """Whether it says more than a kind, which alone names no act but the Constitution."""
        said = self.date or self.number or self.title or self.codes or self.this
        return bool(said) or self.kind is Kind.CONSTITUTION


class Role(StrEnum):
    """What a citation points into."""

    THIS = "this"
    NAMED = "named"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Citation:
    """An act, or units of one act, that a text cites.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        act: how the act is named, None where units stand alone.
        units: units in the order of the text, empty for the act as a whole.
        language: language of its words, None where they may be either.
    """

    start: int
    end: int
    act: ActName | None = None
    units: tuple[UnitCitation, ...] = ()
    language: Language | None = None

    @property
    def role(self) -> Role:
        """Whether the text's own act is meant, another that is named, or the text does not say."""
        if self.act is None:
            steps = [step for unit in self.units for step in unit.path]
            return Role.THIS if any(step.this for step in steps) else Role.BARE
        return Role.THIS if self.act.this else Role.NAMED
