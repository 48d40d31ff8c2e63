"""Pages about forms: the list, what one form is for, what stands behind one clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import Unit
from kb.language.model import Language
from kb.storage.model import ActSummary
from kb.templates.model import Form
from kb.usecases.legal import Standing
from kb.web.urls import href
from kb.web.views.chrome import Link, title_in
from kb.web.views.sheet import BasisView, basis_view
from kb.web.views.text import UnitView, unit_tree


@dataclass(frozen=True, slots=True)
class FormView:
    """A form.

    Attributes:
        id: its id.
        title: what it is for.
        other: title in the other language.
        lang: language of these words.
        other_lang: language of ``other``.
        summary: what one needs at hand, how long it takes.
        follows: the act that it follows, as it is cited.
        follows_href: that act in the library, or None.
        model: the text behind its clauses in the library: title and address; None where that is not held.
        official: it is the official text.
        langs: codes of the languages that it is in.
        sections: titles of its sections, each with the number of its questions.
        origin: name of the file that it was imported from; empty for a form of the product.
    """

    id: str
    title: str
    other: str
    lang: str
    other_lang: str
    summary: str
    follows: str
    follows_href: str | None
    model: Link | None
    official: bool
    langs: tuple[str, ...]
    sections: tuple[tuple[str, int], ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision behind a clause: the basis, and its text where it is held, in a language."""

    basis: BasisView
    units: tuple[UnitView, ...]
    base: str
    lang: str


def form_view(form: Form, follows: ActSummary | None, language: Language, model: ActSummary | None = None) -> FormView:
    """A form in a reader's language.

    Args:
        form: the form.
        follows: the act that it follows, None where it is not held.
        language: language of the interface.
        model: the act behind most of its clauses, None where it is not held.
    """
    mine = form.labels_in(language)
    other = Language.RU if mine is Language.KY else Language.KY
    asked = {field.name for field in form.asked()}
    return FormView(
        id=form.id,
        title=form.title.of(mine),
        other=form.title.of(other),
        lang=mine.value,
        other_lang=other.value,
        summary=form.summary.of(mine),
        follows=form.follows.of(mine),
        follows_href=href(follows.act) if follows else None,
        model=_link(model, language) if model and model != follows else None,
        official=form.official,
        langs=tuple(one.value for one in form.langs),
        sections=tuple((one.title.of(mine), len(asked & set(one.fields))) for one in form.sections),
        origin=form.origin,
    )


def _link(act: ActSummary, language: Language) -> Link:
    title, lang = title_in(act.titles, language)
    return Link(title, href(act.act), lang)


def provision_view(standing: Standing, units: Sequence[Unit], language: Language) -> ProvisionView:
    """A provision with its text."""
    edition = standing.edition
    text = edition.language if edition else language
    statuses = {unit.eid: unit.status for unit in units if unit.status is not None}
    shown = unit_tree(units, statuses, text, language, (), standing.status) if units else ()
    return ProvisionView(
        basis=basis_view(standing, language),
        units=shown,
        base=href(edition.edition) if edition else "",
        lang=text.value,
    )
