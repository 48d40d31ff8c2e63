"""Words for the naming of imported forms: kinds of answers, reasons to look again, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from kb.language.model import Language
from kb.templates.convert.propose import Unsure
from kb.web.translate import noop, tell

_ = noop

TYPES: Mapping[str, str] = {
    "text": _("words"),
    "toponym": _("name of a place"),
    "person": _("surname and initials"),
    "integer": _("whole number"),
    "range": _("number or range (5-7)"),
    "percent": _("percentage"),
    "date": _("date"),
    "time": _("time of day"),
    "docnum": _("number of a document"),
    "choice": _("one of several"),
    "multichoice": _("some of several"),
    "list": _("list"),
    "derived": _("follows from other answers"),
    "fixed": _("always the same"),
}

CASES: Mapping[str, str] = {
    "": _("as it is (who? what?)"),
    "gen": _("genitive (-нын)"),
    "dat": _("dative (-га)"),
    "acc": _("accusative (-ны)"),
    "loc": _("locative (-да)"),
    "abl": _("ablative (-дан)"),
    "gent": _("genitive (whose? of what?)"),
    "datv": _("dative (to whom?)"),
    "accs": _("accusative (whom? what?)"),
    "ablt": _("instrumental (by whom?)"),
    "loct": _("prepositional (about whom?)"),
}

REASONS: Mapping[str, str] = {
    "name": _("Nothing around this blank says for certain what it asks. Give it a name and a label."),
    "list": _("These rows were taken for a list, but it is not certain what they list. Give it a name and a label."),
    "signature": _(
        "This seems to be a line to be signed, so it stays empty in the document. Give it a name if it is to be filled."
    ),
    "alternative_case": _(
        "Here the blank offers words for a town and for an aiyl aimak that seem to stand in different cases: "
        "see in the preview whether the sentence is right for both."
    ),
    "one_kind": _(
        "This was taken to stand only for a town, or only for an aiyl aimak: see in the preview whether it does."
    ),
    "note": _("This was taken for a note to whoever fills the blank in: it does not come into the document."),
    "part": _("A blank in a header, a footer or a note: the form leaves it as it is."),
    "no_blanks": _("No blank was found in this file: the form asks nothing."),
    "too_many": _("The file has more blanks than a form may have fields; those behind stay as they are."),
    "overlay_paragraph": _("The overlay speaks of a paragraph that this file does not have."),
    "overlay_unknown": _("The overlay does not know this place; what stands here was proposed from its words."),
    "unit": _("The overlay speaks of a unit that this file does not have, or that cannot be left out."),
    "differs": _("The file differs from the official text in %(n)s paragraphs, so the form is not marked as official."),
}

ERRORS: Mapping[tuple[str, str], str] = {
    ("name", "needed"): _("This place cannot stay empty: give it a name."),
    ("name", "bad_name"): _(
        "A name begins with a Latin letter and has small Latin letters, figures and _ only: head_name"
    ),
    ("name", "reserved"): _("Forms use this word for their own: choose another name."),
    ("name", "list_mix"): _("A list and a single answer cannot have one name: choose another name."),
    ("name", "taken"): _("Another question of the form has this name: choose another name."),
    ("label", "needed"): _("Write what is asked, in Kyrgyz or Russian or both."),
    ("label", "too_long"): _("This is too long: at most %(limit)s characters."),
    ("help", "too_long"): _("This is too long: at most %(limit)s characters."),
    ("type", "unknown"): _("This kind of answer does not fit here: choose another one."),
    ("case", "unknown"): _("This case does not fit here: choose another one."),
    ("choices", "too_few"): _("Write at least two choices, each in a line of its own."),
    ("choices", "too_many"): _("There are too many choices: at most %(limit)s."),
    ("title", "needed"): _("Write the title of the form, in Kyrgyz or Russian or both."),
}

#: What can be decided about a place, by the reason to look at it.
DECISIONS: Mapping[str, Mapping[str, str]] = {
    "note": {"": _("it goes"), "keep": _("it stays in the document")},
    "one_kind": {
        "": _("as proposed"),
        "city": _("for a town only"),
        "not city": _("for an aiyl aimak only"),
        "both": _("for both"),
    },
}

WARNINGS: Mapping[str, str] = {
    "template_detached": _("The template that the file was attached to was taken out of it."),
}


def type_words(kind: str, language: Language) -> str:
    """A kind of answer in words."""
    return tell(TYPES[kind], language) if kind in TYPES else kind


def case_words(case: str, language: Language) -> str:
    """A grammatical case in words."""
    return tell(CASES[case], language) if case in CASES else case


def reason_words(one: Unsure, language: Language) -> str:
    """Why a person should look at something."""
    return tell(REASONS[one.reason], language, n=one.text) if one.reason in REASONS else one.reason


def decision_words(reason: str, language: Language) -> tuple[tuple[str, str], ...]:
    """What can be decided about a place: value and words of each decision."""
    return tuple((value, tell(words, language)) for value, words in DECISIONS.get(reason, {}).items())


def error_words(part: str, code: str, language: Language, limit: int = 0) -> str:
    """What is wrong with what was written into an input."""
    found = ERRORS.get((part, code))
    return tell(found, language, limit=limit) if found else code


def warning_words(code: str, language: Language) -> str:
    """What was taken out of a file."""
    return tell(WARNINGS[code], language) if code in WARNINGS else code
