"""Before finishing: what is missing and where, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.language.model import Language
from kb.templates.interview import check_answers, own_errors, root
from kb.templates.model import Doubtful, Form, Problem
from kb.templates.preview import preview


@dataclass(frozen=True, slots=True)
class Lack:
    """An answer that is wanting or does not fit, and where it is needed.

    Attributes:
        problem: what is wrong.
        section: id of the section that asks for it, empty for none.
        clauses: number and heading of the clauses that need it, in the language of the document; empty where none
            shows it.
    """

    problem: Problem
    section: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What stands between answers and a document.

    Attributes:
        lacks: what forbids filling, each with its places.
        warnings: what was ignored or should be looked at.
        doubtful: case forms to be confirmed, in the documents of all languages asked for.
    """

    lacks: tuple[Lack, ...]
    warnings: tuple[Problem, ...]
    doubtful: tuple[Doubtful, ...]


def check(form: Form, answers: Mapping[str, object], languages: Iterable[Language]) -> Report:
    """What is missing and where.

    Args:
        form: the form.
        answers: the answers so far.
        languages: languages of the documents to be made; those that the form lacks are passed over.
    """
    wanted = [language for language in languages if language in form.langs]
    checked = check_answers(form, answers, wanted)
    asking = {name: section.id for section in form.sections for name in section.fields}
    places: dict[str, dict[tuple[str, str], None]] = {}
    doubtful: dict[tuple[str, str], Doubtful] = {}
    for number, language in enumerate(wanted):
        shown = preview(form, checked, language, answers)
        doubtful |= {(one.field, one.case): one for one in shown.doubtful}
        for clause in shown.clauses:
            for name in clause.missing:
                found = places.setdefault(name, {})
                if not number or not found:
                    found[clause.number, clause.heading] = None
    lacks = tuple(
        Lack(problem, asking.get(root(problem.field), ""), tuple(places.get(root(problem.field), ())))
        for problem in own_errors(form, checked.errors)
    )
    return Report(lacks, checked.warnings, tuple(doubtful.values()))
