"""Numbers of the items of lists in HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.docx.numbering import format_number
from kb.ingest.readers.html_style import Declarations, whole

_NUMBER_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
}  # fmt: skip


@dataclass(slots=True)
class List:
    """A list being read.

    Attributes:
        ordered: its items are numbered.
        number: number of the next item.
        style: how it is written, as HTML or CSS name it.
    """

    ordered: bool
    number: int
    style: str

    def label(self, attributes: Any, declared: Declarations) -> str | None:
        """What stands before the next item (``3.``, ``в.``, ``-``), which is counted; None where nothing does."""
        style = list_style(attributes, declared, self.style)
        if style == "none":
            self.number += 1
            return None
        if not self.ordered:
            return "-"
        number = whole(attributes.get("value"))
        self.number = self.number if number is None else number
        label = f"{format_number(self.number, _NUMBER_STYLES.get(style, 'decimal'))}."
        self.number += 1
        return label


def list_style(attributes: Any, declared: Declarations, default: str) -> str:
    """How a list or an item is numbered: by its style, its attribute ``type`` or ``default``."""
    said = declared.get("list-style-type") or declared.get("list-style", "").partition(" ")[0]
    return said or attributes.get("type") or default
