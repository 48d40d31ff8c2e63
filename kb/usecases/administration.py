"""Who may administer an installation in its pages: whoever has its key."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

#: Hours that a browser is known for after the key was given.
HOURS = 12


class Administration:
    """Knows the key, and browsers that have given it."""

    def __init__(
        self, key: Callable[[], str], *, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        """Administer with the key that ``key`` gives, asked anew each time."""
        self._key = key
        self._now = now

    def prepare(self) -> None:
        """See to it that there is a key, so that whoever is asked for it can find it."""
        self._key()

    def knows(self, key: str) -> bool:
        """Whether this is the key."""
        return bool(key.strip()) and hmac.compare_digest(_digest(key), _digest(self._key()))

    def admit(self) -> str:
        """A pass for a browser that gave the key, which does not tell the key; good for ``HOURS``."""
        until = str(int(self._now().timestamp()) + HOURS * 3600)
        return f"{until}.{self._signed('pass ' + until)}"

    def admits(self, given: str) -> bool:
        """Whether a pass is ours and still good; a new key ends all passes."""
        until, _dot, signature = given.partition(".")
        if not until.isascii() or not until.isdecimal() or len(until) > 12 or int(until) < self._now().timestamp():
            return False
        return hmac.compare_digest(signature.encode(), self._signed("pass " + until).encode())

    def seal(self) -> str:
        """What forms on pages for those who administer carry, so that no other site can send them."""
        return self._signed("form")

    def sealed(self, seal: str) -> bool:
        """Whether a form stood on such a page; it may be sent with a later pass than it was shown to."""
        return hmac.compare_digest(seal.encode(), self.seal().encode())

    def _signed(self, words: str) -> str:
        key = self._key()
        if not key:
            raise ValueError("no key")
        return hmac.new(key.encode(), words.encode(), hashlib.sha256).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.strip().encode()).digest()


def kept_key(path: Path) -> str:
    """The key in a file that its owner alone can read; made where it is not there yet."""
    if not path.is_file():
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(24) + "\n")
        # Linked, not moved: the key of a process that was quicker stays, and nobody reads half of one.
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        Path(aside).unlink()
    return path.read_text(encoding="utf-8").strip()
