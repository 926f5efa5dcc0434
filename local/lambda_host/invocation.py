"""One invocation of a function, and what can become of it."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from dataclasses import dataclass, field


def _new_trace_id() -> str:
    return f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)};Sampled=0"


@dataclass(frozen=True, slots=True)
class Invocation:
    """What is handed to a process. `client_context` is JSON text."""

    payload: bytes
    invoked_arn: str
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    trace_id: str = field(default_factory=_new_trace_id)
    client_context: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process made of an invocation; `reusable` says whether it can take another one."""

    payload: bytes
    failed: bool = False
    reusable: bool = True


def _fail(error_type: str, message: str, request_id: str) -> Outcome:
    document = {
        "errorType": error_type,
        "errorMessage": f"RequestId: {request_id} Error: {message}",
    }
    return Outcome(json.dumps(document).encode(), failed=True, reusable=False)


def timed_out(request_id: str, timeout_seconds: int) -> Outcome:
    """The handler ran longer than the function's timeout."""
    return _fail(
        "Sandbox.Timedout", f"Task timed out after {timeout_seconds:.2f} seconds", request_id
    )


def exited(request_id: str, return_code: int) -> Outcome:
    """The process ended before it answered; a negative code is the signal that ended it."""
    if return_code == 0:
        reason = "Runtime exited without providing a reason"
    elif return_code == -9:
        reason = "Runtime exited with error: signal: killed"
    elif return_code < 0:
        reason = f"Runtime exited with error: signal: {-return_code}"
    else:
        reason = f"Runtime exited with error: exit status {return_code}"
    return _fail("Runtime.ExitError", reason, request_id)


def response_too_large(limit: int) -> Outcome:
    """The handler returned more than Lambda passes on."""
    message = f"Response payload size exceeded maximum allowed payload size ({limit} bytes)."
    document = {"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}
    return Outcome(json.dumps(document).encode(), failed=True)
