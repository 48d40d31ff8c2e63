"""Stems chosen by what a corpus attests: a reading is as likely as its stem is in other words.

Of each word all readings are weighed against each other, in rounds: by how often *other* words support the
stem, by how usual the endings are, by how short a stem they leave, and by whether the stem is known. The table
that comes out is frozen with the index, so that a word keeps its key until the table is made anew.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kb.language.kyrgyz.exceptions import STEMS
from kb.language.kyrgyz.grammar import NAMES
from kb.language.kyrgyz.lexicon import DIGEST, SAME, best_known, rank
from kb.language.kyrgyz.parse import fixed, readings, spell

#: Changes with every change of the grammar or of the known stems that can change a key.
GRAMMAR = f"3-{DIGEST}"

_ROUNDS = 12
#: After these rounds, readings with a smaller share than this are given up.
_PATIENCE, _HOPELESS = 1, 0.002
#: Likelihood of a stem without support: this weight, times this share for each letter beyond two.
_ALPHA, _LETTER = 0.25, 0.2
#: How much the usualness of endings counts beside the support of the stem.
_USUAL = 0.1
#: What a reading loses where its stem is shorter than its endings ask for, and where an ending stands there
#: that needs support by other words.
_SHORT, _UNSUPPORTED = 4.0, 4.8
#: Letters lacking beyond this mean an ending that never stands by the grammar alone.
_NEVER_ALONE = 20
#: Endings that often make a word of its own: nouns in -ыш, doers in -уучу, reflexive verbs.
_MAKES_WORDS = frozenset(NAMES.index(name) for name in ("v:ыш", "v:уучу", "o:ын"))
_MAKING = 3.0
#: What a reading gains by an ending that hardly anything else looks like.
_PLAIN = {"l:rel": 1.0, "n:p3+gen": 1.0, "n:p3+dat": 1.0, "n:p3+loc": 1.0, "n:p3+abl": 1.0, "v:уу": 0.5}
_GAIN = {number: _PLAIN.get(name, 1.0 if name.startswith("n:pl") else 0.0) for number, name in enumerate(NAMES)}
#: What a reading gains by a known stem, and by being the one that the known stems choose.
_KNOWN, _CHOSEN = 2.0, 3.0
#: Support of a stem that the frozen table leaves out.
_NEGLIGIBLE = 0.05
_WORD = re.compile("[а-яёөүң]{2,64}")

#: A reading made ready: stem, endings, what it loses whatever the corpus.
_Ready = tuple[str, tuple[int, ...], float]


@dataclass(frozen=True)
class Fitted:
    """Keys of Kyrgyz words as a corpus attests them; call it with a lower-case word.

    Attributes:
        keys: key of each word of the corpus in key spelling, where it is not the word itself.
        words: words of the corpus that are their own keys.
        support: how many words of the corpus a stem has, fractions where readings compete.
        usual: logarithm of how usual each ending is, by its name.
    """

    keys: Mapping[str, str]
    words: frozenset[str]
    support: Mapping[str, float]
    usual: Mapping[str, float]
    _usual: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rare = min(self.usual.values(), default=0.0)
        object.__setattr__(self, "_usual", tuple(self.usual.get(name, rare) for name in NAMES))

    def __call__(self, word: str) -> str:
        """Index key of a lower-case Kyrgyz word (``мыйзамдарынын`` → ``мыйзам``)."""
        word = spell(word)
        key = fixed(word) or self.keys.get(word)
        if key is not None:
            return key
        return word if word in self.words else self._unseen(word)

    def _unseen(self, word: str) -> str:
        ready = _ready(word)
        scores = _scores(ready, [self.support.get(stem, 0.0) for stem, _, _ in ready], self._usual)
        return _best(ready, scores)

    @property
    def version(self) -> str:
        """Changes whenever a word may have another key."""
        told = json.dumps(self.data(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{GRAMMAR}:{told}".encode()).hexdigest()[:12]

    def data(self) -> dict[str, object]:
        """The table as plain data (JSON), from which ``restore`` makes it again."""
        return {
            "grammar": GRAMMAR,
            "keys": dict(self.keys),
            "words": sorted(self.words),
            "support": dict(self.support),
            "usual": dict(self.usual),
        }


def restore(data: Mapping[str, object]) -> Fitted:
    """The table that ``Fitted.data`` gave.

    Raises:
        ValueError: it was made by another version of the grammar, or is no such table; fit anew.
    """
    match data:
        case {
            "grammar": grammar,
            "keys": dict(keys),
            "words": list(words),
            "support": dict(support),
            "usual": dict(usual),
        }:
            if grammar == GRAMMAR:
                return Fitted(keys, frozenset(words), support, usual)
    raise ValueError(data.get("grammar"))


def fit(types: Iterable[str]) -> Fitted:
    """Choose the stems of a corpus' words.

    Args:
        types: different words of the corpus in normal form, in any order; of hyphenated words the last part counts,
            what is no Cyrillic word is passed over.
    """
    parts = {word.rpartition("-")[2] for word in types}
    spelt = {spell(word) for word in parts if _WORD.fullmatch(word)}
    words = sorted(word for word in spelt if fixed(word) is None)
    table = [_ready(word) for word in words]
    shares = [[1.0 / len(ready)] * len(ready) for ready in table]
    for round_ in range(_ROUNDS):
        support, usual = _counts(table, shares)
        shares = [
            _weigh(ready, old, support, usual) if len(ready) > 1 else old
            for ready, old in zip(table, shares, strict=True)
        ]
        if round_ >= _PATIENCE:
            for number, share in enumerate(shares):
                if min(share) < _HOPELESS:
                    table[number], shares[number] = _pruned(table[number], share)
    support, usual = _counts(table, shares)
    keys = {word: _best(ready, share) for word, ready, share in zip(words, table, shares, strict=True)}
    return Fitted(
        keys={word: key for word, key in keys.items() if word != key},
        words=frozenset(word for word, key in keys.items() if word == key),
        support={stem: round(count, 3) for stem, count in support.items() if count >= _NEGLIGIBLE},
        usual={name: round(usual[number], 4) for number, name in enumerate(NAMES)},
    )


def _pruned(ready: Sequence[_Ready], share: Sequence[float]) -> tuple[list[_Ready], list[float]]:
    kept = [number for number, part in enumerate(share) if part >= _HOPELESS]
    total = sum(share[number] for number in kept)
    return [ready[number] for number in kept], [share[number] / total for number in kept]


def _ready(word: str) -> list[_Ready]:
    found = readings(word)
    chosen = best_known(found)
    if chosen is not None and not chosen[1] and rank(chosen) == 0:
        # A word known as a whole needs no support: айып is not ай, however often that stands in the corpus.
        found = [chosen]
    ready = []
    for reading in found:
        stem, path, lacking = reading
        loss = _loss(path, lacking)
        if chosen is not None and rank(reading) is not None:
            loss -= _KNOWN + (_CHOSEN if reading is chosen else 0.0)
        ready.append((SAME.get(stem) or STEMS.get(stem, stem), path, loss))
    return ready


def _loss(path: tuple[int, ...], lacking: int) -> float:
    loss = _MAKING * len(_MAKES_WORDS.intersection(path)) - sum(_GAIN[name] for name in path)
    if lacking > _NEVER_ALONE:
        return loss + _UNSUPPORTED
    return loss + _SHORT * min(lacking, 4)


def _counts(
    table: Sequence[Sequence[_Ready]], shares: Sequence[Sequence[float]]
) -> tuple[dict[str, float], list[float]]:
    support: dict[str, float] = {}
    endings = [0.1] * len(NAMES)
    for ready, share in zip(table, shares, strict=True):
        for (stem, path, _), part in zip(ready, share, strict=True):
            support[stem] = support.get(stem, 0.0) + part
            for name in path:
                endings[name] += part
    total = sum(endings)
    return support, [math.log(count / total) for count in endings]


def _weigh(
    ready: Sequence[_Ready], old: Sequence[float], support: Mapping[str, float], usual: Sequence[float]
) -> list[float]:
    own: dict[str, float] = {}
    for (stem, _, _), part in zip(ready, old, strict=True):
        own[stem] = own.get(stem, 0.0) + part
    scores = _scores(ready, [support[stem] - own[stem] for stem, _, _ in ready], usual)
    most = max(scores)
    weights = [math.exp(score - most) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def _scores(ready: Sequence[_Ready], others: Sequence[float], usual: Sequence[float]) -> list[float]:
    scores = []
    for (stem, path, loss), count in zip(ready, others, strict=True):
        score = math.log(max(count, 0.0) + _ALPHA * _LETTER ** (len(stem) - 2)) - loss
        for name in path:
            score += _USUAL * usual[name]
        scores.append(score)
    return scores


def _best(ready: Sequence[_Ready], scores: Sequence[float]) -> str:
    """Stem of the best reading; of equal ones the longer stem, then the first by letters."""
    return min(zip(ready, scores, strict=True), key=lambda one: (-round(one[1], 9), -len(one[0][0]), one[0][0]))[0][0]
