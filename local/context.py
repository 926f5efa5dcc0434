"""What the parts of the local endpoint hand each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvokeResult:
    """What became of one Lambda invocation.

    `function_error` is None or `Unhandled`; the payload is then Lambda's error document
    (`errorMessage`, `errorType`, `stackTrace`).
    """

    payload: bytes
    function_error: str | None = None
    executed_version: str = "$LATEST"
    log_tail: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class GapContext:
    """What closing a gap in moto may need to know.

    `invoke_async` and `invoke_sync` take a function name or ARN, qualified or not, and the
    payload. `invoke_async` returns at once and retries failures as Lambda does.
    """

    region: str
    account_id: str
    endpoint_url: str
    textract_url: Callable[[], str | None]
    invoke_async: Callable[[str, bytes], None]
    invoke_sync: Callable[[str, bytes], InvokeResult]
