"""Undoing of line ends: how the text of two lines of a paragraph joins, hyphens included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

#: Hyphens that can stand at a line's end: of the keyboard, of typography, soft, and pdfium's own mark for one.
HYPHENS = "-\u2010\u00ad\ufffe\x02"

_WORD = re.compile(r"[^\W\d_]{2,40}(?:[-\u2010\u2011][^\W\d_]{2,40}){0,3}")
_LAST_PART = re.compile(r"([^\W\d_]{1,40})$")
_FIRST_PART = re.compile(r"([^\W\d_]{1,40})(-?)")
#: Words that are written with a hyphen before or after whatever they stand by.
_HYPHENED_BEFORE = frozenset({"кое", "кой", "по", "во", "из", "экс", "вице", "обер", "унтер", "мини", "онлайн", "веб"})
_HYPHENED_AFTER = frozenset({"либо", "то", "нибудь", "таки", "ка", "за", "под", "жылы", "жылдын", "жылга", "жылдан"})
#: Prefixes that syllable hyphenation cuts off, though a whole word may follow.
_PREFIXES = frozenset(
    re.findall(
        r"\w+",
        "без бес вне воз вос вы до за из ис на над не недо ни низ нис о об обо от ото пере по под пра пре пред при про"
        " раз рас с сверх со у чрез",
    )
)
_COMMON_LINES = 50


class Words:
    """The words of a document: evidence of whether a hyphen at a line's end belongs to the word."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count the words of ``texts``, one text a line of the document."""
        self._lines = list(texts)
        self._counts: Counter[str] | None = None
        self._firsts: Counter[str] = Counter()
        self._hyphenates: bool | None = None

    def _counted(self) -> Counter[str]:
        if self._counts is None:
            self._counts = Counter()
            for line in self._whole_words():
                self._counts.update(_WORD.findall(line.lower().replace("\u2010", "-").replace("\u2011", "-")))
            for word, count in self._counts.items():
                if "-" in word:
                    self._firsts[word.split("-")[0]] += count
        return self._counts

    def _whole_words(self) -> Iterator[str]:
        """Lines without the parts of words that a line end had cut."""
        cut = False
        for line in self._lines:
            whole = line.partition(" ")[2] if cut else line
            cut = line.endswith(tuple(HYPHENS))
            yield whole.rpartition(" ")[0] if cut else whole

    @property
    def hyphenates(self) -> bool:
        """Whether the layout breaks words: hyphens end so many lines that few can be of compounds."""
        if self._hyphenates is None:
            ended = sum(line.endswith(tuple(HYPHENS)) and bool(_LAST_PART.search(line[:-1])) for line in self._lines)
            self._hyphenates = ended > len(self._lines) * 0.02 if len(self._lines) >= _COMMON_LINES else ended > 0
        return self._hyphenates

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether ``before`` and ``after`` the hyphen are a compound (``социально``, ``экономический``).

        Args:
            before: letters before the hyphen.
            after: letters after it, at the start of the next line.

        Returns:
            True for a compound that is always written so, False for one word cut in two (``имуще-ственный``).
        """
        if not after[0].islower() or before.isupper():
            return True
        first, second = before.lower(), after.lower()
        counts = self._counted()
        joined, compound = counts[first + second], counts[f"{first}-{second}"]
        if joined != compound:
            return compound > joined
        if first in _HYPHENED_BEFORE - _PREFIXES or (second in _HYPHENED_AFTER and len(first) > 1):
            return True
        if self._firsts[first]:
            return True
        if not self.hyphenates:
            return True
        if first in _PREFIXES:
            return False
        return counts[second] > 0 and (counts[first] > 0 or (first[-1:] in "ое" and len(first) >= 5))


def join(upper: str, lower: str, words: Words) -> tuple[str, int]:
    """Text of two lines of one paragraph, the line end between them undone.

    Args:
        upper: text so far, without white space at its end.
        lower: text of the next line, without white space at its start.
        words: the document's words.

    Returns:
        The joined text and the offset in it at which ``lower`` starts: ``гражданско-`` and ``правовой`` give
        ``гражданско-правовой``, ``имуще-`` and ``ство`` give ``имущество``.
    """
    if not upper or not lower:
        return upper + lower, len(upper)
    last = upper[-1]
    if last == "\u00ad":
        upper = upper[:-1]
    elif last in HYPHENS:
        before = _LAST_PART.search(upper[:-1])
        after = _FIRST_PART.match(lower)
        drops = before and after and not words.keeps_hyphen(before[1], after[1])
        if not before and upper[-2:-1].isspace():
            return f"{upper[:-1]}- {lower}", len(upper) + 1
        upper = upper[:-1] + ("" if drops else "-")
    elif not (last == "/" and upper[-2:-1].strip()):
        upper += " "
    return upper + lower, len(upper)
