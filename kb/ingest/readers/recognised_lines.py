"""What only all lines of a recognised text together tell: which are bold, and which numbers are Roman."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.docx.numbering import roman
from kb.ingest.readers.lines import Line

#: Strokes of bold letters are at least so much wider than most of the text's.
_BOLD = 1.33
_LETTERS = 4

#: What tesseract's Kyrgyz and Russian models, which know no Latin letters, make of Roman digits.
_DIGITS = {
    **dict.fromkeys("IІГТ|l!", "I"),
    "П": "II",
    "Ш": "III",
    **dict.fromkeys("VУ", "V"),
    **dict.fromkeys("XХ", "X"),
    "L": "L",
}
_VALUES = {roman(value).upper(): value for value in range(1, 50)}
_NUMBER = r"[IІГТ|l!1ПШVУXХL]{1,7}"
#: A number that begins a heading: ``П. Жергиликтүү өз алдынча башкаруу``.
_ALONE = re.compile(rf"({_NUMBER})\.\s+[«\"(]?[A-ZА-ЯЁӨҮҢ]")
#: A number beside its keyword, which leaves no doubt: ``УШ БӨЛҮМ``, ``РАЗДЕЛ Ш``.
_BEFORE = re.compile(rf"({_NUMBER})(?=\s?-?\s?(?:бөлүм|бөлүк|бап|раздел)\b)", re.IGNORECASE)
_AFTER = re.compile(rf"(?:раздел|часть)\s+({_NUMBER})(?=\.|\s|$)", re.IGNORECASE)
#: ``О`` is read as a nought where a title begins with it: ``0 государственной регистрации``.
_NOUGHT = re.compile(r"(?:^|(?<=[«\"“(]))0(?=\s[а-яё])")
#: The Latin ``N`` of ``от 20 февраля 2009 года N 57`` is read as ``М``.
_LETTER_M = re.compile(r"(?<!\S)М(?=\s?\d)")
_AFTER_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?-?\s?[гж]\w{0,8}\.?)?(?:\s\d{1,2}\s?-?\s?[а-яёөүң]{3,16})?\s$")
_CONTEXT = 60
_COUNTED = re.compile(r"(\d{1,3})\.\s")


@dataclass(frozen=True, slots=True)
class _Found:
    """A number that may be Roman: its line, its characters and its value."""

    line: int
    start: int
    end: int
    value: int


def mark_bold(lines: Sequence[Line], strokes: Sequence[float]) -> list[Line]:
    """Lines with ``bold`` set where their strokes are clearly wider than those of most of the text.

    Args:
        lines: all lines of the text.
        strokes: width of each line's strokes as a share of the size of its letters, 0 where not known.
    """
    weighed = sorted((stroke, len(line.text)) for line, stroke in zip(lines, strokes, strict=True) if stroke)
    half = sum(weight for _, weight in weighed) / 2
    usual = 0.0
    for stroke, weight in weighed:
        usual = stroke
        half -= weight
        if half <= 0:
            break
    return [
        replace(line, bold=stroke > _BOLD * usual and sum(sign.isalpha() for sign in line.text) >= _LETTERS)
        for line, stroke in zip(lines, strokes, strict=True)
    ]


def restore_romans(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines with Roman numbers in place of the letters that they were taken for.

    ``П.`` is II, ``Ш.`` is III, ``ТУ.`` is IV and ``УП.`` VII. Initials look the same (``П. Үсөнов``), so numbers that
    stand alone are believed only where they count on: II, III … one after the other.

    Args:
        lines: all lines of the text, in reading order.

    Returns:
        All lines, and those of them that were changed.
    """
    found = [*_beside_keywords(lines), *_counting(lines)]
    new = list(lines)
    changed = []
    for number in sorted(found, key=lambda one: one.line):
        line = lines[number.line]
        printed = roman(number.value).upper()
        if line.text[number.start : number.end] == printed:
            continue
        shift = len(printed) - (number.end - number.start)
        spans = tuple(
            replace(span, start=span.start + shift, end=span.end + shift)
            for span in line.spans
            if span.start >= number.end
        )
        text = line.text[: number.start] + printed + line.text[number.end :]
        new[number.line] = replace(line, text=text, spans=spans)
        changed.append(new[number.line])
    return new, changed


def restore_letters(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines with ``О`` in place of a nought before a word, and ``N`` in place of ``М`` between a year and a number.

    Args:
        lines: all lines of the text, in reading order.

    Returns:
        All lines, and those of them that were changed.
    """
    new: list[Line] = []
    before = ""
    for line in lines:
        text = _NOUGHT.sub("О", line.text)
        for match in _LETTER_M.finditer(text):
            context = f"{before} {text[: match.start()]}"[-_CONTEXT:]
            if _AFTER_YEAR.search(context):
                text = f"{text[: match.start()]}N{text[match.end() :]}"
        new.append(line if text == line.text else replace(line, text=text))
        before = text
    return new, [line for line, old in zip(new, lines, strict=True) if line is not old]


def _value(text: str) -> int | None:
    return _VALUES.get("".join(_DIGITS.get(sign, "I" if sign == "1" else "?") for sign in text))


def _beside_keywords(lines: Sequence[Line]) -> Iterator[_Found]:
    for index, line in enumerate(lines):
        match = _BEFORE.match(line.text) or _AFTER.match(line.text)
        if match and not match[1].isdigit() and (value := _value(match[1])):
            yield _Found(index, match.start(1), match.end(1), value)


def _counting(lines: Sequence[Line]) -> Iterator[_Found]:
    """Numbers that stand alone and count on, each run with the I at its head, which was often read as 1."""
    run: list[_Found] = []
    start = 0
    for index, line in enumerate(lines):
        match = _ALONE.match(line.text)
        value = _value(match[1]) if match and not match[1].isdigit() else None
        if match is None or value is None:
            continue
        number = _Found(index, 0, match.end(1), value)
        if run and value == run[-1].value + 1:
            run.append(number)
        elif value <= 2 and not (value == 2 and run and run[-1].value == 2):
            yield from _whole(lines, run, start)
            start = run[-1].line + 1 if len(run) > 1 else start
            run = [number]
    yield from _whole(lines, run, start)


def _whole(lines: Sequence[Line], run: Sequence[_Found], start: int) -> Iterator[_Found]:
    if len(run) < 2 or run[-1].value < 3:
        return
    yield from run
    if run[0].value == 2 and (first := _first(lines, start, run[0].line)) is not None:
        yield first


def _first(lines: Sequence[Line], start: int, end: int) -> _Found | None:
    """The I before a II: a ``1.`` behind which no 2 comes, since its own clauses begin anew at 1 or there are none."""
    counted = [
        (index, int(match[1]))
        for index in range(start, end)
        if (match := _COUNTED.match(lines[index].text)) is not None
    ]
    for at in range(len(counted) - 1, -1, -1):
        index, value = counted[at]
        after = counted[at + 1][1] if at + 1 < len(counted) else None
        if value == 1 and after in {1, None}:
            return _Found(index, 0, 1, 1)
    return None
