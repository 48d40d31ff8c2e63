"""Fonts of RTF, whose code pages say what the bytes of a text mean."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from kb.docx.symbols import is_symbol_font
from kb.ingest.readers.decoding import plausibility

#: Code page of each ``\fcharset``; 0 and 1 are the document's own.
_CHARSETS = {
    77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437",
}  # fmt: skip
_SYMBOL_CHARSET = 2
_OEM_CHARSET = 255

# Fonts of Windows 3.1 and 95 say their script in their name, and often no character set.
_SCRIPTS = {" cyr": "cp1251", " ce": "cp1250", " greek": "cp1253", " tur": "cp1254", " baltic": "cp1257"}

#: Latin letters with accents in place of Cyrillic: below this, text in the document's own code page is no text.
_IMPLAUSIBLE = -6.0


@dataclass(slots=True)
class Font:
    """A font of the table: name, ``\\fcharset``, and the code page of ``\\cpg`` if it has one."""

    name: str = ""
    charset: int = 0
    page: str | None = None

    @property
    def draws_signs(self) -> bool:
        """Whether its codes are signs, not letters."""
        return self.charset == _SYMBOL_CHARSET or is_symbol_font(self.name)


@dataclass(slots=True)
class Fonts:
    """Font table and code pages of a document.

    Attributes:
        western: code page to use for what the file says is Western.
        own: code page of the document.
        oem: its DOS code page.
        default: number of the default font, None where not said.
        accented: accented letters met in text of the Western code page.
    """

    western: str = "cp1252"
    own: str = ""
    oem: str = "cp437"
    default: int | None = None
    accented: list[str] = field(default_factory=list)
    _table: dict[int, Font] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Without a word on it a document is Western."""
        self.own = self.western

    def entry(self, number: int | None) -> Font:
        """The entry of a font in the table being read, made if there is none."""
        return self._table.setdefault(number or 0, Font())

    def font(self, number: int | None) -> Font | None:
        """The font of this number, the default one for None; None if the table does not have it."""
        known = self.default if number is None else number
        return None if known is None else self._table.get(known)

    def set_own(self, word: str, number: int | None) -> bool:
        """Set the document's code page as ``\\ansicpg``, ``\\mac``, ``\\pc``, ``\\pca`` say; False if unknown."""
        page = code_page({"mac": 10000, "pc": 437, "pca": 850}.get(word, number or 1252))
        if page is not None:
            self.own = self.western if page == "cp1252" else page
        return page is not None

    def decode(self, data: bytes, font: Font | None) -> str:
        """Text of bytes set in ``font``; what its code page does not have becomes U+FFFD."""
        page = self.own
        if font is not None:
            page = font.page or font_page(font.charset, font.name, self.own, self.oem)
        text = data.decode(page, "replace")
        if page == "cp1252":
            self.accented.append("".join(char for char in text if char >= "\xc0"))
        return text


def code_page(number: int) -> str | None:
    """Python's name of a Windows or DOS code page, None if there is none (1251 → ``cp1251``)."""
    names = {10000: "mac_roman", 10007: "mac_cyrillic", 65001: "utf-8", 936: "gbk", 20866: "koi8-r", 28595: "iso8859-5"}
    name = names.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def font_page(charset: int, name: str, own: str, oem: str) -> str:
    """Code page of a font's bytes.

    Args:
        charset: its ``\\fcharset``.
        name: its name; ``Times New Roman Cyr`` is Cyrillic whatever its character set.
        own: code page of the document.
        oem: its DOS code page.
    """
    if charset == _OEM_CHARSET:
        return oem
    if charset in _CHARSETS:
        return _CHARSETS[charset]
    lower = name.lower()
    return next((page for ending, page in _SCRIPTS.items() if lower.endswith(ending)), own)


def is_misread(text: str, *, least: int) -> bool:
    """Whether accented letters, ``least`` or more, are Cyrillic ones read by the Western code page (``Çàêîí``)."""
    accented = "".join(char for char in text if char >= "\xc0")
    if len(accented) < least:
        return False
    return plausibility(accented) < _IMPLAUSIBLE <= plausibility(as_cyrillic(accented))


def as_cyrillic(text: str) -> str:
    """Text read by the Western code page as the Cyrillic one has it (``Çàêîí`` → ``Закон``)."""
    return text.encode("cp1252", "ignore").decode("cp1251", "ignore")
