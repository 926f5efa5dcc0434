"""The six operations."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from typing import Any

from local.textract.api.errors import (
    BadDocumentError,
    InternalServerError,
    InvalidParameterError,
    UnknownOperationError,
    UnsupportedDocumentError,
)
from local.textract.api.validation import check_request
from local.textract.jobs.aws import Account
from local.textract.jobs.job import JobShelf
from local.textract.jobs.quotas import Counters, RateGate
from local.textract.jobs.replies import MODEL_VERSION, MOST_BLOCKS, decode_token, describe_job
from local.textract.jobs.runner import JobRunner
from local.textract.pages.documents import (
    MOST_BYTES_ASYNC,
    MOST_BYTES_SYNC,
    PictureReader,
    open_document,
)
from local.textract.pages.ocr import OcrDiedError
from local.textract.reading import digest_document, read_pages

Request = Mapping[str, Any]
Reply = dict[str, Any]


class Operations:
    """Textract's operations, each from a decoded request to a reply or a TextractError."""

    def __init__(
        self,
        *,
        account: Account,
        reader: PictureReader,
        shelf: JobShelf,
        runner: JobRunner,
        gate: RateGate,
        counters: Counters,
    ) -> None:
        self._account = account
        self._reader = reader
        self._shelf = shelf
        self._runner = runner
        self._gate = gate
        self._counters = counters
        self._handlers: dict[str, Callable[[str, Request], Reply]] = {
            "StartDocumentAnalysis": self._start,
            "StartDocumentTextDetection": self._start,
            "GetDocumentAnalysis": self._get,
            "GetDocumentTextDetection": self._get,
            "AnalyzeDocument": self._read_now,
            "DetectDocumentText": self._read_now,
        }

    def call(self, operation: str, request: Request) -> Reply:
        """Admit, check and carry out one call."""
        handler = self._handlers.get(operation)
        if handler is None:
            raise UnknownOperationError(f"{operation} is not available in the local Textract")
        self._counters.count_call(operation)
        self._gate.admit(operation)
        request = _decode_bytes(request)
        check_request(operation, request)
        _check_features(operation, request)
        return handler(operation, request)

    def _start(self, operation: str, request: Request) -> Reply:
        job, new = self._shelf.open(operation, request)
        if new:
            self._counters.see_open_jobs(self._shelf.count_open())
            try:
                location = request["DocumentLocation"].get("S3Object", {})
                data = self._account.read_object(location, most_bytes=MOST_BYTES_ASYNC)
                # What cannot be opened is refused here and now, before a job is paid for.
                with open_document(data, most_bytes=MOST_BYTES_ASYNC) as document:
                    job.page_count = document.page_count
                self._runner.check_output(job)
            except BaseException:
                self._shelf.withdraw(job)
                raise
            self._runner.submit(job, data)
        return {"JobId": job.identity}

    def _get(self, operation: str, request: Request) -> Reply:
        job = self._shelf.find(operation.replace("Get", "Start", 1), request["JobId"])
        token = request.get("NextToken")
        start = decode_token(job, token) if token else 0
        return describe_job(job, start, request.get("MaxResults", MOST_BLOCKS))

    def _read_now(self, operation: str, request: Request) -> Reply:
        data = self._read_document(request["Document"])
        features = frozenset(request.get("FeatureTypes", ()))
        with open_document(data, most_bytes=MOST_BYTES_SYNC) as document:
            if document.page_count > 1:
                raise UnsupportedDocumentError("Only one page can be read synchronously")
            try:
                pages = list(
                    read_pages(
                        document, digest_document(data), features, self._reader, numbered=False
                    )
                )
            except OcrDiedError as error:
                raise InternalServerError("The document could not be read") from error
        blocks = pages[0].blocks
        if blocks is None:
            raise BadDocumentError("Request has a document that cannot be read")
        return {
            "DocumentMetadata": {"Pages": document.page_count},
            "Blocks": blocks,
            f"{operation}ModelVersion": MODEL_VERSION,
        }

    def _read_document(self, document: Request) -> bytes:
        if "Bytes" in document:
            data: bytes = document["Bytes"]
            return data
        if "S3Object" in document:
            return self._account.read_object(document["S3Object"], most_bytes=MOST_BYTES_SYNC)
        raise InvalidParameterError("Request has invalid parameters: Document: Bytes or S3Object")


def _decode_bytes(request: Request) -> Request:
    """JSON carries a blob as base64."""
    document = request.get("Document")
    if not isinstance(document, Mapping) or not isinstance(document.get("Bytes"), str):
        return request
    try:
        data = b64decode(document["Bytes"], validate=True)
    except Base64Error as error:
        raise InvalidParameterError(
            "Request has invalid parameters: Document.Bytes: no base64"
        ) from error
    return {**request, "Document": {**document, "Bytes": data}}


def _check_features(operation: str, request: Request) -> None:
    if "Analy" not in operation or operation.startswith("Get"):
        return
    features = request["FeatureTypes"]
    if not features:
        raise InvalidParameterError("Request has invalid parameters: FeatureTypes: at least one")
    if "QUERIES" in features:
        raise InvalidParameterError("FeatureTypes: the local Textract does not answer QUERIES")
