"""The one order of hits for all engines: BM25F over the candidates, and what a lawyer expects beside it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.documents import Kind, Status
from kb.search.compounds import follow
from kb.search.engine import Candidate
from kb.search.readings import PREFIX, Reading
from kb.search.synonyms import SYNONYM, Synonym
from kb.search.vocabulary import Vocabulary

_K1 = 1.2
_B = 0.6
_TITLE, _HEADING = 0.5, 3.0
_NEAR = 0.5
_COVERED = 0.4
_BEGINS, _DEFINES = 0.2, 1.0
#: Words that follow a term where it is defined.
_DEFINING = frozenset(["бул", "это", "деп", "является", "понимается", "признается", "признаётся", "түшүнүлөт"])
_OWN_NUMBER = 4.0
_WHOLE_TITLE, _NAMED_ACT = 1.5, 3.0
#: Words with which the description of a document names its kind (``Типовой устав от …``).
_NAMES_KIND = 2
_PARENT = 0.8
_MOST, _BEHIND = 0.6, 0.97
_PHRASE = 1.5
_TOGETHER = 0.5

_STATUS: Mapping[str, float] = {
    Status.REPEALED: 0.5,
    Status.DRAFT: 0.8,
    Status.NOT_IN_FORCE_YET: 0.9,
}
_KIND: Mapping[str, float] = {
    Kind.CONSTITUTION: 1.08,
    Kind.CODE: 1.06,
    Kind.LAW: 1.06,
    Kind.DECREE: 1.03,
    Kind.CHARTER: 0.95,
    Kind.PROTOCOL: 0.92,
    Kind.FORM: 0.92,
    Kind.TRAINING: 0.92,
    Kind.ARTICLE: 0.92,
    Kind.OTHER: 0.92,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are measured by.

    Attributes:
        weights: weight of each word, then of each phrase.
        forms: for each form, the words that it matches and how well.
        phrases: forms of each phrase; the first has the number after the last word's.
        numbers: word that each number is, where it may be a record's own.
        named: words that are numbers of units or acts beyond doubt.
        heading_length: mean length of headings, in words.
        body_length: mean length of texts.
        names: other names of words, by each form that one may begin with.
        definition: whether what begins with the words is meant.
        known: forms that are worth looking at.
    """

    weights: tuple[float, ...]
    forms: Mapping[str, tuple[tuple[int, float], ...]]
    phrases: tuple[tuple[str, ...], ...]
    numbers: Mapping[str, int]
    named: frozenset[int]
    heading_length: float
    body_length: float
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    definition: bool = False
    known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset((*self.forms, *self.names)))


@dataclass(frozen=True, slots=True)
class Name:
    """Another name of some words of the query.

    Attributes:
        forms: forms of each of its words, in their order.
        words: words of the query that it stands for.
        worth: what it counts for each.
        text: as the thesaurus has it.
    """

    forms: tuple[frozenset[str], ...]
    words: tuple[int, ...]
    worth: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Word ``position`` of a text matches word (or phrase) ``word`` of the query with ``worth`` of at most 1.

    ``share`` is less than 1 where several words of the text match it together.
    """

    position: int
    word: int
    worth: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and the words that it has.

    ``worths`` says how well it has each word; SYNONYM and TRANSLATED mean by another name alone. ``near`` says how
    close together the words stand, from 0 to 1 (side by side).
    """

    candidate: Candidate
    score: float
    matched: frozenset[int]
    worths: Mapping[int, float] = field(default_factory=dict)
    near: float = 0.0

    @property
    def direct(self) -> bool:
        """Whether it has each of its words otherwise than by another name."""
        return min(self.worths.values(), default=1.0) > SYNONYM


def make_wanted(
    readings: Sequence[Reading],
    phrases: Sequence[tuple[str, ...]],
    vocabulary: Vocabulary,
    *,
    definition: bool = False,
) -> Wanted:
    """What candidates are measured by, with weights from the vocabulary's frequencies."""
    forms: dict[str, dict[int, float]] = {}
    weights: list[float] = []
    for place, reading in enumerate(readings):
        weights.append(_weigh(_frequency(reading, vocabulary), vocabulary.records()))
        for key, worth in reading.keys.items():
            for form in vocabulary.forms(key) | {key}:
                known = forms.setdefault(form, {})
                known[place] = max(known.get(place, 0.0), worth)
        if reading.keys:
            forms.setdefault(reading.word.surface, {})[place] = 1.0
            forms.setdefault(reading.read_as or reading.word.surface, {})[place] = 1.0
    for phrase in phrases:
        rarest = min((sum(entry.frequency for entry in vocabulary.lookup(form)) for form in phrase), default=0)
        weights.append(_PHRASE * _weigh(rarest, vocabulary.records()))
    return Wanted(
        weights=tuple(weights),
        forms={form: tuple(places.items()) for form, places in forms.items()},
        phrases=tuple(phrases),
        numbers={number.lower(): place for place, reading in enumerate(readings) for number in reading.numbers},
        named=frozenset(place for place, reading in enumerate(readings) if reading.word.numbered),
        heading_length=vocabulary.mean_length("heading"),
        body_length=vocabulary.mean_length("body"),
        names=_names(readings, vocabulary),
        definition=definition,
    )


