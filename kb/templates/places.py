"""Which clauses a question fills or decides, so that a page can show what an answer changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kb.language.model import Language
from kb.templates.compiled import FormKey
from kb.templates.interview import check_answers
from kb.templates.model import Clause, Field, FieldType, Form
from kb.templates.preview import preview
from kb.templates.sandbox import names_of

#: A choice that changes more than this part of the clauses changes the words of the whole document.
_EVERYWHERE = 0.5


def clause_key(clause: Clause) -> str:
    """Name of a piece of a preview: its label, else its level and number, which no other piece has."""
    return clause.label or f"{clause.level}-{clause.number}"


def governed(form: Form, language: Language) -> Mapping[str, frozenset[str]]:
    """For each choice and multichoice the labels of the clauses that come, go or change with it.

    Those that change the words of most clauses are left out, as are fields that no clause depends on.

    Args:
        form: the form.
        language: language of the document.
    """
    return _governed(FormKey(form, language))


def dependents(form: Form, name: str) -> frozenset[str]:
    """A field and all that is derived from it, through any number of steps."""
    found = {name}
    grown = True
    while grown:
        more = {one.name for one in form.fields.values() if found & _read(one)} - found
        found |= more
        grown = bool(more)
    return frozenset(found)


def _read(field: Field) -> set[str]:
    return {name for source in field.value.values() for name in names_of(source)} | {field.proposed} - {""}


@lru_cache(maxsize=32)
def _governed(key: FormKey) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for field in key.form.asked():
        if field.type not in {FieldType.CHOICE, FieldType.MULTICHOICE} or len(field.choices) < 1:
            continue
        shown = [_shown(key, answers) for answers in _alternatives(field)]
        labels = {label for one in shown for label in one}
        changed = {label for label in labels if len({one.get(label) for one in shown}) > 1} - {""}
        if changed and len(changed) <= _EVERYWHERE * len(labels):
            found[field.name] = frozenset(changed)
    return found


def _alternatives(field: Field) -> Iterator[dict[str, object]]:
    if field.type is FieldType.CHOICE:
        for choice in field.choices:
            yield {field.name: choice.value}
        return
    values = [choice.value for choice in field.choices]
    yield {field.name: values}
    yield {field.name: values[:1]}
    if len(values) > 1:
        yield {field.name: values[1:]}
    else:
        yield {}


def _shown(key: FormKey, answers: dict[str, object]) -> dict[str, str]:
    checked = check_answers(key.form, answers, [key.language])
    # Numbers of clauses change with those before them: what is compared is the words.
    return {clause.label: _unnumbered(clause) for clause in preview(key.form, checked, key.language, answers).clauses}


def _unnumbered(clause: Clause) -> str:
    return clause.heading + "".join(letter for letter in clause.html if not letter.isdigit() and letter not in ".,–")
