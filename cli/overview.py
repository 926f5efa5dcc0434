"""A stack at a glance: what was decided, what is under way, and what is stuck."""

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from cli.connection import Connection
from cli.dead_letters import Queue, find_queues
from cli.stack import Stack
from lambdas.shared import documents, job_leases, quota
from lambdas.shared.contracts import Route
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.literals import ExecutionStatusType

_ROUTES: tuple[Route, ...] = ("pass", "hold", "reject")
_ENDED_BADLY: tuple["ExecutionStatusType", ...] = ("FAILED", "TIMED_OUT", "ABORTED")


class Decided(Frozen):
    """What was decided since then."""

    since: AwareDatetime
    routes: dict[str, int]
    reasons: dict[str, int]
    """How often each reason code, the most frequent first."""


class RunningBatch(Frozen):
    """A batch whose documents are being processed."""

    id: str
    started_at: AwareDatetime
    states: dict[str, int]


class FailedExecution(Frozen):
    """An execution of a batch or of its summary that ended badly."""

    state_machine: str
    name: str
    status: str
    stopped_at: AwareDatetime | None


class Waiting(Frozen):
    """Documents that wait for the manifest of their batch."""

    documents: int
    oldest: AwareDatetime | None


class Jobs(Frozen):
    """Open Textract jobs; the quota is unknown until a first document asked for it."""

    open: int
    oldest: AwareDatetime | None
    quota: int | None
    starts_per_second: float | None


class QueueDepth(Frozen):
    """Roughly how many messages a queue and its dead letters hold."""

    name: str
    waiting: int
    in_hand: int
    dead_letters: int | None


class Overview(Frozen):
    """Everything of a stack at one moment."""

    at: AwareDatetime
    stack: Stack
    decided: Decided
    running: tuple[RunningBatch, ...]
    failed: tuple[FailedExecution, ...]
    awaiting_manifest: Waiting
    jobs: Jobs
    queues: tuple[QueueDepth, ...]


def look(connection: Connection, *, now: datetime, span: timedelta) -> Overview:
    """Gathers the overview; decisions and failures of the last `span`."""
    stack, since = connection.stack, now - span
    return Overview(
        at=now,
        stack=stack,
        decided=count_decided(connection.documents, since=since),
        running=find_running(connection.states, connection.documents, stack.document_batch_arn),
        failed=tuple(
            failed
            for arn in (stack.document_batch_arn, stack.batch_summary_arn)
            for failed in find_failed(connection.states, arn, since=since)
        ),
        awaiting_manifest=count_waiting(connection.documents, now=now),
        jobs=count_jobs(connection.limits),
        queues=tuple(
            measure(connection.sqs, queue) for queue in find_queues(connection.sqs, stack)
        ),
    )


def count_decided(documents_table: "Table", *, since: datetime) -> Decided:
    """Counts the decisions since then by route and by reason."""
    routes: dict[str, int] = {}
    reasons: Counter[str] = Counter()
    for route in _ROUTES:
        records = list(documents.read_route(documents_table, route, since=since))
        routes[route] = len(records)
        reasons.update(
            reason.code for record in records if route != "pass" for reason in record.reasons
        )
    return Decided(since=since, routes=routes, reasons=dict(reasons.most_common()))


def find_running(
    states: "SFNClient", documents_table: "Table", state_machine_arn: str
) -> tuple[RunningBatch, ...]:
    """The running batches, oldest first, with the states of their documents."""
    pages = states.get_paginator("list_executions").paginate(
        stateMachineArn=state_machine_arn, statusFilter="RUNNING"
    )
    running = [
        RunningBatch(
            id=execution["name"],
            started_at=execution["startDate"],
            states=dict(
                Counter(
                    record.state
                    for record in documents.read_batch(documents_table, execution["name"])
                )
            ),
        )
        for page in pages
        for execution in page["executions"]
    ]
    return tuple(sorted(running, key=lambda batch: batch.started_at))


def find_failed(
    states: "SFNClient", state_machine_arn: str, *, since: datetime
) -> list[FailedExecution]:
    """The executions that ended badly since then, the latest first."""
    found = []
    for status in _ENDED_BADLY:
        pages = states.get_paginator("list_executions").paginate(
            stateMachineArn=state_machine_arn, statusFilter=status
        )
        for page in pages:
            recent = [one for one in page["executions"] if one["startDate"] >= since]
            found += [
                FailedExecution(
                    state_machine=state_machine_arn.rpartition(":")[2],
                    name=one["name"],
                    status=one["status"],
                    stopped_at=one.get("stopDate"),
                )
                for one in recent
            ]
            # Step Functions lists the newest first, so older pages hold nothing of interest.
            if len(recent) < len(page["executions"]):
                break
    return found


def count_waiting(documents_table: "Table", *, now: datetime) -> Waiting:
    """Counts the documents whose manifest has not come."""
    registered = [
        record.registered_at for record in documents.read_awaiting(documents_table, until=now)
    ]
    return Waiting(documents=len(registered), oldest=min(registered, default=None))


def count_jobs(limits_table: "Table") -> Jobs:
    """Counts the open jobs beside their quota."""
    holders = job_leases.read_holders(limits_table, quota.ANALYSIS)
    allowed = quota.read(limits_table)
    return Jobs(
        open=len(holders),
        oldest=min(holders.values(), default=None),
        quota=allowed.open_jobs if allowed else None,
        starts_per_second=allowed.starts_per_second if allowed else None,
    )


def measure(sqs: "SQSClient", queue: Queue) -> QueueDepth:
    """Reads the approximate depths of a queue and its dead letters."""
    waiting, in_hand = _read_depth(sqs, queue.url)
    dead = sum(_read_depth(sqs, queue.dead_letters_url)) if queue.dead_letters_url else None
    return QueueDepth(name=queue.name, waiting=waiting, in_hand=in_hand, dead_letters=dead)


def _read_depth(sqs: "SQSClient", url: str) -> tuple[int, int]:
    attributes = sqs.get_queue_attributes(
        QueueUrl=url,
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return (
        int(attributes["ApproximateNumberOfMessages"]),
        int(attributes["ApproximateNumberOfMessagesNotVisible"]),
    )
