from __future__ import annotations

import pytest

from kb.language.model import Language
from kb.search.model import Filters
from kb.search.query import QueryWord, parse_query
from kb.search.readings import Reading, mend_layout, read_misspelt, read_word
from kb.search.vocabulary import Change, Entry, Vocabulary, fold
from tests.search.helpers import TinyAnalyser

ANALYSER = TinyAnalyser()
WORDS = {
    ("ky", "кеңеш"): 50,
    ("ky", "кеңештин"): 30,
    ("ky", "кенешинин"): 2,
    ("ky", "өкмөтү"): 20,
    ("ky", "кол"): 5,
    ("ky", "көл"): 9,
    ("ru", "бюджет"): 40,
    ("ru", "бюджета"): 30,
    ("ru", "закон"): 60,
    ("ru", "делегирование"): 7,
    ("ru", "делегат"): 1,
    ("ru", "налог"): 9,
    ("ru", "12"): 3,
    ("ru", "128"): 3,
    ("ru", "12345"): 3,
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    change = Change()
    for (lang, surface), count in WORDS.items():
        key = ANALYSER.analyze(surface, Language(lang))[0].key
        change.types[lang, surface, key] += count
        change.keys[lang, key] += count
        change.records[lang] += count
    vocabulary = Vocabulary()
    vocabulary.apply(change)
    return vocabulary


def read(text: str, vocabulary: Vocabulary) -> Reading:
    word = parse_query(text, Filters(), ANALYSER).words[0]
    kyrgyz = fold(text) != text
    return read_word(word, vocabulary, ANALYSER, kyrgyz_typed=kyrgyz)


@pytest.mark.parametrize(
    ("typed", "keys", "read_as"),
    [
        ("бюджетом ", {"бюдже"}, None),
        ("кенештин ", {"кеңеш", "кенеш"}, "кеңештин"),
        ("окмоту ", {"өкмөт"}, "өкмөтү"),
        ("окмоттун ", {"өкмөт"}, "өкмөттун"),
        ("кол ", {"кол", "көл"}, "көл"),
        ("көл ", {"көл", "кол"}, None),
        ("делег", {"делег"}, None),
        ("нал", {"налог"}, None),
        ("дел", {"делег"}, None),
        ("на", set(), None),
        ("жок-сөз ", set(), None),
    ],
)
def test_words_are_read_through_the_vocabulary(
    typed: str, keys: set[str], read_as: str | None, vocabulary: Vocabulary
) -> None:
    reading = read(typed, vocabulary)
    assert set(reading.keys) == keys
    assert reading.read_as == read_as


def test_a_word_that_exists_is_not_doubted_by_who_types_kyrgyz_letters(vocabulary: Vocabulary) -> None:
    word = QueryWord("кол", "кол", {Language.KY: "кол", Language.RU: "кол"})
    assert set(read_word(word, vocabulary, ANALYSER, kyrgyz_typed=True).keys) == {"кол"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("бюджкт ", {"бюдже"}),
        ("бюджте ", {"бюдже"}),
        ("бджт ", set()),
        ("бджеэт ", set()),
        ("делегиравние ", {"делег"}),
        ("делегировантеее ", {"делег"}),
        ("долигировантие ", set()),
        ("закн ", set()),
        ("123456 ", {"123456"}),
        ("129 ", {"129"}),
    ],
)
def test_misspelt_words_by_their_length_but_never_numbers(typed: str, found: set[str], vocabulary: Vocabulary) -> None:
    assert set(read_misspelt(read(typed, vocabulary), vocabulary).keys) == found


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("pfrjy", "закон"),
        ("pfrjy j ,.l;tn", "закон о бюджет"),
        (",.l;tn, yfkju", "бюджет, налог"),
        ("ktw", "ktw"),
        ("law", "law"),
        ("закон", "закон"),
        ("", ""),
    ],
)
def test_words_of_another_keyboard(typed: str, mended: str, vocabulary: Vocabulary) -> None:
    assert mend_layout(typed, vocabulary, ANALYSER) == mended


def test_changes_can_be_taken_back(vocabulary: Vocabulary) -> None:
    change = Change.load("t\tky\tжаңы\tжаңы\t2\nk\tky\tжаңы\t2\nr\tky\t2\nl\tbody\t9")
    copy = Vocabulary()
    copy.apply(vocabulary.dump())
    copy.apply(change)
    assert copy.lookup("жаңы") == [Entry("жаңы", "жаңы", "ky", 2)]
    assert copy.folded("жаны") == [Entry("жаңы", "жаңы", "ky", 2)]
    assert copy.forms("жаңы") == {"жаңы"}
    assert [entry.surface for entry in copy.prefixed("жа", 5)] == ["жаңы"]
    back = Change.load("t\tky\tжаңы\tжаңы\t-2\nk\tky\tжаңы\t-2\nr\tky\t-2\nl\tbody\t-9")
    copy.apply(back)
    assert copy.lookup("жаңы") == copy.folded("жаны") == copy.prefixed("жа", 5) == []
    assert copy.forms("жаңы") == set()
    assert copy.records() == vocabulary.records()


def test_a_dumped_change_is_read_again(vocabulary: Vocabulary) -> None:
    change = vocabulary.dump()
    assert Change.load(change.dump()) == change
    assert Change.load("") == Change()
    with pytest.raises(ValueError, match="x"):
        Change.load("x\t1")
