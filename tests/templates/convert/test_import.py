from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kb.errors import BadForm, BadParameter, Damaged, Encrypted, NotADocument, UnpacksTooLarge
from kb.language.model import Language
from kb.templates.convert import import_form
from kb.templates.model import FieldType
from kb.usecases.fill import fill_form
from tests.templates.convert.blanks import W, imported, par, run, texts, word

CITY = {"municipality_kind": "city", "municipality_name": "Үлгү"}
AIMAK = {"municipality_kind": "aiyl_aimak", "municipality_name": "Үлгү"}


def filled(folder: Path, answers: dict[str, Any], language: Language = Language.KY) -> list[str]:
    result = fill_form(folder, answers, language)
    assert result.errors == ()
    assert result.docx
    return texts(result.docx)


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("Биз, ______ айыл аймагынын тургундары,", "municipality_name", FieldType.TOPONYM),
        ("Төрага: ________", "chairperson", FieldType.PERSON),
        ("Катчы ________", "secretary", FieldType.PERSON),
        ("Чакырылгандар: ____ адам", "invited_count", FieldType.INTEGER),
        ("Чогулушка ____ пайызы катышса", "percent", FieldType.PERCENT),
        ("№ ________", "document_number", FieldType.DOCNUM),
        ("Күнү: ________", "date", FieldType.DATE),
        ("______ жөнүндө", "topic", FieldType.TEXT),
        ("Председатель: ………………", "chairperson", FieldType.PERSON),
        ("Место: ................", "place", FieldType.TEXT),
        ("Жумушчу топтун милдети: _____", "zhumushchu_toptun_mildeti", FieldType.TEXT),
    ],
)
def test_names_come_from_the_words_around(tmp_path: Path, line: str, name: str, kind: FieldType) -> None:
    found = imported(word([par(line)]), tmp_path)
    assert (found.blanks, found.found) == (1, 1)
    assert found.form.fields[name].type is kind


def test_what_words_leave_open_is_to_be_looked_at(tmp_path: Path) -> None:
    found = imported(word([par("_____")]), tmp_path)
    assert found.named == 0
    assert [one.reason for one in found.unsure] == ["name"]
    assert found.unsure[0].where == "¶1"


def test_answers_stand_in_the_runs_of_blanks(tmp_path: Path) -> None:
    bold = run("____", "<w:b/>")
    imported(word([par("Төрага: ", bold, run(" (толук)"))]), tmp_path)
    result = fill_form(tmp_path, {"chairperson": "Асанов А. А."}, Language.KY)
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    runs = [("".join(one.itertext()), one.find(f"{{{W}}}rPr/{{{W}}}b") is not None) for one in root.iter(f"{{{W}}}r")]
    assert runs == [("Төрага: ", False), ("Асанов А. А.", True), (" (толук)", False)]


def test_untouched_paragraphs_keep_their_xml(tmp_path: Path) -> None:
    kept = [
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>' + run("Үлгү & <жобо>", "<w:i/>") + run("  эки  ") + "</w:p>",
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>" + par("уяча") + "</w:tc></w:tr></w:tbl>",
    ]
    imported(word([kept[0], par("Төрага: ____"), kept[1]]), tmp_path)
    result = fill_form(tmp_path, {"chairperson": "Асанов А."}, Language.KY)
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    wanted = etree.fromstring(f'<w:body xmlns:w="{W}">{"".join(kept)}</w:body>')
    for there, here in zip((body[0], body[2]), wanted, strict=True):
        for one, other in zip(there.iter(f"{{{W}}}p"), here.iter(f"{{{W}}}p"), strict=True):
            one.tail = other.tail = None
            assert etree.tostring(one, method="c14n", exclusive=True) == etree.tostring(
                other, method="c14n", exclusive=True
            )


