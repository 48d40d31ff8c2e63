"""Mutants taken in by bounded workers, and what came of them."""

from __future__ import annotations

import os
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.documents import Document, Report
from kb.errors import KbError, TooLarge
from kb.ingest.assemble import read_document
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import read_bytes
from kb.ingest.sidecar import Hints
from kb.usecases.workers import Bounds, run_all
from tests.mutants.making import make_mutant

#: Time and memory of one mutant: a quarter of the time that the product gives a file, and its memory.
BOUNDS = Bounds(seconds=30.0, memory_bytes=1024**3)
LIMITS = ReadLimits(seconds=25.0)
#: Formats that an outside program reads, which costs seconds a file; no other is given one.
OUTSIDE = frozenset({".doc", ".odt"})
_PATH = os.environ.get("PATH", "")


@dataclass(frozen=True, slots=True)
class Task:
    """Mutant ``number`` of the file at ``path``."""

    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a mutant.

    Attributes:
        task: the mutant.
        code: ``document``, or the code of the error that refused it.
        reached: whether its reader handed blocks on, so that the structure was built.
        seconds: time that it took.
        fault: a traceback or a broken promise of the document, else empty; ``limit`` if it was over its limits.
    """

    task: Task
    code: str
    reached: bool
    seconds: float
    fault: str = ""


@lru_cache(maxsize=32)
def _seed(path: Path) -> bytes:
    return path.read_bytes()


def run(task: Task) -> Outcome:
    """Take in one mutant; runs in a worker."""
    ending = task.path.suffix
    content = make_mutant(_seed(task.path), ending, task.number)
    os.environ["PATH"] = _PATH if ending in OUTSIDE else ""
    start = time.perf_counter()
    code, reached, fault = "document", False, ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            _, reading = read_bytes(content, task.path.name, LIMITS)
            reached = True
            fault = broken_promise(*read_document(reading, task.path.name, Hints()))
    except KbError as error:
        code = error.code
        if isinstance(error, TooLarge) and error.params.get("what") in {"seconds", "memory"}:
            fault = "limit"
    except Exception:
        fault = traceback.format_exc()
    return Outcome(task, code, reached, time.perf_counter() - start, fault)


def broken_promise(document: Document, report: Report) -> str:
    """What a document or its report says that cannot be, or an empty text."""
    seen: set[str] = set()
    for unit in document.units:
        if unit.eid in seen:
            return f"eId twice: {unit.eid}"
        if unit.parent is not None and unit.parent not in seen:
            return f"parent behind its child: {unit.eid}"
        if any(not block.text.strip() for block in unit.body):
            return f"empty block in {unit.eid}"
        seen.add(unit.eid)
    coverage = report.coverage
    if not 0 <= coverage.placed <= coverage.characters:
        return f"coverage {coverage.placed} of {coverage.characters}"
    if not document.metadata.title:
        return "no title"
    return ""


def try_all(tasks: Sequence[Task], *, processes: int) -> Iterator[Outcome]:
    """What comes of each mutant, in order; a worker that ran out of time or memory, or died, is over its limits."""
    for task, found in run_all(run, tasks, BOUNDS, processes=processes):
        if isinstance(found, KbError):
            yield Outcome(task, found.code, reached=False, seconds=BOUNDS.seconds, fault=f"limit: {found}")
        else:
            yield found
