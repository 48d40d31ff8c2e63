"""How paragraphs and runs are set: direct formatting, styles and defaults brought together."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TypeVar

from kb.docx.package import Element, W, integer, switched_on, value

_OUTLINE_NAME = re.compile(r"(?:heading|заголовок) ?([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|оглавление) ?[1-9]", re.IGNORECASE)
_MAX_CHAIN = 100

_ALIGNMENT = {"center": "center", "left": "left", "start": "left", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class RunFormat:
    """Properties of characters; None is "not said here". Sizes are points, ``raised`` is half-points."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    size: float | None = None
    vertical: str | None = None
    raised: int | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """Properties of paragraphs; None is "not said here".

    Attributes:
        alignment: center, left, right or both.
        left: left indent in points.
        first: indent of the first line against ``left`` in points, negative if it hangs.
        outline: outline level from 1, 0 for body text.
        num_id: list it is numbered in, 0 for none.
        level: level in that list, from 0.
        numbered_by: style whose numbering this is, None if direct.
    """

    alignment: str | None = None
    left: float | None = None
    first: float | None = None
    outline: int | None = None
    num_id: int | None = None
    level: int | None = None
    numbered_by: str | None = None


Format = TypeVar("Format", RunFormat, ParagraphFormat)

_TOGGLES = ("bold", "italic", "hidden", "struck")


def over(upper: Format, lower: Format) -> Format:
    """``upper`` with what it does not say taken from ``lower``."""
    if upper == type(upper)():
        return lower
    merged = {}
    for item in fields(upper):
        said = getattr(upper, item.name)
        merged[item.name] = getattr(lower, item.name) if said is None else said
    return type(upper)(**merged)


def run_format(properties: Element | None) -> RunFormat:
    """What a ``w:rPr`` says itself."""
    if properties is None:
        return RunFormat()
    size = integer(value(properties.find(f"{W}sz")))
    fonts = properties.find(f"{W}rFonts")
    return RunFormat(
        bold=switched_on(properties.find(f"{W}b")),
        italic=switched_on(properties.find(f"{W}i")),
        hidden=switched_on(properties.find(f"{W}vanish")),
        struck=switched_on(properties.find(f"{W}strike")),
        size=size / 2 if size else None,
        vertical=value(properties.find(f"{W}vertAlign")),
        raised=integer(value(properties.find(f"{W}position"))),
        font=value(fonts, "ascii") or value(fonts, "hAnsi"),
    )


def paragraph_format(properties: Element | None) -> ParagraphFormat:
    """What a ``w:pPr`` says itself."""
    if properties is None:
        return ParagraphFormat()
    numbering = properties.find(f"{W}numPr")
    outline = integer(value(properties.find(f"{W}outlineLvl")))
    left, first = indents(properties)
    alignment = value(properties.find(f"{W}jc"))
    return ParagraphFormat(
        alignment=_ALIGNMENT.get(alignment, "both") if alignment else None,
        left=left,
        first=first,
        outline=None if outline is None else (outline + 1 if 0 <= outline < 9 else 0),
        num_id=None if numbering is None else integer(value(numbering.find(f"{W}numId"))),
        level=None if numbering is None else integer(value(numbering.find(f"{W}ilvl"))),
    )


def indents(properties: Element | None) -> tuple[float | None, float | None]:
    """Left and first-line indent of a ``w:pPr`` in points, None where it says nothing."""
    indent = None if properties is None else properties.find(f"{W}ind")
    if indent is None:
        return None, None
    left = integer(value(indent, "left") or value(indent, "start"))
    hanging = integer(value(indent, "hanging"))
    first = -hanging if hanging is not None else integer(value(indent, "firstLine"))
    return (None if left is None else left / 20), (None if first is None else first / 20)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    paragraph: ParagraphFormat
    run: RunFormat


class Styles:
    """Styles of a Word file, each with what it takes from the styles that it is based on."""

    def __init__(self, root: Element | None) -> None:
        """Read ``root``, the styles part; None is a file without styles."""
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._paragraphs: dict[str, ParagraphFormat] = {}
        self._runs: dict[str, RunFormat] = {}
        self._base = RunFormat()
        self._base_paragraph = ParagraphFormat()
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            self._base = run_format(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._base_paragraph = paragraph_format(defaults.find(f"{W}pPrDefault/{W}pPr"))
        for style in root.iter(f"{W}style"):
            self._add(style)

    def _add(self, style: Element) -> None:
        key = value(style, "styleId")
        if key is None:
            return
        paragraph = paragraph_format(style.find(f"{W}pPr"))
        if paragraph.num_id is not None:
            paragraph = over(ParagraphFormat(numbered_by=key), paragraph)
        name = value(style.find(f"{W}name")) or key
        based_on = value(style.find(f"{W}basedOn"))
        self._styles[key] = _Style(name, based_on, paragraph, run_format(style.find(f"{W}rPr")))
        default = (value(style, "default") or "").lower() in {"1", "true", "on"}
        if default and value(style, "type") == "paragraph":
            self._default = key

    def known(self, key: str | None) -> str:
        """The style itself, or the default one where it is not named or not there."""
        return key if key in self._styles else self._default

    def name(self, key: str) -> str:
        """Name of a style as the file has it, empty for none."""
        return self._styles[key].name if key in self._styles else ""

    def chain(self, key: str | None) -> list[str]:
        """The style and those that it is based on, nearest first; a circle ends where it closes."""
        found: list[str] = []
        while key in self._styles and key not in found and len(found) < _MAX_CHAIN:
            found.append(key)
            key = self._styles[key].based_on
        return found

    def paragraph(self, key: str) -> ParagraphFormat:
        """What a paragraph of this style is, defaults of the file included."""
        if key not in self._paragraphs:
            resolved = ParagraphFormat()
            for name in self.chain(key):
                own = self._styles[name].paragraph
                if own.outline is None and (found := _OUTLINE_NAME.fullmatch(self._styles[name].name)):
                    own = over(ParagraphFormat(outline=int(found.group(1))), own)
                resolved = over(resolved, own)
            self._paragraphs[key] = over(resolved, self._base_paragraph)
        return self._paragraphs[key]

    def in_contents(self, key: str) -> bool:
        """Whether the style is one of a list of contents."""
        return any(_CONTENTS_NAME.fullmatch(self._styles[name].name) for name in self.chain(key))

    def run(self, direct: RunFormat, paragraph_style: str, character_style: str | None) -> RunFormat:
        """What a run is, all told.

        Bold, italic and their like in two styles cancel each other (ISO/IEC 29500-1, 17.7.3); what is set directly
        decides.
        """
        lower, upper = self._chained(paragraph_style), self._chained(character_style)
        styled = over(upper, lower)
        bold, italic, hidden, struck = (
            (bool(getattr(lower, name)) != bool(getattr(upper, name))) or bool(getattr(self._base, name))
            for name in _TOGGLES
        )
        toggled = RunFormat(bold=bold, italic=italic, hidden=hidden, struck=struck)
        return over(over(direct, toggled), over(styled, self._base))

    def _chained(self, key: str | None) -> RunFormat:
        if not key:
            return RunFormat()
        if key not in self._runs:
            resolved = RunFormat()
            for name in self.chain(key):
                resolved = over(resolved, self._styles[name].run)
            self._runs[key] = resolved
        return self._runs[key]
