"""The commands that measure the search: ``kb bench relevance``, ``kb bench search``."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from kb.cli.terminal import Terminal
from kb.errors import BadParameter
from kb.web.render import today

_ENGINES = "embedded, meilisearch, sqlite_fts5, meilisearch_stock"
_JUDGED = Path("tests/gold/queries.yaml")
_OURS = Path("corpus")
_SHARED = Path("../shared/corpus")

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--corpus", help="Folders of documents; corpus/ and KB_TEST_CORPUS (../shared/corpus) if not given."),
]


def add_commands(app: typer.Typer, terminal: Terminal) -> None:
    """Add the measures to the ``kb`` command."""
    bench = typer.Typer(no_args_is_help=True, help="Measures of the search, for those who develop it.")
    app.add_typer(bench, name="bench")

    @bench.command()
    def relevance(
        judged: Annotated[Path, typer.Option(help="Judged queries.")] = _JUDGED,
        corpus: Folders = None,
        engine: Annotated[list[str] | None, typer.Option(help=f"{_ENGINES}; all if not given.")] = None,
        meili_url: Annotated[str, typer.Option(envvar="KB_TEST_MEILI_URL", help="A server; else one on PATH.")] = "",
        as_of: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
        as_json: Json = False,
    ) -> None:
        """Ask the judged queries: Recall@5, MRR and nDCG@10 by kind and language, every miss.

        Example: kb bench relevance --engine embedded --engine sqlite_fts5
        """
        # the other commands start without the measures
        from kb.bench.judged import read_judged
        from kb.bench.run import ENGINES, Relevance, measure_relevance

        with terminal.told(as_json), tempfile.TemporaryDirectory() as work:
            engines = engine or list(ENGINES)
            if unknown := set(engines).difference(ENGINES):
                raise BadParameter(name="--engine", value=min(unknown))
            day = as_of.date() if as_of else today()
            order = Relevance(read_judged(judged), _folders(corpus), Path(work), day, meili_url)
            report = measure_relevance(order, engines, lambda name: terminal.err.print(Text(name, style="dim")))
        if as_json:
            _show(report)
            return
        for name, figures in report.items():
            _print_relevance(terminal, name, figures)

    @bench.command()
    def search(
        units: Annotated[int, typer.Option(min=1_000, max=5_000_000, help="Units of the index.")] = 200_000,
        each: Annotated[int, typer.Option(min=2, max=10_000, help="Queries of each class.")] = 100,
        alone: Annotated[bool, typer.Option(help="Without FTS5 beside it.")] = False,
        corpus: Folders = None,
        as_json: Json = False,
    ) -> None:
        """Measure a large index by class of query, SQLite FTS5 beside it.

        Example: kb bench search --units 200000
        """
        from kb.bench.run import Speed, measure_speed

        with terminal.told(as_json), tempfile.TemporaryDirectory() as work:
            order = Speed(_folders(corpus), Path(work), units, each, alone)
            report = measure_speed(order, lambda step: terminal.err.print(Text(step, style="dim")))
        if as_json:
            _show(report)
        else:
            _print_speed(terminal, report)


def _folders(given: list[Path] | None) -> list[Path]:
    folders = given or [_OURS, Path(os.environ.get("KB_TEST_CORPUS") or _SHARED)]
    for folder in folders:
        if not folder.exists():
            raise BadParameter(name="--corpus", value=str(folder))
    return folders


def _show(report: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


def _print_relevance(terminal: Terminal, name: str, figures: Any) -> None:
    if figures is None:
        terminal.err.print(Text(f"{name}: no server", style="yellow"))
        return
    table = Table("kind", "lang", "queries", "right", "Recall@5", "MRR", "nDCG@10", title=name)
    for kind, langs in figures["by_kind"].items():
        for lang, one in langs.items():
            cells = (one["queries"], one["right"], one["recall_5"], one["mrr"], one["ndcg_10"])
            table.add_row(kind, lang, *map(str, cells))
    terminal.out.print(table, width=max(terminal.out.width, 180))
    for half in ("targets", "odd", "even"):
        terminal.out.print(Text(f"{half}: {figures[half]}"))
    for miss in figures["misses"]:
        terminal.out.print(Text(f"{miss['id']} «{miss['query']}» {miss['recall_5']} {miss['places']}", style="dim"))


def _print_speed(terminal: Terminal, report: Mapping[str, Any]) -> None:
    for part in ("classes", "while_ingesting"):
        names = list(next(iter(report[part].values())))
        table = Table("class", *names, title=part)
        for kind, figures in report[part].items():
            table.add_row(kind, *(str(figures[name]) for name in names))
        terminal.out.print(table, width=max(terminal.out.width, 180))
    for name in ("units", "build_seconds", "index_mb_per_100k_units", "commit_visible_ms", "load"):
        terminal.out.print(Text(f"{name}: {report[name]}"))
