"""Take in files and folders: each file one transaction, a refused file never stops the rest."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from kb.documents import Intake
from kb.errors import FileNotFound, InputRefused, KbError, RecognitionNeeded, TooLarge
from kb.ingest.archives import Member, is_archive, members, read_member
from kb.ingest.assemble import INTAKE_VERSION, take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import Hints, hints_beside, sidecar_of
from kb.storage.repository import Library
from kb.usecases.alignment import align_with_library
from kb.usecases.workers import Bounds, run_all

FileStatus = Literal["added", "unchanged", "updated", "refused"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    Attributes:
        path: the file's path as given or found.
        status: added, unchanged, updated or refused; in a dry run what it would be called for a new library.
        act: URI of the act, None if refused.
        intake: document and report, None if refused.
        error: why it was refused, else None.
        same_as: path of another file with the same bytes on which the document stood already, else None.
        stands_on: path of the file with other bytes from which the edition has its text, where that is not this
            file; document and units are then that one's. Else None.
    """

    path: str
    status: FileStatus
    act: str | None = None
    intake: Intake | None = None
    error: KbError | None = None
    same_as: str | None = None
    stands_on: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How files are to be taken in.

    Attributes:
        hints: what the command line says of every file, over their sidecars.
        limits: bounds on reading.
        memory_bytes: memory that reading one file may use.
        dry_run: store nothing.
        who: name for the audit trail.
        processes: files read side by side, one a core when None.
    """

    limits: ReadLimits
    memory_bytes: int
    hints: Hints = field(default_factory=Hints)
    dry_run: bool = False
    who: str = "cli"
    processes: int | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    hints: Hints
    limits: ReadLimits
    trouble: KbError | None = None
    member: Member | None = None

    @property
    def shown(self) -> str:
        """Path as given; of an archive's member with its name behind the archive's."""
        return str(self.path) if self.member is None else f"{self.path}/{self.member.name}"

    @property
    def known_as(self) -> str:
        """Path under which the library knows the file."""
        whole = self.path.absolute()
        return str(whole) if self.member is None else f"{whole}/{self.member.name}"


@dataclass(frozen=True, slots=True)
class _Held:
    """A file that need not be read: its bytes, and the library's newest change when it was looked up."""

    sha256: str
    sequence: int


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files under ``paths`` in the order given, a folder's by name.

    Hidden files and folders, sidecars and links out of a folder are not listed; a path that does not exist is.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        files = [file for file in sorted(path.rglob("*")) if _listed(file, path)]
        sidecars = {sidecar_of(file) for file in files if file.suffix != ".yaml"}
        yield from (file for file in files if file not in sidecars)


def _listed(file: Path, folder: Path) -> bool:
    if not file.is_file() or any(part.startswith(".") for part in file.relative_to(folder).parts):
        return False
    return not file.is_symlink() or file.resolve().is_relative_to(folder.resolve())


def ingest(library: Library, files: Iterable[Path], order: Order) -> Iterator[FileResult]:
    """Take in ``files``.

    Args:
        library: where documents are stored.
        files: the files, as ``find_files`` gives them.
        order: how.

    Yields:
        What became of each file, in their order, as soon as it is stored.
    """
    bounds = Bounds(order.limits.seconds, order.memory_bytes)
    held: dict[str, _Held] = {}

    def ready(task: _Task) -> Intake | KbError | None:
        if task.trouble is not None:
            return task.trouble
        try:
            digest = _digest(task)
        except KbError as error:
            return error
        sequence = library.newest_sequence()
        known = library.known(task.known_as, digest, INTAKE_VERSION, task.hints.fingerprint)
        if known is not None and _could_be_read_better(known):
            return None
        if known is not None:
            held[task.known_as] = _Held(digest, sequence)
        return known

    with tempfile.TemporaryDirectory(prefix="kb-archives-", ignore_cleanup_errors=True) as scratch:
        tasks = (task for file in files for task in _tasks(file, order, Path(scratch)))
        done = run_all(_read, tasks, bounds, ready=ready, again=_with_recognition, processes=order.processes)
        for task, read in done:
            if isinstance(read, KbError):
                yield FileResult(task.shown, "refused", error=read)
            elif (seen := held.pop(task.known_as, None)) is not None:
                yield _unchanged(library, task, read, seen)
            else:
                yield _store(library, task, read, order)


