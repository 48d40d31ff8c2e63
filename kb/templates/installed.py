"""Imported forms of an installation: each a folder of revisions, of which one is the current."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

from kb.errors import BadForm, Unavailable, UnknownForm
from kb.language.transliterate import transliterate
from kb.templates.catalog import IDS, load_folder
from kb.templates.convert.importer import Imported
from kb.templates.convert.propose import Unsure
from kb.templates.model import Form

ORIGINAL, OVERLAY, ABOUT, CURRENT = "original.docx", "overlay.yaml", "about.yaml", "current"
#: Revisions of a form that are kept beside the current one.
KEPT = 30

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_WAIT = 30.0
_COUNTS = ("blanks", "found", "named", "alternatives")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an imported form beside what it asks.

    Attributes:
        source: name of the file.
        sha256: digest of the file's bytes, hexadecimal.
        overlay: id of the overlay that it was made with, or empty.
        imported: when the file came.
        saved: when this revision was made.
        unsure: what a person should look at still.
        warnings: place and code of what was taken out of the file.
        blanks: how many blanks the file has.
        found: how many of them the form fills.
        named: how many of those have a name that is not to be looked at.
        alternatives: how many places offer words for both kinds of community.
        renames: versions of the form whose fields got other names since, each with these names, oldest first.
    """

    source: str
    sha256: str
    overlay: str
    imported: dt.datetime
    saved: dt.datetime
    unsure: tuple[Unsure, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    blanks: int = 0
    found: int = 0
    named: int = 0
    alternatives: int = 0
    renames: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An imported form as it is held.

    Attributes:
        form: the form.
        revision: number of the revision, from 1.
        about: what is known of it.
        folder: where its files are.
    """

    form: Form
    revision: int
    about: About
    folder: Path = field(repr=False)

    @property
    def original(self) -> bytes:
        """The file as it came."""
        return (self.folder / ORIGINAL).read_bytes()

    @property
    def overlay(self) -> bytes:
        """What it was made with."""
        return (self.folder / OVERLAY).read_bytes()


#: Makes a form in a folder.
Maker = Callable[[Path], Imported]


class InstalledForms:
    """The imported forms below a folder; processes may use one at the same time."""

    def __init__(self, folder: Path) -> None:
        """Keep forms below ``folder``, which is made with the first."""
        self._folder = folder
        self._read = lru_cache(maxsize=64)(_read)

    def ids(self) -> tuple[str, ...]:
        """Ids of all forms, in order."""
        if not self._folder.is_dir():
            return ()
        return tuple(
            sorted(one.parent.name for one in self._folder.glob(f"*/{CURRENT}") if _ID.fullmatch(one.parent.name))
        )

    def held(self, form_id: str) -> Held:
        """A form as it is now.

        Raises:
            UnknownForm: there is none of this id.
            BadForm: its files do not fit.
        """
        revision = self._current(form_id)
        if not revision:
            raise UnknownForm(form=form_id[:100])
        return self._load(self._folder / form_id / str(revision), form_id, revision)

    def add(self, wanted: str, content: bytes, make: Maker, about: Callable[[Imported], About]) -> Held:
        """Take in a form under an id of its own.

        Args:
            wanted: words that the id is made of.
            content: the file as it came.
            make: makes the form in a folder.
            about: what is known of it then.
        """
        with self._staged(content, make, about) as staged, self._locked():
            form_id = self._free(staged.wanted or wanted)
            return self._settle(staged.folder, form_id, 1)

    def revise(
        self, form_id: str, base: int, content: bytes, make: Maker, about: Callable[[Imported], About]
    ) -> Held | None:
        """Put a new revision of a form in the place of another.

        Args:
            form_id: its id.
            base: number of the revision that the new one follows.
            content: the file as it came.
            make: makes the form in a folder.
            about: what is known of it then.

        Returns:
            The form; None where ``base`` is not the current revision any more, and nothing was changed.
        """
        with self._staged(content, make, about) as staged, self._locked():
            if self._current(form_id) != base:
                return None
            return self._settle(staged.folder, form_id, base + 1)

    def remove(self, form_id: str) -> None:
        """Take a form out; drafts of it keep their version.

        Raises:
            UnknownForm: there is none of this id.
        """
        with self._locked():
            if not self._current(form_id):
                raise UnknownForm(form=form_id[:100])
            (self._folder / form_id / CURRENT).unlink()
            shutil.rmtree(self._folder / form_id)

    def _load(self, folder: Path, form_id: str, revision: int) -> Held:
        """What a folder holds, read once; a form that went may leave its folder's name to another one."""
        try:
            stamp = (folder / ABOUT).stat()
        except OSError as problem:
            raise BadForm(reason="about", where=f"{form_id}/{ABOUT}", problem=str(problem.strerror)) from None
        return self._read(folder, form_id, revision, (stamp.st_mtime_ns, stamp.st_ino))

    def _current(self, form_id: str) -> int:
        if not _ID.fullmatch(form_id):
            return 0
        try:
            told = (self._folder / form_id / CURRENT).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return 0
        return int(told) if told.isdecimal() and len(told) < 9 else 0

    def _free(self, words: str) -> str:
        told = re.sub(r"[^a-z0-9]+", "-", transliterate(words)).strip("-")[:60].strip("-") or "form"
        number, free = 1, told
        while free in IDS or (self._folder / free).exists():
            number += 1
            free = f"{told}-{number}"
        return free

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / ".lock", timeout=_WAIT):
                yield
        except Timeout:
            raise Unavailable(reason="forms_locked") from None

    def _staged(self, content: bytes, make: Maker, about: Callable[[Imported], About]) -> _Staged:
        self._folder.mkdir(parents=True, exist_ok=True)
        return _Staged(self._folder, content, make, about)

    def _settle(self, staged: Path, form_id: str, revision: int) -> Held:
        own = self._folder / form_id
        own.mkdir(exist_ok=True)
        target = own / str(revision)
        if target.exists():
            shutil.rmtree(target)
        staged.rename(target)
        pointer = own / f".{CURRENT}"
        pointer.write_text(f"{revision}\n", encoding="ascii")
        os.replace(pointer, own / CURRENT)  # noqa: PTH105 - atomic, as Path.replace, and says so
        for old in own.iterdir():
            if old.name.isdecimal() and int(old.name) < revision - KEPT:
                shutil.rmtree(old)
        return self._load(target, form_id, revision)


