"""The two measures as commands run them: from folders of files to figures."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb import bootstrap
from kb.bench import relevance, speed
from kb.bench.judged import Judged
from kb.bench.plain import Fts5, Fts5Facets, StockMeilisearch, Text, meilisearch_server, plain_text
from kb.bench.recombine import UNITS, collect
from kb.errors import EngineUnavailable, KbError
from kb.search.model import Query
from kb.search.records import make_records, texts_of
from kb.search.searcher import Searcher
from kb.usecases.ingest import Order, find_files, ingest
from kb.usecases.sync import rebuild
from kb.web.answers import search_answer

#: Hits looked at for each judged query.
_DEPTH = 20
#: Engines of the measure of relevance, ours first.
ENGINES = ("embedded", "meilisearch", Fts5.name, StockMeilisearch.name)


@dataclass(frozen=True, slots=True)
class Relevance:
    """What is measured: judged queries, the folders that they were judged over, where to work, the day of the law."""

    queries: Sequence[Judged]
    folders: Sequence[Path]
    work: Path
    day: dt.date
    meili_url: str = ""


def measure_relevance(order: Relevance, engines: Sequence[str], done: Callable[[str], None]) -> dict[str, object]:
    """Figures of each engine by its name; an engine for which there is no server is left out and told as ``None``.

    Args:
        order: what is measured.
        engines: names out of ENGINES.
        done: called with each engine's name when it begins.
    """
    report: dict[str, object] = {}
    with ExitStack() as stack:
        services = stack.enter_context(_installation(order.work, "embedded", ""))
        fill(services, order.folders)
        url = ""
        if {"meilisearch", StockMeilisearch.name}.intersection(engines):
            url = stack.enter_context(meilisearch_server(order.work / "server", order.meili_url)) or ""
        texts = _texts(services)
        for name in engines:
            done(name)
            report[name] = _measure(name, order, services, texts, url)
    return report


def _measure(
    name: str, order: Relevance, services: bootstrap.Services, texts: Sequence[Text], url: str
) -> dict[str, object] | None:
    if name == "embedded":
        return relevance.summarise(relevance.measure(order.queries, _ours(services, order.day)))
    if name == Fts5.name:
        fts5 = Fts5(texts)
        try:
            return relevance.summarise(relevance.measure(order.queries, _theirs(fts5.find)))
        finally:
            fts5.close()
    if not url:
        return None
    if name == StockMeilisearch.name:
        stock = StockMeilisearch(url, texts)
        try:
            return relevance.summarise(relevance.measure(order.queries, _theirs(stock.find)))
        finally:
            stock.close()
    with _installation(order.work, "meilisearch", url) as other:
        if not rebuild(other.library, other.engine, other.analyser, wait=30):
            raise EngineUnavailable(engine=name, reason="held")
        return relevance.summarise(relevance.measure(order.queries, _ours(other, order.day)))


def _ours(services: bootstrap.Services, day: dt.date) -> relevance.Ask:
    def ask(text: str) -> relevance.Found:
        results = services.searcher.search(Query(text, day, limit=_DEPTH))
        units = [(hit.act, hit.lang, hit.eid) for hit in results.hits]
        return relevance.found(units, told=not results.total or results.relaxed == "fewer_words")

    return ask


def _theirs(find: Callable[[str], list[tuple[str, str, str | None]]]) -> relevance.Ask:
    def ask(text: str) -> relevance.Found:
        units = find(text)
        return relevance.found(units, told=not units)

    return ask


@contextmanager
def _installation(home: Path, engine: str, url: str) -> Iterator[bootstrap.Services]:
    services = bootstrap.open_at(home, {"KB_ENGINE": engine, "KB_MEILI_URL": url})
    try:
        yield services
    finally:
        services.close()


def fill(services: bootstrap.Services, folders: Sequence[Path]) -> None:
    """Take in all files of ``folders`` and index them.

    Raises:
        KbError: a file was refused; a measure over fewer documents would mislead.
    """
    order = Order(limits=services.read_limits, memory_bytes=services.limits.memory_bytes, who="bench")
    for result in ingest(services.library, find_files(folders), order):
        if isinstance(result.error, KbError):
            raise result.error
    if not rebuild(services.library, services.engine, services.analyser, wait=30):
        raise EngineUnavailable(engine="embedded", reason="held")


def _texts(services: bootstrap.Services) -> list[Text]:
    library, analyser = services.library, services.analyser
    documents = map(library.edition, library.editions())
    return [plain_text(one) for each in documents for one in make_records(each, until=None, analyser=analyser)]


@dataclass(frozen=True, slots=True)
class Speed:
    """What is measured: folders whose sentences are recombined, where to work, units, queries of each class.

    ``alone`` leaves FTS5 out.
    """

    folders: Sequence[Path]
    work: Path
    units: int
    each: int
    alone: bool = False


def measure_speed(order: Speed, done: Callable[[str], None]) -> dict[str, object]:
    """Figures of a large embedded index, FTS5 beside it; ``load`` is the machine's before and after.

    Args:
        order: what is measured.
        done: called with the name of each step when it begins.
    """
    before = os.getloadavg()
    done("texts")
    with _installation(order.work / "home", "embedded", "") as services:
        fill(services, order.folders)
        documents = [services.library.edition(uri) for uri in services.library.editions()]
        stems = services.analyser.fit(map(texts_of, documents))
        pool = collect(documents, services.analyser.frozen(stems))
        thesaurus = services.thesaurus
    done("index")
    units = max(order.units // UNITS, 1) * UNITS
    ground = speed.build(
        order.work / "index", pool, stems, thesaurus.current(), units, lambda count: done(f"index {count}")
    )
    size = speed.index_bytes(ground.folder)
    fts5 = None
    if not order.alone:
        done("fts5")
        fts5 = Fts5Facets(speed.all_records(ground), order.work / "fts5.sqlite3")
    done("queries")

    def answer(searcher: Searcher, query: Query) -> bytes:
        return search_answer(searcher.search(query)).model_dump_json().encode()

    bench = speed.Bench(ground, answer, order.each, thesaurus.current)
    done("quiet")
    quiet = speed.summarise(bench.run(fts5))
    done("commits")
    commits = speed.commit_times(ground)
    done("while an ingest runs")
    with speed.ingesting(ground, documents):
        busy = speed.summarise(bench.run(None))
    if fts5 is not None:
        fts5.close()
    return {
        "units": units,
        "build_seconds": round(ground.seconds, 1),
        "index_mb_per_100k_units": round(size / units / 10, 1),
        "classes": quiet,
        "while_ingesting": busy,
        "commit_visible_ms": {"p50": speed.quantile(commits, 50), "p95": speed.quantile(commits, 95)},
        "load": {"before": before, "after": os.getloadavg()},
    }
