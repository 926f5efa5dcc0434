"""What an EventBridge target receives: the event, a part of it, or a template filled from it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from local.gaps.seams import Untyped

_STRING_OR_VARIABLE = re.compile(r'"(?:[^"\\]|\\.)*"|<([^<>]+)>')
_VARIABLE = re.compile(r"<([^<>]+)>")


def render_input(target: dict[str, Any], event: dict[str, Any], rule_arn: str) -> str:
    """The text that a target is sent for an event."""
    if target.get("Input") is not None:
        return str(target["Input"])
    if target.get("InputPath"):
        return json.dumps(_select(target["InputPath"], event))
    transformer = target.get("InputTransformer")
    if transformer:
        return _fill(transformer, event, rule_arn)
    return json.dumps(event)


def _fill(transformer: dict[str, Any], event: dict[str, Any], rule_arn: str) -> str:
    values: dict[str, Any] = {
        name: _select(path, event) for name, path in transformer.get("InputPathsMap", {}).items()
    }
    values |= {
        "aws.events.rule-arn": rule_arn,
        "aws.events.rule-name": rule_arn.rsplit("/", 1)[-1],
        "aws.events.event": {key: value for key, value in event.items() if key != "detail"},
        "aws.events.event.json": event,
        "aws.events.event.ingestion-time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }

    def inside_string(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        text = value if isinstance(value, str) else json.dumps(value)
        return json.dumps(text)[1:-1]

    def in_template(match: re.Match[str]) -> str:
        # A variable stands for a JSON value, except inside a string, where it is text.
        if match[1] is None:
            return _VARIABLE.sub(inside_string, match[0])
        return json.dumps(values.get(match[1]))

    return _STRING_OR_VARIABLE.sub(in_template, transformer["InputTemplate"])


def _select(path: str, event: dict[str, Any]) -> Untyped:
    """The value at a path such as `$.detail.object.key`, or None where there is none."""
    value: Untyped = event
    for step in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]|\['([^']+)'\]", path.removeprefix("$")):
        name, index, quoted = step
        if index and isinstance(value, list) and int(index) < len(value):
            value = value[int(index)]
        elif not index and isinstance(value, dict) and (name or quoted) in value:
            value = value[name or quoted]
        else:
            return None
    return value
