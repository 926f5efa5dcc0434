"""Tables without a grid: a header over rows whose entries keep to its columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from local.textract.meaning.content import Table
from local.textract.meaning.labels import ends_key, is_data, is_figure, is_label, is_summary
from local.textract.meaning.table_columns import find_column, split_heads
from local.textract.meaning.table_draft import Draft, drop_hollow, is_header
from local.textract.pages.geometry import Box, enclose
from local.textract.pages.lines import group_rows
from local.textract.pages.page import Line, Page, Word

_WIDEST_ROW_GAP = 2.6
_CLOSE = 0.75

Row = Sequence[Line]


def find_aligned_tables(page: Page, taken: Sequence[Box]) -> list[Table]:
    """Tables outside of the boxes that are taken already."""
    lines = [line for line in page.lines if not any(box.contains(line.box) for box in taken)]
    rows = group_rows(lines)
    tables = []
    start = 0
    while start < len(rows) - 1:
        draft, end = _read_table(rows, start, page.em)
        if draft is None:
            start += 1
            continue
        tables.append(drop_hollow(draft).finish())
        start = end
    return tables


@dataclass(slots=True)
class _Entry:
    """One row of a table: the lines of each column, from the top."""

    columns: list[list[Line]]

    @property
    def width(self) -> int:
        """How many columns are filled."""
        return sum(map(bool, self.columns))

    @property
    def box(self) -> Box:
        return enclose(line.box for lines in self.columns for line in lines)

    def words(self, column: int) -> tuple[Word, ...]:
        return tuple(word for line in self.columns[column] for word in line.words)


def _read_table(rows: Sequence[Row], start: int, em: float) -> tuple[Draft | None, int]:
    if not all(is_label(line.words) or len(line.words) == 1 for line in rows[start]):
        return None, start
    header = split_heads(rows[start], rows[start + 1 : start + 4])
    if len(header) < 2:
        return None, start
    head = _Entry([[line] for line in header])
    first = start + 1
    # A header of two lines: what wraps stands close below and keeps to the columns.
    if first < len(rows) - 1 and _wraps(header, rows[first], em):
        boxes = [line.box for line in header]
        for line in rows[first]:
            column = find_column(line.box, boxes)
            if column is not None:
                head.columns[column].append(line)
        first += 1
    heads = [enclose(line.box for line in lines) for lines in head.columns]
    entries, end = _read_body(rows, first, heads, head.box.bottom, em)
    if not _is_table(head, entries):
        return None, start
    return _draft([head, *entries]), end


def _is_table(head: _Entry, entries: Sequence[_Entry]) -> bool:
    """Tell whether the rows have what a table has: a header, entries, a column of figures."""
    full = [entry for entry in entries if entry.width >= 2]
    columns = len(head.columns)
    if not full or len(full) < (2 if columns < 3 else 1):
        return False
    names = [head.words(column) for column in range(columns)]
    values = [full[0].words(column) for column in range(columns)]
    return is_header(names, values) and any(
        all(is_figure(entry.words(column)) for entry in full if entry.columns[column])
        and any(entry.columns[column] for entry in full)
        for column in range(columns)
    )


def _wraps(row: Row, below: Row, em: float) -> bool:
    if not 0 < len(below) <= len(row) or any(is_data(line.words) for line in below):
        return False
    top, bottom = min(line.box.top for line in below), max(line.box.bottom for line in row)
    return top - bottom < 0.35 * em and all(
        any(
            line.box.overlap_x(other.box) > 0.5 * min(line.box.width, other.box.width)
            and line.words[0].bold == other.words[0].bold
            for other in row
        )
        for line in below
    )


def _read_body(
    rows: Sequence[Row], first: int, heads: Sequence[Box], bottom: float, em: float
) -> tuple[list[_Entry], int]:
    entries: list[_Entry] = []
    reach = enclose(heads)
    gaps: list[float] = []
    at = first
    while at < len(rows):
        row = [line for line in rows[at] if line.box.right > reach.left - 2 * em]
        if not row:
            break
        gap = min(line.box.top for line in row) - bottom
        placed = _place_row(row, heads)
        if gap > _find_reach(gaps, em) or placed is None:
            break
        if _ends_table(placed, entries, gap, em):
            break
        if _is_rest(placed, entries, gap, em):
            for line, column in placed:
                entries[-1].columns[column].append(line)
        else:
            entry = _Entry([[] for _ in heads])
            for line, column in placed:
                entry.columns[column].append(line)
            entries.append(entry)
        bottom = max(line.box.bottom for line in row)
        gaps.append(gap)
        at += 1
    return entries, at


def _find_reach(gaps: Sequence[float], em: float) -> float:
    """The widest gap to a next row: rows are spaced alike, what follows a table is not."""
    if len(gaps) < 3:
        return _WIDEST_ROW_GAP * em
    return min(_WIDEST_ROW_GAP * em, 2 * max(0.0, median(gaps[1:])) + 0.8 * em)


def _place_row(row: Row, heads: Sequence[Box]) -> list[tuple[Line, int]] | None:
    """Each line with its column; None when one has none or they are out of order."""
    placed: list[tuple[Line, int]] = []
    for line in row:
        column = find_column(line.box, heads)
        if column is None or (placed and column < placed[-1][1]):
            return None
        placed.append((line, column))
    return placed


def _ends_table(
    placed: Sequence[tuple[Line, int]], entries: Sequence[_Entry], gap: float, em: float
) -> bool:
    line, column = placed[0]
    if len(placed) == 1:
        # What stands alone continues an entry of its column, or else comes after the table.
        above = entries[-1].columns[column] if entries else []
        return not above or gap > _CLOSE * em or abs(line.box.left - above[-1].box.left) > em
    if any(ends_key(line.words[0]) for line, _ in placed) and not any(
        is_figure(line.words) for line, _ in placed
    ):
        return True
    if not entries:
        return False
    if not any(is_figure(line.words) for line, _ in placed) and all(
        any(is_figure(line.words) for lines in entry.columns for line in lines)
        for entry in entries
        if entry.width > 1
    ):
        # A footer; or the rest of an entry, which keeps close.
        return gap > _CLOSE * em
    # Totals under the table are fields of their own; a second header opens another table.
    return (column > 0 and is_summary(line.words)) or (
        len(placed) > 2
        and all(is_label(line.words) and line.words[0].bold for line, _ in placed)
        and not any(line.words[0].bold for lines in entries[-1].columns for line in lines)
    )


def _is_rest(
    placed: Sequence[tuple[Line, int]], entries: Sequence[_Entry], gap: float, em: float
) -> bool:
    """Tell whether a row is the rest of the entry above: text only, close, within its columns."""
    if not entries or gap > _CLOSE * em or len(placed) >= entries[-1].width:
        return False
    return all(entries[-1].columns[column] and not is_data(line.words) for line, column in placed)


def _draft(entries: Sequence[_Entry]) -> Draft:
    spans = [
        enclose(line.box for entry in entries for line in entry.columns[column])
        for column in range(len(entries[0].columns))
    ]
    boxes = [entry.box for entry in entries]
    # Ragged columns may lap over each other by a little; edges still go one way.
    xs = sorted(
        [
            spans[0].left,
            *((one.right + two.left) / 2 for one, two in itertools.pairwise(spans)),
            max(span.right for span in spans),
        ]
    )
    ys = sorted(
        [
            boxes[0].top,
            *((one.bottom + two.top) / 2 for one, two in itertools.pairwise(boxes)),
            boxes[-1].bottom,
        ]
    )
    words = {
        (row, column): entry.words(column)
        for row, entry in enumerate(entries)
        for column in range(len(spans))
        if entry.columns[column]
    }
    return Draft(tuple(xs), tuple(ys), words, {}, confidence=96.0)
