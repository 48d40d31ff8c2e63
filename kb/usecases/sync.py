"""Bring the index to where storage is: apply the outbox, or build the index anew."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from kb.documents import Document
from kb.errors import Missing, Unavailable
from kb.language.model import Analyser, Language
from kb.search.engine import Engine, Writer
from kb.search.records import make_records, texts_of
from kb.storage.model import Change, EditionSummary
from kb.storage.repository import Library

_log = logging.getLogger(__name__)

#: Changes that become visible together, and editions written between two commits of a rebuild.
BATCH = 200


def catch_up(library: Library, engine: Engine, analyser: Analyser, *, wait: float = 0.0) -> bool:
    """Apply to the index all that the outbox holds beyond it; build the index where it is missing or outdated.

    Args:
        library: the truth.
        engine: the index.
        analyser: gives the words that are indexed.
        wait: seconds to wait for another writer of the index.

    Returns:
        False where another process holds the index; that process then follows the outbox.
    """
    if engine.needs_rebuild() or not _readable(engine, analyser):
        return rebuild(library, engine, analyser, wait=wait)
    if engine.sequence() >= library.newest_sequence():
        return True
    with engine.writer(wait=wait) as writer:
        if writer is None:
            return False
        frozen = analyser.frozen(engine.stems())
        reached = engine.sequence()
        while changes := library.changes(reached, limit=BATCH):
            _apply(changes, library, writer, frozen)
            reached = changes[-1].sequence
            writer.commit(reached)
    if frozen.outgrown(engine.vocabulary().types(Language.KY.value)):
        # where another process is quicker to take the index, that one builds it
        rebuild(library, engine, analyser)
    return True


def rebuild(
    library: Library,
    engine: Engine,
    analyser: Analyser,
    *,
    wait: float = 0.0,
    done: Callable[[str], None] = lambda edition: None,
) -> bool:
    """Build the index anew from storage; searches go on in the old one until the new one is whole.

    Args:
        library: the truth.
        engine: the index.
        analyser: gives the words that are indexed.
        wait: seconds to wait for another writer of the index.
        done: called with each edition's URI once it is written.

    Returns:
        False where another process holds the index.
    """
    # What changes while the editions are read comes later in the outbox, and is applied once more.
    sequence = library.newest_sequence()
    stems = analyser.fit(texts_of(document) for document in _documents(library))
    with engine.rebuild(wait=wait, stems=stems) as writer:
        if writer is None:
            return False
        analyser = analyser.frozen(stems)
        for count, edition in enumerate(library.editions(), start=1):
            _write(edition, library, writer, analyser)
            done(edition)
            if count % BATCH == 0:
                writer.commit(sequence)
        writer.commit(sequence)
    return True


def _readable(engine: Engine, analyser: Analyser) -> bool:
    try:
        analyser.frozen(engine.stems())
    except ValueError:
        return False
    return True


def _documents(library: Library) -> Iterator[Document]:
    for edition in library.editions():
        with suppress(Missing):
            # removed meanwhile
            yield library.edition(edition)


def wait_for(engine: Engine, sequence: int, seconds: float) -> bool:
    """Wait until searches see the outbox up to ``sequence``; False if they do not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while engine.needs_rebuild() or engine.sequence() < sequence:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _apply(changes: Sequence[Change], library: Library, writer: Writer, analyser: Analyser) -> None:
    touched: dict[str, None] = {}
    for change in changes:
        if change.event == "removed" or change.edition is None:
            writer.remove_act(change.act)
            touched = dict.fromkeys(edition for edition in touched if not edition.startswith(change.act + "/"))
        else:
            # An edition whose interval a later one ends has a row of its own.
            touched[change.edition] = None
    for edition in touched:
        _write(edition, library, writer, analyser)


def _editions(library: Library, act: str) -> tuple[EditionSummary, ...]:
    try:
        return library.summary(act).editions
    except Missing:
        return ()


def _write(edition: str, library: Library, writer: Writer, analyser: Analyser) -> None:
    try:
        document = library.edition(edition)
    except Missing:
        writer.remove_edition(edition)
        return
    until = next((one.until for one in _editions(library, document.act_id.uri) if one.edition == edition), None)
    writer.replace_edition(edition, make_records(document, until=until, analyser=analyser))


def follow(library: Library, engine: Engine, analyser: Analyser, stop: threading.Event, *, every: float = 0.2) -> None:
    """Keep the index where storage is until ``stop`` is set; what fails is logged and tried again later.

    Args:
        library: the truth.
        engine: the index.
        analyser: gives the words that are indexed.
        stop: ends the following.
        every: seconds between two looks at the outbox.
    """
    pause = every
    while not stop.wait(pause):
        try:
            catch_up(library, engine, analyser)
            pause = every
        except Unavailable as problem:
            pause = min(max(pause, 1.0) * 2, 60.0)
            _log.warning("the index does not follow storage: %s; next try in %.0f s", problem, pause)
