"""Pictures and lines of a PDF's page, through pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium

from kb.ingest.readers.ruling import Box

#: Objects of a page that are looked at, and segments of one path; a drawing of more is no table.
_MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 2_000
_THIN = 3.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands on a page beside its letters.

    Attributes:
        pictures: number of pictures, those inside forms too.
        paths: number of drawn paths.
        boxes: straight lines and frames of them that can rule a table, in the page's own space.
    """

    pictures: int
    paths: int
    boxes: tuple[Box, ...]


def read_drawing(page: pdfium.FPDF_PAGE) -> Drawing:
    """Count a page's pictures and gather its straight lines; areas filled without an outline rule nothing."""
    pictures = paths = 0
    boxes: list[Box] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            boxes.extend(_lines(item))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            for inner in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
                part = pdfium.FPDFFormObj_GetObject(item, inner)
                pictures += pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_IMAGE
    return Drawing(pictures, paths, tuple(boxes))


def _lines(path: pdfium.FPDF_PAGEOBJECT) -> Iterator[Box]:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *edges):
        return
    left, bottom, right, top = (edge.value for edge in edges)
    if right - left <= _THIN or top - bottom <= _THIN:
        yield left, bottom, right, top
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    segments = pdfium.FPDFPath_CountSegments(path)
    if not 0 < segments <= _MOST_SEGMENTS:
        return
    for points in _figures(path, segments):
        if stroke.value:
            for (x, y), (to_x, to_y) in pairwise(points):
                if abs(x - to_x) <= _THIN or abs(y - to_y) <= _THIN:
                    yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN:
            yield min(xs), min(ys), max(xs), max(ys)


def _figures(path: pdfium.FPDF_PAGEOBJECT, segments: int) -> Iterator[list[tuple[float, float]]]:
    """Points of each figure of a path, in the page's space; closed figures return to their first."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
