"""The ``kb`` command: people read its words, scripts its ``--json``."""

from __future__ import annotations

import datetime as dt
import html
import logging
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from kb import bootstrap, cli_bench, cli_forms
from kb.documents import Kind, count_levels
from kb.errors import AddressInUse, BadParameter, BadRequest, KbError, Unavailable
from kb.ingest.archives import is_archive
from kb.ingest.sidecar import Hints
from kb.language.model import Language
from kb.language.thesaurus import Thesaurus
from kb.search.model import Filters, Query
from kb.storage.model import ActFilter, ActSummary
from kb.usecases.citing import cite_text, context_of
from kb.usecases.doctor import examine
from kb.usecases.ingest import FileResult, Order, find_files
from kb.usecases.ingest import ingest as ingest_files
from kb.usecases.sync import catch_up, follow, rebuild, wait_for
from kb.web import answers, wording
from kb.web.citing import cite_answer
from kb.web.intake import WarningItem, ingest_answer
from kb.web.responses import Answer, ErrorAnswer, ErrorItem

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)

#: Seconds that a command waits for the process that holds the index.
INDEX_WAIT = 30.0
#: Acts that a list asks for at once.
PAGE = 500

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Lang = Annotated[str | None, typer.Option("--lang", help="ky or ru.")]


def reader_language() -> Language:
    """Language of messages: that of ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` if it is ours, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in {language.value for language in Language}:
            return Language(code)
    return Language.EN


def main() -> None:
    """Entry point of the ``kb`` command."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    app()


@contextmanager
def told(as_json: bool) -> Iterator[None]:
    """Word what goes wrong: exit 2 for wrong use, 1 for the rest."""
    try:
        yield
    except KbError as problem:
        fail(problem, as_json)


def fail(problem: KbError, as_json: bool) -> NoReturn:
    """Say what went wrong and leave."""
    message = wording.error(problem, reader_language())
    if as_json:
        show(ErrorAnswer(error=ErrorItem(code=problem.code, message=message)))
    err.print(Text(message, style="red"))
    raise typer.Exit(2 if isinstance(problem, BadRequest) else 1)


