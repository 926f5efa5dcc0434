"""Tables that are drawn: a grid whose regions are cells."""

from __future__ import annotations

from collections.abc import Sequence

from local.textract.meaning.content import Table
from local.textract.meaning.grids import Grid
from local.textract.meaning.labels import is_data
from local.textract.meaning.table_draft import Draft, Slot, Span, drop_hollow, fill_slots, find_slot
from local.textract.pages.page import Page, Selection, Word

# Below this share of regions to slots, lines enclose the boxes of a form, not a table's cells.
_FEWEST_REGIONS = 0.45
_FEWEST_FILLED = 0.3


def find_ruled_tables(page: Page, grids: Sequence[Grid]) -> list[Table]:
    """The grids that are tables: two rows and columns or more, hardly merged, filled."""
    tables = []
    for grid in grids:
        rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
        if columns < 2 or len(grid.regions) < _FEWEST_REGIONS * rows * columns:
            continue
        draft = drop_hollow(_read_grid(page, grid))
        if draft.rows < 2 or draft.columns < 2 or not _is_filled(page, grid):
            continue
        table = draft.finish()
        if table.structured or not is_form(page, grid):
            tables.append(table)
    return tables


def _is_filled(page: Page, grid: Grid) -> bool:
    """Tell whether enough cells hold something, each as wide as a table's cell is."""
    places = [grid.place(region) for region in grid.regions]
    things = [line.box for line in page.lines] + [mark.box for mark in page.selections]
    filled = [place for place in places if any(place.contains(thing) for thing in things)]
    # The comb of a form, one letter a cell, is no table.
    wide = [place for place in filled if place.width > 1.8 * page.em]
    return len(wide) >= max(4, _FEWEST_FILLED * len(places))


def is_form(page: Page, grid: Grid) -> bool:
    """Tell whether boxes hold small print with an entry below, each a field by itself."""
    boxes = stacked = 0
    for region in grid.regions:
        place = grid.place(region)
        lines = [line for line in page.lines if place.contains(line.box)]
        boxes += bool(lines)
        stacked += len(lines) > 1 and any(
            lines[0].box.height <= 0.92 * line.box.height for line in lines[1:]
        )
    return stacked >= 0.35 * boxes


def _read_grid(page: Page, grid: Grid) -> Draft:
    words = [word for line in page.lines for word in line.words if grid.box.contains(word.box)]
    ys = _part_tall_rows(grid, words, page.em)
    selections: dict[Slot, list[Selection]] = {}
    for selection in page.selections:
        slot = find_slot(grid.xs, ys, selection.box)
        if slot is not None:
            selections.setdefault(slot, []).append(selection)
    spans = tuple(
        Span(region.top, region.left, region.bottom, region.right)
        for region in grid.regions
        if len(region.slots) > 1
    )
    return Draft(
        grid.xs,
        ys,
        fill_slots(grid.xs, ys, words),
        selections,
        # Rows that only the text parts have no lines of their own to merge by.
        spans if ys == grid.ys else (),
    )


def _part_tall_rows(grid: Grid, words: Sequence[Word], em: float) -> tuple[float, ...]:
    """Edges between the entries of a body that is one tall box a column."""
    slots = fill_slots(grid.xs, grid.ys, words)
    ys = list(grid.ys)
    for row in range(len(grid.ys) - 1):
        if grid.ys[row + 1] - grid.ys[row] < 2.2 * em:
            continue
        columns = [_group_rows(slots.get((row, column), ())) for column in range(len(grid.xs) - 1)]
        ys.extend(part_entries([lines for lines in columns if lines], em))
    return tuple(sorted(ys))


def _group_rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.middle):
        if rows and rows[-1][0].box.overlap_y(word.box) > 0.5 * word.box.height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def part_entries(columns: Sequence[Sequence[Sequence[Word]]], em: float) -> list[float]:
    """Where to part a body, given the text lines of each column: above each entry's figures.

    The last column with figures on two lines or more says where entries begin; lines of other
    columns in between are the rest of a long description.
    """
    figures = [lines for lines in columns if len(lines) >= 2 and all(is_data(x) for x in lines)]
    if len(figures) < 1 or sum(len(lines) >= 2 for lines in columns) < 2:
        return []
    tops = [min(word.box.top for word in line) for line in figures[-1]]
    edges = []
    for top in tops[1:]:
        above = max(
            (
                word.box.bottom
                for lines in columns
                for line in lines
                for word in line
                if word.box.middle < top
            ),
            default=top - em,
        )
        edges.append((min(above, top) + top) / 2 if above <= top + 0.4 * em else top - 0.1 * em)
    return edges
