"""A table in the making: edges, and the words between them, until it becomes cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from local.textract.meaning.content import Cell, Table
from local.textract.meaning.labels import is_data, is_label, is_summary
from local.textract.meaning.vocabulary import HEADER_WORDS
from local.textract.pages.geometry import Box
from local.textract.pages.page import Selection, Word

Slot = tuple[int, int]

COLUMN_HEADER, TABLE_TITLE, TABLE_SUMMARY = "COLUMN_HEADER", "TABLE_TITLE", "TABLE_SUMMARY"


@dataclass(frozen=True, slots=True)
class Span:
    """A block of slots that is one cell to the eye; rows and columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Edges of columns and rows, and what lies in each slot (row, column), from 0."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    words: Mapping[Slot, Sequence[Word]]
    selections: Mapping[Slot, Sequence[Selection]]
    spans: tuple[Span, ...] = ()
    confidence: float = 99.0

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.xs) - 1

    def text_row(self, row: int) -> list[Sequence[Word]]:
        """The words of each slot of a row."""
        return [self.words.get((row, column), ()) for column in range(self.columns)]

    def finish(self) -> Table:
        """The table, its header, title and summary rows marked."""
        entities = _name_rows(self)
        cells = tuple(
            Cell(
                row=row + 1,
                column=column + 1,
                box=Box(self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1]),
                words=tuple(self.words.get((row, column), ())),
                selections=tuple(self.selections.get((row, column), ())),
                entity=entities.get(row),
            )
            for row in range(self.rows)
            for column in range(self.columns)
        )
        return Table(
            box=Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]),
            cells=cells,
            confidence=self.confidence,
            merged=tuple(self._merge(span, entities) for span in self.spans),
            structured=any(entity == COLUMN_HEADER for entity in entities.values()),
        )

    def _merge(self, span: Span, entities: Mapping[int, str]) -> Cell:
        return Cell(
            row=span.top + 1,
            column=span.left + 1,
            box=Box(
                self.xs[span.left],
                self.ys[span.top],
                self.xs[span.right + 1],
                self.ys[span.bottom + 1],
            ),
            row_span=span.bottom - span.top + 1,
            column_span=span.right - span.left + 1,
            entity=entities.get(span.top),
        )


def fill_slots(
    xs: Sequence[float], ys: Sequence[float], words: Iterable[Word]
) -> dict[Slot, list[Word]]:
    """Each word in the slot that holds its centre; words outside of the edges are left out."""
    slots: dict[Slot, list[Word]] = {}
    for word in words:
        slot = find_slot(xs, ys, word.box)
        if slot is not None:
            slots.setdefault(slot, []).append(word)
    return slots


def find_slot(xs: Sequence[float], ys: Sequence[float], box: Box) -> Slot | None:
    """The slot that holds the box's centre."""
    row, column = bisect_right(ys, box.middle) - 1, bisect_right(xs, box.centre) - 1
    if 0 <= row < len(ys) - 1 and 0 <= column < len(xs) - 1:
        return row, column
    return None


def _name_rows(draft: Draft) -> dict[int, str]:
    entities: dict[int, str] = {}
    row = 0
    if any(
        span.top == span.bottom == 0 and span.left == 0 and span.right == draft.columns - 1
        for span in draft.spans
    ):
        entities[0], row = TABLE_TITLE, 1
    if row < draft.rows - 1 and is_header(draft.text_row(row), draft.text_row(row + 1)):
        entities[row] = COLUMN_HEADER
    for at in range(row + 1, draft.rows):
        filled = [words for words in draft.text_row(at) if words]
        if len(filled) >= 2 and is_summary(filled[0]) and is_data(filled[-1]):
            entities[at] = TABLE_SUMMARY
    return entities


def is_header(row: Sequence[Sequence[Word]], following: Sequence[Sequence[Word]]) -> bool:
    """Tell whether a row names the columns of the row that follows."""
    filled = [words for words in row if words]
    if len(filled) < 2 or not all(_can_head(words) for words in filled):
        return False
    below = [words for words in following if words]
    known = sum(
        any(word.text.strip(":.()#").lower() in HEADER_WORDS for word in words) for words in filled
    )
    bolder = all(words[0].bold for words in filled) and not all(words[0].bold for words in below)
    if len(row) == 2:
        # "Name | Jane Doe" over "City | Berlin" is a list of fields, not a header.
        return bolder or known == 2
    return bolder or known >= 2 or any(is_data(words) for words in below)


def _can_head(words: Sequence[Word]) -> bool:
    if words[-1].text.endswith(":"):
        return False
    return is_label(words) or (len(words) == 1 and words[0].text in {"#", "%", "$", "€", "No."})


def drop_hollow(draft: Draft) -> Draft:
    """Without the columns that no row fills: they are double lines and margins."""
    used = sorted(
        {column for (_, column), words in draft.words.items() if words}
        | {column for (_, column), marks in draft.selections.items() if marks}
    )
    if len(used) == draft.columns or draft.spans:
        return draft
    columns = {old: new for new, old in enumerate(used)}
    xs = (*(draft.xs[old] for old in used), draft.xs[used[-1] + 1]) if used else draft.xs
    return replace(
        draft,
        xs=xs,
        words={(row, columns[c]): words for (row, c), words in draft.words.items() if c in columns},
        selections={
            (row, columns[c]): marks for (row, c), marks in draft.selections.items() if c in columns
        },
    )
