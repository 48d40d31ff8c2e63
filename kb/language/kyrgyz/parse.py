"""All readings of a Kyrgyz word as stem and endings that the grammar allows."""

from __future__ import annotations

import re

from kb.language.kyrgyz.exceptions import STEMS
from kb.language.kyrgyz.grammar import (
    DERIVED,
    FINAL_OF,
    FINALS,
    FINITE,
    LOOPS,
    NAMES,
    NEGATION,
    NOMINAL,
    NOMINALISERS,
    QUESTION,
    RESTORED,
    VOICES,
    VOWEL_OF,
    VOWELS,
    Tree,
)

#: A reading: stem in key spelling, numbers of its endings from the right, letters by which the stem is
#: shorter than the endings like it, without a corpus' support (0: none).
Reading = tuple[str, tuple[int, ...], int]

LONGEST = 64
_MOST = 200
_SIGNS = re.compile("[ьъ]")
_SOFT = re.compile("[яюё]")
_AFTER_VOWEL = re.compile("(?<=[аыоуеиөүэяюё])[яюё]|(?<=[ьъ])[яюё]|^[яюё]")
_HARD = {"я": "йа", "ю": "йу", "ё": "йо"}
_VOWEL_INDEX = {letter: VOWELS.index(vowel) for letter, vowel in VOWEL_OF.items()}
_ROUND = VOWELS.index("о")
_FINAL_INDEX = {letter: FINALS.index(final) for letter, final in FINAL_OF.items()}
#: Before these a final г or б of a short stem is к or п; elsewhere it belongs to an abbreviation (ЖӨБ).
_OPENING = frozenset(VOWEL_OF)
#: Abbreviation without a vowel, and an ending of case.
_ABBREVIATION = re.compile(
    "([бвгджзйклмнпрстфхцчшщ]{2,6})(?:[лдт][аеоө]р)?(?:с?[ыиуү])?"
    "(?:[нтд][ыиуү]н?|н?[гк][аеоө]|н?[дт][аеоө]н?|н?[дт][аеоө]г[ыиуү])"
)
#: Verbs that end in a narrow vowel are few; all others end in a consonant or a wide vowel.
_NARROW_VERBS = frozenset(
    ["оку", "таны", "тааны", "ташы", "эри", "чири", "семи", "кары", "чочу", "кычы", "калкы", "балкы", "сасы", "тары"]
)
_BY_ITSELF = NAMES.index("o:ын")
_SHORT_VERBS = frozenset({"де", "же"})
#: Two consonants with which no stem ends.
_CLUSTER = re.compile(
    "(?:[^аыоуеиөүэяюёрлнңйс]к|[^аыоуеиөүэяюёрлнй]ч|[^аыоуеиөүэяюёрлн][шжз]|[^аыоуеиөүэяюёрлм]п"
    "|[^аыоуеиөүэяюё][йң]|[^аыоуеиөүэяюёрлйз]м|[рл][жз]|[^аыоуеиөүэяюёрлнйкп]с)$"
)
#: Ends that a longer verb does not have.
_NO_VERB = re.compile("[джмпсчвфцх]$|[ыиуү]т$|[^аыоуеиөүэяюёрлнй][лншртзк]$|[рлнй][лншрзк]$|[рлнйм]г$")
_DEVOICED = {"г": "к", "б": "п"}


def spell(word: str) -> str:
    """Spelling in which stems are compared: no ь ъ, and я ю ё as two letters where they sound so.

    ``комиссия`` → ``комиссийа``, ``июль`` → ``ийул``.
    """
    if _SOFT.search(word):
        word = _AFTER_VOWEL.sub(lambda found: _HARD[found[0]], word)
    return _SIGNS.sub("", word)


def contexts(word: str) -> list[int]:
    """For each prefix of ``word`` by length the bits of what an ending after it may suit, 0 where it has no vowel.

    A letter е of a loan may be a Russian ё, after which endings have о and у: ``отчеттору``.
    """
    bits = [0] * (len(word) + 1)
    vowel = -1
    loan = False
    for index, letter in enumerate(word, 1):
        found = _VOWEL_INDEX.get(letter)
        if found is not None:
            vowel = found
            loan = letter == "е" and index > 1
        final = _FINAL_INDEX.get(letter)
        if vowel >= 0 and final is not None:
            bits[index] = 1 << (vowel * 6 + final)
            if loan:
                bits[index] |= 1 << (_ROUND * 6 + final)
    return bits


