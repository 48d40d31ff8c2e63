"""Text bodies of slides: paragraphs with their numbers, bullets and look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.documents import BlockKind, Place, SpanKind
from kb.docx.numbering import format_number
from kb.docx.package import MC, A, Element, choose, integer
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.readers.folding import Piece, paragraph, printed_label

_POINTS = 12_700  # English metric units in a point
_LEVELS = 9
_SCHEME = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc)(Period|ParenR|ParenBoth|Plain)?")
_STYLES = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_AROUND = {"Period": ("", "."), "ParenR": ("", ")"), "ParenBoth": ("(", ")"), "Plain": ("", "")}
#: Fields whose text the page itself gives, not the author.
_FURNITURE_FIELDS = ("slidenum", "datetime")


@dataclass(slots=True)
class Counts:
    """How far the automatic numbers of one text body have come, by level."""

    _at: dict[int, tuple[str, int]] = field(default_factory=dict)

    def next(self, level: int, scheme: str, start: int) -> int:
        """The number of the next paragraph of a level."""
        before, number = self._at.get(level, ("", 0))
        number = number + 1 if before == scheme else start
        self.stop(level)
        self._at[level] = (scheme, number)
        return number

    def stop(self, level: int) -> None:
        """A paragraph of this level ends the lists of this level and of those below it."""
        self._at = {other: held for other, held in self._at.items() if other < level}


def text_blocks(
    body: Element, place: Place, styles: Sequence[Element], *, outline: int | None = None, note: bool = False
) -> Iterator[SourceBlock]:
    """Paragraphs of a text body (``p:txBody``), empty ones left out.

    Args:
        body: the text body.
        place: where it stands.
        styles: list styles that it inherits from (``a:lstStyle`` and its like), the nearest first.
        outline: heading level of its paragraphs, or None.
        note: whether its paragraphs are a speaker's notes.
    """
    counts = Counts()
    own = body.find(f"{A}lstStyle")
    chain = [*([] if own is None else [own]), *styles]
    for element in body.iterfind(f"{A}p"):
        pieces = list(_pieces(element))
        made = paragraph(pieces, _look(element, outline), place)
        if made is None:
            continue
        block, look = made.block, made.look
        if note:
            block = _as_note(made).block
        elif outline is None:
            look = _labelled(element, look, counts, chain)
        yield SourceBlock(block, look)


def _as_note(made: SourceBlock) -> SourceBlock:
    return SourceBlock(replace(made.block, kind=BlockKind.NOTE), made.look)


def _pieces(element: Element) -> Iterator[Piece]:
    for child in element:
        if child.tag == f"{A}r" or (
            child.tag == f"{A}fld" and not (child.get("type") or "").startswith(_FURNITURE_FIELDS)
        ):
            yield child.findtext(f"{A}t") or "", _raised(child.find(f"{A}rPr"))
        elif child.tag == f"{A}br":
            yield "\n", None
        elif child.tag == f"{MC}AlternateContent" and (branch := choose(child)) is not None:
            yield from _pieces(branch)


def _raised(properties: Element | None) -> SpanKind | None:
    shift = integer(properties.get("baseline")) if properties is not None else None
    if not shift:
        return None
    return SpanKind.SUPERSCRIPT if shift > 0 else SpanKind.SUBSCRIPT


def _look(element: Element, outline: int | None) -> Look:
    runs = [
        (run.find(f"{A}rPr"), run.findtext(f"{A}t") or "")
        for run in element.iter(f"{A}r")
        if (run.findtext(f"{A}t") or "").strip()
    ]

    def all_are(name: str) -> bool:
        return bool(runs) and all(properties is not None and properties.get(name) == "1" for properties, _ in runs)

    sizes: dict[int, int] = {}
    for properties, text in runs:
        size = integer(properties.get("sz")) if properties is not None else None
        if size:
            sizes[size] = sizes.get(size, 0) + len(text)
    properties = element.find(f"{A}pPr")
    margin = integer(properties.get("marL")) if properties is not None else None
    return Look(
        bold=all_are("b"),
        italic=all_are("i"),
        centred=properties is not None and properties.get("algn") == "ctr",
        size=max(sizes, key=lambda size: sizes[size]) / 100 if sizes else None,
        outline=outline,
        indent=None if margin is None else round(margin / _POINTS, 1),
    )


def _labelled(element: Element, look: Look, counts: Counts, styles: Sequence[Element]) -> Look:
    properties = element.find(f"{A}pPr")
    level = 0 if properties is None else min(max(integer(properties.get("lvl")) or 0, 0), _LEVELS - 1)
    bullet = _bullet(properties, level, styles)
    if look.indent is None and level:
        look = replace(look, indent=18.0 * level)
    if bullet is None or bullet.tag == f"{A}buNone":
        counts.stop(level)
        return look
    if bullet.tag != f"{A}buAutoNum":
        counts.stop(level)
        return replace(look, label=printed_label(bullet.get("char") or "•") or "•")
    scheme = bullet.get("type") or "arabicPeriod"
    number = counts.next(level, scheme, integer(bullet.get("startAt")) or 1)
    known = _SCHEME.fullmatch(scheme)
    before, behind = _AROUND[(known and known[2]) or "Period"]
    style = _STYLES[known[1] if known else "arabic"]
    return replace(look, label=f"{before}{format_number(number, style)}{behind}")


_BULLETS = (f"{A}buNone", f"{A}buAutoNum", f"{A}buChar", f"{A}buBlip")


def _bullet(properties: Element | None, level: int, styles: Sequence[Element]) -> Element | None:
    """What says how a paragraph is marked: itself, else the nearest style that says so."""
    chain = [properties, *(style.find(f"{A}lvl{level + 1}pPr") for style in styles)]
    for element in chain:
        if element is None:
            continue
        for child in element:
            if child.tag in _BULLETS:
                return child
    return None
