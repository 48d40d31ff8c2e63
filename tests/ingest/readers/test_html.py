from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import BlockKind
from kb.errors import Damaged, Empty, InputRefused, TooLarge
from kb.ingest.blocks import Reading, SourceBlock
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.html import read
from kb.ingest.readers.html_style import Sheet, declarations, length

SAMPLES = Path(__file__).parents[2] / "samples" / "html"
LIMITS = ReadLimits(seconds=20)
TEXT = "Настоящее Положение вступает в силу со дня опубликования в местной газете"


def html(body: str) -> Reading:
    return read(body.encode(), LIMITS)


def texts(reading: Reading) -> list[str]:
    return [source.block.text for source in reading.blocks]


def raised(source: SourceBlock) -> list[tuple[str, str]]:
    return [(source.block.text[span.start : span.end], span.kind.value) for span in source.block.spans]


def codes(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.doubts]


def test_what_word_exports() -> None:
    reading = read((SAMPLES / "word.ky.html").read_bytes(), LIMITS)
    assert texts(reading) == [
        "Кыргыз Республикасынын мыйзамы",
        "211-берене. Алтыөүң м2",
        "Биринчи\nсап",
        "Экинчи абзац",
        "тизмедеги пункт[1]",
        "[1] Эскертүү.",
        "жаңы чийилген",
        "үчүнчү",
        "төртүнчү",
        "ички",
        "Аталышы\t\tСаны\n1\tжер ич ки\t",
        "Корутунду",
    ]
    title, article, centred, _, item, *_ = reading.blocks
    assert (title.look.bold, title.look.centred) == (True, True)
    assert raised(article) == [("1", "sup"), ("2", "sup")]
    assert (article.look.bold, article.look.indent, centred.look.centred) == (False, 28.35, True)
    assert (item.look.label, raised(item)) == ("а)", [("[1]", "sup")])
    assert [source.look.label for source in reading.blocks[7:10]] == ["c.", "d.", "-"]
    assert reading.blocks[10].block.rows == (("Аталышы", "", "Саны"), ("1", "жер\nич\tки", ""))
    assert (reading.blocks[11].look.outline, reading.blocks[11].look.bold) == (2, True)
    assert reading.properties == {"title": "Үлгү мыйзам"}
    assert reading.pictures == 1
    assert codes(reading) == ["embedded_document", "struck_text", "tracked_changes"]


def test_an_old_page_in_its_own_encoding() -> None:
    reading = read((SAMPLES / "old.ru.html").read_bytes(), LIMITS)
    assert texts(reading)[:3] == [
        "ПОСТАНОВЛЕНИЕ",
        "1. Утвердить прилагаемое Положение о кенеше села «Улгу».",
        "2. Контроль возложить на заместителя.",
    ]
    assert [" ".join(text.split()) for text in texts(reading)[3:]] == [
        "Глава кенеша А. Пробный",
        "село Улгу,",
        "5 мая 2024 года № 0-12",
    ]
    assert reading.properties == {"title": "Постановление"}
    assert (reading.blocks[0].look.centred, reading.blocks[0].look.size) == (True, 13.5)
    assert reading.doubts == ()


