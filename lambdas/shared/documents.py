"""The documents table: where each document stands, and the decision that is made once.

Every write is conditional, so that a step that runs twice changes nothing the second time.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from boto3.dynamodb.conditions import Key
from pydantic import AwareDatetime, BaseModel, ConfigDict

from lambdas.shared.contracts import (
    Classification,
    Decision,
    Document,
    ExtractionResult,
    Reason,
    Route,
    Validation,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_BATCH_GET = 100
"""What one BatchGetItem may ask for."""

AWAITING_MANIFEST = "~awaiting-manifest"
"""The batch of documents whose manifest has not come, for the sweeper to find; no name has a ~."""

State = Literal["awaiting_manifest", "registered", "processing", "decided"]


class DocumentRecord(BaseModel):
    """A document's item; attributes that later steps add are empty until then."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    batch_id: str
    bucket: str
    key: str
    version_id: str
    state: State
    received_at: AwareDatetime
    registered_at: AwareDatetime
    media_type: str = ""
    size_bytes: int = 0
    pages: int = 0
    content_sha256: str = ""
    execution_id: str | None = None
    task_token: str | None = None
    job_id: str | None = None
    extraction: ExtractionResult | None = None
    extraction_usd: Decimal | None = None
    classification: Classification | None = None
    validation: Validation | None = None
    route: Route | None = None
    reasons: tuple[Reason, ...] = ()
    decided_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None

    def decision(self) -> Decision | None:
        """The decision, once made."""
        return Decision(route=self.route, reasons=self.reasons) if self.route else None

    def document(self) -> Document:
        """The document as the steps pass it on."""
        return Document(**{name: getattr(self, name) for name in Document.model_fields})


def register(table: "Table", document: Document, *, state: State, now: datetime) -> bool:
    """Adds a document; False when its id is already there, which then stays as it is."""
    item = {
        **_attributes(document),
        "kind": "document",
        "state": state,
        "registered_at": _instant(now),
    }
    try:
        table.put_item(Item=item, ConditionExpression="attribute_not_exists(id)")
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def read(table: "Table", document_id: str) -> DocumentRecord | None:
    """Reads one document, consistently."""
    item = table.get_item(Key={"id": document_id}, ConsistentRead=True).get("Item")
    return DocumentRecord.model_validate(item) if item else None


def read_many(table: "Table", document_ids: Sequence[str]) -> list[DocumentRecord]:
    """Reads documents in the order of their ids, consistently; unknown ones are left out."""
    client = table.meta.client
    found: dict[str, DocumentRecord] = {}
    wanted: list[Mapping[str, Any]] = [{"id": id_} for id_ in dict.fromkeys(document_ids)]
    while wanted:
        chunk, rest = wanted[:_BATCH_GET], wanted[_BATCH_GET:]
        reply = client.batch_get_item(
            RequestItems={table.name: {"Keys": chunk, "ConsistentRead": True}}
        )
        for item in reply["Responses"].get(table.name, []):
            found[str(item["id"])] = DocumentRecord.model_validate(item)
        unprocessed = reply.get("UnprocessedKeys", {}).get(table.name)
        wanted = list(unprocessed["Keys"] if unprocessed else []) + rest
    return [found[id_] for id_ in document_ids if id_ in found]


def adopt(table: "Table", document: Document, *, standing: DocumentRecord, now: datetime) -> bool:
    """Takes a document over from a batch that never started; False when it has moved on.

    A decision that was made meanwhile stays.
    """
    changes = {**_attributes(document), "registered_at": _instant(now)}
    del changes["id"]
    if standing.state != "decided":
        changes["state"] = "registered"
    updated = _update(
        table,
        document.id,
        changes,
        condition="batch_id = :standing_batch AND attribute_not_exists(execution_id)",
        values={":standing_batch": standing.batch_id},
    )
    return updated is not None


def record_task_token(
    table: "Table", document_id: str, *, task_token: str, execution_id: str
) -> DocumentRecord | None:
    """Stores who waits for the extraction, before the job starts; None when nothing may wait.

    Nothing may wait for a document that is unknown or already decided.
    The returned record shows an extraction that was finished meanwhile: with the token stored
    first, either this call sees the extraction or the extraction's writer sees the token.
    """
    return _update(
        table,
        document_id,
        {"task_token": task_token, "execution_id": execution_id, "state": "processing"},
        condition="attribute_exists(id) AND attribute_not_exists(#route)",
    )


