"""Audit trails as they are stored: read whatever was done to them, and checked."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lambdas.shared.audit import AuditRecord, find_faults
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Trail(Frozen):
    """The readable records in order, and what is wrong with the trail as a chain."""

    records: tuple[AuditRecord, ...]
    faults: tuple[str, ...]


def read_trail(table: "Table", document_id: str) -> Trail:
    """Reads and checks a trail; a record that cannot be read is a fault, never an exception."""
    pages = table.meta.client.get_paginator("query").paginate(
        TableName=table.name,
        KeyConditionExpression="document_id = :document_id",
        ExpressionAttributeValues={":document_id": document_id},
        ConsistentRead=True,
    )
    records: list[AuditRecord] = []
    damaged: list[str] = []
    for page in pages:
        for item in page["Items"]:
            try:
                record = AuditRecord.model_validate(item)
            except ValidationError as error:
                damaged.append(f"{_name(item)}: cannot be read: {_explain(error)}: it was changed")
                continue
            # The hash covers what the record means; this also sees another way to write the same.
            if record.model_dump(mode="json") != item:
                damaged.append(f"{_name(item)}: is not stored as it was written: it was changed")
            records.append(record)
    # A chain with a hole breaks at the next record: only the hole itself is worth telling.
    faults = damaged or find_faults(records)
    return Trail(records=tuple(records), faults=tuple(faults))


def read_outcome(record: AuditRecord) -> Mapping[str, Any]:
    """What a record says came of its state; empty when somebody made it unreadable."""
    try:
        outcome = json.loads(record.outcome)
    except ValueError:
        return {}
    return outcome if isinstance(outcome, dict) else {}


def _name(item: Mapping[str, Any]) -> str:
    return f"record {item['sequence']} ({item.get('state')}) of {item['document_id']}"


def _explain(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
