from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kb.errors import BadForm
from tests.templates.convert.blanks import imported, par, run, word

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>{}</w:p></w:hdr>'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
)


def rels(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId90" Type="{_RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def field(code: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (word([par("бир"), par("{{ 7*7 }} ____")]), "document.xml, paragraph 2"),
        (word([par("{% for x in y %}")]), "document.xml, paragraph 1"),
        (word([par("{# эч ким көрбөйт #}")]), "document.xml, paragraph 1"),
        (word([par(run("{"), run("{ x }}"))]), "document.xml, paragraph 1"),
        (word([par(run("{"), run("%", "<w:b/>"), run(" if x %}"))]), "document.xml, paragraph 1"),
        (word(["<w:p><w:r><w:t>&#123;&#x7b; x }}</w:t></w:r></w:p>"]), "document.xml, paragraph 1"),
        (word(['<w:p><w:bookmarkStart w:id="1" w:name="{{ x }}"/></w:p>']), "document.xml, bookmarkStart"),
        (
            word([par("____")], {"word/header1.xml": _HEADER.format(run("{{ x }}")).encode()}),
            "header1.xml, paragraph 1",
        ),
        (
            word([par("____")], {"word/footer9.xml": _HEADER.format(run("{%p if x %}")).encode()}),
            "footer9.xml, paragraph 1",
        ),
        (word([par("____")], {"docProps/core.xml": _CORE.format("{{ x }}").encode()}), "docProps/core.xml, title"),
        (word([field(" DDEAUTO c:\\\\x.exe ")]), "document.xml, paragraph 1"),
        (word([field(' INCLUDETEXT "c:\\\\secret.txt" ')]), "document.xml, paragraph 1"),
        (word(['<w:p><w:fldSimple w:instr=" LINK x "/></w:p>']), "document.xml, paragraph 1"),
        (word(["<w:p><w:r><w:object/></w:r></w:p>"]), "document.xml"),
        (word(['<w:altChunk xmlns:r="x" r:id="rId9"/>']), "document.xml"),
        (word([par("____")], {"word/vbaProject.bin": b"x"}), "word/vbaProject.bin"),
        (word([par("____")], {"word/embeddings/oleObject1.bin": b"x"}), "word/embeddings/oleObject1.bin"),
        (
            word([par("____")], {"word/_rels/header1.xml.rels": rels("image", "http://x.example/y")}),
            "word/_rels/header1.xml.rels",
        ),
        (
            word([par("____")], {"word/_rels/document.xml.rels": rels("hyperlink", "file:///c:/x")}),
            "word/_rels/document.xml.rels",
        ),
    ],
)
def test_what_would_run_is_refused_with_its_place(tmp_path: Path, content: bytes, where: str) -> None:
    with pytest.raises(BadForm) as refused:
        imported(content, tmp_path / "form")
    assert (refused.value.params["reason"], refused.value.params["where"]) == ("forbidden", where)
    assert not (tmp_path / "form").exists()


def test_braces_that_are_no_tags_stay(tmp_path: Path) -> None:
    found = imported(word([par("{а} } { ____ %} жана {"), par("{ б")]), tmp_path)
    assert found.found == 1


def test_links_to_pages_stay(tmp_path: Path) -> None:
    parts = {"word/_rels/header7.xml.rels": rels("hyperlink", "https://example.org/")}
    assert imported(word([par("Төрага: ____")], parts), tmp_path).warnings == ()


def test_the_template_of_a_document_is_taken_out(tmp_path: Path) -> None:
    settings = (
        '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{}">'
        '<w:attachedTemplate r:id="rId90"/></w:settings>'
    )
    parts = {
        "word/settings.xml": settings.format(_RELATIONS).encode(),
        "word/_rels/settings.xml.rels": rels("attachedTemplate", "file:///C:/Users/x/Normal.dotm"),
    }
    found = imported(word([par("Төрага: ____")], parts), tmp_path)
    assert {code for _, code in found.warnings} == {"template_detached"}
    with zipfile.ZipFile(io.BytesIO((tmp_path / "template.ky.docx").read_bytes())) as archive:
        assert b"Normal.dotm" not in archive.read("word/_rels/settings.xml.rels")
        assert b"attachedTemplate" not in archive.read("word/settings.xml")
