"""Everything there is to say about one document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pydantic import AwareDatetime

from cli.failures import is_denied
from cli.lookup import Version, find
from cli.trails import read_outcome, read_trail
from lambdas.shared import storage
from lambdas.shared.audit import AuditRecord
from lambdas.shared.contracts import Finding, Findings
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.errors import ObjectMissingError
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


class Step(Frozen):
    """One state of a document's way; `seconds` lie between entering it and entering the next."""

    sequence: int
    state: str
    at: AwareDatetime
    seconds: float | None
    attempt: int
    actor: str
    outcome: Mapping[str, Any]
    hash: str


class ShownTrail(Frozen):
    """One document's trail alone."""

    document_id: str
    trail: tuple[Step, ...]
    faults: tuple[str, ...]


class Timings(Frozen):
    """How long it took, in seconds; None: not yet."""

    until_registered: float
    until_decided: float | None
    until_delivered: float | None


class Whereabouts(Frozen):
    """One document: where it stands, why, by what, and the way it went."""

    at: AwareDatetime
    document: DocumentRecord | None
    explanation: str | None
    timings: Timings | None = None
    findings: tuple[Finding, ...] = ()
    findings_unavailable: str | None = None
    trail: tuple[Step, ...] = ()
    trail_faults: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()


def locate(
    name: str,
    *,
    documents_table: "Table",
    audit_table: "Table",
    s3: "S3Client",
    bucket: str,
    now: datetime,
) -> Whereabouts:
    """Looks a document up by id or key and gathers what is known of it."""
    found = find(name, documents_table=documents_table, s3=s3, bucket=bucket, now=now)
    record = found.document
    if record is None:
        return Whereabouts(
            at=now, document=None, explanation=found.explanation, versions=found.versions
        )
    findings, unavailable = _read_findings(s3, record)
    trail = read_trail(audit_table, record.id)
    return Whereabouts(
        at=now,
        document=record,
        explanation=None,
        timings=_measure(record),
        findings=findings,
        findings_unavailable=unavailable,
        trail=tell_steps(trail.records),
        trail_faults=trail.faults,
        versions=found.versions,
    )


def tell_steps(records: Sequence[AuditRecord]) -> tuple[Step, ...]:
    """The steps that a trail's records tell of."""
    ends = [record.at for record in records[1:]]
    return tuple(
        Step(
            sequence=record.sequence,
            state=record.state,
            at=record.at,
            seconds=(end - record.at).total_seconds() if end else None,
            attempt=record.attempt,
            actor=record.actor,
            outcome=read_outcome(record),
            hash=record.hash,
        )
        for record, end in zip(records, [*ends, None], strict=True)
    )


def _measure(record: DocumentRecord) -> Timings:
    def since_arrival(at: datetime | None) -> float | None:
        return round((at - record.received_at).total_seconds(), 3) if at else None

    return Timings(
        until_registered=since_arrival(record.registered_at) or 0.0,
        until_decided=since_arrival(record.decided_at),
        until_delivered=since_arrival(record.delivered_at),
    )


def _read_findings(
    s3: "S3Client", record: DocumentRecord
) -> tuple[tuple[Finding, ...], str | None]:
    """The findings, or why they cannot be shown: they need rights that the rest does not."""
    if record.validation is None:
        return (), None
    pointer = record.validation.findings
    try:
        return storage.read_model(s3, pointer, Findings).findings, None
    except ObjectMissingError:
        return (), f"s3://{pointer.bucket}/{pointer.key} is no longer there"
    except ClientError as error:
        if not is_denied(error):
            raise
        return (), f"these credentials may not read s3://{pointer.bucket}/{pointer.key}"