def _names(readings: Sequence[Reading], vocabulary: Vocabulary) -> dict[str, tuple[Name, ...]]:
    places: dict[Synonym, list[int]] = {}
    for place, reading in enumerate(readings):
        for synonym in reading.also:
            places.setdefault(synonym, []).append(place)
    names: dict[str, tuple[Name, ...]] = {}
    for synonym, words in places.items():
        forms = tuple(frozenset(vocabulary.forms(key) | {key}) for key in synonym.keys)
        for first in forms[0]:
            names[first] = (*names.get(first, ()), Name(forms, tuple(words), synonym.worth, synonym.text))
    return names


def _frequency(reading: Reading, vocabulary: Vocabulary) -> int:
    sure = [vocabulary.frequency(key) for key, worth in reading.keys.items() if worth > PREFIX]
    if sure:
        return max(sure)
    other = [min(map(vocabulary.frequency, synonym.keys)) for synonym in reading.also]
    return sum(map(vocabulary.frequency, reading.keys)) or max(other, default=0)


def _weigh(frequency: int, records: int) -> float:
    common = min(frequency, records)
    return math.log1p((records - common + 0.5) / (common + 0.5))


def find_marks(words: Sequence[str], wanted: Wanted) -> list[Mark]:
    """Where a text has what is wanted, in its order; a phrase marks each of its words."""
    marks: list[Mark] = []
    forms, known = wanted.forms, wanted.known
    for position, word in [(position, word) for position, word in enumerate(words) if word in known]:
        marks += [Mark(position, place, worth) for place, worth in forms.get(word, ())]
        for name in wanted.names.get(word, ()):
            found = follow(words, position, name.forms)
            marks += [Mark(at, place, name.worth, 1 / len(found)) for at in found for place in name.words]
    first = len(wanted.weights) - len(wanted.phrases)
    for place, phrase in enumerate(wanted.phrases, start=first):
        for start in _occurrences(words, phrase):
            marks += [Mark(start + step, place, 1.0) for step in range(len(phrase))]
    if wanted.phrases or wanted.names:
        marks.sort(key=lambda mark: (mark.position, mark.word))
    return marks


def find_names(words: Sequence[str], wanted: Wanted) -> dict[int, str]:
    """For each word of the query that a text has by another name, the first such name."""
    found: dict[int, str] = {}
    for position, word in enumerate(words):
        for name in wanted.names.get(word, ()):
            if follow(words, position, name.forms):
                for place in name.words:
                    found.setdefault(place, name.text)
    return found


def _occurrences(words: Sequence[str], phrase: tuple[str, ...]) -> Iterable[int]:
    at = -1
    for _ in words:
        try:
            at = words.index(phrase[0], at + 1)
        except ValueError:
            return
        if tuple(words[at : at + len(phrase)]) == phrase:
            yield at


def rank(candidates: Iterable[Candidate], wanted: Wanted) -> list[Ranked]:
    """Candidates, best first; of equal ones in the order of edition and place.

    Those that have all words themselves come before those that have some by another name or not at all. A clause whose
    subclause has the same words comes behind it.
    """
    ranked = [
        one for one in (_measure(candidate, wanted) for candidate in candidates) if one.matched or not wanted.weights
    ]
    inside: dict[tuple[str, str], list[Ranked]] = {}
    for one in ranked:
        if one.candidate.within:
            inside.setdefault((one.candidate.edition, one.candidate.within), []).append(one)
    lowered = [_lower(one, inside.get((one.candidate.edition, one.candidate.eid or ""), ()), wanted) for one in ranked]
    direct = [one for one in lowered if _is_sure(one, wanted)]
    others = [one for one in lowered if not _is_sure(one, wanted)]
    return put_behind(_sorted(direct), _sorted(others))


def _lower(one: Ranked, inside: Sequence[Ranked], wanted: Wanted) -> Ranked:
    """A clause behind the best of its subclauses that has most of what it has, unless its own heading has it all."""
    heading = {mark.word for mark in find_marks(one.candidate.heading, wanted)}
    if not inside or heading >= one.matched:
        return one
    weight = _weight(one.matched, wanted)
    rivals = [other.score for other in inside if _weight(other.matched, wanted) >= _MOST * weight]
    return replace(one, score=min(one.score * _PARENT, _BEHIND * max(rivals))) if rivals else one


def _weight(words: Iterable[int], wanted: Wanted) -> float:
    return sum(wanted.weights[word] for word in words)


def _is_sure(one: Ranked, wanted: Wanted) -> bool:
    """Whether a candidate has all words themselves, and near each other: scattered ones often mean something else."""
    words = len(wanted.weights)
    return one.direct and len(one.matched) == words and (words == 1 or one.near >= _TOGETHER)


