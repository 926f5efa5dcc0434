"""A document's place in the row: the instant at which the quota lets it start."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lambdas.reserve.event import Event
from lambdas.shared import audit, quota, rate_limit
from lambdas.shared.contracts import Reservation
from lambdas.shared.quota import Quota

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def reserve(
    event: Event,
    *,
    now: datetime,
    fetch_quota: Callable[[], Quota],
    quota_max_age: timedelta,
    limits_table: "Table",
    audit_table: "Table",
) -> Reservation:
    """Reserves a start, once a document: another attempt gets the same instant again."""
    trail = audit.read_trail(audit_table, event.document.id)
    if record := audit.find(trail, event.transition):
        start_at = datetime.fromisoformat(json.loads(record.outcome)["start_at"])
        return _reservation(record.at, start_at)
    current = quota.refresh(limits_table, fetch_quota, max_age=quota_max_age, now=now)
    start_at = rate_limit.reserve(
        limits_table, quota.ANALYSIS, per_second=current.starts_per_second, now=now
    )
    record = audit.append(
        audit_table,
        document_id=event.document.id,
        transition=event.transition,
        outcome={
            "start_at": start_at.isoformat(),
            "starts_per_second": current.starts_per_second,
        },
    )
    return _reservation(record.at, start_at)


def _reservation(reserved_at: datetime, start_at: datetime) -> Reservation:
    return Reservation(
        reserved_at=reserved_at, start_at=start_at, wait_until=start_at.replace(microsecond=0)
    )
