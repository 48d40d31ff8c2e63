"""HTML and plain text spoilt: tags, attributes, entities, encodings, lines."""

from __future__ import annotations

import random
import re

from tests.mutants.words import spoil_number, spoil_text

_TAG = re.compile(r"<[^<>]{1,2000}>")
_ATTRIBUTE = re.compile(r"=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=900 colspan=900>", "</td>",
    "<sup>", "</sup>", "<sub>", "<b>", "<h1>", "<h7>", "<br>", "<script>", "<style>", "<!--", "-->", "<![CDATA[",
    "<?xml version='1.0'?>", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "<span style='display:none'>", "<ol start=-5><li>",
    "<ol type=i><li>", "<a name=st_1>", "<o:p>", "<template>", "<svg><text>", "<math>", "<meta charset=utf-16>",
    "<meta charset=windows-1251>", "<base href='file:///etc/passwd'>", "<iframe src='file:///etc/passwd'>",
)  # fmt: skip
_ENTITIES = ("&#1171;", "&nbsp;", "&shy;", "&#0;", "&#x110000;", "&amp;lt;", "&unknown;", "&#55296;", "&")
_ENCODINGS = ("cp1251", "koi8-r", "utf-16", "utf-16-be", "utf-32", "cp866", "mac-cyrillic", "utf-8-sig", "latin-1")


def mutate_html(content: bytes, chance: random.Random) -> bytes:
    """Tags deleted, doubled, swapped and nested, attributes, text and encoding spoilt."""
    text = content.decode("utf-8", errors="replace")
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        text = _mutate_once(text, chance)
    return _encoded(text, chance)


def _mutate_once(text: str, chance: random.Random) -> str:
    tags = list(_TAG.finditer(text))
    if not tags:
        return spoil_text(text, chance)
    one, two = sorted((chance.choice(tags), chance.choice(tags)), key=lambda tag: tag.start())
    start, end = one.span()
    match chance.randrange(9):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:end] * chance.choice((1, 2, 300)) + text[end:]
        case 2:
            if end > two.start():
                return text
            return text[:start] + two[0] + text[end : two.start()] + one[0] + text[two.end() :]
        case 3:
            return text[:end] + chance.choice(_TAGS) + text[end:]
        case 4:
            spoilt = _ATTRIBUTE.sub(lambda found: f'="{spoil_number(found[1], chance)}"', one[0])
            return text[:start] + spoilt + text[end:]
        case 5:
            return text[:end] + chance.choice(_ENTITIES) * chance.choice((1, 3)) + text[end:]
        case 6:
            depth = chance.choice((20, 300, 3000))
            return text[:start] + "<div><b>" * depth + text[start:]
        case 7:
            return text[: chance.randrange(len(text))]
        case _:
            stop = text.find("<", end)
            stop = len(text) if stop < 0 else stop
            return text[:end] + spoil_text(text[end:stop], chance).replace("<", "") + text[stop:]


def _encoded(text: str, chance: random.Random) -> bytes:
    if chance.randrange(4):
        return text.encode("utf-8", errors="replace")
    return text.encode(chance.choice(_ENCODINGS), errors=chance.choice(("replace", "ignore", "xmlcharrefreplace")))


def mutate_text(content: bytes, chance: random.Random) -> bytes:
    """Lines deleted, doubled, swapped, joined, broken and numbered anew, and the encoding spoilt."""
    lines = content.decode("utf-8", errors="replace").split("\n")
    for _ in range(chance.choice((1, 2, 4, 12, 40))):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                del lines[at]
            case 1:
                lines[at:at] = [lines[other]] * chance.choice((1, 2, 200))
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] += f" {lines[other]}"
                lines[other] = ""
            case 4:
                lines[at : at + 1] = [lines[at][: len(lines[at]) // 2], lines[at][len(lines[at]) // 2 :]]
            case 5:
                lines[at] = chance.choice(("1. ", "2) ", "а) ", "Статья 9. ", "5-берене. ", "│ ", "- ")) + lines[at]
            case _:
                lines[at] = spoil_text(lines[at], chance)
        lines = lines or [""]
    return _encoded("\n".join(lines), chance)
