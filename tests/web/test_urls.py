"""Addresses are parsed and built again without loss; whatever is none of ours is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.documents import ActReference, Kind
from kb.language.model import Language
from kb.web import urls
from kb.web.urls import Address, parse_address

LAW = "/akn/kg/act/law/2021-10-20/123"

GOOD = [
    (LAW, Address(LAW)),
    (f"{LAW}/~art_29", Address(LAW, eid="art_29")),
    (f"{LAW}/kir", Address(LAW, Language.KY)),
    (f"{LAW}/rus@2024-09-30", Address(LAW, Language.RU, edition=True, date=dt.date(2024, 9, 30))),
    (f"{LAW}/rus@", Address(LAW, Language.RU, edition=True)),
    (f"{LAW}/kir:2016-05-01", Address(LAW, Language.KY, as_of=dt.date(2016, 5, 1))),
    (
        f"{LAW}/kir@2024-09-30/~art_29__para_1__subpara_а",
        Address(LAW, Language.KY, edition=True, date=dt.date(2024, 9, 30), eid="art_29__para_1__subpara_а"),
    ),
    (
        "/akn/kg/act/order/agency/2022-12-12/01-18-48/rus",
        Address("/akn/kg/act/order/agency/2022-12-12/01-18-48", Language.RU),
    ),
    ("/akn/kg/doc/form/kir", Address("/akn/kg/doc/form/kir")),
    ("/akn/kg/doc/form/kir/kir", Address("/akn/kg/doc/form/kir", Language.KY)),
]

BAD = [
    "/akn/",
    "/akn/kg/act/law/2021-13-20/123",
    "/akn/kg/act/nonsense/2021-10-20/123",
    f"{LAW}/deu",
    f"{LAW}/kir:",
    f"{LAW}/kir@2024-02-31",
    f"{LAW}/~",
    f"{LAW}/~art 1",
    f"{LAW}/~../../etc/passwd",
    f"{LAW}/~art_1<script>",
    f"{LAW}/kir/kir",
    "/akn/" + "x" * 600,
]


@pytest.mark.parametrize(("path", "address"), GOOD)
def test_good_addresses(path: str, address: Address) -> None:
    assert parse_address(path) == address
    assert address.path == path


@pytest.mark.parametrize("path", BAD)
def test_bad_addresses(path: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_address(path)


def test_links_are_encoded() -> None:
    assert urls.unit_href(LAW, "point_а") == f"{LAW}/~point_%D0%B0"
    assert urls.file_href("ab", 'a/b "ү".docx') == "/files/ab/a-b%20%22%D2%AF%22.docx"
    assert urls.with_query("/search", [("q", "а&б")]) == "/search?q=%D0%B0%26%D0%B1"


def test_only_acts_named_alone_have_an_address() -> None:
    assert urls.reference_uri(ActReference(Kind.LAW, dt.date(2021, 10, 20), "123")) == LAW
    assert urls.reference_uri(ActReference(Kind.ORDER, dt.date(2021, 10, 20), "123")) is None
    assert urls.reference_uri(ActReference(Kind.LAW, None, "123")) is None
