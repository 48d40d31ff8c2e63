"""What the look and the wording of a paragraph say: emphasis, capitals, ends of sentences, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.ingest.blocks import Look
from kb.ingest.structure.model import Piece

_ENDS = re.compile(r"[.!?;:…]['»”\")]{0,2}$")
_FULL_STOP = re.compile(r"[.!?…]['»”\")]{0,3}$")
_DASH = re.compile(r"[-–—•·▪●○*]\s*\S")
_FORM_LINE = re.compile(r"_{4}")
_ENACTING = re.compile(
    r"(?:приказываю|постановляет|постановляю|решил[аои]?|решает|решение:|буйрук\s*кыл\w*|буюрам|токтом\s*кыл\w*|чечим\s*кыл\w*)"
    r"[\s)]*:?$",
    re.IGNORECASE,
)
#: The gaps of words set with a space behind each letter (``Т О К Т О М   К Ы Л А Т``); double ones part words.
_SPACED = re.compile(r"(?<=\b\w)[ \t\xa0](?=\w\b)")
HEADING_LENGTH = 300


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals, four at least (Roman digits count)."""
    return text.upper() == text and sum(sign.isalpha() for sign in text) >= 4


def ends_sentence(text: str) -> bool:
    """Whether a full stop (or its like) ends the text, quotation marks and brackets aside."""
    return _FULL_STOP.search(text) is not None


def ends_anyhow(text: str) -> bool:
    """Whether a stop, semicolon or colon ends the text."""
    return _ENDS.search(text) is not None


def opens_list(text: str) -> bool:
    """Whether a colon ends the text, so that what follows belongs to it."""
    return text.endswith((":", ":-", ": -", ":–"))


def is_dash(text: str) -> bool:
    """Whether a dash or bullet begins the text."""
    return _DASH.match(text) is not None


def starts_small(text: str) -> bool:
    """Whether the first letter is a small one, brackets and quotation marks aside."""
    first = next((sign for sign in text[:4] if sign.isalpha()), "")
    return first.islower()


def is_enacting(text: str) -> bool:
    """Whether the text ends with enacting words (``ПРИКАЗЫВАЮ:``, ``токтом кылат:``)."""
    tail = text[-60:].rstrip()
    return _ENACTING.search(tail) is not None or _ENACTING.search(_SPACED.sub("", tail)) is not None


class Looks:
    """Which looks stand out in a text: what most of its letters have is no emphasis."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Weigh the looks of ``pieces`` by their characters."""
        total = bold = centred = capitals = 0
        seen = False
        sizes: dict[float, int] = {}
        for piece in pieces:
            length = len(piece.text)
            look = piece.look
            total += length
            bold += length if look.bold else 0
            centred += length if look.centred else 0
            capitals += length if is_capitals(piece.text) else 0
            if look.size is not None:
                sizes[look.size] = sizes.get(look.size, 0) + length
            seen = seen or look.bold or look.centred or look.outline is not None
        self._bold = bold * 2 <= total
        self._centred = centred * 2 <= total
        self._capitals = capitals * 5 <= total * 4
        self._size = max(sizes, key=lambda size: sizes[size]) if sizes else None
        #: Whether the source tells looks at all.
        self.known = seen

    def emphasised(self, look: Look) -> bool:
        """Whether a look stands out: outline, bold or centred where most of the text is not."""
        return look.outline is not None or (look.bold and self._bold) or (look.centred and self._centred)

    def strong(self, piece: Piece) -> bool:
        """Whether a paragraph is set as a heading beyond doubt: outline, bold and centred, capitals that stand out."""
        look = piece.look
        if look.outline is not None or (look.bold and look.centred and self._bold):
            return True
        return self._capitals and len(piece.text) >= 6 and is_capitals(piece.text)

    def same(self, first: Look, second: Look) -> bool:
        """Whether two paragraphs are set alike, as the lines of one heading are."""
        return (first.bold, first.centred, first.outline) == (second.bold, second.centred, second.outline)

    def heading(self, piece: Piece, *, loose: bool) -> bool:
        """Whether a paragraph without number is a heading.

        Args:
            piece: the paragraph.
            loose: bold or centred alone is enough, as in brochures and training materials.
        """
        text = piece.text
        if piece.mark or piece.note or piece.is_table or len(text) > HEADING_LENGTH or is_dash(text):
            return False
        if not any(sign.isalpha() for sign in text) or _FORM_LINE.search(text) or "\t" in text:
            return False
        if piece.look.outline is not None:
            return True
        capitals = is_capitals(text)
        if text[-1] in ",;" or (ends_anyhow(text) and not (capitals and (loose or text[-1] == ":"))):
            return False
        if is_enacting(text) and not capitals:
            return False
        if self.strong(piece):
            return True
        if not loose:
            return False
        larger = self._size is not None and piece.look.size is not None and piece.look.size > self._size * 1.15
        return capitals or self.emphasised(piece.look) or larger
