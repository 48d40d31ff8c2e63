"""The writer of the embedded engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

import tantivy

from kb.errors import EngineUnavailable
from kb.search.compounds import Compounds
from kb.search.embedded_schema import SCHEMA, encode_change, encode_record, read_record
from kb.search.records import Record
from kb.search.vocabulary import Change, Vocabulary

_HEAP = 64_000_000
_PAGE = 1_000
#: The vocabulary is written out whole when so many commits have told of changes to it, or so many lines of them.
_NOTES = 500
_LINES = 20_000


class IndexWriter:
    """Writer of one tantivy index; see ``kb.search.engine.Writer``."""

    def __init__(
        self,
        index: Any,
        generation: int,
        sequence: int,
        compounds: Compounds,
        refreshed: Callable[[], tuple[Any, Vocabulary]],
    ) -> None:
        """Write to ``index``.

        Args:
            index: the tantivy index.
            generation: number of its last commit.
            sequence: outbox sequence of its last commit.
            compounds: sequences of keys that the index knows.
            refreshed: gives a searcher and the vocabulary as of the last commit.
        """
        self.generation = generation
        self._index = index
        self._sequence = sequence
        self._compounds = compounds
        self._refreshed = refreshed
        self._searcher, self._vocabulary = refreshed()
        self._change = Change()
        self._pending: set[str] = set()
        self._lines = 0
        self._notes = generation and self._count_notes()

    def __enter__(self) -> IndexWriter:
        """Take tantivy's own lock."""
        try:
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError as error:
            raise EngineUnavailable(engine="embedded", reason=str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was not committed and let merges end."""
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def replace_edition(self, edition: str, records: Iterable[Record]) -> None:
        """Put ``records`` in the place of all that the index holds of the edition."""
        self.remove_edition(edition)
        for record in records:
            self._add(encode_record(record, self._compounds))
            self._change.count(record)
            self._pending.update((record.edition, record.act))

    def remove_edition(self, edition: str) -> None:
        """Take out all records of an edition."""
        self._remove("edition", edition)

    def remove_act(self, act: str) -> None:
        """Take out all records of all editions of an act."""
        self._remove("act", act)

    def commit(self, sequence: int) -> None:
        """Make all changes visible at once, together with the outbox sequence that they reach."""
        generation = self.generation + 1
        lines = len(self._change.types) + len(self._change.keys)
        if self._notes >= _NOTES or self._lines + lines > max(_LINES, self._vocabulary.size):
            self._writer.delete_documents_by_term("sort", "commit")
            whole = self._vocabulary.dump()
            whole.add(self._change)
            self._add(encode_change(generation, sequence, whole, whole=True))
            self._notes, self._lines = 0, 0
        # who has seen the commit before needs but this one's changes, even where all is written out
        self._add(encode_change(generation, sequence, self._change, whole=False))
        self._notes, self._lines = self._notes + 1, self._lines + lines
        try:
            self._writer.commit()
        except (ValueError, OSError) as error:
            self._writer.rollback()
            raise EngineUnavailable(engine="embedded", reason=str(error)) from error
        self.generation, self._sequence = generation, sequence
        self._change = Change()
        self._pending.clear()
        self._searcher, self._vocabulary = self._refreshed()

    def _add(self, document: Any) -> None:
        try:
            self._writer.add_document(document)
        except (ValueError, OSError) as error:
            # after an error tantivy's writer takes nothing more until it is rolled back
            self._writer.rollback()
            raise EngineUnavailable(engine="embedded", reason=str(error)) from error

    def _remove(self, field: str, value: str) -> None:
        if value in self._pending:
            # words of records that are not committed could not be taken from the vocabulary
            self.commit(self._sequence)
        query = tantivy.Query.term_query(SCHEMA, field, value)
        for skip in range(0, self._searcher.search(query, limit=1).count, _PAGE):
            for _, address in self._searcher.search(query, limit=_PAGE, offset=skip).hits:
                self._change.count(self._vocabulary.with_keys(read_record(self._searcher.doc(address))), -1)
        self._writer.delete_documents_by_term(field, value)

    def _count_notes(self) -> int:
        found = self._searcher.search(tantivy.Query.term_query(SCHEMA, "sort", "commit"), limit=1)
        return int(found.count)
