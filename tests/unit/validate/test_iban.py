import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.validate.notations.iban import LENGTHS, find_iban, is_iban

VALID = [
    "DE89370400440532013000",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "NL91ABNA0417164300",
    "AT611904300234573201",
    "BE68539007547034",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
]


@pytest.mark.parametrize("number", VALID)
def test_right_numbers_pass(number: str) -> None:
    assert is_iban(number)


@given(number=st.sampled_from(VALID), place=st.integers(2, 100), digit=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, digit: int) -> None:
    digits = [index for index in range(2, len(number)) if number[index].isdigit()]
    index = digits[place % len(digits)]
    wrong = str((int(number[index]) + digit) % 10)

    assert not is_iban(number[:index] + wrong + number[index + 1 :])


@given(number=st.sampled_from(VALID), place=st.integers(4, 100))
def test_two_neighbours_that_change_places_are_found(number: str, place: int) -> None:
    index = 4 + place % (len(number) - 5)
    swapped = number[:index] + number[index + 1] + number[index] + number[index + 2 :]

    assert is_iban(swapped) is (number[index] == number[index + 1])


def test_a_lost_digit_makes_a_number_of_the_wrong_length() -> None:
    found = find_iban("IBAN DE89 3704 0044 0532 0130 0")

    assert found == "DE8937040044053201300"
    assert not is_iban(found)


def test_what_follows_the_number_is_cut_off() -> None:
    assert find_iban("NL91 ABNA 0417 1643 00 BIC: ABNANL2A") == "NL91ABNA0417164300"
    assert find_iban("AT61 1904 3002 3457 3201 BIC OPSKATWW") == "AT611904300234573201"


@pytest.mark.parametrize("text", ["12345678", "XX89 3704 0044 0532 0130 00", "", "Account 4711"])
def test_what_has_no_country_is_no_iban(text: str) -> None:
    assert find_iban(text) is None


def test_every_length_leaves_room_for_country_and_check_digits() -> None:
    assert len(LENGTHS) > 80
    assert all(15 <= length <= 34 for length in LENGTHS.values())
