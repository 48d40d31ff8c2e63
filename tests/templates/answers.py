"""Answers that the tests fill forms with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document

from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.fill import fill
from kb.templates.interview import check_answers
from kb.templates.model import Filled

KY, RU = Language.KY, Language.RU

AIMAK: Mapping[str, Any] = {
    "municipality_kind": "aiyl_aimak",
    "municipality_name": "Баш-Кайыңды",
    "villages": ["Баш-Кайыңды", "Кайыңды", "Ак-Суу"],
    "population": 5400,
    "assembly_quorum_residents_pct": 30,
    "hearing_quorum_kind": "persons",
    "hearing_quorum_value": 70,
}
TOWN: Mapping[str, Any] = {
    "municipality_kind": "city",
    "municipality_name": "Нарын",
    "microdistricts": ["Достук", "Ынтымак"],
    "settlements": ["Жаңы-Турмуш"],
    "population": 41178,
    "assembly_quorum_invited_pct": 50,
    "hearing_quorum_kind": "percent",
    "hearing_quorum_value": 50,
}
COMMUNITIES = {"aimak": AIMAK, "town": TOWN}

COMPANIONS: Mapping[str, Mapping[str, Any]] = {
    "charter-resolution": {
        "municipality_adj_ru": "Нарынский",
        "council_convocation": 7,
        "session_no": 5,
        "council_decision_number": "12-3",
        "council_decision_date": "2026-05-05",
        "assembly_date": "2026-04-12",
        "council_chair_name": "Асанов А.А.",
        "head_name": "Бекова Г. Т.",
    },
    "working-group-order": {
        "municipality_adj_ru": "Нарынский",
        "district_name": "Нарын",
        "oblast_name": "Нарын",
        "district_adj_ru": "Нарынский",
        "oblast_adj_ru": "Нарынский",
        "working_group": [{"name": f"Асанов {letter}.", "role": "депутат"} for letter in "АБВГДЕЖ"],
        "head_name": "Бекова Г. Т.",
        "draft_deadline": "2026-03-01",
        "revoked_order_number": "14-к",
        "revoked_order_date": "2021-02-03",
    },
    "assembly-protocol": {
        "protocol_number": "3",
        "protocol_date": "2026-04-12",
        "place": "Кайыңды",
        "chairperson": "Асанов А. А.",
        "secretary": "Бекова Г. Т.",
        "attendees": "45 адам",
        "invited_count": 60,
        "agenda": [
            {"topic": "уставдын долбоорун талкуулоо", "speaker": "депутат Асанов Б. К.", "decisions": ["Жактырылсын."]},
            {
                "topic": "көчөлөрдү жарыктандыруу",
                "speaker": "Ибраимов К. К.",
                "decisions": ["Сунушталсын.", "Берилсин."],
            },
        ],
    },
}


def filled(form_id: str, answers: Mapping[str, Any], language: Language) -> Filled:
    """A filled form; the test fails where the answers do not fit."""
    form = load_form(form_id)
    known = {name: answer for name, answer in answers.items() if name in form.fields or name == "case_forms"}
    checked = check_answers(form, known, (language,))
    assert not checked.errors, checked.errors
    return fill(form, checked, language, known)


def text_of(docx: bytes) -> str:
    """Paragraphs of a Word file, its tables and footers too, one a line; a break in a paragraph as `` / ``."""
    document = Document(io.BytesIO(docx))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines += [paragraph.text for section in document.sections for paragraph in section.footer.paragraphs]
    return "\n".join(line.replace("\n", " / ") for line in lines)


def charter(answers: Mapping[str, Any], language: Language) -> str:
    """Text of a charter."""
    return text_of(filled("charter", answers, language).docx)


def clause_numbers(text: str) -> list[int]:
    """Numbers of the clauses of a charter, in order."""
    return [int(found) for found in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]


def part(docx: bytes, name: str) -> str:
    """A part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode()
