"""What a word that was typed may stand for, by the index's own vocabulary."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.language.model import Analyser, Language
from kb.language.russian.families import roots
from kb.search.query import QueryWord
from kb.search.synonyms import SYNONYM, Synonym
from kb.search.vocabulary import FOLDED, Entry, Vocabulary, fold

#: How much a match is worth by how the word was read; the word itself in its exact form is worth 1.
KEY, RESTORED, UNRESTORED, SHORTENED, PREFIX, TYPO = 0.9, 0.85, 0.75, 0.7, 0.55, 0.6
_PREFIX_LETTERS = 3
_PREFIX_ENTRIES = 40
_TYPO_ENTRIES = 12
_FAMILY_ENTRIES, _FAMILY = 60, 6
#: A word is doubted beside another that so many times more records hold.
_USUAL = 10
#: Places of a word where a Kyrgyz letter may be missing, at most; 2 to this power variants are looked at.
_MISSING = 6
#: Beginnings by which Russian words are shortened (``госрегистрация``), and letters that a word has behind one.
_SHORTS = ("гос", "мун", "юр", "физ", "гор", "рай", "обл", "жил", "соц", "спец")
_SHORTEST = 5
_MISSED = {plain: special for special, plain in FOLDED.items()}

_TYPED_LATIN = re.compile(r"[a-z\[\]{};':\",.<>`~-]+", re.IGNORECASE)
_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A word of a query with all that counts as a match for it.

    Attributes:
        word: the word.
        keys: worth of each key.
        numbers: numbers that, being a record's own, are a match.
        read_as: the form that it was read as where that is not the one typed, else None.
        also: other names of it, or of words that it stands beside.
    """

    word: QueryWord
    keys: dict[str, float] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    read_as: str | None = None
    also: tuple[Synonym, ...] = ()

    @property
    def known(self) -> bool:
        """Whether any record can match."""
        return bool(self.keys or self.numbers or self.also)


def read_word(word: QueryWord, vocabulary: Vocabulary, analyser: Analyser, *, kyrgyz_typed: bool) -> Reading:
    """All that a word may stand for without being misspelt.

    Args:
        word: the word.
        vocabulary: the index's words.
        analyser: gives keys of Kyrgyz forms that the index does not hold.
        kyrgyz_typed: whether ө ү ң were typed anywhere in the query, so that a word without them is meant so.
    """
    keys: dict[str, float] = {}
    for language, key in word.keys.items():
        if vocabulary.frequency(key, language.value):
            keys[key] = KEY
    if word.number:
        return Reading(word, keys or {word.number: KEY}, _own_numbers(word))
    frequency = max((vocabulary.frequency(key) for key in keys), default=0)
    restored = list(_restored(word.surface, frequency, vocabulary, kyrgyz_typed=kyrgyz_typed))
    for entry, worth in restored:
        keys[entry.key] = max(keys.get(entry.key, 0.0), worth)
    if not keys:
        restored = [(entry, RESTORED) for entry in _generated(word.surface, vocabulary, analyser)]
        keys |= {entry.key: worth for entry, worth in restored}
    if not keys and (whole := _unshortened(word.surface, vocabulary, analyser)):
        return Reading(word, {whole.key: SHORTENED}, (), whole.surface)
    best = max(restored, key=lambda pair: pair[0].frequency, default=None)
    read_as = best[0].surface if best and best[1] == RESTORED and best[0].frequency > frequency else None
    if word.last and len(word.surface) >= _PREFIX_LETTERS:
        for entry in vocabulary.prefixed(word.surface, _PREFIX_ENTRIES):
            keys.setdefault(entry.key, PREFIX)
    return Reading(word, keys, (), read_as)


def _unshortened(surface: str, vocabulary: Vocabulary, analyser: Analyser) -> Entry | None:
    """The word behind a shortened one where the index holds it: ``госрегистрации`` → ``регистрации``."""
    for short in _SHORTS:
        rest = surface.removeprefix(short)
        if rest != surface and len(rest) >= _SHORTEST:
            tokens = analyser.analyze(rest, Language.RU)
            if len(tokens) == 1 and (frequency := vocabulary.frequency(tokens[0].key, Language.RU.value)):
                return Entry(rest, tokens[0].key, Language.RU.value, frequency)
    return None


def read_exactly(word: QueryWord, vocabulary: Vocabulary) -> Reading:
    """The word as it was typed, in any of its forms and as nothing else."""
    keys = {key: KEY for language, key in word.keys.items() if vocabulary.frequency(key, language.value)}
    return Reading(word, keys, _own_numbers(word))


def _own_numbers(word: QueryWord) -> tuple[str, ...]:
    """Numbers of units that a word may be: none where it is an act's (``№ 279``)."""
    return (word.number,) if word.number and (word.numbered or not word.signed) else ()


def add_synonyms(reading: Reading, synonyms: Sequence[Synonym], vocabulary: Vocabulary) -> Reading:
    """The same word with those of its other names that the index may hold."""
    held = tuple(one for one in synonyms if all(map(vocabulary.frequency, one.keys)))
    return replace(reading, also=held) if held else reading


