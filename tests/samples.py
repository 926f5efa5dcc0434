"""Values that tests are made of; each test names only what it is about."""

from datetime import UTC, datetime
from typing import Any

from lambdas.shared.contracts import (
    Classification,
    Decision,
    Document,
    ExtractionResult,
    Finding,
    Findings,
    ObjectPointer,
    Reason,
    Transition,
    Validation,
)

NOON = datetime(2025, 3, 14, 12, 0, 0, tzinfo=UTC)
EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:batch/Documents:child-1"
MODEL = "sha256:" + "a" * 64
RULES = "sha256:" + "b" * 64


def make_document(**changes: Any) -> Document:
    facts: dict[str, Any] = {
        "id": "doc-1",
        "batch_id": "batch-1",
        "bucket": "incoming",
        "key": "invoice.pdf",
        "version_id": "v1",
        "media_type": "application/pdf",
        "size_bytes": 1000,
        "pages": 1,
        "content_sha256": "c" * 64,
        "received_at": NOON,
    }
    return Document(**facts | changes)


def make_transition(state: str = "Route", **changes: Any) -> Transition:
    facts: dict[str, Any] = {"execution_id": EXECUTION, "attempt": 0, "entered_at": NOON}
    return Transition(state=state, **facts | changes)


def make_extraction_result(**changes: Any) -> ExtractionResult:
    facts: dict[str, Any] = {
        "job_id": "job-1",
        "extraction": ObjectPointer(bucket="extractions", key="doc-1/extraction.json.gz"),
        "pages": 1,
        "lines": 12,
        "unread_pages": 0,
        "confidence": 99.1,
    }
    return ExtractionResult(**facts | changes)


def make_classification(**changes: Any) -> Classification:
    facts: dict[str, Any] = {
        "label": "invoice",
        "confidence": 0.97,
        "threshold": 0.8,
        "known": True,
        "model_digest": MODEL,
    }
    return Classification(**facts | changes)


def make_finding(rule: str, severity: str = "hold", *, passed: bool = False) -> Finding:
    return Finding.model_validate(
        {
            "rule": rule,
            "severity": severity,
            "passed": passed,
            "message": f"{rule} says no",
            "owner": "accounts payable",
        }
    )


def make_findings(*findings: Finding) -> Findings:
    return Findings(
        document_id="doc-1", rule_set="invoice", rule_set_digest=RULES, findings=findings
    )


def make_validation(**changes: Any) -> Validation:
    facts: dict[str, Any] = {
        "rule_set": "invoice",
        "rule_set_digest": RULES,
        "findings": ObjectPointer(bucket="extractions", key="doc-1/findings.json"),
        "rejected_by": (),
        "held_by": (),
        "warned_by": (),
        "evaluated": 9,
    }
    return Validation(**facts | changes)


def make_decision(route: str = "pass", *codes: str) -> Decision:
    reasons = tuple(Reason(code=code, message=f"because of {code}") for code in codes)
    return Decision.model_validate({"route": route, "reasons": reasons})
