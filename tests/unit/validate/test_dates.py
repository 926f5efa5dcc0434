from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.validate.fields.values import Notation, read_value
from lambdas.validate.notations.dates import find_dates, find_day_order

TWELFTH_OF_MARCH = date(2024, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-12",
        "2024/03/12",
        "12 March 2024",
        "March 12, 2024",
        "Mar. 12 2024",
        "12-Mar-24",
        "12MAR2024",
        "12th day of March 2024",
        "12.03.2024",
        "12. März 2024",
        "12 mars 2024",
        "12 de marzo de 2024",
        "12 marzo 2024",
        "12 maart 2024",
        "2024年3月12日",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    (written,) = find_dates(f"Issued {text} in Berlin")

    assert written.resolve("day_first") == written.resolve("month_first") == TWELFTH_OF_MARCH


@pytest.mark.parametrize(
    "text",
    ["31 February 2024", "31/02/2024", "02/31/2024", "31.02.2024", "2023-02-29", "45.03.2024"],
)
def test_a_day_that_does_not_exist_is_written_but_no_date(text: str) -> None:
    (written,) = find_dates(text)

    assert written.resolve("day_first") is None
    assert written.resolve("month_first") is None


def test_a_numeric_date_has_two_readings_until_the_document_decides() -> None:
    (written,) = find_dates("03/12/2024")

    assert written.ambiguous
    assert written.resolve("day_first") == date(2024, 12, 3)
    assert written.resolve("month_first") == TWELFTH_OF_MARCH


def test_a_date_that_can_be_read_in_one_way_only_proves_the_order() -> None:
    assert find_day_order(["03/12/2024", "due 03/25/2024"]) == "month_first"
    assert find_day_order(["03/12/2024", "due 25/03/2024"], currency="USD") == "day_first"


def test_without_proof_the_currency_suggests_the_order() -> None:
    assert find_day_order(["03/12/2024"], currency="USD") == "month_first"
    assert find_day_order(["03/12/2024"], currency="GBP") == "day_first"
    assert find_day_order(["03/12/2024"]) is None


def test_without_any_evidence_an_ambiguous_date_is_not_certain() -> None:
    unsure = read_value("date", "03/12/2024", Notation(received=date(2025, 1, 1)))
    sure = read_value("date", "13/12/2024", Notation(received=date(2025, 1, 1)))

    assert unsure is not None
    assert not unsure.certain
    assert sure is not None
    assert sure.certain


def test_a_two_digit_year_in_the_future_is_not_certain_and_never_one_of_birth() -> None:
    notation = Notation(received=date(2025, 1, 1))
    receipt = read_value("date", "1.6.58", notation)
    birth = read_value("date", "1.6.58", notation, past=True)

    assert receipt is not None
    assert (receipt.value, receipt.certain) == ("2058-06-01", False)
    assert birth is not None
    assert birth.value == "1958-06-01"


def test_a_period_in_one_text_has_a_first_and_a_last_date() -> None:
    notation, text = Notation(received=date(2025, 1, 1)), "1 May 2024 to 31 May 2024"
    first, last = read_value("date", text, notation), read_value("date", text, notation, last=True)

    assert first is not None
    assert last is not None
    assert (first.value, last.value) == ("2024-05-01", "2024-05-31")


@pytest.mark.parametrize("text", ["Mar 2019", "10.10.10.10", "555-0100", "12/2024", "page 3 of 12"])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@given(
    day=st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    form=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%y"]),
)
def test_a_date_survives_being_written_and_read(day: date, form: str) -> None:
    (written,) = find_dates(day.strftime(form))

    assert written.resolve("day_first") == day
