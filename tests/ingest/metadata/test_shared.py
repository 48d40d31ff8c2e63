from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from kb.documents import Kind, Metadata, Status
from kb.ingest.limits import ReadLimits
from kb.ingest.metadata import Head, complete, read_head
from kb.ingest.readers import read_bytes
from kb.ingest.structure import build, find_body
from kb.language.detect import majority

pytestmark = pytest.mark.shared


@cache
def read(file: Path) -> tuple[Head, Metadata]:
    _, reading = read_bytes(file.read_bytes(), file.name, ReadLimits())
    body = find_body(reading.blocks)
    head = read_head(reading.blocks[:body], properties=reading.properties)
    units = build(reading.blocks, body=body, requisites=head.requisites).units
    language = majority(block.block.text for block in reading.blocks)
    return head, complete(head, units, language=language, name=file.name)


def test_the_code(shared_corpus: Path) -> None:
    _, code = read(shared_corpus / "civil-code-part-1.ru.pdf")
    assert (code.kind, code.number, code.date) == (Kind.CODE, "15", dt.date(1996, 5, 8))
    assert code.title == "Гражданский кодекс Кыргызской Республики"
    assert len(code.amended_by) == 61
    assert all(act.kind is Kind.LAW and act.date and act.number for act in code.amended_by)
    assert code.edition_date == dt.date(2017, 8, 2)
    assert code.status is Status.UNKNOWN


def test_the_law(shared_corpus: Path) -> None:
    _, law = read(shared_corpus / "law-57-2009-registration-of-legal-entities.ru.rtf")
    assert (law.kind, law.number, law.date, law.place) == (Kind.LAW, "57", dt.date(2009, 2, 20), "Бишкек")
    assert law.date_passed == dt.date(2008, 12, 26)
    assert [act.number for act in law.amended_by] == ["207", "313", "241", "35", "199"]
    assert law.edition_date == dt.date(2012, 12, 13)
    assert law.status is Status.UNKNOWN


def test_the_order(shared_corpus: Path) -> None:
    head, order = read(shared_corpus / "order-model-charter-2022.ky.docx")
    assert (order.kind, order.number, order.date) == (Kind.ORDER, None, None)
    assert order.title.startswith("Кыргыз Республикасынын Жергиликтүү")
    assert order.title.endswith("бекитүү жөнүндө")
    assert order.body_slug == "agency-civil-service-local-self-government"
    assert [doubt.code for doubt in head.doubts] == ["blank_requisites"]
    assert order.status is Status.UNKNOWN


def test_the_model_charter(shared_corpus: Path) -> None:
    _, charter = read(shared_corpus / "model-charter-2022.ky.docx")
    assert (charter.kind, charter.number, charter.date) == (Kind.MODEL_CHARTER, None, None)
    assert charter.title.endswith("Типтүү уставы")
    assert charter.body_slug == "agency-civil-service-local-self-government"


def test_the_other_documents(shared_corpus: Path) -> None:
    _, protocol = read(shared_corpus / "assembly-protocol-form.ky.docx")
    assert (protocol.kind, protocol.number, protocol.date) == (Kind.PROTOCOL, None, None)
    assert protocol.title.endswith("протоколу")
    head, fragment = read(shared_corpus / "labour-code-fragment.ky.html")
    assert (fragment.kind, head.title, fragment.title) == (Kind.OTHER, None, "labour-code-fragment.ky")
    _, brochure = read(shared_corpus / "project-brochure.ky.txt")
    assert (brochure.kind, brochure.number, brochure.date) == (Kind.OTHER, None, None)
