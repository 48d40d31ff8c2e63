"""Signs of the symbol fonts, as Unicode has them."""

from __future__ import annotations

_SYMBOL = {
    0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xBE: "—", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
}  # fmt: skip
_GREEK = dict(
    zip(
        b"ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
)
_WINGDINGS = {
    0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫",
    0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→",
    0xDF: "←", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip

#: Stands for a sign that no table here knows.
UNKNOWN = "\ufffd"

_DASHES = frozenset("-−–—‒―‑")


def is_symbol_font(font: str | None) -> bool:
    """Whether a font's codes are signs, not letters."""
    return bool(font) and (font or "").lower().startswith(("symbol", "wingdings", "webdings", "mt extra"))


def symbol(code: int, font: str | None) -> str:
    """The sign that ``code`` (with or without 0xF000) draws in ``font``; UNKNOWN if no table here has it."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    # A private code outside the symbol fonts is one of Symbol: Word falls back on it.
    name = (font or "symbol").lower() if is_symbol_font(font) or code < 0xF000 else "symbol"
    if name.startswith("wingdings") and name.rstrip() == "wingdings":
        return " " if low == 0x20 else _WINGDINGS.get(low, UNKNOWN)
    if name.startswith("symbol"):
        if low in _SYMBOL or low in _GREEK:
            return _SYMBOL.get(low) or _GREEK[low]
        return chr(low) if 0x20 <= low < 0x40 or chr(low) in "[]_{|}" else UNKNOWN
    if is_symbol_font(font):
        return UNKNOWN
    return chr(low) if 0x20 <= low < 0x7F else UNKNOWN


def bullet(text: str, font: str | None) -> str | None:
    """A bullet as printed: dashes as they are, every sign of a symbol font as ``•``; None for none.

    ``"–"`` → ``"–"``; U+F0B7 of Symbol → ``"•"``.
    """
    sign = text.strip()
    if not sign:
        return None
    if all(0xF000 <= ord(char) <= 0xF0FF for char in sign) or is_symbol_font(font) or sign == "o":
        drawn = symbol(ord(sign[0]), font)
        return "-" if drawn in _DASHES else "•"
    return sign
