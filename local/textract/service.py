"""A Textract put together: one server with its jobs, quotas and OCR, and how it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from local.textract.api.operations import Operations
from local.textract.api.server import TextractServer
from local.textract.jobs.aws import Account
from local.textract.jobs.job import JobShelf
from local.textract.jobs.quotas import Counters, Limits, RateGate
from local.textract.jobs.runner import JobRunner
from local.textract.pages.ocr import Ocr


@contextmanager
def open_service(
    *,
    port: int,
    endpoint_url: str,
    region: str = "us-east-1",
    delay: float = 0.5,
    limits: Limits | None = None,
    ocr_workers: int = 1,
) -> Iterator[TextractServer]:
    """A server that is bound but not yet serving; leaving ends its jobs and its OCR processes."""
    limits = limits or Limits()
    counters = Counters()
    account = Account(endpoint_url, region)
    ocr = Ocr(ocr_workers)
    with TemporaryDirectory(prefix="textract-") as folder:
        shelf = JobShelf(Path(folder), limits.open_jobs)
        runner = JobRunner(account, ocr, delay)
        operations = Operations(
            account=account,
            reader=ocr,
            shelf=shelf,
            runner=runner,
            gate=RateGate(limits, time.monotonic),
            counters=counters,
        )
        try:
            with TextractServer(
                port, operations=operations, limits=limits, counters=counters, shelf=shelf
            ) as server:
                yield server
        finally:
            runner.stop()
            ocr.stop()
