"""Key-values as business documents write them."""

from __future__ import annotations

import pytest
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
from tests.local.textract.reading import read_fields


def test_a_colon_parts_key_and_value_on_one_line() -> None:
    fields = read_fields(
        write_pdf(write_lines("Invoice number: INV-2024/17", "Issued at: 12:30", "E-mail: a@b.org"))
    )
    assert fields == {
        "Invoice number:": "INV-2024/17",
        "Issued at:": "12:30",
        "E-mail:": "a@b.org",
    }


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("State: CA Zip Code: 12345 Phone: 646-555-0111",
         {"State:": "CA", "Zip Code:": "12345", "Phone:": "646-555-0111"}),
        ("Name: JANE ROE   Sex: F", {"Name:": "JANE ROE", "Sex:": "F"}),
        ("IBAN : FR76 3000 6000 0112 - BIC : AGRIFRPP",
         {"IBAN :": "FR76 3000 6000 0112", "BIC :": "AGRIFRPP"}),
    ],
)  # fmt: skip
def test_several_keys_on_one_line_each_get_their_own_value(
    line: str, fields: dict[str, str]
) -> None:
    assert read_fields(write_pdf(write_lines(line))) == fields


def test_a_wide_gap_after_the_colon_still_leads_to_the_value() -> None:
    draw = write_at((60, 100, "Due date:"), (260, 100, "2024-04-11"))
    assert read_fields(write_pdf(draw)) == {"Due date:": "2024-04-11"}


def test_a_value_may_stand_below_its_key_and_take_several_lines() -> None:
    draw = draw_all(
        write_lines("Bill to:", "Example Ltd", "1 Main Street", "Springfield 12345", pitch=14),
        write_at((60, 200, "Thank you for your order.")),
    )
    assert read_fields(write_pdf(draw)) == {
        "Bill to:": "Example Ltd 1 Main Street Springfield 12345"
    }


def test_a_key_with_nothing_to_its_right_or_below_has_an_empty_value() -> None:
    draw = write_at((60, 100, "Signature:"), (60, 160, "Date: 2024-05-01"))
    assert read_fields(write_pdf(draw)) == {"Signature:": "", "Date:": "2024-05-01"}


def test_a_line_to_write_on_is_no_value() -> None:
    fields = read_fields(write_pdf(write_lines("Signature: __________ Date: __________")))
    assert fields == {"Signature:": "", "Date:": ""}


def test_labels_without_a_colon_pair_with_values_on_their_row() -> None:
    draw = write_at(
        (60, 100, "Invoice number"), (220, 100, "4711"),
        (60, 116, "Account holder"), (220, 116, "Jane Roe"),
        (60, 132, "Invoice date"), (220, 132, "12 March 2024"),
    )  # fmt: skip
    assert read_fields(write_pdf(draw)) == {
        "Invoice number": "4711",
        "Account holder": "Jane Roe",
        "Invoice date": "12 March 2024",
    }


def test_totals_under_a_table_are_fields() -> None:
    table = write_rows(
        [
            ("Description", "Qty", "Price", "Amount"),
            ("Paper", "2", "300.00", "600.00"),
            ("Chair", "1", "634.00", "634.00"),
        ],
        lefts=(60, 300, 370, 460),
    )
    totals = write_at(
        (360, 190, "Subtotal"), (460, 190, "1,234.00"),
        (360, 208, "VAT 19%"), (460, 208, "234.46"),
        (360, 226, "Total due"), (460, 226, "EUR 1,468.46"),
    )  # fmt: skip
    fields = read_fields(write_pdf(draw_all(table, totals)))
    assert fields == {"Subtotal": "1,234.00", "VAT 19%": "234.46", "Total due": "EUR 1,468.46"}


def test_totals_that_a_ruled_table_contains_are_fields_too() -> None:
    draw = draw_all(
        rule_grid((50, 290, 450, 540), (100, 120, 140, 160, 180, 200)),
        write_rows(
            [
                ("Description", "Qty", "Amount"),
                ("Paper", "2", "500.00"),
                ("Pens", "20", "100.00"),
                ("", "Subtotal", "600.00"),
                ("", "Total", "$ 714.00"),
            ],
            lefts=(60, 300, 460),
            top=114,
            pitch=20,
        ),
    )
    assert read_fields(write_pdf(draw)) == {"Subtotal": "600.00", "Total": "$ 714.00"}


