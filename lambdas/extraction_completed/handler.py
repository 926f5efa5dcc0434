"""The Lambda function behind the queue of Textract's completion notices."""

from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    ExceptionInfo,
    FailureResponse,
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


class NoticeProcessor(BatchProcessor):
    """Says why a message comes back, which Powertools does not."""

    def failure_handler(self, record: Any, exception: ExceptionInfo) -> FailureResponse:  # noqa: ANN401 - as Powertools declares it
        """Logs the failure of one message."""
        logger.error("notice not handled", exc_info=exception[1])
        return super().failure_handler(record, exception)


def end_one(record: SQSRecord) -> None:
    """Ends the job of one message."""
    end(record.body)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Ends a job a message; a message that fails comes back without its neighbours."""
    metrics.add_metric(
        name="NoticesReceived", unit=MetricUnit.Count, value=len(event.get("Records", []))
    )
    processor = NoticeProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    reply = process_partial_response(
        event=event, record_handler=end_one, processor=processor, context=context
    )
    return dict(reply)
