"""The line of a head that gives date, number and place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.citations.acts import find_numbers
from kb.citations.dates import find_dates
from kb.citations.fold import fold
from kb.citations.model import DateCitation, NumberCitation

_NAME = r"[А-ЯЁӨҮҢӉ][А-Яа-яЁёӨөҮүҢңӉӊ-]{1,30}"
_PLACE = re.compile(
    rf"(?:(?<![\w])(?:г\.|гор\.|город|с\.|село|пгт\.?|Г\.|ГОРОД|С\.|СЕЛО)\s{{0,3}}(?P<before>{_NAME}(?:[ -]{_NAME})?))"
    rf"|(?P<behind>{_NAME}(?: {_NAME})?)\s{{0,5}}"
    r"(?:шаары|шаар|ш\.|айылы|айыл|а\.|с\.|ШААРЫ|ШААР|Ш\.|АЙЫЛЫ|АЙЫЛ|шаарчасы)(?![\w])"
)
#: Words that a line of requisites may have beside date, number and place, folded.
_FILLER = re.compile(
    r"(?<![а-я])(?:от|за|года?|г|ж|жыл[а-я]{0,5}|№+|n|уп|пп|пж|ук|дом правительства|окмот уйу|карата|регистрационный"
    r"|каттоо|номер[иу]?|саны|дата|кун[уи]|датасы)(?![а-я])"
)
_BLANK_NUMBER = re.compile(r"(?:№|(?<![A-Za-z])N)\s{0,20}(?:_+|$|\s{2,}|[А-Яа-яӨҮҢөүң])")
_BLANK_DATE = re.compile(r"_{2,}|\.{5,}|…{2,}")
#: The seats of state bodies, which stand in a date line without a word for their kind.
_SEATS = frozenset({"бишкек", "ош", "фрунзе"})
_LENGTH = 300
_TELEPHONE = re.compile(r"(?:тел|факс)[.:а-я]{0,6}\s{0,3}[0-9+() -]{5,25}")
_IMPRINT = re.compile(r"(?P<seat>(?:бишкек|ош) )?(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Requisites:
    """Date, number and place of a line.

    Attributes:
        date: the day, or None.
        number: the number, or None.
        place: name of the place without the word for town or village, or None.
        blank: whether date or number is left to be filled in by hand.
        impossible_date: whether a date stands there that no calendar has.
    """

    date: dt.date | None = None
    number: str | None = None
    place: str | None = None
    blank: bool = False
    impossible_date: bool = False


def read_requisites(text: str) -> Requisites | None:
    """What a line says that is nothing but date, number and place; None for any other line.

    ``Бишкек шаары, 2016-жылдын 31-марты № 32``, ``г.Бишкек от 20 февраля 2009 года N 57``, ``№ ____ Бишкек ш.``
    """
    if len(text) > _LENGTH:
        return None
    dates = find_dates(text)
    numbers = find_numbers(text)
    if len(dates) > 1 or len(numbers) > 1:
        return None
    rest = text
    for start, end in spans(dates, numbers):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    place = find_place(rest)
    if place is not None:
        rest = rest[: place[1]] + " " * (place[2] - place[1]) + rest[place[2] :]
    blank_number = not numbers and _BLANK_NUMBER.search(text) is not None
    blank = blank_number or (not dates and _BLANK_DATE.search(text) is not None)
    name = place[0] if place else None
    left = re.sub(r"[^а-яa-z0-9]+", " ", _FILLER.sub(" ", _TELEPHONE.sub(" ", fold(rest)))).strip()
    # The foot of a title page: «Бишкек – 2013», «Үлгү айылы, 2024-жыл».
    imprint = _IMPRINT.fullmatch(left)
    if imprint and not (dates or numbers) and (name or imprint["seat"]):
        return Requisites(place=name or imprint["seat"].strip().capitalize())
    if left in _SEATS and name is None and (dates or numbers or blank):
        name, left = left.capitalize(), ""
    if blank_number and not dates and "_" in text and len(left.split()) <= 5:
        # A blank's line of dashes says in small words what is to be filled in.
        left = ""
    if blank and re.fullmatch(r"(?:\d{1,2} )?\d{2,4}", left):
        left = ""
    if left or not (dates or numbers or blank or name):
        return None
    date = dates[0].date if dates else None
    return Requisites(date, numbers[0].number if numbers else None, name, blank, bool(dates) and date is None)


def spans(dates: Iterable[DateCitation], numbers: Iterable[NumberCitation]) -> list[tuple[int, int]]:
    """Start and end of each date and number, in the order of the text."""
    return sorted([*((date.start, date.end) for date in dates), *((number.start, number.end) for number in numbers)])


def find_place(text: str) -> tuple[str, int, int] | None:
    """The place that ``text`` names with the word for town or village: name, start, end; or None."""
    match = _PLACE.search(text)
    if match is None:
        return None
    name = match["before"] or match["behind"]
    if name.isupper():
        name = "-".join(part.capitalize() for part in name.split("-"))
    return " ".join(name.split()), match.start(), match.end()
