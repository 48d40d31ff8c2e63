"""Intake of a folder of mixed documents on one and two processes, beside pypdf's and python-docx's bare extraction.

    .venv/bin/python benchmarks/throughput.py [--files 200] [--shared ../shared/corpus]

The folder is made of the corpus and the shared documents: each copy has bytes and an act of its own, so that none is
«unchanged». Every run has a process and a database of its own; memory is the peak of its resident pages, the main
process and the largest worker apart, as the kernel keeps it (VmHWM). Processor seconds stand beside those of the
clock, for a machine that others use too. Indexing is not part of it.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import shutil
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import pypdf

from kb.ingest.limits import ReadLimits
from kb.storage.database import open_database, upgrade
from kb.storage.repository import Library
from kb.usecases.ingest import Order, find_files, ingest

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
#: A code of hundreds of pages stands once among so many files.
HEAVY_ONE_IN = 40
HEAVY_BYTES = 500_000


def sources(shared: Path) -> list[Path]:
    """Documents that the folder is made of."""
    files = [*sorted((ROOT / "corpus").iterdir()), *(sorted(shared.iterdir()) if shared.is_dir() else [])]
    return [file for file in files if file.suffix in _MARKED]


def _marked_package(content: bytes, number: int) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(f"docProps/copy{number}.txt", str(number))
    return out.getvalue()


def _marked_rtf(content: bytes, number: int) -> bytes:
    end = content.rstrip(b"\0\r\n ").rfind(b"}")
    return content[:end] + b"{\\*\\copy%d}" % number + content[end:]


_MARKED: dict[str, Callable[[bytes, int], bytes]] = {
    ".docx": _marked_package,
    ".rtf": _marked_rtf,
    ".pdf": lambda content, number: content + b"%% copy %d\n" % number,
    ".html": lambda content, number: content + b"<!-- copy %d -->\n" % number,
    ".txt": lambda content, number: content + b"\n\n%d.\n" % number,
}


def make_folder(folder: Path, files: Sequence[Path], count: int) -> None:
    """Fill ``folder`` with ``count`` documents, each with bytes and a sidecar of its own."""
    light = [file for file in files if file.stat().st_size < HEAVY_BYTES]
    heavy = [file for file in files if file.stat().st_size >= HEAVY_BYTES]
    for number in range(count):
        chosen = heavy if heavy and number % HEAVY_ONE_IN == HEAVY_ONE_IN - 1 else light
        source = chosen[number % len(chosen)]
        copy = folder / f"{number:04}-{source.name}"
        copy.write_bytes(_MARKED[source.suffix](source.read_bytes(), number))
        copy.with_name(f"{copy.name}.yaml").write_text(f"act: /akn/kg/doc/other/copy-{number}\n", encoding="utf-8")


class Watch:
    """Peak memory of this process and of the largest below it, and processor time of all, watched from a thread."""

    def __init__(self) -> None:
        self.worker = 0
        self._spent: dict[int, float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.look()

    def look(self) -> None:
        """Note what the processes below have used so far."""
        for child in _below(os.getpid()):
            self.worker = max(self.worker, _peak(child))
            self._spent[child] = max(self._spent.get(child, 0.0), _spent(child))

    def spent(self) -> float:
        """Processor seconds of this process and of those below it so far."""
        return time.process_time() + sum(self._spent.values())

    def stop(self) -> tuple[int, int]:
        """Peaks of this process and of the largest below it, in bytes."""
        self._done.set()
        self._thread.join()
        return _peak(os.getpid()), self.worker


def _spent(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024


def _below(process: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _below(child)


def take_in(folder: str, processes: int, answer: multiprocessing.SimpleQueue[dict[str, float]]) -> None:
    """Take in a folder and put the figures into ``answer``; runs in a process of its own."""
    watch = Watch()
    with tempfile.TemporaryDirectory() as home:
        database = open_database(f"sqlite:///{home}/bench.sqlite3")
        upgrade(database)
        order = Order(ReadLimits(), 1024**3, processes=processes)
        start, spent = time.perf_counter(), watch.spent()
        statuses = [result.status for result in ingest(Library(database), find_files([Path(folder)]), order)]
        seconds, spent = time.perf_counter() - start, watch.spent() - spent
        database.dispose()
    assert set(statuses) == {"added"}, statuses
    main, worker = watch.stop()
    answer.put(
        {
            "files": len(statuses),
            "processes": processes,
            "seconds": round(seconds, 2),
            "documents/s": round(len(statuses) / seconds, 1),
            "processor s": round(spent, 2),
            "main MB": round(main / MEGABYTE),
            "largest worker MB": round(worker / MEGABYTE),
        }
    )


def measured(folder: Path, processes: int) -> dict[str, float]:
    """Figures of one intake of ``folder``."""
    context = multiprocessing.get_context("spawn")
    answer = context.SimpleQueue()
    process = context.Process(target=take_in, args=(str(folder), processes, answer))
    process.start()
    figures: dict[str, float] = answer.get()
    process.join()
    return figures


def bare_pypdf(file: Path) -> int:
    """Characters that pypdf extracts."""
    return sum(len(page.extract_text()) for page in pypdf.PdfReader(file).pages)


def bare_docx(file: Path) -> int:
    """Characters of the paragraphs that python-docx finds."""
    return sum(len(paragraph.text) for paragraph in docx.Document(str(file)).paragraphs)


def beside(folder: Path, ending: str, bare: Callable[[Path], int], into: Path) -> dict[str, float]:
    """Our intake of the folder's files of one format, one process, beside a library's bare extraction of them."""
    into.mkdir()
    files = sorted(folder.glob(f"*{ending}"))
    for file in files:
        shutil.copy(file, into)
        shutil.copy(file.with_name(f"{file.name}.yaml"), into)
    start, spent = time.perf_counter(), time.process_time()
    for file in files:
        bare(file)
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    ours = measured(into, 1)
    return {
        "files": len(files),
        "ours, bytes to commit, s": ours["seconds"],
        "bare extraction, s": round(seconds, 2),
        "ours, processor s": ours["processor s"],
        "bare extraction, processor s": round(spent, 2),
    }


def main() -> None:
    """Print the figures as JSON, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "corpus")
    options = parser.parse_args()
    files = sources(options.shared)
    with tempfile.TemporaryDirectory() as home:
        small, large = Path(home) / "small", Path(home) / "large"
        for folder, count in ((small, max(1, options.files // 4)), (large, options.files)):
            folder.mkdir()
            make_folder(folder, files, count)
        for folder, processes in ((small, 1), (large, 1), (small, 2), (large, 2)):
            print(json.dumps(measured(folder, processes)), flush=True)
        for ending, bare in ((".pdf", bare_pypdf), (".docx", bare_docx)):
            told = beside(large, ending, bare, Path(home) / ending.strip("."))
            print(json.dumps({"format": ending.strip("."), **told}), flush=True)


if __name__ == "__main__":
    main()
