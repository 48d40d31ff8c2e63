"""Reader of HTML, above all of what Word exports; nothing that a page names is ever fetched."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from kb.documents import Doubt
from kb.errors import Damaged, Empty, NotADocument
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.decoding import Decoded, decode, plausibility
from kb.ingest.readers.folding import Clock, check_size, counted, gather_drawn
from kb.ingest.readers.html_style import Sheet
from kb.ingest.readers.html_walk import Walker

_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 8_192
#: Tags that only set letters: without them a page keeps all its text and structure.
_SETTING = re.compile(
    rb"</?(?:font|span|b|i|u|em|strong|big|small|a|o:p|st1:\w{1,40})(?=[\s/>])[^<>]{0,5000}>", re.IGNORECASE
)
_REPLACED = "\ufffd"
_FEW = 0.001


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read an HTML page.

    Bytes that are UTF-8 are read as UTF-8 whatever the page says of itself. Numbers of lists are in ``Look.label``
    (``1.``, ``a.``; ``-`` for bullets). Notes that Word exports stand behind the block that refers to them.

    Raises:
        InputRefused: it cannot be read, or shows no text.
    """
    check_size(content, limits)
    clock = Clock(limits)
    decoded = _decode(content)
    data = decoded.text.replace("\x00", "").encode("utf-8", "replace")
    doubts = []
    if not decoded.certain:
        doubts.append(Doubt("encoding_guessed", {"encoding": decoded.encoding}))
    doubts += counted("letters_unknown", decoded.lost)
    root, deep = _parse(data)
    if deep:
        doubts.append(Doubt("markup_too_deep"))
    sheet = Sheet()
    for style in root.iter("style"):
        sheet.add(style.text or "")
    walker = Walker(limits, clock, sheet)
    blocks = gather_drawn(walker.walk(root))
    if not blocks:
        raise Empty(format="html")
    doubts += [doubt for code, times in sorted(walker.met.items()) for doubt in counted(code, times)]
    return Reading(
        blocks=tuple(blocks),
        properties=_properties(root),
        pictures=walker.pictures,
        doubts=(*doubts, *walker.watch.doubts()),
    )


def _decode(content: bytes) -> Decoded:
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(content)
    text = content.decode("utf-8", "replace")
    lost = text.count(_REPLACED)
    if not lost:
        return _plain(content, text)
    if not text.isascii() and lost <= _FEW * _beyond(text):
        return Decoded(text, "utf-8", lost=lost)
    said = _CHARSET.search(content[:_HEAD])
    declared = _in_charset(content, said.group(1).decode()) if said else None
    if declared is not None and plausibility(declared.text[:60_000]) > -6.0:
        return declared
    try:
        return decode(content)
    except NotADocument:
        if declared is None:
            raise
        return declared


def _plain(content: bytes, text: str) -> Decoded:
    """UTF-8, set right where another program had taken it for a single-byte encoding."""
    whole = Decoded(text, "utf-8")
    try:
        repaired = decode(content)
    except NotADocument:
        return whole
    # Two letters were made of each: where far fewer come back, a page of few letters beyond ASCII lost them.
    return repaired if 3 * _beyond(repaired.text) >= _beyond(text) else whole


def _beyond(text: str) -> int:
    return sum(char > "\x7f" for char in text)


def _in_charset(content: bytes, name: str) -> Decoded | None:
    try:
        encoding = codecs.lookup(name).name
        text = content.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return None
    # Some names that a page can give are no encodings of text at all.
    return Decoded(text, encoding, lost=text.count(_REPLACED)) if isinstance(text, str) else None


def _parse(data: bytes) -> tuple[Any, bool]:
    """Root of the tree, and whether tags that only set letters had to be left out for its depth."""
    root, cut = _tree(data)
    if not cut:
        return root, False
    root, cut = _tree(_SETTING.sub(b"", data))
    if cut:
        raise Damaged(format="html", problem="depth")
    return root, True


def _tree(data: bytes) -> tuple[Any, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if not data.strip() or "empty" in str(error).lower():
            raise Empty(format="html") from None
        raise Damaged(format="html", problem=str(error)) from None
    if root is None:
        raise Empty(format="html")
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _properties(root: Any) -> dict[str, str]:
    found = {}
    title = " ".join((root.findtext(".//title") or "").split())
    if title:
        found["title"] = title
    language = (root.get("lang") or "").strip()
    if language:
        found["language"] = language[:20]
    return found
