"""The page on which the blanks of an imported form are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.language.model import Language
from kb.templates.convert.naming import CASES, Spot, Survey
from kb.templates.convert.renaming import (
    LONGEST_HELP,
    LONGEST_LABEL,
    MOST_CHOICES,
    TYPES,
    Given,
    can_change_type,
    kind_of,
)
from kb.templates.model import SILENT, FieldType
from kb.usecases.forms import Naming
from kb.web.naming_words import case_words, decision_words, error_words, reason_words, type_words, warning_words

#: Blanks on one page.
PAGE = 50

_LIMITS = {"label": LONGEST_LABEL, "help": LONGEST_HELP, "choices": MOST_CHOICES}


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a list to choose from, its words, whether it is chosen."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SpotView:
    """A blank and what is asked for it.

    Attributes:
        key: name of the blank.
        number: ordinal among all blanks, from 1.
        where: where it stands, for a person.
        above: the line above, where its own has no words.
        before: words before it.
        blank: the blank, or the words that an answer stands in place of.
        empty: it is a blank, not words.
        after: words behind it.
        name: name of its field.
        can_name: the name can be changed here.
        details: what follows is asked here.
        label: label in Kyrgyz and in Russian.
        help: help, likewise.
        types: kinds of answers to choose from; empty where the kind stays as it is.
        type_words: kind of answer in words.
        required: it must be answered.
        can_require: a person answers it.
        choices: what a choice offers, a line each.
        cases: cases to choose from; empty where there is nothing to choose.
        same: label of the field, where an earlier blank asks for it.
        rows: number of rows of a list that it stands for.
        reasons: why it should be looked at, in words.
        errors: what is wrong, in words, by input.
        saved: what is saved now where somebody else was quicker and it is not what was written here; else empty.
    """

    key: str
    number: int
    where: str
    above: str
    before: str
    blank: str
    empty: bool
    after: str
    name: str
    can_name: bool
    details: bool
    label: tuple[str, str]
    help: tuple[str, str]
    types: tuple[Option, ...]
    type_words: str
    required: bool
    can_require: bool
    choices: str
    cases: tuple[Option, ...]
    same: str
    rows: int
    reasons: tuple[str, ...]
    errors: Mapping[str, str]
    saved: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """Something else to be looked at: its number, where, the words there, what can be decided about it."""

    number: int
    where: str
    text: str
    decisions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NotesView:
    """Places that are to be looked at for the same reason: the reason in words, the places."""

    reason: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class NamingView:
    """The page.

    Attributes:
        id: id of the form.
        revision: number of the revision that it shows.
        lang: code of the document's language.
        title: title in Kyrgyz and in Russian.
        title_error: what is wrong with it, or empty.
        source: name of the file.
        official: the form is the official text.
        overlay: id of the overlay that it was made with, or empty.
        spots: blanks of this page.
        open: blanks of all pages that should be looked at: key, words, address.
        notes: what else should be looked at, by reason.
        warnings: what was taken out of the file, in words.
        others: labels of the questions that fill no blank, with the kind of answer.
        total: number of all blanks.
        named: how many of them have a name that is not to be looked at.
        page: number of the page, from 1.
        pages: number of pages.
        errors: key of the blank, words of what is wrong.
    """

    id: str
    revision: int
    lang: str
    title: tuple[str, str]
    title_error: str
    source: str
    official: bool
    overlay: str
    spots: tuple[SpotView, ...]
    open: tuple[tuple[str, str, str], ...]
    notes: tuple[NotesView, ...]
    warnings: tuple[str, ...]
    others: tuple[tuple[str, str, str], ...]
    total: int
    named: int
    page: int
    pages: int
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, where it is shown again.

    Attributes:
        given: by key of the blank.
        title: title in Kyrgyz and Russian, None where it was not asked.
        errors: codes of what is wrong, by key and input.
        late: somebody else saved in the meantime.
    """

    given: Mapping[str, Given] = field(default_factory=dict)
    title: tuple[str, str] | None = None
    errors: Mapping[tuple[str, str], str] = field(default_factory=dict)
    late: bool = False


