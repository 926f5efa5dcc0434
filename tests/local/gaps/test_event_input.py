"""An input transformer fills its template as EventBridge does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.gaps.event_input import render_input

RULE = "arn:aws:events:eu-central-1:123456789012:rule/intake"
EVENT = {"detail-type": "Object Created", "detail": {"keys": ["a", {"b": 'c"d'}], "size": 3}}


def fill(template: str, **paths: str) -> str:
    transformer = {"InputPathsMap": paths, "InputTemplate": template}
    return render_input({"InputTransformer": transformer}, EVENT, RULE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.detail.size", 3),
        ("$.detail-type", "Object Created"),
        ("$.detail.keys[0]", "a"),
        ("$.detail.keys[1].b", 'c"d'),
        ("$['detail']", EVENT["detail"]),
        ("$.detail.keys[9]", None),
        ("$.nothing.here", None),
    ],
)
def test_a_variable_outside_a_string_is_the_json_value(path: str, value: Any) -> None:
    assert json.loads(fill('{"value": <v>}', v=path)) == {"value": value}


def test_a_variable_inside_a_string_is_text() -> None:
    filled = fill('{"value": "<s> bytes of <k>"}', s="$.detail.size", k="$.detail.keys[1].b")
    assert json.loads(filled) == {"value": '3 bytes of c"d'}


def test_reserved_variables_are_known_without_a_path() -> None:
    filled = json.loads(fill('{"rule": <aws.events.rule-name>, "all": <aws.events.event.json>}'))
    assert filled == {"rule": "intake", "all": EVENT}
