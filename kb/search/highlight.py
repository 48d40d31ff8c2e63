"""Snippets: two lines of a text around what was found, whole words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kb.search.ranking import Mark

#: Characters of a snippet, about two lines.
LENGTH = 240
_LEAD = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` (exclusive) of a text that match word ``word`` of the query."""

    start: int
    end: int
    word: int


def stretches(marks: Sequence[Mark], offsets: Sequence[int]) -> list[Stretch]:
    """Where marks stand in the shown text; ``offsets`` as in ``Words``."""
    return [Stretch(offsets[2 * mark.position], offsets[2 * mark.position + 1], mark.word) for mark in marks]


def make_snippet(
    text: str, found: Sequence[Stretch], weights: Sequence[float], *, within: tuple[int, int] | None = None
) -> str:
    """The best two lines of a text as escaped HTML.

    Args:
        text: the shown text.
        found: what to mark, in order.
        weights: weight of each word of the query; the lines chosen hold the most.
        within: first and last character (exclusive) to take from, None for all.

    Returns:
        One line of HTML with ``<mark>`` around whole words, ``…`` where the text goes on.
    """
    first, last = within or (0, len(text))
    inside = [one for one in found if first <= one.start and one.end <= last]
    start = _best_start(inside, weights, first, last)
    end = min(start + LENGTH, last)
    start, end = _to_words(text, start, end, (first, last))
    pieces = ["… "] if start > first else []
    at = start
    for one in inside:
        if one.start < at or one.end > end:
            continue
        pieces += [escape(text[at : one.start]), "<mark>", escape(text[one.start : one.end]), "</mark>"]
        at = one.end
    pieces.append(escape(text[at:end]))
    if end < last:
        pieces.append(" …")
    return " ".join("".join(pieces).split())


def _best_start(found: Sequence[Stretch], weights: Sequence[float], first: int, last: int) -> int:
    """Where the stretch of LENGTH characters begins that holds the heaviest different words, then the most."""
    if not found or last - first <= LENGTH:
        return first
    best = (-1.0, 0, 0)
    chosen = found[0].start
    gone = 0
    for place, one in enumerate(found):
        while one.end - found[gone].start > LENGTH - _LEAD and gone < place:
            gone += 1
        held = found[gone : place + 1]
        worth = (sum(weights[word] for word in {each.word for each in held}), len(held), -found[gone].start)
        if worth > best:
            best, chosen = worth, found[gone].start
    return max(first, min(chosen - _LEAD, last - LENGTH))


def _to_words(text: str, start: int, end: int, bounds: tuple[int, int]) -> tuple[int, int]:
    """The same stretch without words cut in two, unless a word is as long as the lead."""
    first, last = bounds
    if start > first and not text[start - 1].isspace():
        space = next((at for at in range(start, min(start + _LEAD, end)) if text[at].isspace()), None)
        start = start if space is None else space + 1
    if end < last and not text[end].isspace():
        space = next((at for at in range(end - 1, max(end - _LEAD, start), -1) if text[at].isspace()), None)
        end = end if space is None else space
    return start, end
