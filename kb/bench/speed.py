"""How fast a large index answers, by class of query, beside SQLite FTS5 over the same texts in the same run."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from kb.bench.plain import Fts5Facets
from kb.bench.queries import CLASSES, draft
from kb.bench.recombine import UNITS, Pool, make_act
from kb.documents import Document
from kb.language.analyser import load
from kb.language.model import Analyser
from kb.language.thesaurus import Thesaurus
from kb.search.embedded import EmbeddedEngine
from kb.search.engine import Candidates, Request
from kb.search.model import Query
from kb.search.records import Record, make_records
from kb.search.searcher import Searcher
from kb.search.synonyms import Synonyms
from kb.search.vocabulary import Vocabulary

_COMMIT_ACTS = 400
_COMMITS = 20
#: Queries tried for one that is of its class.
_DRAFTS = 300
_SEED = 7


class Timed:
    """An engine that adds up the time that its calls take."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        """Measure ``engine``."""
        self.engine = engine
        self.seconds = self.cpu = 0.0

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)

    def candidates(self, request: Request) -> Candidates:
        """As the engine's."""
        start, cpu = time.perf_counter(), time.process_time()
        try:
            return self.engine.candidates(request)
        finally:
            self.seconds += time.perf_counter() - start
            self.cpu += time.process_time() - cpu

    def vocabulary(self) -> Vocabulary:
        """As the engine's."""
        start, cpu = time.perf_counter(), time.process_time()
        try:
            return self.engine.vocabulary()
        finally:
            self.seconds += time.perf_counter() - start
            self.cpu += time.process_time() - cpu


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one query: in the engine, of the whole request, in FTS5 (None where it finds nothing).

    ``engine_cpu`` and ``request_cpu`` are time on all processors together, which other programs do not lengthen.
    """

    engine: float
    request: float
    engine_cpu: float
    request_cpu: float
    fts5: float | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What is searched."""

    folder: Path
    pool: Pool
    units: int
    analyser: Analyser
    seconds: float

    def engine(self) -> EmbeddedEngine:
        """The index, opened anew."""
        return EmbeddedEngine(self.folder, analyser_version=self.analyser.version)


