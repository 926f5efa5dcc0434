"""What the host needs to know of a deployed function."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class FunctionConfiguration:
    """One version of a function as it was deployed.

    `arn` is unqualified. `code` is the directory that the handler is imported from, and
    `code_digest` changes whenever the deployed code does.
    """

    name: str
    arn: str
    version: str
    handler: str
    timeout_seconds: int
    memory_megabytes: int
    environment: tuple[tuple[str, str], ...]
    account_id: str
    region: str
    log_group: str
    code: Path
    code_digest: str
    log_format: str = "Text"
    reserved_concurrency: int | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Names all that a warm process was started with: another one needs a fresh process."""
        started_with = asdict(self) | {"reserved_concurrency": None, "code": str(self.code)}
        return hashlib.sha256(json.dumps(started_with, sort_keys=True).encode()).hexdigest()
