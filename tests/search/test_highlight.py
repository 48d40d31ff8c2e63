from __future__ import annotations

import pytest

from kb.search.highlight import LENGTH, Stretch, make_snippet

LONG = "алма " * 100 + "бюджет жана салык " + "алмурут " * 100


def find(text: str, *words: str) -> list[Stretch]:
    found = []
    for number, word in enumerate(words):
        at = text.find(word)
        while at >= 0:
            found.append(Stretch(at, at + len(word), number))
            at = text.find(word, at + 1)
    return sorted(found, key=lambda one: one.start)


@pytest.mark.parametrize(
    ("text", "words", "snippet"),
    [
        ("Жергиликтүү бюджет", ["бюджет"], "Жергиликтүү <mark>бюджет</mark>"),
        ('а < б & "в"', ["б"], "а &lt; <mark>б</mark> &amp; &quot;в&quot;"),
        ("<script>", ["script"], "&lt;<mark>script</mark>&gt;"),
        ("1) биринчи\n2) экинчи", ["экинчи"], "1) биринчи 2) <mark>экинчи</mark>"),
        ("эч нерсе", [], "эч нерсе"),
        ("", [], ""),
    ],
)
def test_short_texts_are_shown_whole(text: str, words: list[str], snippet: str) -> None:
    assert make_snippet(text, find(text, *words), [1.0] * len(words)) == snippet


def test_long_texts_are_cut_at_words_around_the_best_place() -> None:
    snippet = make_snippet(LONG, find(LONG, "бюджет", "салык"), [1.0, 1.0])
    assert "<mark>бюджет</mark> жана <mark>салык</mark>" in snippet
    assert snippet.startswith("… алма ")
    assert snippet.endswith("алмурут …")
    assert len(snippet.replace("<mark>", "").replace("</mark>", "")) <= LENGTH + 4


def test_the_heavier_words_win() -> None:
    text = "бюджет " + "алма " * 200 + "салык"
    assert "салык" in make_snippet(text, find(text, "бюджет", "салык"), [1.0, 2.0])
    assert "бюджет" in make_snippet(text, find(text, "бюджет", "салык"), [2.0, 1.0])


def test_a_part_is_shown_alone() -> None:
    text = "бюджет бар; салык бар; бюджет жок"
    assert make_snippet(text, find(text, "бюджет", "салык"), [1, 1], within=(12, 22)) == "<mark>салык</mark> бар;"


def test_one_endless_word_is_cut() -> None:
    text = "я" * 100_000
    assert len(make_snippet(text, [Stretch(0, len(text), 0)], [1.0])) < LENGTH + 20
