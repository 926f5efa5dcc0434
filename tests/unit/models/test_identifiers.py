from random import Random

import pytest

from models.corpus.days import Day
from models.corpus.identifiers import (
    draw_ein,
    draw_iban,
    draw_ssn,
    draw_vat_number,
    flip_digit,
    luhn_digit,
)
from models.corpus.travel_documents import Holder, check_digit, write_td1, write_td2, write_td3

COUNTRIES = ("AT", "BE", "DE", "ES", "FR", "GB", "IT", "NL")
UTOPIAN = Holder(
    country="UTO",
    surname="Eriksson",
    given_names="Anna Maria",
    number="L898902C3",
    nationality="UTO",
    born=Day(1974, 8, 12),
    sex="F",
    expires=Day(2012, 4, 15),
)
"""The specimen holder of ICAO Doc 9303."""


def _remainder(iban: str) -> int:
    plain = iban.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_drawn_iban_has_the_remainder_one(country: str) -> None:
    for number in range(50):
        iban = draw_iban(Random(number), country)
        assert iban.startswith(country)
        assert _remainder(iban) == 1


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_iban_with_a_flipped_digit_fails(country: str) -> None:
    iban = draw_iban(Random(1), country)
    spoilt = flip_digit(iban)
    assert len(spoilt) == len(iban)
    assert _remainder(spoilt) != 1


@pytest.mark.parametrize(
    ("body", "digit"), [("7992739871", "3"), ("0000000000", "0"), ("453201511283036", "6")]
)
def test_luhn_digits_are_those_of_the_known_examples(body: str, digit: str) -> None:
    assert luhn_digit(body) == digit


@pytest.mark.parametrize(
    ("country", "length"),
    [
        ("AT", 11),
        ("BE", 12),
        ("DE", 11),
        ("ES", 11),
        ("FR", 13),
        ("GB", 11),
        ("IT", 13),
        ("NL", 14),
    ],
)
def test_vat_numbers_have_their_country_and_its_length(country: str, length: int) -> None:
    number = draw_vat_number(Random(3), country)
    assert number.startswith(country)
    assert len(number) == length


def test_social_security_numbers_are_in_issued_ranges() -> None:
    for number in range(300):
        area, group, serial = draw_ssn(Random(number)).split("-")
        assert area not in ("000", "666")
        assert int(area) < 900
        assert group != "00"
        assert serial != "0000"


def test_employer_numbers_have_two_and_seven_digits() -> None:
    prefix, serial = draw_ein(Random(5)).split("-")
    assert (len(prefix), len(serial)) == (2, 7)


def test_the_passport_specimen_is_written_as_icao_prints_it() -> None:
    first, second = write_td3(UTOPIAN)
    assert first == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert second.startswith("L898902C36UTO7408122F1204159")
    assert len(second) == 44


def test_cards_have_the_widths_of_their_sizes() -> None:
    assert [len(line) for line in write_td1(UTOPIAN)] == [30, 30, 30]
    assert [len(line) for line in write_td2(UTOPIAN)] == [36, 36]


def test_check_digits_are_those_of_icao_9303() -> None:
    assert check_digit("L898902C3") == "6"
    assert check_digit("740812") == "2"
    assert check_digit("120415") == "9"
    assert check_digit("ZE184226B<<<<<") == "1"


def test_letters_that_a_zone_cannot_show_are_replaced() -> None:
    (first, _) = write_td3(
        Holder(
            "D<<", "Müßig", "Jörg-Ole", "C01X00T47", "D<<", Day(1964, 8, 12), "M", Day(2034, 2, 1)
        )
    )
    assert first.startswith("P<D<<MUSSIG<<JORG<OLE<")
