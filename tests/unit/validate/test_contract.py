"""Which rules of a contract fail, by what is in it."""

import pytest

from tests.unit.validate.documents import list_failed, make_page, read

OPENING = [
    "SERVICE AGREEMENT",
    'This Agreement is entered into as of 1 March 2025 between Acme Inc. ("Provider") and',
    'Beta Ltd. ("Client").',
]
TERM = ["2. Term", "This Agreement continues until 31 December 2030, unless terminated earlier."]
LAW = ["3. Governing law", "This Agreement is governed by the laws of England and Wales."]
SIGNED = [
    "PROVIDER: Acme Inc.",
    "Signature: /s/ Ann Archer",
    "Date: 1 March 2025",
    "CLIENT: Beta Ltd.",
    "Signature: /s/ Ben Baker",
    "Date: 2 March 2025",
]


def fail(
    *,
    opening: list[str] = OPENING,
    term: list[str] = TERM,
    law: list[str] = LAW,
    signed: list[str] = SIGNED,
) -> dict[str, str]:
    first, last = make_page(lines=opening + term), make_page(number=2, lines=law + signed)
    return list_failed("contract", first, last)


def test_a_good_contract_keeps_every_rule() -> None:
    assert fail() == {}


@pytest.mark.parametrize(
    ("opening", "failed"),
    [
        (
            ["SERVICE AGREEMENT", "This Agreement is made as of 1 March 2025."],
            {"parties_present": "hold"},
        ),
        (
            ["This Agreement is made by and between Acme Inc. and Beta Ltd."],
            {"effective_date_valid": "hold"},
        ),
        (
            ['Made as of 30 February 2025 between Acme Inc. ("A") and Beta Ltd. ("B").'],
            {"effective_date_valid": "hold"},
        ),
        (
            [
                'Made as of 03/25/2025 (the "Effective Date") between Acme Inc., hereinafter',
                '"A", and Beta Ltd., hereinafter "B".',
            ],
            {},
        ),
        (
            ["Effective date: 2031-05-01", "made between Acme Inc. and Beta Ltd. today"],
            {"term_valid": "hold"},
        ),
    ],
)
def test_parties_and_effective_date(opening: list[str], failed: dict[str, str]) -> None:
    signed = [line for line in SIGNED if not line.startswith(("PROVIDER", "CLIENT"))]

    assert fail(opening=opening, signed=signed) == failed


@pytest.mark.parametrize(
    ("signed", "failed"),
    [
        ([], {"signatures_present": "hold"}),
        (SIGNED[:3], {"signatures_present": "hold"}),
        (
            [*SIGNED[:4], "Signature: ____________", "Date: __________"],
            {"signatures_present": "hold", "signed_dates_valid": "hold"},
        ),
        ([*SIGNED[:5], "Date: 31 June 2025"], {"signed_dates_valid": "hold"}),
        ([*SIGNED[:5], "Date: 2 March 2099"], {"signed_dates_valid": "hold"}),
        ([*SIGNED[:5], "Title: Director"], {}),
    ],
)
def test_signatures_and_their_dates(signed: list[str], failed: dict[str, str]) -> None:
    assert fail(signed=signed) == failed


@pytest.mark.parametrize(
    ("term", "failed"),
    [
        ([], {}),
        (["valid until 31 December 2024"], {"term_valid": "hold", "not_expired": "warn"}),
        (
            ["and remain in force until 1 March 2025."],
            {"term_valid": "hold", "not_expired": "warn"},
        ),
        (["and remain in force until 31 June 2026."], {"term_valid": "hold"}),
    ],
)
def test_the_term(term: list[str], failed: dict[str, str]) -> None:
    assert fail(term=term) == failed


def test_a_contract_under_no_law_is_held() -> None:
    assert fail(law=["3. Publicity", "Neither party shall issue a press release."]) == {
        "governing_law_present": "hold"
    }


def test_a_signature_is_counted_once_however_often_it_is_seen() -> None:
    page = make_page(pairs={"Signature:": "/s/ Ann Archer"}, lines=["Signature: /s/ Ann Archer"])
    line = page.lines[0].box
    seen_twice = page.model_copy(update={"signatures": (line,), "key_values": ()})

    assert len(read("contract", seen_twice)["signatures"].rows) == 1