@pytest.mark.parametrize(
    ("line", "city", "aimak"),
    [
        ("Шаардын / айылдык аймактын чеги", "Шаардын чеги", "Айылдык аймактын чеги"),
        ("Бул шаардын же айылдык аймактын чеги", "Бул шаардын чеги", "Бул айылдык аймактын чеги"),
        ("айыл аймагынын (шаардын) жыйыны", "шаардын жыйыны", "айыл аймагынын жыйыны"),
        ("айыл өкмөтү/шаардын мэриясы менен", "шаардын мэриясы менен", "айыл өкмөтү менен"),
        ("Шаардык / айылдык кеңеш бекитет", "Шаардык кеңеш бекитет", "Айылдык кеңеш бекитет"),
        ("ал шаар же айыл аймагында иштейт", "ал шаарда иштейт", "ал айыл аймагында иштейт"),
        ("шаардын же айыл өкмөтүнүн башчысы", "шаардын башчысы", "айыл өкмөтүнүн башчысы"),
        (
            "Биз, ___ айыл аймагынын / ____ шаарынын калкы,",
            "Биз, Үлгү шаарынын калкы,",
            "Биз, Үлгү айыл аймагынын калкы,",
        ),
        ("____ шаарынын / айылдык аймагынын органдары", "Үлгү шаарынын органдары", "Үлгү айылдык аймагынын органдары"),
    ],
)
def test_words_for_both_kinds_follow_the_kind(tmp_path: Path, line: str, city: str, aimak: str) -> None:
    found = imported(word([par(*[run(letters) for letters in (line[:7], line[7:12], line[12:])])]), tmp_path)
    assert found.alternatives == 1
    asked = {field.name for field in found.form.asked()}
    assert filled(tmp_path, {name: CITY[name] for name in CITY if name in asked}) == [city]
    assert filled(tmp_path, {name: AIMAK[name] for name in AIMAK if name in asked}) == [aimak]


def test_rows_of_blanks_are_lists(tmp_path: Path) -> None:
    rows = [par("1. Үлгү"), par("- ____ айылы; - ____ айылы;"), par("- ____ айылы; - ____ айылы."), par("Аягы")]
    found = imported(word(rows), tmp_path)
    assert (found.blanks, found.found, found.named) == (4, 4, 4)
    imported(word([*rows, par("шаардын / айыл аймагынын")]), tmp_path)
    answers = {**AIMAK, "villages": ["Бир", "Эки", "Үч"]}
    answers.pop("municipality_name")
    assert filled(tmp_path, answers)[1:5] == ["- Бир айылы;", "- Эки айылы;", "- Үч айылы.", "Аягы"]


def test_notes_to_the_drafter_go(tmp_path: Path) -> None:
    note = "Топ 5 адамдан турат. (Топтун мүчөлөрүнүн (катышуучулардын) саны ыктыяр менен белгиленет: мисалы, 7 адам.)."
    found = imported(word([par(note), par("____ (тизме тиркелет)")]), tmp_path)
    assert "note" in [one.reason for one in found.unsure]
    assert filled(tmp_path, dict.fromkeys(found.form.fields, "Х")) == ["Топ 5 адамдан турат.", "Х (тизме тиркелет)"]


def test_units_of_one_kind_stand_for_it_alone(tmp_path: Path) -> None:
    lines = [
        "1. Чек",
        "1.1. Шаардын / айыл аймагынын чеги",
        "2. Аймак",
        "2.1. Шаардын аймагы кең.",
        "2.2. Айылдык аймактын аймагы кең.",
    ]
    lines += ["2.3. Баары", "3. Топ", "- шаардын мэри;", "- айыл өкмөтүнүн башчысы;", "- башкалар."]
    imported(word([par(line) for line in lines]), tmp_path)
    city, aimak = (filled(tmp_path, {"municipality_kind": kind}) for kind in ("city", "aiyl_aimak"))
    assert city[3:] == ["2.1. Шаардын аймагы кең.", "2.2. Баары", "3. Топ", "- шаардын мэри;", "- башкалар."]
    assert aimak[3:] == [
        "2.1. Айылдык аймактын аймагы кең.",
        "2.2. Баары",
        "3. Топ",
        "- айыл өкмөтүнүн башчысы;",
        "- башкалар.",
    ]


