"""Marks in a rendered document: numbers to be counted, references to them, what answers filled.

They are characters of Unicode's private use area, which no answer may hold; a rendered document keeps them until it
becomes a Word file (numbers set, the rest taken out) or a preview (the rest turned into HTML).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kb.errors import BadForm

NUMBER, LABEL, NUMBER_END = "\ue001", "\ue002", "\ue003"
REFERENCE, REFERENCE_END = "\ue004", "\ue005"
FILLED, FILLED_NAME, FILLED_END = "\ue010", "\ue011", "\ue012"
MISSING, MISSING_END = "\ue013", "\ue014"
BOLD, BOLD_END = "\ue020", "\ue021"
MODEL, MODEL_END = "\ue022", "\ue023"
WHITE = " \t\n\u00a0"
PRIVATE = re.compile("[\ue000-\uf8ff]")

#: Levels that are counted, each inside the one before; clauses run through a whole document, and so do the points of
#: orders and resolutions, which stand beside the rest.
LEVELS = ("section", "clause", "subclause", "subsubclause")
POINT = "point"

_NUMBER = re.compile(f"{NUMBER}([a-z]+){LABEL}([^{NUMBER_END}]*){NUMBER_END}")
_REFERENCE = re.compile(f"{REFERENCE}([^{REFERENCE_END}]*){REFERENCE_END}")
_FILLING = re.compile(f"{FILLED}[^{FILLED_NAME}]*{FILLED_NAME}|[{FILLED_END}{MISSING}{MISSING_END}]")
_DASH = '<w:p><w:pPr><w:pStyle w:val="Dash"/>'
_LAST_ITEM = re.compile(rf"({_DASH}(?:(?!</w:p>).)*);(</w:t></w:r></w:p>)(?=\s*<w:)(?!\s*{_DASH})")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Roman numeral of a number from 1 to 399."""
    told = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        told += letters * count
    return told


def number_mark(level: str, label: str) -> str:
    """What stands for the number of a unit until it is counted."""
    return f"{NUMBER}{level}{LABEL}{label}{NUMBER_END}"


def reference_mark(label: str) -> str:
    """What stands for a reference to a unit."""
    return f"{REFERENCE}{label}{REFERENCE_END}"


def set_numbers(marked: str, *, keep: bool = False) -> str:
    """Count the units of a rendered document and write their numbers where they and references to them stand.

    Args:
        marked: the document with its marks.
        keep: leave the marks of units (with the number after them) for a preview.

    Raises:
        BadForm: a label stands twice, or a reference is to a unit that is not there.
    """
    count = dict.fromkeys((*LEVELS, POINT), 0)
    numbers: dict[str, str] = {}

    def counted(found: re.Match[str]) -> str:
        level, label = found.groups()
        number = _next(count, level)
        if label in numbers:
            raise BadForm(reason="label_twice", where=label)
        if label:
            numbers[label] = number
        return found[0] + number if keep else number

    told = _NUMBER.sub(counted, marked)
    return _REFERENCE.sub(_referred(numbers), told)


def _next(count: dict[str, int], level: str) -> str:
    if level not in count:
        raise BadForm(reason="level", where=level)
    count[level] += 1
    if level == "section":
        return roman(count[level])
    if level == POINT:
        return str(count[level])
    for deeper in LEVELS[LEVELS.index(level) + 1 :]:
        count[deeper] = 0
    return ".".join(str(count[above]) for above in LEVELS[1 : LEVELS.index(level) + 1])


def _referred(numbers: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def number(found: re.Match[str]) -> str:
        if found[1] not in numbers:
            raise BadForm(reason="reference", where=found[1])
        return numbers[found[1]]

    return number


def close_lists(marked: str) -> str:
    """Put a full stop behind the last item of each list, whichever of its items were left out."""
    return _LAST_ITEM.sub(r"\1.\2", marked)


def without_filling(marked: str) -> str:
    """The document without the marks of what answers filled."""
    return _FILLING.sub("", marked)


def starting_number(text: str) -> tuple[str, str, str] | None:
    """Level, label and the rest (number first) of a paragraph that starts with a unit's number, else None.

    Spaces before the number are left out; marks of bold letters there stay.
    """
    start = len(text) - len(text.lstrip(BOLD + BOLD_END + WHITE))
    found = _NUMBER.match(text, start)
    before = "".join(mark for mark in text[:start] if mark in BOLD + BOLD_END)
    return (found[1], found[2], before + text[found.end() :]) if found else None
