"""Textract's blocks turned into pages, one page at a time, so that long documents stay small."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TypeAlias

from lambdas.shared.extraction import Box, Cell, KeyValue, Line, Page, Table

Block: TypeAlias = dict[str, Any]


def read_pages(blocks: Iterable[Block]) -> Iterator[Page]:
    """Yields the pages of a Textract result, whose blocks come page by page.

    Relations never cross a page, so only one page's blocks are held at a time.
    """
    for number, group in groupby(blocks, key=lambda block: int(block.get("Page") or 1)):
        yield _read_page(number, {block["Id"]: block for block in group})


def _read_page(number: int, blocks: dict[str, Block]) -> Page:
    def of_type(*types: str) -> Iterator[Block]:
        return (block for block in blocks.values() if block["BlockType"] in types)

    return Page(
        number=number,
        lines=tuple(
            Line(
                text=block["Text"],
                confidence=block["Confidence"],
                box=_box(block, number),
            )
            for block in of_type("LINE")
        ),
        key_values=tuple(
            _key_value(block, blocks, number)
            for block in of_type("KEY_VALUE_SET")
            if "KEY" in _entity_types(block)
        ),
        tables=tuple(_table(block, blocks, number) for block in of_type("TABLE")),
        signatures=tuple(_box(block, number) for block in of_type("SIGNATURE")),
    )


def _key_value(key: Block, blocks: dict[str, Block], page: int) -> KeyValue:
    values = [blocks[id_] for id_ in _related(key, "VALUE") if id_ in blocks]
    text = " ".join(filter(None, (_text(value, blocks) for value in values)))
    return KeyValue(
        key=_text(key, blocks),
        value=text,
        confidence=min(block["Confidence"] for block in [key, *values]),
        box=_box(values[0] if text else key, page),
    )


def _table(table: Block, blocks: dict[str, Block], page: int) -> Table:
    cells = (blocks[id_] for id_ in _related(table, "CHILD") if id_ in blocks)
    return Table(
        box=_box(table, page),
        cells=tuple(
            Cell(
                row=cell["RowIndex"],
                column=cell["ColumnIndex"],
                text=_text(cell, blocks),
                confidence=cell["Confidence"],
                box=_box(cell, page),
                header="COLUMN_HEADER" in _entity_types(cell),
            )
            for cell in cells
            if cell["BlockType"] == "CELL"
        ),
    )


def _text(block: Block, blocks: dict[str, Block]) -> str:
    words = []
    for id_ in _related(block, "CHILD"):
        child = blocks.get(id_, {})
        if child.get("BlockType") == "WORD":
            words.append(child["Text"])
        elif child.get("BlockType") == "SELECTION_ELEMENT":
            words.append("[x]" if child["SelectionStatus"] == "SELECTED" else "[ ]")
    return " ".join(words)


def _entity_types(block: Block) -> list[str]:
    """Textract writes null for what a block does not have, where its API leaves it out."""
    return block.get("EntityTypes") or []


def _related(block: Block, kind: str) -> Iterator[str]:
    for relationship in block.get("Relationships") or []:
        if relationship["Type"] == kind:
            yield from relationship["Ids"]


def _box(block: Block, page: int) -> Box:
    bounds = block["Geometry"]["BoundingBox"]
    return Box(
        page=page,
        left=bounds["Left"],
        top=bounds["Top"],
        width=bounds["Width"],
        height=bounds["Height"],
    )
