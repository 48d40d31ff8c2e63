"""Known stems of Kyrgyz: of the readings of a word those with a known stem come first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import chain

from kb.language.kyrgyz.grammar import NAMES
from kb.language.kyrgyz.parse import Reading, spell
from kb.language.normalize import fold_kyrgyz

_SECTIONS = ("nominal", "verb", "particle")
#: Endings that stand after verbs only, and those of them that leave a verb without tense.
_AFTER_VERB = frozenset(number for number, name in enumerate(NAMES) if name[0] in "vfbo")
_TENSELESS = frozenset(number for number, name in enumerate(NAMES) if name[0] in "qbo")
_VOICE = frozenset(number for number, name in enumerate(NAMES) if name[0] == "o")
_OWNED = (NAMES.index("n:p3"),)
#: A stem that lacks more letters than this has an ending that hardly ever stands there.
_RARE = 4
#: A known stem of so few letters is taken only with endings that ask for no
#: more: too many words begin like it.
_SHORT = 4
#: The only noun of two letters that ends in a vowel.
_WHOLE = frozenset({"ээ"})
#: Letters of the shortest stem that is known also when typed without ө ү ң.
_FOLDED = 4


def read(text: str) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Stems of each section in key spelling, and the stems that have the key of another.

    ``[verb] кел талкуула>талкуу`` knows the verbs ``кел`` and ``талкуула``; the key of the second is ``талкуу``.

    Raises:
        ValueError: a section has no known name.
    """
    sections: dict[str, set[str]] = {name: set() for name in _SECTIONS}
    same: dict[str, str] = {}
    section: set[str] = set()
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
            if name not in sections:
                raise ValueError(name)
            section = sections[name]
            continue
        for entry in line.partition("#")[0].split():
            word, _, key = entry.partition(">")
            section.add(spell(word))
            if key:
                same[spell(word)] = spell(key)
    return {name: frozenset(words) for name, words in sections.items()}, same


def _folded(words: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    typed = {fold_kyrgyz(word) for word in words if len(word) >= _FOLDED}
    return frozenset(typed.difference(known))


_TEXT = (files("kb.language.kyrgyz") / "lexicon.txt").read_text(encoding="utf-8")
#: Changes with every change of the known stems.
DIGEST = hashlib.sha256(_TEXT.encode()).hexdigest()[:12]
_WORDS, _SAME = read(_TEXT)
_ALL = frozenset(chain.from_iterable(_WORDS.values()))
#: Stems that have the key of another: ``талкуула`` → ``талкуу``.
SAME: Mapping[str, str] = _SAME
_NOMINAL, _VERB, _PARTICLE = (_WORDS[name] for name in _SECTIONS)
_TYPED_NOMINAL, _TYPED_VERB = _folded(_NOMINAL, _ALL), _folded(_VERB, _ALL)


def rank(reading: Reading) -> int | None:
    """How well a reading goes with the known stems: 0 is best, None where its stem is not known for its endings.

    ``айып`` is no ``ай`` with the ending of a verb, for ``ай`` is known as a noun only.
    """
    stem, path, lacking = reading
    if lacking and len(stem) <= _SHORT and not (lacking == 1 and _fits(stem, path)):
        return None
    verb = bool(path) and path[-1] in _AFTER_VERB
    if not verb and (stem in _NOMINAL or (not path and stem in _PARTICLE)):
        good = 0
    elif not verb and stem in _TYPED_NOMINAL:
        good = 1
    elif stem in _VERB or stem in _TYPED_VERB:
        if not verb and not _TENSELESS.issuperset(path):
            return None
        good = 1 if _TENSELESS.issuperset(path) or stem not in _VERB else 0
    else:
        return None
    return good + 2 if lacking > _RARE else good


def _fits(stem: str, path: Sequence[int]) -> bool:
    """Whether endings stand even after a short stem: voices after a verb (``аталган``), an owner (``аты``)."""
    return stem in _WHOLE or (len(stem) == 3 and not _VOICE.isdisjoint(path[-1:])) or tuple(path) == _OWNED


def best_known(found: Iterable[Reading]) -> Reading | None:
    """The reading that the known stems choose; of equally good ones that with the longest stem, None if none."""
    best: Reading | None = None
    least = (9, 0, 0)
    for reading in found:
        good = rank(reading)
        if good is not None:
            order = (good, -len(reading[0]), len(reading[1]))
            if order < least:
                best, least = reading, order
    return best
