"""Submitting the generated documents, as people and programs would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lambdas.shared.identity import document_id
from models.corpus.expectations import Expectation

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True)
class Submitted:
    """What was submitted, and the id of the document that it must become, if of any."""

    expectation: Expectation
    document_id: str | None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Where documents and messages go."""

    folder: Path
    bucket: str
    intake_queue_url: str
    s3: "S3Client"
    sqs: "SQSClient"

    def submit(self, expectation: Expectation) -> Submitted:
        """Does to one document what the generator planned for it."""
        if expectation.action == "message":
            self.sqs.send_message(
                QueueUrl=self.intake_queue_url, MessageBody=expectation.body or ""
            )
            return Submitted(expectation, None)
        key = expectation.key or ""
        if expectation.action == "missing":
            return Submitted(expectation, document_id(self.bucket, key, "missing"))
        body = (self.folder / (expectation.file or "")).read_bytes()
        version = self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)["VersionId"]
        if expectation.action == "upload_then_delete":
            self.s3.delete_object(Bucket=self.bucket, Key=key)
        is_document = expectation.route is not None
        return Submitted(
            expectation, document_id(self.bucket, key, version) if is_document else None
        )


def submit_all(
    submission: Submission,
    expectations: Sequence[Expectation],
    *,
    wait_for: Callable[[Submitted], None],
    report: Callable[[int], None],
) -> list[Submitted]:
    """Submits in order; what must come after another document's decision comes last."""
    submitted: list[Submitted] = []
    for expectation in sorted(expectations, key=lambda each: each.after is not None):
        if expectation.after:
            wait_for(next(each for each in submitted if each.expectation.key == expectation.after))
        submitted.append(submission.submit(expectation))
        report(len(submitted))
    return submitted
