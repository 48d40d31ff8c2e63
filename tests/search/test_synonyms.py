"""Other names of words: what the thesaurus adds to a query, and where it comes in the order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.documents import Kind
from kb.language.analyser import load
from kb.language.model import Language
from kb.language.thesaurus import read_thesaurus
from kb.search.embedded import EmbeddedEngine
from kb.search.model import Filters, Query, Results
from kb.search.query import parse_query
from kb.search.records import make_records
from kb.search.searcher import Searcher
from kb.search.synonyms import SYNONYM, TRANSLATED, Synonyms
from tests.search.helpers import TODAY, TinyAnalyser, article, embedded, fill, law

THESAURUS = read_thesaurus(
    """
өз алдынча башкаруу; ЖӨБ\tместное самоуправление; МСУ
каттоо\tрегистрация по месту жительства\tпрописка\tпрописка; жить без прописки
күрөө\tзалог\t\tломбард
\tи по
""".encode()
)
RUSSIAN = law(
    article("1", "Залог", "Предмет залога остаётся у залогодателя."),
    article("2", None, "Регистрация граждан по новому месту жительства."),
    article("3", None, "Регистрация по прежнему месту жительства прекращается."),
    article("4", None, "Органы местного самоуправления открыты."),
    article("5", None, "Самоуправление местное бывает разным."),
)
KYRGYZ = law(
    article("1", "Күрөө", "Күрөө жөнүндө."),
    article("2", None, "Жергиликтүү өз алдынча башкаруу органдары."),
    article("3", None, "Өз ишин гана алдынча башкаруу ар башка."),
    title="Күрөө мыйзамы",
    number="0-9",
    kind=Kind.LAW,
    language=Language.KY,
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    engine = embedded(tmp_path_factory.mktemp("index"))
    fill(engine, RUSSIAN, KYRGYZ)
    return Searcher(engine, TinyAnalyser(), thesaurus=lambda: THESAURUS)


def ask(searcher: Searcher, text: str, **more: object) -> Results:
    return searcher.search(Query(text, TODAY, **more))  # type: ignore[arg-type]


def units(results: Results) -> list[str]:
    return [f"{hit.lang} {hit.eid}" for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("мсу", [{"өз алдынча башкаруу", "ЖӨБ", "местное самоуправление"}]),
        ("органы мсу", [set(), {"өз алдынча башкаруу", "ЖӨБ", "местное самоуправление"}]),
        ("местного самоуправления", [{"өз алдынча башкаруу", "ЖӨБ", "МСУ"}] * 2),
        ("самоуправление местное", [set(), set()]),
        ("оз алдынча башкаруу", [set(), *[{"ЖӨБ", "местное самоуправление", "МСУ"}] * 2]),
        ("регистрация месту жительства", [{"каттоо"}] * 3),
        ("регистрация по месту жительства", [{"каттоо"}, set(), {"каттоо"}, {"каттоо"}]),
        ("прописка", [{"каттоо", "регистрация по месту жительства"}]),
        ("ломбард", [{"күрөө", "залог"}]),
        ("залог", [{"күрөө"}]),
        ("и по", [set(), set()]),
    ],
)
def test_names_of_the_words_of_a_query(query: str, names: list[set[str]]) -> None:
    words = parse_query(query, Filters(), TinyAnalyser()).words
    found = Synonyms(THESAURUS, TinyAnalyser()).of(words)
    assert [{one.text for one in some} for some in found] == names


def test_a_name_of_the_other_language_is_worth_less() -> None:
    words = parse_query("ломбард", Filters(), TinyAnalyser()).words
    (found,) = Synonyms(THESAURUS, TinyAnalyser()).of(words)
    assert {(one.text, one.worth) for one in found} == {("залог", SYNONYM), ("күрөө", TRANSLATED)}


def test_words_themselves_come_before_other_names(searcher: Searcher) -> None:
    results = ask(searcher, "залог")
    assert units(results) == ["ru art_1", "ky None", "ky art_1"] or units(results) == [
        "ru art_1",
        "ky art_1",
        "ky None",
    ]
    assert (results.relaxed, results.read_as) == (None, ())
    assert ask(searcher, "күрөө").hits[0].lang == "ky"


def test_what_only_has_another_name_in_the_other_language_is_said(searcher: Searcher) -> None:
    results = ask(searcher, "жөб")
    assert units(results) == ["ru art_4", "ky art_2"] or units(results) == ["ky art_2", "ru art_4"]
    results = ask(searcher, "жөб", filters=Filters(lang=("ru",)))
    assert (units(results), results.relaxed) == (["ru art_4"], "other_language")
    assert results.read_as == (("жөб", "местное самоуправление"),)
    assert "<mark>местного</mark> <mark>самоуправления</mark>" in results.hits[0].snippet


def test_what_has_another_name_in_the_same_language_is_said_too(searcher: Searcher) -> None:
    results = ask(searcher, "прописка")
    assert units(results) == ["ru art_3"]
    assert (results.relaxed, results.read_as) == (None, (("прописка", "регистрация по месту жительства"),))


def test_other_names_neither_move_direct_hits_nor_are_mended(tmp_path: Path) -> None:
    engine = embedded(tmp_path)
    named = article("1", None, "залог обременение обременение обременение")
    twice = article("2", None, "залог залог слово слово")
    fill(engine, law(named, twice))
    thesaurus = read_thesaurus("\tобременение; залог\t\tзакладз".encode())
    searcher = Searcher(engine, TinyAnalyser(), thesaurus=lambda: thesaurus)
    assert units(ask(searcher, "залог"))[0] == "ru art_2"
    results = ask(searcher, "закладз")
    assert (results.relaxed, results.total, [typed for typed, _ in results.read_as]) == (None, 2, ["закладз"])


def test_russian_words_of_a_family_are_other_names(tmp_path: Path) -> None:
    analyser = load()
    engine = EmbeddedEngine(tmp_path, analyser_version=analyser.version)
    act = law(article("1", None, "Регистрация фонда"), article("2", None, "Правительство"), article("3", None, "право"))
    with engine.rebuild() as writer:
        assert writer is not None
        writer.replace_edition(act.edition.uri, make_records(act, until=None, analyser=analyser))
        writer.commit(1)
    searcher = Searcher(engine, analyser)
    results = ask(searcher, "зарегистрировать")
    assert (units(results), results.relaxed) == (["ru art_1"], None)
    assert results.read_as == (("зарегистрировать", "регистрация"),)
    assert ask(searcher, "зарегистрировать", strict=True).total == 0
    assert units(ask(searcher, "право")) == ["ru art_3"]


def test_a_name_stands_in_its_order_with_one_word_in_between(searcher: Searcher) -> None:
    assert units(ask(searcher, "мсу")) == ["ru art_4", "ky art_2"]


def test_strict_search_takes_the_words_alone(searcher: Searcher) -> None:
    assert ask(searcher, "прописка", strict=True).total == 0
    assert ask(searcher, "pfkju", strict=True).total == 0
    assert ask(searcher, "залоги космос", strict=True).total == 0
    assert ask(searcher, "залгo", strict=True).total == 0
    assert units(ask(searcher, "залогом", strict=True)) == ["ru art_1"]


def test_a_rare_word_is_doubted(tmp_path: Path) -> None:
    engine = embedded(tmp_path)
    many = (article(str(number), None, "Бюджет принимается кенешем.") for number in range(1, 15))
    fill(engine, law(*many, article("20", None, "Бюджт тоже слово.")))
    searcher = Searcher(engine, TinyAnalyser())
    results = ask(searcher, "бюджт слово")
    assert (results.total, results.relaxed, results.suggestion) == (1, None, "бюджет слово")
    assert ask(searcher, "бюджет кенешем").suggestion is None
    assert ask(searcher, "беджет", strict=True).suggestion == "бюджет"


def test_a_thesaurus_that_changed_is_read_anew(tmp_path: Path) -> None:
    engine = embedded(tmp_path)
    fill(engine, RUSSIAN)
    current = [THESAURUS, read_thesaurus("\tзалог\t\tпрописка".encode())]
    searcher = Searcher(engine, TinyAnalyser(), thesaurus=lambda: current[0])
    assert units(ask(searcher, "прописка")) == ["ru art_3"]
    del current[0]
    assert units(ask(searcher, "прописка")) == ["ru art_1"]
