"""Values of the rooms below as JSON answers: the one place for it, for API, pages and command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.documents import ActReference, Document, Note, Unit
from kb.language.model import Language
from kb.search.model import Hit, Results
from kb.storage.model import ActPage, ActSummary, Change
from kb.web.responses import (
    ActAnswer,
    ActItem,
    ActList,
    ActPageAnswer,
    ActRefItem,
    ChangeItem,
    ChangesAnswer,
    EditionItem,
    FacetItem,
    Facets,
    HitItem,
    MetadataItem,
    MoreItem,
    NoteItem,
    ReadAsItem,
    SearchAnswer,
    Titles,
    UnitItem,
)


def act_item(act: ActSummary) -> ActItem:
    """An act as lists give it."""
    return ActItem(
        act=act.act,
        kind=act.kind.value,
        title=Titles(ky=act.titles.get(Language.KY), ru=act.titles.get(Language.RU)),
        number=act.number,
        date=act.date,
        status=act.status.value,
        official=act.official,
        langs=sorted({edition.language.value for edition in act.editions}),
        editions=[EditionItem(edition=one.edition, lang=one.language.value, date=one.date) for one in act.editions],
    )


def act_list(acts: Iterable[ActSummary]) -> ActList:
    """The answer of ``kb list``."""
    return ActList(acts=[act_item(act) for act in acts])


def act_page(page: ActPage, limit: int, offset: int) -> ActPageAnswer:
    """The answer of ``/api/v1/acts``."""
    return ActPageAnswer(acts=[act_item(act) for act in page.acts], total=page.total, limit=limit, offset=offset)


def reference_item(reference: ActReference) -> ActRefItem:
    """Another act that a text names."""
    kind = reference.kind.value if reference.kind else None
    return ActRefItem(kind=kind, date=reference.date, number=reference.number)


def note_item(note: Note) -> NoteItem:
    """A note under a unit."""
    return NoteItem(kind=note.kind.value, text=note.text, acts=[reference_item(act) for act in note.acts])


def unit_item(unit: Unit) -> UnitItem:
    """A unit with its own text."""
    return UnitItem(
        eid=unit.eid,
        wid=unit.wid,
        level=unit.level.value,
        number=unit.number,
        heading=unit.heading,
        text=unit.text,
        parent=unit.parent,
        status=unit.status.value if unit.status else None,
        notes=[note_item(note) for note in unit.notes],
    )


def act_answer(document: Document, units: Sequence[Unit] | None = None) -> ActAnswer:
    """The answer of ``kb show``.

    Args:
        document: the edition.
        units: the units asked for, in document order; all when None.
    """
    meta = document.metadata
    return ActAnswer(
        act=document.act_id.uri,
        edition=document.edition.uri,
        lang=document.language.value,
        title=meta.title,
        kind=meta.kind.value,
        number=meta.number,
        date=meta.date,
        status=meta.status.value,
        official=meta.official,
        metadata=MetadataItem(
            place=meta.place,
            body=meta.body,
            date_passed=meta.date_passed,
            date_in_force=meta.date_in_force,
            amended_by=[reference_item(act) for act in meta.amended_by],
            topics=list(meta.topics),
            source=meta.source,
            recognised=meta.recognised,
        ),
        units=[unit_item(unit) for unit in (document.units if units is None else units)],
    )


def hit_item(hit: Hit) -> HitItem:
    """A group of units that answers a query."""
    return HitItem(
        act=hit.act,
        edition=hit.edition,
        title=hit.title,
        kind=hit.act_kind,
        act_number=hit.act_number,
        act_date=hit.act_date,
        eid=hit.eid,
        level=hit.level,
        number=hit.number,
        heading=hit.heading,
        path=list(hit.path),
        lang=hit.lang,
        status=hit.status,
        official=hit.official,
        score=hit.score,
        snippet=hit.snippet,
        more=[MoreItem(eid=one.eid, level=one.level, number=one.number, snippet=one.snippet) for one in hit.more],
    )


def search_answer(results: Results) -> SearchAnswer:
    """The answer of ``kb search``."""
    facets = {
        name: [FacetItem(value=one.value, count=one.count) for one in results.facets.get(name, ())]
        for name in Facets.model_fields
    }
    return SearchAnswer(
        query=results.query,
        total=results.total,
        took_ms=results.took_ms,
        relaxed=results.relaxed,
        left_out=list(results.left_out),
        read_as=[ReadAsItem(typed=typed, read=read) for typed, read in results.read_as],
        suggestion=results.suggestion,
        cited=results.cited,
        hits=[hit_item(hit) for hit in results.hits],
        facets=Facets(**facets),
    )


def changes_answer(changes: Sequence[Change], since: int, newest: int) -> ChangesAnswer:
    """The answer of ``/api/v1/changes``."""
    return ChangesAnswer(
        changes=[
            ChangeItem(sequence=one.sequence, time=one.time, event=one.event, act=one.act, edition=one.edition)
            for one in changes
        ],
        next=changes[-1].sequence if changes else since,
        newest=newest,
    )
