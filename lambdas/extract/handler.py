"""The Lambda function of the state ExtractText, which goes on waiting when it has returned."""

import time
from datetime import UTC, datetime, timedelta

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config

from lambdas.extract.event import Event
from lambdas.extract.job import Clock, start_job
from lambdas.extract.settings import Settings
from lambdas.shared.observability import name_step

settings = Settings.load()
logger = Logger()
dynamodb = boto3.resource("dynamodb")
# The reservation is the retry: botocore's own would start outside of it.
textract = boto3.client("textract", config=Config(retries={"total_max_attempts": 1}))
states = boto3.client("stepfunctions")


@logger.inject_lambda_context(correlation_id_path="document.id", clear_state=True)
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> None:
    """Starts the job; the task token is answered later, by others."""
    name_step(logger, event.document, event.transition)
    start_job(
        event,
        clock=Clock(now=lambda: datetime.now(UTC), sleep=time.sleep),
        template=settings.job_template(),
        lease=timedelta(seconds=settings.lease_seconds),
        textract=textract,
        states=states,
        documents_table=dynamodb.Table(settings.documents_table),
        limits_table=dynamodb.Table(settings.limits_table),
        audit_table=dynamodb.Table(settings.audit_table),
    )
