"""Traps of official texts as legal sites and law databases export them, in fictional acts."""

from __future__ import annotations

import pytest

from kb.documents import Level
from tests.ingest.structure.sources import expected, outline, structure

OUTLINES = {
    "inserted articles behind another number than their base, the superscript lost": (
        """
        Статья 39. Имя
        Статья 40. Имя
        Статья 41. Имя
        Статья 391. Имя
        Статья 392. Имя
        Статья 42. Имя
        Глава 3. Имя
        Глава 31. Имя
        Глава 4. Имя
        """,
        """
        article 39 = Имя
        article 40 = Имя
        article 41 = Имя
        article 39-1 = Имя
        article 39-2 = Имя
        article 42 = Имя
        chapter 3 = Имя
        chapter 3-1 = Имя
        chapter 4 = Имя
        """,
    ),
    "an inserted article of five digits": (
        "Статья 738. Имя\n" + "".join(f"Статья 738{number}. Имя\n" for number in range(1, 12)) + "Статья 739. Имя\n",
        "article 738 = Имя\n"
        + "".join(f"article 738-{number} = Имя\n" for number in range(1, 12))
        + "article 739 = Имя\n",
    ),
    "a number with nothing behind it is no inserted one": (
        """
        Статья 23. Имя
        Статья 41. Имя
        Статья 231. Имя
        """,
        """
        article 23 = Имя
        article 41 = Имя
        article 231 = Имя
        """,
    ),
    "points of which some have the hyphen and some have lost it": (
        """
        Статья 1. Имя
        1) раз;
        1-1) раз и один;
        12) раз и два;
        2) два.
        """,
        """
        article 1 = Имя
        .point 1 +1
        .point 1-1 +1
        .point 1-2 +1
        .point 2 +1
        """,
    ),
    "a point typed with the stop of a part": (
        """
        Статья 1. Имя
        1. Часть:
        1) раз;
        2. два;
        3) три.
        2. Часть.
        """,
        """
        article 1 = Имя
        .paragraph 1 +1
        ..point 1 +1
        ..point 2 +1
        ..point 3 +1
        .paragraph 2 +1
        """,
    ),
    "headings of chapters in several lines, with a comma or a stop at a line's end": (
        """
        Глава первая
        Доступ, осмотр,
        опись и протокол
        Статья 1. Имя
        Текст статьи, который кончается точкой.
        Глава вторая
        Учёт земель.
        Наблюдение. Устройство
        Статья 2. Имя
        Текст статьи, который кончается точкой.
        Глава 3. Понятие дела.
        Основание дела
        Статья 3. Имя
        Текст статьи, который кончается точкой.
        """,
        """
        chapter 1 = Доступ, осмотр, опись и протокол
        .article 1 = Имя +1
        chapter 2 = Учёт земель. Наблюдение. Устройство
        .article 2 = Имя +1
        chapter 3 = Понятие дела. Основание дела
        .article 3 = Имя +1
        """,
    ),
    "a section whose name is that of a part": (
        """
        РАЗДЕЛ I
        ОБЩАЯ ЧАСТЬ
        Глава 1
        Имя
        Статья 1. Имя
        Текст.
        """,
        """
        section I = ОБЩАЯ ЧАСТЬ
        .chapter 1 = Имя
        ..article 1 = Имя +1
        """,
    ),
    "a sentence below a section's heading is its text": (
        """
        РАЗДЕЛ I. ОБЩИЕ ПОЛОЖЕНИЯ
        Настоящий Закон определяет правовые основы порядка на территории айылного аймака Үлгү.
        Статья 1. Имя
        Текст.
        """,
        """
        section I = ОБЩИЕ ПОЛОЖЕНИЯ +1
        .article 1 = Имя +1
        """,
    ),
    "a list of contents with parts that have no number": (
        """
        ОБЩАЯ ЧАСТЬ
        Глава 1. Первая
        Глава 2. Вторая
        ОСОБЕННАЯ ЧАСТЬ
        Глава 3. Третья
        Глава 4. Четвёртая
        ОБЩАЯ ЧАСТЬ
        Глава 1. Первая
        Статья 1. Имя
        Текст.
        Глава 2. Вторая
        Статья 2. Имя
        Текст.
        ОСОБЕННАЯ ЧАСТЬ
        Глава 3. Третья
        Статья 3. Имя
        Текст.
        Глава 4. Четвёртая
        Статья 4. Имя
        Текст.
        """,
        """
        part - = ОБЩАЯ ЧАСТЬ
        .chapter 1 = Первая
        ..article 1 = Имя +1
        .chapter 2 = Вторая
        ..article 2 = Имя +1
        part - = ОСОБЕННАЯ ЧАСТЬ
        .chapter 3 = Третья
        ..article 3 = Имя +1
        .chapter 4 = Четвёртая
        ..article 4 = Имя +1
        """,
    ),
}


