from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import SpanKind
from kb.errors import Damaged, Empty, InputRefused, NotADocument, TooLarge
from kb.ingest.blocks import Reading, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.rtf import read

SAMPLES = Path(__file__).parents[2] / "samples" / "rtf"
LIMITS = ReadLimits(seconds=20)
FONTS = r"{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}{\f2\fcharset2 Symbol;}{\f3 Arial Cyr;}}"


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> Reading:
    return read(("{\\rtf1" + head + FONTS + "\n" + body + "}").encode("cp1251"), LIMITS)


def texts(reading: Reading) -> list[str]:
    return [source.block.text for source in reading.blocks]


def only(reading: Reading) -> SourceBlock:
    (source,) = reading.blocks
    return source


def raised(source: SourceBlock) -> list[tuple[str, str]]:
    return [(source.block.text[span.start : span.end], span.kind.value) for span in source.block.spans]


def codes(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.doubts]


def test_a_law() -> None:
    reading = read((SAMPLES / "law.ru.rtf").read_bytes(), LIMITS)
    assert texts(reading) == [
        "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ",
        "Статья 211. О м2 (text §)",
        "Первый пункт-а—\n30.3. после переноса",
        "С точкой5",
        "Ставка\t10 м² ещё\nИтог\t",
        "После таблицы[1].",
        "[1] Сноска.",
    ]
    heading, article, clause, bullet, table, _, note = reading.blocks
    assert (heading.look.bold, heading.look.centred, heading.look.size, heading.look.outline) == (True, True, 14.0, 1)
    assert raised(article) == [("1", "sup"), ("2", "sup")]
    assert article.look.indent == 28.35
    assert (clause.look.label, bullet.look.label) == ("1.", "•")
    assert table.block.rows == (("Ставка", "10 м²\nещё"), ("Итог", ""))
    assert [source.block.place.paragraph for source in reading.blocks if source.block.place] == [1, 2, 3, 4, 5, 6, 6]
    assert note.block.text.startswith("[1]")
    assert reading.properties == {"title": "Закон о пробе", "created": "2024-05-07T09:30:00"}
    assert reading.pictures == 1
    assert codes(reading) == ["tracked_changes"]


def test_kyrgyz_by_unicode() -> None:
    reading = read((SAMPLES / "resolution.ky.rtf").read_bytes(), LIMITS)
    assert texts(reading) == ["«Үлгү» айыл өкмөтүнүн", "токтому", "1. Кеңештинөө 😀"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\f0\'c7\'e0\'ea\'ee\'ed", "Закон"),
        (r"\f1\'c7\'e0{\f0\'ea\'ee}\'ed", "Çàкоí"),
        (r"\f3\'c7\'e0\'ea\'ee\'ed", "Закон"),
        ("\\f0 Закон", "Закон"),
        (r"\f2\'b3\f0 5", "≥5"),
        (r"\f0 N\~5\_6\-7", "N 5-67"),
        (r"\lquote a\rquote \ldblquote b\rdblquote\endash\emdash\bullet c", "‘a’“b”–—•c"),
        (r"a\tab b\line c", "a\tb\nc"),
        (r"\u1199?\u1187?\'d1", "үңС"),
        (r"\uc3\u1199abcd", "үd"),
        (r"{\uc3\u1199ab}cd", "үcd"),
        (r"\u-3913?\'f1", "•с"),  # U+F0B7 of a symbol font
        (r"\u1199{\b ?}", "ү?"),
        (r"a{\v b}c\v d\v0 e", "ace"),
        (r"a{\deleted b}c", "ac"),
        (r"a{\*\unknown b{c}}d", "ad"),
        (r"a{\unknown b}d", "abd"),
        (r"a{\header b}{\pict\bin5 }}}}}}{\*\themedata ff}d", "ad"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt a}}b", "ab"),
        (r"{\upr{a}{\*\ud{b}}}c", "bc"),
        (r"a\{\}\\b", r"a{}\b"),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}}{\shprslt z}}a", "a"),
        ("a\\\nb", "a"),
        (r"{\*\bkmkstart x}a{\xe b}", "a"),
    ],
)
def test_characters(body: str, expected: str) -> None:
    assert texts(rtf(r"\f0 " + body if body[:2] != "\\f" else body))[0] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"21{\super 1}.", [("1", "sup")]),
        (r"21\super 1\nosupersub .", [("1", "sup")]),
        (r"21\super 1\super0 .", [("1", "sup")]),
        (r"21{\up6 1}.", [("1", "sup")]),
        (r"21{\up2 1}.", []),
        (r"CO{\sub 2}", [("2", "sub")]),
        (r"CO{\dn6 2}", [("2", "sub")]),
        (r"21\super 1\plain .", [("1", "sup")]),
    ],
)
def test_raised_and_lowered(body: str, expected: list[tuple[str, str]]) -> None:
    assert raised(only(rtf(body))) == expected


def test_formatting_ends_with_its_group() -> None:
    reading = rtf(r"{\b\qc a\par}b\par\pard\i c\par\pard\plain d\par")
    looks = [(source.look.bold, source.look.italic, source.look.centred) for source in reading.blocks]
    assert looks == [(True, False, True), (False, False, False), (False, True, False), (False, False, False)]


def test_tabs_and_spaces_have_no_weight() -> None:
    assert only(rtf(r"\tab {\b 22.} {\b a}\par")).look.bold


