"""Checkboxes as fields: the words beside a box are its key, its state is the value."""

from __future__ import annotations

from collections.abc import Sequence

from local.textract.meaning.field_book import FieldBook
from local.textract.pages.geometry import Box
from local.textract.pages.page import Line, Selection, Word

_CONFIDENCE = 90.0
_NEAR = 2.2


def find_choices(book: FieldBook) -> None:
    """Each selection with the line that begins right of it, or else ends left of it."""
    selections = sorted(book.page.selections, key=lambda item: (item.box.middle, item.box.left))
    for selection in selections:
        words = _find_right(book, selection, selections) or _find_left(book, selection)
        if any(letter.isalpha() for word in words for letter in word.text):
            book.add(words, (), _CONFIDENCE, selection=selection)


def _beside(book: FieldBook, box: Box) -> list[Line]:
    return [
        line
        for line in book.page.lines
        if line.box.overlap_y(box) > 0.4 * min(line.box.height, box.height)
    ]


def _find_right(book: FieldBook, selection: Selection, others: Sequence[Selection]) -> list[Word]:
    box = selection.box
    words = sorted(
        (
            word
            for line in _beside(book, box)
            for word in line.words
            if word.box.left >= box.right - 0.3 * box.width
        ),
        key=lambda word: word.box.left,
    )
    stops = [
        other.box.left
        for other in others
        if other.box.left > box.right and other.box.overlap_y(box) > 0.4 * box.height
    ]
    stop = min(stops, default=float("inf"))
    found: list[Word] = []
    edge, reach = box.right, _NEAR * book.em
    for word in words:
        if word.box.left - edge > reach or word.box.left >= stop or not book.is_free([word]):
            break
        found.append(word)
        edge, reach = word.box.right, 0.95 * word.box.height
    return found if len(found) <= 14 else found[:14]


def _find_left(book: FieldBook, selection: Selection) -> list[Word]:
    box = selection.box
    for line in _beside(book, box):
        gap = box.left - line.box.right
        if -0.3 * box.width <= gap < _NEAR * book.em and book.is_free(line.words):
            return list(line.words)
    return []
