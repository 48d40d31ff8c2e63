from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.citations.find import find
from kb.citations.query import read_query
from kb.language.model import Language
from tests.citations.notation import write

GOLD = Path(__file__).parent.parent / "gold"


def rows(name: str) -> list[list[str]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("row", rows("citations.tsv"), ids=lambda row: row[0][:60])
def test_citations_of_a_text(row: list[str]) -> None:
    text, *expected = row
    assert [write(citation, text) for citation in find(text)] == expected


@pytest.mark.parametrize("row", rows("citations.tsv"), ids=lambda row: row[0][:60])
def test_offsets_are_those_of_the_whole_text(row: list[str]) -> None:
    text, *expected = row
    around = f"Алды: {text}. Арты"
    assert [write(citation, around) for citation in find(around)] == expected


@pytest.mark.parametrize("row", rows("citation_queries.tsv"), ids=lambda row: row[0][:60])
def test_queries(row: list[str]) -> None:
    query, expected = row
    read = read_query(query)
    assert (write(read.citation, query).split("] ", 1)[1] if read else "-") == expected


def test_the_gold_is_large_enough() -> None:
    assert len(rows("citations.tsv")) >= 150
    assert sum(len(row) == 1 for row in rows("citations.tsv")) >= 20


def test_units_have_places_of_their_own() -> None:
    text = "(пункт 2 статьи 56, статьи 62 и 63)"
    (citation,) = find(text)
    assert [text[unit.start : unit.end] for unit in citation.units] == ["пункт 2 статьи 56", "62", "63"]


def test_the_texts_language_is_that_of_words_that_may_be_either() -> None:
    assert find("9.07.2013 № 0-127", Language.KY)[0].language is Language.KY
    assert find("статья 5", Language.KY)[0].language is Language.RU


_WORDS = """статья статьи ст. пункт п. часть ч. абзац берене беренесинин бөлүгү пункту 12 12-1 17.5 1-2 - – , и жана ( )
« » " настоящей ушул Закона мыйзамынын кодекс ГК КР № 0-12 от 9 июля 2013 года 2021-жылдын 20-октябрындагы «а» второй
V ¹ утверждённого приказом менен бекитилген уставдын Ведомости"""
_TEXTS = st.lists(st.sampled_from(_WORDS.split()), max_size=40).map(" ".join) | st.text(max_size=200)


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_citations_in_order_and_apart(text: str) -> None:
    end = 0
    for citation in find(text):
        assert end <= citation.start < citation.end <= len(text)
        assert citation.units or citation.act
        assert all(citation.start <= unit.start < unit.end <= citation.end for unit in citation.units)
        assert all(unit.path for unit in citation.units)
        end = citation.end


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_query_can_be_read(text: str) -> None:
    read = read_query(text)
    assert read is None or read.citation.units or read.citation.act


@pytest.mark.parametrize(
    "piece",
    [
        "статья 1, ", "1, ", "1-", "12-1-", "1 и ", "«", "\"", "„", "статья ", "Закон ", "№ 1 ", "от 9 июля 2013 года ",
        "статья 1 пункт ", "ушул ", "настоящего ", "кодекс ", "ГК ", "Кыргыз Республикасынын ", "а) ", "«а» ", "§",
        "менен бекитилген ", "утверждённого ", "мыйзам ", "гражданский ", "ведомости ", "и ", "\n", "ст. 1 ч. 2 п. 3 ",
        "«а ", "Закон «а» ", "устав ", "V ", "первый ", "1-берене ", "2021-жылдын ", "Закона КР от ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            find(text)
            best = min(best, time.process_time() - start)
        return best

    short, long = seconds(4_000), seconds(16_000)
    assert long < max(0.5, 12 * short)
    assert long < 10
