"""An act's text in one language set beside its text in the other before it is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kb.documents import Intake
from kb.errors import Missing
from kb.ingest.align import align_documents
from kb.storage.model import EditionSummary
from kb.storage.repository import Library


def align_with_library(library: Library, intake: Intake) -> Intake:
    """An intake with its units' wIds set by the act's text in another language, where the library holds one.

    Args:
        library: what is held.
        intake: the document read.

    Returns:
        The same intake if no other language is held; else its units aligned with the other language's edition of the
        nearest date, and what does not align among the report's warnings.
    """
    document = intake.document
    try:
        held = library.summary(document.act_id.uri).editions
    except Missing:
        return intake
    others = [edition for edition in held if edition.language is not document.language]
    if not others:
        return intake
    date = document.metadata.edition_date
    nearest = min(others, key=lambda edition: _distance(edition, date))
    aligned, doubts = align_documents(document, library.edition(nearest.edition))
    report = replace(intake.report, warnings=(*intake.report.warnings, *doubts))
    return replace(intake, document=aligned, report=report)


def _distance(edition: EditionSummary, date: dt.date | None) -> float:
    """Days between two editions; one without a date is farther than any with one."""
    if edition.date is None or date is None:
        return 0.0 if edition.date == date else float("inf")
    return abs((edition.date - date).days)
