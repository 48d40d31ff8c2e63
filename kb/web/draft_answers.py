"""Drafts, and the law behind clauses, as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import Field

from kb.documents import Unit
from kb.language.model import Language
from kb.usecases.drafts import Draft
from kb.usecases.legal import Standing
from kb.web.form_answers import DoubtfulItem, ProblemItem
from kb.web.responses import Answer
from kb.web.views.sheet import warning_words


class ProvisionItem(Answer):
    """A provision behind a clause."""

    title: str
    act: str | None = Field(description="URI of the act, null where it is not held")
    edition: str | None
    eid: str | None
    provision: str | None
    within: list[str] = Field(description="numbers of the part and the point inside the provision")
    follows: dt.date | None = Field(description="date of the edition that the form follows")
    status: str
    to_be_confirmed: bool
    warning: str | None
    text: str


class LawAnswer(Answer):
    """The provisions behind a clause of a form."""

    form: str
    clause: str
    provisions: list[ProvisionItem]


class DraftAnswer(Answer):
    """What a draft holds."""

    form: str
    form_version: str
    number: int = Field(description="number of the newest revision")
    saved: dt.datetime
    expires: dt.datetime
    languages: list[str]
    answers: dict[str, Any]
    stages: dict[str, str]
    errors: list[ProblemItem]
    doubtful: list[DoubtfulItem]


class SavedAnswer(Answer):
    """What saving did."""

    number: int
    saved: str = Field(description="time of day in Bishkek")
    changed: bool
    joined: bool
    clashes: int


def law_answer(
    form: str, label: str, standing: Sequence[Standing], texts: Sequence[Sequence[Unit]], language: Language
) -> LawAnswer:
    """The provisions behind a clause."""
    items = [
        ProvisionItem(
            title=one.basis.title.of(language),
            act=one.act.act if one.act else None,
            edition=one.edition.edition if one.edition else None,
            eid=one.unit.eid if one.unit else None,
            provision=one.basis.provision,
            within=list(one.basis.within),
            follows=one.basis.edition,
            status=one.status.value,
            to_be_confirmed=one.basis.to_be_confirmed,
            warning=warning_words(one, language) or None,
            text="\n".join(filter(None, (unit.text for unit in units))),
        )
        for one, units in zip(standing, texts, strict=True)
    ]
    return LawAnswer(form=form, clause=label, provisions=items)


def draft_answer(draft: Draft, errors: list[ProblemItem], doubtful: list[DoubtfulItem]) -> DraftAnswer:
    """What a draft holds."""
    return DraftAnswer(
        form=draft.form.id,
        form_version=draft.form.version,
        number=draft.number,
        saved=draft.saved,
        expires=draft.expires,
        languages=[one.value for one in draft.content.languages],
        answers=draft.content.told(),
        stages=dict(draft.content.stages),
        errors=errors,
        doubtful=doubtful,
    )
