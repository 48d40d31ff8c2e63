"""Units of two languages matched, and what is told of the rest."""

from __future__ import annotations

import pytest

from kb.documents import ActId, Document, Kind, Metadata, Unit
from kb.ingest.align import Alignment, align, align_documents
from kb.language.model import Language
from tests.ingest.structure.sources import structure


def units(text: str) -> tuple[Unit, ...]:
    return structure(text).units


def aligned(kyrgyz: str, russian: str) -> Alignment:
    return align(units(kyrgyz), units(russian), mark="ky")


def moved(found: Alignment) -> dict[str, str]:
    """wIds that are not eIds."""
    return {unit.eid: unit.wid for unit in found.units if unit.wid != unit.eid}


LAW_KY = """
    1-глава. Жалпы жоболор
    1-берене. Максат
    1. Бир:
    1) раз;
    2) эки.
    2. Эки.
    2-берене. Түшүнүк
    Текст.
"""
LAW_RU = """
    Глава 1. Общие положения
    Статья 1. Цель
    1. Один:
    1) раз;
    2) два.
    2. Два.
    Статья 2. Понятия
    Текст.
"""


def test_the_same_numbers_align_by_themselves() -> None:
    found = aligned(LAW_KY, LAW_RU)
    assert (moved(found), found.unmatched, found.missing) == ({}, (), ())


def test_articles_align_whatever_stands_around_them() -> None:
    found = aligned(LAW_KY, LAW_RU.replace("Глава 1. Общие положения", ""))
    assert moved(found) == {}
    assert (found.unmatched, found.missing) == (("chp_1",), ())


def test_what_one_text_lacks_is_told_once_and_not_for_all_below_it() -> None:
    found = aligned(LAW_KY, LAW_RU + "\n    Статья 3. Ещё\n    1. Один.\n    2. Два.\n")
    assert (found.unmatched, found.missing) == ((), ("art_3",))
    found = aligned(LAW_KY + "\n    3-берене. Дагы\n    1. Бир.\n", LAW_RU)
    assert (found.unmatched, found.missing) == (("art_3",), ())


SECTIONS = "АТАЛЫШЫ\n    # БИРИНЧИ\n    Текст.\n    # ЭКИНЧИ\n    Текст.\n"


def test_sections_without_numbers_align_by_order_only_where_they_are_equally_many() -> None:
    same = aligned(SECTIONS, SECTIONS.replace("БИРИНЧИ", "ПЕРВЫЙ").replace("ЭКИНЧИ", "ВТОРОЙ"))
    assert (moved(same), same.unmatched, same.missing) == ({}, (), ())
    more = aligned(SECTIONS, SECTIONS + "    # ТРЕТИЙ\n    Текст.\n")
    assert more.unmatched == ("sec_nn_1", "sec_nn_2")
    assert more.missing == ("sec_nn_1", "sec_nn_2", "sec_nn_3")
    assert moved(more) == {"sec_nn_1": "sec_nn_1-ky", "sec_nn_2": "sec_nn_2-ky"}


def test_the_second_of_two_numbers_answers_to_the_second() -> None:
    twice = "    Статья 5. О земле\n    Текст о земле.\n    Статья 5. О воде\n    Текст воды.\n"
    found = aligned(twice, twice)
    assert moved(found) == {}
    once = aligned(twice, "    Статья 5. О земле\n    Текст о земле.\n")
    assert once.unmatched == ("art_5", "art_5_2")
    assert once.missing == ("art_5",)


def test_appendices_have_numbers_of_their_own() -> None:
    text = "1. Бир.\n2. Эки.\n{}\nТИЗМЕ\n1. Үч.\n2. Төрт.\n"
    found = aligned(text.format("1-тиркеме"), text.format("Приложение 1"))
    assert [unit.eid for unit in found.units] == ["cl_1", "cl_2", "att_1", "att_1__cl_1", "att_1__cl_2"]
    assert (moved(found), found.unmatched, found.missing) == ({}, (), ())


def test_a_wid_once_given_is_kept_by_the_next_text() -> None:
    first = aligned(SECTIONS, SECTIONS + "    # ТРЕТИЙ\n    Текст.\n").units
    again = align(units(SECTIONS), first, mark="ru")
    assert [unit.wid for unit in again.units] == ["sec_nn_1-ky", "sec_nn_2-ky"]


def test_all_wids_are_different() -> None:
    for kyrgyz, russian in ((LAW_KY, SECTIONS), (SECTIONS, LAW_RU), (LAW_KY, LAW_RU)):
        found = aligned(kyrgyz, russian)
        assert len({unit.wid for unit in found.units}) == len(found.units)


@pytest.mark.parametrize(("russian", "codes"), [(LAW_RU, []), (LAW_RU.replace("2) два.", ""), ["not_aligned"])])
def test_documents(russian: str, codes: list[str]) -> None:
    act = ActId(Kind.LAW, slug="ulgu")
    metadata = Metadata(Kind.LAW, "Үлгү")
    document, doubts = align_documents(
        Document(act, Language.KY, metadata, units(LAW_KY)), Document(act, Language.RU, metadata, units(russian))
    )
    assert len(document.units) == len(units(LAW_KY))
    assert [doubt.code for doubt in doubts] == codes
    for doubt in doubts:
        assert doubt.params == {"language": "ru", "count": 1, "missing": 0, "eids": "art_1__para_1__point_2"}
