"""Asynchronous jobs: what one is, and the shelf on which they are found again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from local.textract.api.errors import (
    IdempotentParameterMismatchError,
    InvalidJobIdError,
    LimitExceededError,
)
from local.textract.jobs.results import BlockFile

IN_PROGRESS, SUCCEEDED, PARTIAL_SUCCESS, FAILED = (
    "IN_PROGRESS",
    "SUCCEEDED",
    "PARTIAL_SUCCESS",
    "FAILED",
)


@dataclass(slots=True)
class Job:
    """One job; `results` grow until the status leaves IN_PROGRESS and never change after."""

    identity: str
    operation: str
    request: Mapping[str, Any]
    results: BlockFile
    status: str = IN_PROGRESS
    status_message: str | None = None
    page_count: int = 0
    unreadable_pages: list[int] = field(default_factory=list)

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """The pages that are missing from the result, as the service reports them."""
        if not self.unreadable_pages:
            return []
        return [{"ErrorCode": "UNREADABLE_PAGE", "Pages": self.unreadable_pages}]


class JobShelf:
    """All jobs of this server: idempotent by token, limited in how many are open."""

    def __init__(self, folder: Path, most_open: int) -> None:
        self._folder = folder
        self._most_open = most_open
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}
        self._tokens: dict[tuple[str, str], tuple[str, str]] = {}

    def open(self, operation: str, request: Mapping[str, Any]) -> tuple[Job, bool]:
        """The job of this request and whether it is new.

        Raises IdempotentParameterMismatchError when its token was used with other parameters and
        LimitExceededError when no more job may be open.
        """
        fingerprint = json.dumps(request, sort_keys=True)
        token = request.get("ClientRequestToken")
        with self._lock:
            if token is not None and (operation, token) in self._tokens:
                identity, known = self._tokens[operation, token]
                if known != fingerprint:
                    raise IdempotentParameterMismatchError(
                        "ClientRequestToken was used before with other parameters"
                    )
                return self._jobs[identity], False
            if self._count_open() >= self._most_open:
                raise LimitExceededError(f"More than {self._most_open} jobs are open")
            identity = uuid4().hex + uuid4().hex
            job = Job(identity, operation, request, BlockFile(self._folder / identity))
            self._jobs[identity] = job
            if token is not None:
                self._tokens[operation, token] = (identity, fingerprint)
            return job, True

    def withdraw(self, job: Job) -> None:
        """Forget a job whose start was refused; its token may be used again."""
        with self._lock:
            del self._jobs[job.identity]
            self._tokens = {
                token: known for token, known in self._tokens.items() if known[0] != job.identity
            }
        job.results.discard()

    def find(self, operation: str, identity: str) -> Job:
        """The job with this id; raises InvalidJobIdError when another operation started it."""
        with self._lock:
            job = self._jobs.get(identity)
        if job is None or job.operation != operation:
            raise InvalidJobIdError("Request has an invalid job id")
        return job

    def _count_open(self) -> int:
        return sum(job.status == IN_PROGRESS for job in self._jobs.values())

    def count_open(self) -> int:
        """How many jobs are in progress."""
        with self._lock:
            return self._count_open()

    def count_by_status(self) -> dict[str, int]:
        """How many jobs there are in each status."""
        with self._lock:
            return dict(Counter(job.status for job in self._jobs.values()))
