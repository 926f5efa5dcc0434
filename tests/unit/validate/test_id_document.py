"""Which rules of an identity document fail, by what is on it."""

from collections.abc import Mapping

import pytest

from tests.unit.validate.documents import change, list_failed, make_page, read

CARD = {
    "Surname": "Eriksson",
    "Given names": "Anna Maria",
    "Date of birth": "12 August 1974",
    "Date of issue": "16 April 2022",
    "Date of expiry": "15 April 2032",
    "Passport No.": "L898902C3",
}
# The specimen of ICAO Doc 9303, with an expiry in 2032.
ZONE = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)


def fail(
    changes: Mapping[str, str | None] | None = None,
    *,
    zone: tuple[str, ...] = ZONE,
    confidence: float = 99.0,
) -> dict[str, str]:
    pairs = change(CARD, **changes or {})
    return list_failed("id_document", make_page(pairs=pairs, lines=zone, confidence=confidence))


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, {}),
        ({"Passport_No.": None}, {"number_present": "hold"}),
        ({"Surname": None}, {"name_present": "hold"}),
        ({"Date_of_birth": None}, {"birth_date_valid": "hold"}),
        (
            {"Date_of_expiry": "15 April 2019", "Date_of_issue": "16 April 2009"},
            {"not_expired": "reject", "mrz_matches": "hold"},
        ),
        ({"Date_of_expiry": None}, {}),
        ({"Date_of_issue": "16 April 2033"}, {"expiry_after_issue": "hold"}),
        ({"Date_of_issue": "31 April 2022"}, {"expiry_after_issue": "hold"}),
        ({"Passport_No.": "L898902C4"}, {"mrz_matches": "hold"}),
        ({"Passport_No.": "L 898902 C3"}, {}),
        ({"Date_of_birth": "13 August 1974"}, {"mrz_matches": "hold"}),
    ],
)
def test_what_fails(changes: dict[str, str | None], failed: dict[str, str]) -> None:
    assert fail(changes) == failed


@pytest.mark.parametrize("day", ["6 May 2099", "30 February 1980", "1 January 1850"])
def test_nobody_is_born_on_such_a_day(day: str) -> None:
    assert fail({"Date_of_birth": day}, zone=()) == {"birth_date_valid": "hold"}


def test_a_wrong_check_digit_is_a_reject_if_it_was_read_well() -> None:
    forged = (ZONE[0], ZONE[1].replace("L898902C36", "L898902C37"))

    assert fail(zone=forged) == {"mrz_checksums_valid": "reject"}
    assert fail(zone=forged, confidence=60) == {"mrz_checksums_valid": "hold"}


def test_a_zone_that_was_read_in_part_is_a_hold() -> None:
    assert fail(zone=(ZONE[0], ZONE[1][:30])) == {"mrz_matches": "hold"}


def test_a_card_without_a_zone_has_no_rules_about_it() -> None:
    assert fail(zone=()) == {}


def test_a_birth_date_of_two_digits_lies_in_the_past() -> None:
    assert (
        read("id_document", make_page(pairs={"DOB": "12.08.45"}))["birth_date"].value
        == "1945-08-12"
    )
