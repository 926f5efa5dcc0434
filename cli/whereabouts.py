"""Everything there is to say about one document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError
from pydantic import AwareDatetime, BaseModel

from cli.failures import is_denied
from cli.lookup import Version, find
from cli.trails import read_outcome, read_trail
from lambdas.shared import storage
from lambdas.shared.audit import AuditRecord
from lambdas.shared.contracts import Finding, Findings, ObjectPointer
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.errors import ObjectMissingError
from lambdas.shared.explanation import CarryingWord, Explanation, explanation_pointer
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

Kept = TypeVar("Kept", bound=BaseModel)


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
    carried_by: tuple[CarryingWord, ...] = ()
    """The words that carried the class."""
    carried_by_unavailable: str | None = None
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
    explanation, words_unavailable = _read_explanation(s3, record)
    findings, unavailable = _read_findings(s3, record)
    trail = read_trail(audit_table, record.id)
    return Whereabouts(
        at=now,
        document=record,
        explanation=None,
        timings=_measure(record),
        carried_by=explanation.words if explanation else (),
        carried_by_unavailable=words_unavailable,
        findings=findings.findings if findings else (),
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


def _read_explanation(
    s3: "S3Client", record: DocumentRecord
) -> tuple[Explanation | None, str | None]:
    if record.classification is None or record.validation is None:
        return None, None
    pointer = explanation_pointer(record.validation.findings.bucket, record.id)
    return _read_kept(s3, pointer, Explanation)


def _read_findings(s3: "S3Client", record: DocumentRecord) -> tuple[Findings | None, str | None]:
    if record.validation is None:
        return None, None
    return _read_kept(s3, record.validation.findings, Findings)


def _read_kept(
    s3: "S3Client", pointer: ObjectPointer, model: type[Kept]
) -> tuple[Kept | None, str | None]:
    """What a step kept, or why it cannot be shown: it needs rights that the rest does not."""
    try:
        return storage.read_model(s3, pointer, model), None
    except ObjectMissingError:
        return None, f"s3://{pointer.bucket}/{pointer.key} is no longer there"
    except ClientError as error:
        if not is_denied(error):
            raise
        return None, f"these credentials may not read s3://{pointer.bucket}/{pointer.key}"
