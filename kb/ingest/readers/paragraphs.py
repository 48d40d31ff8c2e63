"""Lines of a layout to paragraphs: where the eye sees that a new one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.documents import Block, Place, Span, table_block
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.readers.boxes import box_rows, is_boxed
from kb.ingest.readers.lines import Line
from kb.ingest.readers.measure import Measure
from kb.ingest.readers.wrapping import HYPHENS, Words, join

_NUMBER = r"\d{1,4}(?:[-.]\d{1,3}){0,4}"
#: What headings and numbered provisions begin with: ``Статья 5.``, ``12-берене.``, ``1.``, ``2-1)``, ``а)``, ``§ 1``.
_UNIT = re.compile(
    rf"(?:(?:статья|глава|раздел|часть|параграф|приложение|подраздел)\s+(?:{_NUMBER}|[IVXLCІХ]+)(?:\s*\.|\s+[А-ЯЁ]|$)"
    rf"|{_NUMBER}\s?-\s?(?:берене|статья|глава|бөлүм|бөлүк|бап|тиркеме|параграф)(?:\s*\.|$|\s+[А-ЯЁӨҮҢ])"
    rf"|[IVXLCІХ]{{1,6}}(?:\s*\.\s|\s+(?:БӨЛҮМ|БӨЛҮК|РАЗДЕЛ|бөлүм|бөлүк|бап))"
    rf"|§\s*\d|{_NUMBER}[.)](?:\s|$)|[а-яёөүңa-z]\)\s|(?:[-–—•·*▪●]|\uf0b7)\s)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"(?:{_NUMBER}[.)]|[а-яёөүңa-z]\)|[-–—•·*▪●\uf0b7]|[IVXLCІХ]{{1,6}}\.)\s", re.IGNORECASE)
#: Ends that a number must follow; a full stop belongs to abbreviations only (``настоящей статьи.`` ends a sentence,
#: and so does ``и т.п.``).
_WANTS_NUMBER = re.compile(
    r"(?:№|\b(?:N|статья|статьи|статье|статьей|статьями|статьях|пункт|пункта|пункте|пунктом|пунктами|пунктах|части"
    r"|частью|частями|главы|главой|(?<!т\.)(?<!т\.\s)(?:ст|пп?|ч|гл?|абз|см)\.?))$",
    re.IGNORECASE,
)
#: Ends that words must follow: an opening bracket, prepositions and conjunctions. A numbered item may follow ``; и``.
_WANTS_WORDS = re.compile(
    r"(?:[(«„\[]|\b(?:от|и|в|во|на|с|со|к|ко|по|из|о|об|у|за|для|при|или|не|жана|же|менен))$", re.IGNORECASE
)
_HEADING = re.compile(
    rf"(?:(?:статья|глава|раздел|часть|параграф|подраздел)\s+(?:{_NUMBER}|[IVXLCІХ]{{1,6}})(?:\s*\.|\s+[А-ЯЁ]|$)"
    rf"|{_NUMBER}\s?-\s?(?:берене|статья|глава|бөлүм|бөлүк|бап|параграф)(?:\s*\.|$|\s+[А-ЯЁӨҮҢ]))",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"((?:\d{1,4}\.){0,4})(\d{1,4})([.)])(?:\s|$)")
_CLOSED = re.compile(r"([.;:!?…])['\"»”)\]]?$")
_DASH = re.compile(r"[-–—•·*▪●\uf0b7]\s")
#: A bracketed word in the middle of a heading: ``(постоянного) пользования``.
_ASIDE = re.compile(r"\([а-яёөүң][^()]{0,80}\)\s\S")
#: The date of an act under its title: ``от 5 января 1998 года № 1``.
_DATED = re.compile(r"от\s+[«\"“]?\d")
_CERTAIN = 9.0


def rebuild(lines: Sequence[Line], measures: Sequence[Measure], words: Words) -> Iterator[SourceBlock]:
    """Paragraphs of a document.

    Args:
        lines: lines in reading order, page headers and footers left out.
        measures: measures of the page of each line, in the same order.
        words: the document's words, for hyphens.

    Yields:
        One block a paragraph: lines that a layout wrapped are one text, hyphenation undone.
    """
    current: list[Line] = []
    notes: list[tuple[Line, Measure]] = []
    measure: Measure | None = None
    for line, here in zip(lines, measures, strict=True):
        if line.note:
            notes.append((line, here))
            continue
        if current and measure is not None and begins(current, line, measure, here):
            yield _block(current, measure, words)
            yield from _notes(notes, words)
            current, notes = [], []
        if not current:
            measure = here
        current.append(line)
    if current and measure is not None:
        yield _block(current, measure, words)
    yield from _notes(notes, words)


def _notes(notes: Sequence[tuple[Line, Measure]], words: Words) -> Iterator[SourceBlock]:
    """Footnotes, once the paragraph is complete that they had interrupted."""
    if notes:
        yield from rebuild([replace(line, note=False) for line, _ in notes], [here for _, here in notes], words)


def begins(current: Sequence[Line], line: Line, measure: Measure, here: Measure) -> bool:
    """Whether a line begins a new paragraph.

    Args:
        current: lines of the paragraph under way, not empty.
        line: the line that follows it.
        measure: measures of the page on which the paragraph began.
        here: measures of the line's page.
    """
    last = current[-1]
    if line.cell or last.cell:
        return line.page != last.page or (line.cell or (-1,))[0] != (last.cell or (-1,))[0]
    if is_boxed(line.text) or is_boxed(last.text):
        return is_boxed(line.text) != is_boxed(last.text)
    if last.text[-1] == "\u00ad" or last.text[-1] in "\ufffe\x02":
        return False
    if last.columns or line.columns:
        return True
    return _distance(last, line, here) + _edges(current, line, measure, here) + _words(current, line) > 0


def ends_open(text: str, below: str) -> bool:
    """Whether a line's end needs the line below: ``… от 15 июля 2009 года №``, ``… облусу жана``, not before ``2)``."""
    end = text[-20:]
    if _WANTS_NUMBER.search(end):
        return not is_heading(below)
    return _WANTS_WORDS.search(end) is not None and not _UNIT.match(below)


