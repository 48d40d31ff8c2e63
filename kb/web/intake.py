"""What intake says of files, as ``kb ingest --json`` prints it."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from kb.documents import Coverage, Doubt, count_levels
from kb.language.model import Language
from kb.usecases.ingest import FileResult
from kb.web import wording
from kb.web.responses import Answer, ErrorItem


class WarningItem(Answer):
    """Something that a person should look at."""

    code: str
    message: str
    where: str


class LeftOutItem(Answer):
    """Text that no rule placed in a unit."""

    where: str
    text: str
    reason: str


class CoverageItem(Answer):
    """How much of the source's text a rule placed."""

    characters: int = Field(description="characters of the source's text, white space not counted")
    placed: int
    left_out: list[LeftOutItem]


class GapItem(Answer):
    """A break in the numbering."""

    level: str
    after: str | None
    before: str
    reason: str


class FileAnswer(Answer):
    """What became of one file."""

    path: str
    status: str = Field(description="added, unchanged, updated or refused")
    same_as: str | None = Field(description="another file with the same bytes that was taken in before, else null")
    stands_on: str | None = Field(
        description="the file with other bytes from which the edition has its text and its units here, where that is"
        " not this file, else null"
    )
    act: str | None
    lang: str | None
    kind: str | None
    title: str | None
    number: str | None
    date: dt.date | None
    units: dict[str, int] = Field(description="number of units by level")
    warnings: list[WarningItem]
    error: ErrorItem | None
    coverage: CoverageItem | None
    gaps: list[GapItem]
    languages: dict[str, int] = Field(description="number of the source's paragraphs by language")
    seconds: dict[str, float] = Field(description="time that each stage of reading took")


class IngestAnswer(Answer):
    """What became of all files."""

    files: list[FileAnswer]
    seconds: float
    warnings: list[WarningItem] = Field(description="what concerns no single file, such as index_behind")


def file_answer(result: FileResult, language: Language) -> FileAnswer:
    """The report on one file, worded in ``language``."""
    error = None
    if result.error is not None:
        error = ErrorItem(code=result.error.code, message=wording.error(result.error, language))
    if result.intake is None:
        return FileAnswer(
            path=result.path,
            status=result.status,
            same_as=None,
            stands_on=None,
            act=None,
            lang=None,
            kind=None,
            title=None,
            number=None,
            date=None,
            units={},
            warnings=[],
            error=error,
            coverage=None,
            gaps=[],
            languages={},
            seconds={},
        )
    document, report = result.intake.document, result.intake.report
    meta = document.metadata
    return FileAnswer(
        path=result.path,
        status=result.status,
        same_as=result.same_as,
        stands_on=result.stands_on,
        act=result.act,
        lang=document.language.value,
        kind=meta.kind.value,
        title=meta.title,
        number=meta.number,
        date=meta.date,
        units=count_levels(document.units),
        warnings=[warning_item(doubt, language) for doubt in report.warnings],
        error=error,
        coverage=coverage_item(report.coverage),
        gaps=[
            GapItem(level=gap.level.value, after=gap.after, before=gap.before, reason=gap.reason) for gap in report.gaps
        ],
        languages=dict(report.languages),
        seconds=dict(report.seconds),
    )


def warning_item(doubt: Doubt, language: Language) -> WarningItem:
    """Something that a person should look at, worded in ``language``."""
    return WarningItem(code=doubt.code, message=wording.doubt(doubt, language), where=doubt.where)


def coverage_item(coverage: Coverage) -> CoverageItem:
    """How much of the source's text a rule placed."""
    return CoverageItem(
        characters=coverage.characters,
        placed=coverage.placed,
        left_out=[LeftOutItem(where=one.where, text=one.text, reason=one.reason) for one in coverage.left_out],
    )
