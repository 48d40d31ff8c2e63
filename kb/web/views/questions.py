"""Questions of one section of an interview, as its page asks them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.language.model import Language
from kb.templates.interview import Question, root
from kb.templates.model import Choice, Field, FieldType, Form, Problem
from kb.web.form_answers import problem_message

#: Rows that an empty list offers to begin with.
_FIRST_ROWS = 3
#: Codes of what is wanting, told only once a person wants to go on.
WANTING = frozenset({"required", "one_of", "too_few"})
#: Warnings that the page tells in its own way, or not at all.
_UNTOLD = frozenset({"proposed", "derived", "unknown_field", "not_applicable"})
#: Characters up to which help stands beside a question; longer help opens on demand.
_SHORT = 110

_MODES = {
    FieldType.INTEGER: "numeric",
    FieldType.PERCENT: "numeric",
    FieldType.DATE: "numeric",
    FieldType.TIME: "numeric",
}
_SMALL = frozenset(
    {FieldType.INTEGER, FieldType.PERCENT, FieldType.DATE, FieldType.TIME, FieldType.RANGE, FieldType.DOCNUM}
)
_EXAMPLES = {FieldType.DATE: "31.12.2026", FieldType.TIME: "23:00", FieldType.PERSON: "Асанов А. А."}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: its value, words, whether it is chosen, id of its box."""

    value: str
    label: str
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a list: its path, number from 1, what it consists of, words that tell it from the others."""

    path: str
    number: int
    parts: tuple[Input, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Input:
    """A question, or a part of an item of a list.

    Attributes:
        path: name that it is sent under.
        id: id of its first box, to which an error leads.
        kind: ``text``, ``area``, ``radio``, ``check``, ``list`` (of single values) or ``records``.
        label: its words.
        help: what to write, short; empty where there is none.
        more: longer help, that opens on demand.
        required: it must be answered.
        value: what was answered, as text.
        error: what is wrong with it, or empty.
        warning: what should be looked at, or empty.
        mode: ``inputmode`` of its box, or empty.
        small: its box is short.
        example: what an answer looks like, or empty.
        longest: most characters that its box takes, 0 for no bound.
        options: choices.
        rows: items.
        focus: a person just asked for this one.
        proposed: another answer suggests one for it.
        proposal: what the documents take where it is not answered, or empty.
    """

    path: str
    id: str
    kind: str
    label: str
    help: str = ""
    more: str = ""
    required: bool = False
    value: str = ""
    error: str = ""
    warning: str = ""
    mode: str = ""
    small: bool = False
    example: str = ""
    longest: int = 0
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    focus: bool = False
    proposed: bool = False
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the summary of errors: label of the question, what is wrong, id to go to."""

    label: str
    message: str
    id: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How questions are shown.

    Attributes:
        language: language of the interface.
        errors: what is wrong, by path.
        warnings: what should be looked at, by path.
        more: path of a list that is to have one more row, or empty.
    """

    language: Language
    errors: Mapping[str, str]
    warnings: Mapping[str, str]
    more: str = ""


def input_id(path: str) -> str:
    """Id of a box by the path of its answer (``agenda[0].topic`` → ``f-agenda-0-topic``)."""
    return "f-" + path.replace("[", "-").replace("]", "").replace(".", "-")


def asking(
    form: Form,
    errors: Sequence[Problem],
    warnings: Sequence[Problem],
    language: Language,
    *,
    strict: bool,
    more: str = "",
) -> Asking:
    """How to show questions whose answers have these problems.

    Args:
        form: the form.
        errors: what forbids filling.
        warnings: what should be looked at.
        language: language of the interface.
        strict: what is wanting is an error too.
        more: path of a list that is to have one more row, or empty.
    """
    told = [one for one in errors if strict or one.code not in WANTING or "[" in one.field]
    soft = [one for one in warnings if one.code not in _UNTOLD]
    return Asking(language, _by_path(form, told, language), _by_path(form, soft, language), more)


def _by_path(form: Form, problems: Sequence[Problem], language: Language) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in problems:
        found.setdefault(one.field, problem_message(one, language, form))
    return found


def question_input(question: Question, answers: Mapping[str, object], how: Asking) -> Input:
    """A question with its answer, or what it starts from."""
    field = question.field
    value = answers.get(field.name)
    if value is None and not field.proposed:
        value = question.proposal
    made = _with_all_errors(_input(field, value, field.name, how, question.choices), how)
    if not field.proposed:
        return made
    proposal = question.proposal if value is None else None
    return replace(made, proposed=True, proposal=_words(field, proposal, how.language))


def _with_all_errors(made: Input, how: Asking) -> Input:
    """The question with an error that none of its boxes shows (an item that is no object, a choice not offered)."""
    shown_ones = set(_paths(made))
    hidden = (told for path, told in how.errors.items() if root(path) == made.path and path not in shown_ones)
    return replace(made, error=made.error or next(hidden, ""))


def _paths(one: Input) -> Iterator[str]:
    yield one.path
    for row in one.rows:
        for part in row.parts:
            yield from _paths(part)


def _input(field: Field, value: object, path: str, how: Asking, choices: tuple[Choice, ...]) -> Input:
    help_words = field.help.of(how.language)
    base = Input(
        path=path,
        id=input_id(path),
        kind="text",
        label=field.label.of(how.language),
        help=help_words if len(help_words) <= _SHORT else "",
        more=help_words if len(help_words) > _SHORT else "",
        required=field.required,
        error=how.errors.get(path, ""),
        warning=how.warnings.get(path, ""),
        focus=how.more == path,
    )
    match field.type:
        case FieldType.CHOICE:
            return replace(base, kind="radio", options=_options(choices, [value], path, how.language))
        case FieldType.MULTICHOICE:
            return _multichoice(base, field, value, choices, how)
        case FieldType.LIST:
            return _list(base, field, value, path, how)
        case _:
            return replace(
                base,
                kind="area" if field.multiline else "text",
                value=shown(value, field.type),
                mode=_MODES.get(field.type, ""),
                small=field.type in _SMALL,
                example=_EXAMPLES.get(field.type, ""),
            )


def _options(
    choices: tuple[Choice, ...], chosen: Sequence[object], path: str, language: Language
) -> tuple[Option, ...]:
    return tuple(
        Option(
            one.value,
            one.label.of(language),
            one.value in chosen,
            input_id(path) + (f"-{number}" if number else ""),
        )
        for number, one in enumerate(choices)
    )


def _multichoice(base: Input, field: Field, value: object, choices: tuple[Choice, ...], how: Asking) -> Input:
    chosen = list(value) if isinstance(value, (list, tuple)) else []
    listed = {choice.value for choice in field.choices}
    own = [one for one in chosen if one not in listed]
    own_field = Field("", FieldType.TEXT, field.label)
    rows = _rows(own_field, [*own, *([""] if not own or base.focus else [])], base.path, how) if field.free else ()
    return replace(base, kind="check", options=_options(choices, chosen, base.path, how.language), rows=rows)


def _list(base: Input, field: Field, value: object, path: str, how: Asking) -> Input:
    single = len(field.item) == 1 and not field.item[0].name
    items: list[object] = list(value) if isinstance(value, (list, tuple)) else []
    if not items:
        items = [None] * (_FIRST_ROWS if single and field.item[0].type is FieldType.TOPONYM else 1)
    if base.focus and items[-1] is not None:
        items.append(None)
    if single:
        return replace(base, kind="list", rows=_rows(field.item[0], items, path, how))
    rows = []
    for number, item in enumerate(items):
        held = item if isinstance(item, Mapping) else {}
        where = f"{path}[{number}]"
        parts = tuple(
            _input(part, held.get(part.name), f"{where}.{part.name}", how, part.choices) for part in field.item
        )
        words = next((part.value for part in parts if part.value), "")
        rows.append(Row(where, number + 1, parts, words))
    return replace(base, kind="records", rows=tuple(rows))


def _rows(field: Field, items: Sequence[object], path: str, how: Asking) -> tuple[Row, ...]:
    rows = []
    for number, item in enumerate(items):
        where = f"{path}[{number}]"
        last = number == len(items) - 1
        part = replace(_input(field, item, where, how, ()), focus=how.more == path and last)
        rows.append(Row(where, number + 1, (part,), part.value))
    return tuple(rows)


def shown(value: object, kind: FieldType) -> str:
    """An answer as its box shows it; dates as people write them (``31.12.2026``)."""
    if value is None:
        return ""
    if kind is FieldType.DATE and isinstance(value, (str, dt.date)):
        try:
            return f"{dt.date.fromisoformat(str(value)):%d.%m.%Y}"
        except ValueError:
            return str(value)
    return str(value) if isinstance(value, (str, int, float)) else ""


def error_links(inputs: Sequence[Input]) -> tuple[ErrorLink, ...]:
    """The summary of errors of a page, in the order of its questions."""
    found: list[ErrorLink] = []
    for one in inputs:
        if one.error:
            found.append(ErrorLink(one.label, one.error, one.id))
        for row in one.rows:
            single = one.kind in {"list", "check"}
            for link in error_links(row.parts):
                label = f"{one.label}, {row.number}" if single else f"{one.label}, {row.number}: {link.label}"
                found.append(ErrorLink(label, link.message, link.id))
    return tuple(found)


def answer_words(form: Form, name: str, value: object, language: Language) -> str:
    """An answer as one line of words, for a person to compare."""
    field = form.fields.get(name)
    return _words(field, value, language)


def _words(field: Field | None, value: object, language: Language) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_words(None, one, language) for one in value.values())
    if isinstance(value, (list, tuple)):
        return "; ".join(_words(field, one, language) for one in value)
    if field is not None:
        for choice in field.choices:
            if choice.value == value:
                return choice.label.of(language)
        return shown(value, field.type) or str(value if value is not None else "")
    return "" if value is None else str(value)


def problems_of(problems: Sequence[Problem], names: Sequence[str]) -> tuple[Problem, ...]:
    """Problems of some fields."""
    wanted = set(names)
    return tuple(one for one in problems if root(one.field) in wanted)
