"""Delivery: a decision as an object under its route, where the business picks it up."""

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from lambdas.shared import documents, storage
from lambdas.shared.contracts import Decision, ObjectPointer
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.errors import ObjectMissingError
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


class DeliveredDecision(Frozen):
    """What a delivered object holds."""

    document_id: str
    batch_id: str
    bucket: str
    key: str
    version_id: str
    document_class: str | None
    decision: Decision
    received_at: AwareDatetime
    decided_at: AwareDatetime | None
    model_digest: str | None
    rule_set_digest: str | None


def deliver(
    document_id: str, *, now: datetime, bucket: str, s3: "S3Client", documents_table: "Table"
) -> DocumentRecord:
    """Writes the document's decision to s3://bucket/route/day of decision/document id.json.

    Raises ObjectMissingError when the document is unknown or not decided.
    """
    record = documents.read(documents_table, document_id)
    decision = record.decision() if record else None
    if record is None or decision is None or record.decided_at is None:
        msg = f"document {document_id} has no decision to deliver"
        raise ObjectMissingError(msg)
    key = f"{decision.route}/{record.decided_at:%Y/%m/%d}/{record.id}.json"
    storage.write_model(s3, ObjectPointer(bucket=bucket, key=key), _delivered(record, decision))
    documents.record_delivery(documents_table, document_id, now=now)
    return record


def _delivered(record: DocumentRecord, decision: Decision) -> DeliveredDecision:
    classification, validation = record.classification, record.validation
    return DeliveredDecision(
        document_id=record.id,
        batch_id=record.batch_id,
        bucket=record.bucket,
        key=record.key,
        version_id=record.version_id,
        document_class=classification.label if classification else None,
        decision=decision,
        received_at=record.received_at,
        decided_at=record.decided_at,
        model_digest=classification.model_digest if classification else None,
        rule_set_digest=validation.rule_set_digest if validation else None,
    )
