"""What the grammar of citations finds: things with offsets into the text that was searched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.documents import ActReference, Kind
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
