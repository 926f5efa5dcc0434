"""Duplicates by content: the first document with some bytes claims them for a while."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr

from lambdas.shared import documents
from lambdas.shared.contracts import Document, Reason

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def find_original(
    document: Document,
    *,
    window: timedelta,
    now: datetime,
    idempotency_table: "Table",
    documents_table: "Table",
) -> Reason | None:
    """Claims the document's content; the reason to refuse it when another one has it already.

    A document that failed for a technical reason does not stand in the way of its second try.
    """
    claim_id = f"content#{document.content_sha256}"
    claim: dict[str, str | int] = {
        "id": claim_id,
        "document_id": document.id,
        "key": document.key,
        "expires_at": int((now + window).timestamp()),
    }
    free = (
        Attr("id").not_exists()
        | Attr("document_id").eq(document.id)
        | Attr("expires_at").lt(int(now.timestamp()))
    )
    refused = idempotency_table.meta.client.exceptions.ConditionalCheckFailedException
    while True:
        try:
            idempotency_table.put_item(Item=claim, ConditionExpression=free)
        except refused:
            owner = idempotency_table.get_item(Key={"id": claim_id}, ConsistentRead=True)
        else:
            return None
        owner_id = str(owner.get("Item", {}).get("document_id", ""))
        original = documents.read(documents_table, owner_id) if owner_id else None
        if original and not any(reason.code == "processing_failed" for reason in original.reasons):
            message = f"The same content arrived before as {original.key} ({original.id})."
            return Reason(code="duplicate", message=message)
        free = free | Attr("document_id").eq(owner_id)
