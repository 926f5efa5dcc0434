"""Documents as the lines a reader would see, without rendering them."""

from collections.abc import Iterator
from functools import singledispatch
from itertools import zip_longest

from models.corpus import content
from models.corpus.content import Document


def read_lines(document: Document) -> list[str]:
    """The document's lines from top to bottom; columns are read line by line across."""
    return [line for block in document.blocks for line in read_block(block) if line.strip()]


@singledispatch
def read_block(_block: content.Block) -> Iterator[str]:
    """The lines of one block; gaps, rulings, page breaks and pictures have none."""
    yield from ()


@read_block.register
def _(block: content.Text) -> Iterator[str]:
    yield from block.text.splitlines()


@read_block.register(content.Pairs)
@read_block.register(content.Totals)
def _(block: content.Pairs | content.Totals) -> Iterator[str]:
    yield from (f"{label} {value}" for label, value in block.rows)


@read_block.register
def _(block: content.Boxes) -> Iterator[str]:
    for row in block.rows:
        yield " ".join(label for label, _ in row)
        yield " ".join(value for _, value in row)


@read_block.register
def _(block: content.Table) -> Iterator[str]:
    yield " ".join(block.header)
    yield from (" ".join(row) for row in block.rows)


@read_block.register
def _(block: content.Checkboxes) -> Iterator[str]:
    yield from (text for text, _ in block.rows)


@read_block.register
def _(block: content.Scribble) -> Iterator[str]:
    yield f"{block.label} {block.signed_by or ''}"


@read_block.register
def _(block: content.Together) -> Iterator[str]:
    for inner in block.blocks:
        yield from read_block(inner)


@read_block.register
def _(block: content.Columns) -> Iterator[str]:
    sides = [[line for inner in column for line in read_block(inner)] for column in block.columns]
    for across in zip_longest(*sides, fillvalue=""):
        yield " ".join(part for part in across if part)
