"""Queue messages as Lambda hands them to a function."""

import hashlib
import json
from typing import Any

from tests.handlers.conftest import read_event


def make_queue_event(*bodies: str) -> dict[str, Any]:
    """One invocation with a message a body; their ids are message-1, message-2 and so on."""
    return {
        "Records": [
            read_event(
                "queue_message",
                messageId=f"message-{number}",
                body=body,
                md5OfBody=hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
            )
            for number, body in enumerate(bodies, start=1)
        ]
    }


def tell_object_created(
    key: str, version_id: str, *, second: int = 0, sequencer: str = "01"
) -> str:
    """The body that tells of one new version of one object, at noon and some seconds."""
    event = read_event("object_created", time=f"2025-03-14T12:00:{second:02}Z")
    event["detail"]["object"] |= {"key": key, "version-id": version_id, "sequencer": sequencer}
    return json.dumps(event)


def list_failed(answer: dict[str, Any]) -> list[str]:
    """The messages that a function wants again."""
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
