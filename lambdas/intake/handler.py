"""The Lambda function behind the queue of what arrives in the incoming bucket."""

from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.intake.messages import take_in_messages
from lambdas.intake.settings import Settings
from lambdas.intake.wiring import build_intake

settings = Settings.load()
logger = Logger()
metrics = Metrics()
sqs = boto3.client("sqs")
intake = build_intake(settings)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
@event_source(data_class=SQSEvent)
def handler(event: SQSEvent, _context: LambdaContext) -> dict[str, Any]:
    """Takes in a batch of messages; returns those that must come again, as SQS expects."""
    records = list(event.records)
    metrics.add_metric(name="MessagesReceived", unit=MetricUnit.Count, value=len(records))
    failed = take_in_messages(
        records,
        intake=intake,
        dead_letter_queue_url=settings.dead_letter_queue_url,
        sqs=sqs,
        logger=logger,
    )
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
