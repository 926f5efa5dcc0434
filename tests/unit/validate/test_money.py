from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.validate.notations.money import (
    find_amounts,
    find_decimal_mark,
    format_micros,
    is_amount,
    parse_amount,
    to_micros,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56 €", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1\u2019234.56", "1234.56"),
        ("12,34,567.89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("(123.45)", "-123.45"),
        ("-123.45", "-123.45"),
        ("\u2212123.45", "-123.45"),
        ("123.45-", "-123.45"),
        ("45.00 DR", "-45.00"),
        ("45.00CR", "45.00"),
        ("-$12.00", "-12.00"),
        ("$ -12.00", "-12.00"),
        ("€100", "100"),
        ("100,-", "100"),
        ("119.00EUR", "119.00"),
        ("XQZ 1,180.00", "1180.00"),
        ("$1.63_", "1.63"),
        ("1, 234.56", "1234.56"),
        ("Tax (8.25%) 12.50", "12.50"),
        ("19 % 22,61", "22.61"),
        ("0.125", "0.125"),
    ],
)
def test_amounts_of_every_notation_are_read(text: str, value: str) -> None:
    amount = parse_amount(text)

    assert amount is not None
    assert amount.value == Decimal(value)


@pytest.mark.parametrize(
    "text", ["12.03.2024", "10:30", "INV-123", "19%", "2024-01-02", "none", "", "9" * 15]
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert parse_amount(text) is None


def test_three_digits_behind_a_mark_are_thousands_unless_the_document_says_otherwise() -> None:
    assert [a.value for a in find_amounts("1.234")] == [Decimal(1234)]
    assert [a.value for a in find_amounts("1.234", ",")] == [Decimal(1234)]
    assert [a.value for a in find_amounts("1.234", ".")] == [Decimal("1.234")]


def test_a_document_shows_its_decimal_mark() -> None:
    assert find_decimal_mark(["1.234,50", "12,00", "3.50"]) == ","
    assert find_decimal_mark(["1,234.50"]) == "."
    assert find_decimal_mark(["12", "3,50", "3.50"]) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("$ 5.00", True),
        ("19% 22.61 A", True),
        ("Page 1", False),
        ("total 5.00", False),
        ("-", False),
    ],
)
def test_a_text_is_an_amount_when_nothing_else_is_in_it(text: str, verdict: bool) -> None:
    assert is_amount(text) is verdict


def test_micros_are_shown_as_people_write_amounts() -> None:
    shown = [format_micros(to_micros(Decimal(text))) for text in ("1234.5", "-0.07", "0.125", "0")]

    assert shown == ["1234.50", "-0.07", "0.125", "0.00"]


def write_amount(value: Decimal, group: str, mark: str) -> str:
    whole, cents = f"{abs(value):,.2f}".split(".")
    return f"{'-' if value < 0 else ''}{whole.replace(',', group)}{mark}{cents}"


@given(
    value=st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2),
    notation=st.sampled_from(
        [(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ","), ("", ".")]
    ),
    sign=st.sampled_from(["", "$", "€ ", "EUR "]),
)
def test_an_amount_survives_being_written_and_read(
    value: Decimal, notation: tuple[str, str], sign: str
) -> None:
    amount = parse_amount(sign + write_amount(value, *notation))

    assert amount is not None
    assert amount.value == value
    assert to_micros(amount.value) == int(value * 1_000_000)
