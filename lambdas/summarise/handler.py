"""The Lambda function of the state Summarise."""

from datetime import UTC, datetime
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.shared.settings import Settings as BaseSettings
from lambdas.shared.settlement import Settlement
from lambdas.summarise.event import Event
from lambdas.summarise.summary import summarise


class Settings(BaseSettings):
    """The function's environment."""

    documents_table: str
    audit_table: str
    decisions_bucket: str


settings = Settings.load()
logger = Logger()
dynamodb = boto3.resource("dynamodb")
settlement = Settlement(
    documents_table=dynamodb.Table(settings.documents_table),
    audit_table=dynamodb.Table(settings.audit_table),
    decisions_bucket=settings.decisions_bucket,
    s3=boto3.client("s3"),
)


@logger.inject_lambda_context(correlation_id_path="batch_id", clear_state=True)
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> dict[str, Any]:
    """Returns a Summary."""
    logger.append_keys(batch_id=event.batch_id, execution_id=event.transition.execution_id)
    summary = summarise(event, now=datetime.now(UTC), settlement=settlement)
    logger.info("batch summarised", subject=summary.subject)
    return summary.model_dump(mode="json")
