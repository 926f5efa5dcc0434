"""Runs jobs: reads every page, waits the job's delay, delivers, reports."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer
from typing import Any

from local.textract.api.errors import TextractError
from local.textract.jobs.aws import Account
from local.textract.jobs.job import FAILED, PARTIAL_SUCCESS, SUCCEEDED, Job
from local.textract.jobs.replies import MOST_BLOCKS, write_output
from local.textract.pages.documents import MOST_BYTES_ASYNC, PictureReader, open_document
from local.textract.pages.ocr import OcrDiedError
from local.textract.reading import digest_document, read_pages

_LOG = logging.getLogger(__name__)
# Jobs that wait for the OCR process hold a thread; those with a text layer pass them by.
_THREADS = 16
_DEFAULT_PREFIX = "textract_output"


class JobRunner:
    """A bounded pool of jobs; `delay` seconds pass between a job's work and its end."""

    def __init__(self, account: Account, reader: PictureReader, delay: float) -> None:
        self._account = account
        self._reader = reader
        self._delay = delay
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="job")
        self._stopping = Event()

    def check_output(self, job: Job) -> None:
        """Write the object by which the service tries its access; raises when it has none."""
        output = job.request.get("OutputConfig")
        if output:
            self._write(job, output, ".s3_access_check", b"")

    def submit(self, job: Job, data: bytes) -> None:
        """Run the job on the document's bytes when a thread is free."""
        self._pool.submit(self._run, job, data)

    def stop(self) -> None:
        """Begin no further job and leave those under way at their next page."""
        self._stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, job: Job, data: bytes) -> None:
        try:
            status = self._read(job, data)
        except (TextractError, OcrDiedError) as error:
            _LOG.warning("Job %s failed: %s", job.identity, error)
            job.status_message, status = "INVALID_DOCUMENT", FAILED
            if isinstance(error, OcrDiedError):
                job.status_message = "INTERNAL_ERROR"
        except Exception:  # noqa: BLE001  (or the job's caller would wait for ever)
            _LOG.exception("Job %s failed", job.identity)
            job.status_message, status = "INTERNAL_ERROR", FAILED
        job.results.finish()
        if self._stopping.is_set():
            return
        end = Timer(self._delay, self._end, (job, status))
        end.daemon = True
        end.start()

    def _read(self, job: Job, data: bytes) -> str:
        features = frozenset(job.request.get("FeatureTypes", ()))
        with open_document(data, most_bytes=MOST_BYTES_ASYNC) as document:
            job.page_count = document.page_count
            digest = digest_document(data)
            for page in read_pages(document, digest, features, self._reader, numbered=True):
                if self._stopping.is_set():
                    return FAILED
                if page.blocks is None:
                    job.unreadable_pages.append(page.number)
                else:
                    job.results.extend(page.blocks)
        if len(job.unreadable_pages) == job.page_count:
            job.status_message = "INVALID_DOCUMENT"
            return FAILED
        if job.unreadable_pages:
            job.status_message = "Some pages cannot be read"
            return PARTIAL_SUCCESS
        return SUCCEEDED

    def _end(self, job: Job, status: str) -> None:
        """Deliver first, then say so: who is told must find the result."""
        output = job.request.get("OutputConfig")
        try:
            if output and status != FAILED:
                self._deliver(job, output, status)
        except TextractError as error:
            _LOG.warning("Job %s: %s", job.identity, error)
            job.status_message, status = error.code, FAILED
        job.status = status
        channel = job.request.get("NotificationChannel")
        if channel:
            try:
                self._account.publish(channel["SNSTopicArn"], describe_notice(job))
            except TextractError as error:
                _LOG.warning("Job %s: %s", job.identity, error)

    def _deliver(self, job: Job, output: Mapping[str, str], status: str) -> None:
        for number, start in enumerate(range(0, max(1, len(job.results)), MOST_BLOCKS), start=1):
            self._write(job, output, str(number), write_output(job, start, status))

    def _write(self, job: Job, output: Mapping[str, str], name: str, body: bytes) -> None:
        prefix = output.get("S3Prefix", _DEFAULT_PREFIX).rstrip("/")
        key = f"{prefix}/{job.identity}/{name}"
        self._account.write_object(output["S3Bucket"], key, body, job.request.get("KMSKeyId"))


def describe_notice(job: Job) -> dict[str, Any]:
    """The message that the service publishes when a job ends."""
    location = job.request["DocumentLocation"]["S3Object"]
    notice = {
        "JobId": job.identity,
        "Status": job.status,
        "API": job.operation,
        "JobTag": job.request.get("JobTag"),
        "Timestamp": int(time.time() * 1000),
        "DocumentLocation": {"S3ObjectName": location["Name"], "S3Bucket": location["Bucket"]},
    }
    return {name: value for name, value in notice.items() if value is not None}
