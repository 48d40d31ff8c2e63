"""ZIP archives of documents: names, nesting, sidecars, and what is refused."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import BadSidecar, Damaged, Empty, Encrypted, KbError, NotADocument, TooLarge, UnpacksTooLarge
from kb.ingest.archives import MOST_MEMBERS, Member, is_archive, members, read_member
from kb.ingest.limits import ReadLimits

LIMITS = ReadLimits()
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def renamed(content: bytes, old: str, new: bytes) -> bytes:
    """The archive with a name put in place of another of the same length, the UTF-8 flag taken away."""
    coded = old.encode()
    assert len(coded) == len(new)
    return content.replace(coded, new)


def read(tmp_path: Path, content: bytes, limits: ReadLimits = LIMITS) -> list[Member]:
    path = tmp_path / "archive.zip"
    path.write_bytes(content)
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return list(members(path, limits, scratch))


def text(member: Member) -> bytes:
    return b"".join(read_member(member))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_keep_order_and_content(tmp_path: Path, method: int) -> None:
    parts = {"б/мыйзам.txt": "Үлгү".encode() * 50_000, "а.txt": b"", "б/": b"", "doc.docx": zipped(DOCX)}
    found = read(tmp_path, zipped(parts, method))
    assert [member.name for member in found] == ["б/мыйзам.txt", "а.txt", "doc.docx"]
    assert [text(member) for member in found] == [parts[member.name] for member in found]


def test_what_is_no_archive_of_documents(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for content in (
        b"",
        b"PK\x03\x04",
        zipped(DOCX),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        zipped({"a.txt": b"x"})[:-10],
        b"plain",
    ):
        path.write_bytes(content)
        assert not is_archive(path)
    assert not is_archive(tmp_path / "missing")
    assert not is_archive(tmp_path)
    path.write_bytes(b"MZ self-extracting" + zipped({"a.txt": b"x"}))
    assert not is_archive(path)


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    with pytest.raises(Empty):
        read(tmp_path, zipped({".hidden": b"x", "__MACOSX/a.txt": b"x", "a/.git/b.txt": b"x"}))


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
def test_names_of_old_archivers(tmp_path: Path, encoding: str) -> None:
    name = "Постановление № 12 от 5 мая.txt" if encoding == "cp1251" else "Постановление 12 от 5 мая.txt"
    coded = name.encode(encoding)
    stand_in = "x" * len(coded)
    (member,) = read(tmp_path, renamed(zipped({stand_in: b"x"}), stand_in, coded))
    assert member.name == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\law.txt", "Users/law.txt"),
        ("a/../../b.txt", "a/b.txt"),
        ("a\x1b[31m.txt", "a\ufffd[31m.txt"),
    ],
)
def test_names_lead_nowhere(tmp_path: Path, name: str, shown: str) -> None:
    (member,) = read(tmp_path, zipped({name: b"x"}))
    assert member.name == shown
    assert member.archive == tmp_path / "archive.zip"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    found = read(tmp_path, out.getvalue())
    assert [(member.name, text(member)) for member in found] == [("a.txt", b"1"), ("a.txt (2)", b"2")]


class TestNesting:
    def test_an_archive_inside_is_opened(self, tmp_path: Path) -> None:
        inner = zipped({"мыйзам.txt": "Үлгү".encode(), "мыйзам.yaml": b"official: true\n"})
        found = read(tmp_path, zipped({"кат/ички.zip": inner, "z.txt": b"x"}))
        assert [member.name for member in found] == ["кат/ички.zip/мыйзам.txt", "z.txt"]
        assert text(found[0]) == "Үлгү".encode()
        assert found[0].hints.official is True
        assert found[0].archive.parent == tmp_path / "scratch"

    def test_a_third_layer_is_refused_alone(self, tmp_path: Path) -> None:
        deep = zipped({"3.zip": zipped({"4.txt": b"x"}), "3.txt": b"x"})
        found = read(tmp_path, zipped({"2.zip": deep}))
        assert [(member.name, type(member.trouble)) for member in found] == [
            ("2.zip/3.zip", UnpacksTooLarge),
            ("2.zip/3.txt", type(None)),
        ]

    def test_a_broken_one_is_left_to_the_reader(self, tmp_path: Path) -> None:
        (found,) = read(tmp_path, zipped({"2.zip": zipped({"a.txt": b"x" * 100})[:-30]}))
        assert (found.name, found.trouble) == ("2.zip", None)


class TestSidecars:
    def test_they_belong_to_their_member(self, tmp_path: Path) -> None:
        parts = {
            "a/law.txt": b"x",
            "a/law.txt.yaml": b"kind: law\n",
            "b/law.txt": b"x",
            "b/law.yaml": b"kind: order\n",
            "lone.yaml": b"kind: code\n",
        }
        found = read(tmp_path, zipped(parts))
        assert [(member.name, member.hints.kind) for member in found] == [
            ("a/law.txt", "law"),
            ("b/law.txt", "order"),
            ("lone.yaml", None),
        ]

    @pytest.mark.parametrize("content", [b"unheard: 1\n", b"\xff\xff", b"x" * 70_000])
    def test_a_bad_one_refuses_its_member_alone(self, tmp_path: Path, content: bytes) -> None:
        found = read(tmp_path, zipped({"a.txt": b"x", "a.yaml": content, "b.txt": b"x"}))
        assert [(member.name, type(member.trouble)) for member in found] == [
            ("a.txt", BadSidecar),
            ("b.txt", type(None)),
        ]


class TestRefusals:
    def test_an_encrypted_member(self, tmp_path: Path) -> None:
        content = bytearray(zipped({"a.txt": b"x", "b.txt": b"x"}))
        at = content.index(b"PK\x01\x02")
        content[at + 8] |= 1
        found = read(tmp_path, bytes(content))
        assert [type(member.trouble) for member in found] == [Encrypted, type(None)]

    def test_a_link(self, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(link, "/etc/passwd")
        (member,) = read(tmp_path, out.getvalue())
        assert isinstance(member.trouble, NotADocument)

    def test_a_compression_of_another_kind(self, tmp_path: Path) -> None:
        (member,) = read(tmp_path, zipped({"a.txt": b"x" * 1000}, zipfile.ZIP_LZMA))
        assert isinstance(member.trouble, Damaged)

    def test_a_large_member_is_refused_alone(self, tmp_path: Path) -> None:
        found = read(tmp_path, zipped({"a.txt": b"x" * 2000, "b.txt": b"x"}), ReadLimits(file_bytes=1000))
        assert [type(member.trouble) for member in found] == [TooLarge, type(None)]

    def test_a_bomb(self, tmp_path: Path) -> None:
        content = zipped({f"{number}.txt": bytes(1_000_000) for number in range(12)})
        with pytest.raises(UnpacksTooLarge) as caught:
            read(tmp_path, content, ReadLimits(unpacked_bytes=10_000_000))
        assert caught.value.params["what"] == "bytes"

    def test_a_bomb_of_many_layers(self, tmp_path: Path) -> None:
        inner = zipped({f"{number}.txt": bytes(1_000_000) for number in range(4)})
        content = zipped({f"{number}.zip": inner + bytes([number]) for number in range(4)} | {"x.txt": b"x"})
        found = read(tmp_path, content, ReadLimits(unpacked_bytes=10_000_000))
        assert sum(isinstance(member.trouble, UnpacksTooLarge) for member in found) >= 1
        assert sum(member.entry.size for member in found if member.trouble is None) < 10_000_000

    def test_a_size_that_is_a_lie(self, tmp_path: Path) -> None:
        content = bytearray(zipped({"a.txt": bytes(5_000_000)}))
        at = content.index(b"PK\x01\x02")
        struct.pack_into("<I", content, at + 24, 10)
        (member,) = read(tmp_path, bytes(content))
        with pytest.raises(Damaged):
            text(member)

    def test_too_many_members(self, tmp_path: Path) -> None:
        with pytest.raises(UnpacksTooLarge) as caught:
            read(tmp_path, zipped({f"{number}": b"" for number in range(MOST_MEMBERS + 1)}))
        assert caught.value.params["what"] == "members"

    def test_overlapping_members_count_each(self, tmp_path: Path) -> None:
        content = zipped({"a.txt": bytes(1_000_000)})
        at = content.index(b"PK\x01\x02")
        end = content.index(b"PK\x05\x06")
        entry = content[at:end]
        many = content[:at] + entry * 50 + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 50, 50, len(entry) * 50, at, 0)
        with pytest.raises(UnpacksTooLarge):
            read(tmp_path, many, ReadLimits(unpacked_bytes=20_000_000))


WHOLE = zipped(
    {"a/law.txt": "Үлгү".encode() * 100, "a/law.yaml": b"kind: law\n", "b.zip": zipped({"c.txt": b"x" * 99})}
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_mutants_give_members_or_errors_of_ours(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(len(content) - 40, len(content)))]
    for old in (tmp_path / "scratch").glob("*"):
        old.unlink()
    path = tmp_path / "archive.zip"
    path.write_bytes(bytes(content))
    if not is_archive(path):
        return
    try:
        for member in read(tmp_path, bytes(content)):
            if member.trouble is None:
                text(member)
    except KbError:
        pass
