"""The Lambda function of the states Pass, Hold and Reject."""

from datetime import UTC, datetime

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.deliver.event import Event
from lambdas.deliver.outcome import deliver_outcome
from lambdas.shared.observability import name_step
from lambdas.shared.settings import Settings as BaseSettings


class Settings(BaseSettings):
    """The function's environment."""

    documents_table: str
    audit_table: str
    decisions_bucket: str


settings = Settings.load()
logger = Logger()
metrics = Metrics()
dynamodb = boto3.resource("dynamodb")
s3 = boto3.client("s3")


@logger.inject_lambda_context(correlation_id_path="document.id", clear_state=True)
@metrics.log_metrics
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> None:
    """Delivers the decision."""
    name_step(logger, event.document, event.transition)
    deliver_outcome(
        event,
        now=datetime.now(UTC),
        bucket=settings.decisions_bucket,
        s3=s3,
        documents_table=dynamodb.Table(settings.documents_table),
        audit_table=dynamodb.Table(settings.audit_table),
        metrics=metrics,
    )
