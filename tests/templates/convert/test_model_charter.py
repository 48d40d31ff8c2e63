"""The official model charter, with its overlay and without; its text is in no file of ours."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.convert import Imported
from kb.templates.convert.kinds import AIMAK, CITY, words_of
from kb.templates.interview import check_answers
from kb.templates.preview import preview
from kb.usecases.fill import FillResult, fill_form
from tests.templates.convert.blanks import W, imported, texts

pytestmark = pytest.mark.shared
_P, _T = f"{{{W}}}p", f"{{{W}}}t"
TOWN: dict[str, Any] = {
    "municipality_kind": "city",
    "municipality_name": "Нарын",
    "population": 41000,
    "microdistricts": ["Бир", "Эки"],
    "settlements": ["Үч"],
    "assembly_quorum_residents_pct": 30,
    "assembly_quorum_invited_pct": 50,
    "hearing_quorum_kind": "persons",
    "hearing_quorum_value": 70,
}
COMMUNITY: dict[str, Any] = {
    "municipality_kind": "aiyl_aimak",
    "municipality_name": "Баш-Кайыңды",
    "population": 5400,
    "villages": ["Баш-Кайыңды", "Кайыңды", "Ак-Суу"],
    "assembly_quorum_invited_pct": 50,
    "hearing_quorum_kind": "half",
}


@pytest.fixture(scope="module")
def model(shared_corpus: Path) -> bytes:
    return (shared_corpus / "model-charter-2022.ky.docx").read_bytes()


@pytest.fixture(scope="module")
def known(model: bytes, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported(model, tmp_path_factory.mktemp("known"))


def filled(form: Imported, answers: dict[str, Any]) -> FillResult:
    result = fill_form(form.form, answers, Language.KY)
    assert result.errors == ()
    return result


def lines(result: FillResult) -> list[str]:
    assert result.docx
    return texts(result.docx)


def paragraphs(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for one in root.iter(_P):
        one.tail = None
        found.append(etree.tostring(one, method="c14n", exclusive=True))
    return found


def test_without_the_overlay_all_blanks_are_found(model: bytes, tmp_path: Path) -> None:
    found = imported(model, tmp_path, recognise=False)
    assert (found.blanks, found.found, found.overlay) == (24, 24, "")
    assert found.alternatives >= 86
    assert len(found.unsure) <= 25


def test_the_overlay_is_found_by_the_document(known: Imported) -> None:
    assert known.overlay == "model-charter-2022"
    assert (known.blanks, known.found, known.named, known.unsure) == (24, 24, 24, ())
    assert known.form.official
    assert {"villages", "hearing_quorum_value", "local_issues", "awards"} <= {one.name for one in known.form.asked()}


def test_a_document_with_small_differences_is_known_too(model: bytes, tmp_path: Path) -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(model)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace("Коомдук".encode(), "Элдик".encode())
            new.writestr(name, content)
    found = imported(changed.getvalue(), tmp_path)
    assert found.overlay == "model-charter-2022"
    assert (found.blanks, found.found) == (24, 24)


@pytest.mark.parametrize(
    ("answers", "opening"),
    [
        (TOWN, "Биз, Нарын шаарынын жергиликтүү жамааты,"),
        (COMMUNITY, "Биз, Баш-Кайыңды айыл аймагынын жергиликтүү жамааты,"),
    ],
)
def test_nothing_is_left_open(known: Imported, answers: dict[str, Any], opening: str) -> None:
    told = lines(filled(known, answers))
    assert opening in told
    whole = "\n".join(told)
    assert not re.search(r"_| / |\{|\}|\.\.$|  ;", whole.replace("жана /же", ""), re.MULTILINE)
    assert "белгиленет: мисалы" not in whole
    assert not re.search(r"(?:шаар|мэри)\w* (?:же|/) ?айыл|айыл \w+ ?(?:же|/) ?шаар", whole, re.IGNORECASE)


@pytest.mark.parametrize(("answers", "wrong"), [(TOWN, AIMAK), (COMMUNITY, CITY)])
def test_words_of_the_other_kind_are_marked(known: Imported, answers: dict[str, Any], wrong: str) -> None:
    result = filled(known, answers)
    assert result.docx
    with zipfile.ZipFile(io.BytesIO(result.docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    plain = []
    for one in root.iter(_P):
        pieces = [
            "\u241f"
            if run.find(f"{{{W}}}rPr/{{{W}}}highlight") is not None
            else "".join(t.text or "" for t in run.iter(_T))
            for run in one.iter(f"{{{W}}}r")
        ]
        text = "".join(pieces)
        plain += [text[slice(*span)] for span in words_of(text, wrong)]
    # Towns of the whole country, and town planning: meant as they stand.
    assert Counter(plain) <= Counter({"шаарларындагы": 1, "шаар": 1})
    assert {one.code for one in result.warnings} == {"model_words", "model_stale_reference"}


def test_stale_references_are_the_models(known: Imported) -> None:
    stale = [
        (one.params["clause"], one.params["words"])
        for one in filled(known, TOWN).warnings
        if one.code == "model_stale_reference"
    ]
    assert stale == [("13.3", "27.2"), ("13.5", "15.1–15.2")]


def letters(content: bytes) -> dict[str, list[bytes]]:
    """For each paragraph's text its properties and those of each letter, without language and marks."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for gone in [*root.iter(f"{{{W}}}lang"), *root.iter(f"{{{W}}}highlight")]:
        gone.getparent().remove(gone)
    found: dict[str, list[bytes]] = {}
    for one in root.iter(_P):
        told = [etree.tostring(one.find(f"{{{W}}}pPr"), method="c14n", exclusive=True)]
        for run in one.iter(f"{{{W}}}r"):
            properties = run.find(f"{{{W}}}rPr")
            plain = etree.tostring(properties, method="c14n", exclusive=True) if properties is not None else b""
            told += [plain] * sum(len(piece.text or "") for piece in run.iter(_T))
        found["".join(one.itertext())] = told
    return found


