"""A Meilisearch server for tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

MASTER_KEY = "only-for-tests-0123456789"


@dataclass(frozen=True, slots=True)
class MeiliServer:
    """Address and admin key of a server."""

    url: str
    key: str


@contextmanager
def find_server(folders: pytest.TempPathFactory) -> Iterator[MeiliServer]:
    """The server that the environment names, else one of our own; the test is skipped where there is neither."""
    if url := os.environ.get("KB_TEST_MEILI_URL"):
        yield MeiliServer(url, os.environ.get("KB_TEST_MEILI_KEY", ""))
        return
    running = OwnServer(folders.mktemp("meilisearch"))
    running.start()
    try:
        yield MeiliServer(running.url, MASTER_KEY)
    finally:
        running.stop()


class OwnServer:
    """A server started from PATH, on a free port of this machine, that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        if not shutil.which("meilisearch"):
            pytest.skip("no meilisearch on PATH")
        if self._process:
            return
        where = ["--db-path", str(self._folder / "db"), "--http-addr", f"127.0.0.1:{self.port}"]
        # the server takes a share of the memory that it may use anew for each change
        memory = ["--max-indexing-memory", "100MiB", "--max-indexing-threads", "1"]
        command = ["meilisearch", *where, *memory, "--no-analytics", "--master-key", MASTER_KEY]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail((self._folder / "log").read_text(errors="replace")[-2_000:])
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(30)
            self._process = None

    def _answers(self) -> bool:
        try:
            return urllib3.request("GET", f"{self.url}/health", retries=False, timeout=1.0).status == 200
        except urllib3.exceptions.HTTPError:
            return False
