"""The end of a document's way: delivered, recorded, counted."""

from datetime import datetime
from typing import TYPE_CHECKING

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.deliver.event import Event
from lambdas.shared import audit
from lambdas.shared.contracts import Transition
from lambdas.shared.delivery import deliver

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


def deliver_outcome(
    event: Event,
    *,
    now: datetime,
    bucket: str,
    s3: "S3Client",
    documents_table: "Table",
    audit_table: "Table",
    metrics: Metrics,
) -> None:
    """Delivers the decision, and records the choice, which has no function of its own, with it."""
    record = deliver(
        event.document.id, now=now, bucket=bucket, s3=s3, documents_table=documents_table
    )
    chosen = Transition(
        execution_id=event.transition.execution_id,
        state="ChooseRoute",
        attempt=0,
        entered_at=event.transition.entered_at,
    )
    for transition in (chosen, event.transition):
        audit.append(
            audit_table,
            document_id=event.document.id,
            transition=transition,
            outcome={"route": event.decision.route, "reasons": event.decision.reasons},
        )
    metrics.add_dimension(name="Route", value=event.decision.route)
    metrics.add_metric(name="DocumentsDecided", unit=MetricUnit.Count, value=1)
    metrics.add_metric(
        name="DecisionSeconds",
        unit=MetricUnit.Seconds,
        value=(now - record.received_at).total_seconds(),
    )
