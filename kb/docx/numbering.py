"""Word's automatic numbering: labels that are printed but stand nowhere in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.docx.package import MC, Element, W, choose, integer, switched_on, value
from kb.docx.styles import Styles, indents
from kb.docx.symbols import bullet

_LEVELS = 9
_MAX_TEXT = 100
_PLACEHOLDER = re.compile(r"%([1-9])")

# ISO/IEC 29500-1, 17.18.59: neither ё nor й, ъ, ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 to 3999 in small Roman digits (4 → ``iv``), others in Arabic ones."""
    if not 0 < number < 4000:
        return str(number)
    out = []
    for size, digits in _ROMAN:
        out.append(digits * (number // size))
        number %= size
    return "".join(out)


def letters(number: int, alphabet: str) -> str:
    """A number as Word counts in letters: behind the last one they are doubled (27 → ``aa``, 28 → ``bb``)."""
    times, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (times + 1) if number > 0 and times < 10 else str(number)


def format_number(number: int, style: str) -> str:
    """``number`` in a number format of Word (4 in ``russianLower`` → ``г``); unknown formats count in digits."""
    match style:
        case "none" | "bullet":
            return ""
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "lowerLetter":
            return letters(number, _LATIN)
        case "upperLetter":
            return letters(number, _LATIN).upper()
        case "russianLower":
            return letters(number, _RUSSIAN)
        case "russianUpper":
            return letters(number, _RUSSIAN).upper()
        case "numberInDash":
            return f"- {number} -"
        case _ if style.startswith("decimalZero"):
            return str(number).zfill(integer(style[len("decimalZero") :]) or 2)
        case _:
            return str(number)


#: Formats that ``format_number`` prints as Word does.
KNOWN_FORMATS = frozenset(
    {"none", "bullet", "decimal", "decimalZero", "lowerRoman", "upperRoman", "lowerLetter", "upperLetter"}
    | {"russianLower", "russianUpper", "numberInDash"}
)


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list.

    Attributes:
        start: first number.
        style: number format.
        text: label with ``%1`` to ``%9`` for the numbers of levels.
        legal: all numbers of the label are Arabic.
        restart: levels from 1 whose use restarts it: those up to this one; None all above, 0 never.
        paragraph_style: style whose paragraphs are at this level, or None.
        font: font of the label, or None.
        left: left indent of its paragraphs in points, or None.
        first: indent of their first line against ``left`` in points, or None.
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    paragraph_style: str | None = None
    font: str | None = None
    left: float | None = None
    first: float | None = None


@dataclass(frozen=True, slots=True)
class _List:
    counters: int  # lists over one abstract definition count together
    levels: Mapping[int, ListLevel]
    forced: Mapping[int, int]  # starts that the list itself sets


class Numbering:
    """Lists of a Word file, and how far each has counted.

    Labels must be asked for in document order, once for each numbered paragraph.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read ``root``, the numbering part; None is a file without lists."""
        self._styles = styles
        self._lists: dict[int, _List] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        self.unknown_formats: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstracts: dict[int, Element] = {}
        by_style: dict[str, int] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            key = integer(value(abstract, "abstractNumId"))
            if key is None:
                continue
            abstracts[key] = abstract
            style = value(abstract.find(f"{W}styleLink"))
            if style is not None:
                by_style[style] = key
        parsed: dict[int, dict[int, ListLevel]] = {}
        for num in root.iter(f"{W}num"):
            key, target = integer(value(num, "numId")), integer(value(num.find(f"{W}abstractNumId")))
            if key is None or target not in abstracts:
                continue
            linked = value(abstracts[target].find(f"{W}numStyleLink"))
            target = by_style.get(linked, target) if linked else target
            if target not in parsed:
                parsed[target] = _levels(abstracts[target])
            self._lists[key] = _list(num, target, parsed[target])

    def level(self, num_id: int | None, level: int | None, numbered_by: str | None) -> tuple[int, ListLevel] | None:
        """Level of a list that a paragraph is at, or None if it is in no list.

        Args:
            num_id: the list.
            level: level that the paragraph or its style names, from 0.
            numbered_by: style that the numbering comes from; the level that names it goes before ``level``.
        """
        found = self._lists.get(num_id) if num_id else None
        if found is None:
            return None
        at = level or 0
        if numbered_by is not None:
            at = next((key for key, item in found.levels.items() if item.paragraph_style == numbered_by), at)
        if not 0 <= at < _LEVELS:
            return None
        return at, found.levels.get(at, ListLevel())

    def label(self, num_id: int, at: int) -> str | None:
        """Count one paragraph of a list and give its label as printed, None if nothing is printed.

        Args:
            num_id: the list, known to ``level``.
            at: level in it, from 0.
        """
        found = self._lists[num_id]
        counts = self._counts.setdefault(found.counters, [None] * _LEVELS)
        # Word counts the levels above that the document has not reached yet.
        for upper in range(at):
            if counts[upper] is None:
                self._count(found, num_id, counts, upper)
        self._count(found, num_id, counts, at)
        for lower in range(at + 1, _LEVELS):
            restart = found.levels.get(lower, ListLevel()).restart
            if restart is None or at < restart:
                counts[lower] = None
        return self._print(found, counts, at)

    def _count(self, found: _List, num_id: int, counts: list[int | None], at: int) -> None:
        level = found.levels.get(at, ListLevel())
        start = found.forced.get(at, level.start)
        current = counts[at]
        if current is None or (at in found.forced and (num_id, at) not in self._begun):
            counts[at] = start
        else:
            counts[at] = current + 1
        self._begun.add((num_id, at))

    def _print(self, found: _List, counts: list[int | None], at: int) -> str | None:
        level = found.levels.get(at, ListLevel())
        if level.style == "bullet":
            return bullet(level.text, level.font)

        def number(match: re.Match[str]) -> str:
            which = int(match.group(1)) - 1
            count = counts[which]
            if count is None:
                return ""
            style = found.levels.get(which, ListLevel()).style
            if style not in KNOWN_FORMATS and not style.startswith("decimalZero"):
                self.unknown_formats.add(style)
            return str(count) if level.legal and style != "none" else format_number(count, style)

        return _PLACEHOLDER.sub(number, level.text).strip() or None


def _list(num: Element, counters: int, levels: Mapping[int, ListLevel]) -> _List:
    own = dict(levels)
    forced: dict[int, int] = {}
    for override in num.iter(f"{W}lvlOverride"):
        at = integer(value(override, "ilvl"))
        if at is None or not 0 <= at < _LEVELS:
            continue
        replaced = override.find(f"{W}lvl")
        if replaced is not None:
            own[at] = _level(replaced)
        start = integer(value(override.find(f"{W}startOverride")))
        if start is not None:
            forced[at] = start
    return _List(counters, own, forced)


def _levels(abstract: Element) -> dict[int, ListLevel]:
    found = {}
    for level in abstract.iter(f"{W}lvl"):
        at = integer(value(level, "ilvl"))
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _level(level)
    return found


def _level(level: Element) -> ListLevel:
    properties, run = level.find(f"{W}pPr"), level.find(f"{W}rPr")
    left, first = indents(properties)
    fonts = None if run is None else run.find(f"{W}rFonts")
    start = integer(value(level.find(f"{W}start")))
    read = ListLevel(
        start=1 if start is None else start,
        style=_number_format(level),
        text=(value(level.find(f"{W}lvlText")) or "")[:_MAX_TEXT],
        legal=bool(switched_on(level.find(f"{W}isLgl"))),
        restart=integer(value(level.find(f"{W}lvlRestart"))),
        paragraph_style=value(level.find(f"{W}pStyle")),
        font=value(fonts, "ascii") or value(fonts, "hAnsi"),
        left=left,
        first=first,
    )
    if level.find(f"{W}start") is None:
        # Without a start Word counts from zero.
        read = replace(read, start=0)
    return read


def _number_format(level: Element) -> str:
    found = level.find(f"{W}numFmt")
    if found is None and (alternate := level.find(f"{MC}AlternateContent")) is not None:
        branch = choose(alternate)
        found = None if branch is None else branch.find(f"{W}numFmt")
    style = value(found) or "decimal"
    if style == "custom":
        # «001, 002, 003, …» is the only kind of custom format: zeros before the number.
        sample = (value(found, "format") or "").split(",")[0].strip()
        return f"decimalZero{len(sample)}" if sample.isdigit() and len(sample) < 10 else "custom"
    return style
