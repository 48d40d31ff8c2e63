"""Formatting of RTF: what is in force in a group, and the words that change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from kb.documents import SpanKind

_RAISED = 4


class Goal(Enum):
    """Where the text of a group goes."""

    TEXT = auto()
    SKIP = auto()
    QUIET = auto()  # left out, but a group inside may hold text
    FONTS = auto()
    STYLES = auto()
    INFO = auto()
    TITLE = auto()
    LABEL = auto()
    CODE = auto()


@dataclass(slots=True)
class State:
    """Formatting in force; a group inherits it and cannot change that of the group around it.

    Sizes and raising are half-points, indents twentieths of a point.

    Attributes:
        goal: where text goes.
        outer: where it went before ``\\upr`` gave it twice.
        uc: characters that stand in for one given by ``\\u``.
        font: number of the font, None for the default one.
        in_table: the paragraph is in a table.
        nesting: how many tables it is in, 0 or 1 where not said.
        contents: it is in the result of a field that makes a list of contents.
    """

    goal: Goal = Goal.TEXT
    outer: Goal = Goal.TEXT
    uc: int = 1
    font: int | None = None
    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    deleted: bool = False
    vertical: SpanKind | None = None
    raised: int = 0
    size: int = 24
    alignment: str = "ql"
    left: int = 0
    first: int = 0
    in_table: bool = False
    nesting: int = 0
    style: int | None = None
    outline: int | None = None
    list_number: int = 0
    contents: bool = False

    @property
    def lift(self) -> SpanKind | None:
        """Whether characters are clearly above or below the line."""
        if self.vertical is not None:
            return self.vertical
        if self.raised >= _RAISED:
            return SpanKind.SUPERSCRIPT
        return SpanKind.SUBSCRIPT if self.raised <= -_RAISED else None


Setter = Callable[[State, int | None], None]


def _plain(state: State, _: int | None) -> None:
    state.font = None
    state.bold = state.italic = state.struck = state.hidden = state.deleted = False
    state.vertical = None
    state.raised = 0
    state.size = 24


def _pard(state: State, _: int | None) -> None:
    state.alignment = "ql"
    state.left = state.first = state.nesting = state.list_number = 0
    state.in_table = False
    state.style = state.outline = None


def _switch(name: str) -> Setter:
    def turn(state: State, number: int | None) -> None:
        setattr(state, name, number != 0)

    return turn


def _number(name: str, default: int = 0) -> Setter:
    def put(state: State, number: int | None) -> None:
        setattr(state, name, default if number is None else number)

    return put


def _lift(kind: SpanKind | None) -> Setter:
    def put(state: State, number: int | None) -> None:
        state.vertical = None if number == 0 else kind
        if kind is None:
            state.raised = 0

    return put


def _raise(sign: int) -> Setter:
    def put(state: State, number: int | None) -> None:
        state.raised = sign * (6 if number is None else number)

    return put


def _align(name: str) -> Setter:
    def put(state: State, _: int | None) -> None:
        state.alignment = name

    return put


def _outline(state: State, number: int | None) -> None:
    state.outline = number + 1 if number is not None and 0 <= number < 9 else None


def _size(state: State, number: int | None) -> None:
    state.size = number if number is not None and 0 < number < 2_000 else 24


def _uc(state: State, number: int | None) -> None:
    state.uc = min(max(1 if number is None else number, 0), 16)


#: Words that set formatting, by name.
SETTERS: dict[str, Setter] = {
    "plain": _plain,
    "pard": _pard,
    "uc": _uc,
    "f": _number("font"),
    "b": _switch("bold"),
    "i": _switch("italic"),
    "strike": _switch("struck"),
    "striked": _switch("struck"),
    "v": _switch("hidden"),
    "deleted": _switch("deleted"),
    "super": _lift(SpanKind.SUPERSCRIPT),
    "sub": _lift(SpanKind.SUBSCRIPT),
    "nosupersub": _lift(None),
    "up": _raise(1),
    "dn": _raise(-1),
    "fs": _size,
    "ql": _align("ql"),
    "qr": _align("qr"),
    "qc": _align("qc"),
    "qj": _align("qj"),
    "li": _number("left"),
    "fi": _number("first"),
    "intbl": _switch("in_table"),
    "itap": _number("nesting", 1),
    "s": _number("style"),
    "outlinelevel": _outline,
    "ls": _number("list_number"),
}
