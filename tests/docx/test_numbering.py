from __future__ import annotations

import pytest

from kb.docx import Paragraph, read_docx
from kb.docx.numbering import format_number
from kb.docx.symbols import bullet
from tests.docx.build import docx, level, numbered, numbering, p, style, styles


def labels(*body: str, lists: str, style_part: str = "") -> list[str | None]:
    parts = {"numbering": lists} | ({"styles": style_part} if style_part else {})
    file = read_docx(docx(*body, parts=parts), unpacked_bytes=10**6, seconds=10)
    return [block.label for block in file.content if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (4000, "upperRoman", "4000"),
        (26, "lowerLetter", "z"),
        (27, "upperLetter", "AA"),
        (28, "lowerLetter", "bb"),
        (7, "russianLower", "ж"),
        (10, "russianLower", "к"),  # й is no letter of a list
        (26, "russianLower", "ы"),
        (29, "russianUpper", "Я"),
        (30, "russianLower", "аа"),
        (0, "lowerLetter", "0"),
        (10**9, "lowerLetter", "1000000000"),
        (3, "none", ""),
        (3, "hebrew1", "3"),
    ],
)
def test_number_formats(number: int, style: str, expected: str) -> None:
    assert format_number(number, style) == expected


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("-", None, "-"),
        ("–", "Times New Roman", "–"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf02d", "Symbol", "-"),
        ("o", "Courier New", "•"),
        ("§", "Wingdings", "•"),
        ("", None, None),
    ],
)
def test_bullets(text: str, font: str | None, expected: str | None) -> None:
    assert bullet(text, font) == expected


MULTI = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "russianLower", "%3)"))


def test_levels_count_and_restart() -> None:
    body = [
        numbered(text, 1, at) for text, at in [("А", 0), ("Б", 1), ("В", 1), ("Г", 2), ("Д", 0), ("Е", 1), ("Ж", 2)]
    ]
    assert labels(*body, lists=MULTI) == ["1.", "1.1.", "1.2.", "а)", "2.", "2.1.", "а)"]


def test_a_level_above_that_was_never_used_counts_as_begun() -> None:
    body = [numbered("x", 1, at) for at in (1, 1, 0, 1)]
    assert labels(*body, lists=MULTI) == ["1.1.", "1.2.", "2.", "2.1."]


def test_other_paragraphs_do_not_count() -> None:
    body = [numbered("Биринчи", 1), p("Абзац"), numbered("", 1), numbered("Үчүнчү", 1), numbered("Алынды", 0)]
    assert labels(*body, lists=MULTI) == ["1.", None, "2.", "3.", None]


def test_level_that_restarts_only_after_the_first() -> None:
    lists = numbering(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
    )
    body = [numbered("x", 1, at) for at in (0, 1, 2, 1, 2, 0, 2)]
    assert labels(*body, lists=lists) == ["I.", "1.", "1)", "2.", "2)", "II.", "1)"]


def test_level_that_never_restarts() -> None:
    lists = numbering(
        level(0, "upperRoman", "%1 БӨЛҮМ."), level(1, "decimal", "%2-берене.", '<w:lvlRestart w:val="0"/>')
    )
    body = [numbered("x", 1, at) for at in (0, 1, 1, 0, 1)]
    assert labels(*body, lists=lists) == ["I БӨЛҮМ.", "1-берене.", "2-берене.", "II БӨЛҮМ.", "3-берене."]


def test_legal_numbers_are_arabic() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    assert labels(numbered("x", 1, 0), numbered("y", 1, 1), lists=lists) == ["I.", "1.1."]


def test_lists_over_one_definition_count_on_unless_they_force_a_start() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    nums = (
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1)"), nums=nums)
    body = [numbered("x", number) for number in (1, 1, 2, 2, 1, 2, 3)]
    assert labels(*body, lists=lists) == ["1)", "2)", "5)", "6)", "7)", "8)", "9)"]


def test_a_list_can_replace_a_level() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    lists = numbering(level(0, "decimal", "%1."), nums=f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{own}</w:num>')
    assert labels(numbered("x", 2), lists=lists) == ["A)"]


def test_numbering_of_a_style_and_of_one_based_on_it() -> None:
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    part = styles(
        style("S1", "Глава", paragraph=listed),
        style("S2", "Статья", paragraph=listed),
        style("S3", based="S2"),
        style("S4", based="S2", paragraph='<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    lists = numbering(
        level(0, "decimal", "Глава %1.", '<w:pStyle w:val="S1"/>'),
        level(1, "decimal", "Статья %2.", '<w:pStyle w:val="S2"/>'),
    )
    body = [p("а", style=key) for key in ("S1", "S2", "S3", "S4", "S2")]
    assert labels(*body, lists=lists, style_part=part) == ["Глава 1.", "Статья 1.", "Статья 2.", None, "Статья 3."]


def test_list_behind_a_list_style() -> None:
    linked = '<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="Тизме"/>' + level(0, "decimal", "%1-пункт")
    lists = numbering('<w:numStyleLink w:val="Тизме"/>', more=linked + "</w:abstractNum>")
    assert labels(numbered("x", 1), lists=lists) == ["1-пункт"]


def test_custom_zeros() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert labels(numbered("x", 1), lists=numbering(custom)) == ["007"]


def test_a_format_not_printed_here_is_told() -> None:
    parts = {"numbering": numbering(level(0, "hebrew1", "%1."))}
    file = read_docx(docx(numbered("x", 1), parts=parts), unpacked_bytes=10**6, seconds=10)
    assert [(doubt.code, dict(doubt.params)) for doubt in file.doubts] == [("numbering_format", {"format": "hebrew1"})]


@pytest.mark.parametrize("number", [99, -1])
def test_unknown_lists_give_no_label(number: int) -> None:
    assert labels(numbered("x", number), numbered("y", 1, 12), lists=MULTI) == [None, None]
