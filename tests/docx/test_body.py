from __future__ import annotations

import pytest

from kb.documents import SpanKind
from kb.docx import Paragraph, Table, WordFile, read_docx
from tests.docx.build import NAMES, docx, level, notes, numbered, numbering, p, run, style, styles, table


def read(*body: str, **parts: str) -> WordFile:
    return read_docx(docx(*body, parts=parts), unpacked_bytes=10**7, seconds=10)


def texts(file: WordFile) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "TABLE" for block in file.content]


def first(file: WordFile) -> Paragraph:
    block = file.content[0]
    assert isinstance(block, Paragraph)
    return block


def codes(file: WordFile) -> dict[str, object]:
    return {doubt.code: doubt.params.get("count") for doubt in file.doubts}


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:r><w:t>1.</w:t><w:tab/><w:t>Шаар</w:t></w:r>", "1.\tШаар"),
        ("<w:r><w:t>30.2.</w:t><w:br/><w:t>30.3.</w:t><w:cr/></w:r>", "30.2.\n30.3.\n"),
        ("<w:r><w:t>өз</w:t><w:noBreakHyphen/><w:t>өзү</w:t><w:softHyphen/></w:r>", "өз\u2011өзү\u00ad"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t></w:r>', "≥5"),
        ("<w:r><w:t>бир\n  эки</w:t></w:r>", "бир   эки"),
        (f'<w:hyperlink r:id="x">{run("шилтеме")}</w:hyperlink>', "шилтеме"),
        (f'<w:smartTag w:element="x">{run("Бишкек")}</w:smartTag>', "Бишкек"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('аты')}</w:sdtContent></w:sdt>", "аты"),
        (f'<w:fldSimple w:instr="DATE">{run("2024")}</w:fldSimple>', "2024"),
        (field(" REF пункт ", "12"), "12"),
        (field("IF " + field("REF x", "ички"), "жыйынтык"), "жыйынтык"),
        (run("ачык") + run("жашыруун", "<w:vanish/>"), "ачык"),
        ("<m:oMath><m:r><m:t>a</m:t></m:r></m:oMath>", "a"),
    ],
)
def test_what_a_paragraph_shows(inner: str, expected: str) -> None:
    assert first(read(p(inner))).text == expected


def test_a_field_without_an_end_hides_nothing_more() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert texts(read(p(begun), p("Экинчи"))) == ["", "Экинчи"]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    deleted_end = '<w:rPr><w:del w:id="1"/></w:rPr>'
    file = read(
        p("Мыйзам ", f"<w:ins>{run('жаңы')}</w:ins>", "<w:del><w:r><w:delText>эски</w:delText></w:r></w:del>"),
        p("Башы ", properties=deleted_end),
        p("аягы"),
    )
    assert texts(file) == ["Мыйзам жаңы", "Башы аягы"]
    assert codes(file)["tracked_changes"] == 3


def test_alternate_content_and_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('Тиркеме № 1')}{table(('бир', 'эки'))}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(p("Абзац", drawn), p("Кийинки"))) == ["Абзац", "Тиркеме № 1", "TABLE", "Кийинки"]


def test_pictures_are_counted() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
    old = "<w:r><w:pict><v:imagedata/></w:pict></w:r>"
    assert read(p("Герб", picture, old)).pictures == 2


def test_notes_follow_their_paragraph() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    file = read(
        p("Статья 21", reference, ". Аталышы", end),
        p("Кийинки"),
        footnotes=notes("footnote", {0: "", 2: "Эскертүү."}),
        endnotes=notes("endnote", {1: "Аягында."}),
    )
    assert texts(file) == ["Статья 21[1]. Аталышы[i]", "[1] Эскертүү.", "[i] Аягында.", "Кийинки"]
    assert [run.text for run in first(file).runs if run.vertical is SpanKind.SUPERSCRIPT] == ["[1]", "[i]"]
    assert [block.ordinal for block in file.content] == [1, 1, 1, 2]
    note = file.content[1]
    assert isinstance(note, Paragraph)
    assert note.note == "[1]"


def test_notes_of_a_table_follow_it_and_a_missing_one_is_told() -> None:
    cell = p("уяча", '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:footnoteReference w:id="9"/></w:r>')
    file = read(table((cell, "x")), footnotes=notes("footnote", {2: "Эскертүү."}))
    assert texts(file) == ["TABLE", "[1] Эскертүү."]
    assert codes(file) == {"missing_note": 1}


def test_a_mark_of_the_author_stays_as_typed() -> None:
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    assert texts(read(p("Сөз", reference), footnotes=notes("footnote", {2: "* Эскертүү."}))) == ["Сөз*", "* Эскертүү."]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:vertAlign w:val="superscript"/>', SpanKind.SUPERSCRIPT),
        ('<w:vertAlign w:val="subscript"/>', SpanKind.SUBSCRIPT),
        ('<w:position w:val="8"/>', SpanKind.SUPERSCRIPT),
        ('<w:position w:val="2"/>', None),
        ('<w:rStyle w:val="Raised"/>', SpanKind.SUPERSCRIPT),
        ('<w:rStyle w:val="Raised"/><w:vertAlign w:val="baseline"/>', None),
        ("", None),
    ],
)
def test_raised_and_lowered(properties: str, expected: SpanKind | None) -> None:
    raised = style("Raised", kind="character", run='<w:vertAlign w:val="superscript"/>')
    file = read(p("Статья 21", run("1", properties)), styles=styles(raised))
    assert first(file).runs[-1].vertical is expected


