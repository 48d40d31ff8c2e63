"""The interview: which questions apply, whether the answers fit, what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.language.model import Language
from kb.language.russian import CASES as RUSSIAN_CASES
from kb.templates.model import SILENT, Checked, Choice, Field, FieldType, Form, Problem, Remark, Section
from kb.templates.sandbox import KYRGYZ_CASES, expression, names_of
from kb.templates.values import Refused, empty, is_case_form, path_name, proper

#: Answer that overrides case forms: ``{field: {case: form}}``.
CASE_FORMS = "case_forms"
#: What the own words of a multichoice that takes them stand under, behind its name.
FREE = "_free"
_CASES = frozenset({*KYRGYZ_CASES, *RUSSIAN_CASES})
BOTH = (Language.KY, Language.RU)
_LETTERS = str.maketrans("өӨүҮңҢ", "оОуУнН")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview as it stands.

    Attributes:
        field: the field.
        choices: what it offers to the answers so far.
        proposal: value to start from where there is no answer: the default, or what another answer suggests.
        answered: it has an answer that fits.
        problems: what is wrong with its answer.
    """

    field: Field
    choices: tuple[Choice, ...]
    proposal: object
    answered: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A section of the interview as it stands.

    Attributes:
        section: the section.
        questions: questions that apply, in order; may be empty, then the section is passed over.
        answered: how many of the required ones are answered.
        required: how many are required.
    """

    section: Section
    questions: tuple[Question, ...]
    answered: int
    required: int


def check_answers(form: Form, answers: object, languages: Iterable[Language] = BOTH) -> Checked:
    """Check all answers and derive what follows from them.

    Args:
        form: the form.
        answers: the answers as JSON has them; anything but an object is an error.
        languages: languages of the documents to be made, which decide what is asked.
    """
    if not isinstance(answers, Mapping):
        return Checked({}, (Problem("", "wrong_type", {"wanted": "object"}),), ())
    state = _State(form, answers, frozenset(languages))
    for name in form.fields:
        state.take(form.fields[name])
    state.rules()
    warnings = (*state.warnings, *state.strangers(), *remarks(form, state.values))
    return Checked(state.values, tuple(state.errors), warnings)


def own_errors(form: Form, errors: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors without those that go once another is mended: a name that is proposed from one that does not fit."""
    found = tuple(errors)
    wrong = {root(problem.field) for problem in found}

    def follows(problem: Problem) -> bool:
        field = form.fields.get(problem.field)
        return problem.code == "required" and field is not None and field.proposed in wrong

    return tuple(problem for problem in found if not follows(problem))


def remarks_now(form: Form, values: Mapping[str, object]) -> tuple[Remark, ...]:
    """Remarks on the official text that hold for these answers."""
    return tuple(one for one in form.remarks if _holds(one.when, values))


