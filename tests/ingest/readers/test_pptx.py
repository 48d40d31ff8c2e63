"""Presentations: order, titles, lists, tables, groups, notes; and hostile ones."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kb.documents import BlockKind, SpanKind
from kb.errors import Damaged, Empty, InputRefused, TooLarge, UnpacksTooLarge, UnsafeXml
from kb.ingest.assemble import read_document
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.pptx import read
from kb.ingest.sidecar import Hints

SAMPLE = Path(__file__).parents[2] / "samples" / "pptx" / "training.ky.pptx"
LIMITS = ReadLimits()
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def presentation(*slides: str, **more: str) -> bytes:
    """A presentation of slides given as the content of their shape trees."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*[("slide", f"slides/s{n}.xml") for n in range(len(slides))]),
    }
    for number, tree in enumerate(slides):
        parts[f"ppt/slides/s{number}.xml"] = f"<p:sld {NAMES}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>"
    parts |= {name.replace("__", "/"): text for name, text in more.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def para(text: str, properties: str = "", run: str = "") -> str:
    return f"<a:p><a:pPr {properties}</a:pPr><a:r><a:rPr {run}/><a:t>{text}</a:t></a:r></a:p>".replace(
        "<a:pPr </a:pPr>", ""
    )


def shape(*paragraphs: str, kind: str = "", at: tuple[int, int, int, int] | None = None) -> str:
    mark = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else "<p:nvPr/>"
    place = ""
    if at:
        place = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{at[2]}" cy="{at[3]}"/></a:xfrm>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/>{mark}</p:nvSpPr><p:spPr>{place}</p:spPr>'
        f"<p:txBody><a:bodyPr/>{''.join(paragraphs)}</p:txBody></p:sp>"
    )


TITLE = shape(para("Үлгү"), kind="title")


def texts(reading: Reading) -> list[str]:
    return [block.block.text for block in reading.blocks]


def labels(*paragraphs: str) -> list[str | None]:
    reading = read(presentation(TITLE + shape(*paragraphs)), LIMITS)
    return [block.look.label for block in reading.blocks[1:]]


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read(SAMPLE.read_bytes(), LIMITS)


class TestSample:
    def test_slides_follow_the_presentation_not_their_names(self, sample: Reading) -> None:
        titles = [block.block.text for block in sample.blocks if block.look.outline]
        assert titles == [
            "Жергиликтүү бюджет: Үлгү айыл өкмөтү үчүн окуу куралы",
            "Бюджеттин кирешелери",
            "План поступлений села Үлгү",
            "Доходы и расходы",
            "Кошумча слайд",
            "Порядок принятия бюджета",
        ]
        assert sample.pages == 6
        assert [block.block.place.page for block in sample.blocks if block.look.outline and block.block.place] == [
            1, 2, 3, 4, 5, 6,
        ]  # fmt: skip

    def test_notes_are_notes(self, sample: Reading) -> None:
        notes = [block.block.text for block in sample.blocks if block.block.kind is BlockKind.NOTE]
        assert notes == [
            "Катышуучуларды тааныштыруу, 10 мүнөт.",
            "1. Ар бир кирешеге мисал келтириңиз.",
            "2. Үлгү айылынын бюджетин көрсөтүңүз.",
        ]

    def test_text_boxes_and_groups_are_in_reading_order(self, sample: Reading) -> None:
        fourth = [block.block.text for block in sample.blocks if block.block.place and block.block.place.page == 4]
        assert fourth == [
            "Доходы и расходы",
            "Левый столбец: доходы",
            "Правый столбец: расходы",
            "первый в группе",
            "второй в группе",
        ]

    def test_tables_stay_tables(self, sample: Reading) -> None:
        (table,) = [block.block for block in sample.blocks if block.block.kind is BlockKind.TABLE]
        assert table.rows[1] == ("1", "Земельный налог", "120")

    def test_bullets_come_from_the_master(self, sample: Reading) -> None:
        second = [block.look.label for block in sample.blocks if block.block.place and block.block.place.page == 2]
        assert second[1:5] == ["•", "–", "–", "•"]

    def test_a_hidden_slide_is_told(self, sample: Reading) -> None:
        assert [(doubt.code, doubt.where) for doubt in sample.doubts] == [("slide_hidden", "page 5")]

    def test_one_section_a_slide(self, sample: Reading) -> None:
        document, report = read_document(sample, SAMPLE.name, Hints())
        assert document.metadata.title == "Жергиликтүү бюджет: Үлгү айыл өкмөтү үчүн окуу куралы"
        assert document.metadata.kind == "training"
        assert [unit.heading for unit in document.units if unit.level == "section"] == [
            "Бюджеттин кирешелери",
            "План поступлений села Үлгү",
            "Доходы и расходы",
            "Кошумча слайд",
            "Порядок принятия бюджета",
        ]
        assert [unit.number for unit in document.units if unit.level == "clause"] == ["1", "2", "3"]
        notes = [block for unit in document.units for block in unit.body if block.kind is BlockKind.NOTE]
        assert len(notes) == 3
        assert report.coverage.placed == report.coverage.characters


