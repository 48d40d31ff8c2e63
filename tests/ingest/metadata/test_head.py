from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Block
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.metadata import Head, complete, read_head
from kb.language.model import Language
from tests.ingest.metadata.heads import HEADS, Text, blocks

_EMPTY: dict[str, object] = {
    "number": None,
    "date": None,
    "date_passed": None,
    "date_in_force": None,
    "place": None,
    "body_slug": None,
    "amended_by": [],
    "status": "unknown",
    "status_by": None,
    "approved_by": None,
    "preamble": [],
    "doubts": [],
}


def _read(head: Head, count: int) -> dict[str, object]:
    """The head as the table writes it."""
    metadata = complete(head, (), language=head.language or Language.RU, name="файл.docx")
    return {
        "kind": head.kind.value if head.kind else None,
        "title": metadata.title if head.title else None,
        "number": head.number,
        "date": str(head.date) if head.date else None,
        "date_passed": str(head.date_passed) if head.date_passed else None,
        "date_in_force": str(head.date_in_force) if head.date_in_force else None,
        "place": head.place,
        "body": metadata.body,
        "body_slug": head.body_slug,
        "amended_by": [act.number for act in head.amended_by],
        "edition_date": str(metadata.edition_date) if metadata.edition_date else None,
        "status": head.status.value,
        "status_by": head.status_by.number if head.status_by else None,
        "approved_by": head.approved_by.number if head.approved_by else None,
        "preamble": [at for at in range(count) if at not in head.requisites],
        "doubts": [doubt.code for doubt in head.doubts],
    }


@pytest.mark.parametrize("case", HEADS)
def test_heads(case: str) -> None:
    texts, said = HEADS[case]
    expected = _EMPTY | said
    expected.setdefault("edition_date", expected["date"])
    found = _read(read_head(blocks(*texts)), len(texts))
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("case", HEADS)
def test_a_body_below_changes_nothing(case: str) -> None:
    texts, _ = HEADS[case]
    if not texts or case == "a sentence is no head":
        return
    below: list[Text] = [
        "Ушул документ 2001-жылдын 1-майындагы № 11 Мыйзамга ылайык иштелип чыккан жана жалпыга милдеттүү."
    ]
    alone, longer = read_head(blocks(*texts)), read_head(blocks(*texts, *below))
    assert (longer.kind, longer.title, longer.number, longer.date) == (
        alone.kind,
        alone.title,
        alone.number,
        alone.date,
    )
    assert len(texts) not in longer.requisites


def test_a_heading_by_its_style() -> None:
    head = read_head(
        [
            SourceBlock(Block("Муниципалитет журналы"), Look(size=9)),
            SourceBlock(Block("Бюджет для граждан"), Look(outline=1, size=20)),
            SourceBlock(Block("как читать его вместе"), Look(outline=1, size=20)),
            SourceBlock(Block("Настоящее пособие рассказывает о бюджете."), Look(size=11)),
        ]
    )
    assert (head.kind, head.title) == (None, "Бюджет для граждан как читать его вместе")
    assert head.requisites == {1, 2}


def test_a_heading_by_its_size() -> None:
    head = read_head(
        [
            SourceBlock(Block("№ 3 саны"), Look(size=9)),
            SourceBlock(Block("Үлгү айылында бюджет талкууланды"), Look(size=18)),
            SourceBlock(Block("Бул макалада бюджет жөнүндө айтылат."), Look(size=11)),
        ]
    )
    assert head.title == "Үлгү айылында бюджет талкууланды"


def test_a_files_own_title_helps_to_choose_a_line_and_no_more() -> None:
    plain = blocks("Өнүктүрүү институту", "Жамаат менен иштөө", "www.ulgu.kg")
    assert read_head(plain, properties={"title": "жамаат менен  ИШТӨӨ"}).title == "Жамаат менен иштөө"
    assert read_head(plain, properties={"title": "Microsoft Word - үлгү"}).title is None


def test_no_title_gives_the_files_name() -> None:
    metadata = complete(read_head([]), (), language=Language.KY, name="үлгү-файл.ky.html")
    assert (metadata.kind, metadata.title) == ("other", "үлгү-файл.ky")


@given(
    st.lists(
        st.text(alphabet="()«»№N 0123456789.-_\n\tЗАКОНзаконМЫЙЗАМЫтоктомуставотредакции", max_size=80), max_size=12
    )
)
def test_any_head_is_read(texts: list[str]) -> None:
    given_blocks = blocks(*(text for text in texts if text.strip()))
    head = read_head(given_blocks)
    assert head.requisites <= set(range(len(given_blocks)))
    complete(head, (), language=Language.RU, name="x")
