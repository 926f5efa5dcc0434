"""The event that Lambda hands a function for a batch of SQS messages."""

from __future__ import annotations

import base64
from typing import Any

from moto.sqs.models import Message


def record_of(message: Message, *, queue_arn: str, region: str) -> dict[str, Any]:
    """Return one message as a record of the event."""
    attributes = {
        "ApproximateReceiveCount": str(message.approximate_receive_count),
        "SentTimestamp": str(message.sent_timestamp),
        "SenderId": message.sender_id,
        "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
    }
    optional = {
        "SequenceNumber": message.sequence_number,
        "MessageGroupId": message.group_id,
        "MessageDeduplicationId": message.deduplication_id,
        "AWSTraceHeader": message.system_attributes.get("AWSTraceHeader", {}).get("StringValue"),
    }
    attributes |= {name: value for name, value in optional.items() if value}
    record: dict[str, Any] = {
        "messageId": message.id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": attributes,
        "messageAttributes": {
            name: _attribute_of(value) for name, value in message.message_attributes.items()
        },
        "md5OfBody": message.body_md5,
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": region,
    }
    if message.message_attributes:
        record["md5OfMessageAttributes"] = message.attribute_md5
    return record


def _attribute_of(value: dict[str, Any]) -> dict[str, Any]:
    attribute: dict[str, Any] = {
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": value["DataType"],
    }
    if (text := value.get("StringValue")) is not None:
        attribute["stringValue"] = text
    if (binary := value.get("BinaryValue")) is not None:
        encoded = base64.b64encode(binary).decode() if isinstance(binary, bytes) else binary
        attribute["binaryValue"] = encoded
    return attribute
