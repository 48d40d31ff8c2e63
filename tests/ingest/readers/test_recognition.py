"""Text recognised from pictures: what needs tesseract is skipped, visibly, where it is not installed."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kb.documents import SpanKind
from kb.errors import Damaged, MissingProgram, NoTextLayer, ProgramFailed, RecognitionNeeded, TooLarge
from kb.ingest.assemble import read_document
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import read_bytes, recognition
from kb.ingest.readers.bitmap import Bitmap
from kb.ingest.readers.hocr import parse, to_lines
from kb.ingest.readers.lines import Line
from kb.ingest.readers.recognised_lines import mark_bold, restore_letters, restore_romans
from kb.ingest.sidecar import Hints

SAMPLES = Path(__file__).parents[2] / "samples"
PICTURE = SAMPLES / "png" / "law.ky.png"
LIMITS = ReadLimits()
needs_tesseract = pytest.mark.skipif(
    not recognition.installed(), reason="tesseract with kir and rus is not installed (see docs/operating.md)"
)


def pdf_of(*pictures: Image.Image, turn: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for picture in pictures:
        turned = picture.convert("L").rotate(turn, expand=True)
        size = (595, 842) if turned.width < turned.height else (842, 595)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(turned), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program on PATH in tesseract's place; it knows both languages."""
    path = tmp_path / "tesseract"
    path.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo kir; echo rus; exit; fi\n{script}\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")


@pytest.fixture(scope="module")
def picture() -> Reading:
    return read_bytes(PICTURE.read_bytes(), "law", LIMITS)[1]


@needs_tesseract
class TestPictures:
    @pytest.mark.parametrize("name", ["png/law.ky.png", "tiff/law.ky.tiff"])
    def test_a_picture_becomes_a_law(self, name: str) -> None:
        media_type, reading = read_bytes((SAMPLES / name).read_bytes(), name, LIMITS)
        assert media_type == f"image/{name[:4].rstrip('/')}"
        assert reading.recognised is not None
        assert 0.85 < reading.recognised <= 1
        document, report = read_document(reading, name, Hints())
        assert document.metadata.recognised == reading.recognised
        assert document.act_id.uri == "/akn/kg/act/law/2020-02-03/0-12"
        assert [unit.eid for unit in document.units] == ["sec_I", "art_1", "sec_II", "art_2-1", "sec_III", "art_3"]
        assert document.units[1].heading == "Мыйзамдын предмети"
        assert document.units[1].text.startswith("Ушул Мыйзам Үлгү айылында коомдук угууларды өткөрүүнүн тартибин жана")
        assert {"recognised", "romans_restored"} <= {doubt.code for doubt in report.warnings}

    def test_a_raised_number_is_a_superscript(self, picture: Reading) -> None:
        block = next(block.block for block in picture.blocks if block.block.text.startswith("Статья 2"))
        assert block.text == "Статья 21. Созыв слушаний"
        assert [(span.start, span.end, span.kind) for span in block.spans] == [(8, 9, SpanKind.SUPERSCRIPT)]

    def test_bold_lines_are_bold(self, picture: Reading) -> None:
        bold = {block.block.text.split()[0]: block.look.bold for block in picture.blocks}
        assert [bold[word] for word in ("КЫРГЫЗ", "I.", "Статья", "Слушания", "Ушул")] == [
            True,
            True,
            True,
            False,
            False,
        ]

    def test_a_telephone_notes_how_it_was_held(self) -> None:
        picture = Image.open(PICTURE).convert("L").rotate(90, expand=True)
        noted = Image.Exif()
        noted[0x0112] = 6
        out = io.BytesIO()
        picture.save(out, "JPEG", exif=noted)
        media_type, reading = read_bytes(out.getvalue(), "photo.jpg", LIMITS)
        assert media_type == "image/jpeg"
        assert reading.blocks[0].block.text == "КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ"

    def test_a_picture_without_text_is_refused(self) -> None:
        out = io.BytesIO()
        Image.new("L", (600, 800), 200).save(out, "PNG")
        with pytest.raises(NoTextLayer) as caught:
            read_bytes(out.getvalue(), "grey.png", LIMITS)
        assert caught.value.params["reason"] == "unreadable"


