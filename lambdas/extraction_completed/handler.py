"""The Lambda function behind the queue of Textract's completion notices."""

from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.extraction_completed.notice import end_job
from lambdas.shared.completion import CompletionSettings

logger = Logger()
metrics = Metrics()
end = partial(
    end_job, completion=CompletionSettings.load().completion(), logger=logger, metrics=metrics
)


def end_one(record: SQSRecord) -> None:
    """Ends the job of one message."""
    end(record.body)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Ends a job a message; a message that fails comes back without its neighbours."""
    processor = BatchProcessor(event_type=EventType.SQS)
    reply = process_partial_response(
        event=event, record_handler=end_one, processor=processor, context=context
    )
    return dict(reply)
