"""Columns without rulings: where the lines of a header and of the rows below it stand."""

from __future__ import annotations

from collections.abc import Sequence

from local.textract.pages.geometry import Box, enclose
from local.textract.pages.page import Line, Word, join_words

# A longer line is no row of column names.
_MOST_WORDS = 5


def find_column(box: Box, heads: Sequence[Box]) -> int | None:
    """The column a line belongs to; None when it runs over several or stands past them all."""
    overlaps = [box.overlap_x(head) for head in heads]
    over = [index for index, overlap in enumerate(overlaps) if overlap > 0]
    if len(over) == 1:
        return over[0]
    if len(over) > 1:
        best = max(over, key=lambda index: overlaps[index])
        others = sum(overlaps[index] for index in over if index != best)
        return best if others < 0.25 * box.width else None
    best = max(range(len(heads)), key=lambda index: overlaps[index])
    return best if -overlaps[best] < 6 * box.height else None


def split_heads(header: Sequence[Line], below: Sequence[Sequence[Line]]) -> list[Line]:
    """A header whose names stand too close to part, parted by the columns below it."""
    columns = _find_intervals(below)
    parted: list[Line] = []
    for line in header:
        over = [column for column in columns if line.box.overlap_x(column) > 0.2 * column.width]
        short = len(over) > 1 and len(line.words) <= _MOST_WORDS
        pieces = _split(line.words, over) if short else None
        parted.extend([line] if pieces is None else pieces)
    return parted


def _find_intervals(rows: Sequence[Sequence[Line]]) -> list[Box]:
    """The columns of a few rows, if the rows agree on them."""
    full = [row for row in rows if len(row) >= 2]
    columns: list[Box] = []
    for row in full:
        for line in row:
            near = [column for column in columns if column.overlap_x(line.box) > 0]
            if len(near) > 1:
                return []
            if near:
                columns[columns.index(near[0])] = enclose([near[0], line.box])
            else:
                columns.append(line.box)
    return sorted(columns, key=lambda column: column.left)


def _split(words: Sequence[Word], columns: Sequence[Box]) -> list[Line] | None:
    groups: list[list[Word]] = [[] for _ in columns]
    for word in words:
        distances = [abs(word.box.centre - column.centre) for column in columns]
        groups[distances.index(min(distances))].append(word)
    return [join_words(group) for group in groups] if all(groups) else None
