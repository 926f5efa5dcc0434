"""A key's rotation period reads back as it was set."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.gaps.servers import Server, assert_gap


def rotate(server: Server, **period: int) -> dict[str, Any]:
    kms = server.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key, **period)
    status: dict[str, Any] = kms.get_key_rotation_status(KeyId=key)
    return status


def test_moto_has_no_rotation_period(plain: Server) -> None:
    assert_gap("RotationPeriodInDays" not in rotate(plain), "kms_rotation_period")


@pytest.mark.parametrize(("period", "days"), [({}, 365), ({"RotationPeriodInDays": 180}, 180)])
def test_a_key_knows_its_rotation_period(closed: Server, period: dict[str, int], days: int) -> None:
    status = rotate(closed, **period)
    assert (status["KeyRotationEnabled"], status["RotationPeriodInDays"]) == (True, days)


def test_a_key_that_does_not_rotate_has_no_period(closed: Server) -> None:
    kms = closed.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    status = kms.get_key_rotation_status(KeyId=key)
    assert status["KeyRotationEnabled"] is False
    assert "RotationPeriodInDays" not in status
