from __future__ import annotations

import pytest

from kb.documents import Block, BlockKind, Place, Span, SpanKind, table_block
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.readers.folding import FontWatch, cell_text, fold, gather_drawn, lay_out, paragraph, printed_label

SUP, SUB = SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT
HERE = Place(3)


def block(text: str, label: str | None = None, spans: tuple[Span, ...] = ()) -> SourceBlock:
    return SourceBlock(Block(text, spans=spans, place=HERE), Look(label=label))


@pytest.mark.parametrize(
    ("pieces", "text", "spans"),
    [
        ([("  Биринчи \u00a0 абзац \n", None)], "Биринчи абзац", ()),
        ([("\t1.\tШаар", None)], "1. Шаар", ()),
        ([("а)\tпункт\tжана", None)], "а) пункт\tжана", ()),
        ([("Башчысы\tА. Үлгүев", None)], "Башчысы\tА. Үлгүев", ()),
        ([("1-глава. Жоболор\t5", None)], "1-глава. Жоболор\t5", ()),
        ([("30.2. а \n\n \t30.3.\tб", None)], "30.2. а\n30.3. б", ()),
        ([("мый\u00adзам", None), ("дар\u200b\ufeff", None)], "мыйзамдар", ()),
        ([("өз\u2011ара", None)], "өз-ара", ()),
        ([("Стат", None), ("ья 21", None), ("1", SUP), (".", None)], "Статья 211.", ((9, 10, SUP),)),
        ([("21", None), ("1", SUP), ("0", SUP)], "2110", ((2, 4, SUP),)),
        ([("CO", None), (" 2 ", SUB), ("х", None)], "CO 2 х", ((3, 4, SUB),)),
        ([("и\u0306", None)], "й", ()),
        ([("\u00a0\t", None), ("\n", SUP)], "", ()),
    ],
)
def test_fold(
    pieces: list[tuple[str, SpanKind | None]], text: str, spans: tuple[tuple[int, int, SpanKind], ...]
) -> None:
    assert fold(pieces) == (text, tuple(Span(*span) for span in spans))


def test_small_print_is_not_superscript() -> None:
    made = paragraph([("кол коюу", SUP), (" ", None)], Look(), HERE)
    assert made is not None
    assert made.block.spans == ()


def test_nothing_shown_is_no_block() -> None:
    assert paragraph([(" \u00ad", None)], Look(), HERE) is None


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([[["а"]]], ["paragraph"]),
        ([[["а", "б"]], [["в"]]], ["paragraph"] * 3),
        ([[[], ["Тиркеме"]], [[], ["токтомго"]]], ["paragraph"] * 2),
        ([[["1. а", "2. б"], ["1. в", "2. г"]]], ["paragraph"] * 4),
        ([[["1.1. а", "1.2. б"], []]], ["paragraph"] * 2),
        ([[["Төрага"], ["А. Үлгүев"]]], ["table"]),
        ([[["1."], ["жер"]], [["2."], ["суу"]]], ["table"]),
        ([[["1. а", "2. б"], ["в"]], [["г"], []]], ["table"]),
        ([[["2024-ж.", "5 адам"], ["в"]]], ["table"]),
        ([[[], []], [[], []]], []),
        ([], []),
    ],
)
def test_tables_for_layout_become_paragraphs(rows: list[list[list[str]]], kinds: list[str]) -> None:
    made = lay_out([[[block(text) for text in cell] for cell in row] for row in rows], HERE)
    assert [source.block.kind.value for source in made] == kinds


def test_cells_show_counted_numbers_and_raised_digits() -> None:
    cell = [block("жер м2", "1)", (Span(5, 6, SUP),)), block("ха", spans=(Span(1, 2, SUP),))]
    assert cell_text(cell) == "1) жер м²\nха"


def test_empty_rows_go_and_columns_stay() -> None:
    made = lay_out([[[block("а")], [], [block("б")]], [[], [], []]], HERE)
    assert [source.block.rows for source in made] == [(("а", "", "б"),)]


def test_drawn_tables_are_tables() -> None:
    lines = ["┌───┬────┐", "│ 1 │ Жер│", "├───┼────┤", "│ 2 │Суу │", "└───┴────┘"]
    made = gather_drawn([block("Башы"), *map(block, lines), block("Аягы")])
    assert [source.block.kind for source in made] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    assert made[1].block.rows == (("1", "Жер"), ("2", "Суу"))


def test_a_single_line_is_no_drawn_table() -> None:
    given = [block("│ а │"), SourceBlock(table_block([["а", "б"]]))]
    assert gather_drawn(given) == given


@pytest.mark.parametrize(
    ("text", "expected"), [(" 1.\t", "1."), ("а) ", "а)"), ("–", "–"), ("·", "•"), ("o", "•"), (" ", None)]
)
def test_printed_label(text: str, expected: str | None) -> None:
    assert printed_label(text) == expected


def test_old_fonts_are_told_unless_they_show_kyrgyz_letters() -> None:
    watch = FontWatch()
    watch.note("A97_Oktom_Times", "Кыргыз")
    watch.note("Janyzak Times", "жоболор")
    watch.note("Janyzak Times", "жөнүндө")
    watch.note("Times New Roman", "Кыргыз")
    watch.note(None, "х")
    assert [(doubt.code, doubt.params["font"]) for doubt in watch.doubts()] == [("old_kyrgyz_font", "A97_Oktom_Times")]
