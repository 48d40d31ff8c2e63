"""The official documents as their golden files have them, and what was counted in them by other means."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.golden.record import FOLDER, record

#: Counted with other programs (pdftotext, LibreOffice) and by eye before the golden files were written.
COUNTED = {
    "civil-code-part-1.ru.pdf": {"part": 1, "section": 3, "chapter": 24, "article": 439, "point": 137},
    "law-57-2009-registration-of-legal-entities.ru.rtf": {"article": 24, "paragraph": 110},
    "model-charter-2022.ky.docx": {"section": 8, "clause": 41, "subclause": 207},
    "order-model-charter-2022.ky.docx": {"clause": 8},
    "labour-code-fragment.ky.html": {"article": 1, "paragraph": 4},
}
GOLDEN = sorted(FOLDER.glob("*.json"))


def rows(golden: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]


@pytest.mark.shared
@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.stem)
def test_the_document_is_what_it_was(golden: Path, shared_corpus: Path) -> None:
    document = shared_corpus / golden.stem
    assert record(document) == golden.read_text(encoding="utf-8").splitlines(), (
        "see what changed: python -m tests.golden.regenerate --check"
    )


@pytest.mark.shared
def test_every_document_has_a_golden_file(shared_corpus: Path) -> None:
    assert {file.name for file in shared_corpus.iterdir()} == {golden.stem for golden in GOLDEN}


@pytest.mark.parametrize("name", COUNTED)
def test_golden_files_have_the_numbers_counted_by_other_means(name: str) -> None:
    levels = Counter(row["level"] for row in rows(FOLDER / f"{name}.json") if "level" in row)
    assert {level: levels[level] for level in COUNTED[name]} == COUNTED[name]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.stem)
def test_nearly_all_of_each_document_is_placed_and_the_rest_is_listed(golden: Path) -> None:
    coverage = next(row for row in rows(golden) if "placed" in row)
    assert coverage["placed"] >= 0.99 * coverage["characters"]
    assert (coverage["placed"] == coverage["characters"]) is (coverage["left_out"] == [])


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.stem)
def test_golden_files_hold_no_words_of_the_documents(golden: Path) -> None:
    words = [
        value
        for row in rows(golden)
        for name, value in row.items()
        if name in {"title", "place", "heading", "text"} and value is not None
    ]
    assert all(len(value) == 8 and int(value, 16) >= 0 for value in words)
