"""A text made plain for matching, character by character, so that all offsets stay."""

from __future__ import annotations

_LOOK_ALIKES = str.maketrans(
    "aceopxyABCEHKMOPTXYӊҥӉҤөүңӨҮҢёЁ",
    "асеорхуАВСЕНКМОРТХУнннноунОУНеЕ",
)
_LOOK_ALIKES |= dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), ord(" "))
_LOOK_ALIKES |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), ord("-"))
_QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
#: Longest quotation that is taken for a title; a quotation mark that nothing closes hides no more than itself.
QUOTATION = 1_000
#: Titles in straight quotation marks that stand in each other.
_DEPTH = 3


def fold(text: str) -> str:
    """``text`` in lower case, one alphabet, without ө ү ң ё, any dash as ``-``; as long as ``text``.

    ``Мыйзамынын күчү`` → ``мыйзамынын кучу``; a text typed without the Kyrgyz letters gives the same.
    """
    plain = text.translate(_LOOK_ALIKES)
    low = plain.lower()
    # A few letters become two in lower case; offsets must stay.
    return low if len(low) == len(plain) else "".join(_lower(char) for char in plain)


def _lower(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def hide_quotations(text: str) -> str:
    """``text`` with what stands between quotation marks blanked out; as long as ``text``.

    The name of an act can name another one: ``Указ «О мерах по Закону № 3» от 5 мая 2005 года № 4``.
    """
    parts: list[str] = []
    at = 0
    for opening, closing in quotations(text):
        parts += (text[at : opening + 1], " " * (closing - opening - 2), text[closing - 1])
        at = closing
    parts.append(text[at:])
    return "".join(parts)


def quotations(text: str) -> list[tuple[int, int]]:
    """Offsets of outermost quotations in order, marks included, end exclusive; those beyond QUOTATION are none."""
    closing = _pairs(text)
    found: list[tuple[int, int]] = []
    at = 0
    for opening in sorted(closing):
        if opening >= at and closing[opening] - opening < QUOTATION:
            at = closing[opening] + 1
            found.append((opening, at))
    return found


def _pairs(text: str) -> dict[int, int]:
    """Offset of the closing mark by that of its opening one; marks of one kind nest."""
    closing: dict[int, int] = {}
    opened: dict[str, list[int]] = {mark: [] for mark in _QUOTES}
    for at, char in enumerate(text):
        if char == "\n":
            opened['"'].clear()
        if char == '"':
            _straight(text, at, opened[char], closing)
            continue
        for mark, close in _QUOTES.items():
            if opened[mark] and (char == close or (mark == "„" and char == "”")):
                closing[opened[mark].pop()] = at
        if char in opened:
            opened[char].append(at)
    return closing


def _straight(text: str, at: int, opened: list[int], closing: dict[int, int]) -> None:
    """A straight mark: behind white space it opens. One that closes closes all where no other closes the rest."""
    opens = _opens(text, at)
    if opened and not (opens and len(opened) < _DEPTH):
        after = text.find('"', at + 1)
        if after < 0 or _opens(text, after):
            closing.update(dict.fromkeys(opened, at))
            opened.clear()
        else:
            closing[opened.pop()] = at
    elif opens or not opened:
        opened.append(at)


def _opens(text: str, at: int) -> bool:
    return (at == 0 or text[at - 1].isspace() or text[at - 1] in "([«") and not text[at + 1 : at + 2].isspace()
