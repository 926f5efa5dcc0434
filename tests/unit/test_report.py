from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from lambdas.shared.contracts import Reason
from lambdas.shared.documents import DocumentRecord
from lambdas.summarise.report import Report, build_report, subject, text
from tests.samples import NOON, make_classification, make_document


def make_record(route: str | None = "pass", *codes: str, **changes: Any) -> DocumentRecord:
    facts: dict[str, Any] = {
        **make_document().model_dump(exclude={"received_at"}),
        "received_at": NOON,
        "state": "decided",
        "registered_at": NOON,
        "route": route,
        "reasons": [Reason(code=code, message=f"because of {code}") for code in codes],
        "decided_at": NOON + timedelta(seconds=9.5),
        "extraction_usd": Decimal("0.065"),
    }
    return DocumentRecord(**facts | changes)


def report(*records: DocumentRecord) -> Report:
    return build_report("march", records, opened_at=NOON, now=NOON + timedelta(seconds=75))


def test_a_report_counts_routes_reasons_classes_pages_and_cost() -> None:
    told = report(
        make_record(pages=2, classification=make_classification()),
        make_record("hold", "low_confidence", classification=make_classification()),
        make_record("reject", "empty", extraction_usd=None, pages=0),
        make_record("reject", "invoice.total_adds_up", "invoice.date_valid"),
    )

    assert told.routes == {"reject": 2, "hold": 1, "pass": 1}
    assert told.reasons == {
        "empty": 1,
        "invoice.date_valid": 1,
        "invoice.total_adds_up": 1,
        "low_confidence": 1,
    }
    assert told.classes == {"invoice": 2, "unclassified": 2}
    assert told.pages == 4
    assert told.extraction_usd == Decimal("0.195")
    assert told.documents[0].seconds == 9.5


def test_an_undecided_document_cannot_be_reported() -> None:
    with pytest.raises(ValueError, match="doc-1 is not decided"):
        report(make_record(None, state="processing"))


def test_the_text_tells_first_what_did_not_pass() -> None:
    told = text(report(make_record(), make_record("hold", "no_text", key="scans/blank.png")))

    assert "2 documents, 2 pages, 75 seconds, Textract $0.13" in told
    assert "hold  scans/blank.png  no_text: because of no_text" in told
    assert "invoice.pdf" not in told


def test_a_batch_without_documents_can_be_told() -> None:
    told = report()

    assert "0 documents" in text(told)
    assert subject(told) == "Intray batch march: 0 pass, 0 hold, 0 reject"


def test_text_and_subject_of_ten_thousand_documents_with_long_keys_stay_small() -> None:
    """They travel through the state machine, whose payloads stay under 8 KB."""
    reasons = [Reason(code=f"bank_statement.rule_{n:02}", message="ß" * 400) for n in range(40)]
    records = [
        make_record("hold", key="文" * 1000 + f"/{number}.pdf", reasons=reasons)
        for number in range(10_000)
    ]
    told = build_report("n" * 80, records, opened_at=NOON, now=NOON + timedelta(days=2))

    assert len(text(told).encode()) <= 6 * 1024
    assert "and 9985 more" in text(told)
    assert len(subject(told)) <= 100
    assert subject(told).isascii()
