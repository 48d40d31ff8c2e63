"""The official documents: how many units of each level, which numbers, and how much of the text was placed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.documents import Level, Status, count_levels
from kb.ingest.limits import ReadLimits
from kb.ingest.metadata import read_head
from kb.ingest.readers import read_bytes
from kb.ingest.structure import Structure, build, find_body

pytestmark = pytest.mark.shared

Read = Callable[[str], Structure]


@pytest.fixture(scope="module")
def read(shared_corpus: Path) -> Read:
    found: dict[str, Structure] = {}

    def structure_of(name: str) -> Structure:
        if name not in found:
            _, reading = read_bytes((shared_corpus / name).read_bytes(), name, ReadLimits())
            body = find_body(reading.blocks)
            head = read_head(reading.blocks[:body], properties=reading.properties)
            found[name] = build(reading.blocks, body=body, requisites=head.requisites)
        return found[name]

    return structure_of


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("civil-code-part-1.ru.pdf", {"part": 1, "section": 3, "chapter": 24, "article": 439, "conclusions": 1}),
        ("model-charter-2022.ky.docx", {"section": 8, "clause": 41, "subclause": 207}),
        ("order-model-charter-2022.ky.docx", {"clause": 8, "conclusions": 1}),
        ("law-57-2009-registration-of-legal-entities.ru.rtf", {"article": 24, "paragraph": 110, "conclusions": 1}),
        ("labour-code-fragment.ky.html", {"article": 1, "paragraph": 4}),
        ("assembly-protocol-form.ky.docx", {"section": 3, "clause": 2, "subclause": 2, "conclusions": 1}),
    ],
)
def test_units_by_level(read: Read, name: str, levels: dict[str, int]) -> None:
    counts = count_levels(read(name).units)
    assert {level: counts.get(level) for level in levels} == levels


@pytest.mark.parametrize(
    "name",
    [
        "civil-code-part-1.ru.pdf",
        "model-charter-2022.ky.docx",
        "order-model-charter-2022.ky.docx",
        "law-57-2009-registration-of-legal-entities.ru.rtf",
        "labour-code-fragment.ky.html",
        "assembly-protocol-form.ky.docx",
        "project-brochure.ky.txt",
    ],
)
def test_coverage(read: Read, name: str) -> None:
    coverage = read(name).coverage
    assert coverage.placed >= 0.99 * coverage.characters
    assert not [doubt for doubt in read(name).doubts if doubt.code in {"address_twice", "number_rejected"}]


def test_articles_of_the_civil_code(read: Read) -> None:
    articles = [unit for unit in read("civil-code-part-1.ru.pdf").units if unit.level is Level.ARTICLE]
    numbers = [unit.number for unit in articles]
    assert sum(unit.status is Status.REPEALED for unit in articles) == 22
    assert numbers.index("193-1") == numbers.index("193") + 1
    assert numbers[numbers.index("244") + 1 : numbers.index("245")] == [f"233-{at}" for at in range(1, 20)]
    assert all(unit.heading for unit in articles)
    gaps = [(gap.level, gap.after, gap.before, gap.reason) for gap in read("civil-code-part-1.ru.pdf").gaps]
    assert gaps == [(Level.ARTICLE, "244", "233-1", "out_of_order")]


def test_hidden_and_orphaned_subclauses_of_the_model_charter(read: Read) -> None:
    found = read("model-charter-2022.ky.docx")
    below = [unit.number for unit in found.units if unit.parent == "cl_30"]
    assert below == ["30.1.1", "30.1.2", "30.1.3", *(f"30.{at}" for at in range(2, 10))]
    assert [(gap.before, gap.reason) for gap in found.gaps] == [("30.1.1", "no_parent")]


def test_articles_of_the_law_rise_by_one(read: Read) -> None:
    found = read("law-57-2009-registration-of-legal-entities.ru.rtf")
    articles = [unit for unit in found.units if unit.level is Level.ARTICLE]
    assert [unit.number for unit in articles] == [str(number) for number in range(1, 25)]
    assert all(unit.heading and not unit.heading.endswith(("настоящего", ",")) for unit in articles)
    assert not found.gaps
