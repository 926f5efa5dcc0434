"""Fields without a colon on one row: label and value parted by a gap, or run together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from local.textract.meaning.content import Table
from local.textract.meaning.field_book import FieldBook, bound
from local.textract.meaning.labels import (
    ends_label,
    is_address,
    is_amount,
    is_currency,
    is_data,
    is_label,
    is_money,
    is_rate,
    is_summary,
    names_field,
)
from local.textract.pages.page import Line, Word

_FARTHEST_VALUE = 45
_NEAR_VALUE = 14
_LONGEST_VALUE = 9
_CONFIDENCE = 92.0
"""Below an explicit colon's, above a guess by position."""


def find_paired_fields(book: FieldBook, rows: Sequence[Sequence[Line]]) -> None:
    """Labels with their value on the same row; `rows` leaves out what tables explain."""
    for number, row in enumerate(rows):
        free = [line for line in row if book.is_free(line.words)]
        free = _join_currency(free)
        index = 0
        while index < len(free):
            words = free[index].words
            after = free[index + 1] if index + 1 < len(free) else None
            if after is not None and _pairs(book, free[index], after, rows, number):
                book.add(words, after.words, _CONFIDENCE)
                index += 2
                continue
            split = split_run(words)
            if split is not None:
                book.add(*split, _CONFIDENCE - 4)
            index += 1


def find_summaries(book: FieldBook, tables: Sequence[Table]) -> None:
    """Lines of totals: the label, and the last amount that follows it.

    Those that a table has for its last rows count; its entries ("Cash deposit") do not.
    """
    entries = {
        id(word)
        for table in tables
        if table.structured
        for cell in table.cells
        if cell.entity is None
        for word in cell.words
    }
    for row in book.rows:
        free = _join_currency(
            [line for line in row if book.is_free(line.words) and id(line.words[0]) not in entries]
        )
        for index, label in enumerate(free):
            if not is_summary(label.words) or len(label.words) > 8 or is_money(label.words):
                continue
            key, value = list(label.words), None
            for line in free[index + 1 :]:
                if is_rate(line.words):
                    key.extend(line.words)
                elif is_money(line.words):
                    value = line
                else:
                    break
            if value is not None and not _is_head(row, label):
                book.add(key, value.words, _CONFIDENCE)


def _is_head(row: Sequence[Line], label: Line) -> bool:
    """Tell whether a total stands among other labels, as the head of a column does."""
    return sum(is_label(line.words) for line in row if line is not label) >= 2


def _join_currency(row: Sequence[Line]) -> list[Line]:
    """A currency that stands apart belongs to the amount on its right."""
    joined: list[Line] = []
    for line in row:
        if (
            joined
            and len(joined[-1].words) == 1
            and is_currency(joined[-1].text)
            and is_amount(line.words[0].text)
        ):
            words = (*joined[-1].words, *line.words)
            joined[-1] = Line(words, bound(words))
        else:
            joined.append(line)
    return joined


def _pairs(
    book: FieldBook,
    label: Line,
    value: Line,
    rows: Sequence[Sequence[Line]],
    number: int,
) -> bool:
    gap = value.box.left - label.box.right
    if (
        gap > _FARTHEST_VALUE * book.em
        or len(value.words) > _LONGEST_VALUE
        or not is_label(label.words)
        or book.is_parted(label.box, value.box)
    ):
        return False
    if gap > _NEAR_VALUE * book.em and not (
        is_summary(label.words)
        or is_money(value.words)
        or _has_pair_beside(rows, number, label, value, book.em)
    ):
        return False
    if names_field(label.words) and names_field(value.words) and is_label(value.words):
        return False  # two labels side by side, their values below
    if is_data(value.words) and not is_address(value.words):
        return True
    if label.words[0].bold and not value.words[0].bold and names_field(label.words):
        return len(label.words) <= 5
    # A name beside its label shows nothing of itself; its neighbours in the same columns do.
    return _has_pair_beside(rows, number, label, value, book.em)


def _has_pair_beside(
    rows: Sequence[Sequence[Line]], number: int, label: Line, value: Line, em: float
) -> bool:
    return any(
        _has_pair_at(rows[near], label, value, em)
        for near in (number - 1, number + 1)
        if 0 <= near < len(rows)
    )


def _has_pair_at(row: Sequence[Line], label: Line, value: Line, em: float) -> bool:
    for left, right in itertools.pairwise(row):
        if (
            abs(left.box.left - label.box.left) < 0.5 * em
            and min(abs(right.box.left - value.box.left), abs(right.box.right - value.box.right))
            < 0.5 * em
            and abs(left.box.middle - label.box.middle) < 2.5 * em
            and is_label(left.words)
            and is_data(right.words)
            and not is_address(right.words)
        ):
            return True
    return False


def split_run(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """Part "Invoice No. 4711", "Order # 12" or "Total due EUR 1,468.46" without any gap."""
    if not 2 <= len(words) <= 12:
        return None
    if is_summary(words):
        start = len(words) - 1
        if not is_amount(words[start].text):
            return None
        if start > 1 and is_currency(words[start - 1].text):
            start -= 1
        return (words[:start], words[start:]) if is_label(words[:start]) else None
    for index, word in enumerate(words[:4]):
        if ends_label(word):
            key, value = words[: index + 1], words[index + 1 :]
            if value and value[0].text.lower() in {"no", "no.", "number", "nr", "nr.", "#", "code"}:
                continue
            if (
                value
                and all(is_data([item]) or len(item.text) <= 4 for item in value)
                and is_data(value[:1])
            ):
                return (key, value) if any(c.isalpha() for w in key for c in w.text) else None
    return None
