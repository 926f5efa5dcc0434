"""The audit trail: append-only records, each chained to the one before by its hash.

A record says which state a document entered, by whom and when, and what came of it, in codes and
digests: no personal data. Writers have PutItem on a key that must not exist, and nothing else.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from boto3.dynamodb.conditions import Key
from pydantic import AwareDatetime

from lambdas.shared.contracts import Transition
from lambdas.shared.errors import RecordContendedError
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

GENESIS = "0" * 64
_ATTEMPTS = 8

Outcome: TypeAlias = Mapping[str, str | int | float | bool | Sequence[str] | None]


class AuditRecord(Frozen):
    """One entry of a document's trail; sequence from 1, hashes are SHA-256 in hex."""

    document_id: str
    sequence: int
    state: str
    attempt: int
    actor: str
    at: AwareDatetime
    outcome: str
    """Canonical JSON: as a string, so that what was hashed is what is stored."""
    previous_hash: str
    hash: str

    def computed_hash(self) -> str:
        """The hash that this record's content should have."""
        content = self.model_dump(mode="json", exclude={"hash"})
        return hashlib.sha256(_canonical(content).encode()).hexdigest()


FindSame: TypeAlias = Callable[[Sequence[AuditRecord], Transition], AuditRecord | None]


def find(trail: Sequence[AuditRecord], transition: Transition) -> AuditRecord | None:
    """The record of this transition, if an earlier attempt wrote it."""
    key = (transition.execution_id, transition.state)
    return next((record for record in trail if (record.actor, record.state) == key), None)


def append(
    table: "Table",
    *,
    document_id: str,
    transition: Transition,
    outcome: Outcome,
    find_same: FindSame = find,
) -> AuditRecord:
    """Appends one record, once for an actor and a state: a second call returns the first record.

    `find_same` is for actors that do the same more than once, as people do: it tells which record
    is of this very act. Raises RecordContendedError when other writers kept taking the next
    sequence number.
    """
    for _ in range(_ATTEMPTS):
        trail = read_trail(table, document_id)
        if record := find_same(trail, transition):
            return record
        record = _chain(trail, document_id, transition, outcome)
        try:
            table.put_item(
                Item=record.model_dump(mode="json"),
                ConditionExpression="attribute_not_exists(document_id)",
            )
        except table.meta.client.exceptions.ConditionalCheckFailedException:
            continue
        return record
    raise RecordContendedError(f"{document_id}: {transition.state} found no free sequence number")


def read_trail(table: "Table", document_id: str) -> list[AuditRecord]:
    """A document's records in order, read consistently."""
    items: list[dict[str, Any]] = []
    query: dict[str, Any] = {
        "KeyConditionExpression": Key("document_id").eq(document_id),
        "ConsistentRead": True,
    }
    while True:
        page = table.query(**query)
        items += page["Items"]
        if "LastEvaluatedKey" not in page:
            return [AuditRecord.model_validate(item) for item in items]
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def find_faults(trail: Sequence[AuditRecord]) -> list[str]:
    """What is wrong with a trail, a sentence a fault naming its record; empty when it holds."""
    faults = []
    previous_hash = GENESIS
    for position, record in enumerate(trail, start=1):
        name = f"record {record.sequence} ({record.state}) of {record.document_id}"
        if record.sequence != position:
            faults.append(f"{name}: expected sequence {position}: a record is missing before it")
        if record.computed_hash() != record.hash:
            faults.append(f"{name}: its content does not match its hash: it was changed")
        if record.previous_hash != previous_hash:
            faults.append(f"{name}: it does not follow the record before it")
        previous_hash = record.hash
    return faults


def _chain(
    trail: Sequence[AuditRecord], document_id: str, transition: Transition, outcome: Outcome
) -> AuditRecord:
    draft = AuditRecord(
        document_id=document_id,
        sequence=len(trail) + 1,
        state=transition.state,
        attempt=transition.attempt,
        actor=transition.execution_id,
        at=_milliseconds(transition.entered_at),
        outcome=_canonical(outcome),
        previous_hash=trail[-1].hash if trail else GENESIS,
        hash="",
    )
    return draft.model_copy(update={"hash": draft.computed_hash()})


def _milliseconds(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
