"""Addresses, notes, gaps, doubts and coverage; nothing is lost and nothing doubled."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import Level, NoteKind, Status
from kb.ingest.structure import Structure, build, find_body
from tests.ingest.structure.sources import blocks, structure

REPEALED = "(Утратила силу в соответствии с Законом КР от 1 мая 2005 года № 0-3)"


def eids(found: Structure) -> list[str]:
    return [unit.eid for unit in found.units]


def codes(found: Structure) -> list[str]:
    return [doubt.code for doubt in found.doubts]


def test_addresses_nest_where_numbers_restart() -> None:
    found = structure(
        """
        ЧАСТЬ II
        РАЗДЕЛ 2. Имя
        Глава 10-1. Имя
        Параграф 2. Имя
        Статья 29. Имя
        1. Текст:
        2) текст:
        а) текст.
        """
    )
    assert eids(found) == [
        "part_II",
        "part_II__sec_2",
        "part_II__sec_2__chp_10-1",
        "part_II__sec_2__chp_10-1__subchp_2",
        "art_29",
        "art_29__para_1",
        "art_29__para_1__point_2",
        "art_29__para_1__point_2__subpara_а",
    ]
    assert [unit.wid for unit in found.units] == eids(found)


def test_addresses_of_clauses_and_appendices() -> None:
    found = structure(
        """
        I. Жалпы
        17. Текст.
        17.5. Текст:
        17.5.1. текст.
        1-тиркеме
        ТИЗМЕ
        17. Текст.
        """
    )
    assert eids(found) == [
        "sec_I",
        "cl_17",
        "cl_17__subcl_17-5",
        "cl_17__subcl_17-5__subcl_17-5-1",
        "att_1",
        "att_1__cl_17",
    ]


def test_of_two_same_addresses_the_first_keeps_it() -> None:
    found = structure(
        """
        Глава 1. Имя
        Статья 5. О земле
        Текст о земле.
        Статья 5. О совсем другом предмете
        Текст другой.
        Глава 2. Имя
        Статья 5. О воде
        """
    )
    assert eids(found) == ["chp_1", "art_5", "chp_1__art_5", "chp_2", "chp_2__art_5"]
    assert codes(found).count("address_twice") == 2


def test_closing_alinea_is_counted_behind_own_paragraphs() -> None:
    found = structure("Статья 1. Имя\n1. Текст:\n1) а;\n2) б.\nЗаключение.\nЕщё абзац.\n2. Текст.")
    assert eids(found)[4:6] == ["art_1__para_1__al_2", "art_1__para_1__al_3"]


def test_text_before_the_body_is_preamble_unless_requisite() -> None:
    source = blocks(["ПРИКАЗ", "В целях порядка ПРИКАЗЫВАЮ:", "1. Утвердить."])
    body = find_body(source)
    found = build(source, body=body, requisites=frozenset({0}))
    assert [(unit.level, unit.text) for unit in found.units] == [
        (Level.PREAMBLE, "В целях порядка ПРИКАЗЫВАЮ:"),
        (Level.CLAUSE, "Утвердить."),
    ]


def test_notes_belong_to_the_unit_that_they_follow() -> None:
    found = structure(
        f"""
        Статья 1. Имя
        1. Текст.
        (В редакции Закона КР от 1 мая 2004 года № 0-2)
        2. Текст.
        (В редакции Закона КР от 2 мая 2004 года № 0-5)
        Статья 2. Имя
        {REPEALED}
        """
    )
    by_eid = {unit.eid: unit for unit in found.units}
    assert [len(by_eid[eid].notes) for eid in ("art_1", "art_1__para_1", "art_1__para_2", "art_2")] == [1, 1, 0, 1]
    repealed = by_eid["art_2"]
    assert repealed.status is Status.REPEALED
    assert repealed.status_by is not None
    assert repealed.status_by.number == "0-3"
    assert (repealed.heading, repealed.body, repealed.notes[0].kind) == ("Имя", (), NoteKind.REPEALED)


def test_a_repealed_alinea_does_not_repeal_its_paragraph() -> None:
    found = structure("Статья 1. Имя\n1. Текст.\n(Абзац 2 утратил силу Законом КР от 1 мая 2005 года № 0-3)\n2. Текст.")
    assert [unit.status for unit in found.units] == [None, None, None]
    assert len(found.units[1].notes) == 1


@pytest.mark.parametrize(
    ("note", "status"),
    [
        (REPEALED, Status.REPEALED),
        (REPEALED.replace("Утратила", "Утратил"), None),
        ("(Күчүн жоготту.)", Status.REPEALED),
    ],
)
def test_text_kept_above_the_note_that_repeals_it(note: str, status: Status | None) -> None:
    found = structure(f"Статья 1. Имя\nТекст.\n{note}\nСтатья 2. Имя\nТекст.")
    assert found.units[0].status is status
    assert "repeal_unsure" in codes(found)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Статья 1. А\nСтатья 3. Б", [("article", "1", "3", "missing")]),
        (
            "Статья 244. А\nГлава 10-1 Имя\nСтатья 233-1. Б\nСтатья 233-2. В\nГлава 11. Имя\nСтатья 245. Г",
            [
                ("chapter", None, "10-1", "missing"),
                ("article", None, "244", "missing"),
                ("article", "244", "233-1", "out_of_order"),
            ],
        ),
        ("Статья 1. А\n1. Т.\n3. Т.", [("paragraph", "1", "3", "missing")]),
        ("Статья 1. А\n1) т;\n2) т;\n2) т.", [("point", "2", "2", "duplicate")]),
        ("1. Имя\n1.1.1. Т.\n1.2. Т.", [("subclause", None, "1.1.1", "no_parent")]),
        ("Глава 1. А\n1. Т.\nГлава 2. Б\n1. Т.\n2. Т.", []),
    ],
)
def test_gaps(text: str, gaps: list[tuple[str, str | None, str, str]]) -> None:
    assert {(gap.level, gap.after, gap.before, gap.reason) for gap in structure(text).gaps} == set(gaps)
    assert len(structure(text).gaps) == len(gaps)


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("1. Раз.\n2. Два по пункту\n5. настоящего.\n3. Три.", "number_rejected", "5"),
        ("1. Раз.\n2. Два. 3. Спрятан. Ещё.\n4. Четыре.", "number_hidden", "3"),
        ("1. Раз.\n1. Раз.\n2. Два.", "numbering_restarts", "1"),
        ("1. Раз.\n2. Два.\n2. Два.\n3. Три.", "number_twice", "2"),
        ("1. Раз.\n2. Два.\n4. Четыре.\n3. Три.", "number_out_of_order", "3"),
        ("Статья 1. А\n1) т;\n2) т;\nЗ) т.", "number_lookalike", "3"),
        ("Статья 1. А\n1) т;\n2) т\nАбзац.\nСтатья 2. Б", "alinea_unsure", None),
        ("Статья 1. А\nТ.\nСтатья 1. А\nТ.", "article_twice", "1"),
        (f"Статья 1. А\nТекст.\n{REPEALED}\nСтатья 2. Б", "repeal_unsure", "1"),
        ("Статья 3. А\nСтатья 31. Б\nСтатья 4. В", "superscript_lost", "3-1"),
    ],
)
def test_doubts(text: str, code: str, number: str | None) -> None:
    found = [doubt for doubt in structure(text).doubts if doubt.code == code]
    assert [doubt.params.get("number") for doubt in found] == [number]
    assert all(doubt.where.startswith("paragraph ") for doubt in found)


def test_what_no_rule_placed_is_listed_and_kept() -> None:
    found = structure("Глава 1. Имя\nНичей текст.\nСтатья 1. Имя\nСтарое.\nСтатья 1. Имя\nНовое.")
    assert [(piece.reason, piece.text) for piece in found.coverage.left_out] == [
        ("under_heading", "Ничей текст."),
        ("earlier_copy", "Имя\nСтарое."),
    ]
    assert found.units[0].text == "Ничей текст."
    lost = sum(len("".join(piece.text.split())) for piece in found.coverage.left_out)
    assert found.coverage.placed == found.coverage.characters - lost


def test_a_table_keeps_its_rows_and_its_cells_are_no_points() -> None:
    found = structure("Статья 1. Имя\n1. Текст:\n|1) уяча|2|\n2. Текст.")
    assert eids(found) == ["art_1", "art_1__para_1", "art_1__para_2"]
    assert found.units[1].body[1].rows == (("1) уяча", "2"),)


def test_no_blocks_no_units() -> None:
    found = build((), body=find_body(()), requisites=frozenset())
    assert (found.units, found.coverage.characters) == ((), 0)


#: Beginnings of lines, and the letters of them that become a level or a number.
_STARTS = {
    "Статья 1. ": "Статья",
    "Статья 2 ": "Статья",
    "3-берене. ": "берене",
    "Глава 1. ": "Глава",
    "I. ": "I",
    "II. ": "II",
    "а) ": "а",
    "б) ": "б",
} | dict.fromkeys(
    [
        *("", "1. ", "2. ", "3. ", "1.1. ", "1.2. ", "9. ", "1) ", "2) ", "- ", "(", "«", "!", "*", "§ 1. ", "№"),
        *("[1.] ", "[а)] ", "ИМЯ", "1-тиркеме", "Приложение 1", "Мазмуну", "Утратила силу.", "Президент У. Улгулуев"),
        "(Исключена Законом КР от 1 мая 2005 года № 0-3)",
    ],
    "",
)
_ENDS = ["", "текст", "Имя", "Текст.", "Текст:", "текст;", "о ⏎ 1. б", "о ⏎ б) у", "^1^", "Т. 2. Ещё", "»."]
_LINES = st.lists(
    st.one_of(st.tuples(st.sampled_from(sorted(_STARTS)), st.sampled_from(_ENDS)), st.just(("", "|а) я|2|"))),
    max_size=25,
)


def letters(text: str) -> Counter[str]:
    """Letters of a text by count: numbers, marks and white space may be read into other forms."""
    return Counter(sign for sign in text if sign.isalpha())


@settings(max_examples=400, deadline=None)
@given(_LINES)
def test_nothing_is_lost_and_nothing_doubled(lines: list[tuple[str, str]]) -> None:
    source = blocks(start + end for start, end in lines)
    body = find_body(source)
    found = build(source, body=body, requisites=frozenset())
    given_letters = letters("".join(one.block.text for one in source))
    kept = letters("".join((unit.heading or "") + unit.text for unit in found.units))
    kept += letters("".join(note.text for unit in found.units for note in unit.notes))
    kept += letters("".join(piece.text for piece in found.coverage.left_out if piece.reason == "earlier_copy"))
    assert not kept - given_letters
    numbered = letters("".join(_STARTS[start] for start, _ in lines)) + letters("б" * len(lines))
    missing = given_letters - kept - numbered
    # What a list of contents repeats stands in the body once more.
    assert not missing or (all(kept[sign] or numbered[sign] for sign in missing) and _has_contents(lines))
    check_tree(found)


def _has_contents(lines: list[tuple[str, str]]) -> bool:
    starts = [start for start, _ in lines if start[:1] in set("СГI3129§")]
    return any(start == "Мазмуну" for start, _ in lines) or len(set(starts)) < len(starts)


def check_tree(found: Structure) -> None:
    """Addresses are unique, parents stand before their children, coverage is a share."""
    seen: set[str | None] = {None}
    for unit in found.units:
        assert unit.parent in seen
        assert unit.eid not in seen
        seen.add(unit.eid)
    assert 0 <= found.coverage.placed <= found.coverage.characters


@settings(max_examples=200, deadline=2000)
@given(st.lists(st.text(max_size=200), max_size=12))
def test_any_text_has_a_structure(lines: list[str]) -> None:
    source = blocks(line.replace("|", "/") for line in lines)
    found = build(source, body=find_body(source), requisites=frozenset())
    check_tree(found)


@pytest.mark.parametrize(
    "lines",
    [
        ["1. a:", "1) b:", "а) c:"] * 700,
        ["a:", "«1. b"] * 700,
        ["I. a", "II. b"] * 700,
        ["Статья 1. a"] * 1500,
        ["(В редакции Закона КР от 1 мая"] * 700,
        ["1. a⏎" * 1000],
        ["Статья" + " " * 20_000 + "1", "(" * 5_000, "двадцать " * 2_000, "I" * 5_000, "1." * 5_000],
    ],
    ids=["colons", "quotations", "contents", "copies", "notes", "lines", "long"],
)
def test_hostile_texts_end_soon(lines: list[str]) -> None:
    source = blocks(lines)
    begun = time.process_time()
    check_tree(build(source, body=find_body(source), requisites=frozenset()))
    assert time.process_time() - begun < 5
