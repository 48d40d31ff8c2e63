"""RTF spoilt inside: control words, their parameters, groups, escapes."""

from __future__ import annotations

import random
import re

_WORD = re.compile(rb"\\[a-z]{1,32}-?\d{0,10} ?")
_WORDS = (
    b"\\par ", b"\\pard ", b"\\super ", b"\\sub ", b"\\nosupersub ", b"\\plain ", b"\\cell ", b"\\row ",
    b"\\trowd ", b"\\intbl ", b"\\cellx99999 ", b"\\itap9 ", b"\\nestcell ", b"\\nestrow ", b"\\bin9 ",
    b"\\bin999999999 ", b"\\uc9 ", b"\\u1171 ?", b"\\u-1 ", b"\\u55296 ?", b"\\'ff", b"\\'", b"\\f99 ",
    b"\\ansicpg1251 ", b"\\ansicpg99999 ", b"\\mac ", b"\\*\\unknown ", b"{\\*\\pn ", b"\\ls5 ", b"\\ilvl9 ",
    b"\\listtext ", b"\\field{\\*\\fldinst HYPERLINK", b"\\tab ", b"\\line ", b"\\page ", b"\\sect ", b"\\v ",
    b"\\deleted ", b"\\footnote ", b"\\pict ", b"\\object ", b"\\fonttbl ", b"\\upr ", b"\\ud ", b"\\rtlch ",
    b"\\fs0 ", b"\\fs-2 ", b"\\outlinelevel99 ",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"9", b"255", b"32767", b"-32768", b"99999", b"2147483648", b"")


def mutate_rtf(content: bytes, chance: random.Random) -> bytes:
    """Control words deleted, doubled, swapped and given other parameters, groups opened, closed and nested."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = _mutate_once(content, chance)
    return content


def _mutate_once(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(max(1, len(content)))
    found = _WORD.search(content, start) or _WORD.search(content)
    if found is None:
        return content
    at, end = found.span()
    word = found[0]
    match chance.randrange(14):
        case 0:
            return content[:at] + content[end:]
        case 1:
            return content[:end] + word * chance.choice((1, 2, 500)) + content[end:]
        case 2:
            other = _WORD.search(content, end + 1)
            if other is None:
                return content
            return content[:at] + other[0] + content[end : other.start()] + word + content[other.end() :]
        case 3 | 4:
            spoilt = re.sub(rb"-?\d+", chance.choice(_NUMBERS), word) if re.search(rb"\d", word) else word + b"7"
            return content[:at] + spoilt + content[end:]
        case 5 | 6 | 10 | 11 | 12 | 13:
            return content[:at] + chance.choice(_WORDS) + content[at:]
        case 7:
            return (
                content[:at] + chance.choice((b"{", b"}", b"{{{", b"}}}", b"{" * 3000, b"{\\b " * 300)) + content[at:]
            )
        case 8:
            brace = content.find(chance.choice((b"{", b"}")), start)
            return content if brace < 0 else content[:brace] + content[brace + 1 :]
        case _:
            length = chance.choice((1, 30, 2000))
            return content[:at] + content[at + length :]
