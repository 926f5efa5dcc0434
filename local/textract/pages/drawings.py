"""What a PDF page draws beside its text: rulings, small boxes, scribbles, pictures."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_THIN = 2.5
_SHORT = 6.0
_MOST_SEGMENTS = 400
_WHITE = 245

Point = tuple[float, float]


@dataclass(slots=True)
class Drawings:
    """Shapes in page coordinates (points, y upwards)."""

    strokes: list[tuple[Point, Point]] = field(default_factory=list)
    boxes: list[tuple[Point, Point]] = field(default_factory=list)
    scribbles: list[tuple[Point, Point]] = field(default_factory=list)
    picture_area: float = 0.0


def read_drawings(page: pdfium.PdfPage) -> Drawings:
    """All shapes of one page; those inside form objects are placed by the form's matrix."""
    drawings = Drawings()
    for item in page.get_objects(max_depth=4):
        if item.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            _read_path(item, _find_matrix(item), drawings)
        elif item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            matrix = _find_matrix(item, own=False)
            (x0, y0), (x1, y1) = matrix.on_point(left, bottom), matrix.on_point(right, top)
            drawings.picture_area += abs((x1 - x0) * (y1 - y0))
    return drawings


def _find_matrix(item: pdfium.PdfObject, *, own: bool = True) -> pdfium.PdfMatrix:
    matrix = item.get_matrix() if own else pdfium.PdfMatrix()
    holder = item.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    return matrix


def _read_path(item: pdfium.PdfObject, matrix: pdfium.PdfMatrix, drawings: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    if not stroke.value and _is_white(item):
        return  # a background, which nobody sees
    if pdfium_c.FPDFPath_CountSegments(item.raw) > _MOST_SEGMENTS:
        return  # artwork
    curves = 0
    for points, curved in _read_subpaths(item, matrix):
        curves += curved
        if not curved and len(points) > 1:
            _sort_shape(points, bool(stroke.value), drawings)
    if curves >= 4 and stroke.value:
        bounds = item.get_bounds()
        holder = _find_matrix(item, own=False)
        drawings.scribbles.append(
            (holder.on_point(bounds[0], bounds[1]), holder.on_point(bounds[2], bounds[3]))
        )


def _is_white(item: pdfium.PdfObject) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium_c.FPDFPageObj_GetFillColor(
        item.raw,
        ctypes.byref(red),
        ctypes.byref(green),
        ctypes.byref(blue),
        ctypes.byref(alpha),
    )
    return alpha.value < 10 or min(red.value, green.value, blue.value) >= _WHITE


def _read_subpaths(
    item: pdfium.PdfObject, matrix: pdfium.PdfMatrix
) -> Iterator[tuple[list[Point], int]]:
    points: list[Point] = []
    curved = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium_c.FPDFPath_CountSegments(item.raw)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item.raw, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], 0
        curved += kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        points.append(matrix.on_point(x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, curved


def _sort_shape(points: list[Point], stroked: bool, drawings: Drawings) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    low, high = (min(xs), min(ys)), (max(xs), max(ys))
    width, height = high[0] - low[0], high[1] - low[1]
    if min(width, height) <= _THIN:
        if max(width, height) < _SHORT:
            return
        if width > height:
            middle = (low[1] + high[1]) / 2
            drawings.strokes.append(((low[0], middle), (high[0], middle)))
        else:
            middle = (low[0] + high[0]) / 2
            drawings.strokes.append(((middle, low[1]), (middle, high[1])))
        return
    straight = all(
        abs(x0 - x1) < 0.5 or abs(y0 - y1) < 0.5
        for (x0, y0), (x1, y1) in itertools.pairwise(points)
    )
    if not straight:
        return
    if len(points) in {4, 5}:
        drawings.boxes.append((low, high))
    # The edge of a coloured area parts nothing by itself: only what is stroked is a line.
    if stroked:
        pairs = list(itertools.pairwise(points))
        if len(points) == 4:
            pairs.append((points[-1], points[0]))
        drawings.strokes.extend(pair for pair in pairs if max(_extent(pair)) >= _SHORT)


def _extent(pair: tuple[Point, Point]) -> Point:
    (x0, y0), (x1, y1) = pair
    return abs(x1 - x0), abs(y1 - y0)
