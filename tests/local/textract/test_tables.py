"""Tables, drawn and undrawn."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.local.textract.paper import (
    HEIGHT,
    draw_all,
    rule_grid,
    write_at,
    write_lines,
    write_pdf,
    write_rows,
)
from tests.local.textract.reading import read_content, read_tables

_ROWS = [
    ("Date", "Description", "Debit", "Credit", "Balance"),
    ("2024-01-02", "Rent", "900.00", "", "1,100.00"),
    ("2024-01-05", "Salary", "", "2,500.00", "3,600.00"),
    ("2024-01-09", "Groceries", "84.15", "", "3,515.85"),
]
_LEFTS = (60, 150, 330, 400, 480)


def test_columns_without_rulings_follow_the_header() -> None:
    data = write_pdf(write_rows(_ROWS, lefts=_LEFTS))
    assert read_tables(data) == [[list(row) for row in _ROWS]]
    (table,) = read_content(data).tables
    assert {cell.entity for cell in table.row(1)} == {"COLUMN_HEADER"}
    assert {cell.entity for cell in table.row(2)} == {None}


def test_a_header_in_plain_type_is_recognised_by_its_words() -> None:
    assert read_tables(write_pdf(write_rows(_ROWS, lefts=_LEFTS, bold=False))) == [
        [list(row) for row in _ROWS]
    ]


def test_a_grid_of_rulings_makes_the_cells() -> None:
    draw = draw_all(
        rule_grid((50, 140, 320, 390, 470, 550), (106, 124, 142, 160, 178)),
        write_rows(_ROWS, lefts=_LEFTS),
    )
    assert read_tables(write_pdf(draw)) == [[list(row) for row in _ROWS]]


def test_a_drawn_cell_over_several_columns_is_merged() -> None:
    def draw(canvas: Canvas) -> None:
        tops, xs = (100, 120, 140, 160), (50, 200, 350, 500)
        for top in tops:
            canvas.line(xs[0], HEIGHT - top, xs[-1], HEIGHT - top)
        for x in xs:
            first = 100 if x in {50, 500} else 120
            canvas.line(x, HEIGHT - first, x, HEIGHT - 160)
        write_at((60, 114, "Employment history"))(canvas)
        write_rows(
            [("Start date", "End date", "Employer"), ("1/15/2009", "6/30/2011", "Any Company")],
            lefts=(60, 210, 360), top=134, pitch=20,
        )(canvas)  # fmt: skip

    (table,) = read_content(write_pdf(draw)).tables
    (merged,) = table.merged
    assert (merged.row, merged.column, merged.row_span, merged.column_span) == (1, 1, 1, 3)
    assert merged.entity == "TABLE_TITLE"
    assert {cell.entity for cell in table.row(2)} == {"COLUMN_HEADER"}


def test_the_rest_of_a_long_description_stays_in_its_cell() -> None:
    draw = draw_all(
        write_rows(
            [("Description", "Qty", "Amount"), ("Web design", "1", "85.00")],
            lefts=(60, 300, 460), top=100, pitch=18,
        ),
        write_at((60, 131, "for the new shop")),
        write_at((60, 152, "Hosting"), (300, 152, "12"), (460, 152, "120.00")),
    )  # fmt: skip
    assert read_tables(write_pdf(draw)) == [
        [
            ["Description", "Qty", "Amount"],
            ["Web design for the new shop", "1", "85.00"],
            ["Hosting", "12", "120.00"],
        ]
    ]


def test_a_body_that_is_one_box_a_column_is_parted_at_its_figures() -> None:
    draw = draw_all(
        rule_grid((50, 290, 450, 540), (100, 120, 220)),
        write_rows([("Description", "Qty", "Amount")], lefts=(60, 300, 460), top=114),
        write_rows(
            [("Paper", "2", "600.00"), ("Chair", "1", "634.00"), ("Desk", "3", "900.00")],
            lefts=(60, 300, 460), top=140, bold=False,
        ),
    )  # fmt: skip
    assert read_tables(write_pdf(draw)) == [
        [
            ["Description", "Qty", "Amount"],
            ["Paper", "2", "600.00"],
            ["Chair", "1", "634.00"],
            ["Desk", "3", "900.00"],
        ]
    ]


def test_header_names_that_stand_too_close_are_parted_by_the_columns_below() -> None:
    rows = [
        ("Item", "VAT", "Total"),
        ("Tablet", "21%", "399.00"),
        ("Console", "21%", "189.00"),
    ]

    def draw(canvas: Canvas) -> None:
        for index, row in enumerate(rows):
            canvas.setFont("Helvetica-Bold" if index == 0 else "Helvetica", 11)
            y = HEIGHT - 100 - 18 * index
            canvas.drawString(60, y, row[0])
            canvas.drawRightString(330, y, row[1])
            canvas.drawRightString(376, y, row[2])

    assert read_tables(write_pdf(draw)) == [[list(row) for row in rows]]


def test_a_table_over_two_pages_is_one_table_a_page() -> None:
    first, second = _ROWS[:3], [_ROWS[0], *_ROWS[3:], ("2024-01-11", "Fee", "5.00", "", "3,510.85")]
    data = write_pdf(write_rows(first, lefts=_LEFTS), write_rows(second, lefts=_LEFTS))
    assert read_tables(data, 0) == [[list(row) for row in first]]
    assert read_tables(data, 1) == [[list(row) for row in second]]


def test_totals_in_a_ruled_table_are_its_summary() -> None:
    draw = draw_all(
        rule_grid((50, 290, 450, 540), (100, 120, 140, 160)),
        write_rows(
            [("Description", "Qty", "Amount"), ("Paper", "2", "600.00"), ("", "Total", "600.00")],
            lefts=(60, 300, 460), top=114, pitch=20,
        ),
    )  # fmt: skip
    (table,) = read_content(write_pdf(draw)).tables
    assert {cell.entity for cell in table.row(3)} == {"TABLE_SUMMARY"}


def test_prose_and_lists_are_no_tables() -> None:
    draw = write_lines(
        "1. The quick brown fox jumps over the lazy dog and runs away.",
        "2. It was the best of times, it was the worst of times in 1859.",
        "3. Call me Ishmael, some years ago, never mind how long precisely.",
        "Invoice number: 4711",
        "Invoice date: 2024-05-01",
    )
    assert read_tables(write_pdf(draw)) == []


def test_the_boxes_of_a_form_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        rule_grid((50, 300, 550), (100, 140, 180, 220))(canvas)
        for row, top in enumerate((110, 150, 190)):
            write_at((54, top, f"{row}a Wages and tips"), (304, top, f"{row}b Tax"), size=6)(canvas)
            write_at((70, top + 18, "1,200.00"), (400, top + 18, "180.00"), size=11)(canvas)

    assert read_tables(write_pdf(draw)) == []


def test_a_footer_below_a_table_is_not_its_last_row() -> None:
    rows = [_ROWS[0], *(_ROWS[1:] * 4)]
    footer = write_at((60, 380, "Example Bank"), (480, 380, "Page one"))
    (table,) = read_tables(write_pdf(draw_all(write_rows(rows, lefts=_LEFTS), footer)))
    assert table == [list(row) for row in rows]
