"""Starting a document's Textract job at its reserved instant, with the open-jobs quota kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textractcaller.t_call import (
    DocumentLocation,
    NotificationChannel,
    OutputConfig,
    Textract_Features,
    generate_request_params,
)

from lambdas.extract.event import Event
from lambdas.shared import audit, completion, documents, job_leases, quota
from lambdas.shared.contracts import Transition
from lambdas.shared.errors import DocumentUnreadableError, ObjectMissingError, PermanentError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_textract import TextractClient


@dataclass(frozen=True, kw_only=True)
class JobTemplate:
    """What every job of this pipeline has in common."""

    features: Sequence[str]
    output_bucket: str
    output_key_arn: str
    notification_topic_arn: str
    notification_role_arn: str


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The time, and how to let some of it pass (seconds)."""

    now: Callable[[], datetime]
    sleep: Callable[[float], None]


def start_job(
    event: Event,
    *,
    clock: Clock,
    template: JobTemplate,
    lease: timedelta,
    textract: "TextractClient",
    states: "SFNClient",
    documents_table: "Table",
    limits_table: "Table",
    audit_table: "Table",
) -> None:
    """Starts the job, or answers at once when an earlier attempt's job has already ended.

    Raises OpenJobsExhaustedError and Textract's own throttling errors, to be tried again, and
    DocumentUnreadableError for what Textract refuses to read.
    """
    document = event.document
    _record_states(audit_table, event, features=template.features)
    # The token goes first: the notice may come before Textract's reply does.
    record = documents.record_task_token(
        documents_table,
        document.id,
        task_token=event.task_token,
        execution_id=event.transition.execution_id,
    )
    if record is None:
        msg = f"document {document.id} is unknown or already decided"
        raise PermanentError(msg)
    if record.extraction:
        completion.answer_success(states, event.task_token, record.extraction)
        return
    current = quota.read(limits_table)
    if current is None:
        msg = "the limits table holds no quota; ReserveExtractionSlot stores it"
        raise ObjectMissingError(msg)
    job_leases.acquire(
        limits_table,
        quota.ANALYSIS,
        document.id,
        places=current.open_jobs,
        lease=lease,
        now=clock.now(),
    )
    # A retry finds its instant gone by and starts at once. Its own instant went unused, so the
    # rate is kept on average, and the state machine's jitter keeps retries apart.
    clock.sleep(max(0.0, (event.reservation.start_at - clock.now()).total_seconds()))
    try:
        job_id = _start(event, template, textract)
    except BaseException:
        job_leases.release(limits_table, quota.ANALYSIS, document.id)
        raise
    documents.record_job(documents_table, document.id, job_id=job_id)


def _start(event: Event, template: JobTemplate, textract: "TextractClient") -> str:
    document = event.document
    request = generate_request_params(
        document_location=DocumentLocation(
            s3_bucket=document.bucket, s3_prefix=document.key, version=document.version_id
        ),
        features=[Textract_Features[feature] for feature in template.features],
        client_request_token=document.id,
        job_tag=document.id,
        notification_channel=NotificationChannel(
            role_arn=template.notification_role_arn,
            sns_topic_arn=template.notification_topic_arn,
        ),
        output_config=OutputConfig(
            s3_bucket=template.output_bucket, s3_prefix=completion.output_prefix(document.id)
        ),
        kms_key_id=template.output_key_arn,
    )
    try:
        return textract.start_document_analysis(**request)["JobId"]
    except (
        textract.exceptions.BadDocumentException,
        textract.exceptions.DocumentTooLargeException,
        textract.exceptions.InvalidS3ObjectException,
        textract.exceptions.UnsupportedDocumentException,
    ) as error:
        msg = f"Textract refused s3://{document.bucket}/{document.key}: {error}"
        raise DocumentUnreadableError(msg) from error


def _record_states(audit_table: "Table", event: Event, *, features: Sequence[str]) -> None:
    """Records the wait that has just ended, which has no function of its own, and this state."""
    waited = Transition(
        execution_id=event.transition.execution_id,
        state="WaitForExtractionSlot",
        attempt=0,
        entered_at=event.reservation.reserved_at,
    )
    audit.append(
        audit_table,
        document_id=event.document.id,
        transition=waited,
        outcome={"until": event.reservation.wait_until.isoformat()},
    )
    audit.append(
        audit_table,
        document_id=event.document.id,
        transition=event.transition,
        outcome={"features": list(features)},
    )
