"""Numbers counted, references mended, lists closed."""

from __future__ import annotations

import pytest

from kb.errors import BadForm
from kb.templates.compose import compose, paragraph
from kb.templates.marks import close_lists, number_mark, reference_mark, roman, set_numbers, starting_number


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (399, "CCCXCIX")]
)
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_units_are_counted_and_referred_to_before_and_behind() -> None:
    units = [
        ("section", "a"),
        ("clause", "b"),
        ("subclause", "c"),
        ("subsubclause", "d"),
        ("subsubclause", ""),
        ("subclause", ""),
        ("section", "e"),
        ("clause", "f"),
        ("subclause", "g"),
        ("point", "h"),
        ("point", "i"),
    ]
    text = " ".join([reference_mark("g"), *(number_mark(*unit) for unit in units), reference_mark("d")])
    assert set_numbers(text) == "2.1 I 1 1.1 1.1.1 1.1.2 1.2 II 2 2.1 1 2 1.1.1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (reference_mark("a"), "reference"),
        (number_mark("clause", "a") * 2, "label_twice"),
        (number_mark("chapter", "a"), "level"),
    ],
)
def test_what_does_not_fit_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadForm) as refused:
        set_numbers(text)
    assert refused.value.params["reason"] == reason


def test_a_kept_mark_tells_level_and_label() -> None:
    assert starting_number(set_numbers(number_mark("clause", "a") + ". Аты", keep=True)) == ("clause", "a", "1. Аты")
    assert starting_number("1. Аты") is None


def test_the_last_item_of_a_list_ends_with_a_full_stop() -> None:
    items = (
        paragraph("Dash", "бир;")
        + "\n"
        + paragraph("Dash", "эки;")
        + "\n"
        + paragraph("Body", "Үч;")
        + paragraph("Body", "")
    )
    assert close_lists(items).count(";<") == 2
    assert "эки.<" in close_lists(items)


@pytest.mark.parametrize("text", ["nobody| а", "row| а || б", "table| 1 2\nrow| а", "§ Кириллица | а\nzzz| б"])
def test_a_line_that_fits_no_rule_is_refused(text: str) -> None:
    with pytest.raises(BadForm):
        compose(text, "Үлгү", "ky")


def test_no_tags_in_properties() -> None:
    with pytest.raises(BadForm):
        compose("Үлгү", "{{ 7*7 }}", "ky")