def record_job(table: "Table", document_id: str, *, job_id: str) -> None:
    """Stores the Textract job that reads the document."""
    _update(table, document_id, {"job_id": job_id}, condition="attribute_exists(id)")


def record_extraction(
    table: "Table", document_id: str, *, result: ExtractionResult, usd: Decimal
) -> DocumentRecord | None:
    """Stores the finished extraction; None when there is no such document."""
    return _update(
        table,
        document_id,
        {"extraction": _attributes(result), "extraction_usd": usd, "pages": result.pages},
        condition="attribute_exists(id)",
    )


def decide(
    table: "Table",
    document_id: str,
    decision: Decision,
    *,
    now: datetime,
    classification: Classification | None = None,
    validation: Validation | None = None,
) -> Decision:
    """Writes the decision unless there is one, and returns the one that stands."""
    changes: dict[str, Any] = {
        "state": "decided",
        "route": decision.route,
        "reasons": [_attributes(reason) for reason in decision.reasons],
        "decided_at": _instant(now),
    }
    if classification:
        changes["classification"] = _attributes(classification)
    if validation:
        changes["validation"] = _attributes(validation)
    condition = "attribute_exists(id) AND attribute_not_exists(#route)"
    if _update(table, document_id, changes, condition=condition):
        return decision
    record = read(table, document_id)
    standing = record.decision() if record else None
    if standing is None:
        msg = f"document {document_id} is not in the table, so it cannot be decided"
        raise LookupError(msg)
    return standing


def record_delivery(table: "Table", document_id: str, *, now: datetime) -> None:
    """Stores when the decision was delivered, the first time."""
    _update(
        table,
        document_id,
        {"delivered_at": _instant(now)},
        condition="attribute_exists(id) AND attribute_not_exists(delivered_at)",
    )


def read_batch(table: "Table", batch_id: str) -> Iterator[DocumentRecord]:
    """The documents of a batch by the time of registration; a second or so behind the writes."""
    yield from _query(table, "by_batch", Key("batch_id").eq(batch_id))


def read_awaiting(table: "Table", *, until: datetime) -> Iterator[DocumentRecord]:
    """The documents that have waited for their manifest since before `until`."""
    condition = Key("batch_id").eq(AWAITING_MANIFEST) & Key("registered_at").lte(_instant(until))
    for record in _query(table, "by_batch", condition):
        if record.state == "awaiting_manifest":
            yield record


def read_route(table: "Table", route: Route, *, since: datetime) -> Iterator[DocumentRecord]:
    """The documents of a route by the time of their decision; a second or so behind the writes."""
    yield from _query(
        table, "by_route", Key("route").eq(route) & Key("decided_at").gte(_instant(since))
    )


def _query(table: "Table", index: str, condition: Any) -> Iterator[DocumentRecord]:  # noqa: ANN401 - boto3's own condition type is private
    query: dict[str, Any] = {"IndexName": index, "KeyConditionExpression": condition}
    while True:
        page = table.query(**query)
        for item in page["Items"]:
            if item.get("kind") == "document":
                yield DocumentRecord.model_validate(item)
        if "LastEvaluatedKey" not in page:
            return
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _update(
    table: "Table",
    document_id: str,
    changes: Mapping[str, Any],
    *,
    condition: str,
    values: Mapping[str, Any] | None = None,
) -> DocumentRecord | None:
    """Sets attributes under a condition; None when the condition does not hold."""
    used = {*changes, *(name for name in ("state", "route") if f"#{name}" in condition)}
    assignments = [f"#{name} = :{name}" for name in changes]
    try:
        reply = table.update_item(
            Key={"id": document_id},
            UpdateExpression="SET " + ", ".join(assignments),
            ConditionExpression=condition,
            ExpressionAttributeNames={f"#{name}": name for name in used},
            ExpressionAttributeValues={
                **{f":{name}": value for name, value in changes.items()},
                **(values or {}),
            },
            ReturnValues="ALL_NEW",
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return None
    return DocumentRecord.model_validate(reply["Attributes"])


def _attributes(model: BaseModel) -> dict[str, Any]:
    attributes: dict[str, Any] = json.loads(model.model_dump_json(), parse_float=Decimal)
    return attributes


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
