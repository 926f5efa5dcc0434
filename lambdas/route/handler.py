"""The Lambda function of the state Route."""

from datetime import UTC, datetime
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.route.decision import decide
from lambdas.route.event import Event
from lambdas.shared.observability import name_step
from lambdas.shared.settings import Settings as BaseSettings


class Settings(BaseSettings):
    """The function's environment."""

    documents_table: str
    audit_table: str


settings = Settings.load()
logger = Logger()
dynamodb = boto3.resource("dynamodb")
s3 = boto3.client("s3")


@logger.inject_lambda_context(correlation_id_path="document.id", clear_state=True)
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> dict[str, Any]:
    """Returns a DecisionResult."""
    name_step(logger, event.document, event.transition)
    decision = decide(
        event,
        now=datetime.now(UTC),
        s3=s3,
        documents_table=dynamodb.Table(settings.documents_table),
        audit_table=dynamodb.Table(settings.audit_table),
    )
    logger.info("decided", route=decision.route, reasons=decision.reasons)
    return decision.model_dump(mode="json")
