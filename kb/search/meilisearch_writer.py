"""The writer of a Meilisearch index.

A commit is several tasks of the server, one after another, so it begins with a ``pending`` document that says which
editions it touches and what the vocabulary loses with their old records, and ends with a ``state`` document of the
next generation. Where a process dies in between, the next writer takes these editions out as a whole; the outbox,
which is beyond the sequence in ``state``, then brings them back.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

from kb.search.meilisearch_client import Client, unavailable
from kb.search.meilisearch_queries import has
from kb.search.meilisearch_records import (
    code,
    decode_record,
    encode_line,
    encode_note,
    encode_record,
    pack_change,
    unpack_change,
)
from kb.search.records import Record
from kb.search.vocabulary import Change, Vocabulary

STATE, PENDING = "state", "pending"
#: Bytes and documents that one task takes.
_BATCH_BYTES, _BATCH_DOCUMENTS = 8_000_000, 2_000
_PAGE = 1_000
#: Tasks of a building that may wait at the server.
_QUEUED = 50
#: The vocabulary is written out whole when so many commits have told of changes to it, or so many lines of them.
_NOTES, _LINES = 200, 20_000


@dataclass(frozen=True, slots=True)
class State:
    """What an index says of itself.

    Attributes:
        build: name of the index's making, another for each rebuild.
        generation: number of the last commit, 0 before the first.
        sequence: outbox sequence of the last commit.
        version: what it was made with.
        stems: documents that hold the table of stems.
        notes: commits since the vocabulary was written out whole.
        lines: lines of changes since then.
    """

    build: str
    generation: int
    sequence: int
    version: Mapping[str, str]
    stems: int = 0
    notes: int = 0
    lines: int = 0

    def document(self) -> dict[str, Any]:
        """The document that holds it."""
        return {
            "id": STATE,
            "has": [code("sort", "state")],
            "build": self.build,
            "generation": self.generation,
            "sequence": self.sequence,
            "version": dict(self.version),
            "stems": self.stems,
            "notes": self.notes,
            "lines": self.lines,
        }


def read_state(document: Mapping[str, Any]) -> State:
    """The state that a document holds."""
    return State(
        str(document["build"]),
        int(document["generation"]),
        int(document["sequence"]),
        dict(document["version"]),
        int(document["stems"]),
        int(document["notes"]),
        int(document["lines"]),
    )


@dataclass(slots=True)
class _Edition:
    """New records of an edition: ids, what they add to the vocabulary, and where their lines are in the spool."""

    ids: list[str] = field(default_factory=list)
    change: Change = field(default_factory=Change)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class _Built:
    """What was sent to an index that is being built: tasks, editions, words, and the sequence that is reached."""

    tasks: list[int] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    change: Change = field(default_factory=Change)
    sequence: int = 0


class IndexWriter:
    """Writer of one Meilisearch index; see ``kb.search.engine.Writer``."""

    def __init__(
        self, client: Client, index: str, refreshed: Callable[[], tuple[State, Vocabulary]], *, building: bool = False
    ) -> None:
        """Write to ``index``.

        Args:
            client: has the admin key.
            index: uid of the index.
            refreshed: gives what the index says of itself, and its vocabulary, as of the last commit.
            building: whether nobody sees the index before ``finish``, so that commits need not wait for the server.
        """
        self._client = client
        self._path = f"/indexes/{index}/documents"
        self._refreshed = refreshed
        self.state, self._vocabulary = refreshed()
        self._broken = False
        self._built = _Built() if building else None
        self._editions: dict[str, _Edition] = {}
        self._acts: dict[str, None] = {}

    def __enter__(self) -> IndexWriter:
        """Mend what a writer that died has left."""
        self._spool = tempfile.TemporaryFile()
        try:
            self._mend()
        except BaseException:
            self._spool.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was not committed."""
        self._spool.close()

    def replace_edition(self, edition: str, records: Iterable[Record]) -> None:
        """Put ``records`` in the place of all that the index holds of the edition."""
        self._spool.seek(0, 2)
        new = _Edition(start=self._spool.tell())
        for record in records:
            self._spool.write(encode_line(encode_record(record)))
            new.ids.append(record.id)
            new.change.count(record)
        new.end = self._spool.tell()
        self._editions[edition] = new

    def remove_edition(self, edition: str) -> None:
        """Take out all records of an edition."""
        self._editions[edition] = _Edition()

    def remove_act(self, act: str) -> None:
        """Take out all records of all editions of an act."""
        self._acts[act] = None
        for edition in self._editions:
            if edition.startswith(act + "/"):
                self._editions[edition] = _Edition()

    def commit(self, sequence: int) -> None:
        """Make all changes visible, together with the outbox sequence that they reach."""
        if self._broken:
            raise unavailable("a commit has failed; the next writer mends it")
        if self._built and not (self._acts or self._built.editions.intersection(self._editions)):
            self._send(self._built, sequence)
            return
        self.finish()
        self._check_alone()
        lost, old = self._old_records()
        change = Change()
        change.add(lost)
        kept: set[str] = set()
        for edition in self._editions.values():
            change.add(edition.change)
            kept.update(edition.ids)
        self._write(sequence, lost, change, [key for key in old if key not in kept])
        self._forget()

    def finish(self) -> None:
        """End the building: what was sent is there, with state and vocabulary."""
        built, self._built = self._built, None
        if built:
            self._run(built.tasks)
            self._run([self._add(b"".join(map(encode_line, self._closing(built.sequence, built.change))))])
            self.state, self._vocabulary = self._refreshed()

    def _send(self, built: _Built, sequence: int) -> None:
        """Give records to the server, which takes in many batches at once where it need not be waited for."""
        built.tasks += map(self._add, self._new_lines())
        for edition in self._editions.values():
            built.change.add(edition.change)
        built.editions.update(self._editions)
        built.sequence = sequence
        early, built.tasks = built.tasks[:-_QUEUED], built.tasks[-_QUEUED:]
        self._run(early)
        self._forget()

    def _forget(self) -> None:
        self._editions.clear()
        self._acts.clear()
        self._spool.seek(0)
        self._spool.truncate()

    def _write(self, sequence: int, lost: Change, change: Change, stale: Sequence[str]) -> None:
        self._broken = True
        end = b"".join(map(encode_line, self._closing(sequence, change)))
        lines = self._new_lines()
        first = next(lines, b"")
        second = next(lines, b"")
        if not stale and not second and len(first) + len(end) < _BATCH_BYTES:
            self._run([self._add(first + end)])
        else:
            tasks = [self._add(encode_line(self._pending(lost)) + first)]
            tasks += [self._add(more) for more in (second, *lines) if more]
            tasks += [
                self._client.post(self._path + "/delete-batch", list(stale[start : start + _PAGE]))["taskUid"]
                for start in range(0, len(stale), _PAGE)
            ]
            self._run(tasks)
            self._run([self._add(end)])
        self.state, self._vocabulary = self._refreshed()
        if self.state.notes == 1 and self.state.generation > 1:
            self._sweep_notes()
        self._broken = False

    def _closing(self, sequence: int, change: Change) -> Iterator[dict[str, Any]]:
        """The documents that end a commit: what it changed in the vocabulary, and the new state."""
        before = self.state
        generation = before.generation + 1
        notes, lines = before.notes + 1, before.lines + len(change.types) + len(change.keys)
        if before.generation == 0 or notes > _NOTES or lines > max(_LINES, self._vocabulary.size):
            whole = self._vocabulary.dump()
            whole.add(change)
            yield from encode_note(generation, whole, whole=True)
            notes, lines = 1, 0
        # who has seen the commit before needs but this one's changes, even where all is written out
        yield from encode_note(generation, change, whole=False)
        yield replace(before, generation=generation, sequence=sequence, notes=notes, lines=lines).document()

    def _pending(self, lost: Change) -> dict[str, Any]:
        return {
            "id": PENDING,
            "build": self.state.build,
            "generation": self.state.generation + 1,
            "editions": list(self._editions),
            "acts": list(self._acts),
            "packed": pack_change(lost),
        }

    def _new_lines(self) -> Iterator[bytes]:
        """The new records in batches."""
        batch: list[bytes] = []
        size = 0
        for edition in self._editions.values():
            self._spool.seek(edition.start)
            while self._spool.tell() < edition.end:
                line = self._spool.readline()
                if batch and (size + len(line) > _BATCH_BYTES or len(batch) >= _BATCH_DOCUMENTS):
                    yield b"".join(batch)
                    batch, size = [], 0
                batch.append(line)
                size += len(line)
        if batch:
            yield b"".join(batch)

    def _old_records(self) -> tuple[Change, list[str]]:
        """What the vocabulary loses with the records that the index holds of what is changed, and their ids."""
        lost, keys = Change(), []
        for condition in self._touched():
            for document in self._documents(condition):
                record = self._vocabulary.with_keys(decode_record(document))
                lost.count(record, -1)
                keys.append(record.id)
        return lost, keys

    def _touched(self) -> Iterator[str]:
        """Conditions that between them find each record of what is changed once."""
        editions = list(self._editions)
        acts = list(self._acts)
        for start in range(0, len(acts), _PAGE):
            yield has(("act", act) for act in acts[start : start + _PAGE])
        loose = [edition for edition in editions if not any(edition.startswith(act + "/") for act in acts)]
        for start in range(0, len(loose), _PAGE):
            yield has(("edition", edition) for edition in loose[start : start + _PAGE])

    def _documents(self, condition: str) -> Iterator[Mapping[str, Any]]:
        offset, total = 0, 1
        while offset < total:
            asked = {"filter": condition, "limit": _PAGE, "offset": offset, "fields": ["id", "ranked", "shown"]}
            found = self._client.post(self._path + "/fetch", asked)
            yield from found["results"]
            total = int(found["total"])
            offset += _PAGE

    def _check_alone(self) -> None:
        told = read_state(self._client.get(f"{self._path}/{STATE}"))
        if (told.build, told.generation) != (self.state.build, self.state.generation):
            raise unavailable("another process has written to the index")

    def _mend(self) -> None:
        """Take out what a commit that broke off has touched."""
        found = self._client.post(self._path + "/fetch", {"ids": [PENDING], "limit": 1})["results"]
        told = next(iter(found), None)
        if not told or told["build"] != self.state.build or told["generation"] <= self.state.generation:
            return
        touched = [has(("edition", edition) for edition in told["editions"])] if told["editions"] else []
        touched += [has(("act", act) for act in told["acts"])] if told["acts"] else []
        self._run(
            [self._client.post(self._path + "/delete", {"filter": condition})["taskUid"] for condition in touched]
        )
        change = unpack_change(told["packed"])
        self._run([self._add(b"".join(map(encode_line, self._closing(self.state.sequence, change))))])
        self.state, self._vocabulary = self._refreshed()

    def _sweep_notes(self) -> None:
        """Take out notes from before the vocabulary was written out whole."""
        condition = f"{has([('sort', 'note')])} AND generation < {self.state.generation}"
        self._run([self._client.post(self._path + "/delete", {"filter": condition})["taskUid"]])

    def _add(self, lines: bytes) -> int:
        return int(self._client.post_lines(self._path, lines)["taskUid"])

    def _run(self, tasks: Sequence[int]) -> None:
        self._client.wait(tasks)
