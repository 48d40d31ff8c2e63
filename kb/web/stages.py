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
from kb.web.translate import noop, tell
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
        field: field of the answers that holds its date too, or empty.
    """

    number: int
    title: str
    asks: str
    clauses: tuple[str, ...] = ()
    form: str = ""
    field: str = ""


STAGES = (
    Stage(
        1,
        _("The agency's order with the model charter"),
        _(
            "The order of 12 December 2022 № 279 brings the model charter and guidance on it: "
            "read both before you begin."
        ),
    ),
    Stage(
        2,
        _("A working group is set up"),
        _(
            "By decision of the mayor or the head of the aiyl okmotu. In it: the chair of the council, the mayor or "
            "head, their deputies, staff, members of the community including minorities, organisations."
        ),
        ("41.1", "41.2"),
        "working-group-order",
        "own_order_date",
    ),
    Stage(
        3,
        _("Initiative groups bring proposals"),
        _("Initiative groups collect proposals from streets and quarters and bring them to the working group."),
    ),
    Stage(
        4,
        _("The draft is written and published"),
        _("The working group writes the draft; it is published in local media or on the council's site."),
        ("41.3",),
    ),
    Stage(
        5,
        _("Assemblies or the kurultai discuss the draft"),
        _("Every member of the community may comment on it. Keep minutes."),
        ("41.3", "41.4"),
        "assembly-protocol",
        "protocol_date",
    ),
    Stage(
        6,
        _("The final text goes to the council"),
        _("The working group brings the final text to the council."),
        ("41.5",),
    ),
    Stage(
        7,
        _("The council adopts the charter"),
        _("By resolution, with the votes of a majority of all its deputies."),
        ("41.6",),
        "charter-resolution",
        "council_decision_date",
    ),
    Stage(
        8,
        _("Official publication"),
        _("The charter is in force from the day of its official publication."),
        ("41.8",),
    ),
    Stage(
        9,
        _("The State Register"),
        _("A copy of the resolution with the charter goes to the territorial justice body for the State Register."),
        ("41.8",),
    ),
    Stage(
        10,
        _("Initiative groups watch over it"),
        _("Initiative groups watch over how the charter is carried out."),
    ),
)

#: Stages whose dates follow each other: each step needs the one before.
_IN_ORDER = (2, 4, 5, 6, 7, 8, 9)

_DATE = Field("date", FieldType.DATE, Words("", ""))


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with its date.

    Attributes:
        stage: the stage.
        title: what happens.
        asks: what the law asks, or what practice knows.
        value: its date as its box shows it.
        done: it has a date.
        error: the date cannot be read, or is too early.
    """

    stage: Stage
    title: str
    asks: str
    value: str
    done: bool
    error: str


def stage_views(dates: Mapping[str, str], language: Language) -> tuple[StageView, ...]:
    """The checklist.

    Args:
        dates: dates by number of the stage, as they were written.
        language: language of the interface.
    """
    last: dt.date | None = None
    views = []
    for stage in STAGES:
        given = dates.get(str(stage.number), "")
        date = read_date(given)
        error = ""
        if given and date is None:
            error = tell(_("This is no date. Write day, month and year: 31.12.2026."), language)
        elif date and stage.number in _IN_ORDER:
            if last and date < last:
                error = tell(_("This is earlier than the stage before it. Check both dates."), language)
            last = max(date, last) if last else date
        title, asks = tell(stage.title, language), tell(stage.asks, language)
        value = shown(date or given, FieldType.DATE)
        views.append(StageView(stage, title, asks, value, date is not None, error))
    return tuple(views)


def read_date(text: str) -> dt.date | None:
    """A date as people write it (``31.12.2026``), None for anything else."""
    try:
        date = proper(_DATE, text, "", ()) if text.strip() else None
    except Refused:
        return None
    return date if isinstance(date, dt.date) else None