def begins_unit(text: str) -> bool:
    """Whether a line begins as a heading or a numbered item does: ``Статья 5.``, ``2)``, ``б) …``."""
    return _UNIT.match(text) is not None


def is_heading(text: str) -> bool:
    """Whether a line begins as a numbered heading does: ``Статья 5. …``, ``12-берене. …``."""
    return _HEADING.match(text) is not None


def _distance(last: Line, line: Line, here: Measure) -> float:
    """Evidence of height, size and weight: positive for a new paragraph."""
    evidence = 0.0
    if line.page == last.page:
        fall = last.baseline - line.baseline
        if fall < 0.3 * line.size or line.left > last.right + line.size or line.right < last.left - line.size:
            return _CERTAIN
        ratio = fall / here.pitch_of(last.size, line.size)
        if ratio > 2.2:
            return _CERTAIN
        evidence += _gap(ratio, here.spaced)
    elif last.baseline > here.bottom + 4 * here.pitch_of(last.size, line.size):
        evidence += 1.5
    if abs(last.size - line.size) > 0.08 * max(last.size, line.size):
        evidence += 1.5
    new = not line.text[0].islower()
    if last.bold != line.bold:
        evidence += 2.5 if new else 1.0
    if last.italic != line.italic:
        evidence += 1.0 if new else 0.5
    return evidence


def _gap(ratio: float, spaced: bool) -> float:  # noqa: FBT001
    """Evidence of the step from line to line, as a multiple of the usual one."""
    if ratio > 1.3:
        return 4.0
    if ratio > 1.08:
        return 3.0 if spaced else 2.0
    return -1.0 if spaced else 0.0


def _edges(current: Sequence[Line], line: Line, measure: Measure, here: Measure) -> float:
    """Evidence of the left and right edges: positive for a new paragraph."""
    last = current[-1]
    before = here if last.page == line.page else measure
    width = max(before.right - before.left, 1.0)
    if _beside(last, line, before, width):
        return 0.0
    centred = before.centres(last)
    if centred != here.centres(line) and last.right < before.right - 0.03 * width:
        return 2.5
    room = (width - (last.right - last.left)) if centred else (before.right - last.right)
    slack = room - line.lead - 0.25 * line.size
    small = slack < 0.12 * width
    evidence = -1.5 if slack < 0.05 * line.size else (1.0 if centred else 1.5) if small else 2.5
    if centred:
        return evidence
    step = (line.left - here.left) - (last.left - before.left)
    if len(current) == 1:
        evidence += _after_first(last, line, step, here)
    elif step > 5:
        evidence += 3.0 if here.indents(line) else 2.0
    elif step < -5:
        evidence += 1.5
    else:
        evidence -= 0.5
    return evidence


