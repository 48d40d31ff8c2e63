"""Paragraphs of a blank as characters that know which ``w:t`` they stand in, and as numbered words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.docx.package import MC, Element, W

#: A blank to be filled: underscores, leaders of dots, a box to be ticked.
BLANK = re.compile(r"_{2,}|…{2,}|\.{4,}|…[.…]{1,}|[☐□]")
#: Words as edits count them: a blank, letters and digits together, or one sign.
_WORD = re.compile(rf"{BLANK.pattern}|_|[^\W_]+|[^\w\s]")
_SPACES = re.compile(r"\s+")
_SAME = str.maketrans(
    {
        **dict.fromkeys('“”„«»"″', "'"),
        **dict.fromkeys("’‘`", "'"),
        **dict.fromkeys("–—‑−", "-"),
        "ӊ": "ң",
        "Ӊ": "Ң",
        "\u00ad": None,
        "\u200b": None,
    }
)
_UNIT = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,3}){1,3})(?=\.?[^\w.]|\.[^\W\d]|$)|\s*([0-9]{1,3})(?=\.\s*[^\W\d])")
_SECTION = re.compile(r"\s*([IVX]{1,6})(?=\.\s)")
_SHOWN_AS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a content control or a field of Word says about the blank in its place.

    Attributes:
        label: its title, tag or name.
        type: ``text``, ``date``, ``choice`` or ``check``.
        choices: what it offers.
    """

    label: str
    type: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Par:
    """A paragraph of a blank.

    Attributes:
        element: the ``w:p``.
        ordinal: ordinal among all paragraphs, from 1.
        text: its characters; tabs and line breaks as such.
        places: for each character the ``w:t`` it stands in and its offset there; None for tabs and breaks.
        words: start and end of each word.
        number: number that it starts with, or empty.
        unit: number of the unit that it belongs to, or empty.
        hash: hash of its normalised text, empty for none.
        copy: it stands in a fallback for older programs, which repeats another paragraph.
        cell: it stands in a table.
        hints: what Word says about blanks, by their start.
    """

    element: Element
    ordinal: int
    text: str
    places: list[tuple[Element, int] | None]
    words: list[tuple[int, int]]
    number: str
    unit: str = ""
    hash: str = ""
    copy: bool = False
    cell: bool = False
    hints: dict[int, Hint] = field(default_factory=dict)

    def word(self, number: int) -> str:
        """A word by its number, from 1; empty past the last."""
        start, end = self.words[number - 1] if 0 < number <= len(self.words) else (0, 0)
        return self.text[start:end]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end of the words ``first`` to ``last``, counted from 1."""
        return self.words[first - 1][0], self.words[last - 1][1]

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Numbers of the first and last word that ``start`` to ``end`` touches."""
        touched = [number for number, (low, high) in enumerate(self.words, 1) if low < end and high > start]
        return touched[0], touched[-1]

    def blanks(self) -> list[tuple[int, int]]:
        """Start and end of its blanks, in order."""
        return [(low, high) for low, high in self.words if BLANK.fullmatch(self.text, low, high)]


def read_paragraphs(root: Element, hints: Mapping[Any, Hint]) -> list[Par]:
    """Paragraphs below ``root`` in order, those of tables, text boxes and controls too.

    Args:
        root: root of a part.
        hints: what Word says about the blank in a ``w:t``.
    """
    made = [_paragraph(element, ordinal, hints) for ordinal, element in enumerate(root.iter(f"{W}p"), 1)]
    unit = ""
    for par in made:
        unit = par.number or unit
        par.unit = unit
    return made


def _paragraph(element: Element, ordinal: int, hints: Mapping[Any, Hint]) -> Par:
    text: list[str] = []
    places: list[tuple[Element, int] | None] = []
    starts: dict[int, Hint] = {}
    for piece in _pieces(element):
        if piece.tag == f"{W}t":
            if piece in hints:
                starts[len(places)] = hints[piece]
            letters = piece.text or ""
            text.append(letters)
            places += [(piece, offset) for offset in range(len(letters))]
        else:
            text.append(_SHOWN_AS[piece.tag])
            places.append(None)
    whole = "".join(text)
    above = {ancestor.tag for ancestor in element.iterancestors()}
    return Par(
        element=element,
        ordinal=ordinal,
        text=whole,
        places=places,
        words=[found.span() for found in _WORD.finditer(whole)],
        number=number_of(whole),
        hash=hash_of(whole),
        copy=f"{MC}Fallback" in above,
        cell=f"{W}tc" in above,
        hints=starts,
    )


def _pieces(element: Element) -> Iterator[Element]:
    """Texts, tabs and breaks of a paragraph, without those of paragraphs inside it."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{W}t" or (child.tag in _SHOWN_AS and child.getparent().tag == f"{W}r"):
            yield child
        elif child.tag not in {f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}moveFrom"}:
            stack.append(iter(child))


def number_of(text: str) -> str:
    """Number that a paragraph starts with: ``24.1``, ``24``, ``IV``; empty for none."""
    found = _UNIT.match(text) or _SECTION.match(text)
    return next((one for one in found.groups() if one), "") if found else ""


def hash_of(text: str) -> str:
    """Hash of a text, whatever its spaces, quotation marks, dashes and the length of its blanks; empty for no text."""
    plain = unicodedata.normalize("NFC", BLANK.sub("_", text)).translate(_SAME)
    plain = _SPACES.sub(" ", plain).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:12] if plain else ""


def around(par: Par, start: int, end: int, reach: int = 40) -> str:
    """Whole words around a place, for a person to find it."""
    low, high = max(0, start - reach), min(len(par.text), end + reach)
    while 0 < low < start and par.text[low - 1].isalnum():
        low += 1
    while end < high < len(par.text) and par.text[high].isalnum():
        high -= 1
    return _SPACES.sub(" ", par.text[low:high]).strip()


def place_of(par: Par) -> str:
    """Where a paragraph stands, for a person: the number of its unit and its ordinal."""
    return f"{par.unit}, ¶{par.ordinal}" if par.unit else f"¶{par.ordinal}"


def following(pars: Sequence[Par], par: Par) -> Par | None:
    """The next paragraph with text, or None."""
    return next((pars[at] for at in range(par.ordinal, len(pars)) if pars[at].text.strip()), None)


def preceding(pars: Sequence[Par], par: Par) -> Par | None:
    """The paragraph with text before, or None."""
    return next((pars[at] for at in range(par.ordinal - 2, -1, -1) if pars[at].text.strip()), None)