def test_untouched_paragraphs_keep_their_xml(known: Imported, model: bytes) -> None:
    """Paragraphs of the same words are the same to the last byte, but where a tag stood in them."""
    before = paragraphs(model)
    template = paragraphs(known.form.templates[Language.KY])
    after = Counter(paragraphs(filled(known, TOWN).docx or b""))
    untagged = [one for one in template if b"{{" not in one and b"{%" not in one]
    assert len(untagged) > 200
    assert not Counter(untagged) - Counter(before) - Counter({one: 99 for one in untagged if b"highlight" in one})
    assert sum((Counter(before) & after).values()) > 300


def test_letters_keep_their_formatting(known: Imported, model: bytes) -> None:
    before, after = letters(model), letters(filled(known, TOWN).docx or b"")
    same = before.keys() & after.keys()
    assert len(same) > 300
    assert [text[:40] for text in same if before[text] != after[text]] == []


def test_values_stand_where_they_belong(known: Imported) -> None:
    town, community = "\n".join(lines(filled(known, TOWN))), "\n".join(lines(filled(known, COMMUNITY)))
    for words in (
        "№279",
        "- Бир кичи району;",
        "- Эки кичи району;",
        "- Үч турак-жай конушу.",
        " 1000 адамды",
        " 70 адамдан ",
    ):
        assert words in town
    for words in ("- Кайыңды айылы;", "- Ак-Суу айылы.", " 300 адамды", " жарымынан ", " 50 пайызы "):
        assert words in community
    for words in ("23.00дөн 07.00гө", "500-5000 сом", "7-11 адамдан"):
        assert words in town
        assert words in community
    assert town.count(" пайызы катышса") == 2
    assert community.count(" пайызы катышса") == 1


def test_clauses_left_out_renumber_the_rest(known: Imported) -> None:
    answers = {**COMMUNITY, "local_issues": ["streets", "irrigation", "conduct", "Өз маселебиз"], "awards": ["gifts"]}
    told = [line.strip() for line in lines(filled(known, answers))]
    numbers = [int(found[1]) for line in told if (found := re.match(r"([0-9]{1,2})\. ?[А-ЯӨҮҢ]", line))]
    assert numbers == list(range(1, 34))
    assert "Өз маселебиз." in told
    assert any(line.startswith("25.1.1.") for line in told)
    assert not any(line.startswith("30.1.1.") for line in told)
    assert not any(line.startswith("39.") for line in told)


def test_the_preview_goes_clause_by_clause(known: Imported) -> None:
    checked = check_answers(known.form, TOWN, (Language.KY,))
    clauses = preview(known.form, checked, Language.KY, TOWN).clauses
    assert [one.number for one in clauses if one.level == "clause"] == [str(number) for number in range(1, 42)]
    thirteen = next(one for one in clauses if one.label == "13")
    assert {one.words for one in thirteen.remarks} == {"27.2", "15.1–15.2"}
    assert next(one for one in clauses if one.label == "3").fields == ("microdistricts", "settlements")


def test_the_folder_is_a_form(known: Imported) -> None:
    assert load_form(known.form.id).version == known.form.version


def test_the_protocol_form_is_converted(shared_corpus: Path, tmp_path: Path) -> None:
    found = imported((shared_corpus / "assembly-protocol-form.ky.docx").read_bytes(), tmp_path)
    assert (found.blanks, found.found) == (12, 12)
    assert {"chairperson", "secretary", "attendees", "invited_count", "topic", "speaker"} <= set(found.form.fields)