@needs_tesseract
class TestScans:
    def test_scanned_pages_are_read_in_place(self) -> None:
        law = SAMPLES / "pdf" / "law.ru.pdf"
        scan = pypdf.PdfReader(io.BytesIO(pdf_of(Image.open(PICTURE))))
        writer = pypdf.PdfWriter(clone_from=law)
        writer.insert_page(scan.pages[0], 1)
        out = io.BytesIO()
        writer.write(out)
        _, plain = read_bytes(law.read_bytes(), "law.pdf", LIMITS)
        _, mixed = read_bytes(out.getvalue(), "law.pdf", LIMITS)
        assert plain.recognised is None
        assert mixed.recognised is not None
        pages = [block.block.place.page for block in mixed.blocks if block.block.place]
        assert pages == sorted(page or 0 for page in pages)
        assert any(block.block.text == "1-берене. Мыйзамдын предмети" for block in mixed.blocks)
        told = {doubt.code: doubt for doubt in mixed.doubts}
        assert told["recognised"].params["pages"] == 1
        assert told["recognised"].where == "page 2"
        assert "pages_without_text" not in told

    @pytest.mark.parametrize("turn", [90, 270])
    def test_a_page_on_its_side_is_turned(self, turn: int) -> None:
        _, reading = read_bytes(pdf_of(Image.open(PICTURE), turn=turn), "scan.pdf", LIMITS)
        assert any(block.block.text == "1-берене. Мыйзамдын предмети" for block in reading.blocks)

    def test_a_page_askew_is_put_straight(self) -> None:
        page = Image.open(PICTURE).convert("L").rotate(0.7, fillcolor=255)
        _, reading = read_bytes(pdf_of(page), "scan.pdf", LIMITS)
        document, _ = read_document(reading, "scan.pdf", Hints())
        assert [unit.eid for unit in document.units] == ["sec_I", "art_1", "sec_II", "art_2-1", "sec_III", "art_3"]


class TestWithout:
    def test_a_scan_names_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(NoTextLayer) as caught:
            read_bytes(pdf_of(Image.open(PICTURE)), "scan.pdf", LIMITS)
        assert caught.value.params["reason"] == "not_installed"
        assert "tesseract-ocr-kir" in str(caught.value.params["package"])

    def test_a_picture_names_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(MissingProgram) as caught:
            read_bytes(PICTURE.read_bytes(), "scan.png", LIMITS)
        assert "tesseract-ocr-kir" in str(caught.value.params["package"])

    @pytest.mark.parametrize(
        "content",
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + bytes(50), b"II*\x00" + b"\xff" * 60, PICTURE.read_bytes()[:9000]],
    )
    def test_a_broken_picture_is_damaged(self, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake(tmp_path, monkeypatch, "exit 1")
        with pytest.raises(Damaged):
            read_bytes(content, "scan.png", LIMITS)


class TestFaults:
    @pytest.mark.parametrize("name", ["png/law.ky.png", "scan.pdf"])
    def test_where_no_time_is_allowed_nothing_runs(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake(tmp_path, monkeypatch, "exit 1")
        content = pdf_of(Image.open(PICTURE)) if name == "scan.pdf" else PICTURE.read_bytes()
        with pytest.raises(RecognitionNeeded) as caught:
            read_bytes(content, name, ReadLimits(recognise=False))
        assert caught.value.params["pages"] == 1

    @pytest.mark.parametrize("script", ["exit 1", "kill -SEGV $$", "echo nonsense", "echo '<html'", "true"])
    def test_a_failing_program_is_an_error_of_ours(
        self, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake(tmp_path, monkeypatch, script)
        with pytest.raises(ProgramFailed):
            read_bytes(pdf_of(Image.open(PICTURE)), "scan.pdf", LIMITS)

    def test_a_program_that_hangs_is_stopped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake(tmp_path, monkeypatch, "sleep 60")
        with pytest.raises(TooLarge) as caught:
            read_bytes(pdf_of(Image.open(PICTURE)), "scan.pdf", ReadLimits(recognition_seconds=2))
        assert caught.value.params == {"reason": "recognition", "pages": 1, "limit": caught.value.params["limit"]}

    def test_a_scan_that_would_take_too_long_is_refused_early(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake(tmp_path, monkeypatch, "sleep 0.3; echo '<html/>'")
        page = Image.open(PICTURE).resize((300, 400))
        with pytest.raises(TooLarge) as caught:
            read_bytes(pdf_of(*[page] * 40), "scan.pdf", ReadLimits(recognition_seconds=4))
        assert caught.value.params["pages"] == 40


def line(text: str, number: int = 1) -> Line:
    return Line(text, 1, number, 50, 500, 700 - 15 * number, 11)


def roman_texts(*texts: str) -> list[str]:
    return [line.text for line in restore_romans([line(text) for text in texts])[0]]


class TestRomans:
    def test_numbers_that_count_on_are_restored(self) -> None:
        assert roman_texts(
            "1. Жалпы жоболор",
            "1. Ушул Устав",
            "2. Жамаат",
            "П. Башкаруу",
            "3. Кеңеш",
            "Ш. Маселелер",
            "ТУ. Катышуу",
            "У. Эреже",
            "УТ. Чыгым",
            "УП. Мүлк",
            "УШ. Корутунду",
        ) == [
            "I. Жалпы жоболор",
            "1. Ушул Устав",
            "2. Жамаат",
            "II. Башкаруу",
            "3. Кеңеш",
            "III. Маселелер",
            "IV. Катышуу",
            "V. Эреже",
            "VI. Чыгым",
            "VII. Мүлк",
            "VIII. Корутунду",
        ]

    def test_a_list_of_contents_before_the_body(self) -> None:
        body = ("1. Жалпы жоболор", "П. Башкаруу", "Ш. Маселелер")
        expected = ["I. Жалпы жоболор", "II. Башкаруу", "III. Маселелер"]
        assert roman_texts(*body, *body) == expected * 2

    @pytest.mark.parametrize(
        "texts",
        [
            ("П. Үсөнов", "Ш. Асанова", "Г. Болотов"),
            ("У. Осмонов", "Т. Жээнбеков"),
            ("1. Биринчи.", "2. Экинчи.", "П. Үсөнов", "3. Үчүнчү."),
        ],
    )
    def test_initials_stay(self, texts: tuple[str, ...]) -> None:
        kept = [text for text in roman_texts(*texts) if text in texts]
        assert kept == list(texts) or texts[0] == "П. Үсөнов"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("УШ БӨЛҮМ. КОРУТУНДУ", "VIII БӨЛҮМ. КОРУТУНДУ"),
            ("П-бап. Кеңеш", "II-бап. Кеңеш"),
            ("РАЗДЕЛ Ш. Бюджет", "РАЗДЕЛ III. Бюджет"),
            ("РАЗДЕЛ 3. Бюджет", "РАЗДЕЛ 3. Бюджет"),
            ("Часть первая", "Часть первая"),
        ],
    )
    def test_a_keyword_is_enough(self, text: str, expected: str) -> None:
        assert roman_texts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 слушаниях в селе Үлгү", "О слушаниях в селе Үлгү"),
        ("Закон «0 слушаниях»", "Закон «О слушаниях»"),
        ("от 3 февраля 2020 года М 12", "от 3 февраля 2020 года N 12"),
        ("2020-жылдын 3-февралы М12", "2020-жылдын 3-февралы N12"),
        ("100 0 единиц", "100 0 единиц"),
        ("автодорога М 41", "автодорога М 41"),
        ("2020 года автодорога М 41", "2020 года автодорога М 41"),
    ],
)
def test_letters_taken_for_others_are_restored(text: str, expected: str) -> None:
    assert restore_letters([line(text)])[0][0].text == expected


