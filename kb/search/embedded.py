"""The embedded engine: a tantivy index in a folder, read by many processes, written by one.

The folder holds ``current.json``, which names the index in use and its versions, one folder for each index, and
``writer.lock``. Sequence and vocabulary are stored as documents of the index itself, so that they change in the
same commit as the records; the table of stems and the compounds, which never change, are files in the index's folder.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from kb.errors import EngineUnavailable, IndexMissing
from kb.search.compounds import Compounds
from kb.search.embedded_queries import build_query, facet_queries
from kb.search.embedded_schema import SCHEMA, decode_candidate, read_change, read_record
from kb.search.embedded_writer import IndexWriter
from kb.search.engine import Candidates, Request
from kb.search.locking import writer_lock
from kb.search.records import SCHEMA_VERSION, Record, record_id
from kb.search.vocabulary import Vocabulary

_POINTER = "current.json"
_BUCKETS = 10_000
#: Queries of facets that are counted at the same time.
_ASIDE = 4
_STEMS, _COMPOUNDS = "stems.bin", "compounds.json"

#: What says that a file has changed: time, inode, size.
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What one process sees of the index between two changes."""

    folder: Path
    stamp: _Stamp
    index: Any
    searcher: Any
    vocabulary: Vocabulary
    generation: int
    sequence: int
    stems: bytes
    compounds: Compounds


