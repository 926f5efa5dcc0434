"""Places for open Textract jobs, as leases with an expiry: a crashed holder frees its own.

One item holds every lease, so that one conditional update both counts and takes. At 600 open
jobs, the highest quota there is, the item is 30 KB.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from boto3.dynamodb.conditions import Attr, ConditionBase

from lambdas.shared.errors import OpenJobsExhaustedError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def acquire(
    table: "Table", name: str, holder: str, *, places: int, lease: timedelta, now: datetime
) -> None:
    """Takes a place for `holder`, or keeps the one it has.

    Raises OpenJobsExhaustedError when all places are held by leases younger than `lease`.
    """
    if _take(table, name, holder, places=places, now=now):
        return
    # Refused: the item is not there yet, or full, perhaps of expired leases.
    _create(table, name)
    for other, taken_at in read_holders(table, name).items():
        if taken_at + lease <= now:
            unchanged = Attr(f"leases.{other}").eq(_seconds(taken_at))
            _remove(table, name, other, condition=unchanged)
    if not _take(table, name, holder, places=places, now=now):
        msg = f"all {places} places for open {name} jobs are taken"
        raise OpenJobsExhaustedError(msg)


def release(table: "Table", name: str, holder: str) -> None:
    """Gives a place back; giving back what is not held changes nothing."""
    _remove(table, name, holder, condition=Attr(f"leases.{holder}").exists())


def read_holders(table: "Table", name: str) -> dict[str, datetime]:
    """Who holds a place, and since when."""
    item = table.get_item(Key={"id": f"{name}#jobs"}, ConsistentRead=True).get("Item", {})
    leases = cast("dict[str, Decimal]", item.get("leases", {}))
    return {
        holder: datetime.fromtimestamp(float(seconds), tz=UTC) for holder, seconds in leases.items()
    }


def _take(table: "Table", name: str, holder: str, *, places: int, now: datetime) -> bool:
    try:
        table.update_item(
            Key={"id": f"{name}#jobs"},
            UpdateExpression="SET leases.#holder = :now",
            ConditionExpression="attribute_exists(leases.#holder)"
            " OR (attribute_exists(leases) AND size(leases) < :places)",
            ExpressionAttributeNames={"#holder": holder},
            ExpressionAttributeValues={":now": _seconds(now), ":places": places},
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def _remove(table: "Table", name: str, holder: str, *, condition: ConditionBase) -> None:
    try:
        table.update_item(
            Key={"id": f"{name}#jobs"},
            UpdateExpression="REMOVE leases.#holder",
            ConditionExpression=condition,
            ExpressionAttributeNames={"#holder": holder},
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return


def _create(table: "Table", name: str) -> None:
    try:
        table.put_item(
            Item={"id": f"{name}#jobs", "leases": {}},
            ConditionExpression="attribute_not_exists(id)",
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
