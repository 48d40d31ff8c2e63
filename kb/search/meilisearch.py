"""The Meilisearch engine: an index on a server that several installations may share.

The server holds ``NAME``, the index in use, and while it is built anew ``NAME-new``. Sequence, versions and
vocabulary are documents of the index itself, so that they change places together with the records. Who writes holds
``writer.lock`` in the installation's own folder: there is one writer among all processes that share this folder.
Two folders have two names and do not meet; where both were given one name, the second to commit is refused.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from kb.errors import BadParameter, IndexMissing
from kb.search.engine import Candidates, Request
from kb.search.locking import writer_lock
from kb.search.meilisearch_client import Client, Refusal, unavailable
from kb.search.meilisearch_queries import has
from kb.search.meilisearch_records import decode_record, encode_stems, read_notes, read_stems
from kb.search.meilisearch_search import Search
from kb.search.meilisearch_settings import SETTINGS, version
from kb.search.meilisearch_writer import STATE, IndexWriter, State, read_state
from kb.search.notes import CommitNote, follow_notes
from kb.search.records import SCHEMA_VERSION, Record, record_id
from kb.search.vocabulary import Vocabulary

#: Seconds for which a search takes an index for unchanged without asking.
_FRESH = 0.1
_TRIES = 5
_T = TypeVar("_T")
#: Notes read in one answer; each is at most about a megabyte.
_NOTES_AT_ONCE = 20
_ACTIONS = ["search", "documents.get"]
#: What a server says to a key that may not make keys, or where it has no master key at all.
_NO_KEYS = frozenset({"invalid_api_key", "missing_master_key", "missing_authorization_header"})
_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What one process knows of the index."""

    state: State
    vocabulary: Vocabulary
    stems: bytes