@pytest.mark.parametrize("case", OUTLINES)
def test_outlines(case: str) -> None:
    text, units = OUTLINES[case]
    assert [line.lstrip(".") for line in outline(structure(text).units)] == [
        line.lstrip(".") for line in expected(units)
    ]


def test_the_part_of_a_code_above_its_date_is_its_title() -> None:
    found = structure(
        """
        ГРАЖДАНСКИЙ КОДЕКС
        ЧАСТЬ II
        от 5 января 1998 года № 0-1
        ЧАСТЬ II
        РАЗДЕЛ IV
        ОТДЕЛЬНЫЕ ВИДЫ
        Статья 415. Имя
        """
    )
    assert [unit.eid for unit in found.units] == ["part_II", "part_II__sec_IV", "art_415"]


def test_a_preamble_behind_the_list_of_contents() -> None:
    found = structure(
        """
        I Глава. Жалпы жоболор
        II Глава. Туу
        Ушул Мыйзам айыл аймагынын символдорун белгилейт.
        I Глава
        Жалпы жоболор
        1-статья.
        Символдор бар.
        II Глава
        Туу
        2-статья.
        Туу көк.
        """
    )
    assert [unit.eid for unit in found.units] == ["preamble", "chp_I", "art_1", "chp_II", "art_2"]
    assert found.coverage.left_out == ()


def test_signature_of_a_council_in_two_lines() -> None:
    found = structure(
        """
        1. Катчы шайлансын.
        2. Токтом күчүнө кирет.
        С. Үлгү айылдык
        Кеңешинин улуу депутаты: К. Үлгүлүева
        """
    )
    assert [unit.eid for unit in found.units] == ["cl_1", "cl_2", "conclusions"]
    assert found.units[-1].text.splitlines()[0] == "С. Үлгү айылдык"


def test_signature_of_the_cabinet_in_many_lines() -> None:
    found = structure(
        """
        1. Утвердить порядок.
        2. Постановление вступает в силу со дня опубликования.
        Председатель
        Кабинета Министров - Руководитель
        Администрации Президента
        Кыргызской Республики У.У.Үлгүлүев
        """
    )
    assert [unit.eid for unit in found.units] == ["cl_1", "cl_2", "conclusions"]
    assert found.units[1].text == "Постановление вступает в силу со дня опубликования."


def test_signature_in_the_cells_of_a_row() -> None:
    found = structure(
        """
        Статья 1. Имя
        1. Правительству:
        - принять меры.
        | Президент Кыргызской Республики |  | У.Үлгүлүев |
        """
    )
    assert [unit.eid for unit in found.units] == ["art_1", "art_1__para_1", "conclusions"]
    assert found.units[-1].body[0].rows == (("Президент Кыргызской Республики", "", "У.Үлгүлүев"),)


@pytest.mark.parametrize("words", ["Т О К Т О М К Ы Л А Т:", "ТОКТОМ КЫЛАТ:", "токтом кылат:"])
def test_enacting_words_are_no_heading(words: str) -> None:
    found = structure(f"Үлгү айылдык Кеңешинин II сессиясы\n{words}\n1. Бекитилсин.\n2. Кирсин.")
    assert [unit.eid for unit in found.units] == ["cl_1", "cl_2"]


def test_an_editors_reference_in_two_lines_is_a_note() -> None:
    found = structure(
        """
        Глава 1. Имя
        См.:
        Закон КР от 1 мая 2005 года № 0-3 "Об учёте"
        постановление Правительства КР от 2 мая 2006 года № 0-4 "О порядке"
        Статья 1. Имя
        Текст.
        См. также:
        Закон КР от 1 мая 2005 года № 0-3 "Об учёте"
        Статья 2. Имя
        О практике по делам об учёте см. постановление Пленума Верховного суда КР от 4 мая 2004 года № 0-5
        Текст.
        """
    )
    notes = {unit.eid: [len(note.acts) for note in unit.notes] for unit in found.units if unit.notes}
    assert list(notes) == ["chp_1", "art_1", "art_2"]
    assert notes["chp_1"] == [2]
    assert [unit.text for unit in found.units if unit.level is Level.ARTICLE] == ["Текст.", "Текст."]
    assert found.coverage.left_out == ()
