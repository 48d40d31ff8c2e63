"""The charter: right for both kinds of community, numbered anew, nothing left open, in nobody else's words."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from docx import Document

from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.model import WHOLE
from tests.templates.answers import (
    AIMAK,
    COMMUNITIES,
    COMPANIONS,
    KY,
    RU,
    TOWN,
    charter,
    clause_numbers,
    filled,
    text_of,
)

#: Words that belong to the other kind of community.
WRONG = {
    "town": r"айыл өкмөт|айыл окмот|айыл аймаг|айылдык|айылн|айыл башчы",
    "aimak": r"\bмэр|шаар|город",
}
LAWFUL = "келсе, ал укуктуу деп саналат."
GUESTS = "представителей и приглашённых."
BOTH = [(kind, language) for kind in COMMUNITIES for language in (KY, RU)]


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_nothing_is_open_and_no_word_of_the_other_kind(kind: str, language: Language) -> None:
    text = charter(COMMUNITIES[kind], language)
    assert "_" not in text
    assert not re.search(r"[{}\ue000-\uf8ff]|None|\[|\.\.\.|  ", text)
    assert not re.search(WRONG[kind], text.lower())
    assert clause_numbers(text) == list(range(1, 42))
    assert re.findall(r"^([IVX]+)\. ", text, re.MULTILINE) == 2 * ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert not re.search(r";\n\d+\.(?:\d+\.)? ", text), "a list ends with a full stop"


@pytest.mark.parametrize(
    ("answers", "language", "line"),
    [
        (AIMAK, KY, "Биз, Баш-Кайыңды айыл аймагынын жергиликтүү жамааты,"),
        (TOWN, KY, "Биз, Нарын шаарынын жергиликтүү жамааты,"),
        (AIMAK, RU, "Мы, местное сообщество айылного аймака Баш-Кайынды,"),
        (TOWN, RU, "Мы, местное сообщество города Нарын,"),
        (AIMAK, KY, "Ак-Суу айылы."),
        (TOWN, KY, "Ынтымак кичи району;"),
        (TOWN, KY, "Жаңы-Турмуш турак-жай конушу."),
        (AIMAK, RU, "село Кайынды;"),
        (TOWN, RU, "жилмассив Жаны-Турмуш."),
        (AIMAK, KY, "20.7. Угууга келгендердин саны 70 адамдан кем болбосо, ал укуктуу деп саналат."),
        (
            TOWN,
            KY,
            "20.7. Угууга өкүлдөрдүн жана чакырылгандардын 50 пайызынан кем эмеси " + LAWFUL,
        ),
        (
            {**TOWN, "hearing_quorum_kind": "half"},
            RU,
            "20.7. Слушания правомочны, если пришли не менее половины " + GUESTS,
        ),
        (TOWN, RU, "20.7. Слушания правомочны, если пришли не менее 50 % " + GUESTS),
        (AIMAK, KY, "18.6. Жыйын ушул аймакта шайлоо укугу бар тургундардын кеминде 30 пайызы келсе, укуктуу болот."),
        (TOWN, KY, "18.6. Жыйын чакырылган адамдардын кеминде 50 пайызы келсе, укуктуу болот."),
    ],
)
def test_lines(answers: dict[str, Any], language: Language, line: str) -> None:
    assert line in charter(answers, language).split("\n")


@pytest.mark.parametrize(
    ("answers", "piece"),
    [
        ({"population": 6000}, "саны 300 адамды түзөт"),
        ({"population": 6001}, "саны 600 адамды түзөт"),
        ({"population": 20000}, "саны 600 адамды түзөт"),
        ({"population": 20001}, "саны 1000 адамды түзөт"),
        ({"municipality_name": "Ош"}, "Ош шаарында кол койгондордун зарыл саны 5000 адамды түзөт"),
        ({"municipality_name": "Бишкек"}, "24.1. Шаарда мал жана канаттуу кармоонун өзгөчө тартибин"),
        ({"quiet_from": "22:30", "quiet_to": "06:00"}, "30.4. Саат 22.30дан 06.00гө чейин"),
        ({"initiative_group_size": 9}, "бириккен 9 жарандын тобу"),
        ({"assembly_initiative_group_size": "20–25"}, "18.2. Тургундар жыйын өткөрүү үчүн 20-25 адамдан турган"),
        ({"norm_initiative_group_size": 7}, "19.5. Демилге үчүн 7 адамдан турган"),
        (
            {"druzhina_count": 2, "druzhina_size": "4-6"},
            "ыктыярдуу негизде 2 элдик дружина түзүлөт, ар биринин курамы 4-6 адамдан",
        ),
        ({"self_tax_min": 100, "self_tax_max": 900}, "жылына бир жолу 100-900 сом"),
        ({"local_issues": ["trees", "Тоо жолдорун карап туруу"]}, "Тоо жолдорун карап туруу."),
        ({"awards": ["citizen"]}, "«Шаардын ардактуу жараны» наамы."),
    ],
)
def test_answers_show_in_a_town(answers: dict[str, Any], piece: str) -> None:
    assert piece in charter({**TOWN, **answers}, KY)


@pytest.mark.parametrize(
    ("villages", "language", "line"),
    [
        (["Кайыңды"], KY, "Айылдын айланасындагы жерлер да анын территориясына кирет."),
        (["Кайыңды", "Ак-Суу"], KY, "Айылдардын ортосундагы жана айланасындагы жерлер да анын территориясына кирет."),
        (["Кайыңды"], RU, "К территории айылного аймака относятся также земли вокруг села."),
        (["Кайыңды", "Ак-Суу"], RU, "К территории айылного аймака относятся также земли между сёлами и вокруг них."),
    ],
)
def test_one_village_and_many(villages: list[str], language: Language, line: str) -> None:
    text = charter({**AIMAK, "villages": villages}, language)
    assert line in text.split("\n")
    assert re.search(r"(?:Кайыңды айылы|село Кайынды)[.;]\n", text)


def test_optional_clauses_leave_and_the_rest_is_renumbered_with_its_references() -> None:
    text = charter({**AIMAK, "local_issues": ["drinking_water", "public_order", "streets"]}, KY)
    assert clause_numbers(text) == list(range(1, 34))
    assert "24. Ичүүчү сууну пайдалануу эрежелери" in text
    assert "25. Коомдук тартипти сактоого катышуу эрежелери" in text
    assert "ичүүчү сууну үнөмдүү пайдалануу (24-пункт);" in text
    assert "13.4. Ичүүчү суу боюнча 24-пункттун аткарылышын" in text
    assert "сугат" not in text.lower()
    assert "33. Уставды кабыл алуу" in text


@pytest.mark.parametrize(
    ("answers", "count", "has_28"),
    [
        ({}, 41, True),
        ({"local_issues": []}, 31, False),
        ({"optional_clauses": ["28"]}, 32, True),
        ({"optional_clauses": []}, 31, False),
        ({"local_issues": ["animals"], "optional_clauses": ["28"]}, 33, True),
        ({"local_issues": ["streets", "trees", "field_work"]}, 31, False),
    ],
)
def test_local_issues_and_optional_clauses_decide(answers: dict[str, Any], count: int, has_28: bool) -> None:
    for language in (KY, RU):
        text = charter({**AIMAK, **answers}, language)
        assert clause_numbers(text) == list(range(1, count + 1))
        assert (("Жалпы кызыкчылыктагы" in text) or ("участия в общих мероприятиях" in text)) is has_28


@pytest.mark.parametrize("form_id", sorted(COMPANIONS))
@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_companions(form_id: str, kind: str, language: Language) -> None:
    text = text_of(filled(form_id, {**COMMUNITIES[kind], **COMPANIONS[form_id]}, language).docx)
    assert not re.search(r"[{}\ue000-\uf8ff]|None", text)
    assert not re.search(WRONG[kind], text.lower())
    assert ("_" in text) is (form_id == "assembly-protocol")
    assert ("Расмий үлгү эмес" in text) or ("Не официальный образец" in text)
    assert ("2022-жылдын 12-декабрындагы № 279" in text) or ("12 декабря 2022 года № 279" in text)


@pytest.mark.parametrize(
    ("form_id", "language", "piece"),
    [
        ("charter-resolution", KY, "VII чакырылыштагы Нарын шаардык кеңешинин 5-сессиясы"),
        ("charter-resolution", KY, "көз салуу шаардын мэрине Бековага Г. Т. жана"),
        ("charter-resolution", KY, "Нарын шаарынын тургундары 2026-жылдын 12-апрелинде талкуулаган Уставдын долбоорун"),
        ("charter-resolution", RU, "разместить его на информационных досках города."),
        ("assembly-protocol", KY, "1-маселе боюнча угулду: депутат Асанов Б. К."),
        ("charter-resolution", RU, "5-я сессия Нарынского городского кенеша VII созыва"),
        ("charter-resolution", RU, "6. Контроль за исполнением постановления возложить на мэра города Бекову Г. Т."),
        ("working-group-order", KY, "4. 2021-жылдын 3-февралындагы № 14-к буйрук күчүн жоготту"),
        ("working-group-order", KY, "долбоорду 2026-жылдын 1-мартына чейин даярдап"),
        ("working-group-order", RU, "НАРЫНСКАЯ ОБЛАСТЬ"),
        ("assembly-protocol", KY, "1. Уставдын долбоорун талкуулоо жөнүндө. / Депутат Асановдун Б. К. баяндамасы."),
        ("assembly-protocol", KY, "2.2. Берилсин."),
    ],
)
def test_companions_say(form_id: str, language: Language, piece: str) -> None:
    assert piece in text_of(filled(form_id, {**TOWN, **COMPANIONS[form_id]}, language).docx)


def test_speakers_of_a_russian_protocol() -> None:
    agenda = [{"topic": "обсуждение проекта устава", "speaker": "депутат Асанов Б. К.", "decisions": ["Одобрить."]}]
    answers = {**TOWN, **COMPANIONS["assembly-protocol"], "agenda": agenda}
    text = text_of(filled("assembly-protocol", answers, RU).docx)
    assert "1. Обсуждение проекта устава. / Докладчик: депутат Асанов Б. К.\n" in text
    assert "По вопросу 1 слушали: депутата Асанова Б. К.\n" in text


@pytest.mark.parametrize("form_id", ["charter", *sorted(COMPANIONS)])
@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_what_opens_a_list_stays_on_its_page(form_id: str, kind: str, language: Language) -> None:
    answers = {**COMMUNITIES[kind], **COMPANIONS.get(form_id, {})}
    opened = [
        one for one in Document(io.BytesIO(filled(form_id, answers, language).docx)).paragraphs if one.text[-1:] == ":"
    ]
    assert opened
    assert all(one.paragraph_format.keep_with_next for one in opened)


@pytest.mark.parametrize(
    ("form_id", "last"), [("charter-resolution", "Токтомдун"), ("working-group-order", "Буйруктун")]
)
def test_signatures_stay_with_what_is_signed(form_id: str, last: str) -> None:
    document = Document(io.BytesIO(filled(form_id, {**TOWN, **COMPANIONS[form_id]}, KY).docx))
    at = next(at for at, one in enumerate(document.paragraphs) if last in one.text)
    assert [one.paragraph_format.keep_with_next for one in document.paragraphs[at : at + 2]] == [True, True]


def test_an_order_that_revokes_nothing_has_no_such_point() -> None:
    answers = {**AIMAK, **COMPANIONS["working-group-order"], "revoked_order_number": None, "revoked_order_date": ""}
    text = text_of(filled("working-group-order", answers, KY).docx)
    assert "жоготту" not in text
    assert "4. Буйруктун аткарылышын өзүм көзөмөлдөйм." in text


@pytest.mark.parametrize("form_id", ["charter", *sorted(COMPANIONS)])
def test_every_legal_basis_stands_behind_a_unit_of_the_text(form_id: str) -> None:
    form = load_form(form_id)
    for language, template in form.templates.items():
        labels = set(re.findall(r"\{\{ (?:clause|subclause|point)\('([a-z0-9_]+)'\) \}\}", _document(template)))
        wanted = {basis.clause for basis in form.bases}
        assert wanted - {WHOLE} <= labels, (language, wanted - labels)
        if form_id == "charter":
            assert {label for label in labels if re.search(rf"clause\('{label}'\)", _document(template))} - wanted <= {
                "parts",
                "water_duties",
            }
    for basis in form.bases:
        assert basis.to_be_confirmed or basis.provision


def _document(docx: bytes) -> str:
    from tests.templates.answers import part

    return part(docx, "word/document.xml")


#: Names of a law and of an agency, which can be written in one way only.
NAMES = (
    (
        "жергиликтүү мамлекеттик администрация жана жергиликтүү өз алдынча башкаруу органдары жөнүндө "
        "кыргыз республикасынын мыйзамын"
    ),
    "мамлекеттик кызмат жана жергиликтүү өз алдынча башкаруу иштери боюнча мамлекеттик агенттиктин",
)


@pytest.mark.shared
@pytest.mark.parametrize("kind", COMMUNITIES)
def test_no_eight_words_of_the_official_documents(shared_corpus: Path, kind: str) -> None:
    official: set[tuple[str, ...]] = set()
    files = sorted(shared_corpus.glob("*.ky.docx"))
    assert files
    for file in files:
        official |= {shingle for line in text_of(file.read_bytes()).split("\n") for shingle in _shingles(line)}
    allowed = {shingle for name in NAMES for shingle in _shingles(name)}
    everything = {"awards": None, **COMMUNITIES[kind]}
    texts = [charter(everything, KY)]
    texts += [text_of(filled(one, {**COMMUNITIES[kind], **more}, KY).docx) for one, more in COMPANIONS.items()]
    found = {shingle for text in texts for line in text.split("\n") for shingle in _shingles(line)}
    assert not [" ".join(shingle) for shingle in (found & official) - allowed]


def _shingles(line: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", line.lower())
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


@pytest.mark.parametrize("language", [KY, RU])
def test_word_reads_it_as_an_office_wants_it(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "charter.docx"
    path.write_bytes(filled("charter", AIMAK, language).docx)
    document = Document(str(path))
    section = document.sections[0]
    sizes = [section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin]
    assert [round(size.cm, 1) for size in sizes if size] == [21.0, 29.7, 3.0, 1.5, 2.0]
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 13)
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Clause", "Dash", "Contents"} <= styles
    assert "PAGE" in section.footer._element.xml
    assert "{" not in document.core_properties.title


@pytest.mark.skipif(which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_prints_it(tmp_path: Path) -> None:
    for kind, answers in COMMUNITIES.items():
        (tmp_path / f"{kind}.docx").write_bytes(filled("charter", answers, KY).docx)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    names = [f"{kind}.docx" for kind in COMMUNITIES]
    subprocess.run([*command, *names], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    import pypdfium2

    for kind in COMMUNITIES:
        with pypdfium2.PdfDocument(tmp_path / f"{kind}.pdf") as pdf:
            texts = [page.get_textpage().get_text_bounded() for page in pdf]
        assert 10 <= len(texts) <= 25
        assert all("№ 279" in text for text in texts), "each page is marked"
        assert all(f"\n{number}" in text.replace("\r", "") for number, text in enumerate(texts, 1))
