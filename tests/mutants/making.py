"""How a mutant is made of a seed: the same seed and number always give the same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.mutants.markup import mutate_html, mutate_text
from tests.mutants.office import mutate_package
from tests.mutants.pdf import mutate_pdf
from tests.mutants.rtf import mutate_rtf

Mutate = Callable[[bytes, random.Random], bytes]

#: One mutant in so many is spoilt as bytes, whatever its format.
_RAW_ONE_IN = 8


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled, overwritten with zeros, or the end cut off."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if not data:
            break
        at = chance.randrange(len(data))
        length = min(len(data) - at, chance.choice((1, 2, 16, 256)))
        match chance.randrange(6):
            case 0 | 1:
                data[at] ^= 1 << chance.randrange(8)
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[at : at + length]
            case 4:
                data[at : at + length] = bytes(length)
            case _:
                del data[at:]
    return bytes(data)


def overwrite_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes overwritten where they stand: sectors of an OLE container keep their places, what they hold is spoilt."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 4, 16))):
        data[chance.randrange(min(512, len(data) - 1), len(data))] = chance.randrange(256)
    return bytes(data)


#: How each format is spoilt inside, by the ending of a seed's name.
MUTATORS: Mapping[str, Mutate] = {
    ".docx": mutate_package,
    ".pptx": mutate_package,
    ".odt": mutate_package,
    ".doc": overwrite_bytes,
    ".rtf": mutate_rtf,
    ".pdf": mutate_pdf,
    ".html": mutate_html,
    ".txt": mutate_text,
}


def make_mutant(content: bytes, ending: str, number: int) -> bytes:
    """Mutant ``number`` of a seed.

    Args:
        content: the seed.
        ending: ending of its name, a key of MUTATORS.
        number: which mutant; the same number gives the same bytes.
    """
    chance = random.Random(f"{ending}{number}")
    if chance.randrange(_RAW_ONE_IN) == 0:
        return flip_bytes(content, chance)
    return MUTATORS[ending](content, chance)
