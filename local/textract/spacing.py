"""Spaces that the reader missed: gaps in the ink that no word has inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np

from local.textract.geometry import Box
from local.textract.page import Word
from local.textract.pixels import Image

# In heights of the word: letters stand up to 0.12 apart, words from 0.25.
_NARROWEST_SPACE = 0.2
# A "1" has this much more air on each side than other figures, so that columns of figures align.
_AIR = 0.13
_RULED = 0.9


def part_word(ink: Image, word: Word, centres: Sequence[float]) -> list[Word]:
    """The words that one read word really is; `centres` are its letters' shares of its length."""
    if len(centres) != len(word.text) or len(centres) < 3:
        return [word]
    gaps = _find_gaps(ink, word.box)
    if not gaps:
        return [word]
    usual = median(end - start for start, end in gaps) if len(gaps) > 2 else 0.0
    box, height = word.box, word.box.height
    cuts: list[tuple[int, float, float]] = []
    for start, end in gaps:
        middle = ((start + end) / 2 - box.left) / box.width
        index = sum(centre < middle for centre in centres)
        if not 0 < index < len(centres):
            continue
        air = _AIR * sum(letter == "1" for letter in word.text[index - 1 : index + 1])
        if end - start >= max((_NARROWEST_SPACE + air) * height, 1.9 * usual) and not any(
            index == other for other, _, _ in cuts
        ):
            cuts.append((index, start, end))
    return _cut(word, cuts)


def _find_gaps(ink: Image, box: Box) -> list[tuple[float, float]]:
    """The runs of columns without ink inside the box; drawn lines through it do not count."""
    top, left = max(0, int(box.top)), max(0, int(box.left))
    crop = np.asarray(ink[top : int(box.bottom) + 1, left : int(box.right) + 1]) > 0
    if crop.size == 0:
        return []
    ruled = crop.mean(axis=1) > _RULED
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
