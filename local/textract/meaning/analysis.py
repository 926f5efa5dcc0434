"""Meaning from layout: which of Textract's features a page shows."""

from __future__ import annotations

from collections.abc import Sequence, Set

from local.textract.meaning.aligned_tables import find_aligned_tables
from local.textract.meaning.boxed_fields import find_boxed_fields
from local.textract.meaning.choices import find_choices
from local.textract.meaning.content import Content, Field, Table
from local.textract.meaning.field_book import FieldBook
from local.textract.meaning.grids import Grid, find_grids
from local.textract.meaning.inline_fields import find_inline_fields
from local.textract.meaning.paired_fields import find_paired_fields, find_summaries
from local.textract.meaning.ruled_tables import find_ruled_tables, is_form
from local.textract.meaning.stacked_fields import (
    find_label_rows,
    find_listed_fields,
    find_single_rows,
    find_stacked_fields,
)
from local.textract.pages.page import Page

FORMS, TABLES, SIGNATURES = "FORMS", "TABLES", "SIGNATURES"


def understand(page: Page, features: Set[str]) -> Content:
    """What the features asked for find on the page."""
    if not features & {FORMS, TABLES, SIGNATURES}:
        return Content()
    signatures = page.inks if SIGNATURES in features else ()
    if not features & {FORMS, TABLES}:
        return Content(signatures=signatures)
    grids = find_grids(page)
    ruled = find_ruled_tables(page, grids)
    taken = [table.box for table in ruled]
    # Rows run across the boxes of a form without meaning anything.
    taken += [grid.box for grid in grids if grid.box not in taken and is_form(page, grid)]
    tables = [*ruled, *find_aligned_tables(page, taken)]
    tables.sort(key=lambda table: (table.box.top, table.box.left))
    return Content(
        fields=tuple(find_fields(page, grids, tables)) if FORMS in features else (),
        tables=tuple(tables) if TABLES in features else (),
        signatures=signatures,
    )


def find_fields(page: Page, grids: Sequence[Grid], tables: Sequence[Table]) -> list[Field]:
    """The fields of a page, the surest ways of finding them first."""
    book = FieldBook(page)
    find_choices(book)
    find_boxed_fields(book, grids, tables)
    find_inline_fields(book)
    find_summaries(book, tables)
    find_single_rows(book, tables)
    find_listed_fields(book, tables)
    bodies = [table.box for table in tables]
    outside = [
        [line for line in row if not any(box.contains(line.box) for box in bodies)]
        for row in book.rows
    ]
    find_stacked_fields(book, tables, sure=True)
    find_label_rows(book, tables)
    find_paired_fields(book, [row for row in outside if row])
    find_stacked_fields(book, tables, sure=False)
    return sorted(book.fields, key=lambda field: (field.key[0].box.middle, field.key[0].box.left))
