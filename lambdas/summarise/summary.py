"""Summarising a batch: nothing is left undecided, then everything is told."""

from collections.abc import Sequence
from datetime import datetime

from lambdas.shared import batches, documents, storage
from lambdas.shared.batches import Members
from lambdas.shared.contracts import Reason
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.settlement import Settlement
from lambdas.summarise.event import Event, Summary
from lambdas.summarise.report import build_report, subject, text


def summarise(event: Event, *, now: datetime, settlement: Settlement) -> Summary:
    """Settles what the batch's executions left, writes the report, returns what to publish."""
    s3, bucket = settlement.s3, settlement.decisions_bucket
    members = storage.read_model(s3, event.members, Members)
    records = documents.read_many(
        settlement.documents_table, [member.id for member in members.members]
    )
    settled = _settle(records, event, now=now, settlement=settlement)
    report = build_report(event.batch_id, settled, opened_at=members.opened_at, now=now)
    pointer = storage.write_model(s3, batches.report_pointer(bucket, event.batch_id), report)
    return Summary(subject=subject(report), message=text(report), report=pointer)


def _settle(
    records: Sequence[DocumentRecord], event: Event, *, now: datetime, settlement: Settlement
) -> list[DocumentRecord]:
    """Every document with its decision delivered; what has none is held."""
    reason = Reason(
        code="processing_failed",
        message="The document's execution ended without a decision; its history says why.",
    )
    return [
        record
        if record.delivered_at
        else settlement.hold(record.id, reason, transition=event.transition, now=now)
        for record in records
    ]
