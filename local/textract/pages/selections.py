"""Checkboxes and radio buttons: as glyphs, as brackets in the text, as drawn squares."""

from __future__ import annotations

import re
from collections.abc import Sequence

from local.textract.pages.geometry import Box, enclose
from local.textract.pages.page import Selection, Word

# The private-use letters are Wingdings, which many forms tick with.
_CHECKED = frozenset("☑☒✓✔✗✘🗹🗷⊠◉⦿●\uf0fe\uf0fd\uf078\uf052\uf054\uf0fc\uf0fb")
_UNCHECKED = frozenset("☐□❏❐❑❒▢⬜◯○\uf06f\uf071\uf072\uf0a8\uf0a1\uf070")
_BRACKETS = re.compile(r"^[\[(]([xX✓✔ _]?)[\])]$")
# What a reader makes of a tick, or of the square itself.
_TICKS = frozenset(
    ["X", "x", "\u00d7", "V", "v", "√", "✓", "✔", "口", "回", "区", "O", "D", "M", "Y", "a"]
)
# A tick as large as a letter but beside text is a selection; these alone could be a bullet.
_ONLY_ALONE = frozenset("●○◯")


def find_marks(words: Sequence[Word]) -> tuple[list[Word], list[Selection]]:
    """Part the words that are checkboxes from those that are text."""
    kept: list[Word] = []
    marks: list[Selection] = []
    index = 0
    while index < len(words):
        word = words[index]
        if _opens_bracket(words, index):
            # "[ ]" comes as two words, because there is a space between the brackets.
            box = enclose([word.box, words[index + 1].box])
            marks.append(Selection(box, selected=False, confidence=word.confidence))
            index += 2
            continue
        selected = _read_mark(word.text)
        if selected is None:
            kept.extend(_split_mark(word, marks))
        else:
            marks.append(Selection(word.box, selected=selected, confidence=word.confidence))
        index += 1
    return kept, marks


def _opens_bracket(words: Sequence[Word], index: int) -> bool:
    if index + 1 >= len(words) or words[index].text != "[" or words[index + 1].text != "]":
        return False
    first, second = words[index].box, words[index + 1].box
    return first.overlap_y(second) > 0 and 0 <= second.left - first.right < 1.5 * first.height


def _read_mark(text: str) -> bool | None:
    if text in _CHECKED:
        return True
    if text in _UNCHECKED:
        return False
    bracket = _BRACKETS.match(text)
    # "(x)" is seldom a radio button and "()" never text; both are read as one.
    return None if bracket is None else bool(bracket.group(1).strip(" _"))


def _split_mark(word: Word, marks: list[Selection]) -> list[Word]:
    """Part a mark from the word that it is glued to, as in "☑Yes"."""
    head = word.text[0]
    if len(word.text) == 1 or head in _ONLY_ALONE or head not in _CHECKED | _UNCHECKED:
        return [word]
    box = word.box
    cut = box.left + box.width / len(word.text)
    marks.append(
        Selection(
            Box(box.left, box.top, cut, box.bottom),
            selected=head in _CHECKED,
            confidence=word.confidence,
        )
    )
    rest = Box(cut, box.top, box.right, box.bottom)
    return [Word(word.text[1:], rest, word.confidence, word.bold)]


def find_drawn_boxes(
    boxes: Sequence[Box], marks: Sequence[Selection], em: float
) -> tuple[Selection, ...]:
    """Small drawn squares are checkboxes; a tick inside one selects it."""
    squares: list[Box] = []
    for box in boxes:
        if not (0.55 * em <= box.width <= 1.8 * em and 0.8 <= box.width / box.height <= 1.25):
            continue
        if not any(_is_same(box, other) for other in squares):
            squares.append(box)
    # Squares in an unbroken row are the combs that digits are written into.
    squares = [box for box in squares if not _is_comb(box, squares)]
    found: list[Selection] = []
    free = list(marks)
    for square in squares:
        inside = [
            mark
            for mark in free
            if square.overlap_x(mark.box) > 0.3 * mark.box.width
            and square.overlap_y(mark.box) > 0.3 * mark.box.height
        ]
        for mark in inside:
            free.remove(mark)
        selected = any(mark.selected for mark in inside)
        found.append(Selection(square, selected=selected, confidence=97.0))
    return tuple(found + free)


def pair_edges(strokes: Sequence[Box], em: float) -> list[Box]:
    """Squares of which each edge was drawn by itself: a top and a bottom of one length."""
    edges = [box for box in strokes if box.height < 1 and 0.55 * em <= box.width <= 1.8 * em]
    squares = []
    for top in edges:
        for bottom in edges:
            apart = bottom.top - top.top
            if (
                0.8 * top.width <= apart <= 1.25 * top.width
                and abs(top.left - bottom.left) < 1.5
                and abs(top.right - bottom.right) < 1.5
            ):
                squares.append(Box(top.left, top.top, top.right, bottom.bottom))
    return squares


def _is_same(one: Box, other: Box) -> bool:
    return abs(one.centre - other.centre) < 2 and abs(one.middle - other.middle) < 2


def _is_comb(box: Box, squares: Sequence[Box]) -> bool:
    return any(
        other is not box
        and abs(other.middle - box.middle) < 0.2 * box.height
        and abs(abs(other.centre - box.centre) - box.width) < 0.25 * box.width
        for other in squares
    )


def join_squares(
    words: Sequence[Word], marks: Sequence[Selection], squares: Sequence[tuple[Box, bool]]
) -> tuple[list[Word], tuple[Selection, ...]]:
    """Squares seen in a scan as selections; a cross read inside of one was its tick.

    A square around any other word frames that word, as a quantity or a box number is framed.
    """
    plain = [box for box, _ in squares]
    framed = [word.box for word in words if word.text not in _TICKS]
    squares = [
        (box, filled)
        for box, filled in squares
        if not _is_comb(box, plain) and not any(box.contains(word) for word in framed)
    ]
    kept = [
        word
        for word in words
        if word.text not in _TICKS or not any(_shares(box, word.box) for box, _ in squares)
    ]
    found = [Selection(box, selected=filled, confidence=93.0) for box, filled in squares]
    alone = [mark for mark in marks if not any(_shares(box, mark.box) for box, _ in squares)]
    return kept, tuple(found + alone)


def _shares(square: Box, other: Box) -> bool:
    return square.overlap_x(other) > 0.4 * min(square.width, other.width) and (
        square.overlap_y(other) > 0.4 * min(square.height, other.height)
    )