def test_words_of_one_kind_without_others_are_marked(tmp_path: Path) -> None:
    imported(word([par("Шаардын / айыл аймагынын чеги"), par("Муну айыл өкмөтү уюштурат.")]), tmp_path)
    result = fill_form(tmp_path, {"municipality_kind": "city"}, Language.KY)
    assert [(one.code, one.params["words"]) for one in result.warnings] == [("model_words", "айыл өкмөтү")]
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    marked = [mark.getparent().getparent() for mark in root.iter(f"{{{W}}}highlight")]
    assert [text for one in marked if (text := "".join(one.itertext()))] == ["айыл өкмөтү"]
    assert fill_form(tmp_path, {"municipality_kind": "aiyl_aimak"}, Language.KY).warnings == ()


def test_lines_to_be_signed_stay(tmp_path: Path) -> None:
    found = imported(word([par("Кол тамгалар"), par("Төрага ________ Катчы ________"), par("Күнү: ____")]), tmp_path)
    assert [one.reason for one in found.unsure] == ["signature", "signature"]
    assert filled(tmp_path, {"date": "2024-05-06"}) == [
        "Кол тамгалар",
        "Төрага ________ Катчы ________",
        "Күнү: 06.05.2024",
    ]


def control(properties: str, content: str) -> str:
    return f"<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt></w:p>"


