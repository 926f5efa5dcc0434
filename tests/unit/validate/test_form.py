"""Which rules of a form fail, by what was filled in."""

import pytest

from tests.unit.validate.documents import change, list_failed, make_page

FORM = {
    "Full name*": "Kevin King",
    "Address*": "183 Elm Street",
    "E-mail": "kevin.king@example.org",
    "Phone": "(642) 555-0103",
    "I consent to the processing of my data": "[x]",
    "Signature of applicant": "/s/ Kevin King",
    "Date": "10 March 2025",
}
CONSENT = "I consent to the processing of my data"


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, {}),
        ({"Full_name*": None}, {"applicant_present": "hold"}),
        ({"Full_name*": ""}, {"applicant_present": "hold", "required_fields_filled": "hold"}),
        ({"Address*": ""}, {"required_fields_filled": "hold"}),
        ({"Address*": "________"}, {"required_fields_filled": "hold"}),
        ({"Date": None}, {"date_valid": "hold"}),
        ({"Date": "31 April 2025"}, {"date_valid": "hold"}),
        ({"Date": "14 March 2099"}, {"date_not_future": "reject"}),
        ({"Signature_of_applicant": ""}, {"signature_present": "hold"}),
        ({"Signature_of_applicant": None}, {"signature_present": "hold"}),
        ({"E-mail": "kevin.king@"}, {"contact_valid": "hold"}),
        ({"E-mail": "kevin@@example.org"}, {"contact_valid": "hold"}),
        ({"Phone": "555"}, {"contact_valid": "hold"}),
        ({"E-mail": None, "Phone": None}, {}),
        ({CONSENT: "[ ]"}, {"consent_given": "hold"}),
        ({CONSENT: None}, {}),
        ({"I like tea": "[ ]"}, {}),
        ({"Are you authorized to work here?": "[ ]"}, {}),
    ],
)
def test_what_fails(changes: dict[str, str | None], failed: dict[str, str]) -> None:
    assert list_failed("form", make_page(pairs=change(FORM, **changes))) == failed


def test_a_form_of_plain_lines_is_read() -> None:
    lines = [
        "Fields marked * are required.",
        "Full name*: Kevin King",
        "Date of birth: 12/02/1953",
        "[x] I agree to the terms.",
        "Signature: /s/ Kevin King",
        "Date: 2025-03-10",
    ]

    assert list_failed("form", make_page(lines=lines)) == {}
    lines[1], lines[3] = "Full name*:", "[ ] I agree to the terms."
    assert list_failed("form", make_page(lines=lines)) == {
        "applicant_present": "hold",
        "required_fields_filled": "hold",
        "consent_given": "hold",
    }


def test_the_label_beside_an_empty_line_is_no_signature() -> None:
    page = make_page(pairs=change(FORM, Signature_of_applicant=None), rows=[["Signature", "Date"]])

    assert list_failed("form", page) == {"signature_present": "hold"}


def test_a_drawn_signature_counts() -> None:
    page = make_page(pairs=change(FORM, Signature_of_applicant=""), signatures=1)

    assert list_failed("form", page) == {}
