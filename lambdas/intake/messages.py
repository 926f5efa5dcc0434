"""From queue messages to arrivals: each kind its own way, each failure its own message."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from lambdas.intake.arrival import Arrival, read_arrival
from lambdas.intake.intake import Intake

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def take_in_messages(
    records: Sequence[SQSRecord],
    *,
    intake: Intake,
    dead_letter_queue_url: str,
    sqs: "SQSClient",
    logger: Logger,
) -> list[str]:
    """Takes in what the messages tell of; returns the ids of those that must come again.

    A message that tells of no new object goes to the dead letters, with the reason beside it.
    """
    arrivals: dict[str, Arrival] = {}
    for record in records:
        try:
            arrivals[record.message_id] = read_arrival(record.body)
        except ValueError as error:
            logger.error("message put to the dead letters", message_id=record.message_id)
            sqs.send_message(
                QueueUrl=dead_letter_queue_url,
                MessageBody=record.body,
                MessageAttributes={
                    "reason": {"DataType": "String", "StringValue": str(error)[:1000]},
                    "message_id": {"DataType": "String", "StringValue": record.message_id},
                },
            )
    failed = _take_in(list(arrivals.values()), intake, logger)
    for arrival in failed:
        logger.warning("comes again", key=arrival.key, version_id=arrival.version_id)
    return [message_id for message_id, arrival in arrivals.items() if arrival in failed]


def _take_in(arrivals: Sequence[Arrival], intake: Intake, logger: Logger) -> list[Arrival]:
    """Manifests first, so that the members that they take need not wait for them."""
    failed, alone = [], []
    for arrival in sorted(arrivals, key=lambda each: each.kind != "manifest"):
        try:
            if arrival.kind == "manifest":
                failed += [arrival] if intake.take_in_manifest(arrival) else []
            elif arrival.kind == "document" or not intake.take_in_member(arrival):
                alone.append(arrival)
        except Exception:  # whatever is wrong with one message, its neighbours must not wait for it
            logger.exception("cannot be taken in", key=arrival.key, version_id=arrival.version_id)
            failed.append(arrival)
    return failed + intake.take_in(alone)