def test_a_total_without_a_gap_is_parted_before_its_currency() -> None:
    fields = read_fields(write_pdf(write_lines("Total due EUR 1,468.46", "Invoice No. 4711/B")))
    assert fields == {"Total due": "EUR 1,468.46", "Invoice No.": "4711/B"}


def test_a_small_label_names_what_stands_below_it() -> None:
    def draw(canvas: Canvas) -> None:
        write_at((60, 100, "Surname"), (60, 140, "Date of birth"), size=7)(canvas)
        write_at((60, 113, "MUSTERMANN"), (60, 153, "12.08.1983"), size=12)(canvas)

    assert read_fields(write_pdf(draw)) == {
        "Surname": "MUSTERMANN",
        "Date of birth": "12.08.1983",
    }


def test_a_row_of_labels_over_a_row_of_values_pairs_by_column() -> None:
    draw = write_at(
        (60, 100, "Surname"), (220, 100, "Date of birth"),
        (60, 114, "ROE"), (220, 114, "1990-02-28"),
        (60, 136, "Given names"), (220, 136, "Date of expiry"),
        (60, 150, "JANE"), (220, 150, "2031-02-28"),
    )  # fmt: skip
    assert read_fields(write_pdf(draw)) == {
        "Surname": "ROE",
        "Date of birth": "1990-02-28",
        "Given names": "JANE",
        "Date of expiry": "2031-02-28",
    }


def test_the_small_print_of_a_box_is_the_key_of_what_is_filled_in() -> None:
    def draw(canvas: Canvas) -> None:
        rule_grid((50, 300, 550), (100, 140, 180))(canvas)
        write_at(
            (54, 110, "a Employee's social security number"),
            (304, 110, "1 Wages, tips, other compensation"),
            (54, 150, "b Employer identification number (EIN)"),
            (304, 150, "2 Federal income tax withheld"),
            size=7,
        )(canvas)
        write_at((70, 130, "123-45-6789"), (400, 130, "45,209.41"), (70, 170, "82-5996431"))(canvas)

    assert read_fields(write_pdf(draw)) == {
        "a Employee's social security number": "123-45-6789",
        "1 Wages, tips, other compensation": "45,209.41",
        "b Employer identification number (EIN)": "82-5996431",
        "2 Federal income tax withheld": "",
    }


def test_a_table_of_one_entry_is_a_row_of_fields() -> None:
    draw = write_rows(
        [("Invoice number", "Invoice date", "Charges"), ("332376", "4/25/2017", "$10,023.34")],
        lefts=(60, 220, 380),
    )
    assert read_fields(write_pdf(draw)) == {
        "Invoice number": "332376",
        "Invoice date": "4/25/2017",
        "Charges": "$10,023.34",
    }


def test_addresses_side_by_side_are_no_fields() -> None:
    draw = write_at(
        (60, 100, "Example Ltd"), (300, 100, "Sample Networks Limited"),
        (60, 114, "8 Queens Avenue"), (300, 114, "138 Park Lane"),
        (60, 128, "London"), (300, 128, "Glasgow"),
        (60, 142, "MR3 0LM"), (300, 142, "MP9 5WS"),
    )  # fmt: skip
    assert read_fields(write_pdf(draw)) == {}


def test_prose_in_two_columns_is_no_field() -> None:
    def draw(canvas: Canvas) -> None:
        for index in range(12):
            canvas.drawString(60, HEIGHT - 100 - 14 * index, "The quick brown fox jumps over it")
            canvas.drawString(310, HEIGHT - 100 - 14 * index, "and then the lazy dog sleeps on")

    assert read_fields(write_pdf(draw)) == {}


def test_amounts_with_spaced_thousands_stay_whole_over_shorter_ones() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (label, left, right) in enumerate(
            [("Sous-total", "3", "127,90"), ("TVA 20%", "", "625,58"), ("Remise", "", "100,00")]
        ):
            y = HEIGHT - 100 - 18 * row
            canvas.drawString(300, y, label)
            canvas.drawRightString(455, y, left)
            canvas.drawString(460, y, right)

    fields = read_fields(write_pdf(draw))
    assert fields["Sous-total"] == "3 127,90"
    assert fields["TVA 20%"] == "625,58"
