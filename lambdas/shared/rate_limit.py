"""The rate limit as a reservation: one conditional update tells when a caller may start.

GCRA, the token bucket's equivalent, with no burst: the item holds the arrival time of the next
free start, and a reservation moves it on by one interval. Nobody polls and nobody is refused.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def reserve(table: "Table", name: str, *, per_second: float, now: datetime) -> datetime:
    """Reserves the next start of the limit `name` and returns its instant, `now` or later.

    Starts reserved by any number of callers are at least 1/per_second apart.
    """
    interval = round(1_000_000 / per_second)
    present = (now - _EPOCH) // _MICROSECOND
    refused = table.meta.client.exceptions.ConditionalCheckFailedException
    while True:
        # A limit in use is the usual case under load: one write. An idle one takes a second.
        for update, condition in (
            ("SET arrival = arrival + :interval", "arrival >= :present"),
            ("SET arrival = :next", "attribute_not_exists(arrival) OR arrival < :present"),
        ):
            in_use = ":interval" in update
            values = {":present": present} | (
                {":interval": interval} if in_use else {":next": present + interval}
            )
            try:
                reply = table.update_item(
                    Key={"id": f"{name}#rate"},
                    UpdateExpression=update,
                    ConditionExpression=condition,
                    ExpressionAttributeValues=values,
                    ReturnValues="UPDATED_NEW",
                )
            except refused:
                continue
            arrival = int(str(reply["Attributes"]["arrival"])) - interval
            return _EPOCH + arrival * _MICROSECOND
