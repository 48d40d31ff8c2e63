"""The document that a draft makes, clause by clause, with the law behind each clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kb.documents import STATE_KINDS, Level
from kb.language.model import Language
from kb.templates.interview import check_answers
from kb.templates.model import Clause, Doubtful, Form, LegalBasis
from kb.templates.places import clause_key, governed
from kb.templates.preview import preview
from kb.usecases.legal import Standing, Warn
from kb.web import wording
from kb.web.translate import day, noop, tell
from kb.web.urls import href, unit_href, with_query
from kb.web.views.remarks import clause_remarks

_ = noop

#: Clauses that the page of a section shows at once; the rest is in the whole document.
MOST_CLAUSES = 8
#: Clauses that a question names as those that it fills.
MOST_BEHIND = 3

_WARNINGS = {
    Warn.REPEALED: _("Repealed since this form was written: check the clause."),
    Warn.GONE: _("The text that is held has no such provision any more: check the clause."),
    Warn.CHANGED: _("Changed since the edition that this form follows: check the clause."),
    Warn.ACT_CHANGED: _(
        "The act was amended after the edition that this form follows; whether this provision was, is not known."
    ),
}

Stands = Callable[[LegalBasis], Standing]


@dataclass(frozen=True, slots=True)
class BasisView:
    """A legal basis beside a clause.

    Attributes:
        title: the act as it is cited.
        lang: language of the title.
        href: the act in the library, or None where it is not held.
        provision: number of the provision with its word, or empty.
        provision_href: the provision in the library, or None.
        edition: date of the edition that the form follows, in words, or empty.
        status: code of its status.
        status_words: status in words, empty where it is not held.
        confirm: no source that was read names the provision.
        warning: what became of it since, or empty.
    """

    title: str
    lang: str
    href: str | None
    provision: str
    provision_href: str | None
    edition: str
    status: str
    status_words: str
    confirm: bool
    warning: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A piece of the document.

    Attributes:
        key: its name on the page.
        level: as of ``Clause``.
        number: its number, or empty.
        heading: its heading, or empty.
        html: its content, escaped.
        bases: what stands behind it.
        law_href: page of the provisions behind it, or empty where there are none.
        warned: one of its bases carries a warning.
        remarks: what in it is the model's and not the drafter's, in words.
    """

    key: str
    level: str
    number: str
    heading: str
    html: Markup
    bases: tuple[BasisView, ...]
    law_href: str
    warned: bool
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document, or the part of it that a section fills.

    Attributes:
        lang: language of the document.
        clauses: its pieces in order.
        left: number of further clauses that the section fills and the page does not show.
        missing: number of answers that it lacks.
        doubtful: case forms to be confirmed.
        behind: for each field of the section the first clauses that it fills or decides.
    """

    lang: str
    clauses: tuple[ClauseView, ...]
    left: int
    missing: int
    doubtful: tuple[Doubtful, ...]
    behind: Mapping[str, tuple[ClauseView, ...]]


def sheet(
    form: Form,
    answers: dict[str, object],
    language: Language,
    reader: Language,
    stands: Stands,
    names: Sequence[str] | None = None,
) -> Sheet:
    """The document as the answers make it.

    Args:
        form: the form.
        answers: the answers so far, with their case forms.
        language: language of the document.
        reader: language of the interface.
        stands: finds a legal basis in the library.
        names: fields of the section whose clauses are wanted; None for the whole document.
    """
    checked = check_answers(form, answers, (language,))
    found = preview(form, checked, language, answers)
    clauses = [one for one in found.clauses if names is None or _fills(form, language, one, set(names))]
    shown = clauses if names is None else clauses[:MOST_CLAUSES]
    behind = {
        name: tuple(
            _clause(form, one, reader, stands) for one in clauses if one.bases and _fills(form, language, one, {name})
        )[:MOST_BEHIND]
        for name in names or ()
    }
    missing = {name for clause in found.clauses for name in clause.missing}
    return Sheet(
        lang=language.value,
        clauses=tuple(_clause(form, one, reader, stands) for one in shown),
        left=len(clauses) - len(shown),
        missing=len(missing),
        doubtful=found.doubtful,
        behind=behind,
    )


def _fills(form: Form, language: Language, clause: Clause, names: set[str]) -> bool:
    if clause.level == "section":
        return False
    if names & set(clause.fields):
        return True
    places = governed(form, language)
    return bool(clause.label) and any(clause.label in places.get(name, ()) for name in names)


def _clause(form: Form, clause: Clause, reader: Language, stands: Stands) -> ClauseView:
    bases = tuple(basis_view(stands(one), reader) for one in clause.bases)
    label = clause.bases[0].clause if clause.bases else ""
    return ClauseView(
        key=clause_key(clause),
        level=clause.level,
        number=clause.number,
        heading=clause.heading,
        html=Markup(clause.html),  # noqa: S704 - escaped where it was made
        bases=bases,
        law_href=law_href(form.id, label) if label else "",
        warned=any(one.warning for one in bases),
        remarks=clause_remarks(clause.remarks, reader),
    )


def law_href(form: str, label: str) -> str:
    """Page of the provisions behind a clause."""
    return href(f"/forms/{form}/law/{label}")


def basis_view(standing: Standing, reader: Language) -> BasisView:
    """A legal basis in words."""
    basis, act, unit = standing.basis, standing.act, standing.unit
    lang = Language.RU if reader is Language.RU else Language.KY
    held = standing.edition.edition if standing.edition else None
    return BasisView(
        title=basis.title.of(lang),
        lang=lang.value,
        href=href(act.act) if act else None,
        provision=_provision(standing, reader),
        provision_href=unit_href(held, unit.eid) if held and unit else None,
        edition=_day(basis.edition, reader),
        status=standing.status.value,
        status_words=wording.status(standing.status.value, reader, act.kind.value) if act else "",
        confirm=basis.to_be_confirmed,
        warning=warning_words(standing, reader),
    )


def warning_words(standing: Standing, reader: Language) -> str:
    """What became of a legal basis since the edition that the form follows; empty where nothing did."""
    if standing.warn is Warn.NONE:
        return ""
    told = tell(_WARNINGS[standing.warn], reader)
    return f"{told} ({day(standing.since, reader)})" if standing.since else told


def _provision(standing: Standing, reader: Language) -> str:
    basis = standing.basis
    if basis.provision is None:
        return ""
    decimal = Level.SUBCLAUSE if "." in basis.provision else Level.CLAUSE
    levels = [Level.ARTICLE if basis.act.kind in STATE_KINDS else decimal, Level.PARAGRAPH, Level.POINT]
    if standing.unit is not None and not basis.within:
        levels = [standing.unit.level]
    numbers = (basis.provision, *basis.within)
    return ", ".join(
        f"{wording.level(one.value, reader)} {number}" for one, number in zip(levels, numbers, strict=False)
    )


def _day(date: dt.date | None, reader: Language) -> str:
    return day(date, reader) if date else ""


def with_language(path: str, language: str) -> str:
    """A path with the language of the document."""
    return with_query(path, [("lang", language)])
