from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.validate.notations.mrz import Zone, check_digit, is_zone_line, read_zone

# The specimens of ICAO Doc 9303.
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TODAY = date(2025, 3, 14)


def read(lines: tuple[str, ...]) -> Zone:
    zone = read_zone(lines)
    assert zone is not None
    return zone


@pytest.mark.parametrize(
    ("lines", "form", "number"),
    [(TD3, "TD3", "L898902C3"), (TD2, "TD2", "D23145890"), (TD1, "TD1", "D23145890")],
)
def test_the_specimens_are_read(lines: tuple[str, ...], form: str, number: str) -> None:
    zone = read(lines)

    assert (zone.format, zone.number, zone.find_faults()) == (form, number, [])
    assert zone.birth(TODAY) == date(1974, 8, 12)
    assert zone.expiry(TODAY) == date(2012, 4, 15)


@given(lines=st.sampled_from([TD1, TD2, TD3]), place=st.integers(0, 100), digit=st.integers(1, 9))
def test_one_wrong_digit_is_found(lines: tuple[str, ...], place: int, digit: int) -> None:
    line = 0 if lines is TD1 and place % 2 else 1
    digits = [index for index, char in enumerate(lines[line]) if char.isdigit()]
    index = digits[place % len(digits)]
    wrong = str((int(lines[line][index]) + digit) % 10)
    spoiled = list(lines)
    spoiled[line] = lines[line][:index] + wrong + lines[line][index + 1 :]

    assert read(tuple(spoiled)).find_faults() != []


def test_faults_are_named() -> None:
    assert read((TD3[0], TD3[1].replace("7408122", "7408123"))).find_faults() == [
        "date of birth",
        "composite",
    ]


def test_letters_that_a_reader_takes_for_digits_are_mended() -> None:
    mended = read((TD3[0], TD3[1].replace("7408122", "74O8I22")))

    assert mended.find_faults() == []
    assert mended.birth(TODAY) == date(1974, 8, 12)


@pytest.mark.parametrize("lost", [-2, -1, 1, 3])
def test_a_miscounted_run_of_filler_is_mended(lost: int) -> None:
    filler = "<" * (19 + lost)
    zone = read((f"P<UTOERIKSSON<<ANNA<MARIA{filler}", TD3[1]))

    assert zone.lines == TD3


def test_lines_that_fit_no_format_make_no_zone() -> None:
    assert read_zone(("P<UTOERIKSSON<<ANNA", "L898902C36UTO")) is None
    assert read_zone((TD3[0],)) is None
    assert read_zone(()) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (TD3[0], True),
        (TD3[1], True),
        ("P < UTO ERIKSSON << ANNA < MARIA <<<<<<<<", True),
        ("Passport No. L898902C3", False),
        ("INSTRUCTIONS FOR THE HOLDER", False),
    ],
)
def test_lines_of_a_zone_are_told_from_others(text: str, verdict: bool) -> None:
    assert is_zone_line(text) is verdict


def test_the_check_digits_of_doc_9303() -> None:
    assert check_digit("520727") == 3
    assert check_digit("AB2134<<<") == 5