def field(code: str, result: str, data: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    middle = f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return f'<w:p>{begin}{middle}{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def test_controls_and_fields_of_word_are_blanks(tmp_path: Path) -> None:
    items = '<w:listItem w:displayText="Бир" w:value="1"/><w:listItem w:displayText="Эки" w:value="2"/>'
    body = [
        control(
            '<w:alias w:val="Үлгү аты"/><w:showingPlcHdr/>',
            run("Бул жерге жазыңыз", '<w:rStyle w:val="PlaceholderText"/>'),
        ),
        control(
            f'<w:alias w:val="Тандоо"/><w:showingPlcHdr/><w:dropDownList>{items}</w:dropDownList>', run("Тандаңыз")
        ),
        control('<w:tag w:val="Макулдук"/><w14:checkbox/>', run("☐")),
        control('<w:alias w:val="Жазылган"/>', run("жазылып коюлган")),
        field(" MERGEFIELD Дареги ", "«Дареги»"),
        field(" FORMTEXT ", "     ", '<w:ffData><w:name w:val="Телефон"/></w:ffData>'),
        field(" PAGE ", "1"),
        par("☐ макулмун"),
        f'<w:p><w:fldSimple w:instr=" MERGEFIELD Орду ">{run("«Орду»")}</w:fldSimple></w:p>',
    ]
    found = imported(word(body), tmp_path)
    assert (found.blanks, found.found) == (7, 7)
    fields = found.form.fields
    assert [(name, str(one.type), one.required) for name, one in fields.items()] == [
        ("ulgu_aty", "text", True),
        ("tandoo", "choice", True),
        ("makulduk", "choice", True),
        ("daregi", "text", True),
        ("telefon", "text", True),
        ("makulmun", "choice", True),
        ("ordu", "text", True),
    ]
    assert [choice.value for choice in fields["tandoo"].choices] == ["Бир", "Эки"]
    answers = {
        "ulgu_aty": "А",
        "tandoo": "Эки",
        "makulduk": "yes",
        "daregi": "Д",
        "telefon": "Т",
        "makulmun": "no",
        "ordu": "О",
    }
    result = fill_form(tmp_path, answers, Language.KY)
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    told = ["".join(one.text or "" for one in each.iter(f"{{{W}}}t")) for each in root.iter(f"{{{W}}}p")]
    assert told == ["А", "Эки", "☒", "жазылып коюлган", "Д", "Т", "1", "☐ макулмун", "О"]
    assert root.find(f".//{{{W}}}showingPlcHdr") is None


def test_nested_tables_and_cells(tmp_path: Path) -> None:
    inner = (
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>"
        + par("Төрага:")
        + "</w:tc><w:tc>"
        + par("____")
        + "</w:tc></w:tr></w:tbl>"
    )
    outer = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{inner}{par('')}</w:tc></w:tr></w:tbl>"
    found = imported(word([outer]), tmp_path)
    assert list(found.form.fields) == ["chairperson"]


def test_russian_blanks(tmp_path: Path) -> None:
    lines = ["Протокол собрания жителей", "Председатель: ______", "Присутствовали: ____ человек", "о ____________"]
    found = imported(word([par(line) for line in lines]), tmp_path)
    assert found.form.langs == (Language.RU,)
    answers = {"chairperson": "Асанов А.", "attendees_count": 12, "topic": "воде"}
    assert filled(tmp_path, answers, Language.RU) == [
        lines[0],
        "Председатель: Асанов А.",
        "Присутствовали: 12 человек",
        "о воде",
    ]


def test_no_blanks_is_a_form_without_questions(tmp_path: Path) -> None:
    found = imported(word([par("Бул жерде бош орун жок.")]), tmp_path)
    assert (found.blanks, found.form.asked()) == (0, ())
    assert [one.reason for one in found.unsure] == ["no_blanks"]
    assert filled(tmp_path, {}) == ["Бул жерде бош орун жок."]


def test_blanks_of_headers_are_to_be_looked_at(tmp_path: Path) -> None:
    header = f'<w:hdr xmlns:w="{W}">{par("№ ____")}</w:hdr>'.encode()
    found = imported(word([par("Төрага: ____")], {"word/header1.xml": header}), tmp_path)
    assert (found.blanks, found.found) == (2, 1)
    assert [(one.where, one.text, one.reason) for one in found.unsure] == [("header1.xml", "№ ____", "part")]


def test_five_hundred_blanks(tmp_path: Path) -> None:
    found = imported(word([par(f"Саны: ____ даана {number}") for number in range(500)]), tmp_path)
    assert (found.blanks, found.found, len(found.form.asked())) == (500, 500, 500)


def test_the_proposal_can_be_named_and_given_back(tmp_path: Path) -> None:
    blank = word([par("1. Жумушчу топтун милдети: _____"), par("Аягы")])
    imported(blank, tmp_path / "one")
    told = (tmp_path / "one" / "overlay.yaml").read_text(encoding="utf-8")
    named = told.replace("zhumushchu_toptun_mildeti", "task")
    found = imported(blank, tmp_path / "two", named.encode())
    assert (found.overlay, found.named, found.unsure) == ("own", 1, ())
    assert filled(tmp_path / "two", {"task": "А & Б <i>"}) == ["1. Жумушчу топтун милдети: А & Б <i>", "Аягы"]


@pytest.mark.parametrize("answer", ["{{ 7*7 }}", "''.__class__", "<script>", "А & Б", '"сөз"', "{% if x %}"])
def test_answers_come_out_as_they_are(tmp_path: Path, answer: str) -> None:
    imported(word([par("Маселе: ____")]), tmp_path)
    name = next(iter(imported(word([par("Маселе: ____")]), tmp_path).form.fields))
    assert filled(tmp_path, {name: answer}) == [f"Маселе: {answer}"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotADocument),
        (b"%PDF-1.7", NotADocument),
        (b"PK\x03\x04broken", Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        (word([par("____")])[:3000], Damaged),
    ],
)
def test_what_is_no_word_file_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        imported(content, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnpacksTooLarge):
        import_form(word([par("____" * 1000)]), "Үлгү", tmp_path, overlay=None, recognise=True, unpacked_bytes=1000)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadParameter):
        imported(word([par("Төрага: ____")]), tmp_path / "file")


def test_a_refused_blank_leaves_the_old_form(tmp_path: Path) -> None:
    imported(word([par("Төрага: ____")]), tmp_path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with pytest.raises(BadForm):
        imported(word([par("{{ 7*7 }}")]), tmp_path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
