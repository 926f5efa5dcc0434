"""moto 5.2.5: PutBucketLogging fails beside a policy statement whose principal is "*".

`_log_permissions_enabled_policy` calls `.get` on the principal, and does not find a grant whose
resources are a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from moto.s3.models import FakeBucket

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Show moto only statements of the form that it can read."""
    del context

    def around(original: Untyped) -> Untyped:
        def is_permitted(target_bucket: Untyped, target_prefix: str | None) -> bool:
            if not target_bucket.policy:
                return False
            policy = {"Statement": list(_simplify(json.loads(target_bucket.policy)))}
            shown = SimpleNamespace(
                name=target_bucket.name,
                partition=target_bucket.partition,
                policy=json.dumps(policy).encode(),
            )
            return bool(original(shown, target_prefix))

        return staticmethod(is_permitted)

    seams.wrap(FakeBucket, "_log_permissions_enabled_policy", around)


def _simplify(policy: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One statement a resource and a service, none for other principals."""
    for statement in _listed(policy["Statement"]):
        principal = statement.get("Principal")
        services = principal.get("Service") if isinstance(principal, dict) else None
        for service in _listed(services):
            for resource in _listed(statement.get("Resource")):
                yield {**statement, "Principal": {"Service": service}, "Resource": resource}


def _listed(value: Untyped) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
