"""Fields whose label stands above the value: identity cards, letterheads, forms."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from local.textract.meaning.content import Table
from local.textract.meaning.field_book import FieldBook, collect_words
from local.textract.meaning.labels import ends_key, is_figure, is_label, names_field
from local.textract.pages.geometry import Box
from local.textract.pages.page import Line, Word

_CONFIDENCE = 88.0


def find_stacked_fields(book: FieldBook, tables: Sequence[Table], *, sure: bool) -> None:
    """A label line with its value directly below.

    When `sure`, only where the two are set differently and the label is a usual one.
    """
    headed = collect_words(tables, structured=True)
    lines = [line for line in book.page.lines if id(line.words[0]) not in headed]
    for label in lines:
        if not book.is_free(label.words) or not is_label(label.words):
            continue
        below = [
            line
            for line in lines
            if line is not label and _stands_below(label.box, line.box, book.em)
        ]
        if not below:
            continue
        value = min(below, key=lambda line: line.box.top)
        if (
            book.is_free(value.words)
            and not any(ends_key(word) for word in value.words)
            and len(value.words) <= 10
            and (_names_plainly(label, value) if sure else _looks_like_label_of(label, value))
            and not book.is_parted(label.box, value.box)
        ):
            book.add(label.words, [*value.words, *_find_rest(book, label, value)], _CONFIDENCE)


def find_label_rows(book: FieldBook, tables: Sequence[Table]) -> None:
    """A row of labels over a row of values, each value at its label's left edge."""
    headed = collect_words(tables, structured=True)
    for labels, values in zip(book.rows, book.rows[1:], strict=False):
        pairs = []
        for label in labels:
            below = [v for v in values if _stands_below(label.box, v.box, book.em)]
            if len(below) != 1 or not is_label(label.words) or not names_field(label.words):
                break
            pairs.append((label, below[0]))
        if len(pairs) < max(2, len(labels)) or any(
            id(label.words[0]) in headed or (names_field(value.words) and is_label(value.words))
            for label, value in pairs
        ):
            continue
        for label, value in pairs:
            if book.is_free((*label.words, *value.words)):
                rest = _find_rest(book, label, value)
                book.add(label.words, [*value.words, *rest], _CONFIDENCE)


def _names_plainly(label: Line, value: Line) -> bool:
    return (
        names_field(label.words)
        and is_label(label.words)
        and _differs(label, value)
        and _height(label) <= 1.1 * _height(value)
        and not (names_field(value.words) and is_label(value.words))
    )


def _find_rest(book: FieldBook, label: Line, value: Line) -> list[Word]:
    """Further lines of a value that is set unlike its label, as an address is."""
    if not _differs(label, value):
        return []
    rest: list[Word] = []
    for line in book.lines_below(value.box, most=3, align=0.4 * book.em):
        if _differs(value, line) or any(ends_key(word) for word in line.words):
            break
        rest.extend(line.words)
    return rest


def _height(line: Line) -> float:
    return median(word.box.height for word in line.words)


def _differs(one: Line, other: Line) -> bool:
    """Tell whether two lines are set in another weight or size."""
    bold = all(word.bold for word in one.words), all(word.bold for word in other.words)
    return bold[0] != bold[1] or not 0.88 <= _height(one) / _height(other) <= 1.14


def _stands_below(label: Box, value: Box, em: float) -> bool:
    gap = value.top - label.bottom
    return (
        -0.35 * em <= gap <= 0.95 * em
        and value.middle > label.middle
        and (
            abs(label.left - value.left) < 0.7 * em
            or abs(label.centre - value.centre) < 0.5 * em
            or (abs(label.right - value.right) < 0.5 * em and label.overlap_x(value) > 0)
        )
    )


def _looks_like_label_of(label: Line, value: Line) -> bool:
    small = median(word.box.height for word in label.words)
    large = median(word.box.height for word in value.words)
    known = names_field(label.words)
    if small <= 0.55 * large:
        return False  # a line over a heading
    if small <= 0.88 * large:
        return known or (is_figure(value.words) and len(label.words) <= 5)
    if small > 1.25 * large:
        return False  # a heading over its text
    bold = all(word.bold for word in label.words), all(word.bold for word in value.words)
    if bold[0] != bold[1] or (label.text.isupper() and not value.text.isupper()):
        return (known and len(label.words) <= 5) or is_figure(value.words)
    return known and is_figure(value.words) and len(label.words) <= 4


def find_single_rows(book: FieldBook, tables: Sequence[Table]) -> None:
    """A table of one entry is a row of fields: each header names the one value below it."""
    for table in tables:
        entries = {cell.row for cell in table.cells if cell.words and cell.entity is None}
        heads = [cell for cell in table.cells if cell.entity == "COLUMN_HEADER" and cell.words]
        if len(entries) != 1 or not heads:
            continue
        values = {cell.column: cell.words for cell in table.row(entries.pop())}
        for head in heads:
            if values.get(head.column) and book.is_free(head.words):
                book.add(head.words, values[head.column], _CONFIDENCE + 5)


def find_listed_fields(book: FieldBook, tables: Sequence[Table]) -> None:
    """A table of two columns without a header lists fields: label left, value right."""
    for table in tables:
        if table.structured or table.column_count % 2:
            continue
        for row in range(1, table.row_count + 1):
            cells = table.row(row)
            for left, right in zip(cells[::2], cells[1::2], strict=False):
                if (
                    left.words
                    and is_label(left.words)
                    and book.is_free((*left.words, *right.words))
                ):
                    book.add(left.words, right.words, _CONFIDENCE + 5)
