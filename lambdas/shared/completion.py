"""The end of a Textract job: its output becomes an extraction, and the waiting state goes on.

The notice and the sweeper both end jobs, in any order and any number of times.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from textractcaller.t_call import OutputConfig, get_s3_output_config_keys

from lambdas.shared import documents, job_leases, pricing, quota, storage
from lambdas.shared.contracts import ExtractionResult, ObjectPointer
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.errors import ExtractionFailedError, ObjectMissingError
from lambdas.shared.extraction import Extraction
from lambdas.shared.settings import CommaList, Settings
from lambdas.shared.textract_blocks import Block, read_pages

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_stepfunctions import SFNClient


_READ = ("SUCCEEDED", "PARTIAL_SUCCESS")


def output_prefix(document_id: str) -> str:
    """Where Textract writes a document's result, before the job's id."""
    return f"{document_id}/textract"


@dataclass(frozen=True, kw_only=True)
class Completion:
    """Ends Textract jobs: where their output lies, what they cost, and whom to tell."""

    features: Collection[str]
    bucket: str
    s3: "S3Client"
    states: "SFNClient"
    documents_table: "Table"
    limits_table: "Table"

    def complete(
        self, *, document_id: str, job_id: str, status: str, explanation: str | None
    ) -> DocumentRecord | None:
        """Ends one job: stores the extraction, frees the place, answers the waiting state.

        `status` is Textract's JobStatus, `explanation` its StatusMessage. Returns the document,
        or None for a job that no document of ours asked for. Raises ObjectMissingError when
        Textract says that it succeeded but its output is not there.
        """
        record = documents.read(self.documents_table, document_id)
        if record and status in _READ and record.extraction is None:
            record = self._store(document_id, job_id)
        job_leases.release(self.limits_table, quota.ANALYSIS, document_id)
        if record and record.task_token and record.state != "decided":
            if record.extraction:
                answer_success(self.states, record.task_token, record.extraction)
            else:
                cause = f"Textract job {job_id} ended as {status}: {explanation or 'no reason'}"
                answer_failure(self.states, record.task_token, cause)
        return record

    def _store(self, document_id: str, job_id: str) -> DocumentRecord | None:
        result = _assemble(self.s3, self.bucket, document_id, job_id)
        return documents.record_extraction(
            self.documents_table,
            document_id,
            result=result,
            usd=pricing.page_usd(self.features) * result.pages,
        )


class CompletionSettings(Settings):
    """The environment of a function that ends jobs."""

    documents_table: str
    limits_table: str
    extractions_bucket: str
    features: CommaList

    def completion(self) -> Completion:
        """What ending a job needs, with clients of this environment."""
        dynamodb = boto3.resource("dynamodb")
        return Completion(
            features=self.features,
            bucket=self.extractions_bucket,
            s3=boto3.client("s3"),
            states=boto3.client("stepfunctions"),
            documents_table=dynamodb.Table(self.documents_table),
            limits_table=dynamodb.Table(self.limits_table),
        )


def answer_success(states: "SFNClient", task_token: str, result: ExtractionResult) -> None:
    """Lets the waiting state go on; a token that no state waits for any more is left alone."""
    try:
        states.send_task_success(taskToken=task_token, output=result.model_dump_json())
    except (states.exceptions.TaskTimedOut, states.exceptions.TaskDoesNotExist):
        return


def answer_failure(states: "SFNClient", task_token: str, cause: str) -> None:
    """Fails the waiting state; a token that no state waits for any more is left alone."""
    try:
        states.send_task_failure(
            taskToken=task_token, error=ExtractionFailedError.__name__, cause=cause
        )
    except (states.exceptions.TaskTimedOut, states.exceptions.TaskDoesNotExist):
        return


def _assemble(s3: "S3Client", bucket: str, document_id: str, job_id: str) -> ExtractionResult:
    config = OutputConfig(s3_bucket=bucket, s3_prefix=output_prefix(document_id))
    keys = get_s3_output_config_keys(config, job_id, s3)
    if not keys:
        msg = f"Textract job {job_id} left no output under s3://{bucket}/{config.s3_prefix}/"
        raise ObjectMissingError(msg)
    unread: set[int] = set()
    pages = tuple(read_pages(_read_blocks(s3, bucket, keys, unread)))
    extraction = Extraction(
        document_id=document_id, job_id=job_id, pages=pages, unread_pages=tuple(sorted(unread))
    )
    pointer = storage.write_model(s3, storage.extraction_pointer(bucket, document_id), extraction)
    return _summarise(extraction, pointer)


def _read_blocks(s3: "S3Client", bucket: str, keys: list[str], unread: set[int]) -> Iterator[Block]:
    """Yields the blocks part by part, and adds the pages that Textract warns of to `unread`."""
    for key in keys:
        part = json.loads(storage.read_bytes(s3, ObjectPointer(bucket=bucket, key=key)))
        for warning in part.get("Warnings") or []:
            unread.update(warning.get("Pages") or [])
        yield from part.get("Blocks") or []


def _summarise(extraction: Extraction, pointer: ObjectPointer) -> ExtractionResult:
    confidences = [line.confidence for page in extraction.pages for line in page.lines]
    return ExtractionResult(
        job_id=extraction.job_id,
        extraction=pointer,
        # Textract leaves no block of a page that it could not read.
        pages=len({page.number for page in extraction.pages}.union(extraction.unread_pages)),
        lines=len(confidences),
        unread_pages=len(extraction.unread_pages),
        confidence=round(sum(confidences) / len(confidences), 2) if confidences else 0,
    )
