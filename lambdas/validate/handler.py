"""The Lambda function `validate`."""

from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.shared.observability import name_step
from lambdas.shared.settings import Settings as BaseSettings
from lambdas.validate.event import Event
from lambdas.validate.validation import validate


class Settings(BaseSettings):
    """The function's environment."""

    audit_table: str
    extractions_bucket: str


settings = Settings.load()
logger = Logger()
s3 = boto3.client("s3")
audit_table = boto3.resource("dynamodb").Table(settings.audit_table)


@logger.inject_lambda_context(correlation_id_path="document.id", clear_state=True)
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> dict[str, Any]:
    """Judges one document by the rule set of its class."""
    name_step(logger, event.document, event.transition)
    validation = validate(event, s3=s3, audit_table=audit_table, bucket=settings.extractions_bucket)
    logger.info("validated", extra=validation.model_dump(mode="json", exclude={"findings"}))
    return validation.model_dump(mode="json")
