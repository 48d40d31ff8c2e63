"""One run of an outside program, within bounds."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import ProgramFailed, TooLarge, UnpacksTooLarge
from kb.external import launch
from kb.external.programs import Program

_SAID = 400
_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may use.

    Attributes:
        seconds: time from start to end.
        memory_bytes: memory of each of its processes.
        output_bytes: size of each file that it writes, of standard output too.
    """

    seconds: float
    memory_bytes: int
    output_bytes: int


def run(
    program: Program,
    arguments: Sequence[str],
    *,
    inputs: Mapping[str, bytes],
    output: str | None,
    bounds: Bounds,
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """Run a program once, in a folder of its own.

    Args:
        program: the program.
        arguments: its arguments; files are named relative to the folder. ``{folder}`` stands for the folder's path.
        inputs: files that lie in the folder when it starts, by name (never a name that a user gave).
        output: name of the file that it makes in the folder, None for its standard output.
        bounds: time, memory, size of output.
        settings: environment variables beside the few that every program gets.

    Returns:
        Bytes of the output.

    Raises:
        MissingProgram: it is not installed.
        TooLarge: it takes too long; the parameter ``reason`` is ``time``.
        UnpacksTooLarge: it writes more than allowed.
        ProgramFailed: it ends with a failure, or makes no output; the parameter ``problem`` has its last words.
    """
    command = program.required()
    with tempfile.TemporaryDirectory(prefix=launch.PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file, content in inputs.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        given = [argument.replace("{folder}", name) for argument in arguments]
        code = _launch([command, *given], folder, bounds, settings or {})
        written = _read(folder / (output or launch.STDOUT), bounds.output_bytes)
        if code == -signal.SIGXFSZ or len(written or b"") > bounds.output_bytes:
            raise UnpacksTooLarge(what="bytes", limit=bounds.output_bytes, program=program.name)
        if code == -signal.SIGXCPU:
            raise TooLarge(reason="time", limit=bounds.seconds)
        if code != 0 or written is None:
            raise ProgramFailed(program=program.name, code=code, problem=_last_words(folder))
        return written


def _launch(command: Sequence[str], folder: Path, bounds: Bounds, settings: Mapping[str, str]) -> int:
    """Exit status of the program, negative for the signal that ended it."""
    order = {
        "command": list(command),
        "memory_bytes": bounds.memory_bytes,
        "output_bytes": bounds.output_bytes,
        "seconds": bounds.seconds,
        "parent": os.getpid(),
    }
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", launch.__file__, json.dumps(order)],
        cwd=folder,
        env=_environment(folder, settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(timeout=bounds.seconds)
    except subprocess.TimeoutExpired:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_GRACE)
        raise TooLarge(reason="time", limit=bounds.seconds) from None
    finally:
        # Also after an ordinary end: a program may have left others behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return code - 256 if code > launch.SIGNALLED else code


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    place = str(folder)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": place,
        "TMPDIR": place,
        "XDG_CONFIG_HOME": place,
        "XDG_CACHE_HOME": place,
        "XDG_RUNTIME_DIR": place,
        **settings,
    }


def _read(path: Path, limit: int) -> bytes | None:
    """Up to one byte more than ``limit`` of a regular file, None where there is none; links are not followed."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(limit + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def _last_words(folder: Path) -> str:
    said = _read(folder / launch.STDERR, 1024**2) or b""
    return " ".join(said[-_SAID:].decode("utf-8", errors="replace").replace(str(folder), "").split())
