"""What a scan shows beside its letters: rulings, checkboxes, ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TypeAlias

import cv2
import numpy as np
from cv2.typing import MatLike

from local.textract.pages.geometry import Box, enclose
from local.textract.pages.page import Ink, Ruling, Word
from local.textract.pages.rulings import merge_rulings

Image: TypeAlias = MatLike

_BOLD = 1.22
_SIGN_WORDS = ("sign", "unterschrift", "firma", "initial")


def binarise(grey: Image) -> Image:
    """Ink as 255 on 0, whatever the paper's shade."""
    return cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )


def mark_bold(ink: Image, words: Sequence[Word]) -> list[Word]:
    """The words, bold where their strokes are clearly thicker than the page's usual ones."""
    inner = cv2.erode(ink, np.ones((3, 3), np.uint8))
    strokes = [_measure_stroke(ink, inner, word) for word in words]
    known = [stroke for stroke in strokes if stroke]
    usual = median(known) if known else 0.0
    return [
        replace(word, bold=usual > 0 and stroke > _BOLD * usual)
        for word, stroke in zip(words, strokes, strict=True)
    ]


def _measure_stroke(ink: Image, inner: Image, word: Word) -> float:
    """Ink for each pixel of outline, as a share of the word's height: how thick its strokes are."""
    box = word.box
    rows = slice(max(0, int(box.top)), max(0, int(box.bottom)) + 1)
    columns = slice(max(0, int(box.left)), max(0, int(box.right)) + 1)
    area = np.count_nonzero(ink[rows, columns])
    edge = area - np.count_nonzero(inner[rows, columns])
    return area / edge / box.height if edge > 20 and box.height > 0 else 0.0


def find_rulings(ink: Image, em: float) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    """Horizontal and vertical lines of the straightened page."""
    reach = max(30, int(2.5 * em))
    thickest = max(6.0, 0.4 * em)
    across, down = [], []
    for left, top, width, height in _trace(ink, (reach, 1)):
        if height <= thickest:
            across.append(Ruling(top + height / 2, left, left + width))
    for left, top, width, height in _trace(ink, (1, reach)):
        if width <= thickest:
            down.append(Ruling(left + width / 2, top, top + height))
    place = max(3.0, 0.25 * em)
    return (
        merge_rulings(across, place=place, gap=0.8 * em),
        merge_rulings(down, place=place, gap=0.8 * em),
    )


def _trace(ink: Image, size: tuple[int, int]) -> list[Sequence[int]]:
    """Boxes of what is left when only runs of this size stay."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    # A line that leans by a pixel falls into steps; one pixel of reach joins them.
    lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [cv2.boundingRect(contour) for contour in contours]


def find_squares(ink: Image, em: float) -> list[tuple[Box, bool]]:
    """Hollow squares of a letter's size, and whether there is something inside."""
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found: list[tuple[Box, bool]] = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        if not (0.6 * em <= width <= 2 * em and 0.8 <= width / height <= 1.25):
            continue
        outline = cv2.approxPolyDP(contour, 0.06 * cv2.arcLength(contour, closed=True), closed=True)
        if len(outline) != 4 or cv2.contourArea(contour) < 0.82 * width * height:
            continue
        box = Box(left, top, left + width, top + height)
        if any(box.contains(other) for other, _ in found):
            continue
        edge = max(3, round(0.24 * width))
        inside = ink[top + edge : top + height - edge, left + edge : left + width - edge]
        filled = float(np.mean(inside)) / 255 if inside.size else 0.0
        if filled < 0.85:
            found.append((box, filled > 0.08))
    return found


def find_ink(
    ink: Image, words: Sequence[Word], rulings: Sequence[Ruling], em: float
) -> tuple[Ink, ...]:
    """Scribbles near the word that asks for a signature."""
    places = [word.box for word in words if any(part in word.text.lower() for part in _SIGN_WORDS)]
    if not places:
        return ()
    rest = ink.copy()
    for word in words:
        if word.confidence >= 75 or len(word.text) > 12:
            box = word.box
            margin = 0.15 * box.height
            cv2.rectangle(
                rest,
                (int(box.left), int(box.top - margin)),
                (int(box.right), int(box.bottom + margin)),
                0,
                thickness=-1,
            )
    _erase(rest, rulings, em)
    return tuple(
        Ink(box, 88.0)
        for box in _find_scribbles(rest, em)
        if any(_is_near(place, box, em) for place in places)
    )


def _erase(ink: Image, rulings: Sequence[Ruling], em: float) -> None:
    """Take the long straight lines out: a signature usually stands on one."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (max(30, int(3 * em)), 1))
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    if rulings:
        ink[cv2.dilate(lines, np.ones((5, 3), np.uint8)) > 0] = 0


def _find_scribbles(ink: Image, em: float) -> list[Box]:
    reach = max(3, int(0.5 * em))
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        if width < 3 * em or not 1.2 * em < height < 9 * em or width > 30 * em:
            continue
        share = float(np.mean(ink[top : top + height, left : left + width])) / 255
        if 0.015 < share < 0.4:
            half = reach / 2
            boxes.append(Box(left + half, top + half, left + width - half, top + height - half))
    return boxes


def _is_near(place: Box, ink: Box, em: float) -> bool:
    around = enclose([place])
    return around.overlap_x(ink) > -14 * em and around.overlap_y(ink) > -4 * em
