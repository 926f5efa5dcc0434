"""What must hold of every execution: a complete audit trail, few transitions, small payloads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambdas.shared import audit
from lambdas.shared.documents import DocumentRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_stepfunctions import SFNClient

MOST_TRANSITIONS = 10
LARGEST_PAYLOAD = 8 * 1024
"""Bytes of one state's input or output."""


@dataclass(frozen=True)
class Execution:
    """What one document's execution history shows; the largest payload in bytes."""

    document_id: str
    states: tuple[str, ...]
    largest_payload: int
    faults: tuple[str, ...]


def prove(record: DocumentRecord, *, states: "SFNClient", audit_table: "Table") -> Execution | None:
    """Holds a document's history against its trail; None for one that never had an execution."""
    if record.execution_id is None:
        return None
    entered, largest = _read_history(_events(states, record.execution_id))
    trail = audit.read_trail(audit_table, record.id)
    recorded = [entry.state for entry in trail if entry.actor == record.execution_id]
    faults = audit.find_faults(trail)
    if recorded != entered:
        faults.append(f"{record.key}: the trail has {recorded}, the execution {entered}")
    if record.route == "pass" and len(entered) > MOST_TRANSITIONS:
        faults.append(f"{record.key}: {len(entered)} transitions, {MOST_TRANSITIONS} are allowed")
    if largest > LARGEST_PAYLOAD:
        faults.append(f"{record.key}: a payload of {largest} bytes, {LARGEST_PAYLOAD} are allowed")
    return Execution(record.id, tuple(entered), largest, tuple(faults))


def _read_history(events: Iterable[dict[str, Any]]) -> tuple[list[str], int]:
    entered, largest = [], 0
    for event in events:
        for name, details in event.items():
            if not name.endswith("EventDetails"):
                continue
            if name == "stateEnteredEventDetails":
                entered.append(str(details["name"]))
            for payload in ("input", "output", "parameters"):
                largest = max(largest, len(str(details.get(payload, "")).encode()))
    return entered, largest


def _events(states: "SFNClient", execution: str) -> Iterator[dict[str, Any]]:
    pages = states.get_paginator("get_execution_history").paginate(
        executionArn=execution, includeExecutionData=True
    )
    for page in pages:
        yield from page["events"]  # type: ignore[misc] # read as plain dictionaries
