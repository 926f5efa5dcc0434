"""Which rules of a wage and tax statement fail, by what is in its boxes."""

import pytest

from tests.unit.validate.documents import change, judge, list_failed, make_page, read

W2 = {
    "Tax year": "2024",
    "a Employee's social security number": "123-45-6789",
    "b Employer identification number (EIN)": "12-3456789",
    "c Employer's name, address, and ZIP code": "Nimbus Corp., 1 Main Street",
    "e Employee's name, address, and ZIP code": "Joe Black, 2 Hill Street",
    "1 Wages, tips, other compensation": "50,000.00",
    "2 Federal income tax withheld": "6,000.00",
    "3 Social security wages": "50,000.00",
    "4 Social security tax withheld": "3,100.00",
    "5 Medicare wages and tips": "50,000.00",
    "6 Medicare tax withheld": "725.00",
}
BOX = {key[0]: key for key in W2}


def fail(**changes: str | None) -> dict[str, str]:
    boxes = {BOX[box.removeprefix("box")[-1]]: value for box, value in changes.items()}
    facts = {key: boxes.get(key, value) for key, value in W2.items()}
    page = make_page(pairs={key: value for key, value in facts.items() if value is not None})
    return list_failed("tax_form", page)


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, {}),
        ({"box_T": None}, {"year_valid": "hold"}),
        ({"box_T": "2099"}, {"year_valid": "hold"}),
        ({"box_T": "1989"}, {"year_valid": "hold"}),
        ({"box_a": "000-45-6789"}, {"ssn_valid": "reject"}),
        ({"box_a": "XXX-XX-6789"}, {}),
        ({"box_a": "912-70-1234"}, {}),
        ({"box_b": "00-3456789"}, {"ein_valid": "hold"}),
        ({"box_b": None}, {"ein_valid": "hold"}),
        ({"box_c": ""}, {"parties_present": "hold"}),
        ({"box_e": None}, {"parties_present": "hold"}),
        ({"box_1": None}, {"wages_present": "hold"}),
        ({"box_2": "51,000.00"}, {"withholding_below_wages": "reject"}),
        ({"box_1": "0.00", "box_2": "0.00"}, {}),
        ({"box_4": "3,100.99"}, {}),
        ({"box_4": "3,350.00"}, {"social_security_tax_adds_up": "hold"}),
        ({"box_6": "726.01"}, {"medicare_tax_adds_up": "hold"}),
        ({"box_1": "300,000.00", "box_5": "300,000.00", "box_6": "4,350.00"}, {}),
        ({"box_1": "300,000.00", "box_5": "300,000.00", "box_6": "5,250.00"}, {}),
        ({"box_5": "300,000.00", "box_6": "6,250.00"}, {"medicare_tax_adds_up": "hold"}),
    ],
)
def test_what_fails(changes: dict[str, str | None], failed: dict[str, str]) -> None:
    assert fail(**changes) == failed


def test_an_empty_box_does_not_take_its_neighbours_value() -> None:
    page = make_page(
        rows=[
            ["c Employer's name, address, and ZIP code", "3 Social security wages"],
            ["d Control number", "50,000.00"],
        ]
    )

    assert not read("tax_form", page)["employer"].given


def test_a_message_tells_a_social_security_number_by_its_end() -> None:
    page = make_page(pairs={**W2, BOX["a"]: "000-45-6789"})
    (finding,) = [each for each in judge("tax_form", page) if not each.passed]
    assert "…6789" in finding.message
    assert "45" not in finding.message
    assert [evidence.value for evidence in finding.evidence] == ["000-45-6789"]


def test_the_year_may_stand_in_the_title() -> None:
    facts = change(W2, Tax_year=None)

    for title in ("2024 W-2 Wage and Tax Statement", "Form W-2 Wage and Tax Statement 2024"):
        assert read("tax_form", make_page(pairs=facts, lines=[title]))["year"].value == 2024
