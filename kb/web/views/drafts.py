"""Pages of a draft: overview, one section, check and downloads, history, values that clash."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.language.model import Language
from kb.templates.check import Lack, Report, check
from kb.templates.interview import Page, check_answers, own_errors, pages, root
from kb.templates.model import Form
from kb.usecases.draft_content import LANGUAGES, Change, Clash, Place
from kb.usecases.drafts import Draft
from kb.web import wording
from kb.web.form_answers import problem_message
from kb.web.render import BISHKEK
from kb.web.translate import day, noop, tell
from kb.web.views.questions import (
    WANTING,
    Asking,
    ErrorLink,
    Input,
    answer_words,
    asking,
    error_links,
    input_id,
    problems_of,
    question_input,
)

_ = noop

_CASES = {
    "gen": _("genitive"),
    "dat": _("dative"),
    "acc": _("accusative"),
    "loc": _("locative"),
    "abl": _("ablative"),
    "attr": _("attributive"),
    "gent": _("genitive"),
    "datv": _("dative"),
    "accs": _("accusative"),
    "ablt": _("instrumental"),
    "loct": _("prepositional"),
}


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section in the list: address, title, how many required answers it has, whether shown now.

    Attributes:
        id: id of the section.
        href: its address.
        title: its title.
        answered: required questions answered.
        required: required questions.
        wrong: an answer in it does not fit.
        current: it is the one shown.
    """

    id: str
    href: str
    title: str
    answered: int
    required: int
    wrong: bool
    current: bool

    @property
    def done(self) -> bool:
        """All that is required is there and fits."""
        return self.answered >= self.required and not self.wrong


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of the draft: its form's id and title, its sections, address of its check."""

    id: str
    title: str
    lang: str
    sections: tuple[SectionLink, ...]
    finish: str
    sheet: str
    answered: int
    required: int
    outdated: bool


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section of the interview.

    Attributes:
        document: the document that it is of.
        id: id of the section.
        title: its title.
        lang: language of the questions.
        inputs: its questions.
        names: names of their fields, for the form.
        errors: summary of errors.
        here: its address.
        after: address of the next section, or of the check.
        before: address of the section before, or None.
        number: its number among the sections, from 1.
    """

    document: DocumentView
    id: str
    title: str
    lang: str
    inputs: tuple[Input, ...]
    names: str
    errors: tuple[ErrorLink, ...]
    here: str
    after: str
    before: str | None
    number: int


@dataclass(frozen=True, slots=True)
class LackView:
    """Something that is wanting: question, what is wrong, address of the question, clauses that need it."""

    label: str
    message: str
    href: str
    clauses: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case form: name of its box, the answer it was made from, the case, the form, whether confirmed."""

    name: str
    answer: str
    case: str
    form: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ClashView:
    """Two values of one question: what it is, both in words, both as they are sent again."""

    label: str
    theirs: str
    mine: str
    sent: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A revision: number, when, what it changed in words."""

    number: int
    when: str
    what: str


def base(draft: Draft) -> str:
    """Address of a draft, as it was opened."""
    return f"/drafts/{'e' if draft.may_edit else 'r'}/{draft.key}"


def clock(moment: dt.datetime) -> str:
    """Time of day in Bishkek (``14:05``)."""
    return f"{moment.astimezone(BISHKEK):%H:%M}"


def when(moment: dt.datetime, language: Language) -> str:
    """Day and time in Bishkek."""
    return f"{day(moment.astimezone(BISHKEK).date(), language)}, {clock(moment)}"


def community(draft: Draft) -> str:
    """Name of the community where it is given already, else empty."""
    name = draft.content.answers.get("municipality_name")
    return name[:60] if isinstance(name, str) else ""


def asked_pages(draft: Draft, form: Form) -> list[Page]:
    """Sections of a form that have questions for these answers."""
    found = pages(form, draft.content.told(), _languages(draft, form))
    return [page for page in found if page.questions]


def _languages(draft: Draft, form: Form) -> tuple[Language, ...]:
    return tuple(one for one in draft.content.languages if one in form.langs) or form.langs


def document_view(draft: Draft, form: Form, language: Language, current: str = "") -> DocumentView:
    """A document of the draft with its progress."""
    reads = form.labels_in(language)
    links = []
    told = draft.content.told()
    errors = check_answers(form, told, _languages(draft, form)).errors
    wrong_ones = {root(problem.field) for problem in errors if problem.code not in WANTING}
    for page in asked_pages(draft, form):
        wrong = any(question.field.name in wrong_ones for question in page.questions)
        links.append(
            SectionLink(
                page.section.id,
                f"{base(draft)}/q/{form.id}/{page.section.id}",
                page.section.title.of(reads),
                page.answered,
                page.required,
                wrong,
                page.section.id == current,
            )
        )
    return DocumentView(
        id=form.id,
        title=form.title.of(reads),
        lang=reads.value,
        sections=tuple(links),
        finish=f"{base(draft)}/finish/{form.id}",
        sheet=f"{base(draft)}/doc/{form.id}",
        answered=sum(one.answered for one in links),
        required=sum(one.required for one in links),
        outdated=form.id in draft.newer,
    )


def section_page(
    draft: Draft, form: Form, section: str, language: Language, *, strict: bool, more: str = ""
) -> SectionPage | None:
    """A section of the interview.

    Args:
        draft: the draft.
        form: its form, or a companion.
        section: id of the section.
        language: language of the interface.
        strict: tell what is wanting as an error.
        more: path of a list that is to have one more row, or empty.

    Returns:
        None if the form has no such section, or nothing in it applies.
    """
    shown = asked_pages(draft, form)
    at = next((number for number, page in enumerate(shown) if page.section.id == section), None)
    if at is None:
        return None
    page = shown[at]
    answers = draft.content.told()
    checked = check_answers(form, answers, _languages(draft, form))
    how: Asking = asking(form, own_errors(form, checked.errors), checked.warnings, language, strict=strict, more=more)
    inputs = tuple(question_input(question, answers, how) for question in page.questions)
    document = document_view(draft, form, language, section)
    around = [one.href for one in document.sections]
    return SectionPage(
        document=document,
        id=section,
        title=page.section.title.of(form.labels_in(language)),
        lang=document.lang,
        inputs=inputs,
        names=" ".join(question.field.name for question in page.questions),
        errors=error_links(inputs),
        here=around[at],
        after=around[at + 1] if at + 1 < len(around) else document.finish,
        before=around[at - 1] if at else None,
        number=at + 1,
    )


def wanting(draft: Draft, form: Form, names: Sequence[str]) -> bool:
    """Whether something about these questions forbids filling."""
    return bool(problems_of(check_answers(form, draft.content.told(), _languages(draft, form)).errors, names))


def report(draft: Draft, form: Form) -> Report:
    """What stands between the answers and the documents in the draft's languages."""
    return check(form, draft.content.told(), _languages(draft, form))