class MeilisearchEngine:
    """Engine over an index of a Meilisearch server; see ``kb.search.engine.Engine``."""

    def __init__(
        self, folder: Path, *, analyser_version: str, url: str, key: str = "", search_key: str = "", name: str = ""
    ) -> None:
        """Use (or later create) an index; the server need not answer yet.

        Args:
            folder: the engine's own folder.
            analyser_version: version of the analyser that records and queries are made with.
            url: address of the server.
            key: key that may write indexes and tasks; with leave to make keys searches get one of their own.
            search_key: key that searches use; made with ``key`` when empty.
            name: uid of the index; chosen once and kept in ``folder`` when empty.

        Raises:
            BadParameter: ``url`` is no address, or ``name`` no name of an index.
        """
        if not set(name) <= _NAME_LETTERS:
            raise BadParameter(name="KB_MEILI_PREFIX", value=name)
        self._root = folder
        self._version = version(SCHEMA_VERSION, analyser_version)
        self._admin = Client(url, key)
        self._index = name or _own_name(folder)
        self._keys = _SearchKey(self._admin, search_key, self._index)
        self._lock = threading.Lock()
        self._seen: _Snapshot | None = None
        self._looked = -math.inf

    @property
    def name(self) -> str:
        """Uid of the index."""
        return self._index

    def sequence(self) -> int:
        """Outbox sequence of the last commit; 0 where there is no index that can be used."""
        try:
            return self._snapshot().state.sequence
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
        return self._snapshot(_FRESH).stems

    def vocabulary(self) -> Vocabulary:
        """Words of the records that the index holds now."""
        return self._snapshot(_FRESH).vocabulary

    def candidates(self, request: Request) -> Candidates:
        """Records that match; without words and phrases the newest acts first."""
        snapshot = self._snapshot(_FRESH)
        return Search(self._ask, self._index, request, snapshot.vocabulary, self._load).run()

    def record(self, edition: str, eid: str | None) -> Record | None:
        """The group record of a unit or (eId None) of the whole document, None where the index has none."""
        self._snapshot(_FRESH)
        document = self._document(record_id(edition, eid))
        return decode_record(document) if document else None

    @contextmanager
    def writer(self, *, wait: float = 0.0) -> Iterator[IndexWriter | None]:
        """The writer of the live index, or None while another holds it."""
        self._snapshot()
        with writer_lock(self._root, wait) as held:
            if not held:
                yield None
                return
            self._await_quiet()
            with IndexWriter(self._admin, self._index, self._refreshed) as writer:
                yield writer

    @contextmanager
    def rebuild(self, *, wait: float = 0.0, stems: bytes = b"") -> Iterator[IndexWriter | None]:
        """A writer of a new index that takes the live one's place at the end, or None while another writes."""
        with writer_lock(self._root, wait) as held:
            if not held:
                yield None
                return
            self._await_quiet()
            fresh = f"{self._index}-new"
            self._drop(fresh)
            try:
                self._create(fresh, stems)
                building = _Reader(self._admin, fresh)
                with IndexWriter(self._admin, fresh, building.refreshed, building=True) as writer:
                    yield writer
                    writer.finish()
                self._swap(fresh)
            finally:
                self._drop(fresh)

    def _await_quiet(self) -> None:
        """Let tasks end that a process which died has left to the server."""
        left = self._admin.unfinished([self._index, f"{self._index}-new"])
        if left:
            self._admin.post(f"/tasks/cancel?uids={','.join(map(str, left))}", {})
        while left := self._admin.unfinished([self._index, f"{self._index}-new"]):
            time.sleep(0.05)

    def _create(self, index: str, stems: bytes) -> None:
        self._run(self._admin.post("/indexes", {"uid": index, "primaryKey": "id"}))
        self._run(self._admin.patch(f"/indexes/{index}/settings", SETTINGS))
        pieces = list(encode_stems(stems))
        state = State(secrets.token_hex(8), 0, 0, self._version, len(pieces))
        self._run(self._admin.post(f"/indexes/{index}/documents", [*pieces, state.document()]))

    def _drop(self, index: str) -> None:
        try:
            self._run(self._admin.delete(f"/indexes/{index}"))
        except IndexMissing:
            pass
        except Refusal as refusal:
            if refusal.problem != "index_not_found":
                raise

    def _swap(self, fresh: str) -> None:
        try:
            self._admin.get(f"/indexes/{self._index}")
        except IndexMissing:
            self._run(self._admin.post("/indexes", {"uid": self._index, "primaryKey": "id"}))
        self._run(self._admin.post("/swap-indexes", [{"indexes": [self._index, fresh]}]))
        self._looked = -math.inf

    def _run(self, task: Mapping[str, Any]) -> None:
        self._admin.wait([int(task["taskUid"])])

    def _ask(self, queries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Answers to searches, all in one request, which also says whether the index is still the one that was seen."""
        told = {"indexUid": self._index, "filter": has([("sort", "state")]), "limit": 1}
        found = self._keys.call(lambda client: client.post("/multi-search", {"queries": [*queries, told]}))
        answers: list[dict[str, Any]] = found["results"][:-1]
        last = found["results"][-1]
        seen = self._seen
        if seen is None or [read_state(document) for document in last["hits"]] != [seen.state]:
            self._looked = -math.inf
        return answers

    def _document(self, key: str) -> Mapping[str, Any] | None:
        try:
            document: Mapping[str, Any] = self._keys.call(
                lambda client: client.get(f"/indexes/{self._index}/documents/{key}")
            )
        except Refusal as refusal:
            if refusal.problem == "document_not_found":
                return None
            raise
        return document

    def _load(self, keys: Sequence[str]) -> dict[str, Record]:
        if not keys:
            return {}
        asked = {"ids": list(keys), "limit": len(keys)}
        found = self._keys.call(lambda client: client.post(f"/indexes/{self._index}/documents/fetch", asked))
        records = map(decode_record, found["results"])
        loaded = {record.id: record for record in records}
        if len(loaded) < len(set(keys)):
            raise unavailable("the index has changed while it was read")
        return loaded

    def _state(self) -> State:
        """What the index says of itself now."""
        document = self._document(STATE)
        if document is None:
            raise IndexMissing(engine="meilisearch")
        state = read_state(document)
        if state.version != self._version:
            raise IndexMissing(engine="meilisearch")
        return state

    def _refreshed(self) -> tuple[State, Vocabulary]:
        snapshot = self._snapshot()
        return snapshot.state, snapshot.vocabulary

    def _snapshot(self, age: float = 0.0) -> _Snapshot:
        """The index as it was at most ``age`` seconds ago."""
        if self._seen and time.monotonic() - self._looked < age:
            return self._seen
        for _ in range(_TRIES):
            # asked for outside the lock, so that threads do not wait for each other where the server does not answer
            state = self._state()
            with self._lock:
                seen = self._seen
                if seen is None or not _reaches(seen.state, state):
                    try:
                        self._seen = seen = self._follow(state, seen)
                    except _Moved:
                        continue
                self._looked = time.monotonic()
                return seen
        raise unavailable("the notes on the index's vocabulary are not whole")

    def _follow(self, state: State, seen: _Snapshot | None) -> _Snapshot:
        return self._keys.call(lambda client: _follow(client, self._index, state, seen))


class _Reader:
    """What the one that builds a new index knows of it."""

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._index = index
        self._seen: _Snapshot | None = None

    def refreshed(self) -> tuple[State, Vocabulary]:
        """State and vocabulary as of the last commit."""
        state = read_state(self._client.get(f"/indexes/{self._index}/documents/{STATE}"))
        self._seen = _follow(self._client, self._index, state, self._seen)
        return self._seen.state, self._seen.vocabulary


class _Moved(Exception):
    """Commits have gone on while the notes were read."""


class _SearchKey:
    """The client for searches, which uses a key that can do nothing else."""

    def __init__(self, admin: Client, key: str, index: str) -> None:
        self._admin = admin.for_searches()
        self._index = index
        self._given = bool(key)
        self._client: Client | None = admin.for_searches(key) if key else None

    def call(self, work: Callable[[Client], _T]) -> _T:
        """What ``work`` gives; a key that the server no longer knows is made again."""
        client = self._client or self._make()
        try:
            return work(client)
        except Refusal as refusal:
            if self._given or client is self._admin or refusal.problem != "invalid_api_key":
                raise
        return work(self._make())

    def _make(self) -> Client:
        """The key of this index; with an admin key that may not make keys, that one."""
        uid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"kb:{self._index}:search"))
        wanted = {"uid": uid, "name": f"kb search {self._index}", "expiresAt": None}
        try:
            made = self._admin.post("/keys", wanted | {"actions": _ACTIONS, "indexes": [self._index]})
            self._client = self._admin.for_searches(str(made["key"]))
        except Refusal as refusal:
            if refusal.problem == "api_key_already_exists":
                self._client = self._admin.for_searches(str(self._admin.get(f"/keys/{uid}")["key"]))
            elif refusal.problem in _NO_KEYS:
                self._client = self._admin
            else:
                raise
        return self._client


def _follow(client: Client, index: str, state: State, seen: _Snapshot | None) -> _Snapshot:
    """Take up what commits since ``seen`` have told of the vocabulary."""
    if seen and seen.state.build != state.build:
        seen = None
    since = seen.state.generation if seen else 0
    notes = [note for note in _read_notes(client, index, since) if note.generation <= state.generation]
    first = next((note.generation for note in reversed(notes) if note.whole), since + 1)
    told = {note.generation for note in notes if not note.whole}
    if not told.issuperset(range(max(first, since + 1), state.generation + 1)):
        raise _Moved
    stems = seen.stems if seen else _read_stems(client, index, state.stems)
    if read_state(client.get(f"/indexes/{index}/documents/{STATE}")).build != state.build:
        raise _Moved
    return _Snapshot(state, follow_notes(since, seen.vocabulary if seen else None, notes), stems)


def _reaches(seen: State, state: State) -> bool:
    """Whether what was seen holds all that ``state`` tells of, for another thread may have been quicker."""
    return seen.build == state.build and seen.generation >= state.generation


def _read_stems(client: Client, index: str, pieces: int) -> bytes:
    return read_stems([client.get(f"/indexes/{index}/documents/stems-{place}") for place in range(pieces)])


def _read_notes(client: Client, index: str, since: int) -> list[CommitNote]:
    documents: list[dict[str, Any]] = []
    total = 1
    while len(documents) < total:
        condition = f"{has([('sort', 'note')])} AND generation > {since}"
        asked = {"filter": condition, "limit": _NOTES_AT_ONCE, "offset": len(documents)}
        found = client.post(f"/indexes/{index}/documents/fetch", asked)
        documents += found["results"]
        total = int(found["total"]) if found["results"] else 0
    return read_notes(documents)


def _own_name(folder: Path) -> str:
    """The name that this installation's index has, chosen when it is first asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "name"
    with FileLock(folder / "name.lock"):
        if not path.exists():
            draft = folder / "name.new"
            draft.write_text(f"kb-{secrets.token_hex(6)}\n", encoding="ascii")
            draft.replace(path)
        return path.read_text(encoding="ascii").strip()
