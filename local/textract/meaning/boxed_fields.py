"""Fields of a form's boxes: the small print at the top is the key, the rest is the value."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from local.textract.meaning.content import Table
from local.textract.meaning.field_book import FieldBook, collect_words
from local.textract.meaning.grids import Grid
from local.textract.meaning.labels import ends_key, is_currency, is_figure, is_label, names_field
from local.textract.pages.geometry import Box
from local.textract.pages.page import Line

_CONFIDENCE = 91.0
_LONGEST_LABEL = 22


def find_boxed_fields(book: FieldBook, grids: Sequence[Grid], tables: Sequence[Table]) -> None:
    """Boxes of a form: the small print at the top is the key, the rest is the value."""
    headed, listed = collect_words(tables, structured=True), collect_words(tables, structured=False)
    for grid in grids:
        for region in grid.regions:
            box = grid.place(region)
            lines = _read_box(book, box)
            words = [word for line in lines for word in line.words]
            if not words or any(id(word) in headed for word in words):
                continue
            if not book.is_free(words):
                continue
            for label, rest in split_box(lines, book.em):
                key = [word for line in label for word in line.words]
                value = [word for line in rest for word in line.words]
                if not value and any(id(word) in listed for word in key):
                    continue
                if value or _has_room(box, label, book.em):
                    below = Box(box.left, label[-1].box.bottom, box.right, box.bottom)
                    book.add(key, value, _CONFIDENCE, blank=None if value else below)


def _read_box(book: FieldBook, box: Box) -> list[Line]:
    return [line for line in book.page.lines if box.contains(line.box)]


def split_box(lines: Sequence[Line], em: float) -> list[tuple[Sequence[Line], Sequence[Line]]]:
    """The labels of a box, each with the lines of its value, or nothing where it is prose."""
    if any(ends_key(word) for word in lines[0].words[:-1]) or not _names_box(lines[0]):
        return []
    heights = [median(word.box.height for word in line.words) for line in lines]
    largest = max(heights)
    # A figure is never the label, however small it is filled in.
    small = [
        height <= 0.9 * largest and not is_figure(line.words) and not is_currency(line.text)
        for height, line in zip(heights, lines, strict=True)
    ]
    if small[0] and not all(small):
        # Small print and what was filled in take turns.
        starts = [
            index
            for index in range(len(lines))
            if small[index] and (index == 0 or not small[index - 1])
        ]
        pairs = []
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            cut = next((index for index in range(start, end) if not small[index]), end)
            if sum(len(line.words) for line in lines[start:cut]) <= _LONGEST_LABEL:
                pairs.append((lines[start:cut], lines[cut:end]))
        return pairs
    height = _find_cut(lines, heights, em)
    if height is None or sum(len(line.words) for line in lines[:height]) > _LONGEST_LABEL:
        return []
    return [(lines[:height], lines[height:])]


def _find_cut(lines: Sequence[Line], heights: Sequence[float], em: float) -> int | None:
    """How many of a box's lines are its label; None when there is no telling."""
    if len(lines) == 1:
        return 1 if names_field(lines[0].words) or is_label(lines[0].words) else None
    for cut in range(1, min(4, len(lines))):
        if max(heights[:cut]) > 1.2 * min(heights[cut:]):
            return None  # a heading over its text
        differs = all(w.bold for w in lines[cut].words) != all(w.bold for w in lines[0].words)
        gap = lines[cut].box.top - lines[cut - 1].box.bottom
        known = names_field(lines[0].words)
        if (known and (differs or gap > 0.5 * em)) or is_figure(lines[cut].words):
            return cut
    return 1 if len(lines) <= 3 and names_field(lines[0].words) else None


def _names_box(line: Line) -> bool:
    words = line.words
    if len(words) > 1 and len(words[0].text) <= 3 and any(c.isdigit() for c in words[0].text):
        words = words[1:]  # the box's number: "1a Employee's name"
    text = " ".join(word.text for word in words)
    letters = sum(letter.isalpha() for letter in text)
    return letters >= 2 and letters > 0.6 * len(text.replace(" ", "")) and len(words) <= 12


def _has_room(box: Box, lines: Sequence[Line], em: float) -> bool:
    return box.bottom - lines[-1].box.bottom > 0.7 * em and box.height < 8 * em