STYLES = styles(
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>',
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>',
    style(
        "1",
        "heading 1",
        based="a",
        paragraph='<w:jc w:val="center"/><w:ind w:left="400" w:hanging="100"/>',
        run='<w:b/><w:sz w:val="32"/>',
    ),
    style("H2", "Заголовок 2"),
    style("Own", "Бап", paragraph='<w:outlineLvl w:val="2"/>'),
    style("Loop", "Тегерек", based="Loop"),
    style("T1", "toc 1"),
    style("Strong", kind="character", run="<w:b/>"),
)


def test_look_comes_from_styles() -> None:
    heading = first(read(p("Жалпы жоболор", style="1"), styles=STYLES))
    assert (heading.bold, heading.centred, heading.outline, heading.size, heading.indent) == (True, True, 1, 16.0, 15.0)
    plain = first(read(p("Текст"), styles=STYLES))
    assert (plain.bold, plain.centred, plain.outline, plain.size, plain.indent) == (False, False, None, 11.0, None)


@pytest.mark.parametrize(("key", "outline"), [("H2", 2), ("Own", 3), ("Loop", None), ("жок", None)])
def test_outline_by_name_or_level(key: str, outline: int | None) -> None:
    assert first(read(p("х", style=key), styles=STYLES)).outline == outline


def test_bold_of_two_styles_cancels_and_direct_decides() -> None:
    strong = '<w:rStyle w:val="Strong"/>'
    assert first(read(p(run("х", strong)), styles=STYLES)).bold
    assert not first(read(p(run("х", strong), style="1"), styles=STYLES)).bold
    assert not first(read(p(run("х", '<w:b w:val="0"/>'), style="1"), styles=STYLES)).bold
    assert not first(read(p(run("х", "<w:b/>"), "у"), styles=STYLES)).bold


def test_list_of_contents_is_marked() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('Мазмуну')}</w:sdtContent></w:sdt>"
    file = read(
        control, p(begin, "1-глава\t1"), p("2-глава\t5", end), p("3-глава", style="T1"), p("1-глава"), styles=STYLES
    )
    marked = [block.contents for block in file.content if isinstance(block, Paragraph)]
    assert marked == [True, True, True, True, False]


def test_tables_with_spans_and_tables_inside() -> None:
    spanning = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Аталышы") + "</w:tc>"
    going_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p() + "</w:tc>"
    inner = f"<w:tc>{table(('а', 'б'))}{p()}</w:tc>"
    struck = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p('эски')}</w:tc></w:tr>"
    file = read(p("1"), f"<w:tbl><w:tr>{spanning}</w:tr><w:tr>{going_on}{inner}</w:tr>{struck}</w:tbl>", p("3"))
    found = file.content[1]
    assert isinstance(found, Table)
    assert [[(cell.columns, cell.continues) for cell in row] for row in found.rows] == [
        [(2, False)],
        [(1, True), (1, False)],
    ]
    assert isinstance(found.rows[1][1].content[0], Table)
    assert [block.ordinal for block in file.content] == [1, 2, 3]


def test_numbers_in_cells_count_on() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    cells = tuple(numbered(text, 1) for text in ("а", "б"))
    file = read(numbered("х", 1), table(cells), numbered("у", 1), numbering=lists)
    last = file.content[-1]
    assert isinstance(last, Paragraph)
    assert last.label == "4."


def test_strict_ooxml() -> None:
    main = f"<w:document {NAMES}><w:body>{p('Катуу')}</w:body></w:document>"
    strict = main.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    file = read_docx(docx(raw=strict.encode()), unpacked_bytes=10**6, seconds=10)
    assert texts(file) == ["Катуу"]


def test_struck_text_stays_and_is_told() -> None:
    file = read(p("бар", run("жок", "<w:strike/>")))
    assert texts(file) == ["баржок"]
    assert codes(file) == {"struck_text": 1}


def test_a_sign_that_no_table_knows_is_told() -> None:
    file = read(p('<w:r><w:sym w:font="Webdings" w:char="F099"/></w:r>', "х"))
    assert texts(file) == ["\ufffdх"]
    assert codes(file) == {"unknown_symbol": 1}


def test_formulas_are_told() -> None:
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    file = read(p(power))
    assert [(run.text, run.vertical) for run in first(file).runs] == [("x", None), ("2", SpanKind.SUPERSCRIPT)]
    assert codes(file) == {"formula": 1}


def test_tables_as_deep_as_xml_may_be() -> None:
    inner = p("эң ички")
    for _ in range(75):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    file = read(inner)
    depth = 0
    block = file.content[0]
    while isinstance(block, Table):
        depth, block = depth + 1, block.rows[0][0].content[0]
    assert (depth, block.text) == (75, "эң ички")