@pytest.mark.parametrize(
    ("content", "doubts"),
    [
        (f"<meta charset=windows-1251><p>{TEXT}".encode(), []),
        (f"<meta charset=windows-1251><p>{TEXT}".encode("cp1251"), []),
        (f"<meta charset=koi8-r><p>{TEXT}".encode("koi8-r"), []),
        (f"<p>{TEXT}".encode("cp1251"), ["encoding_guessed"]),
        (f"<meta charset=iso-8859-1><p>{TEXT}".encode("cp1251"), ["encoding_guessed"]),
        (f"<meta charset=no-such><p>{TEXT}".encode("cp1251"), ["encoding_guessed"]),
        (f"<meta charset=base64><p>{TEXT}".encode("cp1251"), ["encoding_guessed"]),
        (f"<p>{TEXT}".encode("utf-8-sig"), []),
        (f"<p>{TEXT}".encode("utf-16"), []),
    ],
)
def test_encodings(content: bytes, doubts: list[str]) -> None:
    reading = read(content, LIMITS)
    assert texts(reading) == [TEXT]
    assert codes(reading) == doubts


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    reading = read(f"<p>{TEXT * 30}".encode() + b"\xd0<p>x", LIMITS)
    assert texts(reading)[1] == "x"
    assert codes(reading) == ["letters_unknown"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>а\n б</p>", ["а б"]),
        ("<p>а<p>б", ["а", "б"]),
        ("а<div>б</div>в", ["а", "б", "в"]),
        ("<p>30.2.<br>30.3.", ["30.2.\n30.3."]),
        ("а<br/>\n<br/>б", ["а", "б"]),
        ("<p>&#1257;&nbsp;&#x4AF;&amp;&laquo;&shy;", ["ө ү&«"]),
        ("<p>а<!-- б --><![if x]>в<![endif]>", ["ав"]),
        ("<p>а<script>б</script><style>в</style><noscript>г</noscript><template>д</template>", ["а"]),
        ("<p hidden>а</p><p style='DISPLAY:none'>б</p><p style='visibility: hidden'>в</p>г", ["г"]),
        ("<div title=header>а</div><div style='mso-element:footer'>б</div>в", ["в"]),
        ("<p>а<select><option>б</select><textarea>в</textarea>", ["а"]),
        ("<table><tr><td>а<tr><td>б</table>", ["а", "б"]),
        ("<table><tr><td>а<td>б</table>", ["а\tб"]),
        ("<table><caption>т</caption><tr><td>а<td>б</table>", ["т", "а\tб"]),
        ("<td>а</td><td>б</td>", ["а", "б"]),
        ("<table><tr><td>а<div><td>б</div></table>в", ["а\tб", "в"]),
        ("<table><tr><td>а<td>б<tr style='display:none'><td>в<td>г</table>", ["а\tб"]),
        (
            "<pre>1. Бекитилсин.\n2. Көзөмөл.\n3. Жарыялансын.\n</pre>",
            ["1. Бекитилсин.", "2. Көзөмөл.", "3. Жарыялансын."],
        ),
        ("<pre>а\nб</pre>", ["а\nб"]),
        ("<ol><li>а<li hidden>б<li>в</ol>", ["а", "в"]),
        ("<frameset><frame src=x></frameset><p>а", ["а"]),
        ("<p>а<svg><text>б</text></svg>", ["а"]),
    ],
)
def test_what_a_page_shows(body: str, expected: list[str]) -> None:
    assert texts(html(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("21<sup>1</sup>.", [("1", "sup")]),
        ("21<span style='vertical-align:super'>1</span>.", [("1", "sup")]),
        ("21<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>1</span>.", [("1", "sup")]),
        ("21<sup><span style='vertical-align:baseline'>1</span></sup>.", []),
        ("21<span style='mso-text-raise:.5pt'>1</span>.", []),
        ("CO<sub>2</sub>", [("2", "sub")]),
        ("x<span style='vertical-align:-3pt'>2</span>", [("2", "sub")]),
        ("<span style='vertical-align:top'>2</span>x", []),
    ],
)
def test_raised_and_lowered(body: str, expected: list[tuple[str, str]]) -> None:
    assert raised(html(f"<p>{body}</p>").blocks[0]) == expected


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("<ol><li>а<li>б</ol>", ["1.", "2."]),
        ("<ol start=4 type=I><li>а<li value=9>б<li>в</ol>", ["IV.", "IX.", "X."]),
        ("<ol style='list-style-type:lower-roman'><li>а</ol>", ["i."]),
        ("<ol style='list-style:none'><li>1) а</ol>", [None]),
        ("<ul><li>а<ol><li>б</ol><li>в</ul>", ["-", "1.", "-"]),
        ("<ol><li><p>а<p>б<li>в</ol>", ["1.", None, "2."]),
        ("<li>а", ["-"]),
        ("<p><span style='mso-list:Ignore'>·&nbsp;</span>а", ["•"]),
    ],
)
def test_numbers_of_lists(body: str, labels: list[str | None]) -> None:
    assert [source.look.label for source in html(body).blocks] == labels


@pytest.mark.parametrize(
    ("body", "bold", "centred", "outline"),
    [
        ("<h1>а</h1>", True, False, 1),
        ("<h6 align=center>а</h6>", True, True, 6),
        ("<h2 style='font-weight:normal'>а</h2>", False, False, 2),
        ("<div align=center><p><b>а</b></p></div>", True, True, None),
        ("<div align=center><p align=left>а</p></div>", False, False, None),
        ("<style>p {text-align: left}</style><p align=center>а", False, True, None),
        ("<center>а</center>", False, True, None),
        ("<p style='text-align:center;font-weight:700'>а</p>", True, True, None),
        ("<p><b>а</b> б</p>", False, False, None),
        ("<p style='mso-outline-level:3'>а</p>", False, False, 3),
        ("<style>@import 'x'; .t, p.u {text-align:center} /* p{} */</style><p class='s t'>а</p>", False, True, None),
        ("<style>@media print {p {font-weight:bold}} div p {font-weight:bold}</style><p>а</p>", False, False, None),
    ],
)
def test_look(body: str, bold: bool, centred: bool, outline: int | None) -> None:
    look = html(body).blocks[0].look
    assert (look.bold, look.centred, look.outline) == (bold, centred, outline)


def test_navigation_is_marked_as_contents() -> None:
    reading = html("<nav><a href=#1>1-глава</a></nav><p>1-глава")
    assert [source.look.contents for source in reading.blocks] == [True, False]


