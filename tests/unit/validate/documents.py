"""Documents as Textract would have read them, from labels and values alone."""

from collections.abc import Mapping, Sequence
from datetime import date

from lambdas.shared.contracts import Finding
from lambdas.shared.extraction import Box, Cell, Extraction, KeyValue, Line, Page, Table
from lambdas.validate.fields.fields import read_fields
from lambdas.validate.fields.readings import Reading
from lambdas.validate.rules.evaluation import evaluate
from lambdas.validate.rules.ruleset import load_rule_set

RECEIVED = date(2025, 3, 14)
LINE_HEIGHT = 0.02
Grid = Sequence[Sequence[str]]


def make_page(
    *,
    number: int = 1,
    pairs: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    lines: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    tables: Sequence[Grid] = (),
    signatures: int = 0,
    confidence: float = 99.0,
) -> Page:
    """A page: key-values, then single lines, then rows of pieces side by side, then tables."""
    items = list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)
    top = 0.02
    key_values, pieces, grids = [], [], []
    for key, value in items:
        box = _box(number, 0.4, top)
        key_values.append(KeyValue(key=key, value=value, confidence=confidence, box=box))
        pieces.append(Line(text=key, confidence=confidence, box=_box(number, 0.05, top)))
        if value:
            pieces.append(Line(text=value, confidence=confidence, box=box))
        top += LINE_HEIGHT
    for row in [*([line] for line in lines), *rows]:
        for column, text in enumerate(row):
            box = _box(number, 0.05 + column * 0.9 / len(row), top, width=0.85 / len(row))
            pieces.append(Line(text=text, confidence=confidence, box=box))
        top += LINE_HEIGHT
    for grid in tables:
        table = _make_table(grid, number, top, confidence)
        grids.append(table)
        pieces += [
            Line(text=cell.text, confidence=confidence, box=cell.box)
            for cell in table.cells
            if cell.text
        ]
        top += LINE_HEIGHT * (len(grid) + 1)
    return Page(
        number=number,
        lines=tuple(pieces),
        key_values=tuple(key_values),
        tables=tuple(grids),
        signatures=tuple(_box(number, 0.1, 0.9 - index / 10) for index in range(signatures)),
    )


def make_extraction(*pages: Page) -> Extraction:
    return Extraction(document_id="doc-1", job_id="job-1", pages=pages)


def read(document_class: str, *pages: Page, received: date = RECEIVED) -> dict[str, Reading]:
    """The fields of a document of that class."""
    rule_set = load_rule_set(document_class)
    return read_fields(make_extraction(*pages), rule_set.fields, received=received)


def judge(document_class: str, *pages: Page, received: date = RECEIVED) -> tuple[Finding, ...]:
    """Every finding on a document of that class."""
    return evaluate(load_rule_set(document_class), make_extraction(*pages), received=received)


def list_failed(document_class: str, *pages: Page, received: date = RECEIVED) -> dict[str, str]:
    """The rules that fail, without the class's name, and with what severity."""
    return {
        finding.rule.removeprefix(f"{document_class}."): finding.severity
        for finding in judge(document_class, *pages, received=received)
        if not finding.passed
    }


def change(facts: Mapping[str, str], **changes: str | None) -> dict[str, str]:
    """Facts by label, some changed; None leaves a label out. Underscores stand for spaces."""
    new = {label.replace("_", " "): value for label, value in changes.items()}
    kept = {label: value for label, value in facts.items() if new.get(label, "") is not None}
    return kept | {label: value for label, value in new.items() if value is not None}


def _make_table(grid: Grid, page: int, top: float, confidence: float) -> Table:
    width = max(len(row) for row in grid)
    cells = tuple(
        Cell(
            row=row,
            column=column,
            text=text,
            confidence=confidence,
            box=_box(page, 0.05 + (column - 1) * 0.9 / width, top + row * LINE_HEIGHT, width=0.1),
            header=row == 1,
        )
        for row, texts in enumerate(grid, start=1)
        for column, text in enumerate(texts, start=1)
    )
    box = Box(page=page, left=0.05, top=top, width=0.9, height=LINE_HEIGHT * (len(grid) + 1))
    return Table(box=box, cells=cells)


def _box(page: int, left: float, top: float, *, width: float = 0.3) -> Box:
    return Box(page=page, left=left, top=top, width=width, height=0.012)
