from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.tokens import number_parts, spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-жылдын 20-октябрындагы № 123", ["2021", "жылдын", "20", "октябрындагы", "123"]),
        ("27-беренесинин 1-бөлүгү", ["27", "беренесинин", "1", "бөлүгү"]),
        ("102-117-беренелерине", ["102-117", "беренелерине"]),
        ("17.5. 27.5.1", ["17.5", "27.5.1"]),
        ("статья 21-1, ст.12 ч.3", ["статья", "21-1", "ст", "12", "ч", "3"]),
        ("N 57 №123 No.5 N57", ["57", "123", "5", "57"]),
        ("от 12.12.2022 № 01-18/48", ["от", "12.12.2022", "01-18/48"]),
        ("6000ге 40тын 23.00дөн 5-го", ["6000ге", "40тын", "23.00дөн", "5-го"]),
        ("738а З09-3", ["738а", "З09-3"]),
        ("10 000 сом, 127 671", ["10 000", "сом", "127", "671"]),
        ("15–16, 20-24", ["15", "16", "20-24"]),
        ("АКШнын КР-нин", ["АКШнын", "КР-нин"]),
        ("Баш-Кайыңды үй-бүлө", ["Баш-Кайыңды", "үй-бүлө"]),
        ("социалдык-экономикалык", ["социалдык", "экономикалык"]),
        ("ЧЕНЕМДИК-УКУКТУК", ["ЧЕНЕМДИК", "УКУКТУК"]),
        ("социально-экономического", ["социально", "экономического"]),
        ("Ийри-Суук айылы", ["Ийри-Суук", "айылы"]),
        ("ке\u00adңеш «об’ект»", ["ке\u00adңеш", "об’ект"]),
        ("21¹ 100 м²", ["21¹", "100", "м²"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == words


@pytest.mark.parametrize(
    ("token", "number", "ending"),
    [("6000ге", "6000", "ге"), ("5-го", "5", "-го"), ("17.5", "17.5", ""), ("З09-3", "З09-3", "")],
)
def test_parts_of_a_number(token: str, number: str, ending: str) -> None:
    parts = number_parts(token)
    assert parts is not None
    assert (parts.number, parts.ending) == (number, ending)


def test_a_word_is_no_number() -> None:
    assert number_parts("738а") is None
    assert number_parts("кеңеш") is None


@given(st.text(alphabet="абөIVx19 .-/'¹\u00ad№N,з", max_size=60))
def test_spans_rise_and_hold_text(text: str) -> None:
    at = 0
    for start, end in spans(text):
        assert at <= start < end <= len(text)
        at = end
