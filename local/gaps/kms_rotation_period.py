"""moto 5.2.5: a key's rotation period is dropped: Terraform reads 0 where AWS has 365 or so."""

from __future__ import annotations

import json

from moto.kms.responses import KmsResponse

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

DEFAULT_DAYS = 365


def close(context: GapContext) -> None:
    """Keep the period beside the key and report it."""
    del context

    def around_enable(original: Untyped) -> Untyped:
        def enable_key_rotation(response: KmsResponse) -> Untyped:
            answer = original(response)
            days = response._get_param("RotationPeriodInDays") or DEFAULT_DAYS
            _find_key(response).rotation_period_in_days = int(days)
            return answer

        return enable_key_rotation

    def around_status(original: Untyped) -> Untyped:
        def get_key_rotation_status(response: KmsResponse) -> str:
            status = json.loads(original(response))
            key = _find_key(response)
            status["KeyId"] = key.id
            if status["KeyRotationEnabled"]:
                days = getattr(key, "rotation_period_in_days", DEFAULT_DAYS)
                status["RotationPeriodInDays"] = days
            return json.dumps(status)

        return get_key_rotation_status

    seams.wrap(KmsResponse, "enable_key_rotation", around_enable)
    seams.wrap(KmsResponse, "get_key_rotation_status", around_status)


def _find_key(response: KmsResponse) -> Untyped:
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(response._get_param("KeyId"))]
