"""The Lambda function `classify`."""

import os
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import StringConstraints

from lambdas.classify.classification import classify_document
from lambdas.classify.event import Event
from lambdas.classify.fetching import fetch_package
from lambdas.classify.inference import Classifier, count_threads
from lambdas.shared.observability import name_step
from lambdas.shared.settings import Settings as BaseSettings


class Settings(BaseSettings):
    """The function's environment."""

    audit_table: str
    extractions_bucket: str
    models_bucket: str
    model_package: Annotated[str, StringConstraints(pattern="^sha256:[0-9a-f]{64}$")]


settings = Settings.load()
logger = Logger()
metrics = Metrics()
s3 = boto3.client("s3")
classifier = Classifier(
    fetch_package(s3, settings.models_bucket, settings.model_package, Path(gettempdir(), "model")),
    threads=count_threads(int(os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "0"))),
)
audit_table = boto3.resource("dynamodb").Table(settings.audit_table)


@logger.inject_lambda_context(correlation_id_path="document.id", clear_state=True)
@metrics.log_metrics
@event_parser(model=Event)
def handler(event: Event, _context: LambdaContext) -> dict[str, Any]:
    """Tells one document's class."""
    name_step(logger, event.document, event.transition)
    classification = classify_document(
        event,
        s3=s3,
        extractions_bucket=settings.extractions_bucket,
        audit_table=audit_table,
        classifier=classifier,
        metrics=metrics,
    )
    logger.info("classified", extra=classification.model_dump(mode="json"))
    return classification.model_dump(mode="json")
