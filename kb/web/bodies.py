"""Bodies of requests, read within bounds: fields of a page's form, a file that was chosen in it."""

from __future__ import annotations

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from starlette.requests import Request

from kb.errors import BadAnswers
from kb.web.access import services

#: Fields that a page's form may have.
MOST_FIELDS = 5_000
#: What a form's field names and boundaries may take beside the answers; each Cyrillic letter comes as six bytes.
_AROUND = 64_000
_SWELLING = 4


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page's form sent.

    Attributes:
        pairs: names and values in order.
        files: content of chosen files by the name of their field.
        names: names of chosen files by the name of their field.
    """

    pairs: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, bytes], ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The last value of a field, empty where there is none."""
        return next((value for found, value in reversed(self.pairs) if found == name), "")

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for found, value in self.pairs if found == name]


async def sent(request: Request) -> Sent:
    """Read what a page's form sent.

    Raises:
        BadAnswers: it is more than the settings allow, or cannot be read.
    """
    limit = services(request).limits.answers_bytes
    content = await body(request, limit * _SWELLING + _AROUND)
    kind = request.headers.get("content-type", "")
    if kind.lower().startswith("multipart/form-data"):
        return multipart(content, kind)
    try:
        pairs = parse_qsl(
            content.decode("ascii", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise BadAnswers(reason="too_large", limit=limit) from None
    return Sent(tuple((name, value.replace("\x00", "\ufffd")) for name, value in pairs))


async def body(request: Request, limit: int) -> bytes:
    """The body of a request.

    Raises:
        BadAnswers: it has more than ``limit`` bytes; the rest is not read.
    """
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > limit:
            raise BadAnswers(reason="too_large", limit=services(request).limits.answers_bytes)
    return bytes(found)


def multipart(content: bytes, kind: str) -> Sent:
    """What a page's form sent with files.

    Args:
        content: the body.
        kind: its media type, which names the boundary.

    Raises:
        BadAnswers: it cannot be read.
    """
    head = b"content-type: " + kind.encode("ascii", "replace").replace(b"\r", b"").replace(b"\n", b"") + b"\r\n\r\n"
    pairs: list[tuple[str, str]] = []
    files: list[tuple[str, bytes]] = []
    names: list[tuple[str, str]] = []
    try:
        message = BytesParser(policy=HTTP).parsebytes(head + content)
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            value = part.get_payload(decode=True)
            if not isinstance(name, str) or not isinstance(value, bytes):
                continue
            if part.get_filename() is None:
                pairs.append((name, value.decode("utf-8", "replace").replace("\x00", "\ufffd")))
            else:
                files.append((name, value))
                names.append((name, _file_name(part.get_filename())))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise BadAnswers from None
    return Sent(tuple(pairs), tuple(files), tuple(names))


def _file_name(given: str | None) -> str:
    """Name of a file; browsers send its letters as the bytes of UTF-8, which the parser keeps as surrogates."""
    told = str(given or "").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter for letter in told if letter.isprintable())
