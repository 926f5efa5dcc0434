"""Making the decision: the policy applied, written once, recorded."""

from datetime import datetime
from typing import TYPE_CHECKING

from lambdas.route.event import Event
from lambdas.route.routing import choose_route
from lambdas.shared import audit, documents, storage
from lambdas.shared.contracts import DecisionResult, Findings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


def decide(
    event: Event,
    *,
    now: datetime,
    s3: "S3Client",
    documents_table: "Table",
    audit_table: "Table",
) -> DecisionResult:
    """Decides unless it was decided before; returns the decision that stands."""
    findings = storage.read_model(s3, event.validation.findings, Findings)
    decision = documents.decide(
        documents_table,
        event.document.id,
        choose_route(
            extraction=event.extraction, classification=event.classification, findings=findings
        ),
        now=now,
        classification=event.classification,
        validation=event.validation,
    )
    codes = [reason.code for reason in decision.reasons]
    audit.append(
        audit_table,
        document_id=event.document.id,
        transition=event.transition,
        outcome={
            "route": decision.route,
            "reasons": codes,
            "model": event.classification.model_digest,
            "rule_set": event.validation.rule_set_digest,
        },
    )
    return DecisionResult(route=decision.route, reasons=tuple(codes))
