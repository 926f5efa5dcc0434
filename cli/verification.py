"""Verifying documents: the trail holds as a chain, and says what the documents table says."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from cli.trails import read_outcome, read_trail
from lambdas.shared import documents
from lambdas.shared.audit import AuditRecord
from lambdas.shared.documents import DocumentRecord
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_LAST_STATES = {
    "Pass": "pass",
    "Hold": "hold",
    "Reject": "reject",
    "Refuse": "reject",
    "HoldAbandoned": "hold",
    "Summarise": None,
}
"""States that end a document's way, with the route that they stand for (None: any)."""

_AFTER_DELIVERY = timedelta(seconds=15)
_WHILE_WORKING = timedelta(minutes=30)
"""How long a record may be behind: the retries of a delivery last 13 minutes at most."""


class Verdict(Frozen):
    """Whether one document's trail holds."""

    document_id: str
    key: str | None
    records: int
    faults: tuple[str, ...]
    under_way: bool = False
    """Something happened so lately that its record may still come."""


class Verification(Frozen):
    """The verdicts on all documents asked for."""

    holds: bool
    documents: int
    records: int
    under_way: int
    verdicts: tuple[Verdict, ...]


def verify(
    document_id: str, *, audit_table: "Table", documents_table: "Table", now: datetime
) -> Verdict:
    """Checks one document's trail as a chain and against the documents table."""
    # The trail first: what happens in between makes it seem behind, never ahead.
    trail = read_trail(audit_table, document_id)
    try:
        record = documents.read(documents_table, document_id)
    except ValidationError:
        fault = f"the item of {document_id} in the documents table cannot be read: it was changed"
        return Verdict(
            document_id=document_id,
            key=None,
            records=len(trail.records),
            faults=(*trail.faults, fault),
        )
    missing = _find_missing(document_id, trail.records, record)
    under_way = missing is not None and _may_still_come(trail.records, record, now)
    faults = [*trail.faults]
    if missing and not under_way:
        faults.append(missing)
    if record and trail.records:
        faults += _find_contradictions(trail.records, record)
    return Verdict(
        document_id=document_id,
        key=record.key if record else None,
        records=len(trail.records),
        faults=tuple(faults),
        under_way=under_way,
    )


def summarise(verdicts: Sequence[Verdict]) -> Verification:
    """Counts the verdicts."""
    return Verification(
        holds=not any(verdict.faults for verdict in verdicts),
        documents=len(verdicts),
        records=sum(verdict.records for verdict in verdicts),
        under_way=sum(verdict.under_way for verdict in verdicts),
        verdicts=tuple(verdicts),
    )


def list_all_ids(documents_table: "Table", audit_table: "Table") -> list[str]:
    """Every document that either table knows; reads both tables whole."""
    registered = {id_ for id_, kind in _scan(documents_table, "id", "kind") if kind == "document"}
    recorded = {id_ for id_, _ in _scan(audit_table, "document_id", "sequence")}
    return sorted(registered | recorded)


def _scan(table: "Table", *attributes: str) -> Iterator[tuple[str, ...]]:
    names = {f"#{name}": name for name in attributes}
    pages = table.meta.client.get_paginator("scan").paginate(
        TableName=table.name,
        ProjectionExpression=", ".join(names),
        ExpressionAttributeNames=names,
        ConsistentRead=True,
    )
    for page in pages:
        for item in page["Items"]:
            yield tuple(str(item.get(name)) for name in attributes)


def _find_missing(
    document_id: str, trail: Sequence[AuditRecord], record: DocumentRecord | None
) -> str | None:
    """A record or an item that should be there."""
    if record is None:
        whom = "which has a trail" if trail else "and neither does the audit trail"
        return f"the documents table does not know {document_id}, {whom}"
    if not trail:
        return f"{document_id} is registered but has no audit record"
    if record.state == "decided" and not _is_last(trail[-1]):
        return (
            f"{_name(trail[-1])} is the last one, but the document is decided ({record.route}):"
            " the record of its delivery or refusal is missing"
        )
    if record.state != "decided" and _is_last(trail[-1]):
        return (
            f"{_name(trail[-1])} ends the document's way,"
            f" but the documents table has it as {record.state}"
        )
    return None


def _may_still_come(
    trail: Sequence[AuditRecord], record: DocumentRecord | None, now: datetime
) -> bool:
    """Whether what is missing may be written by a step that is running."""
    if record is None:
        return False
    if not trail:
        return now < record.registered_at + _WHILE_WORKING
    if _is_last(trail[-1]):
        return False
    # A late manifest sends a document that was held for its absence on its way once more.
    if record.delivered_at and trail[-1].at <= record.delivered_at:
        return now < record.delivered_at + _AFTER_DELIVERY
    return now < max(record.decided_at or now, trail[-1].at) + _WHILE_WORKING


def _find_contradictions(trail: Sequence[AuditRecord], record: DocumentRecord) -> list[str]:
    """What the trail says otherwise than the documents table."""
    faults = []
    last, outcome = trail[-1], read_outcome(trail[-1])
    if _is_last(last) and record.state == "decided":
        route = _LAST_STATES[last.state] or outcome.get("route")
        codes = [reason.code for reason in record.reasons]
        if {route, outcome.get("route")} != {record.route}:
            said = outcome.get("route")
            faults.append(f"{_name(last)}: says {said}, the documents table {record.route}")
        elif list(outcome.get("reasons") or []) != codes:
            said = ", ".join(map(str, outcome.get("reasons") or [])) or "no reasons"
            told = ", ".join(codes) or "no reasons"
            faults.append(f"{_name(last)}: says {said}, the documents table {told}")
    for entry in trail:
        if entry.state == "Route":
            faults += _compare_digests(entry, record)
    return faults


def _compare_digests(entry: AuditRecord, record: DocumentRecord) -> list[str]:
    outcome = read_outcome(entry)
    held = {
        "model": record.classification.model_digest if record.classification else None,
        "rule_set": record.validation.rule_set_digest if record.validation else None,
    }
    return [
        f"{_name(entry)}: decided with {name} {outcome[name]}, the documents table has {digest}"
        for name, digest in held.items()
        if name in outcome and outcome[name] != digest
    ]


def _is_last(record: AuditRecord) -> bool:
    return record.state in _LAST_STATES


def _name(record: AuditRecord) -> str:
    return f"record {record.sequence} ({record.state}) of {record.document_id}"
