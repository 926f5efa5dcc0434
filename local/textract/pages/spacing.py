"""Spaces that the reader missed: gaps in the ink that no word has inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np

from local.textract.pages.geometry import Box
from local.textract.pages.page import Word
from local.textract.pages.pixels import Image

# In heights of the word; a line's own spaces say more, within these bounds.
_NARROWEST_SPACE, _WIDEST_SPACE = 0.34, 0.38
_SHARE_OF_SPACE = 0.83
_NO_WORD_BEGINS = frozenset(",.;:!?)]}%'\u2019")
# These stand in more air than other letters, so that columns of figures align.
_AIRY = frozenset("1Il")
_AIR = 0.1
_LONE_LETTER, _LETTERS = 1.35, 1.3
_RULED = 0.97


def part_words(ink: Image, line: Sequence[tuple[Word, tuple[float, ...]]]) -> list[Word]:
    """The words of a line, each parted where a space was missed.

    Beside each word come the centres of its letters, as shares of its length.
    """
    space = _measure_space(ink, [word for word, _ in line])
    return [part for word, centres in line for part in _part_word(ink, word, centres, space)]


def _measure_space(ink: Image, words: Sequence[Word]) -> float:
    """The space between words, in pixels: the narrowest of those that were seen."""
    height = median(word.box.height for word in words)
    spaces = [_WIDEST_SPACE * height]
    for left, right in pairwise(words):
        between = Box(left.box.centre, left.box.top, right.box.centre, left.box.bottom)
        gaps = [end - start for start, end in _find_gaps(ink, between)]
        spaces.append(max(gaps, default=_WIDEST_SPACE * height))
    return max(min(spaces), _NARROWEST_SPACE * height)


def _part_word(ink: Image, word: Word, centres: Sequence[float], space: float) -> list[Word]:
    if len(centres) != len(word.text) or len(centres) < 3:
        return [word]
    gaps = _find_gaps(ink, word.box)
    if not gaps:
        return [word]
    box, height = word.box, word.box.height
    least = _SHARE_OF_SPACE * space
    if sum(end - start >= least for start, end in gaps) > max(2, 0.4 * len(centres)):
        return [word]  # letters that all stand apart: a typewriter's, or a spaced heading
    cuts: list[tuple[int, float, float]] = []
    for start, end in gaps:
        middle = ((start + end) / 2 - box.left) / box.width
        index = sum(centre < middle for centre in centres)
        if (
            not 0 < index < len(centres)
            or word.text[index] in _NO_WORD_BEGINS
            or any(index == other for other, _, _ in cuts)
        ):
            continue
        air = _AIR * height * sum(letter in _AIRY for letter in word.text[index - 1 : index + 1])
        if end - start >= _weigh_doubt(word.text, index) * least + air:
            cuts.append((index, start, end))
    return _cut(word, cuts)


def _weigh_doubt(text: str, index: int) -> float:
    """How much wider than usual a gap must be: the reader seldom misses a space between letters."""
    if min(index, len(text) - index) == 1:
        return _LONE_LETTER
    return _LETTERS if text[index - 1].isalpha() and text[index].isalpha() else 1.0


def _find_gaps(ink: Image, box: Box) -> list[tuple[float, float]]:
    """The runs of columns without ink inside the box; drawn lines through it do not count."""
    top, left = max(0, int(box.top)), max(0, int(box.left))
    crop = np.asarray(ink[top : int(box.bottom) + 1, left : int(box.right) + 1]) > 0
    if crop.size == 0:
        return []
    # An underline fills its rows from end to end, low in the box; the bars of "TTC" are high up.
    ruled = crop.mean(axis=1) > _RULED
    ruled[: len(ruled) // 2] = False
    ruled |= np.roll(ruled, 1) | np.roll(ruled, -1)
    columns = np.flatnonzero(crop[~ruled].any(axis=0))
    return [
        (float(left + one + 1), float(left + two))
        for one, two in pairwise(columns.tolist())
        if two - one > 1
    ]


def _cut(word: Word, cuts: Sequence[tuple[int, float, float]]) -> list[Word]:
    edges = [(0, word.box.left, word.box.left), *sorted(cuts)]
    edges.append((len(word.text), word.box.right, word.box.right))
    return [
        replace(
            word,
            text=word.text[first:last],
            box=Box(start, word.box.top, end, word.box.bottom),
        )
        for (first, _, start), (last, end, _) in pairwise(edges)
    ]
