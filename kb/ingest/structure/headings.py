"""Where a heading ends and the body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import Block
from kb.ingest.structure import numbers
from kb.ingest.structure.looks import (
    Looks,
    ends_anyhow,
    ends_sentence,
    is_capitals,
    is_dash,
    opens_list,
    starts_small,
)
from kb.ingest.structure.marks import HEADINGS, Mark, MarkKind
from kb.ingest.structure.model import Piece

#: Longest heading of a section that stands with its Roman number in one line.
LONG = 250
#: Longest heading that is told by its wording alone.
SHORT = 200
#: Further lines that a heading above the articles may have behind one of them.
MORE_LINES = 2
_TITLE = 120
_LONG = 200
_LONGEST = 400
#: A first paragraph that stands in the heading's line: ``Статья 5. Название 1. Текст``.
_RUN_IN = re.compile(r"(?<=[^\W\d_])\s+(?=1[.)]\s+[A-ZА-ЯЁӨҮҢ])")
_SENTENCE_BREAK = re.compile(r"(?<=[а-яёөүңa-z»”\")])\.\s+(?=[A-ZА-ЯЁӨҮҢ])")


@dataclass(frozen=True, slots=True)
class Split:
    """Heading and body of a heading's own paragraph.

    Attributes:
        heading: heading, or None.
        body: blocks of the paragraph that are body, in order.
        doubt: code of the doubt, or None.
    """

    heading: str | None
    body: tuple[Block, ...] = ()
    doubt: str | None = None


def as_heading(block: Block) -> str | None:
    """Text of a heading in one line, superscripts kept as such; None for none."""
    return " ".join(numbers.raised(block).split()) or None


class HeadingStyle:
    """How the articles of a text carry their headings, as most of them do it."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Look at the articles among ``pieces``."""
        rests = [
            piece.text[piece.mark.end :]
            for piece in pieces
            if piece.mark is not None and piece.mark.kind is MarkKind.ARTICLE
        ]
        filled = [rest for rest in rests if rest]
        short = [rest for rest in filled if len(rest) <= _LONG]
        #: Most articles have a heading in their first line.
        self.titled = (
            len(short) * 2 >= len(rests) and sum(not ends_anyhow(rest) for rest in short) * 2 >= len(short) > 0
        )
        #: Headings end with a full stop.
        self.stopped = len(short) * 2 > len(rests) and sum(ends_sentence(rest) for rest in short) * 2 > len(short)


def split_article(piece: Piece, mark: Mark, after: Piece | None, style: HeadingStyle, looks: Looks) -> Split:
    """Heading and body of an article's first paragraph.

    Args:
        piece: the paragraph.
        mark: its mark.
        after: the next paragraph, or None.
        style: how most articles of the text carry their headings.
        looks: which looks stand out.
    """
    rest = piece.block.cut(mark.end)
    text = rest.text
    if not text:
        return Split(None)
    if "\n" in text:
        return _lines(rest, looks)
    run_in = _RUN_IN.search(text)
    if run_in and after is not None and after.mark is not None and after.mark.value == (2,):
        return Split(as_heading(rest.cut(0, run_in.start())), (rest.cut(run_in.end()),), "heading_runs_on")
    if looks.emphasised(piece.look) and len(text) <= _LONGEST:
        return Split(as_heading(rest))
    if opens_list(text):
        return Split(None, (rest,))
    if not ends_anyhow(text):
        return Split(as_heading(rest), (), "heading_unsure" if len(text) > _LONGEST else None)
    return _sentence(rest, after, style)


def _sentence(rest: Block, after: Piece | None, style: HeadingStyle) -> Split:
    """An article's first line that ends with a stop: a heading with a stop, a body, or a heading with body behind."""
    text = rest.text
    followed = after is not None and not (after.mark is not None and after.mark.kind in HEADINGS) and after.note is None
    if style.stopped and followed and len(text) <= _LONG:
        return Split(as_heading(rest))
    found = _SENTENCE_BREAK.search(text)
    if style.titled and found and found.start() <= _LONG and len(text) - found.end() >= 40:
        return Split(as_heading(rest.cut(0, found.start())), (rest.cut(found.end()),), "heading_unsure")
    if followed and style.titled and len(text) <= 120:
        return Split(as_heading(rest), (), "heading_unsure")
    return Split(None, (rest,), "heading_unsure" if style.titled else None)


