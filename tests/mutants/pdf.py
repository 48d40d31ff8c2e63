"""PDF spoilt inside: its streams decompressed, spoilt, compressed again and the cross-reference table made anew."""

from __future__ import annotations

import io
import random
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import pypdf
from pypdf.generic import StreamObject

#: Pages of a seed that are kept: a whole code would make each mutant cost seconds.
_PAGES = 4
_OBJECT = re.compile(rb"(?:^|\n)(\d{1,7}) 0 obj\s")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_HEX = re.compile(rb"<[0-9A-Fa-f\s]{2,}>")
_OPERATOR = re.compile(rb"(?<=\s)(?:Tj|TJ|Tm|Td|TD|Tf|BT|ET|q|Q|cm|re|S|f|Do|T\*|gs|w|l|m|n|W)(?=\s|$)")
_JUNK = (
    b" BT ET ", b" q ", b" Q ", b" Q Q Q Q ", b" 0 0 0 0 0 0 Tm ", b" 99999999999 0 Td ", b" (\\(\\) Tj ",
    b" <FEFF> Tj ",
    b" [ -9999 (a) ] TJ ", b" /Nope 12 Tf ", b" 0 Tf ", b" BI ID EI ", b" << ", b" >> ", b" 1e9 0 0 1e9 0 0 cm ",
    b" 0 0 1 1 re S ", b" /Fm0 Do ", b" % ", b"\x00\xff",
)  # fmt: skip
_VALUES = (b"0", b"-1", b"null", b"99999999999", b"[]", b"<<>>", b"(x)", b"/Nope", b"1 0 R", b"9999 0 R", b"true")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A PDF as its objects: number, dictionary, stream or None."""

    objects: tuple[tuple[int, bytes, bytes | None], ...]
    root: bytes


@lru_cache(maxsize=16)
def _parts(content: bytes) -> _Parts:
    reader = pypdf.PdfReader(io.BytesIO(content))
    writer = pypdf.PdfWriter()
    for page in reader.pages[:_PAGES]:
        writer.add_page(page)
    for index, item in enumerate(writer._objects):
        if isinstance(item, StreamObject) and item.get("/Filter") == "/FlateDecode":
            plain = StreamObject()
            plain.update(
                {key: value for key, value in item.items() if key not in {"/Filter", "/DecodeParms", "/Length"}}
            )
            plain.set_data(pypdf.generic.EncodedStreamObject.get_data(item))  # type: ignore[arg-type]
            writer._objects[index] = plain
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    root = re.search(rb"/Root (\d+ 0 R)", data)
    marks = list(_OBJECT.finditer(data))
    objects = []
    for mark in marks:
        stop = data.find(b"endobj", mark.end())
        body = data[mark.end() : stop]
        head, found, stream = body.partition(b"stream\n")
        objects.append((int(mark[1]), head.strip(), stream[: stream.rfind(b"\nendstream")] if found else None))
    return _Parts(tuple(objects), root[1] if root else b"1 0 R")


def mutate_pdf(content: bytes, chance: random.Random) -> bytes:
    """Operators, numbers and strings of streams spoilt, or values of dictionaries, or the links between objects."""
    parts = _parts(content)
    objects = list(parts.objects)
    streams = [at for at, (_, _, stream) in enumerate(objects) if stream]
    for _ in range(chance.choice((1, 2, 5))):
        at = chance.choice(streams) if streams and chance.randrange(5) else chance.randrange(len(objects))
        number, head, stream = objects[at]
        if stream:
            objects[at] = (number, head, _spoil_stream(stream, chance))
        else:
            objects[at] = (number, _spoil_head(head, chance), stream)
    return _written(objects, parts.root, chance)


def _spoil_stream(stream: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 3, 10))):
        start = chance.randrange(max(1, len(stream)))
        pattern = chance.choice((_NUMBER, _HEX, _OPERATOR))
        found = pattern.search(stream, start) or pattern.search(stream)
        at, end = found.span() if found else (start, min(len(stream), start + 1))
        match chance.randrange(7):
            case 0:
                stream = stream[:at] + stream[end:]
            case 1:
                stream = stream[:end] + b" " + stream[at:end] * chance.choice((1, 50)) + stream[end:]
            case 2 | 3:
                stream = stream[:at] + _other(stream[at:end], pattern, chance) + stream[end:]
            case 4:
                stream = stream[:at] + chance.choice(_JUNK) + stream[at:]
            case 5:
                stream = stream[:at] + stream[at + chance.choice((1, 9, 400)) :]
            case _:
                stream = stream[: max(1, at)] if chance.randrange(4) == 0 else stream[:at] + b"(" + stream[at:]
    return stream


def _other(token: bytes, pattern: re.Pattern[bytes], chance: random.Random) -> bytes:
    if pattern is _NUMBER:
        return chance.choice((b"0", b"-5", b"1000000", b"0.0001", b"7.5", b"99999999999999", token + b"0"))
    if pattern is _HEX:
        digits = bytearray(token[1:-1])
        for at in range(0, len(digits), 3):
            digits[at] = chance.choice(b"0123456789ABCDEF")
        return b"<" + bytes(digits) + b">"
    return chance.choice((b"Tj", b"TJ", b"Td", b"Tf", b"BT", b"ET", b"q", b"Q", b"Tm", b"re", b"S", b"Do"))


def _spoil_head(head: bytes, chance: random.Random) -> bytes:
    values = list(re.finditer(rb"(?<=\s)(?:\d+ 0 R|-?\d+(?:\.\d+)?|/[A-Za-z]+)(?=[\s\]>])", head))
    if not values or chance.randrange(10) == 0:
        at = chance.randrange(len(head) + 1)
        return head[:at] + head[at + chance.choice((1, 5, 60)) :]
    found = chance.choice(values)
    return head[: found.start()] + chance.choice(_VALUES) + head[found.end() :]


def _written(objects: list[tuple[int, bytes, bytes | None]], root: bytes, chance: random.Random) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, head, stream in objects:
        places[number] = len(out)
        body = head
        if stream is not None:
            packed = zlib.compress(stream) if chance.randrange(3) else stream
            filters = b"/Filter /FlateDecode " if packed is not stream else b""
            body = re.sub(rb"/Length \d+", b"", head)
            body = body.replace(b"<<", b"<< " + filters + b"/Length %d " % len(packed), 1)
            body += b"\nstream\n" + packed + b"\nendstream"
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    last = max(places)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root " % (last + 1) + root + b" >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
