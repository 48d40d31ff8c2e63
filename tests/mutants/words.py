"""Spoilt words and numbers, for whatever a format calls text and values."""

from __future__ import annotations

import random

TEXTS = (
    "Статья 5. Имя",
    "12-берене. Ат",
    "1) бир; 2) эки",
    "17.5.1.1.1.1 Текст",
    "Глава четырнадцатая-1",
    "I БӨЛҮМ. ЖАЛПЫ",
    "(Утратила силу в соответствии с Законом КР от 1 мая 2005 года № 0-3)",
    "(В редакции Закона КР от",
    "№ № № №",
    "99999999999999999999.",
    "З09-3",
    "\u0301\u0301\u0301",
    "\u202e\u200f",
    "\x0b\x0c",
    "😀" * 20,
    "«" * 200,
    "(" * 200,
    "а " * 400,
    "1." * 300,
    "-" * 2000,
    "",
    " ",
    "\t\t\t",
)
NUMBERS = ("0", "-1", "1", "2", "99", "32768", "99999", "-99999", "2147483648", "1e9", "x", "", "0.5", "00012")


def spoil_text(text: str, chance: random.Random) -> str:
    """A text with letters lost, doubled, swapped or replaced, or words put in."""
    if not text:
        return chance.choice(TEXTS)
    at = chance.randrange(len(text))
    match chance.randrange(7):
        case 0:
            return text[:at]
        case 1:
            return text[:at] + chance.choice(TEXTS) + text[at:]
        case 2:
            return text[:at] + text[at + 1 :]
        case 3:
            return chance.choice(TEXTS)
        case 4:
            return text * chance.choice((2, 3, 40))
        case 5:
            return text.translate(str.maketrans("1234567890", "7391846205"))
        case _:
            return text[:at] + chr(chance.choice((0x20, 0xA0, 0xAD, 0x2028, 0x41, 0x4B9, 0xFFFD))) + text[at:]


def spoil_number(value: str, chance: random.Random) -> str:
    """Another value in place of an attribute's or a parameter's."""
    return chance.choice((*NUMBERS, value + "9", value[:-1], value[::-1]))
