from __future__ import annotations

import pytest

from kb.errors import BadQuery
from kb.search.model import Filters
from kb.search.query import Parsed, parse_query
from kb.search.stopwords import is_auxiliary
from tests.search.helpers import TinyAnalyser


def parse(text: str, filters: Filters | None = None) -> Parsed:
    return parse_query(text, filters or Filters(), TinyAnalyser())


@pytest.mark.parametrize(
    ("text", "required", "optional"),
    [
        ("местный бюджет", ["местный", "бюджет"], []),
        ("о местном бюджете", ["местном", "бюджете"], ["о"]),
        ("жергиликтүү бюджет жөнүндө", ["жергиликтүү", "бюджет"], ["жөнүндө"]),
        ("бюджет жонундо", ["бюджет"], ["жонундо"]),
        ("статья 12 бюджет", ["12", "бюджет"], ["статья"]),
        ("для и о", ["для", "и", "о"], []),
        ("той өткөрүү тартиби", ["той", "өткөрүү", "тартиби"], []),
        ("порядок той сделки", ["порядок", "сделки"], ["той"]),
        ("коммерциялык эмес уюм", ["коммерциялык", "эмес", "уюм"], []),
        ("бюджет бюджета", ["бюджет"], []),
        ("", [], []),
    ],
)
def test_words(text: str, required: list[str], optional: list[str]) -> None:
    words = parse(text).words
    assert [word.typed for word in words if word.required] == required
    assert [word.typed for word in words if not word.required] == optional


@pytest.mark.parametrize(
    ("before", "surface", "stem", "auxiliary"),
    [
        ("жеп", "койду", "кой", True),
        ("карап", "жатат", "жат", True),
        ("алып", "кетти", "кет", True),
        ("бузуп", "салса", "сал", True),
        ("сатып", "алуу", "ал", False),
        ("сатып", "алат", "ал", True),
        ("отчет", "берет", "бер", False),
        ("кабыл", "алат", "ал", False),
        ("мал", "кармайт", "карма", False),
    ],
)
def test_verbs_that_say_how(before: str, surface: str, stem: str, auxiliary: bool) -> None:
    assert is_auxiliary(before, surface, stem) is auxiliary


@pytest.mark.parametrize(
    ("text", "number", "numbered"),
    [
        ("17.5", "17.5", True),
        ("193-1", "193-1", True),
        ("статья 12", "12", True),
        ("ст. 12 бюджет", "12", True),
        ("27-берене", "27", True),
        ("50 процентов", "50", False),
        ("12", "12", True),
        ("срок 30 дней", "30", False),
        ("бюджет 09.07.2013", "09.07.2013", False),
        ("№ 279", "279", False),
        ("№279", "279", False),
        ("N 279", "279", False),
        ("номер 279", "279", False),
        ("№ 7-1 бюджет", "7-1", False),
        ("№ 17.5", "17.5", True),
        ("пункт № 5", "5", True),
        ("пункт номер 5", "5", True),
        ("вагон 12 бюджет", "12", False),
    ],
)
def test_numbers(text: str, number: str, numbered: bool) -> None:
    (word,) = [word for word in parse(text).words if word.number]
    assert (word.number, word.numbered) == (number, numbered)


def test_a_sign_makes_a_number_that_of_an_act() -> None:
    assert [word.signed for word in parse("№ 279 бюджет").words] == [True, False]
    assert [word.signed for word in parse("статья 279").words] == [False, False]
    assert [word.typed for word in parse("номер 279").words if word.required] == ["279"]


def test_phrases_and_what_must_not_be_there() -> None:
    parsed = parse('"айыл өкмөтү" бюджет -салык -"өз алдынча" “биринчи сөз”')
    assert parsed.phrases == (("айыл", "өкмөтү"), ("биринчи", "сөз"))
    assert [word.typed for word in parsed.words] == ["бюджет"]
    assert [word.typed for word in parsed.excluded] == ["салык"]
    assert parsed.excluded_phrases == (("өз", "алдынча"),)


def test_names_in_guillemets_are_words() -> None:
    assert [word.typed for word in parse("закон «О бюджете»").words] == ["закон", "О", "бюджете"]


def test_fields_narrow_the_filters() -> None:
    parsed = parse('number:127 kind:LAW year:2013 lang:ky official:yes body:"Жогорку Кеңеш" бюджет')
    assert parsed.numbers == ("127",)
    assert parsed.filters == Filters(kind=("law",), lang=("ky",), year=(2013,), body=("Жогорку Кеңеш",), official=True)
    assert [word.typed for word in parsed.words] == ["бюджет"]
    assert parse("kind:law", Filters(kind=("law", "code"))).filters.kind == ("law",)
    assert parse("kind:law", Filters(kind=("code",))).filters.kind == ("",)
    assert parse("year:2013", Filters(year=(2014,))).filters.year == (0,)


@pytest.mark.parametrize(
    "text", ["kind:foo", "year:20", "lang:en", "official:maybe", "status:x", "topic:x", 'number:""']
)
def test_a_field_with_a_value_that_it_cannot_have_is_refused(text: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(text)
    assert caught.value.params["field"] == text.split(":", maxsplit=1)[0]


def test_other_colons_are_no_fields() -> None:
    assert [word.typed for word in parse("берене:12 foo:bar").words] == ["берене", "12", "foo", "bar"]


@pytest.mark.parametrize(
    ("text", "last"), [("мест бюдж", "бюдж"), ("мест бюдж ", None), ("бюдж 12", None), ('бюдж "а б"', None)]
)
def test_the_last_word_may_go_on(text: str, last: str | None) -> None:
    assert next((word.typed for word in parse(text).words if word.last), None) == last


def test_a_query_of_very_many_words_is_cut() -> None:
    assert len(parse(" ".join(f"сөз{place}" for place in range(500))).words) == 32


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("кто утверждает местный бюджет", True),
        ("бюджетти ким бекитет?", False),
        ("жергиликтүү бюджетти ким бекитет", True),
        ("порядок утверждения местного бюджета", False),
        ("кто", False),
    ],
)
def test_questions(text: str, question: bool) -> None:
    assert parse(text).question is question
