from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.text import WD_BREAK

from kb.documents import BlockKind
from kb.errors import Empty, TooLarge
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.docx import read
from tests.docx.build import docx, level, numbered, numbering, p, run, table

LIMITS = ReadLimits(seconds=20)


def texts(reading: Reading) -> list[str]:
    return [source.block.text for source in reading.blocks]


def test_a_file_as_python_docx_writes_it() -> None:
    made = python_docx.Document()
    made.core_properties.title = "Үлгү токтом"
    made.sections[0].header.paragraphs[0].text = "Колонтитул"
    made.add_heading("Жалпы жоболор", 1)
    made.add_paragraph("")
    article = made.add_paragraph("\tСтатья 21")
    article.add_run("1").font.superscript = True
    article.add_run(".\u00a0Атал\u00adышы")
    clause = made.add_paragraph("30.2. Биринчи.")
    clause.add_run().add_break()
    clause.add_run("30.3. Экинчи.").add_break(WD_BREAK.PAGE)
    grid = made.add_table(2, 2)
    for cell, text in zip(grid._cells, ("Салык", "%", "Жер", "5"), strict=True):
        cell.text = text
    out = io.BytesIO()
    made.save(out)
    reading = read(out.getvalue(), LIMITS)
    assert texts(reading) == [
        "Жалпы жоболор",
        "Статья 211. Аталышы",
        "30.2. Биринчи.\n30.3. Экинчи.",
        "Салык\t%\nЖер\t5",
    ]
    heading, article_block, _, table_block = reading.blocks
    assert heading.look.outline == 1
    assert [(span.start, span.end, span.kind.value) for span in article_block.block.spans] == [(9, 10, "sup")]
    assert table_block.block.kind is BlockKind.TABLE
    assert [source.block.place.paragraph for source in reading.blocks if source.block.place] == [1, 3, 4, 5]
    assert reading.properties["title"] == "Үлгү токтом"


def test_numbers_that_word_counts_are_labels() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "russianLower", "%2)"), level(2, "bullet", "-"))
    body = [numbered("Бекитилсин", 1), numbered("биринчи", 1, 1), numbered("сызык", 1, 2), p("Абзац")]
    reading = read(docx(*body, parts={"numbering": lists}), LIMITS)
    assert [source.look.label for source in reading.blocks] == ["1.", "а)", "-", None]


def test_a_number_with_nothing_behind_it_is_told() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "bullet", "•"))
    body = [numbered("а", 1), numbered("", 1), numbered("", 1, 1), numbered("б", 1)]
    reading = read(docx(*body, parts={"numbering": lists}), LIMITS)
    assert [source.look.label for source in reading.blocks] == ["1.", "3."]
    assert [(doubt.code, dict(doubt.params), doubt.where) for doubt in reading.doubts] == [
        ("empty_numbered", {"label": "2."}, "paragraph 2")
    ]


def test_tables() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    spanning = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Баары") + "</w:tc></w:tr>"
    square = p("м", run("2", '<w:vertAlign w:val="superscript"/>'))
    spanning += f"<w:tr><w:tc>{p('а')}</w:tc><w:tc>{square}</w:tc></w:tr>"
    body = [
        table((numbered("", 1), "жер"), (numbered("", 1), "суу")),
        spanning + "</w:tbl>",
        table(("", "Тиркеме"), ("", "токтомго")),
        table((p("1. Биринчи") + p("2. Экинчи"), p("1. Первый") + p("2. Второй"))),
        table(("", "")),
    ]
    reading = read(docx(*body, parts={"numbering": lists}), LIMITS)
    assert texts(reading) == [
        "1.\tжер\n2.\tсуу",
        "Баары\t\nа\tм²",
        "Тиркеме",
        "токтомго",
        *("1. Биринчи", "2. Экинчи", "1. Первый", "2. Второй"),
    ]
    places = [source.block.place.paragraph for source in reading.blocks if source.block.place]
    assert places == [1, 2, 3, 3, 4, 4, 4, 4]


def test_old_fonts_are_told() -> None:
    reading = read(docx(p(run("текст", '<w:rFonts w:ascii="A97_Oktom_Times"/>'))), LIMITS)
    assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [
        ("old_kyrgyz_font", {"font": "A97_Oktom_Times"})
    ]


def test_nothing_to_read() -> None:
    with pytest.raises(Empty):
        read(docx(p(), table(("",))), LIMITS)


def test_size_is_bounded() -> None:
    with pytest.raises(TooLarge):
        read(docx(p("х")), ReadLimits(file_bytes=10))


@pytest.mark.shared
def test_order_numbered_by_word(shared_corpus: Path) -> None:
    reading = read((shared_corpus / "order-model-charter-2022.ky.docx").read_bytes(), LIMITS)
    assert [source.look.label for source in reading.blocks if source.look.label] == [f"{n}." for n in range(1, 9)]
    assert (len(reading.blocks), reading.pictures, reading.doubts) == (29, 1, ())
    assert sum(len("".join(text.split())) for text in texts(reading)) == 2_594


@pytest.mark.shared
def test_model_charter(shared_corpus: Path) -> None:
    reading = read((shared_corpus / "model-charter-2022.ky.docx").read_bytes(), LIMITS)
    assert (len(reading.blocks), reading.doubts) == (468, ())
    assert sum(len("".join(text.split())) for text in texts(reading)) == 82_730
    (broken,) = [text for text in texts(reading) if text.startswith("30.2.")]
    assert broken.count("\n") == 2
    assert all("\n" not in text for text in texts(reading) if text != broken)


@pytest.mark.shared
def test_protocol_form(shared_corpus: Path) -> None:
    reading = read((shared_corpus / "assembly-protocol-form.ky.docx").read_bytes(), LIMITS)
    assert [source.block.kind for source in reading.blocks].count(BlockKind.TABLE) == 1
    assert sum(len("".join(text.split())) for text in texts(reading)) == 958