def lack_view(draft: Draft, form: Form, lack: Lack, language: Language) -> LackView:
    """Something that is wanting, with the way to its question."""
    name = root(lack.problem.field)
    field = form.fields.get(name)
    label = field.label.of(language) if field else lack.problem.field
    path = f"{base(draft)}/q/{form.id}/{lack.section}?check=1#{input_id(lack.problem.field)}" if lack.section else ""
    clauses = ", ".join(number or heading for number, heading in lack.clauses[:6] if number or heading)
    return LackView(label, problem_message(lack.problem, language, form), path, clauses)


def note_views(draft: Draft, form: Form, found: Report, language: Language) -> tuple[LackView, ...]:
    """What forbids nothing and should be looked at; what was ignored as no question of this form is not told."""
    asked = {
        field.name: section.id for section in form.sections for field in form.asked() if field.name in section.fields
    }
    return tuple(
        lack_view(draft, form, Lack(one, asked[root(one.field)], ()), language)
        for one in found.warnings
        if root(one.field) in asked and one.code != "derived"
    )


def case_views(draft: Draft, form: Form, found: Report, language: Language) -> tuple[CaseView, ...]:
    """Case forms to be confirmed, then those of this form's answers that were confirmed."""
    open_ones = [(f"{one.field} {one.case}", one.form, False) for one in found.doubtful]
    known = [
        (name, made, True) for name, made in draft.content.cases.items() if root(name.partition(" ")[0]) in form.fields
    ]
    views = []
    for name, made, confirmed in (*open_ones, *known):
        path, _space, case = name.partition(" ")
        field = form.fields.get(root(path))
        label = field.label.of(language) if field else path
        answered = draft.content.answers.get(root(path))
        words = answer_words(form, root(path), _at(answered, path), language) or label
        views.append(CaseView(name, words, tell(_CASES[case], language) if case in _CASES else case, made, confirmed))
    return tuple(views)


def _at(answer: object, path: str) -> object:
    """The part of an answer that a path leads to (``villages[2]``), the whole where it leads nowhere."""
    index = path.partition("[")[2].partition("]")[0]
    if isinstance(answer, list) and index.isdecimal() and int(index) < len(answer):
        item = answer[int(index)]
        part = path.rpartition(".")[2] if "." in path else ""
        return item.get(part, item) if isinstance(item, Mapping) else item
    return answer


def clash_views(draft: Draft, clashes: Sequence[Clash], language: Language) -> tuple[ClashView, ...]:
    """Values that two people changed."""
    return tuple(
        ClashView(
            place_words(draft, one.place, language),
            value_words(draft, one.place, one.theirs, language),
            value_words(draft, one.place, one.mine, language),
            json.dumps([*one.place, one.mine], ensure_ascii=False),
        )
        for one in clashes
    )


def change_views(draft: Draft, changes: Sequence[Change], language: Language) -> tuple[ChangeView, ...]:
    """Revisions with what they changed."""
    return tuple(
        ChangeView(
            one.number,
            when(one.time, language),
            ", ".join(dict.fromkeys(place_words(draft, place, language) for place in one.places)),
        )
        for one in changes
    )


def place_words(draft: Draft, place: Place, language: Language) -> str:
    """What a place of a draft is, in words."""
    part, name = place
    match part:
        case "cases":
            return tell(_("Case forms"), language)
        case "stages":
            return tell(_("Stage %(number)s"), language, number=name)
        case "languages":
            return tell(_("Languages of the document"), language)
        case "versions":
            return tell(_("Version of the form"), language)
    for form in draft.forms.values():
        if name in form.fields:
            return form.fields[name].label.of(language)
    return name


def value_words(draft: Draft, place: Place, value: object, language: Language) -> str:
    """A value of a draft in words; «no answer» for none."""
    part, name = place
    if value is None or value == []:
        return tell(_("no answer"), language)
    if part == LANGUAGES and isinstance(value, list):
        return ", ".join(wording.language_name(str(code), language) for code in value)
    form = next((one for one in draft.forms.values() if name in one.fields), draft.form)
    return answer_words(form, name, value, language)
