"""moto 5.2.5: an EventBridge rule delivers to few targets, and matches too much.

`Rule.send_to_targets` raises for Lambda, Step Functions and SNS targets, ignores `Input`,
`InputPath` and the rule's state, quotes nothing in an input transformer, and a rule that has only a
schedule matches every event. A target that fails keeps the targets after it from being served.
"""

from __future__ import annotations

import copy
import logging
from datetime import UTC, datetime
from typing import Any

from moto.events.models import Rule
from moto.sqs.models import sqs_backends
from moto.utilities.arns import parse_arn

from local.context import GapContext
from local.gaps import seams
from local.gaps.event_input import render_input
from local.gaps.seams import Untyped
from local.targets import DELIVERY_ERRORS, Send, sender

LOG = logging.getLogger(__name__)

_SERVICES = {"sqs", "sns", "states", "lambda"}


def close(context: GapContext) -> None:
    """Deliver to SQS, Lambda, Step Functions and SNS as EventBridge does."""
    send = sender(context.invoke_async)

    def around(original: Untyped) -> Untyped:
        def send_to_targets(rule: Rule, event: Untyped, transform_input: bool = True) -> None:
            # A pattern-less rule only has a schedule; events are none of its business.
            if rule.state != "ENABLED" or not rule.event_pattern.get_pattern():
                return
            shown = _public_event(event)
            if not rule.event_pattern.matches_event(shown):  # type: ignore[arg-type]
                return
            for target in list(rule.targets):
                if parse_arn(target["Arn"]).service in _SERVICES:
                    _deliver(send, target, rule.arn, shown)
                else:
                    only_this = copy.copy(rule)
                    only_this.targets = [target]
                    original(only_this, event, transform_input)

        return send_to_targets

    seams.wrap(Rule, "send_to_targets", around)


def _deliver(send: Send, target: dict[str, Any], rule_arn: str, event: dict[str, Any]) -> None:
    """Send an event to one target; what cannot be delivered goes to its dead-letter queue."""
    text = render_input(target, event, rule_arn)
    group = target.get("SqsParameters", {}).get("MessageGroupId")
    try:
        if group:
            _send_message(target["Arn"], text, group_id=group)
        else:
            send(target["Arn"], text)
    except DELIVERY_ERRORS as error:
        LOG.warning("%s could not deliver to %s: %s", rule_arn, target["Arn"], error)
        dead_letter = target.get("DeadLetterConfig", {}).get("Arn")
        if dead_letter:
            attributes = {
                "RULE_ARN": rule_arn,
                "TARGET_ARN": target["Arn"],
                "ERROR_CODE": type(error).__name__,
                "ERROR_MESSAGE": str(error) or type(error).__name__,
            }
            _send_message(dead_letter, text, attributes=attributes)


def _send_message(
    arn: str, text: str, *, group_id: str | None = None, attributes: dict[str, str] | None = None
) -> None:
    queue = parse_arn(arn)
    sqs_backends[queue.account][queue.region].send_message(
        queue_name=queue.resource_id,
        message_body=text,
        group_id=group_id,
        message_attributes={
            name: {"string_value": value, "data_type": "String"}
            for name, value in (attributes or {}).items()
        },
    )


def _public_event(event: Untyped) -> dict[str, Any]:
    """The event as a target sees it: without moto's own fields, its time in ISO 8601."""
    shown = {key: value for key, value in event.items() if key != "ingestion-time"}
    moment = shown.get("time")
    if isinstance(moment, int | float):
        shown["time"] = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return shown
