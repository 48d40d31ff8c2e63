from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kb.documents import Kind, Level, Status
from kb.language.model import Language, Token
from kb.search.records import make_records
from tests.search.helpers import TinyAnalyser, article, law, records_of, unit

CHARTER = law(
    unit("sec_I", Level.SECTION, "I", heading="Жалпы жоболор"),
    unit("cl_1", Level.CLAUSE, "1", "Устав кабыл алынат.", parent="sec_I"),
    unit("cl_1__subcl_1-1", Level.SUBCLAUSE, "1.1", "Кеңеш шайланат:", parent="cl_1"),
    unit("cl_1__subcl_1-1__al_1", Level.ALINEA, None, "эркин;", parent="cl_1__subcl_1-1"),
    unit("cl_1__subcl_1-2", Level.SUBCLAUSE, "1.2", "Айыл башчысы.", parent="cl_1"),
    unit("conclusions", Level.CONCLUSIONS, None, "Төрага А. Үлгү"),
    kind=Kind.MODEL_CHARTER,
)
LAW = law(
    unit("preamble", Level.PREAMBLE, None, "Настоящий закон"),
    unit("chp_1", Level.CHAPTER, "1", heading="Общие положения"),
    article("1", "Понятия", "В законе:", parent="chp_1"),
    unit("art_1__para_1", Level.PARAGRAPH, "1", "Бюджет", parent="art_1"),
    unit("art_1__para_1__point_1", Level.POINT, "1", "доходы;", parent="art_1__para_1"),
    article("2", None, parent="chp_1", status=Status.REPEALED),
    unit("att_1", Level.APPENDIX, "1", heading="Форма"),
    unit("att_1__cl_1", Level.CLAUSE, "1", "Заявление", parent="att_1"),
)


def test_groups_are_articles_or_clauses_and_what_lies_beside_them() -> None:
    assert [record.eid for record in records_of(LAW)] == [None, "preamble", "art_1", "art_2", "att_1", "att_1__cl_1"]
    assert [record.eid for record in records_of(CHARTER)] == [
        None,
        "cl_1",
        "cl_1__subcl_1-1",
        "cl_1__subcl_1-2",
        "conclusions",
    ]


def test_a_group_holds_all_below_it_with_numbers_that_are_no_words() -> None:
    record = records_of(LAW)[2]
    assert record.text == "В законе:\n1. Бюджет\n1) доходы;"
    assert record.body_words.surfaces == ("в", "законе", "бюджет", "доходы")
    shown = [record.text[start:end] for start, end in zip(*[iter(record.body_words.offsets)] * 2, strict=True)]
    assert shown == ["В", "законе", "Бюджет", "доходы"]
    assert [(part.eid, record.text[part.start : part.end]) for part in record.parts] == [
        ("art_1__para_1", "Бюджет\n1) доходы;"),
        ("art_1__para_1__point_1", "доходы;"),
    ]
    assert record.path == ("Глава 1. Общие положения",)


def test_a_clause_holds_its_subclauses_but_they_are_hits_of_their_own() -> None:
    clause, first, second = records_of(CHARTER)[1:4]
    assert clause.text == "Устав кабыл алынат.\n1.1. Кеңеш шайланат:\nэркин;\n1.2. Айыл башчысы."
    assert clause.parts == ()
    assert (first.within, second.within, clause.within) == ("cl_1", "cl_1", None)
    assert [part.eid for part in first.parts] == ["cl_1__subcl_1-1__al_1"]
    assert first.path == ("Раздел I. Жалпы жоболор", "Пункт 1")


def test_documents_without_articles_and_clauses_are_found_by_their_sections() -> None:
    document = law(
        unit("sec_1", Level.SECTION, "1", "Угулуу эмне?", heading="Коомдук угуу"),
        unit("sec_nn_1", Level.SECTION, None, heading="Даярдоо"),
        kind=Kind.TRAINING,
    )
    assert [record.eid for record in records_of(document)] == [None, "sec_1", "sec_nn_1"]


def test_a_document_without_units_is_found_as_a_whole() -> None:
    (record,) = records_of(law(title="Үлгү", number="0-3"))
    assert (record.eid, record.heading, record.number) == (None, None, "0-3")
    assert record.heading_words.surfaces == ("үлгү",)
    assert "0-3" in record.body_words.surfaces


def test_a_repealed_unit_is_repealed_and_an_empty_article_is_kept() -> None:
    record = records_of(LAW)[3]
    assert (record.status, record.text) == ("repealed", "")


def test_an_edition_is_valid_from_its_date_or_the_acts() -> None:
    edition = law(edition_date=dt.date(2022, 3, 4))
    assert records_of(edition, until=dt.date(2023, 1, 1))[0].valid_from == dt.date(2022, 3, 4)
    assert records_of(edition, until=dt.date(2023, 1, 1))[0].valid_until == dt.date(2023, 1, 1)
    assert records_of(law())[0].valid_from == dt.date(2020, 1, 2)
    assert records_of(law(date=None))[0].valid_from is None


def test_ids_are_the_same_each_time_and_safe_in_all_engines() -> None:
    ids = [record.id for record in records_of(LAW)]
    assert ids == [record.id for record in records_of(LAW)]
    assert len(set(ids)) == len(ids)
    assert all(key.isalnum() and key.isascii() for key in ids)


def test_control_characters_and_endless_words_do_no_harm() -> None:
    record = records_of(law(article("1", None, "а\x00б " + "я" * 5000)))[1]
    assert "\x00" not in record.text
    assert max(map(len, record.body_words.surfaces)) <= 100


def test_a_passage_in_the_other_language_is_read_by_that_language() -> None:
    class Telling(TinyAnalyser):
        def analyze(self, text: str, language: Language) -> list[Token]:
            return [replace(token, key=f"{language.value}:{token.key}") for token in super().analyze(text, language)]

    russian = "Местный бюджет утверждается кенешем, который собирается на сессию в порядке, установленном законом. " * 2
    kyrgyz = "Жергиликтүү бюджетти кеңеш бекитет, ал сессияга мыйзамда белгиленген тартипте чогулат жана чечет. " * 2
    document = law(
        article("1", None, russian), article("2", "Кеңеш", kyrgyz), article("3", None, "Кеңеш"), title="О бюджете Үлгү"
    )
    found = make_records(document, until=None, analyser=Telling())
    assert [record.lang for record in found] == ["ru", "ru", "ky", "ru"]
    for record in found:
        for words in (record.title_words, record.heading_words, record.body_words):
            assert {key.partition(":")[0] for key in words.keys} <= {record.lang}