def naming_view(naming: Naming, language: Language, page: int = 1, written: Written | None = None) -> NamingView:
    """The page of an imported form.

    Args:
        naming: the form.
        language: language of the interface.
        page: number of the page, from 1; one past the last is the last.
        written: what a person wrote and is shown again.
    """
    found, held, wrote = naming.found, naming.held, written or Written()
    pages = max(1, -(-len(found.spots) // PAGE))
    page = min(max(page, 1), pages)
    shown = list(enumerate(found.spots, 1))[(page - 1) * PAGE : page * PAGE]
    spots = tuple(_spot(found, spot, number, language, wrote) for number, spot in shown)
    title_error = wrote.errors.get(("", "title"), "")
    return NamingView(
        id=held.form.id,
        revision=held.revision,
        lang=found.language,
        title=wrote.title or found.title,
        title_error=error_words("title", title_error, language) if title_error else "",
        source=held.about.source,
        official=held.form.official,
        overlay=held.about.overlay,
        spots=spots,
        open=tuple(
            (spot.key, _opening(spot, number), _address(held.form.id, number, page))
            for number, spot in enumerate(found.spots, 1)
            if spot.doubts
        ),
        notes=_notes(found, language),
        warnings=tuple(f"{warning_words(code, language)} ({where})" for where, code in held.about.warnings),
        others=tuple(
            (_words(found.fields[name].get("label"), language), name, _kind(found.fields[name], language))
            for name in found.others
        ),
        total=held.about.blanks,
        named=held.about.named,
        page=page,
        pages=pages,
        errors=tuple((one.key, told) for one in spots for told in one.errors.values()),
    )


def _notes(found: Survey, language: Language) -> tuple[NotesView, ...]:
    grouped: dict[str, list[NoteView]] = {}
    for number, one in enumerate(found.notes):
        text = "" if one.reason == "differs" else one.text
        view = NoteView(number, one.where, text, decision_words(one.reason, language))
        grouped.setdefault(reason_words(one, language), []).append(view)
    return tuple(NotesView(reason, tuple(notes)) for reason, notes in grouped.items())


def _opening(spot: Spot, number: int) -> str:
    words = f"{spot.before[-30:]}{spot.blank[:12]}{spot.after[:30]}".strip()
    return f"{number}. {words}"


def _address(form: str, number: int, page: int) -> str:
    """Address of a blank's page, empty for the page that is shown."""
    other = (number - 1) // PAGE + 1
    return "" if other == page else f"/admin/forms/{form}?page={other}"


def _spot(found: Survey, spot: Spot, number: int, language: Language, wrote: Written) -> SpotView:
    held = found.fields.get(spot.field, {})
    one = wrote.given.get(spot.key)
    stands = _stands(found, spot, held)
    now = one or stands
    details = spot.first or not spot.field
    open_type = can_change_type(found, spot)
    errors = {
        part: error_words(part, code, language, _LIMITS.get(part, 0))
        for (key, part), code in wrote.errors.items()
        if key == spot.key
    }
    return SpotView(
        key=spot.key,
        number=number,
        where=spot.where,
        above=spot.above,
        before=spot.before,
        blank=spot.blank,
        empty=not any(letter.isalnum() for letter in spot.blank),
        after=spot.after,
        name=now.name,
        can_name=not spot.fixed or spot.first,
        details=details,
        label=now.label,
        help=now.help,
        types=tuple(
            Option(kind.value, type_words(kind.value, language), kind.value == now.type)
            for kind in TYPES
            if not (spot.rows and kind is FieldType.CHOICE)
        )
        if details and open_type
        else (),
        type_words=_kind(held, language) if held else "",
        required=now.required,
        can_require=held.get("type") not in SILENT,
        choices="\n".join(now.choices),
        cases=_cases(found, spot, held, now.case, language),
        same="" if details else _words(held.get("label"), language),
        rows=spot.rows,
        reasons=tuple(reason_words(doubt, language) for doubt in spot.doubts),
        errors=errors,
        saved=_saved(stands, language) if wrote.late and one is not None and _differs(one, stands, details) else "",
    )


def _stands(found: Survey, spot: Spot, held: Mapping[str, Any]) -> Given:
    """What is saved for a blank, as if somebody had written it."""
    return Given(
        name=spot.field,
        case=spot.case,
        details=True,
        label=_pair(held.get("label")),
        help=_pair(held.get("help")),
        type=kind_of(found, spot),
        required=spot.field in found.required if held else True,
        choices=tuple(str(choice["value"]) for choice in held.get("choices") or []),
    )


def _differs(one: Given, stands: Given, details: bool) -> bool:  # noqa: FBT001 - compared, not switched
    mine = (one.name, one.case)
    theirs = (stands.name, stands.case)
    if details and one.details:
        return (*mine, one.label, one.help, one.required) != (*theirs, stands.label, stands.help, stands.required)
    return mine != theirs


def _saved(stands: Given, language: Language) -> str:
    label = _words(list(stands.label), language)
    return f"{stands.name or '—'}: {label}" if label else stands.name or "—"


def _cases(found: Survey, spot: Spot, held: Mapping[str, Any], chosen: str, language: Language) -> tuple[Option, ...]:
    plain = held.get("type") in {FieldType.DATE, FieldType.INTEGER, FieldType.PERCENT, FieldType.CHOICE}
    if spot.fixed or (plain and not chosen):
        return ()
    return tuple(Option(case, case_words(case, language), case == chosen) for case in ("", *CASES[found.language]))


def _kind(held: Mapping[str, Any], language: Language) -> str:
    kind = str(held.get("type", ""))
    item = held.get("item")
    if kind == FieldType.LIST and isinstance(item, Mapping) and item.get("type"):
        return f"{type_words(kind, language)}: {type_words(str(item['type']), language)}"
    return type_words(kind, language)


def _pair(words: object) -> tuple[str, str]:
    if isinstance(words, str):
        return words, words
    if isinstance(words, Sequence) and len(words) >= 2:
        return str(words[0]), str(words[1])
    return "", ""


def _words(words: object, language: Language) -> str:
    ky, ru = _pair(words)
    return (ru or ky) if language is Language.RU else (ky or ru)
