"""What an RTF file says of itself: title, day, number of characters."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.documents import Doubt
from kb.errors import Damaged
from kb.ingest.readers.rtf_fonts import as_cyrillic, is_misread
from kb.ingest.readers.rtf_state import Goal

_DATE_PARTS = ("yr", "mo", "dy", "hr", "min", "sec")

#: Share of the characters that the file itself counts which must be there for a cut file to be taken in.
_NEARLY_ALL = 0.99
_MOST = 0.9


@dataclass(slots=True)
class About:
    """The group ``info`` of a file.

    Attributes:
        title: pieces of the title, as far as read.
    """

    title: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def note(self, word: str, number: int | None) -> Goal:
        """Take a word of the group, and tell what is read after it."""
        if word == "title":
            return Goal.TITLE
        if word in {"revtim", "printim", "buptim"}:
            return Goal.SKIP
        if word in {"creatim", "nofchars"}:
            self._numbers[word] = number or 0
        elif word in _DATE_PARTS and "creatim" in self._numbers:
            self._numbers.setdefault(word, number or 0)
        return Goal.INFO

    def properties(self) -> dict[str, str]:
        """Title and day, those that there are."""
        title = " ".join("".join(self.title).split())
        if is_misread(title, least=4):
            # What a file says of itself is set in no font that would tell its code page.
            title = as_cyrillic(title)
        properties = {"title": title} if title else {}
        if self._numbers.get("yr"):
            year, month, day, hour, minute, second = (self._numbers.get(part, 0) for part in _DATE_PARTS)
            properties["created"] = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        return properties

    def missing(self, there: int, *, truncated: bool) -> list[Doubt]:
        """Set against each other what is there and what the file says that it holds, white space not counted.

        Args:
            there: characters read.
            truncated: the file ends amid a group.

        Raises:
            Damaged: the file is cut off and does not tell that nearly all is there.
        """
        said = self._numbers.get("nofchars", 0)
        whole = said > 0 and there >= _NEARLY_ALL * said
        if truncated and not whole:
            raise Damaged(format="rtf", problem="truncated", characters=there)
        if truncated or there < _MOST * said:
            code = "truncated" if truncated else "shorter_than_declared"
            return [Doubt(code, {"characters": there, "declared": said})]
        return []
