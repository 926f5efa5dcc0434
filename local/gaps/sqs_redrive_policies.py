"""moto 5.2.5: a queue's redrive policy is rewritten with spaces, its redrive allow policy hidden.

Terraform compares the first with what it set and waits for the second until its time-out.
SetQueueAttributes also forgets the access policy when it sets anything else.
"""

from __future__ import annotations

import json
from typing import Any

from moto.sqs.models import Queue

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

_ALLOW = "RedriveAllowPolicy"


def close(context: GapContext) -> None:
    """Report both policies as AWS does: compact JSON."""
    del context

    def around_setting(original: Untyped) -> Untyped:
        def set_attributes(queue: Untyped, attributes: dict[str, Any], *args: Untyped) -> None:
            policy = getattr(queue, "policy", None)
            original(queue, attributes, *args)
            if "Policy" not in attributes:
                queue.policy = policy

        return set_attributes

    def reported(queue: Untyped) -> dict[str, Any]:
        values: dict[str, Any] = report(queue)
        if values.get("RedrivePolicy"):
            values["RedrivePolicy"] = _compact(values["RedrivePolicy"])
        if queue.redrive_allow_policy:
            values[_ALLOW] = _compact(queue.redrive_allow_policy)
        else:
            values.pop(_ALLOW, None)
        return values

    report: Any = Queue.attributes.fget  # type: ignore[attr-defined]
    Queue.redrive_allow_policy = None  # type: ignore[attr-defined]
    # GetQueueAttributes refuses the names that this list lacks.
    seams.replace(Queue, "BASE_ATTRIBUTES", [*Queue.BASE_ATTRIBUTES, _ALLOW])
    seams.replace(Queue, "attributes", property(reported))
    seams.wrap(Queue, "_set_attributes", around_setting)


def _compact(policy: Untyped) -> str:
    value = json.loads(policy) if isinstance(policy, str) else policy
    return json.dumps(value, separators=(",", ":"))