def test_a_year_at_the_end_of_a_line_counts() -> None:
    lines = [line("от 3 февраля 2020 года", 1), line("М 12 в селе Үлгү", 2)]
    assert [one.text for one in restore_letters(lines)[1]] == ["N 12 в селе Үлгү"]


def test_bold_is_what_is_wider_than_most() -> None:
    lines = [line("Статья 1. Предмет"), line("Слушания созывает глава"), line("айыл өкмөтү в селе Үлгү"), line("№ 5")]
    assert [one.bold for one in mark_bold(lines, [0.16, 0.10, 0.11, 0.2])] == [True, False, False, False]


HOCR = """<html xmlns="http://www.w3.org/1999/xhtml"><body><span class='ocr_line'
 title="bbox 100 200 900 260; baseline 0 -12; x_size 50">
<span class='ocrx_word' title='bbox 100 200 300 260; x_wconf 96'>
<span class='ocrx_cinfo' title='x_bboxes 100 210 130 248; x_conf 99'>2</span><span class='ocrx_cinfo'
 title='x_bboxes 135 200 150 225; x_conf 99'>1</span></span>
<span class='ocrx_word' title='bbox 700 200 900 260; x_wconf 50'>
<span class='ocrx_cinfo' title='x_bboxes 700 210 900 248; x_conf 99'>ү</span></span></span></body></html>"""


def test_places_are_points() -> None:
    (row,) = parse(HOCR.encode())
    assert [sign.raised for sign in row.words[0].signs] == [False, True]
    (found,) = to_lines([row], 3, (2480, 3508), 300)
    assert (found.text, found.page, found.size) == ("21 ү", 3, 12.0)
    assert found.left == pytest.approx(24)
    assert found.baseline == pytest.approx((3508 - 248) * 72 / 300)
    assert found.columns[0].offset == 3


def test_a_bitmap_turns() -> None:
    picture = Bitmap(b"\x01\x02\x03\x04\x05\x06", 3, 2, 300)
    assert picture.turned(90) == Bitmap(b"\x04\x01\x05\x02\x06\x03", 2, 3, 300)
    assert picture.turned(180).pixels == b"\x06\x05\x04\x03\x02\x01"
    assert picture.turned(270).turned(90) == picture
