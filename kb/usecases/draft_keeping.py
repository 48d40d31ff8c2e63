"""Expired drafts are emptied while an installation runs."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from kb.errors import Unavailable

_log = logging.getLogger("kb.usecases.draft_keeping")


class Forgetful(Protocol):
    """Drafts that expire."""

    def forget_expired(self) -> int:
        """Delete what expired drafts held, and say how many they were."""
        ...


def keep_clean(drafts: Forgetful, stop: threading.Event, *, every: float = 3600.0) -> None:
    """Empty expired drafts at once and then again and again, until ``stop`` is set.

    Args:
        drafts: the drafts of the installation.
        stop: ends the cleaning.
        every: seconds between two cleanings.
    """
    while True:
        try:
            drafts.forget_expired()
        except Unavailable as problem:
            _log.warning("expired drafts were not deleted: %s", problem)
        if stop.wait(every):
            return
