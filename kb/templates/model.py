"""Frozen values of forms: what a form asks, what stands behind its clauses, what a filled document shows.

A *template* is the Word file, a *form* the questions that fill it. A form is a folder: ``form.yaml`` and, for each
language, either ``text.ky.txt`` (a text of ours, set in the styles of ``base.docx``) or ``template.ky.docx`` (a Word
file with tags, as an imported blank has).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum

from kb.documents import ActId
from kb.language.model import Language


class FieldType(StrEnum):
    """What kind of answer a field takes, as ``type`` of the contract."""

    TEXT = "text"
    TOPONYM = "toponym"
    PERSON = "person"
    INTEGER = "integer"
    RANGE = "range"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    DOCNUM = "docnum"
    CHOICE = "choice"
    MULTICHOICE = "multichoice"
    LIST = "list"
    DERIVED = "derived"
    FIXED = "fixed"


#: Types that nobody answers.
SILENT = frozenset({FieldType.DERIVED, FieldType.FIXED})


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages and, for readers of the English pages, in English; empty where one has none."""

    ky: str
    ru: str
    en: str = ""

    def of(self, language: Language) -> str:
        """The words in ``language``, else the Kyrgyz ones, else those that there are."""
        if language is Language.EN and self.en:
            return self.en
        first, second = (self.ru, self.ky) if language is Language.RU else (self.ky, self.ru)
        return first or second


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a choice offers.

    Attributes:
        value: what an answer holds.
        label: what a person reads.
        when: expression over answers that must hold for it to be offered, empty for always.
    """

    value: str
    label: Words
    when: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a value must keep to; None where there is no bound.

    Attributes:
        least: smallest number; of a list, of a multichoice and of a range's lower end likewise.
        most: largest number.
        shortest: fewest characters.
        longest: most characters.
        fewest: fewest items of a list.
        pattern: name of one of ``kb.templates.values.PATTERNS`` that the whole text must match, or empty.
    """

    least: int | None = None
    most: int | None = None
    shortest: int | None = None
    longest: int | None = None
    fewest: int | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A question, or a value that follows from the answers.

    Attributes:
        name: its name in answers and in templates (``municipality_name``).
        type: kind of answer.
        label: short name.
        help: what to write, and where one finds it.
        required: it must be answered where it applies.
        when: expression over answers that must hold for it to apply, empty for always (``kind == 'city'``).
        languages: languages of documents that use it.
        choices: what a choice or multichoice offers.
        free: a multichoice takes other texts too.
        item: fields of an item of a list; one with an empty name where items are no objects.
        unique: no two items of a list are alike.
        bounds: what the value must keep to.
        case: grammatical cases that the documents need it in (``gen``, ``dat``), empty for the nominative alone.
        default: value of a field without an answer (JSON value), or None.
        value: expressions that derive a derived or fixed field, by language; under ``None`` for all languages.
        proposed: name of the field whose answer is proposed for this one, or empty.
        multiline: a text that may have several lines.
    """

    name: str
    type: FieldType
    label: Words
    help: Words = Words("", "")
    required: bool = False
    when: str = ""
    languages: tuple[Language, ...] = (Language.KY, Language.RU)
    choices: tuple[Choice, ...] = ()
    free: bool = False
    item: tuple[Field, ...] = ()
    unique: bool = False
    bounds: Bounds = Bounds()
    case: str = ""
    default: object = None
    value: Mapping[Language | None, str] = made(default_factory=dict)
    proposed: str = ""
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are asked on one page.

    Attributes:
        id: name in addresses.
        title: heading.
        fields: names of the fields, in order; derived and fixed ones too.
    """

    id: str
    title: Words
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold between answers.

    Attributes:
        field: field that is told when it does not hold.
        holds: expression over answers; where one of them is wanting, the rule is left alone.
        code: code of the problem.
        grave: it forbids filling; otherwise it only warns.
        names: names of the answers that it reads.
    """

    field: str
    holds: str
    code: str
    grave: bool
    names: tuple[str, ...]


#: Label of the text before the first unit, which is all of a document without units.
WHOLE = "document"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What stands behind a clause.

    Attributes:
        clause: label of the clause in the form's text (``quorum``), or its number in an imported form;
            ``WHOLE`` for the text before the first one.
        act: the act.
        title: the act as it is cited.
        provision: number of the provision in the act (``20.7``), or None for the act alone.
        edition: date of the edition that was read, or None.
        to_be_confirmed: the act's own text was not read: no provision is named, or only another act names it.
        within: numbers of the paragraph and the point inside the provision (``("2", "2")``), empty for the whole of it.
    """

    clause: str
    act: ActId
    title: Words
    provision: str | None = None
    edition: dt.date | None = None
    to_be_confirmed: bool = False
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the official text itself that whoever fills the form is told about.

    Attributes:
        clause: number of its clause in the official text, or empty.
        code: ``model_words`` (words of the other kind of community that have no alternative) or
            ``model_stale_reference``.
        words: the words, or the number referred to.
        when: condition on which it stands, empty for always.
    """

    clause: str
    code: str
    words: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form with all that fills it.

    Attributes:
        id: its name (``charter``), or the folder that it was loaded from.
        title: what it is for.
        summary: what one needs at hand, in a few sentences.
        follows: the act that it follows, as it is cited.
        official: the template is the official text itself.
        langs: languages that it has a template in.
        sections: questions in order.
        fields: all fields by name.
        rules: what must hold between answers.
        bases: legal bases by clause.
        templates: Word files with tags, by language.
        version: hash of all the above; drafts keep it.
        remarks: what whoever fills the form is told about the official text.
        origin: name of the file that it was made of; empty for a form that comes with the product.
        like: id of the form of the product that asks the same and whose companions it has, or empty.
    """

    id: str
    title: Words
    summary: Words
    follows: Words
    official: bool
    langs: tuple[Language, ...]
    sections: tuple[Section, ...]
    fields: Mapping[str, Field]
    rules: tuple[Rule, ...]
    bases: tuple[LegalBasis, ...]
    templates: Mapping[Language, bytes] = made(repr=False)
    version: str
    remarks: tuple[Remark, ...] = ()
    origin: str = ""
    like: str = ""

    def asked(self) -> tuple[Field, ...]:
        """Fields that a person answers, in order."""
        names = [name for section in self.sections for name in section.fields]
        return tuple(self.fields[name] for name in names if self.fields[name].type not in SILENT)

    def labels_in(self, language: Language) -> Language:
        """Language of the questions for a reader: English only where all of them have English words."""
        if language is Language.EN:
            english = self.title.en and all(one.label.en for one in self.asked())
            return Language.EN if english else Language.KY
        return language


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer.

    Attributes:
        field: path of the answer: ``population``, ``villages[2]``, ``agenda[0].speaker``.
        code: what is wrong.
        params: what its words name.
    """

    field: str
    code: str
    params: Mapping[str, str | int] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A case form that a person should confirm.

    Attributes:
        field: path of the answer that it was made from.
        case: the case.
        form: the form as it was written; an answer ``case_forms: {field: {case: form}}`` overrides it.
    """

    field: str
    case: str
    form: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers after validation.

    Attributes:
        values: proper values by field, defaults and derived ones included; dates as dates, lists as tuples.
        errors: what forbids filling.
        warnings: what was ignored or should be looked at.
    """

    values: Mapping[str, object]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled document.

    Attributes:
        docx: the Word file.
        doubtful: case forms to be confirmed, each once.
    """

    docx: bytes = made(repr=False)
    doubtful: tuple[Doubtful, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a preview: a section's heading, a clause with its subclauses, or what stands around them.

    Attributes:
        label: its label in the form's text; empty for what has none (title, preamble).
        level: ``section``, ``clause``, ``point`` (of an order or a resolution) or ``text`` (what stands before them).
        number: number as printed (``20``, ``IV``), or empty.
        heading: heading without its number, or empty.
        html: its content, escaped; what answers filled is in ``<mark data-field=…>``, what is wanting in
            ``<mark class="missing" data-field=…>``.
        fields: names of the fields that fill it.
        missing: those of them that have no answer.
        bases: legal bases.
        remarks: what is said about the official text's own words in it.
    """

    label: str
    level: str
    number: str
    heading: str
    html: str
    fields: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    remarks: tuple[Remark, ...] = ()
