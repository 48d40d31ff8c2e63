"""Forms as the command line and the API answer about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kb.language.model import Language
from kb.templates.convert import Imported
from kb.templates.installed import About, Held
from kb.templates.interview import root
from kb.templates.model import SILENT, Doubtful, Field, FieldType, Form, Problem, Words
from kb.templates.sandbox import expression, names_of
from kb.web.responses import Answer
from kb.web.translate import noop, tell

_ = noop

#: What is wrong with an answer, then what to do.
PROBLEMS: Mapping[str, str] = {
    "required": _("This has to be answered."),
    "wrong_type": _("Another kind of answer is wanted here."),
    "wrong_type.number": _("Write a whole number here."),
    "wrong_type.list": _("Write a list here, each item by itself."),
    "too_long": _("This is too long: at most %(limit)s characters."),
    "too_short": _("This is too short: at least %(limit)s characters."),
    "line_break": _("Write this in one line."),
    "bad_characters": _("There is a character here that does not belong: %(character)s"),
    "bad_characters.cyrillic": _("There is a Latin letter here: %(character)s. Write it in Cyrillic."),
    "bad_format": _("This is not written as it should be. See the help beside the question."),
    "kind_word": _("Write the name alone, without the word «%(word)s»."),
    "not_a_person": _("Write a surname and initials: Асанов А. А."),
    "out_of_range": _("Write a number from %(least)s to %(most)s."),
    "range_order": _("The first number of a range must be the smaller one."),
    "bad_date": _("Write a date: 2026-05-05."),
    "bad_time": _("Write a time: 23:00."),
    "bad_number": _("Write the number of a document: letters, figures, hyphens, strokes."),
    "not_a_choice": _("Choose one of these: %(choices)s"),
    "too_many": _("There are too many items: at most %(limit)s."),
    "too_few": _("There are too few items: at least %(limit)s."),
    "duplicate": _("This stands here twice: %(value)s"),
    "unknown_field": _("The form has no such question; the answer was ignored."),
    "not_applicable": _("The question does not apply to the other answers; the answer was ignored."),
    "no_case_form": _("No document of this form takes this case form; it was ignored."),
    "derived": _("This follows from other answers; the answer was ignored."),
    "proposed": _("Taken from the Kyrgyz name: %(value)s. Check it."),
    "one_of": _("Answer at least one of two questions: this one or «%(other)s»."),
    "percent": _("A percentage is at most 100."),
    "same": _("The two times must differ."),
    "order": _("The upper bound must not be below the lower one."),
    "together": _("The number and the date belong together; without both neither is written."),
    "same_count": _("There must be as many Russian names as Kyrgyz ones."),
    "before": _("This date is too early: it cannot be before «%(other)s»."),
    "fewer_than_seven": _("A working group should have at least seven members, one from each side."),
    "even": _("An odd number of members is better for voting."),
    "same_person": _("Two different persons are needed."),
    "quorum": _("Fewer came than the quorum asks for."),
    "model_words": _("Words of the official text itself, for which it gives no other: clause %(clause)s: %(words)s"),
    "model_stale_reference": _(
        "A reference of the official text itself that is out of date: clause %(clause)s → %(words)s"
    ),
    "bad_json": _("The answers cannot be read as JSON."),
}


class BothWords(Answer):
    """The same words in Kyrgyz and Russian."""

    ky: str
    ru: str


class FormItem(Answer):
    """A form in a list; ``origin`` is the name of the file that it was imported from, null for one of the product."""

    id: str
    title: BothWords
    follows: BothWords
    official: bool
    langs: list[str]
    origin: str | None


class FormsAnswer(Answer):
    """The forms that there are."""

    forms: list[FormItem]


class ChoiceItem(Answer):
    """A value that a choice offers; ``when`` is the condition under which it does."""

    value: str
    label: BothWords
    when: str


class FieldItem(Answer):
    """A field of a form.

    ``depends`` names the answers that decide whether it applies or what it is; ``languages`` those of documents that
    use it; ``item`` the fields of an item of a list, one with an empty name where items are no objects.
    """

    name: str
    type: str
    label: BothWords
    help: BothWords
    required: bool
    choices: list[ChoiceItem]
    free: bool
    depends: list[str]
    when: str
    case: str
    default: Any
    languages: list[str]
    item: list[FieldItem]


class FormAnswer(FormItem):
    """A form with its fields in the order in which they are asked."""

    summary: BothWords
    version: str
    sections: list[SectionItem]
    fields: list[FieldItem]


class SectionItem(Answer):
    """A section of the interview: names of its fields."""

    id: str
    title: BothWords
    fields: list[str]


class ProblemItem(Answer):
    """What is wrong with an answer; ``field`` is its path (``villages[2]``)."""

    field: str
    code: str
    message: str


class DoubtfulItem(Answer):
    """A case form to be confirmed."""

    field: str
    case: str
    form: str


class UnsureItem(Answer):
    """Something in an imported blank that a person should look at, and why."""

    where: str
    text: str
    reason: str


class ImportWarning(Answer):
    """Something that was taken out of an imported blank."""

    where: str
    code: str


class ImportAnswer(Answer):
    """What importing a blank gave.

    ``found`` counts the blanks that the form fills, ``named`` those of them whose name is not to be looked at,
    ``alternatives`` the places with words for both kinds of community; ``overlay`` is the one used, or null.
    """

    id: str
    blanks: int
    found: int
    named: int
    alternatives: int
    overlay: str | None
    unsure: list[UnsureItem]
    warnings: list[ImportWarning]
    fields: list[FieldItem]


class FillAnswer(Answer):
    """What filling a form gave; ``output`` is null where there are errors."""

    output: str | None
    warnings: list[ProblemItem]
    doubtful: list[DoubtfulItem]
    errors: list[ProblemItem]


def problem_message(problem: Problem, language: Language, form: Form | None = None) -> str:
    """What is wrong with an answer, in the reader's language.

    Args:
        problem: what is wrong.
        language: the reader's.
        form: the form, whose labels tell another field or choices that the problem is about; names do without.
    """
    if form is not None:
        problem = replace(problem, params={**problem.params, **_labels(form, problem, language)})
    closer = f"{problem.code}.{problem.params.get('wanted')}"
    text = PROBLEMS.get(closer) or PROBLEMS.get(problem.code)
    if text is not None:
        return tell(text, language, **problem.params)
    told = ", ".join(f"{name}={value}" for name, value in problem.params.items())
    return f"{problem.code} ({told})" if told else problem.code


def _labels(form: Form, problem: Problem, language: Language) -> Mapping[str, str]:
    """Parameters of a problem that name another field or choices, in the words of the form."""
    other, field = form.fields.get(str(problem.params.get("other"))), form.fields.get(root(problem.field))
    found = {"other": other.label.of(language)} if other else {}
    if field is not None and field.choices and "choices" in problem.params:
        offered = str(problem.params["choices"]).split(", ")
        found["choices"] = "; ".join(one.label.of(language) for one in field.choices if one.value in offered)
    return found


def problem_items(problems: Iterable[Problem], language: Language) -> list[ProblemItem]:
    """Problems with their messages."""
    return [ProblemItem(field=one.field, code=one.code, message=problem_message(one, language)) for one in problems]


def doubtful_items(found: Iterable[Doubtful]) -> list[DoubtfulItem]:
    """Case forms to be confirmed."""
    return [DoubtfulItem(field=one.field, case=one.case, form=one.form) for one in found]


def forms_answer(forms: Iterable[Form]) -> FormsAnswer:
    """A list of forms."""
    return FormsAnswer(forms=[FormItem(**_head(form)) for form in forms])


def form_answer(form: Form) -> FormAnswer:
    """A form with its fields."""
    return FormAnswer(
        **_head(form),
        summary=_words(form.summary),
        version=form.version,
        sections=[SectionItem(id=one.id, title=_words(one.title), fields=list(one.fields)) for one in form.sections],
        fields=[_field(field, form.fields) for field in form.fields.values()],
    )


def _head(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": _words(form.title),
        "follows": _words(form.follows),
        "official": form.official,
        "langs": [language.value for language in form.langs],
        "origin": form.origin or None,
    }


def _words(words: Words) -> BothWords:
    return BothWords(ky=words.ky, ru=words.ru)


def _field(field: Field, fields: Mapping[str, Field]) -> FieldItem:
    return FieldItem(
        name=field.name,
        type=field.type.value,
        label=_words(field.label),
        help=_words(field.help),
        required=field.required,
        choices=[ChoiceItem(value=one.value, label=_words(one.label), when=one.when) for one in field.choices],
        free=field.free,
        depends=list(_depends(field, fields)),
        when=field.when,
        case=field.case,
        default=_fixed(field) if field.type is FieldType.FIXED else field.default,
        languages=[language.value for language in field.languages],
        item=[_field(one, {}) for one in field.item],
    )


def _fixed(field: Field) -> object:
    source = next(iter(field.value.values()), "")
    return expression(source, names_of(source))({}) if source else None


def _depends(field: Field, fields: Mapping[str, Field]) -> dict[str, None]:
    """Names of the answers that a field depends on, through what is derived from them."""
    found: dict[str, None] = {}
    conditions = [field.when, *field.value.values(), *(choice.when for choice in field.choices)]
    for source in filter(None, conditions):
        for name in sorted(names_of(source), key=source.index):
            behind = fields.get(name)
            if behind is not None and behind.type in SILENT:
                found |= _depends(behind, fields)
            elif behind is not None:
                found[name] = None
    return found | ({field.proposed: None} if field.proposed else {})


def import_answer(imported: Imported) -> ImportAnswer:
    """What importing a blank gave, as commands answer it."""
    return _import_answer(imported.form, imported)


def held_answer(held: Held) -> ImportAnswer:
    """An imported form of the installation, as its import is answered."""
    return _import_answer(held.form, held.about)


def _import_answer(form: Form, found: Imported | About) -> ImportAnswer:
    return ImportAnswer(
        id=form.id,
        blanks=found.blanks,
        found=found.found,
        named=found.named,
        alternatives=found.alternatives,
        overlay=found.overlay or None,
        unsure=[UnsureItem(where=one.where, text=one.text, reason=one.reason) for one in found.unsure],
        warnings=[ImportWarning(where=where, code=code) for where, code in found.warnings],
        fields=form_answer(form).fields,
    )
