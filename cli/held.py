"""The work list of those who look at held documents."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from lambdas.shared import documents
from lambdas.shared.contracts import Reason
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_SPAN = re.compile(r"(?P<number>\d{1,6})(?P<unit>[mhdw])")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


class HeldDocument(Frozen):
    """One document to look at."""

    id: str
    key: str
    batch_id: str
    document_class: str | None
    pages: int
    held_since: AwareDatetime
    reasons: tuple[Reason, ...]


class HoldQueue(Frozen):
    """The held documents, oldest first."""

    since: AwareDatetime
    documents: tuple[HeldDocument, ...]


def read_hold_queue(documents_table: "Table", *, since: datetime) -> HoldQueue:
    """Reads what was put on hold since then."""
    held = tuple(
        HeldDocument(
            id=record.id,
            key=record.key,
            batch_id=record.batch_id,
            document_class=record.classification.label if record.classification else None,
            pages=record.pages,
            held_since=record.decided_at,
            reasons=record.reasons,
        )
        for record in documents.read_route(documents_table, "hold", since=since)
        if record.decided_at
    )
    return HoldQueue(since=since, documents=held)


def parse_since(text: str, *, now: datetime) -> datetime:
    """Reads 90m, 24h, 7d, 2w, or a date or time in ISO form (UTC); raises ValueError otherwise."""
    if span := _SPAN.fullmatch(text.strip()):
        try:
            return now - int(span["number"]) * _UNITS[span["unit"]]
        except OverflowError as error:
            msg = f"{text} is before the beginning of time"
            raise ValueError(msg) from error
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        msg = f"{text!r} is neither a span such as 90m, 24h, 7d, 2w nor a date such as 2026-03-31"
        raise ValueError(msg) from error
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
