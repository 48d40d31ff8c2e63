from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kb.documents import Block, BlockKind, Span, SpanKind
from kb.errors import Damaged, Empty, Encrypted, NoTextLayer, TooLarge, UnpacksTooLarge
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import pdf as pdf_reader
from kb.ingest.readers.pdf import read

SAMPLES = Path(__file__).parents[2] / "samples" / "pdf"
LIMITS = ReadLimits()


@pytest.fixture(scope="module")
def law() -> Reading:
    return read((SAMPLES / "law.ru.pdf").read_bytes(), LIMITS)


@pytest.fixture(autouse=True)
def _nothing_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings do not depend on what the machine has installed; recognition has tests of its own."""
    monkeypatch.setattr(pdf_reader, "installed", lambda: False)


def texts(reading: Reading) -> list[str]:
    return [block.block.text for block in reading.blocks]


def starting(reading: Reading, start: str) -> Block:
    return next(block.block for block in reading.blocks if block.block.text.startswith(start))


def rewritten(name: str, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=SAMPLES / name)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw_scan(canvas: Canvas) -> None:
    pixel = io.BytesIO(b"P6 2 2 255\n" + b"\x80" * 12)
    canvas.drawImage(ImageReader(pixel), 50, 50, 400, 600)


class TestParagraphs:
    def test_wrapped_lines_are_one_paragraph_and_hyphenation_is_undone(self, law: Reading) -> None:
        assert starting(law, "1. Настоящий").text == (
            "1. Настоящий Закон определяет порядок ведения книг, в которых имущество каждого двора записывается по "
            "правилам социально-экономического учета. Имущество двора записывается один раз в год."
        )

    def test_a_compound_keeps_the_hyphen_at_its_line_end(self, law: Reading) -> None:
        assert "в течение социально-экономического переходного периода" in starting(law, "3. Записи").text

    @pytest.mark.parametrize("inside", ["2009 года № 49) и применяется", "законах (статья 21 настоящего"])
    def test_a_wrapped_line_that_looks_like_a_point_stays_inside(self, law: Reading, inside: str) -> None:
        assert inside in starting(law, "2. Запись").text

    def test_a_wrapped_line_may_begin_with_a_year(self, law: Reading) -> None:
        assert "начинается в 2031 году" in starting(law, "3. Записи").text

    def test_a_paragraph_runs_over_the_page_end(self, law: Reading) -> None:
        block = starting(law, "5. Книга")
        assert block.text.endswith("составление и без требования иных документов.")
        assert block.place is not None
        assert block.place.page == 1

    def test_points_are_paragraphs(self, law: Reading) -> None:
        at = texts(law).index("Выписка выдается:")
        assert texts(law)[at + 1 : at + 4] == [
            "1) жителю айыл аймака;",
            "2) наследнику жителя;",
            "3) иному лицу по доверенности.",
        ]

    def test_a_centred_title_over_two_lines_is_one_paragraph(self, law: Reading) -> None:
        title = next(block for block in law.blocks if block.block.text.startswith("О порядке"))
        assert title.block.text.endswith("и о мерах по его соблюдению")
        assert title.look.centred
        assert title.look.bold

    def test_headings_are_bold_and_indented(self, law: Reading) -> None:
        heading = next(block for block in law.blocks if block.block.text == "Статья 1. Общие положения")
        assert heading.look.bold
        assert not heading.look.centred
        assert heading.look.indent == pytest.approx(28, abs=1)
        assert heading.look.size == 11.5

    def test_nothing_starts_in_lower_case(self, law: Reading) -> None:
        assert [text for text in texts(law) if text[0].islower() and not text.startswith("от 5 марта")] == []

    def test_space_alone_parts_paragraphs_and_points_hang(self) -> None:
        reading = read((SAMPLES / "charter.ky.pdf").read_bytes(), LIMITS)
        assert texts(reading) == [
            "I. Жалпы жоболор",
            (
                "1.1. Ушул устав Үлгү айыл аймагынын жергиликтүү жамаатынын турмушун жөнгө салат "
                "жана анын бардык мүчөлөрү үчүн милдеттүү."
            ),
            "1.2. Уставды кеңеш кабыл алат. Аны өзгөртүүнү мүчөлөрдүн үчтөн бири сунуштай алат.",
            "Жыйын төмөнкүлөрдү карайт:",
            "- айылдын жолдорун оңдоо жана жарык кылуу маселелерин, анын ичинде көпүрөлөрдү;",
            "- башка маселелерди.",
        ]
        assert reading.blocks[0].look.outline == 1
        assert reading.blocks[1].look.outline is None


class TestSpans:
    def test_a_raised_article_number_and_its_full_stop_are_put_together(self, law: Reading) -> None:
        block = starting(law, "Статья 21")
        assert block.text == "Статья 21. Выписки для суда"
        assert block.spans == (Span(8, 9, SpanKind.SUPERSCRIPT),)

    def test_square_metres_are_raised_too(self, law: Reading) -> None:
        block = starting(law, "4. Площадь")
        assert [block.text[span.start : span.end] for span in block.spans] == ["2"]
        assert block.text[: block.spans[0].start].endswith("в м")

    def test_ordinary_numbers_are_not(self, law: Reading) -> None:
        assert sum(len(block.block.spans) for block in law.blocks) == 2


class TestPages:
    def test_headers_and_page_numbers_are_left_out(self, law: Reading) -> None:
        assert not [text for text in texts(law) if "Сборник" in text or re.fullmatch(r"-? ?\d ?-?", text)]

    def test_each_block_has_page_and_line(self, law: Reading) -> None:
        places = [block.block.place for block in law.blocks]
        assert [(place.page, place.paragraph) for place in places if place][:2] == [(1, 1), (1, 2)]
        assert {place.page for place in places if place} == {1, 2, 3}
        assert law.pages == 3

    def test_a_turned_page_reads_the_same(self, law: Reading) -> None:
        def laid(writer: pypdf.PdfWriter, angle: int) -> None:
            for page in writer.pages:
                page.rotate(angle)
                page.transfer_rotation_to_content()
                page.rotate(-angle)

        for angle in (90, 180, 270):
            reading = read(rewritten("law.ru.pdf", partial(laid, angle=angle)), LIMITS)
            assert texts(reading) == texts(law)

    def test_a_footnote_does_not_cut_the_paragraph_above_it(self) -> None:
        reading = read((SAMPLES / "table.ky.pdf").read_bytes(), LIMITS)
        assert starting(reading, "3. Ушул токтом").text.endswith("жашоочулардын баарына кеңештин отурумунда окулат.")
        assert reading.blocks[-1].block.spans == (Span(0, 1, SpanKind.SUPERSCRIPT),)

    def test_a_head_in_two_columns_is_read_column_by_column(self) -> None:
        reading = read((SAMPLES / "table.ky.pdf").read_bytes(), LIMITS)
        assert texts(reading)[:3] == ["ҮЛГҮ АЙЫЛ АЙЫЛДЫК КЕҢЕШИ", "АЙЫЛНЫЙ КЕНЕШ АЙЫЛА ҮЛГҮ", "ТОКТОМ"]

    def test_a_ruled_table_keeps_rows_and_cells(self) -> None:
        reading = read((SAMPLES / "table.ky.pdf").read_bytes(), LIMITS)
        tables = [block.block for block in reading.blocks if block.block.kind is BlockKind.TABLE]
        assert [table.rows for table in tables] == [
            (
                ("№", "Жыйым", "Сом"),
                ("1.", "Унаа токтотуу", "15"),
                ("2.", "Таштанды чыгаруу", "20,5"),
                ("3.", "Базар", ""),
            )
        ]


class TestRefusals:
    def test_a_user_password_refuses_and_an_owner_password_does_not(self, law: Reading) -> None:
        locked = rewritten("law.ru.pdf", lambda writer: writer.encrypt("secret", algorithm="RC4-128"))
        with pytest.raises(Encrypted):
            read(locked, LIMITS)
        owned = rewritten("law.ru.pdf", lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
        assert texts(read(owned, LIMITS)) == texts(law)

    def test_a_scan_has_no_text_layer(self) -> None:
        with pytest.raises(NoTextLayer) as caught:
            read(drawn(draw_scan), LIMITS)
        assert caught.value.params["pages"] == 1

    def test_an_empty_page_is_empty(self) -> None:
        with pytest.raises(Empty):
            read(drawn(lambda canvas: None), LIMITS)

    def test_a_scanned_page_among_others_is_told(self) -> None:
        scan = pypdf.PdfReader(io.BytesIO(drawn(draw_scan)))
        mixed = rewritten("law.ru.pdf", lambda writer: writer.insert_page(scan.pages[0], 1))
        reading = read(mixed, LIMITS)
        doubt = next(doubt for doubt in reading.doubts if doubt.code == "pages_without_text")
        assert doubt.params == {"count": 1, "pages": "2"}
        assert doubt.where == "page 2"
        assert reading.pictures == 1

    def test_a_cut_file_is_refused_or_tells_what_is_missing(self, law: Reading) -> None:
        content = (SAMPLES / "law.ru.pdf").read_bytes()
        outcomes = set()
        for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999):
            try:
                reading = read(content[: int(len(content) * share)], LIMITS)
            except (Damaged, NoTextLayer, Empty):
                outcomes.add("refused")
            else:
                outcomes.add("told" if reading.doubts else "silent" if texts(reading) != texts(law) else "whole")
        assert "silent" not in outcomes
        assert "refused" in outcomes

    def test_a_spoilt_stream_is_told(self) -> None:
        content = bytearray((SAMPLES / "law.ru.pdf").read_bytes())
        font = content.index(b"/Length1")
        at = content.index(b"stream", font) + 600
        content[at : at + 8] = bytes(8)
        reading = read(bytes(content), LIMITS)
        assert ("streams_damaged", {"count": 1}) in [(doubt.code, doubt.params) for doubt in reading.doubts]

    def test_what_streams_unpack_to_is_bounded(self) -> None:
        with pytest.raises(UnpacksTooLarge):
            read((SAMPLES / "law.ru.pdf").read_bytes(), ReadLimits(unpacked_bytes=1000))

    @pytest.mark.parametrize(
        "content", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF", b"%PDF-" + b"\x00" * 900]
    )
    def test_rubbish_behind_the_magic_is_damaged(self, content: bytes) -> None:
        with pytest.raises(Damaged):
            read(content, LIMITS)

    def test_limits_hold(self) -> None:
        content = (SAMPLES / "law.ru.pdf").read_bytes()
        with pytest.raises(TooLarge) as caught:
            read(content, ReadLimits(pages=2))
        assert caught.value.params == {"reason": "pages", "pages": 3, "limit": 2}
        with pytest.raises(TooLarge) as caught:
            read(content, ReadLimits(seconds=0))
        assert caught.value.params["reason"] == "time"

    def test_letters_that_stand_for_nothing_are_no_text_layer(self) -> None:
        with pytest.raises(NoTextLayer) as caught:
            read(without_unicode((SAMPLES / "law.ru.pdf").read_bytes()), LIMITS)
        assert caught.value.params["reason"] == "unknown_letters"


def without_unicode(content: bytes) -> bytes:
    """The file with each letter mapped to a private one, as broken exports do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    for item in writer._objects:
        if isinstance(item, pypdf.generic.StreamObject) and b"beginbfchar" in (data := item.get_data()):
            item.set_data(re.sub(rb"(<[0-9A-F]{2}>) <[0-9A-F]{4}>", rb"\1 <E000>", data))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def code(shared_corpus: Path) -> Reading:
    return read((shared_corpus / "civil-code-part-1.ru.pdf").read_bytes(), LIMITS)


@pytest.mark.shared
class TestCivilCode:
    def test_articles_begin_paragraphs(self, code: Reading) -> None:
        headings = [text for text in texts(code) if re.match(r"Статья \d", text)]
        assert len(headings) == 439
        assert sum(bool(re.match(r"Статья \d+(?:-\d+)?\. \S", text)) for text in headings) == 439
        assert not [text for text in texts(code) if re.search(r".\bСтатья \d+\. [А-Я]", text)]

    def test_one_number_is_raised(self, code: Reading) -> None:
        raised = [block.block for block in code.blocks if block.block.spans]
        assert [(block.text[:12], block.spans) for block in raised] == [
            ("Статья 1931.", (Span(10, 11, SpanKind.SUPERSCRIPT),))
        ]

    def test_no_line_end_is_left_in_a_paragraph_or_between_two(self, code: Reading) -> None:
        found = texts(code)
        assert len(found) == 2394
        assert not [text for text in found if text.endswith(("№", " и", " в", " с", "(статья"))]
        assert not [text for text in found if re.match(r"\d{1,3}\)", text) and not re.match(r"\d{1,2}\) \S", text)]
        assert code.pages == 173
        assert code.doubts == ()
