"""Textract's quotas as Service Quotas tells them, kept in the limits table for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

ANALYSIS = "textract-analysis"
"""The name of the limit on StartDocumentAnalysis, its rate and its open jobs."""

_PATIENCE = 60
"""Seconds before another caller tries to fetch what one caller could not."""


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
    """The stored quota, fetched and stored anew when it is missing or older than `max_age`.

    Only one of many callers fetches an old one, and only once a minute when that fails: Service
    Quotas answers few calls. The others go on with what is stored.
    """
    item = table.get_item(Key={"id": f"{ANALYSIS}#quota"}).get("Item")
    if item:
        read_at = int(str(item["read_at"]))
        oldest = int((now - max_age).timestamp())
        if read_at > oldest:
            return _quota(item)
        until = oldest + min(_PATIENCE, int(max_age.total_seconds()))
        if not _postpone(table, read_at=read_at, until=until):
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


def _postpone(table: "Table", *, read_at: int, until: int) -> bool:
    """Lets the stored quota count as younger than it is; False when another caller did so."""
    try:
        table.update_item(
            Key={"id": f"{ANALYSIS}#quota"},
            UpdateExpression="SET read_at = :until",
            ConditionExpression="read_at = :read_at",
            ExpressionAttributeValues={":until": until, ":read_at": read_at},
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def _quota(item: object) -> Quota:
    fields = dict(item) if isinstance(item, dict) else {}
    return Quota.model_validate({name: fields[name] for name in Quota.model_fields})