def fixed(word: str) -> str | None:
    """Stem of a word in key spelling that no reading decides: pronouns and the like, ``кмшнын`` → ``кмш``."""
    stem = STEMS.get(word)
    if stem is None:
        found = _ABBREVIATION.fullmatch(word)
        return found[1] if found else None
    return stem


def readings(word: str) -> list[Reading]:
    """Readings of a word that ``spell`` has spelt, the word as its own stem first.

    A word longer than LONGEST letters has that reading alone.
    """
    if len(word) > LONGEST or len(word) < 3:
        return [(word, (), 0)]
    search = _Search(word)
    search.word()
    return search.found


class _Search:
    __slots__ = ("bits", "found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.bits = contexts(text)
        self.found: list[Reading] = []

    def strip(self, tree: Tree, end: int, need: int) -> list[tuple[int, int, int, str]]:
        """Endings of ``tree`` before ``end``: new end, letters needed now, name, vowel to restore."""
        text, bits = self.text, self.bits
        hits = []
        node = tree
        index = end
        while index > 1:
            index -= 1
            below = node.get(text[index])
            if below is None:
                break
            node = below
            entries = node.get("")
            if entries is not None:
                bit = bits[index]
                for mask, least, name, restore in entries:
                    if mask & bit:
                        hits.append((index, max(need, least), name, restore))
        return hits

    def add(self, end: int, path: tuple[int, ...], need: int, restore: str = "") -> None:
        text = self.text
        if end < 2 or len(self.found) >= _MOST:
            return
        stem = text[:end]
        if restore:
            stem = self.restored(end, restore)
        elif text[end - 1] in _DEVOICED and (end > 3 or text[end : end + 1] in _OPENING):
            stem = stem[:-1] + _DEVOICED[text[end - 1]]
        lacking = need - len(stem)
        if lacking <= 0 and len(stem) < 3 and stem[-1] in VOWEL_OF and stem not in _SHORT_VERBS:
            lacking = 1
        if lacking <= 0 and _CLUSTER.search(stem):
            lacking = 1
        self.found.append((stem, path, max(0, lacking)))

    def restored(self, end: int, sign: str) -> str:
        stem = self.text[:end]
        vowel = next(letter for letter in reversed(stem) if letter in VOWEL_OF)
        return stem + RESTORED[sign][VOWEL_OF[vowel]]

    def word(self) -> None:
        end = len(self.text)
        self.whole(end, (), 0)
        for cut, need, name, _ in self.strip(QUESTION, end, 0):
            self.whole(cut, (name,), need)

    def whole(self, end: int, path: tuple[int, ...], need: int) -> None:
        self.base(end, path, need, 0)
        for cut, least, name, _ in self.strip(NOMINAL, end, need):
            self.base(cut, (*path, name), least, 0)
        for cut, least, name, _ in self.strip(FINITE, end, need):
            self.verb(cut, (*path, name), least, "", 0)

    def base(self, end: int, path: tuple[int, ...], need: int, depth: int) -> None:
        """A noun or adjective without case."""
        self.add(end, path, need)
        for cut, least, name, restore in self.strip(NOMINALISERS, end, need):
            self.verb(cut, (*path, name), least, restore, 0)
        if depth < 3:
            for cut, least, name, _ in self.strip(LOOPS, end, need):
                self.base(cut, (*path, name), least, depth + 1)
            for cut, least, name, _ in self.strip(DERIVED, end, need):
                self.base(cut, (*path, name), least, depth + 1)

    def verb(self, end: int, path: tuple[int, ...], need: int, restore: str, voices: int) -> None:
        """A verb without tense: negation, then up to two voices before it."""
        text = self.text
        if restore == "Y" or (not restore and text[end - 1] in "ыиуү" and path and NAMES[path[-1]][0] in "ov"):
            stem = text[:end] if not restore else self.restored(end, restore)
            if stem not in _NARROW_VERBS:
                return
        if text[end - 1] in "бг" and end < len(text) and text[end] not in VOWEL_OF:
            return
        odd = not restore and _NO_VERB.search(text, end - 2, end) is not None and (end > 4 or text[end - 1] == "г")
        self.add(end, path, end + 1 if odd else need, restore)
        if restore:
            return
        if voices == 0:
            for cut, least, name, _ in self.strip(NEGATION, end, need):
                self.verb(cut, (*path, name), least, "", 1)
        if voices < 3:
            for cut, least, name, _ in self.strip(VOICES, end, need):
                passive = name == _BY_ITSELF and text[cut - 1] == "л"
                self.verb(cut, (*path, name), max(need, 2) if passive else least, "", max(voices, 1) + 1)
