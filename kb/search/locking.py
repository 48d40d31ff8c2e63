"""The lock of an index's one writer, among the processes that share a data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def writer_lock(folder: Path, wait: float) -> Iterator[bool]:
    """Hold the lock of the index in ``folder`` for as long as the context lasts.

    Args:
        folder: where the lock lies; made if it is not there.
        wait: seconds to wait for another writer.

    Returns:
        A context that gives False where another writer holds the lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
