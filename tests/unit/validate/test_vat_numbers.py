import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.validate.notations.vat import find_vat_number, is_vat_number

VALID = [
    "ATU13585627",
    "BE0428759497",
    "CHE100155212",
    "DE136695976",
    "DE811569869",
    "DK13585628",
    "EL094259216",
    "ESB58378431",
    "ES54362315K",
    "FI20774740",
    "FR40303265045",
    "FR83404833048",
    "GB980780684",
    "IE6433435F",
    "IE8D79739I",
    "IT00743110157",
    "LU15027442",
    "NL004495445B01",
    "NL000099998B57",
    "PL8567346215",
    "PT501964843",
    "SE123456789701",
]
CATCHES_EVERY_DIGIT = [
    "ATU13585627",
    "BE0428759497",
    "DE136695976",
    "IT00743110157",
    "PL8567346215",
]


@pytest.mark.parametrize("number", VALID)
def test_right_numbers_pass(number: str) -> None:
    assert is_vat_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "DE136695977",
        "DE13669597",
        "ATU13585626",
        "FR41303265045",
        "GB980780685",
        "ESB58378432",
        "NL004495446B01",
        "XX123",
        "",
        "DE",
    ],
)
def test_wrong_numbers_fail(number: str) -> None:
    assert not is_vat_number(number)


@given(
    number=st.sampled_from(CATCHES_EVERY_DIGIT), place=st.integers(0, 100), digit=st.integers(1, 9)
)
def test_one_wrong_digit_is_found(number: str, place: int, digit: int) -> None:
    digits = [index for index, char in enumerate(number) if char.isdigit()]
    index = digits[place % len(digits)]
    wrong = str((int(number[index]) + digit) % 10)

    assert not is_vat_number(number[:index] + wrong + number[index + 1 :])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("USt-IdNr. DE 811 569 869 Amtsgericht Hanau", "DE811569869"),
        ("VAT No: GB 980 7806 84", "GB980780684"),
        ("ATU 13585627", "ATU13585627"),
        ("CHE-100.155.212 MWST", "CHE100155212"),
        ("DE811569869 EUR", "DE811569869"),
        ("DE 1234567", "DE1234567"),
    ],
)
def test_a_number_is_found_in_what_surrounds_it(text: str, number: str) -> None:
    assert find_vat_number(text) == number


@pytest.mark.parametrize("text", ["12-3456789", "27AAACM1234A1Z5", "044 241 601 03", ""])
def test_numbers_of_no_known_country_are_not_judged(text: str) -> None:
    assert find_vat_number(text) is None
