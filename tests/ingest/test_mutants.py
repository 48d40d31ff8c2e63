"""Spoilt files: any bytes give a document or one of our errors, in bounded time and memory."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import KbError
from kb.ingest.assemble import take_in
from kb.ingest.limits import ReadLimits
from kb.ingest.sidecar import Hints
from tests.conftest import ROOT
from tests.mutants.making import MUTATORS, make_mutant
from tests.mutants.seeds import seeds, tasks
from tests.mutants.trying import Outcome, broken_promise, try_all

SOAK = 10_000
SAMPLE = 300


def _shared() -> Path | None:
    folder = Path(os.environ.get("KB_TEST_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if folder.is_dir() else None


def table(outcomes: Iterable[Outcome]) -> str:
    """Mutants by format: how many, how many reached the structure, what refused the rest, the longest time."""
    rows: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        rows.setdefault(outcome.task.path.suffix, []).append(outcome)
    lines = [f"{'format':8}{'mutants':>9}{'structure':>11}{'share':>8}{'slowest, s':>12}  refused as"]
    for ending, found in sorted(rows.items()):
        reached = sum(one.reached for one in found)
        refused = Counter(one.code for one in found if one.code != "document")
        told = ", ".join(f"{code} {count}" for code, count in refused.most_common())
        slowest = max(one.seconds for one in found)
        lines.append(f"{ending:8}{len(found):>9}{reached:>11}{reached / len(found):>8.0%}{slowest:>12.2f}  {told}")
    return "\n".join(lines)


def check(outcomes: list[Outcome]) -> None:
    """None unhandled, none over its limits; at least half of each format reach the structure."""
    sys.stdout.write(f"\n{table(outcomes)}\n")
    faults = [one for one in outcomes if one.fault]
    for one in faults[:20]:
        sys.stdout.write(f"\n{one.task.path.name} mutant {one.task.number}: {one.code}\n{one.fault}\n")
    assert not faults
    for ending in {one.task.path.suffix for one in outcomes}:
        reached = [one.reached for one in outcomes if one.task.path.suffix == ending]
        assert sum(reached) * 2 >= len(reached), ending


@pytest.mark.xdist_group("mutants")
def test_a_sample_of_mutants() -> None:
    check(list(try_all(tasks(seeds(None), SAMPLE, outside=False), processes=1)))


@pytest.mark.soak
def test_mutants_by_the_thousand(capsys: pytest.CaptureFixture[str]) -> None:
    outside = shutil.which("soffice") is not None
    outcomes = list(try_all(tasks(seeds(_shared()), SOAK, outside=outside), processes=os.cpu_count() or 1))
    with capsys.disabled():
        check(outcomes)


@pytest.mark.parametrize("ending", [".docx", ".rtf", ".pdf", ".html", ".txt"])
def test_a_mutant_is_the_same_each_time_and_not_its_seed(ending: str) -> None:
    file = next(file for file in seeds(None) if file.suffix == ending)
    content = file.read_bytes()
    first = [make_mutant(content, ending, number) for number in range(12)]
    assert first == [make_mutant(content, ending, number) for number in range(12)]
    assert sum(mutant != content for mutant in first) >= 10
    assert set(MUTATORS) >= {ending}


_BEGINNINGS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"<html>",
    b"\xd0\xcf\x11\xe0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_BEGINNINGS), st.binary(max_size=400))
def test_any_bytes_give_a_document_or_an_error_of_ours(beginning: bytes, rest: bytes) -> None:
    try:
        intake = take_in(beginning + rest, "файл", Hints(), ReadLimits())
    except KbError:
        return
    assert broken_promise(intake.document, intake.report) == ""


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.)( -–№«»абвгАБIVX\n\tСтатья берене¹²"), min_size=1, max_size=300))
def test_any_text_gives_a_document_or_an_error_of_ours(text: str) -> None:
    try:
        intake = take_in(text.encode(), "файл.txt", Hints(), ReadLimits())
    except KbError:
        return
    assert broken_promise(intake.document, intake.report) == ""
