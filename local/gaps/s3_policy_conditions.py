"""moto 5.2.5: a bucket policy's statement denies when its condition is not met.

`IAMPolicyStatement` answers DENIED for an unmet or unknown condition, so that the usual "TLS only"
statement locks everyone out of the bucket. IAM is not enforced here, and the endpoint stands for a
TLS one in our VPC: a statement with a condition does not apply. But that a write must be
conditional is no matter of who or whence, and is enforced.
"""

from __future__ import annotations

import json
from typing import Any

import flask
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Ask only the statements that hold unconditionally, or that ask for a conditional write."""
    del context

    def get_permission(bucket: FakeBucket, action: str, resource: str) -> Untyped:
        if bucket.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(bucket.policy)
        statements = policy["Statement"]
        if isinstance(statements, dict):
            statements = [statements]
        policy["Statement"] = [_without_condition(each) for each in statements if _applies(each)]
        if not policy["Statement"]:
            return PermissionResult.NEUTRAL
        return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)

    seams.replace(FakeBucket, "get_permission", get_permission)


def _applies(statement: dict[str, Any]) -> bool:
    condition = statement.get("Condition")
    if not condition:
        return True
    if condition != {"Null": {"s3:if-none-match": "true"}} or not flask.has_request_context():
        return False
    return "If-None-Match" not in flask.request.headers


def _without_condition(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name != "Condition"}
