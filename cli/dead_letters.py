"""Looking at dead letters without taking them away."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pydantic import AwareDatetime

from cli.stack import Stack
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_HIDDEN_SECONDS = 30
"""For so long a message is hidden while somebody looks, unless it is given back before."""
_AT_ONCE = 10
"""What one call receives or gives back, SQS's limit."""


class Queue(Frozen):
    """A queue that feeds a function, and where its dead letters are."""

    name: str
    url: str
    function: str
    dead_letters_url: str | None


class DeadLetter(Frozen):
    """One message that nobody could handle."""

    queue: str
    message_id: str
    sent_at: AwareDatetime
    about: str | None
    """The key or the document's id, where the message tells of one."""
    reason: str
    receive_count: int
    body: str


class DeadLetters(Frozen):
    """Those of every queue; `hidden_seconds`: how long they may stay hidden from others."""

    letters: tuple[DeadLetter, ...]
    hidden_seconds: int = 0


def find_queues(sqs: "SQSClient", stack: Stack) -> list[Queue]:
    """The queues that feed functions."""
    return [
        find_queue(sqs, url, function=stack.functions.get(name, name))
        for name, url in (
            ("intake", stack.intake_queue_url),
            ("extraction_completed", stack.extraction_completed_queue_url),
        )
    ]


def find_queue(sqs: "SQSClient", url: str, *, function: str) -> Queue:
    """Reads where a queue's dead letters go."""
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])
    policy = json.loads(attributes.get("Attributes", {}).get("RedrivePolicy", "{}"))
    dead_letters_url = None
    if arn := policy.get("deadLetterTargetArn"):
        *_, account, name = arn.split(":")
        reply = sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)
        dead_letters_url = reply["QueueUrl"]
    return Queue(
        name=url.rpartition("/")[2], url=url, function=function, dead_letters_url=dead_letters_url
    )


def peek(sqs: "SQSClient", queues: Sequence[Queue], *, limit: int) -> DeadLetters:
    """The dead letters of each queue, at most `limit` of one, oldest first; none is taken away."""
    letters: list[DeadLetter] = []
    hidden_seconds = 0
    for queue in queues:
        if queue.dead_letters_url is None:
            continue
        received, handles = _receive(sqs, queue.dead_letters_url, limit=limit)
        letters += [_read(queue, message) for message in received]
        if not _give_back(sqs, queue.dead_letters_url, handles):
            hidden_seconds = _HIDDEN_SECONDS
    letters.sort(key=lambda letter: (letter.queue, letter.sent_at, letter.message_id))
    return DeadLetters(letters=tuple(letters), hidden_seconds=hidden_seconds)


def _receive(sqs: "SQSClient", url: str, *, limit: int) -> tuple[list["MessageTypeDef"], list[str]]:
    """Messages, each once, and every handle that they were received with."""
    received: dict[str, MessageTypeDef] = {}
    handles: list[str] = []
    while len(received) < limit:
        reply = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=min(_AT_ONCE, limit - len(received)),
            VisibilityTimeout=_HIDDEN_SECONDS,
            # Asks every server of the queue; a short poll may come back empty-handed.
            WaitTimeSeconds=1,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        messages = reply.get("Messages", [])
        handles += [message["ReceiptHandle"] for message in messages]
        fresh = {message["MessageId"]: message for message in messages}
        if fresh.keys() <= received.keys():
            break
        received |= fresh
    return list(received.values()), handles


def _give_back(sqs: "SQSClient", url: str, handles: Sequence[str]) -> bool:
    """Makes the messages visible at once; False when that is refused: then it takes a while."""
    try:
        for start in range(0, len(handles), _AT_ONCE):
            sqs.change_message_visibility_batch(
                QueueUrl=url,
                Entries=[
                    {"Id": str(index), "ReceiptHandle": handle, "VisibilityTimeout": 0}
                    for index, handle in enumerate(handles[start : start + _AT_ONCE])
                ],
            )
    except ClientError:
        return False
    return True


def _read(queue: Queue, message: "MessageTypeDef") -> DeadLetter:
    system = message.get("Attributes", {})
    body = message.get("Body", "")
    return DeadLetter(
        queue=(queue.dead_letters_url or "").rpartition("/")[2],
        message_id=message["MessageId"],
        sent_at=datetime.fromtimestamp(int(system.get("SentTimestamp", 0)) / 1000, tz=UTC),
        about=_find_subject(body),
        reason=_find_reason(queue, message),
        receive_count=int(system.get("ApproximateReceiveCount", 0)),
        body=body,
    )


def _find_reason(queue: Queue, message: "MessageTypeDef") -> str:
    """Intake and EventBridge write theirs beside the message; SQS only says where it was."""
    said = {
        name: value.get("StringValue", "")
        for name, value in message.get("MessageAttributes", {}).items()
    }
    if reason := said.get("reason"):
        return reason
    if code := said.get("ERROR_CODE"):
        return f"EventBridge could not deliver it: {code}: {said.get('ERROR_MESSAGE', '')}"
    if "DeadLetterQueueSourceArn" in message.get("Attributes", {}):
        return f"{queue.function} failed on every try; /aws/lambda/{queue.function} says why"
    log = f"/aws/lambda/{queue.function}"
    return f"no reason is with it; if {queue.function} failed on every try, {log} says why"


def _find_subject(body: str) -> str | None:
    """The key of an S3 event, or the document of a Textract notice; anything may be in here."""
    try:
        message = json.loads(body)
    except ValueError:
        return None
    return next((str(found) for found in _subjects(message) if found), None)


def _subjects(message: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(message, Mapping):
        return
    detail = message.get("detail")
    if isinstance(detail, Mapping) and isinstance(detail.get("object"), Mapping):
        yield detail["object"].get("key")
    yield message.get("JobTag")
