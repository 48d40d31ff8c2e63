"""What the readers of Word, RTF and HTML share: white space, tables used for layout, old fonts."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kb.documents import Block, BlockKind, Doubt, Place, Span, SpanKind, table_block
from kb.errors import TooLarge
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.boxes import box_rows, is_boxed

#: Characters of a paragraph, and whether they are raised or lowered.
Piece = tuple[str, SpanKind | None]

#: Paragraphs and tables of a table's cell, in order.
Cell = Sequence[SourceBlock]

_WORDS = re.compile(r"\s+|\S+")
_BREAKS = re.compile(r"[\n\v\f\r\x85\u2028\u2029]")

# Controls, soft hyphens, zero-width and direction marks show nothing; the two other hyphens print as one.
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n\v\f\r"),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0xFEFF,
    ]
) | {0x2010: "-", 0x2011: "-"}

_DASHES = frozenset("-−–—‒―")

_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TRANSLATABLE = frozenset("0123456789+-=()")

# A number, letter or dash that a tab parts from its text.
_MARKER = re.compile(r"[\w.-]{0,12}[.)]|\d{1,4}|\W")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}\s")

# Fonts of the 1990s that drew ө, ү, ң in place of other letters.
_OLD_KYRGYZ_FONT = re.compile(
    r"oktom|janyzak|taalim|nur[_ -]?kyr|kyr[gq]|kyr[_ -]?times|times[_ -]?kyr|kirghiz|kyrghyz", re.IGNORECASE
)
_KYRGYZ_LETTER = re.compile(r"[өүңӨҮҢ]")


def fold(pieces: Iterable[Piece]) -> tuple[str, tuple[Span, ...]]:
    """Text of a paragraph with its white space folded, and its raised and lowered characters.

    Line breaks stay as single line feeds; a tab stays one where it parts more than a number from its text (in a list
    of contents the page number follows it); all other white space is one space. Characters that show nothing are
    dropped. ``[("Статья\\u00a021", None), ("1", sup), (". ", None)]`` → ``"Статья 211."`` with 9–10 superscript.

    Returns:
        The text, no white space at its ends, and its spans in order.
    """
    out: list[str] = []
    spans: list[Span] = []
    length = 0
    gap = ""
    line = 0  # where in ``out`` the line began
    for raw, kind in pieces:
        text = unicodedata.normalize("NFC", raw.translate(_INVISIBLE))
        for found in _WORDS.finditer(text):
            word = found.group()
            if word.isspace():
                gap = _wider(gap, word)
                continue
            if gap and out:
                if gap == "\t" and _MARKER.fullmatch("".join(out[line : line + 8])):
                    gap = " "
                out.append(gap)
                length += 1
                line = len(out) if gap == "\n" else line
            gap = ""
            out.append(word)
            if kind is not None:
                _mark(spans, length, length + len(word), kind)
            length += len(word)
    return "".join(out), tuple(spans)


def _wider(gap: str, white: str) -> str:
    if gap == "\n" or _BREAKS.search(white):
        return "\n"
    return "\t" if gap == "\t" or "\t" in white else " "


def _mark(spans: list[Span], start: int, end: int, kind: SpanKind) -> None:
    if spans and spans[-1].end == start and spans[-1].kind is kind:
        start = spans.pop().start
    spans.append(Span(start, end, kind))


def paragraph(pieces: Iterable[Piece], look: Look, place: Place) -> SourceBlock | None:
    """A paragraph of ``pieces``, or None if it shows nothing."""
    text, spans = fold(pieces)
    if len({span.kind for span in spans}) == 1 and sum(s.end - s.start for s in spans) == len("".join(text.split())):
        # A paragraph raised or lowered as a whole is small print.
        spans = ()
    return SourceBlock(Block(text=text, spans=spans, place=place), look) if text else None


def printed_label(text: str) -> str | None:
    """A list's printed number or bullet as ``Look.label`` has it: ``1.``, ``а)``, ``–``; other signs are ``•``."""
    label = " ".join(text.split())
    if not label or (any(char.isalnum() for char in label) and label != "o"):
        return label or None
    return label if label in _DASHES else "•"


