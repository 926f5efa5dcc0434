"""Which rules of an invoice fail, by what is on it."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.unit.validate.documents import change, judge, list_failed, make_page, read

INVOICE = {
    "Invoice number": "2025-0042",
    "Invoice date": "2025-03-01",
    "Due date": "2025-03-31",
    "Seller": "Nordwind GmbH",
    "Bill to": "Alpha Ltd",
    "VAT ID": "DE136695976",
    "IBAN": "DE89 3704 0044 0532 0130 00",
    "Currency": "EUR",
    "Subtotal": "100.00",
    "VAT 19%": "19.00",
    "Total": "119.00",
}
LINES = [
    ["Description", "Qty", "Unit price", "Amount"],
    ["Desk", "2", "30.00", "60.00"],
    ["Chair", "1", "40.00", "40.00"],
]


def fail(
    changes: Mapping[str, str | None] | None = None,
    *,
    lines: Any = LINES,
    confidence: float = 99.0,
) -> dict[str, str]:
    pairs, tables = change(INVOICE, **changes or {}), [lines] if lines else []
    return list_failed("invoice", make_page(pairs=pairs, tables=tables, confidence=confidence))


def test_a_good_invoice_keeps_every_rule() -> None:
    findings = judge("invoice", make_page(pairs=INVOICE, tables=[LINES]))

    assert len(findings) == 11
    assert all(finding.passed for finding in findings)


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"Invoice_number": None}, {"number_present": "hold"}),
        ({"Invoice_number": "____"}, {"number_present": "hold"}),
        ({"Seller": None}, {"parties_present": "hold"}),
        ({"Bill_to": None}, {"parties_present": "hold"}),
        ({"Invoice_date": None}, {"date_valid": "hold"}),
        ({"Invoice_date": "31 February 2025"}, {"date_valid": "hold"}),
        ({"Invoice_date": "2025-03-16", "Due_date": None}, {"date_not_future": "reject"}),
        ({"Invoice_date": "2025-03-15"}, {}),
        ({"Due_date": "2025-02-28"}, {"due_not_before_date": "hold"}),
        ({"Due_date": "31.02.2025"}, {"due_not_before_date": "hold"}),
        ({"Due_date": None}, {}),
        ({"Total": None}, {"total_present": "hold"}),
        ({"Total": "219.00"}, {"total_adds_up": "reject"}),
        ({"Total": "119.04"}, {}),
        ({"Total": "119.06"}, {"total_adds_up": "reject"}),
        ({"Subtotal": None, "Total": "100.00"}, {}),
        ({"IBAN": "DE89 3704 0044 0532 0130 01"}, {"iban_valid": "reject"}),
        ({"IBAN": "G889 3704"}, {"iban_valid": "hold"}),
        ({"IBAN": "DE89 **** **** **** **** 00"}, {}),
        ({"IBAN": None}, {}),
        ({"VAT_ID": "DE136695977"}, {"tax_id_valid": "hold"}),
        ({"VAT_ID": "27AAACM1234A1Z5"}, {}),
        ({"Currency": "XQZ"}, {"currency_known": "hold"}),
        ({"Currency": None}, {"currency_known": "hold"}),
        ({"Currency": None, "Total": "€ 119.00"}, {}),
        ({"Discount": "-10.00", "Total": "109.00"}, {}),
        ({"Shipping": "5.00", "Total": "124.00"}, {}),
        ({"Previous balance": "50.00", "Total": "169.00"}, {}),
    ],
)
def test_what_fails(changes: dict[str, str | None], failed: dict[str, str]) -> None:
    assert fail(changes) == failed


@pytest.mark.parametrize(
    ("lines", "failed"),
    [
        ([*LINES[:2], ["Chair", "1", "40.00", "50.00"]], {"lines_add_up": "hold"}),
        ([*LINES, ["Lamp", "1", "5.00", "5.00"]], {"lines_add_up": "hold"}),
        ([*LINES, ["", "", "Subtotal", "100.00"]], {}),
        ([*LINES, ["", "", "Something else", "100.00"]], {}),
        ([LINES[0], ["Freight", "2", "30.00", "60.00"], LINES[2]], {}),
        (
            [LINES[0], ["Desk", "2 pcs", "30.00", "60.00"], ["with drawers", "", "", ""], LINES[2]],
            {},
        ),
        ([["Item", "Amount"], ["Desk", "60.00"], ["Chair", "40.00"]], {}),
        ([["Item", "Total"], ["Desk", "71.40"], ["Chair", "47.60"]], {}),
        (None, {}),
    ],
)
def test_which_lines_add_up(lines: Any, failed: dict[str, str]) -> None:
    assert fail(lines=lines) == failed


def test_a_reject_that_was_hardly_legible_is_a_hold() -> None:
    assert fail({"Total": "219.00"}, confidence=70.0) == {"total_adds_up": "hold"}


def test_a_total_that_stands_there_in_two_ways_is_a_hold() -> None:
    page = make_page(pairs=[*INVOICE.items(), ("Total", "300.00")], tables=[LINES])

    assert list_failed("invoice", page) == {"total_adds_up": "hold"}


def test_a_subtotal_may_have_its_tax_in_it() -> None:
    assert fail({"Subtotal": "119.00"}, lines=None) == {}


def test_taxes_at_two_rates_are_added() -> None:
    pairs = [*change(INVOICE, Total="126.00").items(), ("VAT 7%", "7.00")]

    assert list_failed("invoice", make_page(pairs=pairs, tables=[LINES])) == {}


def test_an_unknown_charge_between_subtotal_and_total_never_rejects() -> None:
    rows = [
        ["Subtotal", "100.00"],
        ["VAT 19%", "19.00"],
        ["Carriage to site", "6.00"],
        ["Total", "125.00"],
    ]
    facts = change(INVOICE, **{"Subtotal": None, "VAT 19%": None, "Total": None})

    assert list_failed("invoice", make_page(pairs=facts, rows=rows, tables=[LINES])) == {}
    rows[-1] = ["Total", "130.00"]
    assert list_failed("invoice", make_page(pairs=facts, rows=rows, tables=[LINES])) == {
        "total_adds_up": "hold"
    }


def test_a_german_invoice_in_a_table_and_in_lines_is_read() -> None:
    page = make_page(
        lines=[
            "Muster & Söhne KG",
            "Rechnungs-Nr.: 4711",
            "Rechnungsdatum: 1. März 2025",
            "Kunde: Beta AG",
        ],
        rows=[["USt-IdNr.", "DE 136 695 976"]],
        tables=[
            [
                ["Bezeichnung", "Menge", "Einzelpreis", "Gesamt"],
                ["Beratung", "10", "123,45", "1.234,50"],
            ],
            [
                ["Nettobetrag", "1.234,50 €"],
                ["zzgl. 19% MwSt.", "234,56 €"],
                ["Rechnungsbetrag", "1.469,06 €"],
            ],
        ],
    )

    fields = read("invoice", page)
    assert {
        name: fields[name].value
        for name in ("number", "date", "seller", "buyer", "tax_id", "currency")
    } == {
        "number": "4711",
        "date": "2025-03-01",
        "seller": "Muster & Söhne KG",
        "buyer": "Beta AG",
        "tax_id": "DE136695976",
        "currency": "EUR",
    }
    assert list_failed("invoice", page) == {}


def test_an_american_invoice_puts_the_month_first() -> None:
    page = make_page(
        pairs=change(INVOICE, Invoice_date="03/12/2025", Currency="USD", VAT_ID=None),
        tables=[LINES],
    )

    assert read("invoice", page)["date"].value == "2025-03-12"


def test_a_column_called_total_is_not_the_total() -> None:
    page = make_page(
        pairs=INVOICE,
        tables=[[["Item", "Qty", "Price", "Total"], ["Desk", "2", "50.00", "100.00"]]],
    )

    assert read("invoice", page)["total"].value == 119_000_000
