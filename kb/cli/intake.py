"""``kb ingest``, and how what it stored becomes searchable."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from kb import bootstrap
from kb.cli.terminal import INDEX_WAIT, Json, Lang, app, err, one_of, out, reader_language, show, told
from kb.documents import Kind
from kb.errors import BadParameter, Unavailable
from kb.ingest.archives import is_archive
from kb.ingest.sidecar import Hints
from kb.language.model import Language
from kb.usecases.ingest import FileResult, Order, find_files
from kb.usecases.ingest import ingest as ingest_files
from kb.usecases.sync import catch_up, wait_for
from kb.web import wording
from kb.web.intake import FileAnswer, IngestAnswer, WarningItem, file_answer


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    title: Annotated[str | None, typer.Option(help="Title, for one file.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind: " + ", ".join(Kind) + ".")] = None,
    lang: Lang = None,
    official: Annotated[
        bool | None, typer.Option("--official/--unofficial", help="Whether the text is official.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, store nothing.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, max=256, help="Files read side by side.")] = None,
    as_json: Json = False,
) -> None:
    """Take in files and folders.

    Example: kb ingest ./acts --official
    """
    start = time.monotonic()
    language = reader_language()
    with told(as_json):
        services = bootstrap.open_services()
        order = Order(
            limits=services.read_limits,
            memory_bytes=services.limits.memory_bytes,
            hints=_hints(title, kind, lang, official),
            dry_run=dry_run,
            processes=processes,
        )
        files = list(find_files(paths))
        if title is not None and (len(files) != 1 or is_archive(files[0])):
            raise BadParameter(name="--title", value=title)
        results = _with_progress(ingest_files(services.library, files, order), len(files))
        # Of each file only what is told of it is kept, so that memory does not grow with the files.
        told_of = [file_answer(result, language) for result in results]
        warnings = [] if dry_run else make_searchable(services, language)
        answer = IngestAnswer(files=told_of, seconds=round(time.monotonic() - start, 3), warnings=warnings)
    if as_json:
        show(answer)
    else:
        for file in answer.files:
            out.print(_file_line(file, language))
            for warning in file.warnings:
                at = f"{wording.place(warning.where, language)}: " if warning.where else ""
                out.print(Text(f"    {at}{warning.message}", style="yellow"))
        for warning in warnings:
            err.print(Text(warning.message, style="yellow"))
    raise typer.Exit(1 if any(file.error for file in answer.files) else 0)


def _hints(title: str | None, kind: str | None, lang: str | None, official: bool | None) -> Hints:
    one_of("--kind", kind, list(Kind))
    one_of("--lang", lang, ("ky", "ru"))
    language = Language(lang) if lang else None
    if title is not None and language is None:
        raise BadParameter(name="--title", value=title, reason="needs_lang")
    return Hints(
        kind=Kind(kind) if kind else None,
        titles={language: " ".join(title.split())} if title and language else {},
        lang=language,
        official=official,
    )


def _with_progress(results: Iterable[FileResult], total: int) -> Iterator[FileResult]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=total)
        for done, result in enumerate(results, 1):
            # The members of an archive are counted as they come.
            progress.update(task, completed=done, total=max(total, done), description=Path(result.path).name[:40])
            yield result


def make_searchable(services: bootstrap.Services, language: Language) -> list[WarningItem]:
    """Make what was stored searchable; a warning where that is not yet so."""
    sequence = services.library.newest_sequence()
    try:
        if catch_up(services.library, services.engine, services.analyser) or wait_for(
            services.engine, sequence, INDEX_WAIT
        ):
            return []
        reason = ""
    except Unavailable as problem:
        reason = wording.error(problem, language)
    message = wording.error_of_code("index_behind", language)
    return [WarningItem(code="index_behind", message=f"{message} {reason}".strip(), where="")]


def _file_line(file: FileAnswer, language: Language) -> Text:
    if file.error is not None:
        return Text.assemble((file.status, "red"), f" {file.path}: {file.error.message}")
    beside = wording.same_as(file.same_as, language) if file.same_as else ""
    if file.stands_on:
        beside = wording.stands_on(file.stands_on, language)
    counts = ", ".join(f"{count} {wording.level(level, language)}" for level, count in file.units.items())
    return Text.assemble(
        (file.status, "green"),
        f" {file.path}\n    ",
        f"{beside}\n    " if beside else "",
        (file.title or "", "bold"),
        f"\n    {file.act}\n    {counts}",
    )
