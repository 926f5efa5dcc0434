"""Pages, fields and tables as Textract's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from local.textract.meaning.content import Cell, Content, Field, Table
from local.textract.pages.geometry import Box, Frame, enclose
from local.textract.pages.page import Line, Page, Selection, Word

Block: TypeAlias = dict[str, Any]

# Shares of a page to a tenth of a micrometre: enough for anyone, and the replies stay small.
_PLACES = 7


def build_blocks(page: Page, content: Content, digest: str, *, numbered: bool) -> list[Block]:
    """The blocks of one page, PAGE first.

    The same document bytes (`digest`) give the same ids. Only asynchronous results are `numbered`
    with the page that they stand on.
    """
    return _Builder(page, digest, numbered=numbered).build(content)


class _Builder:
    """Collects one page's blocks and remembers which block each word became."""

    def __init__(self, page: Page, digest: str, *, numbered: bool) -> None:
        self._page = page
        self._namespace = uuid5(NAMESPACE_URL, f"{digest}/{page.number}")
        self._numbered = numbered
        self._blocks: list[Block] = []
        self._words: dict[int, str] = {}
        self._selections: dict[int, str] = {}

    def build(self, content: Content) -> list[Block]:
        root = self._add("PAGE", None)
        root["Geometry"] = _describe(_WHOLE, _UNIT)
        children = self._add_lines((*self._page.lines, *self._page.asides))
        self._add_selections(content)
        children += [self._add_table(table) for table in content.tables]
        children += [block for field in content.fields for block in self._add_field(field)]
        for ink in content.signatures:
            block = self._add("SIGNATURE", ink.box)
            block["Confidence"] = ink.confidence
            children.append(block["Id"])
        if children:
            root["Relationships"] = [{"Type": "CHILD", "Ids": children}]
        return self._blocks

    def _add(self, kind: str, box: Box | None) -> Block:
        block: Block = {"BlockType": kind, "Id": self._name(kind)}
        if box is not None:
            block["Geometry"] = _describe(box, self._page.frame)
        if self._numbered:
            block["Page"] = self._page.number
        self._blocks.append(block)
        return block

    def _name(self, kind: str) -> str:
        identity: UUID = uuid5(self._namespace, f"{kind}/{len(self._blocks)}")
        return str(identity)

    def _add_lines(self, lines: Sequence[Line]) -> list[str]:
        """Every LINE, then every WORD, as the service orders them."""
        blocks = []
        for line in lines:
            block = self._add("LINE", line.box)
            block["Confidence"] = _average(line.words)
            block["Text"] = line.text
            blocks.append(block)
        for line, block in zip(lines, blocks, strict=True):
            ids = [self._add_word(word) for word in line.words]
            block["Relationships"] = [{"Type": "CHILD", "Ids": ids}]
        return [block["Id"] for block in blocks]

    def _add_word(self, word: Word) -> str:
        block = self._add("WORD", word.box)
        block["Confidence"] = round(word.confidence, 4)
        block["Text"] = word.text
        block["TextType"] = "PRINTED"
        identity: str = block["Id"]
        self._words[id(word)] = identity
        return identity

    def _add_selections(self, content: Content) -> None:
        """The selection elements that a field or a cell holds; others mean nothing to anyone."""
        held = [field.selection for field in content.fields if field.selection]
        held += [
            item for table in content.tables for cell in table.cells for item in cell.selections
        ]
        for selection in held:
            if id(selection) in self._selections:
                continue
            block = self._add("SELECTION_ELEMENT", selection.box)
            block["Confidence"] = selection.confidence
            block["SelectionStatus"] = "SELECTED" if selection.selected else "NOT_SELECTED"
            self._selections[id(selection)] = block["Id"]

    def _relate(self, block: Block, words: Iterable[Word], selections: Iterable[Selection]) -> None:
        """Words and selection elements as children; a block without any has no CHILD relation."""
        ids = [self._selections[id(selection)] for selection in selections]
        ids += [self._words[id(word)] for word in words]
        if ids:
            block.setdefault("Relationships", []).append({"Type": "CHILD", "Ids": ids})

    def _add_field(self, field: Field) -> list[str]:
        key = self._add("KEY_VALUE_SET", enclose(word.box for word in field.key))
        selections = [field.selection] if field.selection else []
        around = [word.box for word in field.value] + [item.box for item in selections]
        value = self._add(
            "KEY_VALUE_SET", enclose(around) if around else field.value_box or _after(field)
        )
        key["Confidence"] = value["Confidence"] = field.confidence
        key["EntityTypes"], value["EntityTypes"] = ["KEY"], ["VALUE"]
        key["Relationships"] = [{"Type": "VALUE", "Ids": [value["Id"]]}]
        self._relate(key, field.key, ())
        self._relate(value, field.value, selections)
        return [key["Id"], value["Id"]]

    def _add_table(self, table: Table) -> str:
        block = self._add("TABLE", table.box)
        block["Confidence"] = table.confidence
        block["EntityTypes"] = ["STRUCTURED_TABLE" if table.structured else "SEMI_STRUCTURED_TABLE"]
        cells = {(cell.row, cell.column): self._add_cell("CELL", cell) for cell in table.cells}
        block["Relationships"] = [{"Type": "CHILD", "Ids": [cell["Id"] for cell in cells.values()]}]
        merged = []
        for cell in table.merged:
            spanning = self._add_cell("MERGED_CELL", cell)
            spanning["Relationships"] = [
                {
                    "Type": "CHILD",
                    "Ids": [
                        cells[row, column]["Id"]
                        for row in range(cell.row, cell.row + cell.row_span)
                        for column in range(cell.column, cell.column + cell.column_span)
                    ],
                }
            ]
            merged.append(spanning["Id"])
        if merged:
            block["Relationships"].append({"Type": "MERGED_CELL", "Ids": merged})
        identity: str = block["Id"]
        return identity

    def _add_cell(self, kind: str, cell: Cell) -> Block:
        block = self._add(kind, cell.box)
        block["Confidence"] = 97.0 if cell.words else 90.0
        block["RowIndex"], block["ColumnIndex"] = cell.row, cell.column
        # As in the service, a grid cell spans one place; what is wider is a MERGED_CELL.
        block["RowSpan"], block["ColumnSpan"] = cell.row_span, cell.column_span
        if cell.entity:
            block["EntityTypes"] = [cell.entity]
        if kind == "CELL":
            self._relate(block, cell.words, cell.selections)
        return block


def _after(field: Field) -> Box:
    """Where the value of a blank field would stand: on the right of its key."""
    key = enclose(word.box for word in field.key)
    return Box(key.right, key.top, key.right + 2 * key.height, key.bottom)


_UNIT = Frame(1, 0, 0, 0, 1, 0)
_WHOLE = Box(0, 0, 1, 1)


def _average(words: Sequence[Word]) -> float:
    return round(sum(word.confidence for word in words) / len(words), 4)


def _describe(box: Box, frame: Frame) -> Block:
    """A bounding box and the four corners, as shares of the page, kept inside of it."""
    points = [
        (round(min(max(x, 0.0), 1.0), _PLACES), round(min(max(y, 0.0), 1.0), _PLACES))
        for x, y in (frame.map(*corner) for corner in box.corners())
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs), min(ys)
    return {
        "BoundingBox": {
            "Width": round(max(xs) - left, _PLACES),
            "Height": round(max(ys) - top, _PLACES),
            "Left": left,
            "Top": top,
        },
        "Polygon": [{"X": x, "Y": y} for x, y in points],
    }
