"""Outside programs: what they may cost, and what is left of them afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import InputRefused, MissingProgram, ProgramFailed, TooLarge, UnpacksTooLarge
from kb.external import Bounds, Program, run

BOUNDS = Bounds(seconds=20, memory_bytes=512 * 1024**2, output_bytes=1024**2)
FAKE = Program("Fake", ("kb-fake-program",), "fake-package")


Install = Callable[[str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a shell script on PATH as the fake program; temporary files go below ``tmp_path``."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))

    def put(script: str) -> None:
        path = tmp_path / "bin" / "kb-fake-program"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return put


def fake(*arguments: str, bounds: Bounds = BOUNDS, output: str | None = None, content: bytes = b"") -> bytes:
    return run(FAKE, arguments, inputs={"in": content}, output=output, bounds=bounds)


def gone(mark: str) -> bool:
    """Whether no process with ``mark`` in its command is left, or soon none is."""
    deadline = time.monotonic() + 5
    while alive(mark) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(mark)


def alive(mark: str) -> list[int]:
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                words = (path / "cmdline").read_bytes()
                state = (path / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mark.encode() in words and state != "Z":
                found.append(int(path.name))
    return found


def test_output_comes_from_standard_output_or_a_file(install: Install, tmp_path: Path) -> None:
    install('cat "$1"; echo made > made.txt; echo noise >&2')
    assert fake("in", content="Үлгү".encode()) == "Үлгү".encode()
    assert fake("in", output="made.txt", content=b"x") == b"made\n"
    assert list((tmp_path / "temp").iterdir()) == []


def test_arguments_reach_no_shell(install: Install) -> None:
    install('printf "%s|" "$@"')
    assert fake("-x", "$(id)", "a b;c", "`id`") == b"-x|$(id)|a b;c|`id`|"


def test_the_environment_is_its_own(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_MEILI_KEY", "secret")
    install('env; pwd; echo "$1"')
    said = fake("{folder}/x").decode()
    assert "secret" not in said
    folder = said.splitlines()[-2]
    assert f"HOME={folder}" in said
    assert f"TMPDIR={folder}" in said
    assert said.splitlines()[-1] == f"{folder}/x"


def test_a_missing_program_names_its_package() -> None:
    with pytest.raises(MissingProgram) as caught:
        fake()
    assert caught.value.params == {"program": "Fake", "package": "fake-package"}


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("echo Үлгү broke >&2; exit 3", "Үлгү broke"),
        ("kill -SEGV $$", ""),
        ("kill -KILL $$", ""),
    ],
)
def test_failure_is_ours(install: Install, script: str, problem: str) -> None:
    install(script)
    with pytest.raises(ProgramFailed) as caught:
        fake()
    assert caught.value.params["problem"] == problem
    assert caught.value.params["program"] == "Fake"


@pytest.mark.parametrize("script", ["true", "ln -s /etc/passwd out", "mkdir out", "mkfifo out"])
def test_no_output_is_a_failure(install: Install, script: str) -> None:
    install(script)
    with pytest.raises(ProgramFailed):
        fake(output="out")


@pytest.mark.parametrize(
    "script",
    [
        "sleep 4711",
        "trap '' TERM INT HUP; sleep 4711; sleep 4711",
        "sleep 4711 & sleep 4711 & wait",
        "(sleep 4711 &) ; sleep 4711",
    ],
)
def test_time_is_bounded(install: Install, tmp_path: Path, script: str) -> None:
    install(script)
    start = time.monotonic()
    with pytest.raises(TooLarge) as caught:
        fake(bounds=Bounds(1, BOUNDS.memory_bytes, BOUNDS.output_bytes))
    assert time.monotonic() - start < 5
    assert caught.value.params["reason"] == "time"
    assert gone("4711")
    assert list((tmp_path / "temp").iterdir()) == []


def test_nothing_is_left_behind_after_an_ordinary_end(install: Install) -> None:
    install("sleep 4712 & echo done")
    assert fake() == b"done\n"
    assert gone("4712")


def unshares() -> bool:
    return subprocess.run(["unshare", "-Urnpf", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not unshares(), reason="this kernel gives no namespaces to ordinary users")
def test_a_process_that_leaves_its_group_dies_too(install: Install) -> None:
    install("setsid sleep 4713 & sleep 0.2; echo done")
    assert fake() == b"done\n"
    assert gone("4713")


@pytest.mark.skipif(not unshares(), reason="this kernel gives no namespaces to ordinary users")
def test_there_is_no_network(install: Install) -> None:
    install(
        "ls /sys/class/net >/dev/null; cat /proc/net/route | tail -n +2; cat /proc/net/dev | grep -v lo: | tail -n +3"
    )
    assert fake() == b""


@pytest.mark.parametrize("script", ["yes", "yes > out; cat out", "exec yes"])
def test_output_is_bounded(install: Install, script: str) -> None:
    install(script)
    with pytest.raises((UnpacksTooLarge, ProgramFailed)) as caught:
        fake()
    assert isinstance(caught.value, InputRefused)


def test_endless_output_is_told_as_such(install: Install) -> None:
    install("exec yes")
    with pytest.raises(UnpacksTooLarge) as caught:
        fake()
    assert caught.value.params["limit"] == BOUNDS.output_bytes


def test_memory_is_bounded(install: Install) -> None:
    install(f"exec {sys.executable} -c 'x = bytearray(800 * 1024 ** 2); print(len(x))'")
    with pytest.raises(ProgramFailed, match="MemoryError"):
        fake()


def test_it_dies_with_its_caller(install: Install, tmp_path: Path) -> None:
    install("sleep 4714")
    code = (
        f"import tempfile; tempfile.tempdir = {str(tmp_path / 'temp')!r}\n"
        "from kb.external import Bounds, Program, run\n"
        "run(Program('Fake', ('kb-fake-program',), ''), [], inputs={}, output=None, bounds=Bounds(60, 2**29, 2**20))"
    )
    caller = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 20
    while not alive("sleep\x004714") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alive("sleep\x004714")
    caller.send_signal(signal.SIGKILL)
    caller.wait()
    while list((tmp_path / "temp").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert gone("sleep\x004714")
    assert not any((tmp_path / "temp").iterdir())
