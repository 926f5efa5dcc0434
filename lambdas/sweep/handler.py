"""The Lambda function that a schedule calls every few minutes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambdas.shared.completion import CompletionSettings
from lambdas.shared.settlement import Settlement
from lambdas.sweep.sweeping import Sweep


class Settings(CompletionSettings):
    """The function's environment."""

    audit_table: str
    decisions_bucket: str
    overdue_seconds: int
    manifest_patience_seconds: int


settings = Settings.load()
logger = Logger()
metrics = Metrics()
completion = settings.completion()
settlement = Settlement(
    documents_table=completion.documents_table,
    audit_table=boto3.resource("dynamodb").Table(settings.audit_table),
    decisions_bucket=settings.decisions_bucket,
    s3=completion.s3,
)
sweep = Sweep(
    completion=completion,
    settlement=settlement,
    textract=boto3.client("textract"),
    logger=logger,
)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(_event: dict[str, Any], _context: LambdaContext) -> None:
    """Sweeps once."""
    now = datetime.now(UTC)
    late = sweep.end_overdue_jobs(overdue=timedelta(seconds=settings.overdue_seconds), now=now)
    patience = timedelta(seconds=settings.manifest_patience_seconds)
    held = sweep.hold_abandoned(patience=patience, now=now)
    metrics.add_metric(name="OverdueJobs", unit=MetricUnit.Count, value=late)
    metrics.add_metric(name="AbandonedDocuments", unit=MetricUnit.Count, value=held)
