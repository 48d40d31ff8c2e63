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
    while at < len(text):
        opening = _next_opening(text, at)
        if opening < 0:
            break
        closing = _closing(text, opening)
        if closing < 0:
            parts.append(text[at : opening + 1])
            at = opening + 1
            continue
        parts.append(text[at : opening + 1] + " " * (closing - opening - 1) + text[closing])
        at = closing + 1
    parts.append(text[at:])
    return "".join(parts)


def _next_opening(text: str, start: int) -> int:
    return next((at for at in range(start, len(text)) if text[at] in _QUOTES), -1)


def _closing(text: str, opening: int) -> int:
    """Offset of the mark that closes the quotation opened at ``opening``, -1 if none does near by."""
    mark = text[opening]
    close = _QUOTES[mark]
    stop = opening + QUOTATION
    if text.find(close, opening + 1, stop) < 0 and (mark != "„" or text.find("”", opening + 1, stop) < 0):
        return -1
    depth = 0
    for at in range(opening, min(len(text), opening + QUOTATION)):
        if text[at] == mark and (mark != close or at == opening):
            depth += 1
        elif text[at] == close or (mark == "„" and text[at] == "”"):
            depth -= 1
            if depth == 0:
                return at
    return -1
