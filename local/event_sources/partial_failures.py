"""What a function says of the messages of its batch (ReportBatchItemFailures)."""

from __future__ import annotations

import json
from collections.abc import Collection


def failed_messages(payload: bytes, message_ids: Collection[str]) -> set[str]:
    """Return the ids of the messages that the function's answer leaves in the queue.

    An answer that Lambda cannot read, or that names a message of another batch, fails all of them.
    """
    everything = set(message_ids)
    try:
        answer = json.loads(payload or b"null")
    except ValueError:
        return everything
    if answer is None:
        return set()
    if not isinstance(answer, dict):
        return everything
    failures = answer.get("batchItemFailures") or []
    if not isinstance(failures, list):
        return everything
    named: set[str] = set()
    for failure in failures:
        identifier = failure.get("itemIdentifier") if isinstance(failure, dict) else None
        if identifier not in everything:
            return everything
        named.add(identifier)
    return named
