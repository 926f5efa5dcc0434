"""Sends a text to a resource by its ARN, from inside the endpoint's own process."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from moto.core.exceptions import ServiceException
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.stepfunctions.responses import get_backend as stepfunctions_backend
from moto.utilities.arns import parse_arn
from werkzeug.exceptions import HTTPException

# What moto's backends raise for a target that is missing or refuses.
DELIVERY_ERRORS = (HTTPException, ServiceException, LookupError, ValueError)

Send = Callable[[str, str], None]


def sender(invoke_async: Callable[[str, bytes], None]) -> Send:
    """Return a function that sends a text to a queue, topic, state machine or function.

    It raises one of `DELIVERY_ERRORS` when the resource does not exist or refuses.
    """

    def to_queue(arn: str, text: str) -> None:
        queue = parse_arn(arn)
        sqs_backends[queue.account][queue.region].send_message(queue.resource_id, text)

    def to_topic(arn: str, text: str) -> None:
        topic = parse_arn(arn)
        sns_backends[topic.account][topic.region].publish(text, arn)

    def to_state_machine(arn: str, text: str) -> None:
        machine = parse_arn(arn)
        backend = stepfunctions_backend(machine.account, machine.region)
        backend.start_execution(arn, str(uuid.uuid4()), text)

    def to_function(arn: str, text: str) -> None:
        invoke_async(arn, text.encode())

    ways = {"sqs": to_queue, "sns": to_topic, "states": to_state_machine, "lambda": to_function}

    def send(arn: str, text: str) -> None:
        service = parse_arn(arn).service
        if service not in ways:
            raise ValueError(f"the local endpoint does not deliver to {service}: {arn}")
        ways[service](arn, text)

    return send
