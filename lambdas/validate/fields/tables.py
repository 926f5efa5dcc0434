"""Rows of tables: columns recognised by their headers, split tables joined over pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lambdas.shared.extraction import Box, Cell, Page, Table
from lambdas.validate.fields.labels import LabelBook
from lambdas.validate.fields.mapping import ColumnSpec, FieldSpec
from lambdas.validate.fields.values import CelValue, Notation, is_blank, read_value
from lambdas.validate.notations.money import is_amount

_HEADER_ROWS = 3
_NUMERIC = frozenset({"money", "number"})


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row: its values by column for the rules, its texts and places for the evidence."""

    values: Mapping[str, CelValue]
    texts: Mapping[str, str]
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class TableReading:
    """The rows of a document's tables; `whole` is False where a row could not be read."""

    rows: list[RowReading]
    whole: bool = True


_Cells = dict[str, list[Cell]]
"""The cells of one row by column: one, or more where a text runs over several lines."""


def read_table_rows(
    pages: Sequence[Page], spec: FieldSpec, notation: Notation, ends: LabelBook
) -> TableReading:
    """The rows of every table with the columns that the field needs; those of `ends` left out.

    A table without a header that is as wide as the one before it, at the top of a later page,
    is the rest of that table.
    """
    rows: list[_Cells] = []
    columns: dict[int, str] = {}
    width = 0
    for page in pages:
        for table in sorted(page.tables, key=lambda table: table.box.top):
            grid = table.rows()
            own, first = find_columns(grid, spec)
            if own:
                columns, width = own, _width(grid)
            elif not columns or _width(grid) != width or page.number == _page_of(rows):
                continue
            rows += _join_rows(grid[first:], columns, spec, ends)
    readings = [_read_cells(row, spec, notation) for row in rows]
    return TableReading([row for row in readings if row], whole=all(readings))


def _join_rows(
    grid: Sequence[Sequence[Cell | None]],
    columns: Mapping[int, str],
    spec: FieldSpec,
    ends: LabelBook,
) -> list[_Cells]:
    """Rows by column name; a row without any number goes on with the texts of the one before."""
    rows: list[_Cells] = []
    for cells in grid:
        row = {
            columns[index]: [cell]
            for index, cell in enumerate(cells)
            if cell is not None and index in columns and not _is_void(cell.text)
        }
        numeric = [name for name in row if spec.columns[name].kind in _NUMERIC]
        amounts = [name for name in numeric if not _is_words(row[name][0].text, spec, name)]
        labelled = any(cell and ends.match_exactly(cell.text) for cell in cells)
        undated = "date" in spec.needed and "date" not in row
        summary = labelled and (len(amounts) <= 1 or undated)
        if not row or summary or (numeric and not amounts):
            continue
        if amounts or not rows:
            rows.append(row)
            continue
        for name, more in row.items():
            rows[-1].setdefault(name, []).extend(more)
    return rows


def _is_void(text: str) -> bool:
    """Whether a cell says that it has nothing to say: a dash, `n/a`, `nil`."""
    return is_blank(text) or text.strip(" .").casefold() in {"n/a", "na", "nil", "none", "incl"}


def _is_words(text: str, spec: FieldSpec, column: str) -> bool:
    """Whether words stand where a number should; a quantity may have its unit behind it."""
    kind = spec.columns[column].kind
    if kind == "number" and text.lstrip()[:1].isdigit():
        return False
    return kind in _NUMERIC and not is_amount(text)


def _page_of(rows: Sequence[_Cells]) -> int | None:
    """The page on which the last row stands."""
    return next(iter(rows[-1].values()))[0].box.page if rows else None


def _width(grid: Sequence[Sequence[Cell | None]]) -> int:
    return len(grid[0]) if grid else 0


def find_columns(
    grid: Sequence[Sequence[Cell | None]], spec: FieldSpec
) -> tuple[dict[int, str], int]:
    """The columns by index that the header names, and the index of the first row after it."""
    book = LabelBook({name: column.headers for name, column in spec.columns.items()})
    for index, row in enumerate(grid[:_HEADER_ROWS]):
        columns = name_columns([cell.text if cell else "" for cell in row], book)
        if columns and set(spec.needed) <= set(columns.values()):
            return columns, index + 1
    return {}, 0


def name_columns(headers: Sequence[str], book: LabelBook) -> dict[int, str]:
    """The best header for each column name, each header used once."""
    matches = sorted(
        (match, index) for index, header in enumerate(headers) for match in book.match(header)
    )
    columns: dict[int, str] = {}
    for match, index in matches:
        if index not in columns and match.field not in columns.values():
            columns[index] = match.field
    return columns


def list_item_cells(table: Table) -> list[Cell]:
    """The cells of rows that fill three columns or more: items, not a summary under them."""
    rows = ([cell for cell in row if cell and cell.text.strip()] for row in table.rows())
    return [cell for row in rows if len(row) >= 3 for cell in row]


def _read_cells(row: _Cells, spec: FieldSpec, notation: Notation) -> RowReading | None:
    texts = {name: " ".join(cell.text for cell in cells) for name, cells in row.items()}
    if any(_is_words(text, spec, name) for name, text in texts.items()):
        return None
    values = read_texts(texts, spec.columns, notation)
    if values is None:
        return None
    cells = [cell for column in row.values() for cell in column]
    return RowReading(
        values=values,
        texts=texts,
        box=cells[0].box,
        confidence=min(cell.confidence for cell in cells),
    )


def read_texts(
    texts: Mapping[str, str], columns: Mapping[str, ColumnSpec], notation: Notation
) -> dict[str, CelValue] | None:
    """A value for every column, None where there is none; None when the row holds no value."""
    values: dict[str, CelValue] = {}
    for name, column in columns.items():
        reading = read_value(column.kind, texts.get(name, ""), notation)
        values[name] = reading.value if reading else None
    typed = [name for name, column in columns.items() if column.kind != "text"]
    return values if any(values[name] is not None for name in typed) else None


def list_values(rows: Sequence[RowReading]) -> list[CelValue]:
    """The rows as CEL sees them."""
    return [dict(row.values) for row in rows]
