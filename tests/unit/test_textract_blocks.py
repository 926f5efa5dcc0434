from collections.abc import Iterable, Sequence
from typing import Any

from lambdas.shared.extraction import Box
from lambdas.shared.textract_blocks import Block, read_pages


def make_block(id_: str, kind: str, **changes: Any) -> Block:
    children, values = changes.pop("children", ()), changes.pop("values", ())
    relations = [{"Type": "CHILD", "Ids": list(children)}] if children else []
    relations += [{"Type": "VALUE", "Ids": list(values)}] if values else []
    block: Block = {
        "Id": id_,
        "BlockType": kind,
        "Confidence": 90.0,
        "Page": 1,
        "Geometry": {"BoundingBox": {"Left": 0.1, "Top": 0.2, "Width": 0.3, "Height": 0.4}},
    }
    return block | ({"Relationships": relations} if relations else {}) | changes


def make_words(*texts: str, **changes: Any) -> list[Block]:
    return [make_block(text, "WORD", Text=text, **changes) for text in texts]


def make_pair(key: Sequence[str], value: Sequence[str], **changes: Any) -> list[Block]:
    return [
        make_block("k", "KEY_VALUE_SET", EntityTypes=["KEY"], children=key, values=["v"]),
        make_block("v", "KEY_VALUE_SET", EntityTypes=["VALUE"], children=value, **changes),
    ]


def read_only_page(blocks: Iterable[Block]) -> Any:
    (page,) = read_pages(blocks)
    return page


def test_lines_keep_their_text_confidence_and_place() -> None:
    page = read_only_page([make_block("l", "LINE", Text="Total 10.00", Confidence=87.5)])

    (line,) = page.lines
    assert (line.text, line.confidence) == ("Total 10.00", 87.5)
    assert line.box == Box(page=1, left=0.1, top=0.2, width=0.3, height=0.4)


def test_a_key_and_its_value_are_their_words() -> None:
    blocks = make_pair(["Invoice", "no."], ["A-17", "bis"], Confidence=55.0)
    page = read_only_page([*blocks, *make_words("Invoice", "no.", "A-17", "bis")])

    (pair,) = page.key_values
    assert (pair.key, pair.value, pair.confidence) == ("Invoice no.", "A-17 bis", 55.0)


def test_an_empty_value_stands_where_its_key_stands() -> None:
    elsewhere = {"BoundingBox": {"Left": 0.9, "Top": 0.9, "Width": 0.1, "Height": 0.1}}
    blocks = make_pair(["Name"], [], Geometry=elsewhere)
    (pair,) = read_only_page([*blocks, *make_words("Name")]).key_values

    assert pair.value == ""
    assert pair.box.left == 0.1


def test_a_key_without_any_value_is_kept() -> None:
    key = make_block("k", "KEY_VALUE_SET", EntityTypes=["KEY"], children=["Name"])
    (pair,) = read_only_page([key, *make_words("Name")]).key_values

    assert (pair.key, pair.value) == ("Name", "")


def test_a_tick_box_reads_as_ticked_or_not() -> None:
    for status, mark in (("SELECTED", "[x]"), ("NOT_SELECTED", "[ ]")):
        box = make_block("box", "SELECTION_ELEMENT", SelectionStatus=status)
        blocks = [*make_pair(["Consent"], ["box"]), *make_words("Consent"), box]
        (pair,) = read_only_page(blocks).key_values

        assert pair.value == mark


def test_a_table_is_its_cells_with_their_headers() -> None:
    cell = {"RowSpan": 1, "ColumnSpan": 1}
    blocks = [
        make_block("t", "TABLE", children=["c1", "c2"]),
        make_block(
            "c1",
            "CELL",
            RowIndex=1,
            ColumnIndex=1,
            children=["Qty"],
            EntityTypes=["COLUMN_HEADER"],
            **cell,
        ),
        make_block("c2", "CELL", RowIndex=2, ColumnIndex=1, children=["3", "pcs"], **cell),
        *make_words("Qty", "3", "pcs"),
    ]
    (table,) = read_only_page(blocks).tables

    assert [(each.row, each.text, each.header) for each in table.cells] == [
        (1, "Qty", True),
        (2, "3 pcs", False),
    ]


def test_a_merged_cell_is_not_counted_beside_the_cells_it_merges() -> None:
    blocks = [
        {
            **make_block("t", "TABLE"),
            "Relationships": [
                {"Type": "CHILD", "Ids": ["c1", "c2", "m"]},
                {"Type": "MERGED_CELL", "Ids": ["m"]},
            ],
        },
        make_block("c1", "CELL", RowIndex=1, ColumnIndex=1, children=["Sum"]),
        make_block("c2", "CELL", RowIndex=1, ColumnIndex=2),
        make_block("m", "MERGED_CELL", RowIndex=1, ColumnIndex=1, children=["c1", "c2"]),
        *make_words("Sum"),
    ]
    (table,) = read_only_page(blocks).tables

    assert [each.text for each in table.cells] == ["Sum", ""]
    assert len(table.rows()) == 1


def test_a_hole_in_a_table_is_a_none_in_its_rows() -> None:
    blocks = [
        make_block("t", "TABLE", children=["c"]),
        make_block("c", "CELL", RowIndex=2, ColumnIndex=2, children=["x"]),
        *make_words("x"),
    ]
    (table,) = read_only_page(blocks).tables

    assert [[each and each.text for each in row] for row in table.rows()] == [
        [None, None],
        [None, "x"],
    ]


def test_signatures_are_places() -> None:
    page = read_only_page([make_block("s", "SIGNATURE", Page=1)])

    assert [box.top for box in page.signatures] == [0.2]


def test_each_page_has_its_own_blocks() -> None:
    blocks = [
        make_block("p1", "PAGE"),
        make_block("l1", "LINE", Text="first"),
        make_block("p2", "PAGE", Page=2),
        make_block("l2", "LINE", Text="second", Page=2),
        make_block("p3", "PAGE", Page=3),
    ]
    pages = list(read_pages(blocks))

    assert [(page.number, page.text) for page in pages] == [(1, "first"), (2, "second"), (3, "")]
    assert pages[1].lines[0].box.page == 2


def test_blocks_of_a_single_page_need_not_name_it() -> None:
    block = make_block("l", "LINE", Text="only")
    del block["Page"]

    assert read_only_page([block]).number == 1


def test_a_page_that_two_parts_share_is_one_page() -> None:
    """Parts are cut at a thousand blocks, wherever that is."""
    blocks = [
        *make_pair(["Name"], ["Ada"]),
        make_block("l", "LINE", Text="Name Ada"),
        *make_words("Name", "Ada"),
    ]
    parts = [blocks[:2], blocks[2:]]

    page = read_only_page(block for part in parts for block in part)

    assert page.key_values[0].value == "Ada"
    assert page.text == "Name Ada"


def test_no_blocks_are_no_pages() -> None:
    assert list(read_pages([])) == []


def test_only_one_page_is_held_at_a_time() -> None:
    """A document of 3,000 pages has millions of blocks."""
    taken = 0

    def read() -> Iterable[Block]:
        nonlocal taken
        for number in range(1, 51):
            taken += 1
            yield make_block(f"l{number}", "LINE", Text="line", Page=number)

    pages = read_pages(read())
    next(iter(pages))

    assert taken == 2
