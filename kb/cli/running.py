"""The commands of those who run an installation: ``kb serve``, ``reindex``, ``remove``, ``doctor``."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

import typer
from rich.text import Text

from kb import bootstrap
from kb.cli.intake import make_searchable
from kb.cli.terminal import INDEX_WAIT, Json, app, err, out, reader_language, show, told
from kb.errors import AddressInUse, Unavailable
from kb.language.thesaurus import Thesaurus
from kb.usecases.doctor import examine
from kb.usecases.draft_keeping import keep_clean
from kb.usecases.sync import catch_up, follow, rebuild
from kb.web.intake import WarningItem
from kb.web.responses import Answer


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
        threading.Thread(target=services.searcher.prepare, daemon=True).start()
        cleaner = threading.Thread(target=keep_clean, args=(services.drafts, stop), daemon=True)
        cleaner.start()
        server = uvicorn.Server(uvicorn.Config(create_app(services), log_level="warning", server_header=False))
        err.print(Text(f"kb: http://{host}:{listening.getsockname()[1]}", style="bold green"))
        try:
            server.run(sockets=[listening])
        finally:
            stop.set()
            follower.join(timeout=10)
            cleaner.join(timeout=10)
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
        warnings = make_searchable(services, reader_language())
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
