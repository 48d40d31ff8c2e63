"""The words of an index: which forms stand for which key, and how many records hold them.

An engine (or, one day, storage) feeds it with changes; queries ask it what a word that was typed may stand for.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.search.records import Record, Words

#: Kyrgyz letters that keyboards lack, and what is typed in their place.
FOLDED = {"ө": "о", "ү": "у", "ң": "н"}
_FOLD = str.maketrans(FOLDED)


def fold(surface: str) -> str:
    """A word without the letters that keyboards lack: ``жөнүндө`` → ``жонундо``."""
    return surface.translate(_FOLD)


class Entry(NamedTuple):
    """A form of a word in one language, its key, and the number of records that hold the form."""

    surface: str
    key: str
    lang: str
    frequency: int


@dataclass(slots=True)
class Change:
    """What records add to a vocabulary (positive counts) or take from it (negative).

    Attributes:
        types: records by language, surface form and key.
        keys: records by language and key.
        records: records by language.
        lengths: words in all headings and in all bodies, by field.
    """

    types: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    keys: Counter[tuple[str, str]] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    lengths: Counter[str] = field(default_factory=Counter)

    def count(self, record: Record, sign: int = 1) -> None:
        """Add (or with ``sign`` -1 take away) the words of a record."""
        lang = record.lang
        pairs: set[tuple[str, str]] = set()
        for words in (record.title_words, record.heading_words, record.body_words):
            pairs.update(zip(words.surfaces, words.keys, strict=True))
        for surface, key in pairs:
            self.types[lang, surface, key] += sign
        for key in {key for _, key in pairs}:
            self.keys[lang, key] += sign
        self.records[lang] += sign
        self.lengths["heading"] += sign * len(record.heading_words.surfaces)
        self.lengths["body"] += sign * len(record.body_words.surfaces)

    def add(self, other: Change) -> None:
        """Make it do what ``other`` does, too."""
        self.types.update(other.types)
        self.keys.update(other.keys)
        self.records.update(other.records)
        self.lengths.update(other.lengths)

    def dump(self) -> str:
        """One line an entry, fields parted by tabs; ``load`` reads it."""
        lines = [f"t\t{lang}\t{surface}\t{key}\t{n}" for (lang, surface, key), n in self.types.items() if n]
        lines += [f"k\t{lang}\t{key}\t{n}" for (lang, key), n in self.keys.items() if n]
        lines += [f"r\t{lang}\t{n}" for lang, n in self.records.items() if n]
        lines += [f"l\t{name}\t{n}" for name, n in self.lengths.items() if n]
        return "\n".join(lines)

    @staticmethod
    def load(text: str) -> Change:
        """The change that ``dump`` wrote; ValueError where a line is none of its own."""
        change = Change()
        for line in text.split("\n") if text else ():
            sort, *names, count = line.split("\t")
            match sort, names:
                case "t", [lang, surface, key]:
                    change.types[lang, surface, key] += int(count)
                case "k", [lang, key]:
                    change.keys[lang, key] += int(count)
                case "r", [lang]:
                    change.records[lang] += int(count)
                case "l", [name]:
                    change.lengths[name] += int(count)
                case _:
                    raise ValueError(line)
        return change


class Vocabulary:
    """All words of an index; reading is safe while another thread applies a change.

    Within a language a surface form has one key, as analysers work by word type.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._types: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        self._keys: Counter[tuple[str, str]] = Counter()
        self._forms: dict[tuple[str, str], frozenset[str]] = {}
        self._folds: dict[str, frozenset[tuple[str, str]]] = {}
        self._records: Counter[str] = Counter()
        self._lengths: Counter[str] = Counter()
        self._sorted: dict[str, list[str]] | None = None
        self._by_length: dict[str, dict[int, list[str]]] | None = None

    def apply(self, change: Change) -> None:
        """Add the counts of ``change``; forms that no record holds any more are forgotten."""
        with self._lock:
            forms: dict[tuple[str, str], set[str]] = {}
            folds: dict[str, set[tuple[str, str]]] = {}
            renewed = False
            for (lang, surface, key), count in change.types.items():
                known = self._types[lang].get(surface)
                total = (known[1] if known else 0) + count
                if total > 0:
                    self._types[lang][surface] = (key, total)
                elif known:
                    del self._types[lang][surface]
                if (total > 0) != bool(known):
                    renewed = True
                    self._note_form(forms, folds, Entry(surface, key, lang, total))
            self._forms.update({key: frozenset(surfaces) for key, surfaces in forms.items()})
            self._folds.update({folded: frozenset(pairs) for folded, pairs in folds.items()})
            self._keys.update(change.keys)
            self._records.update(change.records)
            self._lengths.update(change.lengths)
            if renewed:
                self._sorted = self._by_length = None

    def _note_form(
        self, forms: dict[tuple[str, str], set[str]], folds: dict[str, set[tuple[str, str]]], entry: Entry
    ) -> None:
        """Add a new form to the tables by key and by fold, or take an old one out."""
        place = (entry.lang, entry.key)
        surfaces = forms.setdefault(place, set(self._forms.get(place, ())))
        folded = fold(entry.surface)
        pairs = folds.setdefault(folded, set(self._folds.get(folded, ())))
        if entry.frequency > 0:
            surfaces.add(entry.surface)
            pairs.add((entry.lang, entry.surface))
        else:
            surfaces.discard(entry.surface)
            pairs.discard((entry.lang, entry.surface))

    def dump(self) -> Change:
        """All that it holds, as one change to an empty vocabulary."""
        with self._lock:
            change = Change(keys=Counter(+self._keys), records=Counter(+self._records), lengths=Counter(+self._lengths))
            for lang, types in self._types.items():
                for surface, (key, count) in types.items():
                    change.types[lang, surface, key] = count
            return change

    @property
    def size(self) -> int:
        """Number of surface forms."""
        return sum(map(len, self._types.values()))

    def types(self, lang: str) -> int:
        """Number of surface forms in a language."""
        return len(self._types.get(lang, ()))

    def with_keys(self, record: Record) -> Record:
        """A record that was read without keys, with those that its forms have here."""
        lang = record.lang
        keys = {
            surface: next((entry.key for entry in self.lookup(surface) if entry.lang == lang), surface)
            for words in (record.title_words, record.heading_words, record.body_words)
            for surface in words.surfaces
        }

        def complete(words: Words) -> Words:
            return replace(words, keys=tuple(keys[surface] for surface in words.surfaces))

        return replace(
            record,
            title_words=complete(record.title_words),
            heading_words=complete(record.heading_words),
            body_words=complete(record.body_words),
        )

    def records(self, lang: str | None = None) -> int:
        """Number of records in a language, of all when None."""
        return self._records.total() if lang is None else self._records[lang]

    def mean_length(self, part: str) -> float:
        """Mean number of words in ``heading`` or ``body``; at least 1."""
        return max(self._lengths[part] / max(self._records.total(), 1), 1.0)

    def lookup(self, surface: str) -> list[Entry]:
        """What a form stands for, in each language that has it."""
        found = ((lang, types.get(surface)) for lang, types in list(self._types.items()))
        return [Entry(surface, known[0], lang, known[1]) for lang, known in found if known]

    def frequency(self, key: str, lang: str | None = None) -> int:
        """Number of records with a key, in a language or (None) in all."""
        return sum(self._keys.get((one, key), 0) for one in ([lang] if lang else list(self._types)))

    def forms(self, key: str) -> set[str]:
        """All forms of a key in any language."""
        return {form for lang in list(self._types) for form in self._forms.get((lang, key), ())}

    def folded(self, surface: str) -> list[Entry]:
        """Forms that are the same as ``surface`` but for letters that keyboards lack, ``surface`` left out."""
        pairs = self._folds.get(fold(surface), ())
        return [entry for lang, form in sorted(pairs) if form != surface for entry in self._entries([form], lang)]

    def prefixed(self, prefix: str, limit: int) -> list[Entry]:
        """Forms that begin with ``prefix`` and go on, most frequent first."""
        found: list[Entry] = []
        for lang, surfaces in self._alphabetical().items():
            first = bisect_left(surfaces, prefix)
            last = bisect_left(surfaces, prefix + "\U0010ffff")
            found += self._entries((form for form in surfaces[first:last] if form != prefix), lang)
        found.sort(key=lambda entry: (-entry.frequency, entry.surface))
        return found[:limit]

    def near(self, surface: str, distance: int, limit: int) -> list[Entry]:
        """Forms that differ from ``surface`` by at most ``distance`` letters, numbers left out.

        A letter more, less, other, or two neighbours swapped count one each.

        Returns:
            The nearest first, of those the most frequent.
        """
        found: list[tuple[int, Entry]] = []
        for lang, by_length in self._lengthwise().items():
            for length in range(len(surface) - distance, len(surface) + distance + 1):
                choices = by_length.get(length, [])
                near = process.extract(surface, choices, scorer=OSA.distance, score_cutoff=distance, limit=None)
                for form, steps, _ in near:
                    found += [(int(steps), entry) for entry in self._entries([form], lang) if form != surface]
        found.sort(key=lambda pair: (pair[0], -pair[1].frequency, pair[1].surface))
        return [entry for _, entry in found[:limit]]

    def _entries(self, surfaces: Iterable[str], lang: str) -> list[Entry]:
        types: Mapping[str, tuple[str, int]] = self._types.get(lang, {})
        found = ((surface, types.get(surface)) for surface in surfaces)
        return [Entry(surface, known[0], lang, known[1]) for surface, known in found if known]

    def _alphabetical(self) -> dict[str, list[str]]:
        with self._lock:
            if self._sorted is None:
                self._sorted = {lang: sorted(types) for lang, types in self._types.items()}
            return self._sorted

    def _lengthwise(self) -> dict[str, dict[int, list[str]]]:
        with self._lock:
            if self._by_length is None:
                tables: dict[str, dict[int, list[str]]] = {}
                for lang, types in self._types.items():
                    table = tables.setdefault(lang, defaultdict(list))
                    for surface in types:
                        if not any(map(str.isdigit, surface)):
                            table[len(surface)].append(surface)
                self._by_length = {lang: dict(table) for lang, table in tables.items()}
            return self._by_length
