"""Formats that LibreOffice turns into ours; what needs it is skipped, visibly, where it is not installed."""

from __future__ import annotations

import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.documents import BlockKind
from kb.errors import Damaged, Empty, Encrypted, MissingProgram, ProgramFailed, TooLarge
from kb.external import LIBREOFFICE, Bounds, run
from kb.ingest.assemble import read_document
from kb.ingest.limits import ReadLimits
from kb.ingest.readers import read_bytes
from kb.ingest.sidecar import Hints
from tests.ingest.readers.compound import compound

SAMPLES = Path(__file__).parents[2] / "samples"
DOC, ODT = SAMPLES / "doc" / "order.ky.doc", SAMPLES / "odt" / "law.ru.odt"
HOLLOW = compound("WordDocument", content=b"\xec\xa5\xc1\x00")
LINK = "mkdir made; ln -s /etc/passwd made/input.docx"
LIMITS = ReadLimits()
IMPRESS = Path("/usr/lib/libreoffice/program/libsdlo.so")
needs_libreoffice = pytest.mark.skipif(
    LIBREOFFICE.path() is None, reason="LibreOffice is not installed (see docs/operating.md)"
)


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")


@needs_libreoffice
class TestConverted:
    def test_a_word_97_file_keeps_its_numbers(self) -> None:
        media_type, reading = read_bytes(DOC.read_bytes(), "order.doc", LIMITS)
        assert media_type == "application/msword"
        assert [block.look.label for block in reading.blocks if block.look.label] == ["1.", "2.", "3."]
        assert [block.block.rows[1][1] for block in reading.blocks if block.block.kind is BlockKind.TABLE] == [
            "Ынтымак көчөсү"
        ]
        document, _ = read_document(reading, "order.doc", Hints())
        assert document.act_id.uri == "/akn/kg/act/order/ulgu-aiyl-okmotu/2021-03-05/0-12"
        assert [unit.eid for unit in document.units if unit.number] == ["cl_1", "cl_2", "cl_3"]

    def test_an_opendocument_text_keeps_its_superscripts(self) -> None:
        media_type, reading = read_bytes(ODT.read_bytes(), "law.odt", LIMITS)
        assert media_type == "application/vnd.oasis.opendocument.text"
        document, _ = read_document(reading, "law.odt", Hints())
        assert [unit.eid for unit in document.units if unit.level == "article"] == ["art_1", "art_1-1", "art_2"]

    @pytest.mark.skipif(not IMPRESS.exists(), reason="LibreOffice's Impress is not installed")
    def test_an_old_presentation_keeps_slides_and_notes(self) -> None:
        old = run(
            LIBREOFFICE,
            [
                "-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "ppt:MS PowerPoint 97",
                "--outdir",
                "made",
                "in.pptx",
            ],
            inputs={"in.pptx": (SAMPLES / "pptx" / "training.ky.pptx").read_bytes()},
            output="made/in.ppt",
            bounds=Bounds(60, 2**30, 2**26),
        )
        media_type, reading = read_bytes(old, "training.ppt", LIMITS)
        assert media_type == "application/vnd.ms-powerpoint"
        assert reading.pages == 6
        assert sum(block.look.outline is not None for block in reading.blocks) == 6
        assert sum(block.block.kind is BlockKind.NOTE for block in reading.blocks) == 3

    def test_calls_side_by_side_do_not_wait_for_each_other(self) -> None:
        with ThreadPoolExecutor(3) as pool:
            read = pool.map(lambda path: read_bytes(path.read_bytes(), path.name, LIMITS), [DOC, ODT, DOC])
            assert [len(reading.blocks) for _, reading in read] == [10, 10, 10]

    def test_what_a_file_links_to_is_not_read(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("КУПУЯ")
        content = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
            ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
            f'<text:section text:name="a"><text:section-source xlink:href="{secret.as_uri()}"'
            ' text:filter-name="Text"/><text:p>Үлгү</text:p></text:section>'
            "</office:text></office:body></office:document-content>"
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", MANIFEST)
        _, reading = read_bytes(out.getvalue(), "a.odt", LIMITS)
        assert [block.block.text for block in reading.blocks] == ["Үлгү"]

    @pytest.mark.parametrize(
        "content", [compound("WordDocument", content=b"\xec\xa5\xc1\x00"), DOC.read_bytes()[:9000]]
    )
    def test_a_broken_file_is_an_error_of_ours(self, content: bytes) -> None:
        with pytest.raises((ProgramFailed, Damaged, Empty)):
            read_bytes(content, "broken.doc", LIMITS)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


class TestWithout:
    @pytest.mark.parametrize("path", [DOC, ODT])
    def test_the_message_names_what_to_install(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(MissingProgram) as caught:
            read_bytes(path.read_bytes(), path.name, LIMITS)
        assert caught.value.params["program"] == "LibreOffice"
        assert "libreoffice-writer-nogui" in str(caught.value.params["package"])

    def test_a_part_that_is_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake(tmp_path, monkeypatch, 'echo "Error: no export filter for /x found, aborting." >&2')
        with pytest.raises(MissingProgram):
            read_bytes(compound("PowerPoint Document"), "a.ppt", LIMITS)

    def test_a_password_is_told_before_anything_runs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        content = bytearray(DOC.read_bytes())
        head = content.index(b"\xec\xa5")
        content[head + 11] |= 1
        with pytest.raises(Encrypted):
            read_bytes(bytes(content), "a.doc", LIMITS)


class TestFaults:
    @pytest.mark.parametrize("script", ["true", "exit 1", "kill -SEGV $$", LINK])
    def test_failures(self, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake(tmp_path, monkeypatch, script)
        with pytest.raises(ProgramFailed) as caught:
            read_bytes(DOC.read_bytes(), "a.doc", LIMITS)
        assert caught.value.params["format"] == "doc"

    def test_nonsense_is_damaged(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake(tmp_path, monkeypatch, "mkdir made; echo PK > made/input.docx")
        with pytest.raises(Damaged):
            read_bytes(DOC.read_bytes(), "a.doc", LIMITS)

    def test_a_program_that_hangs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake(tmp_path, monkeypatch, "sleep 60")
        with pytest.raises(TooLarge) as caught:
            read_bytes(DOC.read_bytes(), "a.doc", ReadLimits(seconds=2))
        assert caught.value.params["reason"] == "time"
