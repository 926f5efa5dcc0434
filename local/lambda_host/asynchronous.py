"""Asynchronous invocations: accepted at once, run in the background, retried, and then reported.

Lambda waits one minute before the first retry and two before the second; a laptop waits seconds.
"""

from __future__ import annotations

import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moto.awslambda.models import LambdaFunction

from local.context import InvokeResult
from local.lambda_host.functions import EVENT_BYTES, Functions, Target, check_payload
from local.lambda_host.invocation import Invocation
from local.lambda_host.membership import HostClosedError
from local.lambda_host.settings import dead_letter_of, event_invoke_config_of
from local.targets import DELIVERY_ERRORS, sender

LOG = logging.getLogger(__name__)

# Every waiting event holds a thread of this pool; more of them wait in its queue.
_CONCURRENT_EVENTS = 64


@dataclass(frozen=True, slots=True)
class RetryDelays:
    """Seconds before each retry."""

    seconds: tuple[float, ...] = (1.0, 2.0)


class AsynchronousInvocations:
    """Lambda's event queue."""

    def __init__(self, functions: Functions, delays: RetryDelays | None = None) -> None:
        self._functions = functions
        self._delays = (delays or RetryDelays()).seconds
        self._send = sender(self.submit)
        self._closed = threading.Event()
        self._threads = ThreadPoolExecutor(_CONCURRENT_EVENTS, thread_name_prefix="lambda-event")

    def submit(self, name_or_arn: str, payload: bytes) -> None:
        """Accept an event for a function named by name or ARN."""
        self.accept(self._functions.resolve(name_or_arn), payload)

    def accept(self, target: Target, payload: bytes, trace_id: str | None = None) -> str:
        """Accept an event for a resolved function and return the request id of all its attempts."""
        check_payload(payload, EVENT_BYTES)
        invocation = Invocation(payload or b"{}", target.invoked_arn)
        if trace_id:
            invocation = Invocation(payload or b"{}", target.invoked_arn, trace_id=trace_id)
        self._threads.submit(self._run, target, invocation)
        return invocation.request_id

    def close(self) -> None:
        """Drop what still waits."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _run(self, target: Target, invocation: Invocation) -> None:
        try:
            self._attempt(target, invocation)
        except HostClosedError:
            return
        except DELIVERY_ERRORS:
            LOG.exception("an event of %s is lost", target.invoked_arn)

    def _attempt(self, target: Target, invocation: Invocation) -> None:
        retries = event_invoke_config_of(target.function).get("MaximumRetryAttempts", 2)
        attempts = 0
        while True:
            result = self._functions.invoke(target, invocation)
            attempts += 1
            if not result.function_error or attempts > retries:
                break
            if self._closed.wait(self._delays[min(attempts, len(self._delays)) - 1]):
                return
        self._report(target, invocation, result, attempts)

    def _report(
        self, target: Target, invocation: Invocation, result: InvokeResult, attempts: int
    ) -> None:
        """Send what became of the event where the function's configuration says."""
        destinations = event_invoke_config_of(target.function).get("DestinationConfig") or {}
        kind = "OnFailure" if result.function_error else "OnSuccess"
        destination = (destinations.get(kind) or {}).get("Destination")
        if destination:
            record = _record(target.function, invocation, result, attempts)
            self._send(destination, json.dumps(record))
        dead_letter = dead_letter_of(target.function)
        if result.function_error and dead_letter:
            self._send(dead_letter, invocation.payload.decode())


def _record(
    function: LambdaFunction, invocation: Invocation, result: InvokeResult, attempts: int
) -> dict[str, Any]:
    response_context: dict[str, Any] = {
        "statusCode": 200,
        "executedVersion": result.executed_version,
    }
    if result.function_error:
        response_context["functionError"] = result.function_error
    arn = invocation.invoked_arn
    if arn.endswith(f":{function.function_name}"):
        arn += ":$LATEST"
    return {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": invocation.request_id,
            "functionArn": arn,
            "condition": "RetriesExhausted" if result.function_error else "Success",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(invocation.payload),
        "responseContext": response_context,
        "responsePayload": _as_json(result.payload),
    }


def _as_json(payload: bytes) -> object:
    try:
        return json.loads(payload)
    except ValueError:
        return payload.decode(errors="replace")
