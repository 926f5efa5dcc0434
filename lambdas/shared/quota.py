"""Textract's quotas as Service Quotas tells them, kept in the limits table for a while."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

ANALYSIS = "textract-analysis"
"""The name of the limit on StartDocumentAnalysis, its rate and its open jobs."""


class Quota(Frozen):
    """What the account may do: starts a second, and jobs that are open at once."""

    starts_per_second: float
    open_jobs: int


def read(table: "Table") -> Quota | None:
    """The quota as last stored, whatever its age."""
    item = table.get_item(Key={"id": f"{ANALYSIS}#quota"}).get("Item")
    return _quota(item) if item else None


def refresh(
    table: "Table", fetch: Callable[[], Quota], *, max_age: timedelta, now: datetime
) -> Quota:
    """The stored quota, fetched and stored anew when it is missing or older than `max_age`."""
    item = table.get_item(Key={"id": f"{ANALYSIS}#quota"}).get("Item")
    if item:
        read_at = datetime.fromtimestamp(float(str(item["read_at"])), tz=UTC)
        if read_at + max_age > now:
            return _quota(item)
    quota = fetch()
    table.put_item(
        Item={
            "id": f"{ANALYSIS}#quota",
            "starts_per_second": Decimal(str(quota.starts_per_second)),
            "open_jobs": quota.open_jobs,
            "read_at": int(now.timestamp()),
        }
    )
    return quota


def _quota(item: object) -> Quota:
    fields = dict(item) if isinstance(item, dict) else {}
    return Quota.model_validate({name: fields[name] for name in Quota.model_fields})
