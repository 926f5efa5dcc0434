"""Textract's completion notice, as SNS hands it to the queue with raw delivery."""

from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from lambdas.shared.completion import Completion


class Notice(BaseModel):
    """A job that has ended; `JobTag` is the document's id. Textract adds what we do not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    JobId: str
    Status: str
    JobTag: str


def end_job(body: str, *, completion: "Completion", logger: Logger, metrics: Metrics) -> None:
    """Ends the job that one message tells of; raises ValidationError when it tells of none."""
    notice = Notice.model_validate_json(body)
    logger.append_keys(document_id=notice.JobTag, job_id=notice.JobId)
    record = completion.complete(
        document_id=notice.JobTag, job_id=notice.JobId, status=notice.Status, explanation=None
    )
    if record is None:
        logger.warning("a job ended that no document here asked for")
        return
    logger.info("job ended", status=notice.Status, pages=record.pages)
    metrics.add_metric(name="JobsEnded", unit=MetricUnit.Count, value=1)
    if record.extraction:
        metrics.add_metric(
            name="PagesExtracted", unit=MetricUnit.Count, value=record.extraction.pages
        )
