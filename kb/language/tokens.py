"""Where the words of a text are: one grammar of words for both languages.

A word is a run of letters with hyphens and marks inside; a number keeps its points, hyphens and slashes;
a number before a hyphened word is a token of its own (``2021-жылдын``, ``27-берене``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.language.normalize import APOSTROPHES, HYPHENS, MARKS

_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u0275\u0400-\u0481\u048a-\u052f"
_SUP = "⁰¹²³⁴-⁹"
#: Endings that a number takes in writing: ``6000ге``, ``40тын``, ``5-го``, ``2-чи``.
_KYRGYZ_ENDING = (
    "(?:[лдт][аеоө]р)?(?:[нтд][ыиуү]н|[нтд][ыиуү]|[гк][аеоө]|[дт][аеоө]н?|[дт][аеоө]г[ыи]|н?[ыиуү]нч[ыиуү]|ч[ыиуү])"
)
_RUSSIAN_ENDING = "(?:[оеа]?го|[оеа]?му|[ыоеа]?й|[ыи]?х|[ыи]?м[иу]?|[аяоеыи]?я|ую|[ыи]?е|мя|ти)"
_NUMBER_ENDING = rf"(?:[{HYPHENS}]?{_KYRGYZ_ENDING}|[{HYPHENS}]{_RUSSIAN_ENDING})(?![{_LETTER}\d{MARKS}])"

# Python before 3.11.5 misreads possessive repeats of groups, so the groups below are greedy, and a look ahead
# forbids to stop before the last of them.
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[ \u00a0\u2009\u202f]000)+(?![{HYPHENS}\d,.])(?![ \u00a0\u2009\u202f]000)"
    rf"|\d{{1,3}}(?:[\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?![\u00a0\u2009\u202f]\d{{3}})"
    rf"|\d++[{_SUP}]*+(?:[{HYPHENS}./]\d++[{_SUP}]*+){{0,12}}(?![{HYPHENS}./]\d)"
    rf"(?:[{HYPHENS}/][IVXLCDM]{{1,8}}+(?![{_LETTER}\d]))?)"
)
_RUN = rf"[{_LETTER}][{_LETTER}\d{MARKS}]*+(?:[{APOSTROPHES}][{_LETTER}][{_LETTER}\d{MARKS}]*+){{0,4}}[{_SUP}]*+"
_WORD = rf"{_RUN}(?:[{HYPHENS}][{_LETTER}\d][{_LETTER}\d{MARKS}]*+){{0,8}}"
#: A number that begins with letters that look like digits: ``З09-3``, ``О1-18``.
_FALSE_DIGITS = (
    rf"(?=[ЗзОоOoІIl]\d[{HYPHENS}\d/])[ЗзОоOoІIl]\d++(?:[{HYPHENS}./]\d++){{0,6}}(?![{HYPHENS}./]\d)(?![{_LETTER}\d])"
)
_NUMBER_SIGN = r"(?:N[oо]?[.°º]?|№)(?=[ \u00a0]?\d)"
_CODE = rf"\d[{_LETTER}\d]*+"

_TOKEN = re.compile(
    rf"(?P<sign>{_NUMBER_SIGN})"
    rf"|(?P<number>{_NUMBER})(?P<ending>{_NUMBER_ENDING})?(?![{_LETTER}])"
    rf"|(?P<false>{_FALSE_DIGITS})"
    rf"|(?P<code>{_CODE})"
    rf"|(?P<word>{_WORD})"
)
#: First part of two adjectives written as one word; each is a word of its own.
_ADJECTIVE_PART = re.compile(
    rf"[{_LETTER}{MARKS}]{{2,40}}(?:[лдт][ыиуү]к|ий|но|ско|цко|ово|ево)[{HYPHENS}](?=[{_LETTER}]{{4}})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A token that is a number: its digits as written, and the ending behind them or an empty string."""

    number: str
    ending: str


def number_parts(token: str) -> NumberParts | None:
    """Digits and ending of a token that ``spans`` found, or None if it is a word (``6000ге`` → ``6000``, ``ге``)."""
    match = _TOKEN.fullmatch(token)
    if match is None or not (match["number"] or match["false"]):
        return None
    return NumberParts(match["number"] or match["false"], match["ending"] or "")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word and number of ``text``, in order, not overlapping.

    ``2021-жылдын № 123`` gives ``2021``, ``жылдын`` and ``123``.
    """
    for match in _TOKEN.finditer(text):
        if match["sign"]:
            continue
        start, end = match.span()
        if match["word"]:
            parts = _ADJECTIVE_PART.match(text, start, end)
            if parts and not _is_name(text, start, parts.end()):
                yield start, parts.end() - 1
                start = parts.end()
        yield start, end


def _is_name(text: str, start: int, second: int) -> bool:
    return text[start].isupper() and text[start + 1].islower() and text[second].isupper()
