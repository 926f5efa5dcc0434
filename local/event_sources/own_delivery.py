"""moto 5.2.5 delivers a queue's message to Lambda from inside SendMessage.

It does so at once, ignores the batching window, partial failures and the visibility timeout, and
goes on after the mapping was deleted. A mapping of an alias becomes one of the version that the
alias meant when the mapping was made. The pollers deliver instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.awslambda.models import EventSourceMapping, LambdaBackend
from moto.sqs.models import sqs_backends

from local.gaps import seams


def stop() -> None:
    """Keep moto from delivering, and let a mapping keep the function ARN that it was given."""
    seams.wrap(LambdaBackend, "create_event_source_mapping", _around_create)
    seams.wrap(LambdaBackend, "update_event_source_mapping", _around_update)


def _around_create(
    original: Callable[[LambdaBackend, dict[str, Any]], EventSourceMapping],
) -> Callable[[LambdaBackend, dict[str, Any]], EventSourceMapping]:
    def create(self: LambdaBackend, spec: dict[str, Any]) -> EventSourceMapping:
        mapping = original(self, spec)
        for queue in list(sqs_backends[self.account_id][self.region_name].queues.values()):
            queue.lambda_event_source_mappings.clear()
        mapping.function_arn = _as_given(spec["FunctionName"], mapping.function_arn)
        return mapping

    return create


def _around_update(
    original: Callable[[LambdaBackend, str, dict[str, Any]], EventSourceMapping | None],
) -> Callable[[LambdaBackend, str, dict[str, Any]], EventSourceMapping | None]:
    def update(self: LambdaBackend, uuid: str, spec: dict[str, Any]) -> EventSourceMapping | None:
        mapping = original(self, uuid, spec)
        if mapping is not None and "FunctionName" in spec:
            mapping.function_name = spec["FunctionName"]
            mapping.function_arn = _as_given(spec["FunctionName"], mapping.function_arn)
        return mapping

    return update


def _as_given(name_or_arn: str, resolved_arn: str) -> str:
    unqualified = ":".join(resolved_arn.split(":")[:7])
    _, _, qualifier = name_or_arn.rpartition(":function:")[2].partition(":")
    return f"{unqualified}:{qualifier}" if qualifier else unqualified