def put_behind(first: Sequence[Ranked], second: Sequence[Ranked]) -> list[Ranked]:
    """Both in their order, scores of the second so much lower that they fall from one to the next."""
    if not (first and second):
        return [*first, *second]
    scale = min(1.0, first[-1].score / (second[0].score or 1.0))
    return [*first, *(replace(one, score=one.score * scale) for one in second)]


def _sorted(ranked: Iterable[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda one: (-one.score, one.candidate.edition, one.candidate.place))


def _measure(candidate: Candidate, wanted: Wanted) -> Ranked:
    heading = find_marks(candidate.heading, wanted)
    body = find_marks(candidate.body, wanted)
    title = find_marks(candidate.title, wanted)
    counts: dict[int, float] = {}
    worths: dict[int, float] = {}
    for mark in (*title, *heading, *body):
        worths[mark.word] = max(worths.get(mark.word, 0.0), mark.worth)
    for marks, factor in (
        (title, _TITLE),
        (heading, _HEADING / _stretch(len(candidate.heading), wanted.heading_length)),
        (body, 1 / _stretch(len(candidate.body), wanted.body_length)),
    ):
        for mark in marks:
            # other names add nothing where the word itself stands
            if mark.worth > SYNONYM or worths[mark.word] <= SYNONYM:
                counts[mark.word] = counts.get(mark.word, 0.0) + factor * mark.share
    own = wanted.numbers.get((candidate.number or "").lower())
    if own is not None:
        counts[own] = counts.get(own, 0.0) + (_HEADING if own in wanted.named else 1.0)
        worths[own] = 1.0
    matched = frozenset(counts)
    score = sum(wanted.weights[word] * worths[word] * count / (_K1 + count) for word, count in counts.items())
    whole = sum(wanted.weights) or 1.0
    score *= sum(wanted.weights[word] for word in matched) / whole
    near = max(_nearness(marks, matched, worths) for marks in (heading, body))
    score *= 1 + _NEAR * near
    end = _begins(body, matched)
    if end is not None:
        score *= 1 + _BEGINS
        if wanted.definition and _DEFINING.intersection(candidate.body[end + 1 : end + 3]):
            score *= 1 + _DEFINES
    covered = len({mark.position for mark in heading}) / max(len(candidate.heading), 1)
    score *= 1 + _COVERED * covered
    if own is not None and own in wanted.named:
        score *= _OWN_NUMBER
    if candidate.eid is None and (factor := _by_title(heading, body, wanted)) > 1:
        score *= factor
        # what names the act's kind is no part of its title
        near = max(near, _nearness(heading, frozenset(mark.word for mark in heading), worths))
    score *= _STATUS.get(candidate.status, 1.0) * _KIND.get(candidate.kind, 1.0)
    return Ranked(candidate, score, matched, worths, near)


def _by_title(title: Sequence[Mark], description: Sequence[Mark], wanted: Wanted) -> float:
    """Factor of a document whose title has all words, or all but those that name its kind (``закон о бюджете``)."""
    words = {mark.word for mark in title}
    kind = {mark.word for mark in description if mark.position < _NAMES_KIND} - words
    if not words or len(words | kind) < len(wanted.weights):
        return 1.0
    return _NAMED_ACT if kind else _WHOLE_TITLE


def _begins(marks: Sequence[Mark], matched: frozenset[int]) -> int | None:
    """Where the words end with which a text begins, None where it does not begin with all words that it has."""
    lacking = set(matched)
    for mark in marks:
        lacking.discard(mark.word)
        if mark.position > 2 * len(matched):
            return None
        if not lacking:
            return mark.position if len(matched) > 1 else None
    return None


def _stretch(length: int, mean: float) -> float:
    return 1 - _B + _B * length / mean


def _nearness(marks: Sequence[Mark], matched: frozenset[int], worths: Mapping[int, float]) -> float:
    """How close together all matched words stand: 1 side by side, 0 where one is missing or there is but one.

    Other names of a word count where the record does not have the word itself.
    """
    marks = [mark for mark in marks if mark.worth > SYNONYM or worths[mark.word] <= SYNONYM]
    if len(matched) < 2 or len({mark.word for mark in marks}) < len(matched):
        return 0.0
    return min(len(matched) / shortest_window(marks, len(matched)), 1.0)


def shortest_window(marks: Sequence[Mark], words: int) -> int:
    """Length of the shortest run of a text that holds ``words`` different words of the query; marks hold as many."""
    counts: dict[int, int] = {}
    shortest = marks[-1].position - marks[0].position + 1
    first = 0
    for mark in marks:
        counts[mark.word] = counts.get(mark.word, 0) + 1
        while len(counts) == words:
            shortest = min(shortest, mark.position - marks[first].position + 1)
            gone = marks[first].word
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            first += 1
    return shortest


def positions_between(offsets: Sequence[int], start: int, end: int) -> range:
    """Positions of the words that stand between two characters; ``offsets`` as in ``Words``."""
    starts = offsets[::2]
    return range(bisect_left(starts, start), bisect_left(starts, end))