def show(answer: Answer) -> None:
    """Print an answer as JSON, in UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(answer.model_dump_json(indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()


terminal = cli_forms.Terminal(out, err, show, told, reader_language)
cli_forms.add_commands(app, terminal)
cli_bench.add_commands(app, terminal)


def one_of(name: str, value: str | None, allowed: Iterable[str]) -> str | None:
    """``value`` if it is allowed; BadParameter if not."""
    if value is not None and value not in set(allowed):
        raise BadParameter(name=name, value=value)
    return value


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
        results = list(_with_progress(ingest_files(services.library, files, order), len(files)))
        warnings = [] if dry_run else _index(services, language)
        answer = ingest_answer(results, time.monotonic() - start, warnings, language)
    if as_json:
        show(answer)
    else:
        for file, result in zip(answer.files, results, strict=True):
            out.print(_file_line(file.path, result, language))
            for warning in file.warnings:
                out.print(Text(f"    {warning.where + ': ' if warning.where else ''}{warning.message}", style="yellow"))
        for warning in warnings:
            err.print(Text(warning.message, style="yellow"))
    raise typer.Exit(1 if any(result.error for result in results) else 0)


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


def _index(services: bootstrap.Services, language: Language) -> list[WarningItem]:
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


def _file_line(path: str, result: FileResult, language: Language) -> Text:
    if result.error is not None:
        return Text.assemble((result.status, "red"), f" {path}: {wording.error(result.error, language)}")
    assert result.intake is not None  # noqa: S101
    document = result.intake.document
    counts = ", ".join(
        f"{count} {wording.level(level, language)}" for level, count in count_levels(document.units).items()
    )
    return Text.assemble(
        (result.status, "green"),
        f" {path}\n    ",
        (document.metadata.title, "bold"),
        f"\n    {result.act}\n    {counts}",
    )


@app.command("list")
def list_acts(as_json: Json = False) -> None:
    """List all acts.

    Example: kb list --json
    """
    with told(as_json):
        library = bootstrap.open_library()
        acts: list[ActSummary] = []
        while page := library.list_acts(ActFilter(), limit=PAGE, offset=len(acts)).acts:
            acts.extend(page)
    if as_json:
        show(answers.act_list(acts))
        return
    language = reader_language()
    for act in acts:
        title = next(iter(act.titles.values()), act.act)
        words = [wording.kind(act.kind, language), wording.status(act.status, language)]
        if not act.official:
            words.append(wording.facet_value("official", "false", language))
        out.print(Text.assemble((title, "bold"), "\n    ", " · ".join(words), "\n    ", (act.act, "blue")))


@app.command("show")
def show_act(
    act: Annotated[str, typer.Argument(help="URI of the act, as `kb list` prints it.")],
    lang: Lang = None,
    unit: Annotated[str | None, typer.Option("--unit", help="eId of a unit: it and all below it.")] = None,
    as_json: Json = False,
) -> None:
    """Show an act, or one of its units.

    Example: kb show /akn/kg/act/law/2021-10-20/123 --unit art_12
    """
    with told(as_json):
        one_of("--lang", lang, ("ky", "ru"))
        library = bootstrap.open_library()
        document = library.document(act, language=Language(lang) if lang else None)
        units = library.units(document.edition.uri, unit) if unit else document.units
        answer = answers.act_answer(document, units)
    if as_json:
        show(answer)
        return
    language = reader_language()
    out.print(Text(answer.title, style="bold"))
    mark = "" if answer.official else " · " + wording.facet_value("official", "false", language)
    out.print(Text(f"{answer.edition} · {wording.status(answer.status, language)}{mark}\n"))
    for item in answer.units:
        head = " ".join(part for part in (wording.level(item.level, language), item.number, item.heading) if part)
        out.print(Text(head, style="bold"))
        for text in (item.text, *(note.text for note in item.notes)):
            if text:
                out.print(Text(text))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words, a number, a citation.")],
    lang: Annotated[list[str] | None, typer.Option(help="ky, ru.")] = None,
    kind: Annotated[list[str] | None, typer.Option()] = None,
    status: Annotated[list[str] | None, typer.Option()] = None,
    body: Annotated[list[str] | None, typer.Option()] = None,
    topic: Annotated[list[str] | None, typer.Option()] = None,
    official: Annotated[bool | None, typer.Option("--official/--unofficial")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Only what has all words as typed.")] = False,
    year: Annotated[list[int] | None, typer.Option()] = None,
    date_from: Annotated[dt.datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    date_to: Annotated[dt.datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    as_of: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    limit: Annotated[int, typer.Option(min=0, max=200)] = 10,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    as_json: Json = False,
) -> None:
    """Find articles, clauses and acts.

    Example: kb search "жергиликтүү бюджет" --kind law --limit 5
    """
    filters = Filters(
        kind=tuple(kind or ()),
        lang=tuple(lang or ()),
        status=tuple(status or ()),
        year=tuple(year or ()),
        body=tuple(body or ()),
        topic=tuple(topic or ()),
        official=official,
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
    )
    day = as_of.date() if as_of else dt.date.today()  # noqa: DTZ011
    with told(as_json):
        services = bootstrap.open_services()
        results = services.searcher.search(Query(query, day, filters, limit, offset, strict))
    if as_json:
        show(answers.search_answer(results))
        return
    language = reader_language()
    for typed, read in results.read_as:
        err.print(Text(f"{typed} → {read}", style="yellow"))
    if results.suggestion:
        err.print(Text(f"? {results.suggestion}", style="yellow"))
    if note := wording.relaxed(results.relaxed, results.left_out, language):
        err.print(Text(note, style="yellow"))
    for hit in results.hits:
        mark = "" if hit.official else " · " + wording.facet_value("official", "false", language)
        out.print(Text(f"{hit.title} · {wording.status(hit.status, language)}{mark}", style="dim"))
        if hit.path:
            out.print(Text(" › ".join(hit.path), style="dim"))
        head = " ".join(
            part for part in (wording.level(hit.level, language) if hit.level else "", hit.number, hit.heading) if part
        )
        out.print(Text(head or hit.title, style="bold"))
        out.print(_marked(hit.snippet))
        out.print(Text(f"{hit.edition}{'/~' + hit.eid if hit.eid else ''}\n", style="blue"))
    out.print(Text(str(results.total), style="bold"))


@app.command()
def cite(
    act: Annotated[str | None, typer.Option(help="URI of the act that the text is of.")] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Find the citations in a text on standard input and say what they lead to.

    Example: kb cite --json < letter.txt
    """
    text = sys.stdin.buffer.read().decode("utf-8", "replace").removeprefix("\ufeff")
    with told(as_json):
        one_of("--lang", lang, ("ky", "ru"))
        language = Language(lang) if lang else None
        library = bootstrap.open_library()
        context = context_of(library, act, language=language) if act else None
        answer = cite_answer(text, cite_text(text, library, language=language, context=context))
    if as_json:
        show(answer)
        return
    for item in answer.citations:
        places = [eid for unit in item.units for eid in unit.eids] or [""]
        out.print(Text.assemble((" ".join(item.text.split()), "bold"), f" · {item.resolved}"))
        for place in places if item.act.edition else []:
            out.print(Text(f"    {item.act.edition}{'/~' + place if place else ''}", style="blue"))