def _after_first(first: Line, line: Line, step: float, here: Measure) -> float:
    """Evidence of the left edge where the paragraph has one line so far."""
    if step > 5:
        return 0.0 if _LABEL.match(first.text) and not _UNIT.match(line.text) else 1.5
    if step < -5:
        return -0.5
    if here.indents(line):
        return 3.0
    return 0.0 if line.left - here.left > 5 else -0.5


def _beside(last: Line, line: Line, before: Measure, width: float) -> bool:
    """Whether both lines are centred in a narrow column of their own, as in the head of a form with two languages."""
    return (
        last.left > before.left + 8
        and max(last.right - last.left, line.right - line.left) < 0.5 * width
        and abs((last.left + last.right) - (line.left + line.right)) < 4
        and abs((last.left + last.right) - (before.left + before.right)) > 0.1 * width
        and abs(last.left - line.left) > 2
    )


def _words(current: Sequence[Line], line: Line) -> float:
    """Evidence of the words on both sides of the line end."""
    first, last = current[0].text, current[-1].text
    unit, lower = bool(_UNIT.match(line.text)), line.text[0].islower()
    evidence = 1.0 if unit else -1.5 if lower else 0.0
    heading, closed = _HEADING.match(first), _CLOSED.search(last)
    if heading and not unit and not closed and (lower or _ASIDE.match(line.text)) and not _DATED.match(line.text):
        return -3 * _CERTAIN
    if ends_open(last, line.text):
        return evidence - 3.0
    if _follows(first, line.text):
        evidence += 1.5
    if closed:
        mark = closed[1]
        return evidence + (1.5 if mark == ":" else 1.0 if mark == ";" else 0.5) + unit
    if last.endswith("__"):
        return evidence + 1.0
    if first[0] == "(":
        if last[-1] == ")" and "(" not in first[1:]:
            return evidence + 2.0
        evidence -= 2.0 if last[-1] == "," else 0.0
    if last.isupper() and len(last) > 3 and not line.text.isupper():
        evidence += 3.5 if lower else 2.0
    elif line.text.isupper() and not last.isupper():
        evidence += 0.5
    if heading:
        evidence += 1.5 if unit or (current[-1].bold and not line.bold) else 0.0
    return evidence - 1.0


def _follows(first: str, line: str) -> bool:
    """Whether a line's mark comes next after the paragraph's: ``3)`` after ``2)``, ``23.1.`` after ``23.``."""
    if first[0] == line[0] and _DASH.match(first) and _DASH.match(line):
        return True
    if first[1:2] == line[1:2] == ")":
        return ord(line[0].lower()) - ord(first[0].lower()) == 1
    before, after = _COUNTED.match(first), _COUNTED.match(line)
    if not before or not after or before[3] != after[3]:
        return False
    if after[1] + after[2] == f"{before[1]}{before[2]}.1":
        return True
    return before[1] == after[1] and int(after[2]) == int(before[2]) + 1


def _rows(lines: Sequence[Line], words: Words) -> tuple[tuple[str, ...], ...]:
    """Cells of a ruled table by row; rows and columns without any text are left out."""
    cells: dict[tuple[int, int], str] = {}
    for line in lines:
        _, row, column = line.cell or (0, 0, 0)
        cells[row, column] = join(cells.get((row, column), ""), line.text, words)[0]
    columns = sorted({column for _, column in cells})
    return tuple(tuple(cells.get((row, column), "") for column in columns) for row in sorted({row for row, _ in cells}))


def _block(lines: Sequence[Line], measure: Measure, words: Words) -> SourceBlock:
    first = lines[0]
    place = Place(first.ordinal, first.page or None)
    if first.cell:
        return SourceBlock(table_block(_rows(lines, words), place))
    if is_boxed(first.text):
        return SourceBlock(table_block(box_rows(line.text for line in lines), place))
    text = lines[0].text
    spans = list(lines[0].spans)
    for line in lines[1:]:
        text, start = join(text, line.text, words)
        spans.extend(Span(span.start + start, span.end + start, span.kind) for span in line.spans)
    if text[-1] in HYPHENS[2:]:
        text = text[:-1] + "-"
    look = Look(
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        centred=all(measure.centres(line) for line in lines),
        size=max(lines, key=lambda line: len(line.text)).size if first.page else None,
        indent=round(max(first.left - measure.left, 0.0), 1),
    )
    return SourceBlock(Block(text=text, spans=tuple(spans), place=place), look)
