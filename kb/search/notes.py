"""Notes that commits leave in an index on what they changed in its vocabulary, and how a reader follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.search.vocabulary import Change, Vocabulary


@dataclass(frozen=True, slots=True)
class CommitNote:
    """What a commit told of the vocabulary.

    Attributes:
        generation: number of the commit, from 1.
        whole: whether the change is the whole vocabulary, not what the commit added.
        change: the change.
    """

    generation: int
    whole: bool
    change: Change


def follow_notes(seen: int, known: Vocabulary | None, notes: Sequence[CommitNote]) -> Vocabulary:
    """The vocabulary after notes of commits beyond generation ``seen``.

    Args:
        seen: generation that ``known`` stands for, 0 for none.
        known: the vocabulary so far, which is changed where the notes go on from it.
        notes: notes of later generations, ordered by generation.
    """
    steps = [note for note in notes if not note.whole]
    vocabulary = known if known is not None else Vocabulary()
    if any(note.whole for note in notes) and (known is None or not steps or steps[0].generation > seen + 1):
        base = [note for note in notes if note.whole][-1]
        vocabulary = Vocabulary()
        vocabulary.apply(base.change)
        steps = [note for note in steps if note.generation > base.generation]
    for note in steps:
        vocabulary.apply(note.change)
    return vocabulary
