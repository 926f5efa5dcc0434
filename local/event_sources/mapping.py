"""One SQS event source mapping as it is configured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import EventSourceMapping

# SQS hands over ten messages a call, so a batch without a window has no more than that.
_WITHOUT_WINDOW = 10
_UNBOUNDED = 1000


@dataclass(frozen=True, slots=True)
class QueueMapping:
    """What a poller needs to know.

    `window_seconds` is how long it gathers after a first message; `concurrency` how many batches
    are delivered at once, which is no more than the function's invocations that run at once.
    """

    uuid: str
    account_id: str
    region: str
    queue_name: str
    queue_arn: str
    function_arn: str
    batch_size: int
    window_seconds: float
    concurrency: int
    reports_failures: bool
    patterns: tuple[str, ...]


def queue_mapping(
    mapping: EventSourceMapping, concurrency_of: Callable[[str], int]
) -> QueueMapping | None:
    """Return the settings of an enabled mapping of a queue, None of any other."""
    queue_arn = mapping.event_source_arn
    if not mapping.enabled or queue_arn.split(":")[2] != "sqs":
        return None
    wanted = (mapping.scaling_config or {}).get("MaximumConcurrency") or _UNBOUNDED
    window = float(mapping.max_batch_window or 0)
    size = mapping.batch_size if window else min(mapping.batch_size, _WITHOUT_WINDOW)
    return QueueMapping(
        uuid=mapping.uuid,
        account_id=mapping.account_id,
        region=mapping.region,
        queue_name=queue_arn.rsplit(":", 1)[-1],
        queue_arn=queue_arn,
        function_arn=mapping.function_arn,
        batch_size=size,
        window_seconds=window,
        concurrency=min(concurrency_of(mapping.function_arn), wanted),
        reports_failures="ReportBatchItemFailures" in (mapping.function_response_types or []),
        patterns=tuple(_patterns(mapping.filter_criteria)),
    )


def _patterns(criteria: dict[str, Any] | None) -> list[str]:
    return [f["Pattern"] for f in (criteria or {}).get("Filters", []) if f.get("Pattern")]
