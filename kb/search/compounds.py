"""Sequences of keys that an index knows as one word, so that looking for them costs no more than for a word.

A phrase costs many times what a word costs, and the names of a thesaurus are mostly phrases.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

Keys = tuple[str, ...]


class Compounds:
    """Sequences of two keys or more, frozen with an index."""

    def __init__(self, sequences: Iterable[Keys] = ()) -> None:
        """Know ``sequences``; those of one key are left out, for they are words already."""
        self._known = frozenset(keys for keys in sequences if len(keys) > 1)
        self._by_first: dict[str, list[tuple[Keys, tuple[Keys, ...]]]] = defaultdict(list)
        for keys in sorted(self._known):
            self._by_first[keys[0]].append((keys, tuple((key,) for key in keys)))

    def __contains__(self, keys: Keys) -> bool:
        return keys in self._known

    def inside(self, text: Sequence[str]) -> set[Keys]:
        """The sequences that a text has, one word at most standing between their keys."""
        return {
            keys
            for start, key in enumerate(text)
            if key in self._by_first
            for keys, wanted in self._by_first[key]
            if follow(text, start, wanted)
        }

    def dump(self) -> bytes:
        """The sequences as ``load`` reads them."""
        return json.dumps(sorted(self._known), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def load(cls, dumped: bytes) -> Compounds:
        """What ``dump`` wrote.

        Raises:
            ValueError: it is no such thing.
        """
        try:
            return cls(tuple(map(str, keys)) for keys in json.loads(dumped.decode("utf-8", "surrogatepass")))
        except TypeError as error:
            raise ValueError(str(error)) from error


def compound(keys: Keys) -> str:
    """The word that stands for a sequence; no key holds a space."""
    return " ".join(keys)


def follow(text: Sequence[str], start: int, wanted: Sequence[Collection[str]]) -> list[int]:
    """Positions of words that go on in order from the one at ``start``, with one other word among them at most.

    Args:
        text: words.
        start: where the first of them stands.
        wanted: what each may be; the first is not looked at.

    Returns:
        One position for each, none where they do not go on.
    """
    found = [start]
    gaps = 0
    for words in wanted[1:]:
        at = found[-1] + 1
        if at < len(text) and text[at] not in words and not gaps:
            gaps, at = 1, at + 1
        if at >= len(text) or text[at] not in words:
            return []
        found.append(at)
    return found
