"""Bytes to text: which encoding a plain text in Kyrgyz or Russian is in."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.errors import NotADocument

#: Encodings of one byte a letter for Russian, and those of Central Asia that have ө ү ң; the first of equals is taken.
_SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "ptcp154", "kz1048")
#: Letters of Kyrgyz and Russian texts by their frequency, in thousandths.
_FREQUENCY = {
    "а": 95, "о": 90, "е": 80, "н": 67, "и": 65, "т": 60, "с": 48, "р": 47, "л": 42, "к": 42, "в": 40, "д": 35,
    "м": 32, "ы": 30, "у": 30, "п": 27, "г": 18, "я": 18, "ь": 16, "б": 16, "з": 15, "ч": 13, "й": 12, "ү": 12,
    "ө": 12, "х": 9, "ш": 9, "ж": 8, "ю": 6, "ң": 6, "ц": 5, "э": 4, "ф": 3, "щ": 3, "ъ": 0.4, "ё": 0.5,
}  # fmt: skip
_LOG = {letter: math.log2(count / 1000) for letter, count in _FREQUENCY.items()}
_NEUTRAL = frozenset("«»“”„‘’–—…№§•°¹²³·\u00a0\u00ad")
_BOXES = frozenset(map(chr, range(0x2500, 0x25A0)))
_STRANGE, _BOX = -13.0, -7.0
_MIXED_CASE = re.compile(r"[а-яёөүң][А-ЯЁӨҮҢ]|[А-ЯЁӨҮҢ]{2}[а-яёөүң]")
_PLAUSIBLE = -6.0
_MARGIN = 0.5
_SAMPLE = 60_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_SHARE = 0.01
#: Characters of Western Windows that stand for one byte above the first 128, as Latin-1 has that byte.
_WESTERN = {ord(bytes([byte]).decode("cp1252", errors="replace")): byte for byte in range(0x80, 0xA0)}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was had.

    Attributes:
        text: the text, without a byte order mark.
        encoding: Python's name of the encoding.
        certain: the bytes themselves say so; else it was chosen as the most plausible.
        lost: characters that the file itself had lost, or its cut end.
    """

    text: str
    encoding: str
    certain: bool = True
    lost: int = 0


def decode(content: bytes) -> Decoded:
    """Decode a plain text.

    Args:
        content: the file, not empty.

    Returns:
        Its text: UTF-8 and UTF-16 by their form, else the single-byte encoding that makes the most plausible Kyrgyz or
        Russian of it (``\\xd1\\xf2\\xe0\\xf2\\xfc\\xff`` is ``Статья`` in cp1251).

    Raises:
        NotADocument: it is no text, or none that makes words in any encoding known here.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            text = content[len(bom) :].decode(encoding, errors="replace")
            return _checked(Decoded(text, encoding, lost=text.count("\ufffd")))
    if (wide := _wide(content)) is not None:
        return _checked(wide)
    if content.count(b"\x00") > len(content) * _CONTROL_SHARE:
        raise NotADocument(format="binary")
    unicode = _utf8(content)
    if unicode is not None:
        return _checked(_repaired(unicode))
    return _checked(_guessed(content))


def plausibility(text: str) -> float:
    """How much the letters beyond ASCII look like Kyrgyz or Russian: about -4.3 for real text, below -6 for none.

    Args:
        text: any text; without letters beyond ASCII it is 0.
    """
    beyond = [sign for sign in text if sign > "\x7f" and sign not in _NEUTRAL]
    if not beyond:
        return 0.0
    total = sum(_worths(beyond))
    return (total - 8.0 * len(_MIXED_CASE.findall(text))) / len(beyond)


def _worths(signs: Iterable[str]) -> Iterable[float]:
    return (_LOG.get(sign.lower(), _BOX if sign in _BOXES else _STRANGE) for sign in signs)


def _wide(content: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: every other byte is the page of Latin or Cyrillic."""
    start = content[:_SAMPLE]
    half = len(start) // 2
    if half < 2 or len(content) % 2:
        return None
    for encoding, pages in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if pages.count(b"\x00") + pages.count(b"\x04") < 0.9 * half:
            continue
        text = content.decode(encoding, errors="replace")
        if "\x00" not in text and plausibility(text[:_SAMPLE]) >= _PLAUSIBLE:
            return Decoded(text, encoding, lost=text.count("\ufffd"))
    return None


def _utf8(content: bytes) -> str | None:
    """The text if it is UTF-8, a few spoilt bytes apart."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    spoilt = text.count("\ufffd")
    letters = sum(sign > "\x7f" for sign in text) - spoilt
    good = letters > 20 * spoilt and plausibility(text[:_SAMPLE].replace("\ufffd", "")) >= _PLAUSIBLE
    return text if good else None


def _repaired(text: str) -> Decoded:
    """UTF-8 that another program once took for a single-byte encoding (``РЎС‚Р°С‚СЊСЏ`` for ``Статья``) set right."""
    before = plausibility(text[:_SAMPLE])
    if before >= _PLAUSIBLE:
        return Decoded(text, "utf-8", lost=text.count("\ufffd"))
    found: list[Decoded] = []
    for encoding in ("cp1251", "latin-1", "koi8-r", "cp866"):
        bytes_before = text.translate(_WESTERN) if encoding == "latin-1" else text
        once = bytes_before.encode(encoding, errors="replace").decode("utf-8", errors="replace")
        lost = once.count("\ufffd") + once.count("?") - text.count("?")
        if lost < 0.05 * len(once) and plausibility(once[:_SAMPLE].replace("\ufffd", "")) > max(before + 2, _PLAUSIBLE):
            found.append(Decoded(once, f"utf-8 read as {encoding}", certain=False, lost=lost))
    return min(found, key=lambda one: one.lost, default=Decoded(text, "utf-8", lost=text.count("\ufffd")))


def _guessed(content: bytes) -> Decoded:
    beyond = bytes(sign for sign in content[: 4 * _SAMPLE] if sign > 0x7F)[:_SAMPLE]
    sample = content[:_SAMPLE] if beyond else content
    found: list[tuple[float, str, str]] = []
    for encoding in _SINGLE_BYTE:
        text = sample.decode(encoding, errors="replace")
        if all(text != other for _, _, other in found):
            found.append((plausibility(text), encoding, text))
    found.sort(key=lambda guess: guess[0], reverse=True)
    best = found[0]
    if best[0] < _PLAUSIBLE or (len(found) > 1 and best[0] - found[1][0] < _MARGIN and len(beyond) < 40):
        raise NotADocument(format="text", reason="encoding")
    text = content.decode(best[1], errors="replace")
    return Decoded(text, best[1], certain=False, lost=text.count("\ufffd"))


def _checked(decoded: Decoded) -> Decoded:
    controls = len(_CONTROLS.findall(decoded.text))
    if controls > max(1, len(decoded.text) * _CONTROL_SHARE):
        raise NotADocument(format="binary")
    if decoded.lost > max(3, 0.05 * len(decoded.text)):
        raise NotADocument(format="text", reason="encoding")
    if not controls:
        return decoded
    return Decoded(_CONTROLS.sub("", decoded.text), decoded.encoding, decoded.certain, decoded.lost)
