"""A PDF page turned upright: words into lines, drawings into rulings, boxes and scribbles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from local.textract.pages.drawings import Point
from local.textract.pages.geometry import Box, enclose, turn, unturn
from local.textract.pages.lines import build_lines
from local.textract.pages.page import Ink, Line, Page, Ruling, Word, measure_text
from local.textract.pages.pdf import PdfPage
from local.textract.pages.rulings import merge_rulings
from local.textract.pages.selections import find_drawn_boxes, find_marks, pair_edges
from local.textract.pages.text_layer import Glyphs, name_word

_FEWEST_CHARACTERS = 8


def needs_ocr(page: PdfPage) -> bool:
    """Tell whether a page is a picture: next to no text, but something else to look at."""
    characters = sum(len(glyphs.text) for glyphs in page.glyphs)
    if characters >= _FEWEST_CHARACTERS:
        area = max(1.0, (page.right - page.left) * (page.top - page.bottom))
        # A stamp or page number over a full-page scan is no text layer either.
        return characters < 60 and page.drawings.picture_area > 0.7 * area
    return page.drawings.picture_area > 0


@dataclass(frozen=True, slots=True)
class _Placing:
    """From page coordinates, by way of the page as displayed, to a frame `degrees` turned."""

    page: PdfPage
    degrees: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.page.right - self.page.left, self.page.top - self.page.bottom
        return (height, width) if self.page.rotation % 180 else (width, height)

    def display(self, x: float, y: float) -> Point:
        page = self.page
        match page.rotation % 360:
            case 90:
                return y - page.bottom, x - page.left
            case 180:
                return page.right - x, y - page.bottom
            case 270:
                return page.top - y, page.right - x
            case _:
                return x - page.left, page.top - y

    def point(self, x: float, y: float) -> Point:
        return unturn(*self.size, self.degrees, *self.display(x, y))

    def box(self, low: Point, high: Point) -> Box:
        (x0, y0), (x1, y1) = self.point(*low), self.point(*high)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def shows(self, glyphs: Glyphs) -> bool:
        width, height = self.size
        x, y = self.display((glyphs.left + glyphs.right) / 2, (glyphs.bottom + glyphs.top) / 2)
        return 0 <= x <= width and 0 <= y <= height

    def word(self, glyphs: Glyphs) -> Word:
        box = self.box((glyphs.left, glyphs.bottom), (glyphs.right, glyphs.top))
        return name_word(glyphs.text, box, bold=glyphs.bold)


def build_page(number: int, page: PdfPage) -> Page:
    """The page in the frame in which most of its text stands upright."""
    weights: Counter[int] = Counter()
    for glyphs in page.glyphs:
        weights[glyphs.quarter] += len(glyphs.text)
    main = weights.most_common(1)[0][0] if weights else -page.rotation // 90 % 4
    placing = _place(page, main)
    horizontals, verticals = _read_rulings(page, placing)
    words = [
        placing.word(glyphs)
        for glyphs in page.glyphs
        if glyphs.quarter == main and placing.shows(glyphs)
    ]
    em = measure_text(words)
    boxes = [placing.box(low, high) for low, high in page.drawings.boxes]
    boxes += pair_edges([placing.box(start, end) for start, end in page.drawings.strokes], em)
    words, marks = find_marks(words)
    selections = find_drawn_boxes(boxes, marks, em)
    return Page(
        number=number,
        frame=turn(*placing.size, placing.degrees),
        lines=build_lines(words, verticals),
        asides=tuple(
            line
            for quarter in weights
            if quarter != main
            for line in _read_across(page, quarter, placing)
        ),
        horizontals=horizontals,
        verticals=verticals,
        selections=selections,
        inks=_read_inks(page, placing, em),
        em=em,
    )


def _place(page: PdfPage, quarter: int) -> _Placing:
    return _Placing(page, (page.rotation + 90 * quarter) % 360)


def _read_rulings(
    page: PdfPage, placing: _Placing
) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    horizontals, verticals = [], []
    for start, end in page.drawings.strokes:
        box = placing.box(start, end)
        if box.width >= box.height:
            horizontals.append(Ruling((box.top + box.bottom) / 2, box.left, box.right))
        else:
            verticals.append(Ruling((box.left + box.right) / 2, box.top, box.bottom))
    return merge_rulings(horizontals), merge_rulings(verticals)


def _read_across(page: PdfPage, quarter: int, placing: _Placing) -> list[Line]:
    """Lines that run in another direction, read in their own frame and placed in the page's."""
    own = _place(page, quarter)
    places = {}
    words = []
    for glyphs in page.glyphs:
        if glyphs.quarter == quarter and placing.shows(glyphs):
            word = own.word(glyphs)
            words.append(word)
            places[word] = placing.word(glyphs)
    return [
        Line(tuple(places[word] for word in line.words), enclose(places[w].box for w in line.words))
        for line in build_lines(words)
    ]


def _read_inks(page: PdfPage, placing: _Placing, em: float) -> tuple[Ink, ...]:
    """Stroked curves of a signature's size; several strokes that touch are one signature."""
    inks: list[Box] = []
    for low, high in page.drawings.scribbles:
        box = placing.box(low, high)
        near = next((ink for ink in inks if _is_close(ink, box, em)), None)
        if near is None:
            inks.append(box)
        else:
            inks[inks.index(near)] = enclose([near, box])
    return tuple(
        Ink(box, 90.0) for box in inks if box.width > 2.5 * em and 0.8 * em < box.height < 12 * em
    )


def _is_close(one: Box, other: Box, em: float) -> bool:
    return one.overlap_x(other) > -em and one.overlap_y(other) > -em
