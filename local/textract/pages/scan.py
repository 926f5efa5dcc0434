"""A page from pixels: turned upright and straight; its words, lines, boxes and ink."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees, hypot
from statistics import median

import cv2
import numpy as np

from local.textract.pages.geometry import Box, turn, unturn
from local.textract.pages.lines import build_lines
from local.textract.pages.page import Ink, Page, Word, measure_text
from local.textract.pages.pixels import (
    Image,
    binarise,
    find_ink,
    find_rulings,
    find_squares,
    mark_bold,
)
from local.textract.pages.recognition import Quad, Reading, Recogniser, Token
from local.textract.pages.selections import find_marks, join_squares
from local.textract.pages.spacing import part_words

_SHORTEST_LONG_SIDE = 1600
_LONGEST_SIDE = 2000
_STRAIGHT = 0.3
_CERTAIN = 0.72
# The boxes of the text detector stand off the letters by this share of their height.
_MARGIN = 0.16


def read_scan(image: Image, number: int, recogniser: Recogniser) -> Page:
    """Read a BGR image as one page; its frame leads back to the image as it was given."""
    image = _scale(image)
    reading, quarters = _read_upright(image, recogniser)
    upright = _rotate(image, quarters)
    skew = _measure_skew(reading)
    height, width = upright.shape[:2]
    ink = binarise(_straighten(cv2.cvtColor(upright, cv2.COLOR_BGR2GRAY), skew))
    words = [
        word
        for line in reading.lines
        for word in part_words(
            ink, [(_place(token, width, height, skew), token.centres) for token in line]
        )
    ]
    em = measure_text(words)
    words = mark_bold(ink, words)
    horizontals, verticals = find_rulings(ink, em)
    words, marks = find_marks(words)
    words, selections = join_squares(words, marks, find_squares(ink, em))
    inks = find_ink(ink, words, (*horizontals, *verticals), em)
    full_height, full_width = image.shape[:2]
    frame = turn(full_width, full_height, 90 * quarters + skew)
    return Page(
        number=number,
        frame=frame.shift((full_width - width) / 2, (full_height - height) / 2),
        lines=build_lines([word for word in words if not _is_scribble(word, inks)], verticals),
        horizontals=horizontals,
        verticals=verticals,
        selections=selections,
        inks=inks,
        em=em,
    )


def _is_scribble(word: Word, inks: Sequence[Ink]) -> bool:
    """Tell whether the reader took strokes of a signature for letters."""
    return word.confidence < 80 and any(ink.box.contains(word.box) for ink in inks)


def _scale(image: Image) -> Image:
    """Bring the longer side to what the models read well in two or three seconds."""
    longer = max(image.shape[:2])
    if _SHORTEST_LONG_SIDE <= longer <= _LONGEST_SIDE:
        return image
    goal = _LONGEST_SIDE if longer > _LONGEST_SIDE else _SHORTEST_LONG_SIDE
    # A tiny picture gains nothing from being blown up beyond this.
    factor = min(goal / longer, 2.5)
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, None, fx=factor, fy=factor, interpolation=how)


def _rotate(image: Image, quarters: int) -> Image:
    return np.ascontiguousarray(np.rot90(image, quarters))


def _read_upright(image: Image, recogniser: Recogniser) -> tuple[Reading, int]:
    """The reading of the image turned upright, and by how many quarters against the clock."""
    reading = recogniser.read(image)
    if not reading.lines:
        return reading, 0
    sideways = _is_sideways(reading)
    if not sideways and reading.certainty >= _CERTAIN:
        return reading, 0
    readings = {0: reading} if not sideways else {}
    for quarters in (1, 3) if sideways else (2,):
        readings[quarters] = recogniser.read(_rotate(image, quarters))
    best = max(readings, key=lambda quarters: readings[quarters].certainty)
    return readings[best], best


def _is_sideways(reading: Reading) -> bool:
    """Tell whether most of the text runs up or down."""
    tall = wide = 0
    for line in reading.lines:
        text = sum(len(token.text) for token in line)
        first, last = line[0].quad, line[-1].quad
        across = hypot(*(last[1] - first[0]))
        down = hypot(*(first[3] - first[0]))
        if text < 3:
            continue
        if down > 1.5 * across or abs(_measure_angle(first, last)) > 45:
            tall += text
        else:
            wide += text
    return tall > wide


def _measure_angle(first: Quad, last: Quad) -> float:
    along = last[1] - first[0]
    return degrees(atan2(along[1], along[0]))


def _measure_skew(reading: Reading) -> float:
    """How far the lines lean, in degrees clockwise; 0 when they are straight enough."""
    angles = []
    for line in reading.lines:
        first, last = line[0].quad, line[-1].quad
        length = hypot(*(last[1] - first[0]))
        if length > 5 * hypot(*(first[3] - first[0])):
            angles.append(_measure_angle(first, last))
    skew = median(angles) if len(angles) >= 3 else 0.0
    return 0.0 if abs(skew) < _STRAIGHT else skew


def _straighten(grey: Image, skew: float) -> Image:
    if not skew:
        return grey
    height, width = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def _place(token: Token, width: int, height: int, skew: float) -> Word:
    """A word with an upright box of the letters' height, from the detector's wider one."""
    corners = [unturn(width, height, skew, float(x), float(y)) for x, y in token.quad]
    left = (corners[0][0] + corners[3][0]) / 2
    right = (corners[1][0] + corners[2][0]) / 2
    top = (corners[0][1] + corners[1][1]) / 2
    bottom = (corners[2][1] + corners[3][1]) / 2
    margin = _MARGIN * (bottom - top)
    box = Box(min(left, right), top + margin, max(left, right), bottom - margin)
    return Word(token.text, box, round(100 * min(1.0, token.score), 4))
