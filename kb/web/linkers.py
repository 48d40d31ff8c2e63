"""Links in the texts of the editions last read, kept until something changes."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from kb.documents import Edition, Unit
from kb.storage.model import ActSummary, EditionSummary
from kb.usecases.linking import Linker, PageLinks
from kb.web.services import LibraryReader

#: Editions whose links are kept.
KEPT = 24


class Linkers:
    """Links of editions of a library; safe to use from several threads."""

    def __init__(self, library: LibraryReader) -> None:
        """Follow citations through ``library``."""
        self._library = library
        self._kept: OrderedDict[tuple[str, bool, int, dt.date], Linker] = OrderedDict()
        self._lock = Lock()

    def page(
        self, act: ActSummary, shown: EditionSummary, today: dt.date, units: Sequence[Unit] | None = None
    ) -> PageLinks:
        """Links of what one page shows of an edition.

        Args:
            act: the act.
            shown: the edition.
            today: the day on which the editions of other acts stand.
            units: all units of the edition where they are at hand.
        """
        key = (shown.edition, units is not None, self._library.newest_sequence(), today)
        with self._lock:
            linker = self._kept.get(key)
            if linker is not None:
                self._kept.move_to_end(key)
                return linker.page()
        edition = Edition(act.act, shown.language, shown.date)
        title = act.titles.get(shown.language, "")
        linker = Linker(self._library, edition, act.kind, title, as_of=today, units=units)
        with self._lock:
            linker = self._kept.setdefault(key, linker)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return linker.page()
