"""Starts one outside program under limits; runs as a process of its own, without the rest of the product.

It stands between caller and program because limits, namespaces and the death signal must be set after the fork, which
is not safe in a process with threads. When the caller dies, it ends the program and removes the program's folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import sys
from types import FrameType

PREFIX = "kb-program-"
STDOUT, STDERR = ".stdout", ".stderr"
#: Exit status of a program that signal N ended is 256 - N; greater ones than this are signals.
SIGNALLED = 190

_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_PR_SET_PDEATHSIG = 1


def _die_with_parent(libc: ctypes.CDLL, number: int, parent: int) -> None:
    libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if parent and os.getppid() != parent:
        os.kill(os.getpid(), number)


def _isolate(libc: ctypes.CDLL) -> None:
    """Take away the network, and give the program a process space of its own, where the kernel lets us."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NET | _NEW_PID) != 0:
        return
    for file, text in (("uid_map", f"{user} {user} 1"), ("setgroups", "deny"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError), open(f"/proc/self/{file}", "w") as target:  # noqa: PTH123
            target.write(text)


def _bound(number: int, value: int) -> None:
    _, hard = resource.getrlimit(number)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(number, (value, value))


def _become(order: dict[str, object]) -> None:
    """Put the limits on this process and turn it into the program."""
    seconds, command = order["seconds"], order["command"]
    assert isinstance(seconds, int | float)  # noqa: S101
    assert isinstance(command, list)  # noqa: S101
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, int(str(order["output_bytes"])) + 1)
    _bound(resource.RLIMIT_CPU, int(seconds * (os.cpu_count() or 1)) + 2)
    _bound(resource.RLIMIT_DATA, int(str(order["memory_bytes"])))
    for name, target in ((STDOUT, 1), (STDERR, 2)):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        os.dup2(file, target)
        os.close(file)
    # Python ignores these two, and what is ignored stays so in the program.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606


def _exit_code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 256 + code


def _supervise(order: dict[str, object]) -> int:
    """Run the program as a child of this process, the first of its process space: when it ends, all in it are killed.

    The program itself must not be the first, since the kernel spares that one most signals, those of limits among them.
    """
    program = os.fork()
    if program == 0:
        try:
            _become(order)
        finally:
            os._exit(127)
    while True:
        found, status = os.wait()
        if found == program:
            return _exit_code(status)


def main() -> None:
    """Run the program that the first argument orders, in the working folder; exit as it does."""
    order = json.loads(sys.argv[1])
    folder = os.getcwd()  # noqa: PTH109
    libc = ctypes.CDLL(None, use_errno=True)
    child = 0

    def abandoned(_number: int, _frame: FrameType | None) -> None:
        if child:
            # Its end is the end of all in its process space.
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        if os.path.basename(folder).startswith(PREFIX):  # noqa: PTH119
            shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)

    signal.signal(signal.SIGTERM, abandoned)
    _die_with_parent(libc, signal.SIGTERM, order["parent"])
    _isolate(libc)
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            # The parent is outside the new process space, so its number is not known here.
            _die_with_parent(libc, signal.SIGKILL, 0)
            os._exit(_supervise(order))
        finally:
            os._exit(127)
    _, status = os.waitpid(child, 0)
    os._exit(_exit_code(status))


if __name__ == "__main__":
    main()
