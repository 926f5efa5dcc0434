"""Words into lines: neighbours on one baseline, parted by wide gaps and by drawn lines."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import median

from local.textract.pages.geometry import Box
from local.textract.pages.page import Line, Ruling, Word, join_words

# A gap wider than this many text heights ends a line. Word spaces are about 0.3, those of
# justified text up to 0.8; the columns of a tight statement stand about 1 apart.
WIDEST_SPACE = 0.95


def build_lines(words: Sequence[Word], verticals: Sequence[Ruling] = ()) -> tuple[Line, ...]:
    """Chain each word to its nearest neighbour on the right; lines come in reading order."""
    ordered = sorted(words, key=lambda word: word.box.middle)
    middles = [word.box.middle for word in ordered]
    lefts = [word.box.left for word in ordered]
    tallest = max((word.box.height for word in ordered), default=0.0)
    following: dict[int, int] = {}
    claimed: dict[int, tuple[float, int]] = {}
    for index, word in enumerate(ordered):
        reach = (tallest + word.box.height) / 2
        low = bisect_left(middles, word.box.middle - reach)
        high = bisect_right(middles, word.box.middle + reach)
        # Most words in reach stand elsewhere on the line: their left edge alone rules them out.
        nearest, farthest = word.box.left, word.box.right + WIDEST_SPACE * tallest
        among = [at for at in range(low, high) if nearest < lefts[at] <= farthest]
        best = _find_neighbour(word, ordered, among, verticals)
        if best is None:
            continue
        gap = ordered[best].box.left - word.box.right
        if best in claimed:
            other_gap, other = claimed[best]
            if other_gap <= gap:
                continue
            del following[other]
        claimed[best] = (gap, index)
        following[index] = best
    starts = [index for index in range(len(ordered)) if index not in claimed]
    return order_lines(_part_columns([_follow(start, following, ordered) for start in starts]))


def _part_columns(lines: Sequence[Line]) -> list[Line]:
    """Cut lines where two tight columns ran together.

    There the gap is wider than the line's others, and other lines begin at just that place.
    """
    starts = sorted((line.box.left, line.box.middle) for line in lines)
    parted: list[Line] = []
    for line in lines:
        words, begin = line.words, 0
        gaps = [two.box.left - one.box.right for one, two in itertools.pairwise(words)]
        usual = median(gaps) if len(gaps) > 1 else 0.3 * line.box.height
        for index, gap in enumerate(gaps, start=1):
            height = words[index].box.height
            if (
                gap > max(0.38 * height, 1.4 * usual)
                and not _groups_digits(words[index - 1].text, words[index].text)
                and _opens_column(words[index].box, starts, height)
            ):
                parted.append(join_words(words[begin:index]))
                begin = index
        parted.append(join_words(words[begin:]))
    return parted


def _groups_digits(left: str, right: str) -> bool:
    """Tell whether a space parts thousands: "3 127,90", over amounts that begin at the 127."""
    return (
        len(left) <= 4 and left[-1].isdigit() and right[:3].isdigit() and not right[3:4].isdigit()
    )


def _opens_column(box: Box, starts: Sequence[tuple[float, float]], em: float) -> bool:
    slack, reach = 0.15 * em, 9 * em
    low = bisect_left(starts, (box.left - slack, 0.0))
    high = bisect_right(starts, (box.left + slack, float("inf")))
    return sum(abs(middle - box.middle) < reach for _, middle in starts[low:high]) >= 2


def _follow(start: int, following: dict[int, int], words: Sequence[Word]) -> Line:
    chain, at = [words[start]], start
    while at in following:
        at = following[at]
        chain.append(words[at])
    return join_words(chain)


def _find_neighbour(
    word: Word, words: Sequence[Word], among: Sequence[int], verticals: Sequence[Ruling]
) -> int | None:
    box, best, best_gap = word.box, None, 0.0
    for index in among:
        other = words[index].box
        gap = other.left - box.right
        small = min(box.height, other.height)
        if (
            gap < -0.3 * small
            or gap > WIDEST_SPACE * max(small, 0.6 * max(box.height, other.height))
            or box.overlap_y(other) < 0.55 * small
            or (best is not None and gap >= best_gap)
            or _is_parted(box, other, verticals)
        ):
            continue
        best, best_gap = index, gap
    return best


def _is_parted(left: Box, right: Box, verticals: Sequence[Ruling]) -> bool:
    middle = (left.middle + right.middle) / 2
    return any(
        left.right - 0.3 * left.height <= ruling.at <= right.left + 0.3 * right.height
        and ruling.start <= middle <= ruling.end
        and left.centre < ruling.at < right.centre
        for ruling in verticals
    )


def order_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Reading order: rows from the top, each row from the left."""
    return tuple(line for row in group_rows(lines) for line in row)


def group_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand side by side, as rows from the top, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.middle):
        if rows and _shares_row(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.box.left)
    return rows


def _shares_row(row: Sequence[Line], line: Line) -> bool:
    # Measured against the row's first line: a chain of slight offsets must not swallow a page.
    first = row[0].box
    small = min(first.height, line.box.height)
    return first.overlap_y(line.box) >= 0.5 * small and all(
        other.box.overlap_x(line.box) < 0.3 * small for other in row
    )
