from __future__ import annotations

from kb.language.model import Language
from kb.search.engine import Candidate
from kb.search.model import Filters
from kb.search.query import parse_query
from kb.search.ranking import Mark, find_marks, make_wanted, rank, shortest_window
from kb.search.readings import read_misspelt, read_word
from kb.search.records import Record
from kb.search.vocabulary import Change, Vocabulary
from tests.search.helpers import TinyAnalyser

ANALYSER = TinyAnalyser()


def candidate(body: str = "", heading: str = "", place: int = 1, **more: object) -> Candidate:
    values: dict[str, object] = {
        "id": str(place),
        "score": 1.0,
        "edition": "/akn/kg/act/law/2020-01-02/0-12/rus@",
        "eid": f"art_{place}",
        "within": None,
        "place": place,
        "number": str(place),
        "lang": "ru",
        "kind": "law",
        "status": "unknown",
        "title": (),
        "heading": tuple(heading.split()),
        "body": tuple(body.split()),
        "load": _no_record,
    }
    return Candidate(**(values | more))  # type: ignore[arg-type]


def _no_record() -> Record:
    raise AssertionError("ranking needs no record")


def order(query: str, *candidates: Candidate, words: str = "") -> list[int]:
    vocabulary = Vocabulary()
    change = Change()
    texts = [" ".join((*one.title, *one.heading, *one.body)) for one in candidates] + [words]
    for text in texts:
        change.records["ru"] += 1
        tokens = ANALYSER.analyze(text, Language.RU)
        for surface, key in {(token.surface, token.key) for token in tokens}:
            change.types["ru", surface, key] += 1
        for key in {token.key for token in tokens}:
            change.keys["ru", key] += 1
        change.lengths["body"] += len(tokens)
        change.lengths["heading"] += 3
    vocabulary.apply(change)
    parsed = parse_query(query, Filters(), ANALYSER)
    readings = [
        read_misspelt(read_word(word, vocabulary, ANALYSER, kyrgyz_typed=True), vocabulary)
        for word in parsed.words
        if word.required
    ]
    wanted = make_wanted(readings, parsed.phrases, vocabulary, definition=parsed.definition)
    ranked = rank(candidates, wanted)
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    return [one.candidate.place for one in ranked]


def test_the_exact_form_goes_before_another() -> None:
    assert order("бюджета ", candidate("план бюджетом вот", place=1), candidate("план бюджета вот", place=2)) == [2, 1]


def test_a_heading_goes_before_a_text() -> None:
    assert order("налог ", candidate("налог есть", "план"), candidate("план есть", "налог", place=2)) == [2, 1]


def test_words_close_together_go_before_words_apart() -> None:
    near = candidate("один налог земля два три четыре пять", place=2)
    apart = candidate("налог один два три четыре пять земля", place=1)
    assert order("налог земля ", apart, near) == [2, 1]


def test_more_of_the_query_goes_before_more_of_one_word() -> None:
    one = candidate("налог налог налог налог", place=1)
    both = candidate("налог и очень много других слов потом земля", place=2)
    assert order("налог земля ", one, both) == [2, 1]


def test_in_force_goes_before_repealed_and_laws_before_local_acts() -> None:
    assert order("налог ", candidate("налог", status="repealed"), candidate("налог", place=2)) == [2, 1]
    assert order("налог ", candidate("налог", kind="charter"), candidate("налог", place=2)) == [2, 1]


def test_a_subclause_goes_before_its_clause() -> None:
    clause = candidate("налог", place=1, eid="cl_1")
    subclause = candidate("налог", place=2, eid="cl_1__subcl_1-1", within="cl_1")
    assert order("налог ", clause, subclause) == [2, 1]
    heavier = candidate("налог земля", place=1, eid="cl_1")
    assert order("налог земля ", heavier, subclause) == [1, 2]


def test_a_number_goes_to_its_unit_and_only_where_it_is_one() -> None:
    cited = candidate("по правилам 17.5 и 17.5 и 17.5", place=1, number="2")
    own = candidate("другой текст о правилах", place=2, number="17.5")
    assert order("17.5 ", cited, own) == [2, 1]
    percents = candidate("не более 50 процентов", place=1, number="7")
    fifty = candidate("процентов нет", place=2, number="50")
    assert order("50 процентов ", fifty, percents) == [1, 2]


def test_a_title_goes_to_the_document() -> None:
    document = candidate("закон", "о местном бюджете", place=0, eid=None, number="0-12")
    article = candidate("местном бюджете бюджете", "план", title=("о", "местном", "бюджете"), place=3)
    assert order("местном бюджете ", article, document) == [0, 3]


def test_equal_ones_keep_the_order_of_the_text() -> None:
    assert order("налог ", *(candidate("налог", place=place, number=None) for place in (3, 1, 2))) == [1, 2, 3]


def test_a_misspelt_word_goes_behind_the_word_itself() -> None:
    assert order("бюджет ", candidate("бюджей", place=1), candidate("бюджет", place=2)) == [2, 1]


def test_phrases_mark_each_of_their_words_where_they_stand_together() -> None:
    vocabulary = Vocabulary()
    wanted = make_wanted([], [("айыл", "өкмөтү"), ("айыл",)], vocabulary)
    marks = find_marks(("айыл", "кеңеш", "айыл", "өкмөтү", "айыл"), wanted)
    assert [(mark.position, mark.word) for mark in marks] == [(0, 1), (2, 0), (2, 1), (3, 0), (4, 1)]


def test_shortest_window() -> None:
    marks = [Mark(0, 0, 1.0), Mark(4, 1, 1.0), Mark(5, 0, 1.0), Mark(9, 2, 1.0)]
    assert shortest_window(marks, 2) == 2
    assert shortest_window(marks, 3) == 6
    assert shortest_window(marks[:1], 1) == 1


def test_what_begins_with_the_words_goes_before_what_ends_with_them() -> None:
    begins = candidate("местный налог один два три четыре пять шесть", place=2)
    ends = candidate("один два три четыре пять шесть местный налог", place=1)
    assert order("местный налог ", begins, ends) == [2, 1]


def test_who_asks_what_a_thing_is_gets_its_definition() -> None:
    defines = candidate("местный налог это платёж жителей в бюджет села Үлгү", place=2)
    other = candidate("местный налог платят жители местный налог местный налог", place=1)
    assert order("местный налог ", defines, other) == [1, 2]
    assert order("что такое местный налог", defines, other) == [2, 1]
