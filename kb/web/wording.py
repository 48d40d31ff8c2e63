"""Codes as words: kinds, levels, statuses, topics, errors and doubts in the reader's language.

Pages and command line both use it. A code that has no words yet is shown as it is, with its parameters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kb.documents import Doubt, Gap, Level, Status
from kb.errors import ExpiredDraft, KbError
from kb.language.model import Language
from kb.web.messages import DOUBTS, ERRORS, GAPS, PLACES, REASONS
from kb.web.translate import catalogue, count, day, day_to, decimal, noop, tell

_ = noop

KINDS: Mapping[str, str] = {
    "constitution": _("Constitution"),
    "law": _("Law"),
    "code": _("Code"),
    "decree": _("Decree"),
    "resolution": _("Resolution"),
    "order": _("Order"),
    "charter": _("Charter"),
    "model_charter": _("Model charter"),
    "regulations": _("Regulations"),
    "statute": _("Statute"),
    "agreement": _("Agreement"),
    "methodology": _("Methodology or guidance"),
    "form": _("Form"),
    "protocol": _("Minutes"),
    "training": _("Training material"),
    "article": _("Magazine article"),
    "other": _("Other document"),
}

STATUSES: Mapping[str, str] = {
    "in_force": _("In force"),
    "repealed": _("Repealed"),
    "not_in_force_yet": _("Not yet in force"),
    "draft": _("Draft"),
    "unknown": _("Status unknown"),
}

#: Kinds of documents that no body puts into force.
WITHOUT_FORCE = frozenset({"training", "article", "form", "protocol"})

LEVELS: Mapping[str, str] = {
    "preamble": _("Preamble"),
    "part": _("Part"),
    "section": _("Section"),
    "chapter": _("Chapter"),
    "subchapter": _("Subchapter"),
    "article": _("Article"),
    "clause": _("Clause"),
    "subclause": _("Subclause"),
    "paragraph": _("Paragraph"),
    "point": _("Point"),
    "subpoint": _("Subpoint"),
    "alinea": _("Unnumbered paragraph"),
    "appendix": _("Appendix"),
    "conclusions": _("Signatures"),
}

TOPIC_NAMES: Mapping[str, str] = {
    "lsg-basis": _("Basis of local self-government"),
    "council-work": _("Work of the council and its regulations"),
    "local-budget": _("Local budget"),
    "audit": _("Audit and inspections"),
    "community-charter": _("Charter of the local community"),
    "openness": _("Openness and public hearings"),
    "community-needs": _("Needs and priorities of the community"),
    "investment-projects": _("Investment and projects"),
    "procurement": _("Public procurement"),
    "citizen-participation": _("Participation of citizens"),
    "public-monitoring": _("Public monitoring and evaluation"),
}

AUDIENCE_NAMES: Mapping[str, str] = {
    "council": _("for council deputies"),
    "staff": _("for municipal staff"),
    "community": _("for communities and NGOs"),
}

LANGUAGE_NAMES: Mapping[str, str] = {"ky": _("Kyrgyz"), "ru": _("Russian"), "en": _("English")}

RELAXATIONS: Mapping[str, str] = {
    "typos": _("Nothing matched the words exactly as typed, so similar spellings are shown."),
    "fewer_words": _("Nothing holds all the words side by side. Some texts below lack: %(words)s."),
    "other_language": _("Nothing in the language asked for; these are in the other language."),
}


#: Levels whose Russian names are feminine: часть, глава, статья.
_FEMININE = frozenset({Level.PART, Level.CHAPTER, Level.ARTICLE, Level.PARAGRAPH})


def _named(names: Mapping[str, str], code: str, language: Language) -> str:
    return tell(names[code], language) if code in names else code


def kind(code: str, language: Language) -> str:
    """Name of a kind of document (``law`` → «Мыйзам»)."""
    return _named(KINDS, code, language)


def status(code: str, language: Language, kind: str = "law") -> str:
    """Name of a status («Утратил силу»); empty where none is told and documents of this kind have none."""
    return "" if code == "unknown" and kind in WITHOUT_FORCE else _named(STATUSES, code, language)


def unit_status(of: Status, where: Level, language: Language) -> str:
    """Status of a unit in the gender of its level (``Статья … утратила силу``)."""
    if of is Status.REPEALED and where in _FEMININE:
        return str(catalogue(language).pgettext("feminine", "Repealed"))
    return status(of.value, language)


def level(code: str, language: Language) -> str:
    """Name of a level of a text (``article`` → «Берене»)."""
    return _named(LEVELS, code, language)


def topic(slug: str, language: Language) -> str:
    """Name of a topic."""
    return _named(TOPIC_NAMES, slug, language)


def audience(slug: str, language: Language) -> str:
    """Name of an audience (``staff`` → «для муниципальных служащих»)."""
    return _named(AUDIENCE_NAMES, slug, language)


def language_name(code: str, language: Language) -> str:
    """Name of a language of texts."""
    return _named(LANGUAGE_NAMES, code, language)


def facet_value(facet: str, value: str, language: Language) -> str:
    """A value of a facet as people read it; bodies and years stand as they are."""
    match facet:
        case "kind":
            return kind(value, language)
        case "lang" | "language":
            return language_name(value, language)
        case "status":
            return status(value, language)
        case "topic":
            return topic(value, language)
        case "audience":
            return audience(value, language)
        case "official":
            return tell(_("Official text") if value == "true" else _("Not an official text"), language)
        case _:
            return value


def amended_up_to(date: dt.date | None, head: dt.date | None, language: Language) -> str | None:
    """«С изменениями по 30 сентября 2024 года».

    Args:
        date: date of the edition.
        head: date in the act's head.
        language: language of the interface.

    Returns:
        None where the edition's date is not known, or is the head's: then the text is as it was adopted.
    """
    if date is None or date == head:
        return None
    return tell(_("With amendments up to %(date)s"), language, date=day_to(date, language))


def relaxed(how: str | None, left_out: tuple[str, ...], language: Language) -> str | None:
    """What a search loosened, in one line; None if nothing."""
    if how is None:
        return None
    words = ", ".join(f"«{word}»" for word in left_out)
    return tell(RELAXATIONS[how], language, words=words)


def _coded(texts: Mapping[str, str], code: str, params: Mapping[str, str | int | float], language: Language) -> str:
    if code in texts:
        shown = {name: count(value, language) if type(value) is int else value for name, value in params.items()}
        return tell(texts[code], language, **shown)
    told = ", ".join(f"{name}={value}" for name, value in params.items())
    return f"{code} ({told})" if told else code


def error(problem: KbError, language: Language) -> str:
    """What went wrong and what to do about it."""
    code = problem.code
    closer = f"{code}.{problem.params.get('reason') or problem.params.get('what')}"
    params = dict(problem.params)
    if isinstance(problem, ExpiredDraft):
        params["day"] = day_to(dt.date.fromisoformat(str(params["day"])), language)
    return _coded(ERRORS, closer if closer in ERRORS else code, params, language)


def error_of_code(code: str, language: Language, **params: str | int | float) -> str:
    """The same for failures that have no class of their own (``internal``, ``no_page``)."""
    return _coded(ERRORS, code, params, language)


def doubt(found: Doubt, language: Language) -> str:
    """What a person should look at."""
    return _coded(DOUBTS, found.code, found.params, language)


def place(where: str, language: Language) -> str:
    """Where in a source something is (``page 3, line 12`` → «стр. 3, строка 12»); words not known stay."""
    told = []
    for part in where.split(", "):
        name, _space, number = part.partition(" ")
        told.append(tell(PLACES[name], language, n=number) if name in PLACES and number else part)
    return ", ".join(told)


def doubt_at(found: Doubt, language: Language) -> str:
    """A doubt with its place, as a line of a report."""
    return f"{place(found.where, language)}: {doubt(found, language)}" if found.where else doubt(found, language)


def left_out_reason(code: str, language: Language) -> str:
    """Why a piece of text was placed in no unit."""
    return _named(REASONS, code, language)


def gap(found: Gap, language: Language) -> str:
    """A break in numbering: level, numbers around it, reason."""
    around = f"{found.after or '—'} … {found.before}"
    return f"{level(Level(found.level), language)} {around}: {_named(GAPS, found.reason, language)}"


def edition(date: dt.date | None, text: Language, language: Language) -> str:
    """An edition in words: its date or that it has none, and the language of its text."""
    return f"{day(date, language) if date else tell(_('undated'), language)} · {language_name(text.value, language)}"


def same_as(path: str, language: Language) -> str:
    """That a file holds the very bytes of another one."""
    return tell(_("the same content as %(path)s"), language, path=path)


def stands_on(path: str, language: Language) -> str:
    """That the edition which a file is of has its text from another one."""
    return tell(_("the text of this edition is taken from %(path)s"), language, path=path)


def seconds(number: float, language: Language) -> str:
    """A time in seconds, to the hundredth."""
    return tell(_("%(n)s s"), language, n=decimal(round(number, 2), language))


def recognised(sure: float, language: Language) -> str:
    """That a text was recognised from pictures, and how sure that is, never rounded up."""
    return tell(_("Recognised from pictures of pages, %(percent)s % sure"), language, percent=int(sure * 100))