def _marked(snippet: str) -> Text:
    """A snippet for the terminal: what is marked in it is bold."""
    text = Text()
    for number, part in enumerate(re.split(r"</?mark>", snippet)):
        text.append(html.unescape(part), style="bold yellow" if number % 2 else "")
    return text


@app.command()
def serve(
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
) -> None:
    """Serve pages and API, and keep the index where storage is.

    Example: kb serve --host 0.0.0.0 --port 8000
    """
    # The other commands do not wait for what only a server needs.
    import uvicorn

    from kb.web.app import create_app

    with told(as_json=False):
        listening = _bind(host, port)
        services = bootstrap.open_services()
        stop = threading.Event()
        follower = threading.Thread(
            target=follow, args=(services.library, services.engine, services.analyser, stop), daemon=True
        )
        follower.start()
        server = uvicorn.Server(uvicorn.Config(create_app(services), log_level="warning", server_header=False))
        err.print(Text(f"kb: http://{host}:{listening.getsockname()[1]}", style="bold green"))
        try:
            server.run(sockets=[listening])
        finally:
            stop.set()
            follower.join(timeout=10)
            services.close()


def _bind(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise AddressInUse(host=host, port=str(port), problem=problem.strerror or "") from None


class ReindexAnswer(Answer):
    """What a rebuild did."""

    editions: int
    sequence: int
    seconds: float


@app.command()
def reindex(as_json: Json = False) -> None:
    """Build the index anew from storage; the old one answers until the new one is whole.

    Example: kb reindex
    """
    start = time.monotonic()
    editions: list[str] = []
    with told(as_json):
        services = bootstrap.open_services()
        counted: Callable[[str], None] = editions.append
        if not rebuild(services.library, services.engine, services.analyser, wait=INDEX_WAIT, done=counted):
            raise Unavailable(reason="index_held")
        catch_up(services.library, services.engine, services.analyser, wait=INDEX_WAIT)
    answer = ReindexAnswer(
        editions=len(editions), sequence=services.engine.sequence(), seconds=round(time.monotonic() - start, 3)
    )
    if as_json:
        show(answer)
    else:
        out.print(f"{answer.editions} · {answer.seconds} s")


class RemoveAnswer(Answer):
    """What a removal did."""

    act: str
    sequence: int
    warnings: list[WarningItem]


@app.command()
def remove(
    act: Annotated[str, typer.Argument(help="URI of the act.")],
    replaced_by: Annotated[str | None, typer.Option(help="URI of the act that stands in its place.")] = None,
    as_json: Json = False,
) -> None:
    """Take an act out of the library; its address then says that it was removed.

    Example: kb remove /akn/kg/doc/other/draft --replaced-by /akn/kg/act/law/2021-10-20/123
    """
    with told(as_json):
        services = bootstrap.open_services()
        change = services.library.remove(act, who="cli", replaced_by=replaced_by)
        warnings = _index(services, reader_language())
    answer = RemoveAnswer(act=change.act, sequence=change.sequence, warnings=warnings)
    if as_json:
        show(answer)
    else:
        out.print(answer.act)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say what is installed, where data lies, whether index and database agree.

    Example: kb doctor
    """
    with told(as_json):
        services = bootstrap.open_services()
        findings: dict[str, Any] = {
            "version": version("kb"),
            "python": sys.version.split()[0],
            "home": str(services.home),
            "database": services.database_url,
            "engine": services.engine_name,
            **examine(services.database, services.library, services.engine),
            "thesaurus": thesaurus_answer(services.thesaurus.current()),
        }
    answer = DoctorAnswer(**findings)
    if as_json:
        show(answer)
    else:
        for name, value in answer.model_dump().items():
            out.print(Text.assemble((f"{name:20}", "bold"), str(value)))
    raise typer.Exit(0 if answer.agree else 1)


def thesaurus_answer(thesaurus: Thesaurus) -> ThesaurusAnswer:
    """How many terms hold, and which lines of the installation's file do not."""
    problems = [ThesaurusProblem(line=one.line, code=one.code, text=one.text) for one in thesaurus.problems]
    return ThesaurusAnswer(concepts=len(thesaurus.concepts), problems=problems)


class ThesaurusProblem(Answer):
    """A line of the installation's thesaurus that is passed over."""

    line: int
    code: str
    text: str


class ThesaurusAnswer(Answer):
    """State of the thesaurus."""

    concepts: int
    problems: list[ThesaurusProblem]


class DoctorAnswer(Answer):
    """State of an installation."""

    version: str
    python: str
    home: str
    database: str
    schema_version: str | None
    engine: str
    acts: int
    newest_sequence: int
    index_sequence: int
    agree: bool
    engine_problem: str | None
    programs: dict[str, str | None]
    thesaurus: ThesaurusAnswer
