"""The ten stages by which a community charter comes to be, as the checklist of a draft.

What the law asks is clause 41 of the model charter of 2022; stages 1, 3 and 10 are told by practice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from kb.language.model import Language
from kb.templates.model import Field, FieldType, Words
from kb.templates.values import Refused, proper
from kb.web.translate import day, noop, tell
from kb.web.views.questions import shown

_ = noop


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage.

    Attributes:
        number: from 1.
        title: what happens.
        asks: what the law asks, or what practice knows.
        clauses: clauses of the model charter that say so; empty for practice.
        form: id of the form that it needs, or empty.
        fields: fields of the answers that hold its date too.
        day: its date where it is the same for everybody.
        after: stages that it cannot come before.
    """

    number: int
    title: str
    asks: str
    clauses: tuple[str, ...] = ()
    form: str = ""
    fields: tuple[str, ...] = ()
    day: dt.date | None = None
    after: tuple[int, ...] = ()


STAGES = (
    Stage(
        1,
        _("The agency's order with the model charter"),
        _(
            "The order of 12 December 2022 № 279 brings the model charter and guidance on it: "
            "read both before you begin."
        ),
        day=dt.date(2022, 12, 12),
    ),
    Stage(
        2,
        _("A working group is set up"),
        _(
            "By decision of the mayor or the head of the aiyl okmotu. In it: the chair of the council, the mayor or "
            "head, deputies of the council, staff, members of the community including minorities, organisations."
        ),
        ("41.1", "41.2"),
        "working-group-order",
        ("own_order_date",),
        after=(1,),
    ),
    Stage(
        3,
        _("Initiative groups bring proposals"),
        _("Initiative groups collect proposals from streets and quarters and bring them to the working group."),
        after=(2,),
    ),
    Stage(
        4,
        _("The draft is written and published"),
        _("The working group writes the draft; it is published in local media or on the council's site."),
        ("41.3",),
        after=(2,),
    ),
    Stage(
        5,
        _("Assemblies or the kurultai discuss the draft"),
        _("Every member of the community may comment on it. Keep minutes."),
        ("41.3", "41.4"),
        "assembly-protocol",
        ("protocol_date", "assembly_date"),
        after=(4,),
    ),
    Stage(
        6,
        _("The final text goes to the council"),
        _(
            "Once the working group has finished it, the mayor or the head of the aiyl okmotu brings the final text to "
            "the council."
        ),
        ("41.5",),
        after=(5,),
    ),
    Stage(
        7,
        _("The council adopts the charter"),
        _("By resolution, with the votes of a majority of all its deputies."),
        ("41.6",),
        "charter-resolution",
        ("council_decision_date",),
        after=(6,),
    ),
    Stage(
        8,
        _("Official publication"),
        _("The charter is in force from the day of its official publication."),
        ("41.8",),
        after=(7,),
    ),
    Stage(
        9,
        _("The State Register"),
        _("A copy of the resolution with the charter goes to the territorial justice body for the State Register."),
        ("41.8",),
        after=(8,),
    ),
    Stage(
        10,
        _("Initiative groups watch over it"),
        _("Initiative groups watch over how the charter is carried out."),
        after=(8,),
    ),
)

#: Page of the provisions that the stages follow.
STAGES_LAW = "/forms/charter/law/adoption"

_DATE = Field("date", FieldType.DATE, Words("", ""))


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with its date.

    Attributes:
        stage: the stage.
        title: what happens.
        asks: what the law asks, or what practice knows.
        value: its date as its box shows it, empty where none was written.
        known: its date in words where the box may stay empty: that of a document, or the same for everybody.
        done: it has a date, and the day has come.
        planned: it has a date that is to come.
        error: the date cannot be read, is too early, or is not that of the document.
    """

    stage: Stage
    title: str
    asks: str
    value: str
    known: str
    done: bool
    planned: bool
    error: str


def stage_views(
    dates: Mapping[str, str], answers: Mapping[str, object], today: dt.date, language: Language
) -> tuple[StageView, ...]:
    """The checklist.

    Args:
        dates: dates by number of the stage, as they were written.
        answers: the answers of the draft; some of its documents bear the date of a stage.
        today: the day.
        language: language of the interface.
    """
    known: dict[int, dt.date] = {}
    views = []
    for stage in STAGES:
        given = dates.get(str(stage.number), "")
        own = read_date(given)
        documents = [date for name in stage.fields if (date := read_date(str(answers.get(name) or "")))]
        date = own or next(iter(documents), stage.day)
        error = ""
        if given and own is None:
            error = tell(_("This is no date. Write day, month and year: 31.12.2026."), language)
        elif date and (other := next((one for one in documents if one != date), None)):
            error = tell(
                _("A document made from the answers has another date: %(day)s."), language, day=day(other, language)
            )
        elif date and (early := _too_early(stage, date, known)):
            error = tell(
                _("This is earlier than stage %(number)s (%(day)s). Check both dates."),
                language,
                number=early,
                day=day(known[early], language),
            )
        if date:
            known[stage.number] = date
        views.append(
            StageView(
                stage,
                tell(stage.title, language),
                tell(stage.asks, language),
                value=shown(own or given, FieldType.DATE),
                known=day(date, language) if date and not given else "",
                done=date is not None and date <= today,
                planned=date is not None and date > today,
                error=error,
            )
        )
    return tuple(views)


def _too_early(stage: Stage, date: dt.date, known: Mapping[int, dt.date]) -> int:
    """Number of the latest stage with a later date that this one cannot come before; 0 for none."""
    before: list[int] = []
    waiting = list(stage.after)
    while waiting:
        number = waiting.pop()
        before.append(number)
        waiting += STAGES[number - 1].after
    return max((number for number in before if number in known and known[number] > date), default=0)


def read_date(text: str) -> dt.date | None:
    """A date as people write it (``31.12.2026``), None for anything else."""
    try:
        date = proper(_DATE, text, "", ()) if text.strip() else None
    except Refused:
        return None
    return date if isinstance(date, dt.date) else None