class TestText:
    def test_automatic_numbers(self) -> None:
        number = "<a:buAutoNum type='arabicPeriod'/>"
        assert labels(
            para("а", f">{number}"),
            para("б", f">{number}"),
            para("в", "lvl='1'><a:buAutoNum type='alphaLcParenR'/>"),
            para("г", "lvl='1'><a:buAutoNum type='alphaLcParenR'/>"),
            para("д", f">{number}"),
            para("е", "><a:buNone/>"),
            para("ж", ">" + number.replace("/>", " startAt='7'/>")),
            para("з", "><a:buAutoNum type='romanUcParenBoth'/>"),
            para("и", "><a:buAutoNum type='thaiNumPeriod'/>"),
            para("к", "><a:buChar char='➢'/>"),
        ) == ["1.", "2.", "a)", "b)", "3.", None, "7.", "(I)", "1.", "•"]

    def test_superscripts(self) -> None:
        runs = "<a:p><a:r><a:t>Статья 21</a:t></a:r><a:r><a:rPr baseline='30000'/><a:t>1</a:t></a:r></a:p>"
        block = read(presentation(TITLE + shape(runs)), LIMITS).blocks[1].block
        assert block.text == "Статья 211"
        assert [(span.start, span.end, span.kind) for span in block.spans] == [(9, 10, SpanKind.SUPERSCRIPT)]

    def test_numbers_and_dates_of_slides_are_left_out(self) -> None:
        field = "<a:p><a:fld type='slidenum'><a:t>7</a:t></a:fld><a:r><a:t>бет</a:t></a:r></a:p>"
        tree = TITLE + shape(field) + shape(para("2024"), kind="dt") + shape(para("9"), kind="sldNum")
        assert texts(read(presentation(tree), LIMITS)) == ["Үлгү", "бет"]

    def test_a_title_of_two_lines_is_one_heading(self) -> None:
        title = shape(para("Жергиликтүү"), para("бюджет"), kind="ctrTitle")
        assert texts(read(presentation(title + shape(para("а"))), LIMITS))[0] == "Жергиликтүү бюджет"

    def test_a_short_first_text_stands_for_a_missing_title(self) -> None:
        tree = shape(para("Текст под ним."), at=(0, 500, 900, 300)) + shape(para("Доходы"), at=(0, 0, 900, 100))
        reading = read(presentation(tree), LIMITS)
        assert [(block.block.text, block.look.outline) for block in reading.blocks] == [
            ("Доходы", 1),
            ("Текст под ним.", None),
        ]
        reading = read(presentation(shape(para("Бир гана сүйлөм."))), LIMITS)
        assert [doubt.code for doubt in reading.doubts] == ["slide_untitled"]

    def test_merged_cells_stay_in_their_columns(self) -> None:
        def cell(text: str, more: str = "") -> str:
            return f"<a:tc {more}><a:txBody>{para(text)}</a:txBody></a:tc>"

        first = cell("Киреше", "gridSpan='2'") + cell("жок", "hMerge='1'") + cell("Жыл")

        table = (
            "<p:graphicFrame><p:nvGraphicFramePr/><a:graphic><a:graphicData><a:tbl>"
            f"<a:tr>{first}</a:tr>"
            f"<a:tr>{cell('1')}{cell('салык')}{cell('2021')}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )
        block = read(presentation(TITLE + table), LIMITS).blocks[1].block
        assert block.rows == (("Киреше", "", "Жыл"), ("1", "салык", "2021"))

    def test_what_is_left_out_is_counted(self) -> None:
        def frame(kind: str) -> str:
            return (
                "<p:graphicFrame><p:nvGraphicFramePr/><a:graphic>"
                f"<a:graphicData uri='http://x/{kind}'/></a:graphic></p:graphicFrame>"
            )

        tree = TITLE + frame("chart") + frame("diagram") + frame("diagram") + frame("ole") + "<p:pic/><p:pic/>"
        reading = read(presentation(tree), LIMITS)
        assert reading.pictures == 2
        assert {doubt.code: doubt.params["count"] for doubt in reading.doubts} == {
            "charts_left_out": 1,
            "diagrams_left_out": 2,
            "embedded_document": 1,
        }

    def test_an_alternative_is_read_once(self) -> None:
        tree = (
            f"{TITLE}<mc:AlternateContent><mc:Choice Requires='x'>{shape(para('жаңы'))}</mc:Choice>"
            f"<mc:Fallback>{shape(para('эски'))}</mc:Fallback></mc:AlternateContent>"
        )
        assert texts(read(presentation(tree), LIMITS)) == ["Үлгү", "жаңы"]


class TestRefusals:
    def test_no_text(self) -> None:
        with pytest.raises(Empty):
            read(presentation("<p:pic/>"), LIMITS)
        with pytest.raises(Empty):
            read(presentation(), LIMITS)

    def test_a_missing_slide(self) -> None:
        with pytest.raises(Damaged):
            read(presentation(TITLE, ppt___rels__x="x").replace(b"slides/s0.xml", b"slides/s9.xml", 1), LIMITS)

    def test_broken_and_unsafe_xml(self) -> None:
        with pytest.raises(Damaged):
            read(presentation("<p:sp>"), LIMITS)
        bomb = '<!DOCTYPE a [<!ENTITY a "b">]><p:presentation/>'
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("_rels/.rels", relations(("officeDocument", "ppt/presentation.xml")))
            archive.writestr("ppt/presentation.xml", bomb)
        with pytest.raises(UnsafeXml):
            read(out.getvalue(), LIMITS)

    def test_bounds(self) -> None:
        content = presentation(*[TITLE] * 4)
        with pytest.raises(TooLarge):
            read(content, ReadLimits(pages=3))
        with pytest.raises(TooLarge):
            read(content, ReadLimits(seconds=0))
        with pytest.raises(UnpacksTooLarge):
            read(content, ReadLimits(unpacked_bytes=500))

    def test_groups_in_groups_end(self) -> None:
        tree = "<p:grpSp>" * 90 + shape(para("терең")) + "</p:grpSp>" * 90
        assert texts(read(presentation(TITLE + tree), LIMITS)) == ["Үлгү"]
        with pytest.raises(InputRefused):
            read(presentation("<p:grpSp>" * 5000 + "</p:grpSp>" * 5000), LIMITS)
