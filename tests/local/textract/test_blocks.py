"""Blocks: their keys, their relations, their ids, and what parsers make of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import trp.trp2
from reportlab.pdfgen.canvas import Canvas
from trp import Document

from tests.local.textract.paper import HEIGHT, draw_all, rule_grid, write_at, write_pdf, write_rows
from tests.local.textract.reading import ALL, read_blocks

Block = dict[str, Any]

# What recorded replies of the service carry on every block of a type, and its children's types.
_PLACED = {"BlockType", "Geometry", "Id", "Page"}
_KEYS = {
    "PAGE": _PLACED | {"Relationships"},
    "LINE": _PLACED | {"Confidence", "Text", "Relationships"},
    "WORD": _PLACED | {"Confidence", "Text", "TextType"},
    "SELECTION_ELEMENT": _PLACED | {"Confidence", "SelectionStatus"},
    "KEY": _PLACED | {"Confidence", "EntityTypes", "Relationships"},
    "VALUE": _PLACED | {"Confidence", "EntityTypes"},
    "TABLE": _PLACED | {"Confidence", "EntityTypes", "Relationships"},
    "CELL": _PLACED | {"Confidence", "RowIndex", "ColumnIndex", "RowSpan", "ColumnSpan"},
    "MERGED_CELL": _PLACED
    | {"Confidence", "RowIndex", "ColumnIndex", "RowSpan", "ColumnSpan", "Relationships"},
    "SIGNATURE": _PLACED | {"Confidence"},
}
_OPTIONAL = {
    "VALUE": {"Relationships"},
    "CELL": {"Relationships", "EntityTypes"},
    "MERGED_CELL": {"EntityTypes"},
}
_RELATIONS = {
    "PAGE": {("CHILD", kind) for kind in ("LINE", "TABLE", "KEY", "VALUE", "SIGNATURE")},
    "LINE": {("CHILD", "WORD")},
    "KEY": {("VALUE", "VALUE"), ("CHILD", "WORD")},
    "VALUE": {("CHILD", "WORD"), ("CHILD", "SELECTION_ELEMENT")},
    "TABLE": {("CHILD", "CELL"), ("MERGED_CELL", "MERGED_CELL")},
    "CELL": {("CHILD", "WORD"), ("CHILD", "SELECTION_ELEMENT")},
    "MERGED_CELL": {("CHILD", "CELL")},
}


def _draw_everything(canvas: Canvas) -> None:
    tops, xs = (200, 220, 240, 260), (50, 200, 350, 500)
    rule_grid(xs, tops[1:])(canvas)
    canvas.rect(50, HEIGHT - 220, 450, 20)
    draw_all(
        write_at((60, 100, "Name: Jane Roe"), (60, 120, "[x] I agree"), (60, 140, "Signature:")),
        write_at((60, 214, "History")),
        write_rows([("Date", "Item", "Amount"), ("2024-01-02", "", "5.00 [x]")],
                   lefts=(60, 210, 360), top=234, pitch=20),
    )(canvas)  # fmt: skip
    path = canvas.beginPath()
    path.moveTo(150, HEIGHT - 150)
    for step in range(8):
        x = 150 + 12 * step
        path.curveTo(x + 2, HEIGHT - 120, x + 8, HEIGHT - 120, x + 12, HEIGHT - 150)
    canvas.drawPath(path, stroke=1, fill=0)


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    return read_blocks(write_pdf(_draw_everything))


def _name(block: Block) -> str:
    kind: str = block["BlockType"]
    return block["EntityTypes"][0] if kind == "KEY_VALUE_SET" else kind


def test_every_type_has_the_keys_of_the_recorded_replies(blocks: list[Block]) -> None:
    seen = {_name(block) for block in blocks}
    assert seen == set(_KEYS)
    for block in blocks:
        name = _name(block)
        assert _KEYS[name] <= set(block) <= _KEYS[name] | _OPTIONAL.get(name, set())


def test_every_relation_is_one_of_the_recorded_ones_and_leads_somewhere(
    blocks: list[Block],
) -> None:
    names = {block["Id"]: _name(block) for block in blocks}
    relations: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for block in blocks:
        for relation in block.get("Relationships", []):
            assert relation["Ids"]
            for identity in relation["Ids"]:
                relations[_name(block)].add((relation["Type"], names[identity]))
    assert relations == _RELATIONS


def test_lines_come_first_then_words_as_the_service_orders_them(blocks: list[Block]) -> None:
    kinds = [block["BlockType"] for block in blocks]
    assert kinds[0] == "PAGE"
    assert max(at for at, kind in enumerate(kinds) if kind == "LINE") < kinds.index("WORD")


def test_ids_are_unique_and_the_same_for_the_same_bytes(blocks: list[Block]) -> None:
    data = write_pdf(_draw_everything)
    assert [block["Id"] for block in read_blocks(data)] == [block["Id"] for block in blocks]
    assert len({block["Id"] for block in blocks}) == len(blocks)
    other = read_blocks(write_pdf(_draw_everything, _draw_everything))
    assert len({block["Id"] for block in other}) == len(other)
    assert {block["Id"] for block in other}.isdisjoint(block["Id"] for block in blocks)


def test_geometry_stays_on_the_page(blocks: list[Block]) -> None:
    for block in blocks:
        box = block["Geometry"]["BoundingBox"]
        assert 0 <= box["Left"] <= box["Left"] + box["Width"] <= 1.000001
        assert 0 <= box["Top"] <= box["Top"] + box["Height"] <= 1.000001
        assert len(block["Geometry"]["Polygon"]) == 4


def test_a_blank_value_has_no_children(blocks: list[Block]) -> None:
    words = {block["Id"]: block.get("Text") for block in blocks}
    values = {block["Id"]: block for block in blocks if _name(block) == "VALUE"}
    (key,) = [
        block
        for block in blocks
        if _name(block) == "KEY"
        and "Signature:" in [words[i] for r in block["Relationships"] for i in r["Ids"]]
    ]
    ((value,),) = [r["Ids"] for r in key["Relationships"] if r["Type"] == "VALUE"]
    assert "Relationships" not in values[value]


@pytest.mark.parametrize(
    ("features", "kinds"),
    [
        (set(), {"PAGE", "LINE", "WORD"}),
        ({"FORMS"}, {"PAGE", "LINE", "WORD", "KEY_VALUE_SET", "SELECTION_ELEMENT"}),
        ({"TABLES"},
         {"PAGE", "LINE", "WORD", "TABLE", "CELL", "MERGED_CELL", "SELECTION_ELEMENT"}),
        ({"SIGNATURES"}, {"PAGE", "LINE", "WORD", "SIGNATURE"}),
        ({"LAYOUT"}, {"PAGE", "LINE", "WORD"}),
    ],
)  # fmt: skip
def test_the_features_that_were_asked_for_decide_which_blocks_appear(
    features: set[str], kinds: set[str]
) -> None:
    blocks = read_blocks(write_pdf(_draw_everything), features)
    assert {block["BlockType"] for block in blocks} == kinds


def test_synchronous_results_carry_no_page_numbers() -> None:
    blocks = read_blocks(write_pdf(_draw_everything), ALL, numbered=False)
    assert not any("Page" in block for block in blocks)


def test_a_blank_page_is_a_page_without_children() -> None:
    (page,) = read_blocks(write_pdf(lambda _: None))
    assert page["BlockType"] == "PAGE"
    assert "Relationships" not in page


def test_both_response_parsers_find_the_same_fields_and_cells(blocks: list[Block]) -> None:
    reply = {"DocumentMetadata": {"Pages": 1}, "JobStatus": "SUCCEEDED", "Blocks": blocks}
    parsed = trp.trp2.TDocumentSchema().load(reply)
    assert len(parsed.pages) == 1
    assert len(parsed.tables(parsed.pages[0])) == 1

    (page,) = Document(reply).pages
    fields = {field.key.text: str(field.value or "") for field in page.form.fields}
    assert fields["Name:"] == "Jane Roe"
    assert fields["I agree"] == "SELECTED"
    assert fields["Signature:"] == ""
    (table,) = page.tables
    cells = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    assert cells[1] == ["Date", "Item", "Amount"]
    assert cells[2][0] == "2024-01-02"
