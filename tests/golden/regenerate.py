"""Write the golden files anew and show what changed: ``python -m tests.golden.regenerate [--check]``."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.golden.record import golden_file, record


def main() -> int:
    """Print a diff for each document whose golden file changed; 1 with ``--check`` if any did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    folder = Path(os.environ.get("KB_TEST_CORPUS") or ROOT.parent / "shared" / "corpus")
    changed = 0
    for document in sorted(folder.iterdir()):
        golden = golden_file(document)
        before = golden.read_text(encoding="utf-8").splitlines() if golden.is_file() else []
        after = record(document)
        if before == after:
            continue
        changed += 1
        diff = difflib.unified_diff(before, after, f"{golden.name} before", f"{golden.name} after", lineterm="", n=1)
        sys.stdout.write("\n".join(diff) + "\n")
        if not options.check:
            golden.write_text("\n".join(after) + "\n", encoding="utf-8")
    sys.stdout.write(f"{changed} of the golden files changed\n")
    return int(bool(changed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
