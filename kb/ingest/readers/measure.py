"""Measures of a layout: margins, indent and the step from line to line, as most of its lines have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.ingest.readers.lines import Line

_FEW = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures of a page's text, in points.

    Attributes:
        left: left margin of full lines.
        right: right margin of full lines.
        bottom: baseline of the lowest line of full pages.
        indent: first-line indent that paragraphs have, 0 for none.
        pitches: step between lines of a paragraph, by the size of their letters.
        spaced: paragraphs stand further apart than their lines.
    """

    left: float
    right: float
    bottom: float
    indent: float
    pitches: Mapping[float, float]
    spaced: bool = False

    def pitch_of(self, upper: float, lower: float) -> float:
        """Step expected between lines of two sizes."""
        size = max(upper, lower)
        return self.pitches.get(round(size * 2) / 2) or size * 1.2

    def indents(self, line: Line) -> bool:
        """Whether a line starts at the indent at which paragraphs start."""
        return self.indent > 0 and abs(line.left - self.left - self.indent) < 5

    def centres(self, line: Line) -> bool:
        """Whether a line is centred: short on both sides, by as much on each."""
        before, after = line.left - self.left, self.right - line.right
        if before < 8 or after < 8 or (self.indent and abs(before - self.indent) < 3):
            return False
        return min(abs(before - after), abs(before - self.indent - after)) < max(6.0, 0.06 * (before + after))


def measure_pages(pages: Sequence[Sequence[Line]], sizes: Sequence[tuple[float, float]]) -> list[Measure]:
    """Measures of each page.

    Args:
        pages: lines of each page in reading order.
        sizes: width and height of each page, in points.

    Returns:
        One measure a page; pages with few lines take those of all pages of their size.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for index, (width, height) in enumerate(sizes):
        groups.setdefault((round(width / 10), round(height / 10)), []).append(index)
    found: list[Measure | None] = [None] * len(pages)
    for members in groups.values():
        common = _measure([pages[index] for index in members], None)
        for index in members:
            own = len(pages[index]) >= _FEW and len(members) > 1
            found[index] = _measure([pages[index]], common) if own else common
    return [measure for measure in found if measure is not None]


def _measure(pages: Sequence[Sequence[Line]], common: Measure | None) -> Measure:
    lines = [line for page in pages for line in page if not (line.columns or line.cell)]
    left, right = _margins(lines, common)
    wraps: dict[float, list[float]] = {}
    starts: list[float] = []
    steps: list[tuple[float, float]] = []
    for page in pages:
        for upper, lower in pairwise(line for line in page if not line.cell):
            fall = upper.baseline - lower.baseline
            full = right - upper.right < lower.lead + 0.25 * lower.size
            if full and lower.text[0].islower() and 0.8 < fall / max(lower.size, 0.1) < 3:
                wraps.setdefault(round(max(upper.size, lower.size) * 2) / 2, []).append(fall)
            elif upper.text[-1] in ".;:" and right - upper.right > 0.12 * (right - left):
                starts.append(lower.left - left)
                steps.append((fall, max(upper.size, lower.size)))
    pitches = dict(common.pitches) if common else {}
    for size, falls in wraps.items():
        if len(falls) > 2 or not common:
            pitches[size] = sorted(falls)[len(falls) // 2]
    if common:
        return Measure(left, right, common.bottom, common.indent, pitches, common.spaced)
    bottoms = sorted(min(line.baseline for line in page) for page in pages if page)
    bottom = bottoms[len(bottoms) // 2] if bottoms else 0.0
    plain = Measure(left, right, bottom, _indent(starts), pitches)
    apart = sum(fall > 1.08 * plain.pitch_of(size, size) for fall, size in steps if fall > 0)
    return replace(plain, spaced=len(steps) > 2 and apart > 0.7 * len(steps))


def _margins(lines: Sequence[Line], common: Measure | None) -> tuple[float, float]:
    if not lines:
        return (common.left, common.right) if common else (0.0, 1.0)
    lefts = Counter(round(line.left) for line in lines)
    rights = Counter(round(line.right) for line in lines)
    enough = max(2, len(lines) // 10)
    left = next((x for x in sorted(lefts) if lefts[x] + lefts[x + 1] >= enough), None)
    right = next((x for x in sorted(rights, reverse=True) if rights[x] + rights[x - 1] + rights[x - 2] >= enough), None)
    if common and (left is None or right is None or abs((right - left) - (common.right - common.left)) > 3):
        return common.left, common.right
    if left is None:
        left = min(lefts)
    ordered = sorted(line.right for line in lines)
    if (
        right is None
        or rights[right] + rights[right - 1] + rights[right - 2] < len(lines) // 4
        or sum(count for edge, count in rights.items() if edge > right + 2) > 0.03 * len(lines)
    ):
        right = round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.98))])
    return min(line.left for line in lines if abs(line.left - left) <= 1.5), max(
        (line.right for line in lines if line.right <= right + 1), default=float(right)
    )


def _indent(starts: Sequence[float]) -> float:
    """The indent at which most paragraphs start, 0 where they start at the margin or no indent is usual."""
    if len(starts) < 3:
        return 0.0
    value, count = Counter(round(start) for start in starts).most_common(1)[0]
    return float(value) if value > 5 and count >= len(starts) * 0.3 else 0.0
