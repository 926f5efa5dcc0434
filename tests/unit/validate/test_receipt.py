"""Which rules of a receipt fail, by what is on it."""

import pytest

from tests.unit.validate.documents import list_failed, make_page, read

ROWS = {
    "shop": ["Corner Market"],
    "address": ["12 Main Street"],
    "date": ["Date: 03/12/2025", "Time: 14:05"],
    "milk": ["Whole milk 1L", "2.50"],
    "bread": ["2 x Bread", "7.50 A"],
    "subtotal": ["Subtotal", "$10.00"],
    "tax": ["Tax 8%", "$0.80"],
    "total": ["TOTAL", "$10.80"],
    "cash": ["Cash", "$20.00"],
    "change": ["Change", "$9.20"],
}


def fail(**changes: list[str] | None) -> dict[str, str]:
    rows = [row for row in (ROWS | changes).values() if row is not None]
    return list_failed("receipt", make_page(rows=rows))


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, {}),
        ({"date": None}, {"date_valid": "hold"}),
        ({"date": ["Date: 02/30/2025"]}, {"date_valid": "hold"}),
        ({"date": ["Date: 14 March 2099"]}, {"date_not_future": "reject"}),
        ({"date": ["Date: 14.03.58"]}, {"date_not_future": "hold"}),
        ({"milk": ["Whole milk 1L", "3.50"]}, {"items_add_up": "hold"}),
        ({"bread": None}, {"items_add_up": "hold"}),
        ({"milk": None, "bread": None}, {}),
        ({"total": ["TOTAL", "$20.80"]}, {"total_adds_up": "reject", "change_adds_up": "hold"}),
        (
            {"tip": ["Tip", "$2.00"], "total": ["TOTAL", "$12.80"], "change": ["Change", "$7.20"]},
            {},
        ),
        ({"change": ["Change", "$8.20"]}, {"change_adds_up": "hold"}),
        ({"cash": None, "change": None}, {}),
        ({"total": None}, {"total_present": "hold"}),
        ({"shop": None, "address": None}, {"merchant_present": "hold"}),
    ],
)
def test_what_fails(changes: dict[str, list[str] | None], failed: dict[str, str]) -> None:
    assert fail(**changes) == failed


def test_a_fee_that_no_label_knows_explains_the_total() -> None:
    rows = [row for name, row in ROWS.items() if name not in {"total", "cash", "change"}]

    explained = make_page(rows=[*rows, ["Corkage", "$4.00"], ["Total", "$14.80"]])
    unexplained = make_page(rows=[*rows, ["Corkage", "$4.00"], ["Total", "$17.80"]])

    assert list_failed("receipt", explained) == {}
    assert list_failed("receipt", unexplained) == {"total_adds_up": "hold"}


def test_a_currency_that_nobody_wrote_is_a_warning() -> None:
    rows = [[text.replace("$", "") for text in row] for row in ROWS.values()]

    assert list_failed("receipt", make_page(rows=rows)) == {"currency_known": "warn"}


def test_the_merchant_is_the_first_line_that_is_no_heading() -> None:
    page = make_page(
        rows=[["RECEIPT"], ["Thank you!"], ["Corner Market"], *list(ROWS.values())[2:]]
    )

    assert read("receipt", page)["merchant"].value == "Corner Market"


def test_a_french_receipt_is_read() -> None:
    page = make_page(
        rows=[
            ["Boulangerie du Pont"],
            ["Date: 27/02/2025"],
            ["Chocolat noir", "10,40"],
            ["Jambon blanc", "23,18"],
            ["Total HT", "33,58 €"],
            ["TVA 20%", "6,72 €"],
            ["Total TTC", "40,30 €"],
            ["Espèces", "50,00 €"],
            ["Rendu", "9,70 €"],
        ]
    )

    assert list_failed("receipt", page) == {}
    assert read("receipt", page)["change"].value == 9_700_000
