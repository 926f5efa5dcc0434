"""Puts the host in the place of moto's containers.

moto 5.2.5 runs a function in a Docker container, ignores the invocation type, the qualifier's ARN
and an alias's weights, and answers `Handled` for every error.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse
from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.models import logs_backends

from local.context import InvokeResult
from local.gaps import seams
from local.lambda_host.asynchronous import AsynchronousInvocations
from local.lambda_host.functions import REQUEST_BYTES, Functions, Target, check_payload
from local.lambda_host.invocation import Invocation

Reply = tuple[int, dict[str, str], bytes]
Headed = tuple[dict[str, str], str]
Enrich = Callable[[dict[str, str], str], Headed]

_REQUEST_ID = "x-amzn-RequestId"


def install(functions: Functions, events: AsynchronousInvocations) -> None:
    """Send every invocation that reaches moto to the host."""

    def answer_invoke(self: LambdaResponse) -> Reply:
        name = unquote(self.path.rsplit("/", 2)[-2])
        qualifier = self.querystring.get("Qualifier", [None])[0]
        target = functions.resolve(name, qualifier, backend=self.backend)
        payload = _as_bytes(self.body)
        kind = self.headers.get("X-Amz-Invocation-Type", "RequestResponse")
        trace_id = self.headers.get("X-Amzn-Trace-Id")
        # moto takes the status from the header of that name.
        if kind == "DryRun":
            return 204, {"status": "204"}, b""
        if kind == "Event":
            request_id = events.accept(target, payload, trace_id)
            return 202, {"status": "202", _REQUEST_ID: request_id}, b""
        check_payload(payload, REQUEST_BYTES)
        context = self.headers.get("X-Amz-Client-Context")
        result = functions.invoke(target, _invocation(target, payload, trace_id, context))
        with_log = self.headers.get("X-Amz-Log-Type") == "Tail"
        return 200, _headers(result, with_log=with_log), result.payload

    def invoke_backend(  # noqa: PLR0917 (moto's signature)
        self: LambdaBackend,
        function_name: str,
        qualifier: str | None,
        body: str | bytes | None,
        headers: object,  # noqa: ARG001
        response_headers: dict[str, Any],
    ) -> bytes:
        target = functions.resolve(function_name, qualifier, backend=self)
        payload = _as_bytes(body)
        result = functions.invoke(target, _invocation(target, payload))
        response_headers.update(_headers(result, with_log=False))
        return result.payload

    def invoke_function(
        self: LambdaFunction,
        body: str,
        request_headers: object,  # noqa: ARG001 (moto's signature)
        response_headers: object,  # noqa: ARG001
    ) -> str:
        # moto's own callers of this are S3, SNS and CloudWatch Logs, which invoke asynchronously.
        events.accept(Target(self, self.function_arn), _as_bytes(body))
        return ""

    seams.replace(LambdaResponse, "invoke", answer_invoke)
    seams.replace(LambdaBackend, "invoke", invoke_backend)
    seams.replace(LambdaFunction, "invoke", invoke_function)
    seams.wrap(LambdaResponse, "_enrich_response", _keeping_request_id)


def create_log_stream(account_id: str, region: str, group: str, stream: str) -> None:
    """Open a log stream, and its group if nobody has created it yet, as Lambda does."""
    backend = logs_backends[account_id][region]
    backend.ensure_log_group(group)
    backend.create_log_stream(group, stream)


def put_log_events(
    account_id: str, region: str, group: str, stream: str, events: Sequence[dict[str, Any]]
) -> None:
    """Write events; those of a log group that was deleted meanwhile are dropped."""
    # A clock that is set back must not make CloudWatch refuse the batch.
    in_order = sorted(events, key=lambda event: event["timestamp"])
    try:
        logs_backends[account_id][region].put_log_events(group, stream, in_order)
    except ResourceNotFoundException:
        return


def _keeping_request_id(original: Enrich) -> staticmethod[[dict[str, str], str], Headed]:
    """The request id of an answer is the invocation's, not one that moto makes up for the reply."""

    def enrich(headers: dict[str, str], body: str) -> Headed:
        request_id = headers.pop(_REQUEST_ID, None)
        headers, body = original(headers, body)
        return headers | ({"x-amzn-requestid": request_id} if request_id else {}), body

    return staticmethod(enrich)


def _as_bytes(body: str | bytes | None) -> bytes:
    return body.encode() if isinstance(body, str) else body or b""


def _invocation(
    target: Target, payload: bytes, trace_id: str | None = None, context: str | None = None
) -> Invocation:
    invocation = Invocation(
        payload or b"{}",
        target.invoked_arn,
        client_context=json.dumps(json.loads(base64.b64decode(context))) if context else None,
    )
    if trace_id is None:
        return invocation
    return Invocation(
        invocation.payload,
        invocation.invoked_arn,
        invocation.request_id,
        trace_id,
        invocation.client_context,
    )


def _headers(result: InvokeResult, *, with_log: bool) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "X-Amz-Executed-Version": result.executed_version,
        _REQUEST_ID: result.request_id,
    }
    if result.function_error:
        headers["X-Amz-Function-Error"] = result.function_error
    if with_log:
        headers["X-Amz-Log-Result"] = base64.b64encode(result.log_tail.encode()).decode()
    return headers
