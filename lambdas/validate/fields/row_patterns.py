"""Rows without a table: visual rows of a page that all match one pattern, as on a receipt."""

import re
from collections.abc import Sequence

from lambdas.shared.extraction import Page
from lambdas.validate.fields.labels import LabelBook
from lambdas.validate.fields.layout import Row, read_rows
from lambdas.validate.fields.mapping import FieldSpec
from lambdas.validate.fields.tables import RowReading, read_texts
from lambdas.validate.fields.values import Notation


def read_pattern_rows(
    pages: Sequence[Page], spec: FieldSpec, notation: Notation, ends: LabelBook
) -> list[RowReading]:
    """The visual rows that match the field's row pattern, up to the first label in `ends`."""
    if spec.row_pattern is None:
        return []
    compiled = re.compile(spec.row_pattern, re.IGNORECASE)
    rows: list[RowReading] = []
    for row in (row for page in pages for row in read_rows(page)):
        if rows and begins_with_label(row, ends):
            break
        match = compiled.fullmatch(row.text)
        if match is None or begins_with_label(row, ends):
            continue
        texts = {name: text for name, text in match.groupdict().items() if text}
        reading = read_texts(texts, spec.columns, notation)
        if reading:
            rows.append(RowReading(reading, texts, row.pieces[0].box, row.confidence))
    return rows


def begins_with_label(row: Row, book: LabelBook) -> bool:
    """Whether the row's first words are one of the book's labels."""
    words = row.text.split()
    return any(book.match_exactly(" ".join(words[:count]).rstrip(":")) for count in range(1, 4))