def remarks(form: Form, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Warnings about the official text itself that these answers bring in; they belong to no field."""
    told: dict[tuple[str, str], list[Remark]] = {}
    for one in remarks_now(form, values):
        told.setdefault((one.clause, one.code), []).append(one)
    return tuple(
        Problem("", code, {"clause": clause, "words": ", ".join(dict.fromkeys(one.words for one in found))})
        for (clause, code), found in told.items()
    )


def pages(form: Form, answers: Mapping[str, object], languages: Iterable[Language] = BOTH) -> tuple[Page, ...]:
    """Sections of the interview with the questions that apply to these answers.

    Args:
        form: the form.
        answers: the answers so far, fitting or not.
        languages: languages of the documents to be made.
    """
    wanted = frozenset(languages)
    checked = check_answers(form, answers, wanted)
    told: dict[str, list[Problem]] = {}
    for problem in (*checked.errors, *checked.warnings):
        told.setdefault(root(problem.field), []).append(problem)
    made = []
    for section in form.sections:
        fields = [form.fields[name] for name in section.fields]
        asked = [field for field in fields if field.type not in SILENT and applies(field, checked.values, wanted)]
        questions = tuple(_question(field, answers, checked.values, told.get(field.name, [])) for field in asked)
        needed = [question for question in questions if question.field.required]
        made.append(Page(section, questions, sum(question.answered for question in needed), len(needed)))
    return tuple(made)


def root(path: str) -> str:
    """Name of the field that a path leads into (``agenda[0].speaker`` → ``agenda``)."""
    return path.partition("[")[0].partition(".")[0]


def _question(
    field: Field, answers: Mapping[str, object], values: Mapping[str, object], problems: list[Problem]
) -> Question:
    given = answers.get(field.name)
    answered = not empty(given) and given != [] and not problems
    return Question(field, offered(field, values), proposal(field, answers), answered, tuple(problems))


def applies(field: Field, values: Mapping[str, object], languages: frozenset[Language]) -> bool:
    """Whether a field applies to answers and languages; one that waits for another answer does not yet."""
    return bool(languages & set(field.languages)) and _holds(field.when, values)


def offered(field: Field, values: Mapping[str, object]) -> tuple[Choice, ...]:
    """What a choice offers to these answers."""
    return tuple(choice for choice in field.choices if _holds(choice.when, values))


def proposal(field: Field, answers: Mapping[str, object]) -> object:
    """Value that a question starts from: its default, or the Russian spelling of the Kyrgyz answer.

    Names lose the letters that Russian lacks (``Баш-Кайыңды`` → ``Баш-Кайынды``); None where there is no proposal.
    """
    source = answers.get(field.proposed) if field.proposed else None
    if isinstance(source, str):
        return source.translate(_LETTERS)
    if isinstance(source, (list, tuple)):
        return [one.translate(_LETTERS) if isinstance(one, str) else one for one in source]
    return field.default


def _holds(condition: str, values: Mapping[str, object]) -> bool:
    return not condition or bool(_value(condition, values))


def _value(source: str, values: Mapping[str, object]) -> object:
    return expression(source, names_of(source))(values)


class _State:
    """Answers on their way to being checked."""

    def __init__(self, form: Form, answers: Mapping[object, object], languages: frozenset[Language]) -> None:
        self.form = form
        self.answers = {str(name): answer for name, answer in answers.items()}
        self.languages = languages
        self.values: dict[str, object] = {}
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def take(self, field: Field) -> None:
        """Check the answer to a field, or derive its value."""
        given = self.answers.get(field.name)
        if field.type in SILENT:
            self._derive(field, given)
        elif not self.languages & set(field.languages):
            return
        elif not _holds(field.when, self.values):
            if not empty(given) and given != []:
                self.warnings.append(Problem(field.name, "not_applicable"))
        elif empty(given) or (given == [] and field.type is FieldType.LIST):
            self._without_answer(field)
        else:
            self._check(field, given)

    def _derive(self, field: Field, given: object) -> None:
        if given is not None:
            self.warnings.append(Problem(field.name, "derived"))
        if _holds(field.when, self.values) and (source := field.value.get(None)):
            value = _value(source, self.values)
            if value is not None:
                self.values[field.name] = tuple(value) if isinstance(value, list) else value

    def _without_answer(self, field: Field) -> None:
        proposed = proposal(field, self.answers)
        if not empty(proposed) and proposed != []:
            before = len(self.errors)
            self._check(field, proposed)
            if field.proposed and len(self.errors) > before:
                del self.errors[before:]
                self.errors.append(Problem(field.name, "required"))
            elif field.proposed:
                self.warnings.append(Problem(field.name, "proposed", {"value": _told(self.values[field.name])}))
        elif field.required:
            self.errors.append(Problem(field.name, "required"))

    def _check(self, field: Field, given: object) -> None:
        choices = offered(field, self.values)
        if field.type is FieldType.MULTICHOICE and isinstance(given, (list, tuple)):
            given = self._without_unoffered(field, given, choices)
        try:
            value = proper(field, given, field.name, choices)
        except Refused as refused:
            self.errors += refused.problems
            return
        self.values[field.name] = value
        if field.free and isinstance(value, tuple):
            listed = {choice.value for choice in choices}
            self.values[field.name + FREE] = tuple(one for one in value if one not in listed)

    def _without_unoffered(self, field: Field, given: Sequence[object], choices: tuple[Choice, ...]) -> list[object]:
        """What was chosen, without the choices that these answers rule out (one more warning each)."""
        ruled_out = {choice.value for choice in field.choices} - {choice.value for choice in choices}
        kept = [one for one in given if not (isinstance(one, str) and one in ruled_out)]
        if len(kept) < len(given) and field.name in self.answers:
            self.warnings.append(Problem(field.name, "not_applicable"))
        return kept

    def rules(self) -> None:
        """Check what must hold between answers."""
        wrong = {root(problem.field) for problem in self.errors}
        for rule in self.form.rules:
            if wrong & set(rule.names) or not applies(self.form.fields[rule.field], self.values, self.languages):
                continue
            if _value(rule.holds, self.values) is False:
                others = ", ".join(name for name in rule.names if name != rule.field)
                (self.errors if rule.grave else self.warnings).append(Problem(rule.field, rule.code, {"other": others}))

    def strangers(self) -> list[Problem]:
        """Warnings about answers that the form does not ask for."""
        known = {*self.form.fields, CASE_FORMS}
        found = [Problem(path_name(name), "unknown_field") for name in self.answers if name not in known]
        return [*found, *_useless_forms(self.form, self.answers.get(CASE_FORMS))]


def _useless_forms(form: Form, given: object) -> list[Problem]:
    """Warnings about case forms that no document of this form can take."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        return [Problem(CASE_FORMS, "no_case_form")]
    found = []
    for path, forms in given.items():
        where = f"{CASE_FORMS}.{path_name(path)}"
        if root(str(path)) not in form.fields or not isinstance(forms, Mapping):
            found.append(Problem(where, "no_case_form"))
            continue
        found += [
            Problem(f"{where}.{path_name(case)}", "no_case_form")
            for case, words in forms.items()
            if case not in _CASES or not is_case_form(words)
        ]
    return found


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
