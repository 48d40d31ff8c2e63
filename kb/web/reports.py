"""Reports of intake as JSON answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pydantic import Field

from kb.documents import Document, count_levels
from kb.language.model import Language
from kb.storage.model import EditionFile, SourceFile, SourcePage
from kb.web import wording
from kb.web.intake import CoverageItem, GapItem, WarningItem, coverage_item, warning_item
from kb.web.responses import Answer
from kb.web.urls import file_href
from kb.web.views.report import Places, unit_of_gap


class SourceItem(Answer):
    """The file that an edition was last read from."""

    name: str
    href: str = Field(description="where its bytes are")
    sha256: str
    size: int = Field(description="bytes")
    media_type: str = Field(description="by content")
    read: dt.datetime
    version: str = Field(description="version of the reader")


class OtherFileItem(Answer):
    """A file of the edition that its text is not taken from."""

    name: str
    href: str = Field(description="where its bytes are")
    sha256: str


class PlacedWarning(WarningItem):
    """Something that a person should look at, and the unit there."""

    eid: str | None = Field(description="unit around the place, null where it is not known")


class PlacedGap(GapItem):
    """A break in the numbering, in words too, and the unit behind it."""

    message: str
    eid: str | None = Field(description="unit behind the break, null where it is not sure which")


class ReportAnswer(Answer):
    """How the file of an edition was read."""

    edition: str
    title: str
    file: SourceItem
    other_files: list[OtherFileItem] = Field(description="files of the edition that its text is not taken from")
    coverage: CoverageItem
    units: dict[str, int] = Field(description="number of units by level")
    gaps: list[PlacedGap]
    warnings: list[PlacedWarning]
    languages: dict[str, int] = Field(description="number of the source's paragraphs by language")
    seconds: dict[str, float] = Field(description="time that each stage of reading took")


class DoubtfulItem(Answer):
    """A file that a person should look at."""

    edition: str
    title: str
    file: str
    characters: int
    placed: int
    gaps: int
    warnings: int


class ReportsAnswer(Answer):
    """Files that a person should look at, those of which most is left out first."""

    reports: list[DoubtfulItem]
    total: int
    held: int = Field(description="number of all files that editions stand on")
    limit: int
    offset: int


def report_answer(
    source: SourceFile, files: Sequence[EditionFile], document: Document, language: Language
) -> ReportAnswer:
    """The report on the file of an edition, worded in ``language``."""
    report, places = source.report, Places(document.units)
    gaps = []
    for gap in report.gaps:
        behind = unit_of_gap(gap, document.units)
        gaps.append(
            PlacedGap(
                level=gap.level.value,
                after=gap.after,
                before=gap.before,
                reason=gap.reason,
                message=wording.gap(gap, language),
                eid=behind.eid if behind else None,
            )
        )
    warnings = []
    for doubt in report.warnings:
        around = places.at(doubt.where)
        item = warning_item(doubt, language)
        warnings.append(PlacedWarning(**item.model_dump(), eid=around.eid if around else None))
    return ReportAnswer(
        edition=source.edition,
        title=source.title,
        file=SourceItem(
            name=source.name,
            href=file_href(source.sha256, source.name),
            sha256=source.sha256,
            size=source.size,
            media_type=source.media_type,
            read=source.read,
            version=source.version,
        ),
        other_files=[
            OtherFileItem(name=one.name, href=file_href(one.sha256, one.name), sha256=one.sha256)
            for one in files
            if not one.stands
        ],
        coverage=coverage_item(report.coverage),
        units=count_levels(document.units),
        gaps=gaps,
        warnings=warnings,
        languages=dict(report.languages),
        seconds=dict(report.seconds),
    )


def reports_answer(page: SourcePage, limit: int, offset: int) -> ReportsAnswer:
    """The list of files that a person should look at."""
    return ReportsAnswer(
        reports=[
            DoubtfulItem(
                edition=one.edition,
                title=one.title,
                file=one.name,
                characters=one.characters,
                placed=one.placed,
                gaps=one.gaps,
                warnings=one.warnings,
            )
            for one in page.sources
        ],
        total=page.total,
        held=page.held,
        limit=limit,
        offset=offset,
    )
