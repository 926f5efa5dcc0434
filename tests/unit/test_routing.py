import pytest

from lambdas.route.routing import choose_route
from lambdas.shared.contracts import Finding
from tests.samples import (
    make_classification,
    make_extraction_result,
    make_finding,
    make_findings,
)

REJECT, HOLD, WARN = (make_finding(f"invoice.{name}", name) for name in ("reject", "hold", "warn"))
FINE = make_finding("invoice.fine", "reject", passed=True)


@pytest.mark.parametrize(
    ("findings", "route", "codes"),
    [
        ([], "pass", []),
        ([FINE], "pass", []),
        ([WARN], "pass", ["invoice.warn"]),
        ([HOLD, FINE], "hold", ["invoice.hold"]),
        ([WARN, HOLD], "hold", ["invoice.hold"]),
        ([REJECT], "reject", ["invoice.reject"]),
        ([HOLD, WARN, REJECT], "reject", ["invoice.reject", "invoice.hold"]),
    ],
)
def test_the_gravest_failed_finding_decides(
    findings: list[Finding], route: str, codes: list[str]
) -> None:
    decision = choose_route(
        extraction=make_extraction_result(),
        classification=make_classification(),
        findings=make_findings(*findings),
    )

    assert decision.route == route
    assert [reason.code for reason in decision.reasons] == codes


@pytest.mark.parametrize(
    ("extraction", "classification", "code"),
    [
        ({"lines": 0}, {}, "no_text"),
        ({"pages": 3, "unread_pages": 1}, {}, "extraction_incomplete"),
        ({}, {"label": "other"}, "unknown_class"),
        ({}, {"known": False}, "unknown_class"),
        ({}, {"confidence": 0.79, "threshold": 0.8}, "low_confidence"),
    ],
)
@pytest.mark.parametrize("findings", [[], [REJECT]])
def test_what_is_in_doubt_is_held_whatever_the_rules_found(
    extraction: dict[str, object],
    classification: dict[str, object],
    code: str,
    findings: list[Finding],
) -> None:
    decision = choose_route(
        extraction=make_extraction_result(**extraction),
        classification=make_classification(**classification),
        findings=make_findings(*findings),
    )

    assert decision.route == "hold"
    assert [reason.code for reason in decision.reasons] == [code]


def test_a_confidence_that_meets_its_threshold_is_enough() -> None:
    decision = choose_route(
        extraction=make_extraction_result(),
        classification=make_classification(confidence=0.8, threshold=0.8),
        findings=make_findings(),
    )

    assert decision.route == "pass"


def test_a_reason_carries_the_sentence_of_its_finding() -> None:
    decision = choose_route(
        extraction=make_extraction_result(),
        classification=make_classification(),
        findings=make_findings(HOLD),
    )

    assert decision.reasons[0].message == HOLD.message
