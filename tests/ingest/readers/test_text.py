from __future__ import annotations

import random
from pathlib import Path

import pytest

from kb.documents import BlockKind
from kb.errors import Empty, NotADocument
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.decoding import decode, plausibility
from kb.ingest.readers.text import read
from kb.ingest.readers.wrapping import Words, join

SAMPLES = Path(__file__).parents[2] / "samples" / "txt"
KYRGYZ = "12-берене. Үлгү айыл кеңешинин токтому бөлүмдөргө жөнөтүлөт."
RUSSIAN = "Статья 12. Решение айылного кенеша направляется в отделы, если иное не указано."


def texts(reading: Reading) -> list[str]:
    return [block.block.text for block in reading.blocks]


class TestEncoding:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    @pytest.mark.parametrize("text", [KYRGYZ, RUSSIAN, RUSSIAN.upper()])
    def test_unicode_is_certain(self, text: str, encoding: str) -> None:
        reading = read(text.encode(encoding), ReadLimits())
        assert texts(reading) == [text]
        assert reading.doubts == ()

    @pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
    @pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN.upper(), "Приказ", "№ 0-12 от 5 марта" * 3])
    def test_single_byte_encodings_are_told_apart(self, text: str, encoding: str) -> None:
        if "№" in text and encoding == "koi8-r":
            text = text.replace("№", "N")
        reading = read(text.encode(encoding), ReadLimits())
        assert texts(reading) == [text]
        assert [doubt.code for doubt in reading.doubts] == ["encoding_guessed"]

    @pytest.mark.parametrize("encoding", ["ptcp154", "kz1048"])
    def test_kyrgyz_letters_of_one_byte(self, encoding: str) -> None:
        decoded = decode(KYRGYZ.encode(encoding))
        assert (decoded.text, decoded.encoding, decoded.certain) == (KYRGYZ, encoding, False)

    @pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "cp866", "koi8-r"])
    def test_what_another_program_read_wrongly_is_set_right(self, wrong: str) -> None:
        spoilt = "".join(bytes([byte]).decode(wrong, errors="ignore") or chr(byte) for byte in RUSSIAN.encode())
        reading = read(spoilt.encode(), ReadLimits())
        assert texts(reading) == [RUSSIAN]
        assert [doubt.code for doubt in reading.doubts] == ["encoding_guessed"]

    def test_a_text_cut_inside_a_letter_tells_so(self) -> None:
        reading = read(KYRGYZ.encode()[:-2], ReadLimits())
        assert texts(reading)[0].startswith("12-берене.")
        assert [(doubt.code, doubt.params) for doubt in reading.doubts] == [("letters_unknown", {"count": 1})]

    @pytest.mark.parametrize("seed", range(20))
    def test_random_bytes_are_no_document(self, seed: int) -> None:
        with pytest.raises(NotADocument):
            read(random.Random(seed).randbytes(400), ReadLimits())

    @pytest.mark.parametrize("content", [b"\x00" * 50, b"abc\x00\x01\x02" * 20, "ш" * 3 + "\x01\x02\x03\x04"])
    def test_binary_is_no_document(self, content: bytes | str) -> None:
        with pytest.raises(NotADocument):
            read(content if isinstance(content, bytes) else content.encode("cp1251"), ReadLimits())

    @pytest.mark.parametrize("content", [b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe\x20\x00"])
    def test_white_space_is_empty(self, content: bytes) -> None:
        with pytest.raises(Empty):
            read(content, ReadLimits())

    def test_plausibility_parts_text_from_mojibake(self) -> None:
        right = RUSSIAN.encode("koi8-r")
        assert plausibility(right.decode("koi8-r")) > -5
        assert plausibility(right.decode("cp1251")) < plausibility(right.decode("koi8-r")) - 1
        assert plausibility("plain ASCII") == 0


class TestParagraphs:
    def test_a_line_is_a_paragraph_where_lines_are_long(self) -> None:
        long = "Кеңештин токтому " * 12
        assert texts(read(f"1. {long}.\n2. {long}.\nКОРУТУНДУ\n".encode(), ReadLimits())) == [
            f"1. {long}.",
            f"2. {long}.",
            "КОРУТУНДУ",
        ]

    def test_wrapped_lines_are_joined(self) -> None:
        reading = read((SAMPLES / "wrapped.ru.txt").read_bytes(), ReadLimits())
        assert texts(reading) == [
            "ПОСТАНОВЛЕНИЕ",
            "от 5 марта 2031 года № 0-12",
            (
                "1. Утвердить прилагаемое Положение о порядке ведения похозяйственных книг в айыл аймаке Үлгү, "
                "имущество которых учитывается по правилам социально-экономического учета."
            ),
            "2. Признать, что Закон от 15 июля 2009 года № 49) применяется и далее.",
            "3. Секретарю:",
            "1) вести книги;",
            "2) выдавать выписки жителям айыл аймака, а также иным лицам, которые имеют на это право по закону.",
            "Председатель А. Үлгүев",
        ]
        assert [block.block.place.paragraph for block in reading.blocks if block.block.place][:3] == [1, 2, 4]

    def test_a_paragraph_that_a_page_end_broke_is_whole_again(self) -> None:
        long = (
            "Айыл аймагынын жашоочулары жыйындарда жергиликтүү бюджеттин долбоорун талкуулап, сунуштарын берип, Типтүү"
        )
        other = "жобону бекитүүнү кеңештен сурана алышат. " * 5
        assert texts(read(f"{long}\n\n\n{other}\n\nАягы.".encode(), ReadLimits()))[0] == f"{long} {other}".strip()

    def test_a_drawn_table_is_a_table(self) -> None:
        drawn = """Тариф жадыбалы:
┌────┬──────────────────┬──────┐
│ №  │ Кызмат           │ Сом  │
├────┼──────────────────┼──────┤
│ 1. │ Унаа токтотуучу  │ 15   │
│    │ жай              │      │
├────┼──────────────────┼──────┤
│ 2) │ Таштанды чыгаруу │ 20,5 │
└────┴──────────────────┴──────┘
Аягы.
"""
        reading = read(drawn.encode(), ReadLimits())
        table = next(block.block for block in reading.blocks if block.block.kind is BlockKind.TABLE)
        assert table.rows == (
            ("№", "Кызмат", "Сом"),
            ("1.", "Унаа токтотуучу\nжай", "15"),
            ("2)", "Таштанды чыгаруу", "20,5"),
        )
        assert texts(reading)[0] == "Тариф жадыбалы:"
        assert texts(reading)[-1] == "Аягы."


@pytest.mark.parametrize(
    ("upper", "lower", "known", "expected"),
    [
        ("о порядке", "ведения", "", "о порядке ведения"),
        ("имуще-", "ство двора", "имущество растет", "имущество двора"),
        ("имуще\u00ad", "ство", "", "имущество"),
        ("имуще\ufffe", "ственных прав", "", "имущественных прав"),
        ("социально-", "экономический план", "социально-экономического", "социально-экономический план"),
        ("финансово-", "кредитных", "финансово-кредитных", "финансово-кредитных"),
        ("Жалал-", "Абад облусу", "", "Жалал-Абад облусу"),
        ("2009-", "жылдын", "", "2009-жылдын"),
        ("статьи 233-", "17", "", "статьи 233-17"),
        ("иш-", "чаралар", "иш-чаралары", "иш-чаралар"),
        ("какой-", "либо", "", "какой-либо"),
        ("правила -", "это", "", "правила - это"),
        ("и/", "или", "", "и/или"),
        ("айыл /", "шаар", "", "айыл / шаар"),
        ("№ 01-18/", "48", "", "№ 01-18/48"),
    ],
)
def test_line_ends_are_undone(upper: str, lower: str, known: str, expected: str) -> None:
    text, start = join(upper, lower, Words([upper, lower, known]))
    assert text == expected
    assert text[start:].startswith(lower[:2])


SENTENCE = (
    "Уполномоченный орган рассматривает заявление и приложенные к нему документы в срок, который указан в части первой "
)


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("настоящей статьи.", "Статья 25. Организация", False),
        ("настоящей статьи", "Статья 25. Организация", False),
        ("настоящей статьи.", "2. Второе", False),
        ("хранителя, комиссионера и т.п.", "3. Третье", False),
        ("обязательства; и", "2) второе", False),
        ("по признаку пола, или", "б) второе", False),
        ("2010 г.", "Статья 25. Организация", False),
        ("закона от 1 мая 2005 года №", "49) и другого", True),
        ("указанных в пункте", "3 части первой", True),
        ("указанных в ст.", "3 Закона", True),
        ("в порядке и", "сроки, названные выше", True),
        ("облусу жана", "Үлгү району", True),
    ],
)
def test_lines_that_are_paragraphs_join_only_where_one_needs_the_other(upper: str, lower: str, *, joined: bool) -> None:
    reading = read(f"{SENTENCE * 2}{upper}\n{lower}\n{SENTENCE * 2}\n".encode(), ReadLimits())
    assert len(reading.blocks) == (2 if joined else 3)


@pytest.mark.shared
def test_the_brochure(shared_corpus: Path) -> None:
    reading = read((shared_corpus / "project-brochure.ky.txt").read_bytes(), ReadLimits())
    assert len(reading.blocks) == 104
    assert sum(text.startswith("- ") for text in texts(reading)) == 24
    assert reading.doubts == ()
