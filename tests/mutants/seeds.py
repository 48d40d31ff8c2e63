"""The files that mutants are made of, and how many of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.mutants.making import MUTATORS
from tests.mutants.trying import OUTSIDE, Task

ROOT = Path(__file__).resolve().parents[2]
#: Share of each format among mutants, in hundredths; what an outside program reads is slow.
SHARES = {".docx": 33, ".pdf": 20, ".rtf": 18, ".html": 12, ".txt": 10, ".pptx": 6, ".odt": 0.5, ".doc": 0.5}


def seeds(shared: Path | None) -> list[Path]:
    """Files of the samples, of the corpus and, where they are, the shared official ones; by name."""
    folders = [*sorted((ROOT / "tests" / "samples").iterdir()), ROOT / "corpus", *([shared] if shared else [])]
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir())]
    return [file for file in files if file.suffix in MUTATORS]


def tasks(files: Sequence[Path], count: int, *, outside: bool) -> list[Task]:
    """``count`` mutants of ``files`` by SHARES; formats without a seed give their share to DOCX.

    Args:
        files: the seeds.
        count: number of mutants.
        outside: whether formats that an outside program reads are among them.
    """
    found: list[Task] = []
    for ending, share in SHARES.items():
        of_format = [file for file in files if file.suffix == ending]
        if not of_format or (ending in OUTSIDE and not outside) or ending == ".docx":
            continue
        found += [Task(of_format[at % len(of_format)], at) for at in range(round(count * share / 100))]
    words = [file for file in files if file.suffix == ".docx"]
    return [Task(words[at % len(words)], at) for at in range(count - len(found))] + found