class EmbeddedEngine:
    """Engine over an index in ``folder``; see ``kb.search.engine.Engine``."""

    def __init__(
        self,
        folder: Path,
        *,
        analyser_version: str,
        names: Callable[[bytes], Iterable[tuple[str, ...]]] = lambda stems: (),
    ) -> None:
        """Use (or later create) the index in ``folder``, which need not exist.

        Args:
            folder: the engine's own folder.
            analyser_version: version of the analyser that records and queries are made with.
            names: gives, for a table of stems, sequences of keys that queries will often look for; an index knows those
                of the time when it was built, and finds others more slowly.
        """
        self._names = names
        self._root = folder
        self._version = {"schema": SCHEMA_VERSION, "analyser": analyser_version, "tantivy": version("tantivy")}
        self._lock = threading.Lock()
        self._pointer: tuple[_Stamp, Path] | None = None
        self._seen: _Snapshot | None = None
        self._aside = ThreadPoolExecutor(max_workers=_ASIDE, thread_name_prefix="kb-facets")

    def sequence(self) -> int:
        """Outbox sequence of the last commit; 0 where there is no index that can be used."""
        try:
            return self._snapshot().sequence
        except IndexMissing:
            return 0

    def needs_rebuild(self) -> bool:
        """Whether there is no index, or one of another version."""
        try:
            self._snapshot()
        except IndexMissing:
            return True
        return False

    def stems(self) -> bytes:
        """Table of stems that the index was built with."""
        return self._snapshot().stems

    def vocabulary(self) -> Vocabulary:
        """Words of the records that the index holds now."""
        return self._snapshot().vocabulary

    def candidates(self, request: Request) -> Candidates:
        """Records that match; without words and phrases the newest acts first."""
        snapshot = self._snapshot()
        searcher = snapshot.searcher
        try:
            query = build_query(searcher, request, snapshot.compounds)
            counting = self._count_facets(searcher, request, snapshot.compounds, query)
            newest = "recency" if not (request.words or request.phrases) else None
            found = searcher.search(
                query, limit=max(request.window, 1), offset=request.skip if request.window else 0, order_by_field=newest
            )
            hits = found.hits if request.window else []
            window = tuple(decode_candidate(searcher, address, float(score)) for score, address in hits)
            facets = counting()
        except (ValueError, OSError) as error:
            raise EngineUnavailable(engine="embedded", reason=str(error)) from error
        return Candidates(window=window, total=int(found.count or 0), facets=facets)

    def _count_facets(
        self, searcher: Any, request: Request, compounds: Compounds, query: Any
    ) -> Callable[[], dict[str, dict[str, int]]]:
        """Begin to count by facet beside the search, for tantivy works without Python's lock; the call ends it.

        Those that are chosen are counted over a query without themselves.
        """
        begun = [
            (facets, self._aside.submit(searcher.aggregate, counted, {name: _terms(name) for name in facets}))
            for counted, facets in facet_queries(searcher, request, compounds, query)
        ]

        def end() -> dict[str, dict[str, int]]:
            counted: dict[str, dict[str, int]] = {}
            for facets, answer in begun:
                told = answer.result()
                for name in facets:
                    counted[name] = {str(one["key"]): int(one["doc_count"]) for one in told[name]["buckets"]}
            return {name: counted.get(name, {}) for name in request.facets}

        return end

    def record(self, edition: str, eid: str | None) -> Record | None:
        """The group record of a unit or (eId None) of the whole document, None where the index has none."""
        searcher = self._snapshot().searcher
        found = searcher.search(tantivy.Query.term_query(SCHEMA, "id", record_id(edition, eid)), limit=1)
        return read_record(searcher.doc(found.hits[0][1])) if found.hits else None

    @contextmanager
    def writer(self, *, wait: float = 0.0) -> Iterator[IndexWriter | None]:
        """The writer of the live index, or None while another holds it."""
        self._snapshot()
        with writer_lock(self._root, wait) as held:
            if not held:
                yield None
                return
            snapshot = self._snapshot()
            with IndexWriter(
                snapshot.index, snapshot.generation, snapshot.sequence, snapshot.compounds, self._refreshed
            ) as writer:
                yield writer

    @contextmanager
    def rebuild(self, *, wait: float = 0.0, stems: bytes = b"") -> Iterator[IndexWriter | None]:
        """A writer of a new index that takes the live one's place at the end, or None while another writes."""
        with writer_lock(self._root, wait) as held:
            if not held:
                yield None
                return
            self._sweep()
            folder = self._new_folder()
            try:
                compounds = Compounds(self._names(stems))
                (folder / _STEMS).write_bytes(stems)
                (folder / _COMPOUNDS).write_bytes(compounds.dump())
                building = _Building(folder)
                with IndexWriter(building.index, 0, 0, compounds, building.refreshed) as writer:
                    yield writer
                    if not writer.generation:
                        writer.commit(0)
                self._point_to(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._sweep()

    def _new_folder(self) -> Path:
        numbers = [int(path.name[6:]) for path in self._root.glob("index-*") if path.name[6:].isdecimal()]
        folder = self._root / f"index-{max(numbers, default=0) + 1}"
        folder.mkdir()
        return folder

    def _point_to(self, folder: Path) -> None:
        draft = self._root / f"{_POINTER}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"folder": folder.name, **self._version}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._root / _POINTER)

    def _sweep(self) -> None:
        """Remove indexes that are not in use: replaced ones, and those of a rebuilding that broke off."""
        used = _read_pointer(self._root / _POINTER).get("folder")
        for path in self._root.glob("index-*"):
            if path.name != used:
                shutil.rmtree(path, ignore_errors=True)

    def _refreshed(self) -> tuple[Any, Vocabulary]:
        snapshot = self._snapshot()
        return snapshot.searcher, snapshot.vocabulary

    def _snapshot(self) -> _Snapshot:
        """The index as it is now; looks at two files to see whether it has changed."""
        with self._lock:
            for _ in range(3):
                folder = self._follow_pointer()
                try:
                    stamp = _stamp(folder / "meta.json")
                    if self._seen and self._seen.folder == folder and self._seen.stamp == stamp:
                        return self._seen
                    self._seen = _open(folder, stamp, self._seen)
                    return self._seen
                except (OSError, ValueError):
                    # another process may have put a new index in this one's place meanwhile
                    self._pointer = None
            raise IndexMissing

    def _follow_pointer(self) -> Path:
        path = self._root / _POINTER
        try:
            stamp = _stamp(path)
        except OSError:
            raise IndexMissing from None
        if self._pointer and self._pointer[0] == stamp:
            return self._pointer[1]
        told = _read_pointer(path)
        if {name: told.get(name) for name in self._version} != self._version:
            raise IndexMissing
        self._pointer = (stamp, self._root / str(told["folder"]))
        return self._pointer[1]


class _Building:
    """An index that no search sees yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.index = tantivy.Index(SCHEMA, str(folder))
        self.index.config_reader("manual")
        self._seen: _Snapshot | None = None

    def refreshed(self) -> tuple[Any, Vocabulary]:
        """Searcher and vocabulary as of the last commit."""
        self.index.reload()
        self._seen = _read(self._folder, (0, 0, 0), self.index, self._seen)
        return self._seen.searcher, self._seen.vocabulary


def _read_pointer(path: Path) -> dict[str, Any]:
    """What the pointer says; nothing where it is missing or broken, for then there is no index."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return (found.st_mtime_ns, found.st_ino, found.st_size)


def _open(folder: Path, stamp: _Stamp, before: _Snapshot | None) -> _Snapshot:
    if before and before.folder == folder:
        before.index.reload()
        return _read(folder, stamp, before.index, before)
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    index.reload()
    return _read(folder, stamp, index, None)


def _read(folder: Path, stamp: _Stamp, index: Any, before: _Snapshot | None) -> _Snapshot:
    """Take up what commits since ``before`` have told of sequence and vocabulary."""
    searcher = index.searcher()
    seen = before.generation if before else 0
    query = tantivy.Query.range_query(
        SCHEMA, "generation", tantivy.FieldType.Unsigned, lower_bound=seen, include_lower=False
    )
    count = int(searcher.search(query, limit=1).count or 0)
    found = searcher.search(query, limit=max(count, 1)).hits
    notes = sorted((read_change(searcher.doc(address)) for _, address in found), key=lambda note: note.generation)
    steps = [note for note in notes if not note.whole]
    vocabulary = before.vocabulary if before else Vocabulary()
    if any(note.whole for note in notes) and (before is None or not steps or steps[0].generation > seen + 1):
        base = [note for note in notes if note.whole][-1]
        vocabulary = Vocabulary()
        vocabulary.apply(base.change())
        steps = [note for note in steps if note.generation > base.generation]
    for note in steps:
        vocabulary.apply(note.change())
    last = notes[-1] if notes else None
    return _Snapshot(
        folder=folder,
        stamp=stamp,
        index=index,
        searcher=searcher,
        vocabulary=vocabulary,
        generation=last.generation if last else seen,
        sequence=last.sequence if last else (before.sequence if before else 0),
        stems=before.stems if before else (folder / _STEMS).read_bytes(),
        compounds=before.compounds if before else Compounds.load((folder / _COMPOUNDS).read_bytes()),
    )


def _terms(name: str) -> dict[str, dict[str, Any]]:
    return {"terms": {"field": name, "size": _BUCKETS}}
