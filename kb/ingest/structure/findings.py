"""What the modules of structure find that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.documents import Doubt, LeftOut
from kb.ingest.structure.model import Piece, where


@dataclass(slots=True)
class Findings:
    """What a person should look at, gathered over all scopes."""

    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def doubt(self, code: str, piece: Piece, number: str | None = None) -> None:
        """Note a doubt about a piece."""
        self.doubts.append(Doubt(code, {"number": number} if number else {}, where(piece.block.place)))

    def leave_out(self, piece: Piece, reason: str) -> None:
        """Note a piece that no rule placed."""
        self.left_out.append(LeftOut(where(piece.block.place), piece.block.text, reason))