def test_spans_keep_columns() -> None:
    reading = html("<table><tr><td rowspan=3>а<td colspan=2>б<td>в<tr><td>г<td>д<tr><td>е<td>ж<td>з<tr><td>и</table>")
    assert reading.blocks[0].block.rows == (("а", "б", "", "в"), ("", "г", "д"), ("", "е", "ж", "з"), ("и",))


def test_spans_cannot_grow_a_table_without_measure() -> None:
    reading = html("<table>" + "<tr><td colspan=999 rowspan=9999>х<td>у" * 300 + "</table>")
    rows = reading.blocks[0].block.rows
    assert len(rows) == 300
    assert max(map(len, rows)) < 600
    assert sum(row.count("у") for row in rows) == 300


def test_digits_of_a_notes_mark_join_no_number() -> None:
    reading = html(
        "<p>Статья 21<sup><a href='#fn1'>1</a></sup></p><p>б</p><p id=fn1><a href='#fnref1'>1</a> Эскертүү</p>"
    )
    assert texts(reading) == ["Статья 21[1]", "[1] Эскертүү", "б"]


def test_a_note_that_nothing_refers_to_stays_where_it_is() -> None:
    assert texts(html("<p>а<p id=fn1>Эскертүү<p>б")) == ["а", "Эскертүү", "б"]


def test_tags_that_are_never_closed_lose_nothing() -> None:
    reading = html("<p>" + "".join(f"<font><b>{number} " for number in range(400)))
    assert texts(reading) == [" ".join(str(number) for number in range(400))]
    assert codes(reading) == ["markup_too_deep"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b" ", Empty),
        (b"<html></html>", Empty),
        (b"<script>x</script>", Empty),
        (b"<!-- x -->", Empty),
        (b"<div>" * 1000 + b"x", Damaged),
    ],
)
def test_what_is_refused(content: bytes, error: type[InputRefused]) -> None:
    with pytest.raises(error):
        read(content, LIMITS)


def test_size_and_time_are_bounded() -> None:
    with pytest.raises(TooLarge):
        read(b"<p>xxxxx", ReadLimits(file_bytes=5))
    with pytest.raises(TooLarge):
        read(b"<p>x" * 2000, ReadLimits(seconds=-1))


def test_entities_of_its_own_are_not_expanded() -> None:
    reading = html("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>а&x;б")
    assert "root" not in "".join(texts(reading))


@pytest.mark.parametrize(
    ("text", "points"),
    [("1.0cm", 28.35), ("12pt", 12.0), ("-4px", -3.0), ("0", 0.0), ("5", None), ("auto", None), ("", None)],
)
def test_lengths(text: str, points: float | None) -> None:
    got = length(text)
    assert (None if got is None else round(got, 2)) == points


def test_style_sheets() -> None:
    sheet = Sheet()
    sheet.add("<!-- p {a:1} .k {a:2; b:3} p.k {b:4} p > b {a:9} @page {a:9} @media x {p {a:9}} --> } li{a:5")
    assert sheet.declared("p", {"class": "k", "style": "c:6"}) == {"a": "2", "b": "4", "c": "6"}
    assert sheet.declared("li", {}) == {}
    assert declarations("A : B ; c;d:e !important") == {"a": "b", "d": "e"}


TAGS = (
    "<p> </p> <table> </table> <tr> </tr> <td> </td> <td&rowspan=9> <td&colspan=99999> <ol> <li> </ol> <ul> </ul> "
    "<pre> </pre> <sup> </sup> <div> </div> <div&id=fn1> <a&href=#fn1>1</a> <h1> <br> <nav> <th> <style>p{} </style> "
    "а ө &#0; <b>"
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([tag.replace("&", " ", 1) for tag in TAGS.split()]), max_size=60))
def test_any_tags_give_a_reading_or_an_error_of_ours(tags: list[str]) -> None:
    content = "".join(tags)
    try:
        reading = html(content)
    except InputRefused:
        return
    assert all(source.block.text for source in reading.blocks)
    if "id=fn1" not in content and "style" not in content:
        assert sum(content.count(letter) for letter in "аө") == sum("".join(texts(reading)).count(x) for x in "аө")


@pytest.mark.shared
def test_labour_code_fragment(shared_corpus: Path) -> None:
    reading = read((shared_corpus / "labour-code-fragment.ky.html").read_bytes(), LIMITS)
    assert [source.block.text.split(".")[0][:9] for source in reading.blocks] == ["38-берене", "1", "2", "3", "4"]
    assert sum(len("".join(text.split())) for text in texts(reading)) == 856
    assert reading.blocks[0].look.bold
    assert all(source.block.kind is BlockKind.PARAGRAPH for source in reading.blocks)
    assert reading.doubts == ()
