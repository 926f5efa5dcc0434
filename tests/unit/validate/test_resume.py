"""Which rules of a résumé fail, by what is in it."""

import pytest

from lambdas.validate.notations.periods import find_periods
from tests.unit.validate.documents import list_failed, make_page

RESUME = {
    "name": "Grace Brown",
    "contact": "217 Cedar Court | (286) 555-0178 | grace.brown@example.net",
    "experience": "Work Experience",
    "now": "Aug 2013 \u2013 Present",
    "before": "Jun 2010 - Jul 2013",
    "education": "Education",
    "school": "2006 - 2010",
}


def fail(**changes: str | None) -> dict[str, str]:
    return list_failed(
        "resume", make_page(lines=[line for line in (RESUME | changes).values() if line])
    )


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, {}),
        ({"name": "1"}, {"name_present": "hold"}),
        ({"contact": None}, {"contact_present": "hold"}),
        ({"contact": "(286) 555-0178"}, {}),
        ({"contact": "grace.brown@@example.net"}, {"email_valid": "hold"}),
        ({"before": "Jun 2014 - Jul 2013"}, {"dates_in_order": "hold"}),
        ({"before": "2014 - 2013"}, {"dates_in_order": "hold"}),
        ({"before": "Jul 2013 - 2013"}, {}),
        ({"now": "Jan 2099 - Present"}, {"dates_not_future": "hold"}),
        ({"now": "2013 - 2026"}, {}),
        ({"now": "2013 - 2027"}, {"dates_not_future": "hold"}),
        ({"experience": None, "education": None}, {"sections_present": "hold"}),
        ({"experience": None}, {}),
        ({"school": "1906 - 2010"}, {"timeline_plausible": "warn"}),
    ],
)
def test_what_fails(changes: dict[str, str | None], failed: dict[str, str]) -> None:
    assert fail(**changes) == failed


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Mar 2019 \u2013 Jun 2022", "2019-03", "2022-06"),
        ("03/2019 - 06/2022", "2019-03", "2022-06"),
        ("März 2019 bis heute", "2019-03", None),
        ("September 2019 to present", "2019-09", None),
        ("2019\u20142022", "2019", "2022"),
    ],
)
def test_periods_are_read_in_many_spellings(text: str, start: str, end: str | None) -> None:
    (period,) = find_periods(text)

    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["555-0100", "2019-03-01", "PN 2019-20221", "in 2019"])
def test_what_is_no_period(text: str) -> None:
    assert find_periods(text) == []
