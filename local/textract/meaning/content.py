"""What was understood on a page: tables and fields, ready to become blocks."""

from __future__ import annotations

from dataclasses import dataclass

from local.textract.pages.geometry import Box
from local.textract.pages.page import Ink, Selection, Word


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; rows and columns count from 1."""

    row: int
    column: int
    box: Box
    words: tuple[Word, ...] = ()
    selections: tuple[Selection, ...] = ()
    row_span: int = 1
    column_span: int = 1
    entity: str | None = None

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page; `merged` are the cells that span several of its grid."""

    box: Box
    cells: tuple[Cell, ...]
    confidence: float
    merged: tuple[Cell, ...] = ()
    structured: bool = True

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return max(cell.row for cell in self.cells)

    @property
    def column_count(self) -> int:
        """How many columns there are."""
        return max(cell.column for cell in self.cells)

    def row(self, number: int) -> list[Cell]:
        """The cells of one row, from left to right."""
        return [cell for cell in self.cells if cell.row == number]


@dataclass(frozen=True, slots=True)
class Field:
    """A key and its value; the value is empty on a form that was not filled in."""

    key: tuple[Word, ...]
    value: tuple[Word, ...]
    confidence: float
    selection: Selection | None = None
    value_box: Box | None = None  # where the blank of an empty value is, when it is known

    @property
    def key_text(self) -> str:
        """The key as one text."""
        return " ".join(word.text for word in self.key)

    @property
    def value_text(self) -> str:
        """The value as one text."""
        return " ".join(word.text for word in self.value)


@dataclass(frozen=True, slots=True)
class Content:
    """All that was understood on one page; empty for a feature that was not asked for."""

    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    signatures: tuple[Ink, ...] = ()