def add_family(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """The same word with Russian words of its family as other names: ``регистрировать`` with ``регистрация``."""
    lemma = reading.word.keys.get(Language.RU, "")
    if reading.word.number or not lemma:
        return reading
    found: dict[str, int] = {}
    for shared in roots(lemma):
        for entry in vocabulary.prefixed(shared, _FAMILY_ENTRIES):
            if entry.lang == Language.RU.value and entry.key not in reading.keys and shared in roots(entry.key):
                found[entry.key] = vocabulary.frequency(entry.key, entry.lang)
    named = {synonym.keys for synonym in reading.also}
    usual = sorted(found, key=lambda key: (-found[key], key))[:_FAMILY]
    family = tuple(Synonym((key,), key, SYNONYM) for key in usual if (key,) not in named)
    return replace(reading, also=(*reading.also, *family)) if family else reading


def suggest(word: QueryWord, vocabulary: Vocabulary) -> str | None:
    """The usual word that a rare or unknown one may be a slip of, None where none is much more usual."""
    distance = _slips(word)
    if not distance:
        return None
    frequency = max((vocabulary.frequency(key, language.value) for language, key in word.keys.items()), default=0)
    usual = [
        entry
        for entry in vocabulary.near(word.surface, distance, _TYPO_ENTRIES)
        if vocabulary.frequency(entry.key, entry.lang) > frequency * _USUAL and entry.key not in word.keys.values()
    ]
    return usual[0].surface if usual else None


def _slips(word: QueryWord) -> int:
    """Letters that may be wrong: none in numbers and in words below five letters, one below nine, else two."""
    if word.number or any(map(str.isdigit, word.surface)) or len(word.surface) < 5:
        return 0
    return 1 if len(word.surface) < 9 else 2


def read_misspelt(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """The same word as one that may be misspelt; the reading itself where nothing is near.

    No letter may differ in words below five letters, one below nine, else two; numbers are never misspelt, nor are
    words that the thesaurus knows.
    """
    word = reading.word
    distance = _slips(word)
    if not distance or reading.also:
        return reading
    frequency = max((vocabulary.frequency(key) for key, worth in reading.keys.items() if worth > PREFIX), default=0)
    near = [
        entry
        for entry in vocabulary.near(word.surface, distance, _TYPO_ENTRIES)
        if vocabulary.frequency(entry.key, entry.lang) > frequency and entry.key not in reading.keys
    ]
    if not near:
        return reading
    keys = reading.keys | {entry.key: TYPO for entry in near}
    return replace(reading, keys=keys, read_as=reading.read_as or (None if frequency else near[0].surface))


def mend_layout(text: str, vocabulary: Vocabulary, analyser: Analyser) -> str:
    """The text with words typed on a Latin keyboard as if it were a Russian one, mended where that makes them known.

    Example: ``pfrjy j ,.l;tnt`` → ``закон о бюджете``.
    """
    pieces = text.split(" ")
    mended = [_mend(piece, vocabulary, analyser) for piece in pieces]
    if mended == pieces:
        return text
    # Words too short to be known by themselves go with the others.
    return " ".join(
        old.translate(_LAYOUT) if new == old and len(old) <= 2 and _TYPED_LATIN.fullmatch(old) else new
        for old, new in zip(pieces, mended, strict=True)
    )


def _mend(piece: str, vocabulary: Vocabulary, analyser: Analyser) -> str:
    if len(piece) < 3 or not _TYPED_LATIN.fullmatch(piece) or _knows(piece, vocabulary, analyser):
        return piece
    bare = piece.rstrip(",.;:\"'")
    mended = [(old.translate(_LAYOUT), piece[len(old) :]) for old in (piece, bare)]
    mended.sort(key=lambda pair: not vocabulary.lookup(pair[0].lower()))
    return next((new + rest for new, rest in mended if _knows(new, vocabulary, analyser)), piece)


def _knows(text: str, vocabulary: Vocabulary, analyser: Analyser) -> bool:
    for language in (Language.KY, Language.RU):
        tokens = analyser.analyze(text, language)
        if len(tokens) != 1:
            return False
        if vocabulary.frequency(tokens[0].key, language.value) or vocabulary.folded(tokens[0].surface):
            return True
    return False


def _restored(
    surface: str, frequency: int, vocabulary: Vocabulary, *, kyrgyz_typed: bool
) -> Iterator[tuple[Entry, float]]:
    """Forms that differ by letters that keyboards lack, and what they are worth."""
    special = _count_special(surface)
    for entry in vocabulary.folded(surface):
        other = vocabulary.frequency(entry.key, entry.lang)
        if _count_special(entry.surface) > special:
            # a word that exists as typed is only doubted where no ө ү ң were typed and the other is the usual one
            if not frequency or (not kyrgyz_typed and other > frequency):
                yield entry, RESTORED
        elif other <= frequency or not frequency:
            yield entry, UNRESTORED


def _count_special(surface: str) -> int:
    return sum(map(surface.count, FOLDED))


def _generated(surface: str, vocabulary: Vocabulary, analyser: Analyser) -> Iterator[Entry]:
    """Kyrgyz forms with the missing letters put in, whose key is known though the form itself is not."""
    plain = fold(surface)
    places = [place for place, letter in enumerate(plain) if letter in _MISSED][:_MISSING]
    variants = []
    for chosen in itertools.product((False, True), repeat=len(places)):
        letters = list(plain)
        for place, special in zip(places, chosen, strict=True):
            letters[place] = _MISSED[plain[place]] if special else plain[place]
        variants.append("".join(letters))
    for variant, tokens in zip(variants, analyser.analyze_many(variants, Language.KY), strict=True):
        if len(tokens) == 1 and (frequency := vocabulary.frequency(tokens[0].key, Language.KY.value)):
            yield Entry(variant, tokens[0].key, Language.KY.value, frequency)