def _unchanged(library: Library, task: _Task, known: Intake, held: _Held) -> FileResult:
    """What is told of a file that was not read; files are looked up ahead, and others may have been stored since."""
    if library.newest_sequence() != held.sequence:
        known = library.known(task.known_as, held.sha256, INTAKE_VERSION, task.hints.fingerprint) or known
    original, act = known.original, known.document.act_id.uri
    if original.path == task.known_as:
        return FileResult(task.shown, "unchanged", act, known)
    if original.sha256 == held.sha256:
        return FileResult(task.shown, "unchanged", act, known, same_as=original.path)
    return FileResult(task.shown, "unchanged", act, known, stands_on=original.path)


def _with_recognition(task: _Task, error: KbError) -> tuple[_Task, float] | None:
    """A file that turned out to be a scan, with the time that recognising it takes."""
    if not isinstance(error, RecognitionNeeded) or task.limits.recognise:
        return None
    limits = replace(task.limits, recognise=True)
    return replace(task, limits=limits), limits.seconds + limits.recognition_seconds


def _could_be_read_better(known: Intake) -> bool:
    """Whether pages were left unread for want of tesseract, and it is installed now."""
    untried = any(doubt.code == "pages_without_text" and "tried" not in doubt.params for doubt in known.report.warnings)
    if not untried:
        return False
    from kb.ingest.readers.recognition import installed

    return installed()


def _tasks(file: Path, order: Order, scratch: Path) -> Iterator[_Task]:
    """The file, or each document in it where it is an archive; what its sidecar says is said of all of them."""
    task = _task(file, order)
    if task.trouble is not None or not is_archive(file):
        yield task
        return
    try:
        for member in members(file, order.limits, scratch):
            hints = order.hints.over(member.hints.over(task.hints))
            yield replace(task, hints=hints, member=member, trouble=member.trouble)
    except (KbError, OSError) as error:
        refused = error if isinstance(error, KbError) else FileNotFound(path=str(file), problem=error.strerror or "")
        yield replace(task, trouble=refused)


def _task(file: Path, order: Order) -> _Task:
    trouble: KbError | None = None
    hints = order.hints
    try:
        hints = order.hints.over(hints_beside(file))
    except KbError as error:
        trouble = error
    return _Task(file, hints, replace(order.limits, recognise=False), trouble)


def _digest(task: _Task) -> str:
    try:
        if task.member is not None:
            digest = hashlib.sha256()
            for chunk in read_member(task.member):
                digest.update(chunk)
            return digest.hexdigest()
        if task.path.stat().st_size > task.limits.file_bytes:
            raise TooLarge(what="bytes", limit=task.limits.file_bytes)
        with task.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileNotFound(path=str(task.path), problem=error.strerror or "") from None


def _read(task: _Task) -> Intake:
    """Runs in a worker."""
    try:
        content = task.path.read_bytes() if task.member is None else b"".join(read_member(task.member))
    except OSError as error:
        raise FileNotFound(path=str(task.path), problem=error.strerror or "") from None
    return take_in(content, task.known_as, task.hints, task.limits)


def _store(library: Library, task: _Task, read: Intake, order: Order) -> FileResult:
    if order.dry_run:
        return FileResult(task.shown, "added", read.document.act_id.uri, read)
    read = align_with_library(library, read)
    try:
        stored = library.store(read, who=order.who, version=INTAKE_VERSION, fingerprint=task.hints.fingerprint)
    except InputRefused as error:
        return FileResult(task.shown, "refused", error=error)
    if stored.doubts:
        read = replace(read, report=replace(read.report, warnings=(*read.report.warnings, *stored.doubts)))
    return FileResult(task.shown, stored.outcome, stored.act, read, same_as=stored.same_as, stands_on=stored.stands_on)