def build(
    folder: Path, pool: Pool, stems: bytes, thesaurus: Thesaurus, units: int, done: Callable[[int], None]
) -> Ground:
    """An index of so many units recombined from a pool.

    Args:
        folder: where it is built.
        pool: sentences, analysed by stems.
        stems: table of stems.
        thesaurus: gives the phrases that the index knows.
        units: how many units.
        done: called with the number of units written so far.
    """
    start = time.perf_counter()
    analyser = load()
    phrases = Synonyms(thesaurus, analyser.frozen(stems)).phrases()
    engine = EmbeddedEngine(folder, analyser_version=analyser.version, names=lambda stems: phrases)
    with engine.rebuild(stems=stems) as writer:
        if writer is None:
            raise RuntimeError(str(folder))
        for number in range(units // UNITS):
            records = list(make_act(number, pool, _SEED))
            writer.replace_edition(records[0].edition, records)
            if number % _COMMIT_ACTS == _COMMIT_ACTS - 1:
                writer.commit(number)
                done(number * UNITS)
        writer.commit(units)
    return Ground(folder, pool, units, analyser, time.perf_counter() - start)


def all_records(ground: Ground) -> Iterator[Record]:
    """Records of the index once more."""
    for number in range(ground.units // UNITS):
        yield from make_act(number, ground.pool, _SEED)


class Bench:
    """Queries of each class, kept so that they can be asked again under other conditions."""

    def __init__(
        self,
        ground: Ground,
        answer: Callable[[Searcher, Query], object],
        each: int,
        thesaurus: Callable[[], Thesaurus] = Thesaurus,
    ) -> None:
        """Choose ``each`` queries of each class.

        Args:
            ground: what is searched.
            answer: a whole request: from the query to what is sent.
            each: queries of a class.
            thesaurus: gives other names of words.
        """
        self._timed = Timed(ground.engine())
        self._searcher = Searcher(self._timed, ground.analyser, thesaurus=thesaurus)  # type: ignore[arg-type]
        self._answer = answer
        dice = random.Random(_SEED)  # noqa: S311
        plain = Query("", dt.date(2026, 1, 1))
        self.queries: dict[str, list[Query]] = {}
        for kind in CLASSES:
            drafts = draft(kind, ground.pool, self._timed.vocabulary(), dice, plain)
            tried = itertools.islice(drafts, each * _DRAFTS)
            proven = (one.query for one in tried if one.proves(self._searcher.search(one.query)))
            self.queries[kind] = list(itertools.islice(proven, each))
            if len(self.queries[kind]) < each:
                raise RuntimeError(kind)

    def run(self, fts5: Fts5Facets | None) -> dict[str, list[Times]]:
        """Ask every query once, ours and FTS5's in turn."""
        return {kind: [self._ask(query, fts5) for query in queries] for kind, queries in self.queries.items()}

    def _ask(self, query: Query, fts5: Fts5Facets | None) -> Times:
        self._timed.seconds = self._timed.cpu = 0.0
        start, cpu = time.perf_counter(), time.process_time()
        self._answer(self._searcher, query)
        request, request_cpu = time.perf_counter() - start, time.process_time() - cpu
        beside = None
        if fts5 is not None:
            start = time.perf_counter()
            beside = time.perf_counter() - start if fts5.answer(query) else None
        engine, cpu, request, request_cpu = (
            seconds * 1_000 for seconds in (self._timed.seconds, self._timed.cpu, request, request_cpu)
        )
        return Times(engine, request, cpu, request_cpu, beside and beside * 1_000)


def summarise(times: dict[str, list[Times]]) -> dict[str, dict[str, float | int | None]]:
    """p50 and p95 in milliseconds by class, and the ratios of the engine's p95 to FTS5's."""
    report: dict[str, dict[str, float | int | None]] = {}
    for kind, all_times in times.items():
        figures: dict[str, float | int | None] = {"queries": len(all_times)}
        for name in ("engine", "request", "engine_cpu", "request_cpu", "fts5"):
            values = [value for one in all_times if (value := getattr(one, name)) is not None]
            figures |= {f"{name}_p50": quantile(values, 50), f"{name}_p95": quantile(values, 95)}
        figures["fts5_answered"] = sum(one.fts5 is not None for one in all_times)
        ours, theirs = figures["engine_p95"], figures["fts5_p95"]
        figures["p95_ratio"] = round(ours / theirs, 3) if ours and theirs else None
        report[kind] = figures
    return report


def quantile(values: Sequence[float], percent: int) -> float | None:
    """A percentile, inclusive; None of fewer than two values."""
    if len(values) < 2:
        return None
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 2)


def index_bytes(folder: Path) -> int:
    """Bytes of all files of the index."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def commit_times(ground: Ground) -> list[float]:
    """Milliseconds from the call that commits one act until another reader sees it."""
    reader, times = ground.engine(), []
    reader.vocabulary()
    with ground.engine().writer(wait=10) as writer:
        if writer is None:
            raise RuntimeError(str(ground.folder))
        for number in range(_COMMITS):
            records = list(make_act(number, ground.pool, _SEED))
            sequence = ground.units + number + 1
            writer.replace_edition(records[0].edition, records)
            start = time.perf_counter()
            writer.commit(sequence)
            while reader.sequence() < sequence:
                time.sleep(0.0005)
            times.append((time.perf_counter() - start) * 1_000)
    return times


@contextmanager
def ingesting(ground: Ground, documents: Sequence[Document]) -> Iterator[None]:
    """One niced process that analyses documents and commits them to the index as long as the context lasts."""
    context = multiprocessing.get_context("spawn")
    stop, ready = context.Event(), context.Event()
    process = context.Process(target=_ingest, args=(ground.folder, documents, stop, ready), daemon=True)
    process.start()
    try:
        if not ready.wait(120):
            raise RuntimeError(str(ground.folder))
        yield
    finally:
        stop.set()
        process.join(60)
        if process.is_alive():
            process.kill()


def _ingest(folder: Path, documents: Sequence[Document], stop: Event, ready: Event) -> None:
    os.nice(10)
    analyser = load()
    engine = EmbeddedEngine(folder, analyser_version=analyser.version)
    frozen = analyser.frozen(engine.stems())
    sequence = engine.sequence()
    with engine.writer(wait=30) as writer:
        while writer is not None and not stop.is_set():
            for document in documents:
                writer.replace_edition(document.edition.uri, make_records(document, until=None, analyser=frozen))
                sequence += 1
                writer.commit(sequence)
                ready.set()
                if stop.is_set():
                    break
