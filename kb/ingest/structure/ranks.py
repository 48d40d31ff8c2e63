"""How deep headings stand."""

from __future__ import annotations

from collections.abc import Sequence

from kb.documents import Level
from kb.ingest.structure.marks import MarkKind
from kb.ingest.structure.model import Piece

#: Level of each numbered heading above the articles, and how deep it stands.
HIGHER: dict[MarkKind, tuple[Level, float]] = {
    MarkKind.PART: (Level.PART, 0),
    MarkKind.SECTION: (Level.SECTION, 1),
    MarkKind.SUBSECTION: (Level.SECTION, 2),
    MarkKind.CHAPTER: (Level.CHAPTER, 3),
    MarkKind.SUBCHAPTER: (Level.SUBCHAPTER, 4),
}
#: Rank of ``1. Общие положения`` above articles or points.
BARE = 5.0
#: Rank of headings without number, below all numbered ones.
UNNUMBERED = 6.0


def inverted(pieces: Sequence[Piece]) -> dict[MarkKind, tuple[Level, float]]:
    """Rank of sections that stand inside chapters, as in regulations of councils: ``1-бөлүм.`` below ``I-бап.``."""
    marks = [piece.mark.kind for piece in pieces if piece.mark and piece.mark.kind in HIGHER]
    sections, chapters = marks.count(MarkKind.SECTION), marks.count(MarkKind.CHAPTER)
    if not 0 < chapters < sections or marks.index(MarkKind.CHAPTER) > marks.index(MarkKind.SECTION):
        return {}
    return {MarkKind.SECTION: (Level.SECTION, 3.5)}