def test_tables_in_cells_and_cells_without_end() -> None:
    nested = (
        r"\trowd\cellx1\cellx2\pard\intbl a\cell\pard\intbl\itap2 b\nestcell c\nestcell"
        r"{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}\pard\intbl\itap1 d\cell\row\pard e\par"
    )
    reading = rtf(nested)
    assert texts(reading) == ["a\tb c d", "e"]
    assert reading.blocks[0].block.rows == (("a", "b\tc\nd"),)
    assert texts(rtf(r"\trowd\pard\intbl a\cell b\row\pard c\par")) == ["a\tb", "c"]
    assert texts(rtf(r"\trowd\pard\intbl a\cell b\cell\pard c\par")) == ["a\tb\tc"]


def test_a_row_that_names_no_table_is_one() -> None:
    assert texts(rtf(r"\trowd\cellx1\cellx2 a\par b\cell c\cell\row d\par")) == ["a b\tc", "d"]


def test_text_boxes_follow_their_paragraph() -> None:
    box = r"{\shp{\*\shpinst{\shptxt\pard c\par d\par}}{\shprslt e}}"
    assert texts(rtf(rf"a{box}b\par f\par")) == ["ab", "c", "d", "f"]


def test_notes_in_a_table_follow_it() -> None:
    note = r"{\super\chftn}{\footnote\pard\plain{\super\chftn} x}"
    assert texts(rtf(rf"\trowd\pard\intbl a{note}\cell b\cell\row\pard c\par")) == ["a[1]\tb", "[1] x", "c"]


def test_list_of_contents_is_marked() -> None:
    reading = rtf(r"{\field{\*\fldinst TOC \\o}{\fldrslt 1-a\tab 5\par 2-b\tab 7\par}}1-a\par")
    assert [source.look.contents for source in reading.blocks] == [True, True, False]


def test_lists_without_printed_numbers_are_told() -> None:
    assert codes(rtf(r"\ls1 a\par{\listtext 1.\tab}\ls1 b\par")) == ["numbering_unread"]


def test_letters_of_a_machine_that_names_no_code_page() -> None:
    sentence = "Настоящий Закон вступает в силу со дня официального опубликования"
    body = "".join(f"\\'{byte:02x}" for byte in sentence.encode("cp1251"))
    reading = read(rf"{{\rtf1\ansi{{\fonttbl{{\f0 Arial;}}}}\f0 {body}\par}}".encode(), LIMITS)
    assert texts(reading) == [sentence]
    assert codes(reading) == ["encoding_guessed"]


def test_old_kyrgyz_fonts_are_told() -> None:
    reading = read(rb"{\rtf1{\fonttbl{\f0\fcharset204 A97_Oktom_Times;}}\f0 \'c0\'ff\par}", LIMITS)
    assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [
        ("old_kyrgyz_font", {"font": "A97_Oktom_Times"})
    ]


LAW = (SAMPLES / "law.ru.rtf").read_bytes()
COUNTED = rb"{\rtf1{\info{\nofchars20}}abcdefghij\par abcdefghij\par}"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotADocument),
        (b"hello", NotADocument),
        (b"{\\rtf1}", Empty),
        (b"{\\rtf1{\\pict ff}\\par}", Empty),
        (LAW[: len(LAW) // 2], Damaged),
        (rb"{\rtf1 a\par } b\par}", Damaged),
        (COUNTED[:-15], Damaged),
        (b"{\\rtf1 " + b"{" * 6000 + b"a" + b"}" * 6001, Damaged),
    ],
)
def test_what_is_refused(content: bytes, error: type[InputRefused]) -> None:
    with pytest.raises(error):
        read(content, LIMITS)


def test_a_cut_file_that_counts_its_characters_is_taken_in_with_a_doubt() -> None:
    reading = read(COUNTED[:-5], LIMITS)
    assert texts(reading) == ["abcdefghij", "abcdefghij"]
    assert codes(reading) == ["truncated"]


def test_a_file_that_declares_more_than_it_has_is_told() -> None:
    assert codes(read(COUNTED.replace(b"nofchars20", b"nofchars30"), LIMITS)) == ["shorter_than_declared"]


def test_time_is_bounded() -> None:
    with pytest.raises(TooLarge):
        read(b"{\\rtf1 " + b"\\b a" * 5000 + b"}", ReadLimits(seconds=-1))


WORDS = (
    rb"{ } \par \cell \row \trowd \nestcell \nestrow \intbl\itap3 \footnote {\*\shpinst \shptxt \u-10179? \uc9 \bin7 "
    rb"{\listtext {\field{\*\fldinst{TOC}}{\fldrslt \upr \ud \'e0 \f9 \fonttbl a; \chftn"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40))
def test_any_words_give_a_reading_or_an_error_of_ours(words: list[bytes]) -> None:
    try:
        reading = read(b"{\\rtf1 " + b" ".join(words) + b"}", LIMITS)
    except InputRefused:
        return
    assert all(source.block.text for source in reading.blocks)


@pytest.mark.shared
def test_law_57(shared_corpus: Path) -> None:
    reading = read((shared_corpus / "law-57-2009-registration-of-legal-entities.ru.rtf").read_bytes(), LIMITS)
    assert len(reading.blocks) == 410
    assert sum(len("".join(source.block.text.split())) for source in reading.blocks) == 54_577
    assert reading.properties == {"created": "2013-02-18T13:01:00"}
    assert reading.doubts == ()
    articles = [text.split(".")[0] for text in texts(reading) if text.startswith("Статья ")]
    assert len(articles) == 24
    assert not any(span.kind is SpanKind.SUBSCRIPT for source in reading.blocks for span in source.block.spans)
