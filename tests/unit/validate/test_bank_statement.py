"""Which rules of an account statement fail, by what is on it."""

from typing import Any

import pytest

from tests.unit.validate.documents import change, list_failed, make_page, read

STATEMENT = {
    "Account holder": "Emily Turner",
    "IBAN": "GB82 WEST 1234 5698 7654 32",
    "Statement period": "1 January 2025 to 31 January 2025",
    "Opening balance": "100.00",
    "Closing balance": "350.00",
    "Currency": "GBP",
}
MOVEMENTS = [
    ["Date", "Description", "Debit", "Credit", "Balance"],
    ["2 January 2025", "Rent", "50.00", "", "50.00"],
    ["3 January 2025", "Salary", "", "300.00", "350.00"],
]
SIGNED = [
    ["Date", "Description", "Amount"],
    ["2 January 2025", "Rent", "-50.00"],
    ["3 January 2025", "Salary", "300.00"],
]


def fail(*, movements: Any = MOVEMENTS, **changes: str | None) -> dict[str, str]:
    return list_failed(
        "bank_statement", make_page(pairs=change(STATEMENT, **changes), tables=[movements])
    )


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, {}),
        ({"Account_holder": None}, {"holder_present": "hold"}),
        ({"IBAN": "GB82 WEST 1234 5698 7654 33"}, {"iban_valid": "reject"}),
        ({"IBAN": None}, {}),
        ({"IBAN": None, "Account_number": "1234 5678"}, {}),
        ({"IBAN": None, "Account_number": "GB82 WEST 1234 5698 7654 33"}, {"iban_valid": "reject"}),
        ({"Statement_period": None}, {"period_valid": "hold"}),
        (
            {"Statement_period": "31 January 2025 to 1 January 2025"},
            {"period_valid": "hold", "transactions_in_period": "hold"},
        ),
        ({"Statement_period": None, "From": "1 Jan 2025", "To": "31 Jan 2025"}, {}),
        (
            {"Statement_period": "1 January 2025 to 31 January 2099"},
            {"period_not_future": "reject"},
        ),
        (
            {"Statement_period": "3 January 2025 to 31 January 2025"},
            {"transactions_in_period": "hold"},
        ),
        ({"Closing_balance": "450.00"}, {"balances_add_up": "reject"}),
        (
            {"Opening_balance": "110.00"},
            {"balances_add_up": "reject", "running_balance_consistent": "hold"},
        ),
        ({"Closing_balance": None}, {}),
        ({"Currency": None}, {"currency_known": "hold"}),
        ({"Currency": "Galleons"}, {"currency_known": "hold"}),
    ],
)
def test_what_fails(changes: dict[str, str | None], failed: dict[str, str]) -> None:
    assert fail(**changes) == failed


RENT, SALARY = MOVEMENTS[1:]


@pytest.mark.parametrize(
    ("movements", "failed"),
    [
        (SIGNED, {}),
        ([*SIGNED, ["4 January 2025", "Fee", "-5.00"]], {"balances_add_up": "reject"}),
        (
            [MOVEMENTS[0], ["2 January 2025", "Rent", "50.00", "", "55.00"], SALARY],
            {"running_balance_consistent": "hold"},
        ),
    ],
)
def test_which_movements_add_up(movements: Any, failed: dict[str, str]) -> None:
    assert fail(movements=movements) == failed


def test_a_statement_may_run_from_new_to_old() -> None:
    assert fail(movements=[MOVEMENTS[0], SALARY, RENT]) == {}


def test_sums_and_balances_carried_forward_are_no_movements() -> None:
    forward = ["", "Opening balance", "", "", "100.00"]
    total = ["", "Total", "50.00", "300.00", ""]

    assert fail(movements=[MOVEMENTS[0], forward, RENT, SALARY, total]) == {}


def test_a_date_or_text_that_runs_on_belongs_to_the_row_above() -> None:
    wrapped = [
        MOVEMENTS[0],
        ["2 January", "Rent of the", "50.00", "", "50.00"],
        ["2025", "house", "", "", ""],
        SALARY,
    ]
    page = make_page(pairs=STATEMENT, tables=[wrapped])

    assert list_failed("bank_statement", page) == {}
    (rent, _) = read("bank_statement", page)["transactions"].rows
    assert (rent.values["date"], rent.values["description"]) == ("2025-01-02", "Rent of the house")


def test_a_footer_in_the_table_is_no_movement() -> None:
    assert fail(movements=[*MOVEMENTS, ["Union Bank", "", "", "", "Page 1"]]) == {}


def test_amounts_without_a_sign_say_nothing_about_the_balance() -> None:
    unsigned = [SIGNED[0], ["2 January 2025", "Rent", "50.00"], SIGNED[2]]

    assert fail(movements=unsigned) == {}


def test_a_movement_that_was_not_read_never_rejects() -> None:
    unread = ["4 January 2025", "Fee", "l2.OO debit", "5.00", "345.00"]

    assert fail(movements=[*MOVEMENTS, unread], Closing_balance="345.00") == {
        "balances_add_up": "hold"
    }


def test_a_table_goes_on_over_pages_with_and_without_its_header() -> None:
    first = make_page(pairs=STATEMENT, tables=[MOVEMENTS[:2]])
    headed = make_page(number=2, tables=[[MOVEMENTS[0], SALARY]])
    bare = make_page(number=2, tables=[[SALARY]])

    for second in (headed, bare):
        assert list_failed("bank_statement", first, second) == {}
        assert len(read("bank_statement", first, second)["transactions"].rows) == 2


def test_a_german_statement_is_read() -> None:
    page = make_page(
        pairs={
            "Kontoinhaber": "Lena Schmidt",
            "IBAN": "DE89 3704 0044 0532 0130 00",
            "Zeitraum": "1. Februar 2025 bis 28. Februar 2025",
            "Anfangssaldo": "1.000,00",
            "Endsaldo": "1.850,00",
            "Währung": "EUR",
        },
        tables=[
            [
                ["Buchungstag", "Verwendungszweck", "Betrag", "Saldo"],
                ["03.02.2025", "Miete", "-150,00", "850,00"],
                ["27.02.2025", "Gehalt", "1.000,00", "1.850,00"],
            ]
        ],
    )

    assert list_failed("bank_statement", page) == {}
