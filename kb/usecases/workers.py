"""Reading files in processes of their own, so that no file can take the time or memory of the rest."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from kb.errors import KbError, TooLarge

Task = TypeVar("Task")
Result = TypeVar("Result")

#: A worker is replaced after so many files: what libraries written in C leak is then given back.
FILES_A_WORKER = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one task may use: seconds of time, bytes of memory beyond what a worker needs to start."""

    seconds: float
    memory_bytes: int


def run_all(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    bounds: Bounds,
    *,
    ready: Callable[[Task], Result | KbError | None] = lambda task: None,
    again: Callable[[Task, KbError], tuple[Task, float] | None] = lambda task, error: None,
    processes: int | None = None,
) -> Iterator[tuple[Task, Result | KbError]]:
    """Run ``work`` on each task in worker processes.

    Args:
        work: a function of a module; runs in a worker.
        bounds: time and memory of one task.
        again: called here with each error; a task that it gives is run in place of the first, in so many seconds.
        ready: called here before a task goes to a worker; a result that it has spares the worker.
        tasks: what to work on; read no further ahead than twice the number of workers.
        processes: number of workers, one a core when None.

    Yields:
        Each task with its result, or the error that it ended with, in the order of the tasks.
        Running out of time or memory, or dying, is TooLarge with the parameter ``what``.
    """
    count = processes or os.cpu_count() or 1

    def start(task: Task) -> Future[Result | KbError]:
        result = ready(task)
        if result is None:
            return pool.schedule(work, args=[task], timeout=bounds.seconds)
        future: Future[Result | KbError] = Future()
        future.set_result(result)
        return future

    pool = ProcessPool(
        max_workers=count,
        max_tasks=FILES_A_WORKER,
        initializer=_bound_memory,
        initargs=[bounds.memory_bytes],
        context=_context(work.__module__),
    )
    waiting = iter(tasks)
    ahead: deque[tuple[Task, Future[Result | KbError]]] = deque()
    with pool:
        try:
            while True:
                ahead.extend((task, start(task)) for task in islice(waiting, 2 * count - len(ahead)))
                if not ahead:
                    break
                done, future = ahead.popleft()
                result = _result(future, bounds)
                more = again(done, result) if isinstance(result, KbError) else None
                if more is None:
                    yield done, result
                    continue
                longer, seconds = more
                ahead.appendleft((longer, pool.schedule(work, args=[longer], timeout=seconds)))
        except GeneratorExit:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _context(preload: str) -> multiprocessing.context.BaseContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


def _bound_memory(more: int) -> None:
    used = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    # Only the soft limit: outside programs get one of their own, which the hard limit would keep down.
    soft = used + more if hard == resource.RLIM_INFINITY else min(used + more, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _result(future: Future[Result | KbError], bounds: Bounds) -> Result | KbError:
    try:
        return future.result()
    except KbError as error:
        return error
    except Overdue:
        return TooLarge(what="seconds", limit=bounds.seconds)
    except (MemoryError, ProcessExpired):
        return TooLarge(what="memory", limit=bounds.memory_bytes)
