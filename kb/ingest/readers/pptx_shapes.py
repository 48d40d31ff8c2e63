"""Shapes of a slide, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.docx.package import MC, A, Element, P, choose, integer

#: Placeholders that a slide repeats from its master: date, footer, slide number.
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
_TITLES = frozenset({"title", "ctrTitle"})
_MOST_SHAPES = 5_000
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Box:
    """Place of a shape on the slide, in English metric units."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape.

    Attributes:
        element: its element.
        kind: type of its placeholder (``title``, ``body`` …), empty for shapes that are none.
        index: index of its placeholder, or None.
        box: where it stands, or None where neither it nor its layout says so.
        styles: list styles that its text inherits, the nearest first.
        children: shapes of a group, in reading order.
    """

    element: Element
    kind: str = ""
    index: str | None = None
    box: Box | None = None
    styles: tuple[Element, ...] = ()
    children: tuple[Shape, ...] = ()

    @property
    def is_title(self) -> bool:
        """Whether it is the slide's title."""
        return self.kind in _TITLES


class Layouts:
    """What the placeholders of a slide inherit from its layout and master."""

    def __init__(self, layout: Element | None, master: Element | None) -> None:
        """Keep the placeholders of both; either may be absent."""
        self._layers = [_placeholders(root) for root in (layout, master) if root is not None]
        texts = master.find(f"{P}txStyles") if master is not None else None
        self._texts: Mapping[str, Element] = {} if texts is None else {child.tag: child for child in texts}

    def of(self, kind: str, index: str | None) -> tuple[Box | None, tuple[Element, ...]]:
        """Place and list styles that a placeholder inherits."""
        box: Box | None = None
        styles: list[Element] = []
        for layer in self._layers:
            found = layer.get(f"#{index}") if index is not None and layer is self._layers[0] else None
            found = found if found is not None else layer.get(_general(kind))
            if found is None:
                continue
            box = box or _box(found)
            own = found.find(f"{P}txBody/{A}lstStyle")
            styles += [] if own is None else [own]
        name = "titleStyle" if kind in _TITLES else "bodyStyle"
        text = self._texts.get(f"{P}{name}")
        return box, (*styles, *([] if text is None else [text]))


def _general(kind: str) -> str:
    """Type of the placeholder that a master has for a type of a slide's."""
    return "title" if kind in _TITLES else "body"


def _placeholders(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for shape in root.iter(f"{P}sp"):
        mark = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if mark is None or mark.get("type") in _FURNITURE:
            continue
        if mark.get("idx"):
            found.setdefault(f"#{mark.get('idx')}", shape)
        found.setdefault(_general(mark.get("type") or "body"), shape)
    return found


def shapes_of(slide: Element, layouts: Layouts) -> list[Shape]:
    """Shapes of a slide: its title first, the rest from top to bottom and, side by side, from left to right.

    Args:
        slide: root element of the slide.
        layouts: what its placeholders inherit.
    """
    tree = slide.find(f"{P}cSld/{P}spTree")
    if tree is None:
        return []
    found = list(_children(tree, layouts, 0, [0]))
    titles = [shape for shape in found if shape.is_title]
    return [*titles, *in_order([shape for shape in found if not shape.is_title])]


def _children(parent: Element, layouts: Layouts, depth: int, count: list[int]) -> Iterator[Shape]:
    for element in parent:
        count[0] += 1
        if count[0] > _MOST_SHAPES or depth > _DEEPEST:
            return
        if element.tag == f"{MC}AlternateContent" and (branch := choose(element)) is not None:
            yield from _children(branch, layouts, depth + 1, count)
        elif element.tag == f"{P}grpSp":
            inner = in_order(list(_children(element, layouts, depth + 1, count)))
            yield Shape(element, box=_box(element), children=tuple(inner))
        elif element.tag in {f"{P}sp", f"{P}graphicFrame", f"{P}pic"} and not _is_hidden(element):
            shape = _shape(element, layouts)
            if shape.kind not in _FURNITURE:
                yield shape


def _is_hidden(element: Element) -> bool:
    properties = next(iter(element.iterfind(f"*/{P}cNvPr")), None)
    return properties is not None and properties.get("hidden") in {"1", "true"}


def _shape(element: Element, layouts: Layouts) -> Shape:
    mark = next(iter(element.iterfind(f"*/{P}nvPr/{P}ph")), None)
    if mark is None:
        return Shape(element, box=_box(element))
    kind, index = mark.get("type") or "body", mark.get("idx")
    box, styles = layouts.of(kind, index)
    return Shape(element, kind, index, _box(element) or box, styles)


def _box(element: Element) -> Box | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm"):
        place = element.find(path)
        if place is None:
            continue
        offset, size = place.find(f"{A}off"), place.find(f"{A}ext")
        if offset is not None and size is not None:
            edges = [
                integer(part.get(name)) for part, name in ((offset, "x"), (offset, "y"), (size, "cx"), (size, "cy"))
            ]
            if None not in edges:
                return Box(*(edge or 0 for edge in edges))
    return None


def in_order(shapes: Sequence[Shape]) -> list[Shape]:
    """Shapes in reading order: band by band from the top, each band from the left.

    Shapes stand in one band if the lower begins above the middle of the band's first. A shape whose place is not known
    follows the one before it in the file.
    """
    placed: list[tuple[Box, list[Shape]]] = []
    first: list[Shape] = []
    for shape in shapes:
        if shape.box is not None:
            placed.append((shape.box, [shape]))
        elif placed:
            placed[-1][1].append(shape)
        else:
            first.append(shape)
    placed.sort(key=lambda item: (item[0].top, item[0].left))
    found = first
    band: list[tuple[Box, list[Shape]]] = []
    for box, group in placed:
        if band and box.top >= band[0][0].top + max(band[0][0].height, 1) / 2:
            found += _band(band)
            band = []
        band.append((box, group))
    return found + _band(band)


def _band(band: list[tuple[Box, list[Shape]]]) -> list[Shape]:
    return [shape for _, group in sorted(band, key=lambda item: item[0].left) for shape in group]
