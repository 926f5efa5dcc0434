"""Filter criteria of an event source mapping."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from moto.events.models import EventPattern


def passes(record: dict[str, Any], patterns: Iterable[str]) -> bool:
    """Say whether any pattern matches the record; without patterns every record passes.

    A body that is JSON is matched as JSON, another one as text.
    """
    loaded = [EventPattern.load(pattern) for pattern in patterns]
    if not loaded:
        return True
    try:
        body = json.loads(record["body"])
    except ValueError:
        body = record["body"]
    event: Any = record | {"body": body}
    return any(pattern.matches_event(event) for pattern in loaded)
