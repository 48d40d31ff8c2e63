"""What a draft holds, value by value, and answers as they come from outside."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kb.errors import BadAnswers
from kb.language.model import Language
from kb.storage.drafts import VERSIONS as NAMED_VERSIONS
from kb.templates.interview import CASE_FORMS, root

#: A value of a draft: part and name. Of the languages the name is empty.
Place = tuple[str, str]

#: Parts: answers by field; confirmed case forms by ``path case``; dates of stages by number; languages of the
#: documents; versions by form.
ANSWERS, CASES, STAGES, LANGUAGES, VERSIONS = "answers", "cases", "stages", "languages", NAMED_VERSIONS

_DEEPEST = 6
_LONGEST_NAME = 80
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_PATH = re.compile(r"[a-z][a-z0-9_.\[\]]{0,79}")
_CASE = re.compile(r"[a-z0-9]{2,6}")


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """What a draft holds.

    Attributes:
        answers: answers by field, fitting or not.
        cases: confirmed case forms by ``path case`` (``head_name dat``).
        stages: ISO dates by number of the stage.
        languages: languages of the documents to be made.
        versions: version of each form by its id.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[Language, ...] = (Language.KY, Language.RU)
    versions: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(plain: Mapping[str, Any]) -> Content:
        """The content that ``plain`` made a JSON object of."""
        return Content(
            answers=plain.get(ANSWERS, {}),
            cases=plain.get(CASES, {}),
            stages=plain.get(STAGES, {}),
            languages=tuple(Language(code) for code in plain.get(LANGUAGES, ())),
            versions=plain.get(VERSIONS, {}),
        )

    @staticmethod
    def from_answers(answers: Mapping[str, object]) -> Content:
        """Answers as ``kb fill`` takes them, their case forms told apart."""
        given = answers.get(CASE_FORMS)
        cases = {
            f"{path} {case}": form
            for path, forms in (given.items() if isinstance(given, Mapping) else ())
            for case, form in (forms.items() if isinstance(forms, Mapping) else ())
            if isinstance(form, str) and _PATH.fullmatch(path) and _CASE.fullmatch(case)
        }
        return Content(answers={name: one for name, one in answers.items() if name != CASE_FORMS}, cases=cases)

    def plain(self) -> dict[str, Any]:
        """The content as a JSON object."""
        return {
            ANSWERS: dict(self.answers),
            CASES: dict(self.cases),
            STAGES: dict(self.stages),
            LANGUAGES: [language.value for language in self.languages],
            VERSIONS: dict(self.versions),
        }

    def told(self) -> dict[str, object]:
        """Answers with their case forms, as ``kb fill`` takes them."""
        nested: dict[str, dict[str, str]] = {}
        for name, form in self.cases.items():
            path, _space, case = name.partition(" ")
            nested.setdefault(path, {})[case] = form
        return {**self.answers, **({CASE_FORMS: nested} if nested else {})}

    def get(self, place: Place) -> object:
        """The value at a place, None where there is none."""
        part, name = place
        plain = self.plain()[part]
        return plain if part == LANGUAGES else plain.get(name)

    def renamed(self, names: Mapping[str, str]) -> Content:
        """The content with its answers under other names; of two that become one the first stays."""
        if not names:
            return self
        answers: dict[str, object] = {}
        for name, one in self.answers.items():
            answers.setdefault(names.get(name, name), one)
        cases: dict[str, str] = {}
        for place, form in self.cases.items():
            old = root(place.partition(" ")[0])
            cases.setdefault(names.get(old, old) + place.removeprefix(old), form)
        return replace(self, answers=answers, cases=cases)

    def changed(self, changes: Mapping[Place, object]) -> Content:
        """The content with other values, None taking one away."""
        plain = self.plain()
        for (part, name), value in changes.items():
            if part == LANGUAGES:
                plain[part] = value
            elif value is None:
                plain[part].pop(name, None)
            else:
                plain[part][name] = value
        return Content.of(plain)


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that two people changed.

    Attributes:
        place: what it is of.
        theirs: the value that was saved first and stands; None where it was taken away.
        mine: the value of the one who came second, not saved; likewise.
    """

    place: Place
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did.

    Attributes:
        number: number of the newest revision.
        time: when it was saved.
        changed: it has something new of this save.
        joined: somebody else had saved something else in between; it stands beside these changes.
        clashes: what both had changed; theirs stands.
    """

    number: int
    time: dt.datetime
    changed: bool
    joined: bool
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A revision and what it changed.

    Attributes:
        number: number of the revision.
        time: when it was saved.
        places: what differs from the one before; empty for the oldest that is kept.
    """

    number: int
    time: dt.datetime
    places: tuple[Place, ...]


def changed_places(before: Content, after: Content) -> tuple[Place, ...]:
    """What differs between two contents, in the order of the later one."""
    first, second = before.plain(), after.plain()
    found: list[Place] = []
    for part in (ANSWERS, CASES, STAGES, VERSIONS):
        names = dict.fromkeys((*second[part], *first[part]))
        found += [(part, name) for name in names if first[part].get(name) != second[part].get(name)]
    return (*found, *([(LANGUAGES, "")] if first[LANGUAGES] != second[LANGUAGES] else []))


def read_answers(content: bytes, limit: int) -> dict[str, object]:
    """Answers from a JSON file: by name, or under ``answers`` as a draft's own JSON and a request to fill have them.

    Args:
        content: the file.
        limit: its size at most, in bytes.

    Raises:
        BadAnswers: ``reason`` is ``too_large``, ``not_json`` or ``not_object``.
    """
    if len(content) > limit:
        raise BadAnswers(reason="too_large", limit=limit)
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadAnswers(reason="not_json") from None
    if isinstance(found, dict) and isinstance(found.get(ANSWERS), dict):
        found = found[ANSWERS]
    if not isinstance(found, dict):
        raise BadAnswers(reason="not_object")
    return {_clean(name)[:_LONGEST_NAME]: fit(one) for name, one in found.items()}


def fit(value: object, depth: int = 0) -> object:
    """A JSON value that every database and page can hold: no NUL, no half surrogate, not too deep."""
    if depth > _DEEPEST:
        raise BadAnswers(reason="too_deep")
    match value:
        case str():
            return _clean(value)
        case list():
            return [fit(one, depth + 1) for one in value]
        case dict():
            return {_clean(str(name))[:_LONGEST_NAME]: fit(one, depth + 1) for name, one in value.items()}
        case int() if abs(value) > 10**15:
            return str(value)[:40] if abs(value) < 10**40 else "9" * 40
        case _:
            return value


def _no_number(_name: str) -> object:
    raise ValueError


def _clean(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
