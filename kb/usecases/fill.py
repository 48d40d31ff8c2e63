"""Filling a form: answers in, a Word file out, or what is wrong with the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.fill import fill
from kb.templates.interview import check_answers
from kb.templates.model import Doubtful, Form, Problem


@dataclass(frozen=True, slots=True)
class FillResult:
    """What came of filling a form.

    Attributes:
        docx: the Word file, or None where there are errors.
        errors: what forbids filling.
        warnings: what was ignored or should be looked at.
        doubtful: case forms to be confirmed.
    """

    docx: bytes | None = field(repr=False)
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    doubtful: tuple[Doubtful, ...]


def fill_form(form: Form | str | Path, answers: object, language: Language) -> FillResult:
    """Fill a form.

    Args:
        form: the form, its id, or the folder of an imported one.
        answers: the answers as JSON has them.
        language: language of the document.

    Raises:
        UnknownForm: there is no such form.
        BadForm: the form's files do not fit.
        ValueError: the form has no template in ``language``.
    """
    chosen = form if isinstance(form, Form) else load_form(form)
    if language not in chosen.langs:
        raise ValueError(language)
    checked = check_answers(chosen, answers, (language,))
    if checked.errors:
        return FillResult(None, checked.errors, checked.warnings, ())
    filled = fill(chosen, checked, language, answers)
    return FillResult(filled.docx, (), checked.warnings, filled.doubtful)
