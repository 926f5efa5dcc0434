import pytest

from lambdas.validate.notations.us_tax_numbers import (
    find_employer_number,
    find_person_number,
    is_employer_number,
    is_person_number,
)


@pytest.mark.parametrize(
    "digits", ["123456789", "001010001", "899999999", "900700001", "999881234"]
)
def test_numbers_that_the_ssa_or_the_irs_assigns(digits: str) -> None:
    assert is_person_number(digits)


@pytest.mark.parametrize(
    "digits",
    [
        "000123456",
        "666123456",
        "123006789",
        "123450000",
        "078051120",
        "900931234",
        "912891234",
        "900491234",
    ],
)
def test_numbers_that_nobody_has(digits: str) -> None:
    assert not is_person_number(digits)


def test_an_employer_number_has_an_assigned_prefix() -> None:
    assert is_employer_number("123456789")
    assert not is_employer_number("001234567")
    assert not is_employer_number("893456789")


def test_numbers_are_found_with_and_without_separators() -> None:
    assert find_person_number("a SSN 123-45-6789") == "123456789"
    assert find_person_number("123 45 6789") == "123456789"
    assert find_employer_number("EIN: 12-3456789") == "123456789"


@pytest.mark.parametrize("text", ["XXX-XX-6789", "***-**-6789", "12-3456", "123-45-67890"])
def test_a_truncated_number_is_not_read(text: str) -> None:
    assert find_person_number(text) is None