class _Staged:
    """A form made aside, whose folder goes unless it is moved to its place."""

    def __init__(self, below: Path, content: bytes, make: Maker, about: Callable[[Imported], About]) -> None:
        self._aside = tempfile.TemporaryDirectory(prefix=".new-", dir=below, ignore_cleanup_errors=True)
        self._content, self._make, self._about = content, make, about
        self.folder = Path(self._aside.name) / "form"
        self.wanted = ""

    def __enter__(self) -> _Staged:
        try:
            made = self._make(self.folder)
            (self.folder / ORIGINAL).write_bytes(self._content)
            (self.folder / ABOUT).write_text(_told(self._about(made)), encoding="utf-8")
            self.wanted = made.overlay if made.overlay not in {"", "own"} else ""
        except BaseException:
            self._aside.cleanup()
            raise
        return self

    def __exit__(self, *_problem: object) -> None:
        self._aside.cleanup()


def _told(about: About) -> str:
    plain: dict[str, Any] = {
        "source": about.source,
        "sha256": about.sha256,
        "overlay": about.overlay,
        "imported": about.imported.isoformat(),
        "saved": about.saved.isoformat(),
        "unsure": [asdict(one) for one in about.unsure],
        "warnings": [list(one) for one in about.warnings],
        **{name: getattr(about, name) for name in _COUNTS},
        "renames": [{"version": version, "names": dict(names)} for version, names in about.renames],
    }
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110)


def _read(folder: Path, form_id: str, revision: int, stamp: tuple[int, int]) -> Held:
    """What a folder holds; ``stamp`` tells it from another one that had its name."""
    form = load_folder(folder, form_id)
    try:
        plain = yaml.safe_load((folder / ABOUT).read_bytes())
        about = About(
            source=str(plain["source"]),
            sha256=str(plain["sha256"]),
            overlay=str(plain["overlay"]),
            imported=dt.datetime.fromisoformat(str(plain["imported"])),
            saved=dt.datetime.fromisoformat(str(plain["saved"])),
            unsure=tuple(Unsure(**one) for one in plain["unsure"]),
            warnings=_pairs(plain["warnings"]),
            **{name: int(plain[name]) for name in _COUNTS},
            renames=tuple((str(one["version"]), dict(one["names"])) for one in plain["renames"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as problem:
        raise BadForm(reason="about", where=f"{form_id}/{ABOUT}", problem=str(problem)[:200]) from None
    return Held(form, revision, about, folder)


def _pairs(found: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(where), str(code)) for where, code in found)
