"""Tells one document's class, and records which model said so and by which words."""

from typing import TYPE_CHECKING

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.classify.event import Event
from lambdas.classify.inference import Classifier
from lambdas.shared import audit
from lambdas.shared.contracts import Classification
from lambdas.shared.explanation import Explanation, explanation_pointer
from lambdas.shared.extraction import Extraction
from lambdas.shared.storage import read_model, write_model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


def classify_document(
    event: Event,
    *,
    s3: "S3Client",
    extractions_bucket: str,
    audit_table: "Table",
    classifier: Classifier,
    metrics: Metrics,
) -> Classification:
    """Reads the document's text, classifies it, and keeps the words that carried the class.

    Raises ObjectMissingError without extraction.
    """
    extraction = read_model(s3, event.extraction.extraction, Extraction)
    reading = classifier.read(extraction.text())
    classification = classifier.judge(reading)
    explanation = Explanation(
        document_id=event.document.id,
        label=classification.label,
        model_digest=classification.model_digest,
        words=reading.carried_by,
    )
    write_model(s3, explanation_pointer(extractions_bucket, event.document.id), explanation)
    audit.append(
        audit_table,
        document_id=event.document.id,
        transition=event.transition,
        outcome=classification.model_dump(mode="json"),
    )
    certain = classification.known and classification.confidence >= classification.threshold
    metrics.add_metric("ClassificationConfidence", MetricUnit.NoUnit, classification.confidence)
    metrics.add_metric("ClassificationsUncertain", MetricUnit.Count, int(not certain))
    return classification
