"""From answers to a Word file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateError

from kb.errors import BadForm
from kb.language.model import Language
from kb.templates.compiled import DOCUMENT, compiled, source_fields
from kb.templates.interview import CASE_FORMS, applies, root
from kb.templates.marks import MISSING, MISSING_END, close_lists, set_numbers, without_filling
from kb.templates.model import SILENT, Checked, Doubtful, Field, FieldType, Filled, Form
from kb.templates.sandbox import Told, expression, grammar, names_of
from kb.templates.values import is_case_form

_DATE = (2022, 12, 12, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled template, its marks still in it.

    Attributes:
        parts: filled parts by name.
        doubtful: case forms to be confirmed.
    """

    parts: Mapping[str, str]
    doubtful: tuple[Doubtful, ...]

    @property
    def document(self) -> str:
        """The main part."""
        return self.parts[DOCUMENT]


def fill(form: Form, checked: Checked, language: Language, answers: object = None) -> Filled:
    """Word file filled from answers without errors.

    Args:
        form: the form.
        checked: its checked answers.
        language: language of the document.
        answers: the raw answers, for the case forms that they give (``case_forms``).

    Raises:
        ValueError: there are errors in the answers, or the form has no template in ``language``.
        BadForm: the template does not work.
    """
    if checked.errors:
        raise ValueError(checked.errors[0].field)
    rendered = render(form, checked, language, answers)
    template = compiled(form, language)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in template.fixed:
            part = rendered.parts.get(name)
            whole = content if part is None else without_filling(set_numbers(part)).encode()
            archive.writestr(zipfile.ZipInfo(name, _DATE), whole, zipfile.ZIP_DEFLATED)
    return Filled(made.getvalue(), rendered.doubtful)


def render(
    form: Form, checked: Checked, language: Language, answers: object = None, *, missing: bool = False
) -> Rendered:
    """Fill a template and keep the marks in it.

    Args:
        form: the form.
        checked: its checked answers.
        language: language of the document.
        answers: the raw answers, for the case forms that they give.
        missing: put the names of questions where answers are wanting, for a preview.

    Raises:
        ValueError: the form has no template in ``language``.
        BadForm: the template does not work.
    """
    if language not in form.templates:
        raise ValueError(language)
    template = compiled(form, language)
    context = _context(form, checked, language, missing=missing)
    with grammar(case_forms(answers)) as met:
        try:
            parts = {name: close_lists(part.render(context)) for name, part in template.filled.items()}
        except (TemplateError, TypeError, ArithmeticError, LookupError) as problem:
            raise BadForm(reason="render", where=form.id, problem=str(problem)[:200]) from None
    return Rendered(parts, tuple(met.doubtful.values()))


def case_forms(answers: object) -> Mapping[tuple[str, str], str]:
    """Case forms that a person gave, by (path, case); what is no short line of words is left out."""
    given = answers.get(CASE_FORMS) if isinstance(answers, Mapping) else None
    found: dict[tuple[str, str], str] = {}
    for path, forms in given.items() if isinstance(given, Mapping) else ():
        for case, form in forms.items() if isinstance(forms, Mapping) else ():
            if is_case_form(form):
                found[str(path), str(case)] = form.strip()
    return found


def _context(form: Form, checked: Checked, language: Language, *, missing: bool) -> Mapping[str, object]:
    known: dict[str, object] = {}
    blanks = _Blanks(form, checked, language) if missing else None
    for name, field in form.fields.items():
        value = checked.values.get(name)
        if value is None and field.type in SILENT:
            value = _derived(field, language, known)
        if value is None and blanks is not None:
            value = blanks.of(field, known)
        if value is not None:
            known[name] = told(value, name)
    return {**{name: _nothing(form, field, language) for name, field in form.fields.items()}, **known}


def _derived(field: Field, language: Language, known: Mapping[str, object]) -> object:
    source = field.value.get(language) or field.value.get(None)
    value = expression(source, names_of(source))(known) if source else None
    return tuple(value) if isinstance(value, list) else value


class _Blanks:
    """What a preview puts where an answer is wanting."""

    def __init__(self, form: Form, checked: Checked, language: Language) -> None:
        self.form = form
        self.language = language
        self.sources = source_fields(form, language)
        self.wrong = {root(problem.field) for problem in checked.errors}
        self.wanting: set[str] = set()

    def of(self, field: Field, known: Mapping[str, object]) -> object:
        """The question's name for what has to be answered and for what follows from it; else None.

        A condition that follows from choices alone does not hold until they are made.
        """
        if not applies(field, known, frozenset({self.language})):
            return None
        if field.type in SILENT:
            if field.value and not self.sources[field.name]:
                return False
            source = field.value.get(self.language) or field.value.get(None) or ""
            if not source or not names_of(source) & self.wanting:
                return None
            self.wanting.add(field.name)
            return _blank(self.form.fields.get(source, field), self.language)
        if field.required or field.name in self.wrong or field.proposed in self.wanting:
            self.wanting.add(field.name)
            return None if field.choices else _blank(field, self.language)
        return None


def _nothing(form: Form, field: Field, language: Language) -> object:
    """What stands for a field without a value: nothing, or no items, so that a loop has nothing to go through."""
    source = field.value.get(language) or field.value.get(None)
    seen = form.fields.get(source, field) if source else field
    listed = seen.type in {FieldType.LIST, FieldType.MULTICHOICE}
    return () if listed or (seen.type is FieldType.DERIVED and not seen.value) else None


def told(value: object, path: str) -> object:
    """A value whose words know the answer that they come from."""
    if isinstance(value, Told):
        return value
    if isinstance(value, str):
        return Told(value, path)
    if isinstance(value, tuple):
        return tuple(_item(one, f"{path}[{number}]", number + 1) for number, one in enumerate(value))
    if isinstance(value, Mapping):
        return {name: told(one, f"{path}.{name}") for name, one in value.items()}
    return value


def _item(value: object, path: str, number: int) -> object:
    """An item of a list; an object knows its ``number``, from 1, which loops inside it cannot count."""
    made = told(value, path)
    return {**made, "number": number} if isinstance(made, Mapping) else made


def _blank(field: Field, language: Language) -> object:
    label = Told(f"{MISSING}{field.label.of(language)}{MISSING_END}", field.name)
    if field.type is not FieldType.LIST:
        return label
    if len(field.item) == 1 and not field.item[0].name:
        return (label,)
    return ({part.name: _blank(part, language) for part in field.item} | {"number": 1},)