def lay_out(rows: Sequence[Sequence[Cell]], place: Place) -> list[SourceBlock]:
    """Blocks of a table.

    It is kept as a table unless Word or a page's author used it only to place paragraphs: all that it holds stands in
    one column, or it is a single row in which a cell holds two numbered paragraphs or more. Then its paragraphs
    follow each other, cell by cell. A table that shows nothing gives no block.
    """
    columns = {column for row in rows for column, cell in enumerate(row) if cell}
    if not columns:
        return []
    if len(columns) == 1 or (len(rows) == 1 and any(_numbered(cell) for cell in rows[0])):
        return [block for row in rows for cell in row for block in cell]
    filled = [row for row in rows if any(row)]
    return [SourceBlock(table_block(([cell_text(cell) for cell in row] for row in filled), place))]


def _numbered(cell: Cell) -> bool:
    return sum(bool(_NUMBERED.match(_labelled(block))) for block in cell) >= 2


def cell_text(cell: Cell) -> str:
    """Text of a cell: its paragraphs and the rows of tables inside it as lines, counted numbers before their text.

    Cells carry no spans, so raised and lowered digits become the characters that Unicode has for them (``м²``).
    """
    return "\n".join(_labelled(block) for block in cell)


def _labelled(source: SourceBlock) -> str:
    text = _plain(source.block)
    return f"{source.look.label} {text}".rstrip() if source.look.label else text


def _plain(block: Block) -> str:
    out: list[str] = []
    done = 0
    for span in block.spans:
        part = block.text[span.start : span.end]
        if not _TRANSLATABLE.issuperset(part):
            continue
        out += [
            block.text[done : span.start],
            part.translate(_RAISED if span.kind is SpanKind.SUPERSCRIPT else _LOWERED),
        ]
        done = span.end
    return "".join([*out, block.text[done:]])


def gather_drawn(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """The same blocks, tables drawn with characters made tables (``│ 1 │ Жер салыгы │`` between rules)."""
    found: list[SourceBlock] = []
    run: list[SourceBlock] = []
    for block in blocks:
        if block.block.kind is BlockKind.PARAGRAPH and all(map(is_boxed, block.block.text.split("\n"))):
            run.append(block)
        else:
            found += [*_drawn(run), block]
            run = []
    return [*found, *_drawn(run)]


def _drawn(run: list[SourceBlock]) -> list[SourceBlock]:
    lines = [line for block in run for line in block.block.text.split("\n")]
    if len(lines) < 2:
        return run
    rows = box_rows(lines)
    return [SourceBlock(table_block(rows, run[0].block.place))] if rows else run


class Clock:
    """Time that reading one file may still take."""

    def __init__(self, limits: ReadLimits) -> None:
        """Start counting."""
        self._limit = limits.seconds
        self._end = time.monotonic() + limits.seconds

    def left(self) -> float:
        """Seconds that are left, a very short time where there are none."""
        return max(self._end - time.monotonic(), 0.001)

    def check(self) -> None:
        """Go on, or raise TooLarge when time is up."""
        if time.monotonic() > self._end:
            raise TooLarge(what="seconds", limit=self._limit)


def check_size(content: bytes, limits: ReadLimits) -> None:
    """Go on, or raise TooLarge when the file has more bytes than allowed."""
    if len(content) > limits.file_bytes:
        raise TooLarge(what="bytes", limit=limits.file_bytes)


@lru_cache(maxsize=1000)
def _is_old(font: str) -> bool:
    return _OLD_KYRGYZ_FONT.search(font) is not None


@dataclass(slots=True)
class FontWatch:
    """Notices text set in fonts that drew Kyrgyz letters in place of others."""

    _seen: dict[str, bool] = field(default_factory=dict)

    def note(self, font: str | None, text: str) -> None:
        """Remember that ``text`` is set in ``font``."""
        if font and _is_old(font) and not text.isspace():
            self._seen[font] = self._seen.get(font, False) or bool(_KYRGYZ_LETTER.search(text))

    def doubts(self) -> list[Doubt]:
        """One doubt a font in which no Kyrgyz letter of today was found."""
        return [Doubt("old_kyrgyz_font", {"font": font}) for font, kyrgyz in self._seen.items() if not kyrgyz]


def counted(code: str, count: int, **params: str | int | float) -> list[Doubt]:
    """A doubt that says how often something was met, or none."""
    told: Mapping[str, str | int | float] = {"count": count, **params}
    return [Doubt(code, told)] if count else []
