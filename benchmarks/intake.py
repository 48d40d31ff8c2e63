"""Intake of one PDF, bytes to commit, beside pypdf's bare text extraction of the same file.

    .venv/bin/python benchmarks/intake.py ../shared/corpus/civil-code-part-1.ru.pdf

Imports are not counted. Each figure is the median of the runs; ours has a fresh SQLite database in each.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdf

from kb.documents import Intake
from kb.ingest.assemble import INTAKE_VERSION, read_document, take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import read_bytes
from kb.ingest.sidecar import Hints
from kb.language.analyser import load
from kb.search.records import make_records
from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library

LIMITS = ReadLimits()


def clock(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_pypdf(content: bytes) -> int:
    """Characters that pypdf extracts."""
    return sum(len(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def stages(content: bytes, path: str, folder: Path) -> dict[str, float]:
    """Seconds of each stage of one intake, from bytes to commit."""
    database = open_database(f"sqlite:///{folder / 'bench.sqlite3'}")
    upgrade(database)
    library = Library(database)
    times = [time.perf_counter()]
    _, reading = read_bytes(content, path, LIMITS)
    times.append(time.perf_counter())
    read_document(reading, path, Hints())
    times.append(time.perf_counter())
    whole = time.perf_counter()
    intake = take_in(content, path, Hints(), LIMITS)
    library.store(intake, who="bench", version=INTAKE_VERSION)
    whole = time.perf_counter() - whole
    stored = clock(lambda: library.document(intake.document.act_id.uri))
    database.dispose()
    return {"read": times[1] - times[0], "structure": times[2] - times[1], "bytes to commit": whole, "load": stored}


def indexing(intake: Intake) -> float:
    """Seconds of analysing the records of the document and nothing else, the analyser warm."""
    analyser = load()
    make_records(intake.document, until=None, analyser=analyser)
    return clock(lambda: make_records(intake.document, until=None, analyser=analyser))


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    content = options.file.read_bytes()
    ours: list[dict[str, float]] = []
    theirs: list[float] = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as folder:
            ours.append(stages(content, str(options.file), Path(folder)))
        theirs.append(clock(lambda: bare_pypdf(content)))
    figures = {name: statistics.median(run[name] for run in ours) for name in ours[0]}
    intake = take_in(content, str(options.file), Hints(), LIMITS)
    figures["records analysed"] = indexing(intake)
    figures["pypdf bare text"] = statistics.median(theirs)
    figures["times faster"] = figures["pypdf bare text"] / figures["bytes to commit"]
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=2))


if __name__ == "__main__":
    main()