def _lines(rest: Block, looks: Looks) -> Split:
    """A heading broken by line feeds: lines go on with it until one that is a sentence of its own."""
    lines = rest.text.split("\n")
    at = len(lines[0])
    heading = lines[0]
    for line in lines[1:]:
        text = line.strip()
        goes_on = not text or starts_small(text) or (is_capitals(heading) and is_capitals(text))
        if not goes_on and (ends_anyhow(text) or len(text) > _LONG or ends_anyhow(heading.strip())):
            break
        at += 1 + len(line)
        heading += " " + text
    body = rest.cut(at)
    return Split(as_heading(rest.cut(0, at)), (body,) if body.text else ())


def split_higher(piece: Piece, mark: Mark, looks: Looks) -> Split:
    """Heading of a part, section, chapter or §; text that a line break sets off below it is body."""
    rest = piece.block.cut(mark.end)
    if "\n" in rest.text:
        return _lines(rest, looks)
    if len(rest.text) > _LONGEST and ends_sentence(rest.text):
        return Split(None, (rest,), "heading_unsure")
    return Split(as_heading(rest))


def goes_on(heading: str | None, first: Piece, piece: Piece, looks: Looks, *, article: bool) -> bool:
    """Whether a paragraph is (more of) the heading of the unit that the paragraph before began.

    ``Глава 1`` + ``Жалпы жоболор``; ``Статья 4. Регистрация`` + ``по принципу «единого окна»``.

    Args:
        heading: heading so far, or None.
        first: paragraph with the number.
        piece: the paragraph asked about.
        looks: which looks stand out.
        article: whether the unit is an article, whose heading may be absent.
    """
    text = piece.text
    if piece.mark or piece.note or piece.is_table or len(text) > _LONG or is_dash(text) or text[-1] in ";:,":
        return False
    alike = looks.same(first.look, piece.look)
    emphasised = looks.emphasised(piece.look)
    if heading is None:
        if article:
            return (emphasised and alike) or (not looks.known and not ends_anyhow(text) and len(text) <= 120)
        return emphasised or is_capitals(text) or not ends_anyhow(text)
    if ends_anyhow(heading) and not (emphasised and alike):
        return False
    if is_capitals(heading):
        return is_capitals(text) and (alike or not looks.known)
    if emphasised and alike and not (is_capitals(text) and not is_capitals(heading)):
        return True
    if looks.known and looks.emphasised(first.look) and not emphasised:
        return False
    return (starts_small(text) or text[0] == "(") and not ends_anyhow(text)


def is_higher_line(heading: str | None, first: Piece, piece: Piece, looks: Looks) -> bool:
    """Whether a short paragraph between the heading of a chapter and the next heading is its further line.

    ``Глава 15`` + ``Доступ, обследование,`` + ``экспертиза`` + ``Статья 112. …``; a sentence is text of the chapter.

    Args:
        heading: heading so far, or None.
        first: paragraph with the number.
        piece: the paragraph asked about.
        looks: which looks stand out.
    """
    text = piece.text
    if piece.mark or piece.note or piece.is_table or len(text) > SHORT or is_dash(text) or text[-1] in ";:":
        return False
    if looks.known and not looks.same(first.look, piece.look):
        return False
    return not (ends_sentence(text) and (heading is not None or len(text) > _TITLE))


def is_wedged(heading: str | None, piece: Piece, after: Piece | None) -> bool:
    """Whether a short paragraph between a heading and the first numbered one is the heading's last line.

    ``Статья 22. Ответственность за нарушение настоящего`` + ``Закона`` + ``1. …``.
    """
    if heading is None or after is None or after.mark is None or after.mark.value != (1,) or piece.mark or piece.note:
        return False
    text = piece.text
    short = not piece.is_table and len(text) <= 100 and not is_dash(text)
    return short and not ends_anyhow(text) and not ends_anyhow(heading) and text[-1] != ","


def clause_heading(piece: Piece, mark: Mark, after: Piece | None, looks: Looks) -> tuple[bool, str | None]:
    """Whether a clause's first paragraph is its heading, and the code of a doubt about it.

    ``1. Жалпы жоболор`` in bold, or before ``1.1.``; ``2. Контроль оставляю за собой.`` is text.
    """
    text = piece.text[mark.end :]
    if not text or len(text) > _LONGEST or text[-1] in ";:," or "____" in text:
        return False, None
    if looks.emphasised(piece.look):
        return True, None
    if ends_anyhow(text) or len(text) > 150 or after is None or starts_small(text):
        return False, None
    inner = after.mark is not None and after.mark.dotted and (after.mark.number or "").startswith(f"{mark.number}.")
    if inner:
        return True, None
    if looks.known or after.mark is not None or after.note is not None or after.is_table or is_dash(after.text):
        return False, None
    return (True, "heading_unsure") if ends_anyhow(after.text) and not starts_small(after.text) else (False, None)
