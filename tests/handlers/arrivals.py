"""The incoming bucket and its queue, as people and EventBridge use them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import EndpointConnectionError

from lambdas.shared.documents import DocumentRecord
from lambdas.shared.identity import document_id
from tests.handlers.conftest import INCOMING, Handler, Pipeline
from tests.handlers.messages import make_queue_event, tell_object_created

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef


class Arrivals:
    """Puts objects, tells of them, and looks at what intake made of them."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._seconds = 0
        self._intake: Handler | None = None

    def put(self, key: str, body: bytes) -> str:
        """Puts an object; returns the message that tells of it."""
        self._seconds += 1
        reply = self.pipeline.s3.put_object(Bucket=INCOMING, Key=key, Body=body)
        return tell_object_created(key, reply["VersionId"], second=self._seconds % 60)

    def tell(self, *messages: str, **settings: str) -> list[str]:
        """Hands messages to intake in one invocation; returns the keys that must come again."""
        if settings or self._intake is None:
            self._intake = self.pipeline.load("intake", **settings)
        answer = self._intake(make_queue_event(*messages))
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        return [
            json.loads(message)["detail"]["object"]["key"]
            for number, message in enumerate(messages, start=1)
            if f"message-{number}" in failed
        ]

    @contextmanager
    def unreachable(self, suffix: str) -> Iterator[None]:
        """S3 cannot be reached for keys with this ending."""

        def fail(params: dict[str, Any], **_: Any) -> None:
            if params["Key"].endswith(suffix):
                raise EndpointConnectionError(endpoint_url="https://s3")

        self._intake = self.pipeline.load("intake")
        events = sys.modules["lambdas.intake.handler"].intake.s3.meta.events
        events.register("provide-client-params.s3.HeadObject", fail)
        yield
        events.unregister("provide-client-params.s3.HeadObject", fail)

    def read(self, message: str) -> DocumentRecord:
        return self.pipeline.read(identify(message))

    def read_reasons(self, message: str) -> tuple[str | None, list[str]]:
        record = self.read(message)
        return record.route, [reason.code for reason in record.reasons]

    def list_executions(self) -> dict[str, dict[str, Any]]:
        """The input of each execution, by name."""
        states = self.pipeline.states
        arn = self.pipeline.environment["STATE_MACHINE_ARN"]
        listed = states.list_executions(stateMachineArn=arn)["executions"]
        return {
            found["name"]: json.loads(
                states.describe_execution(executionArn=found["executionArn"])["input"]
            )
            for found in listed
        }

    def list_items(self, batch_id: str) -> list[str]:
        """The keys that the batch's execution is to process."""
        pointer = self.list_executions()[batch_id]["items"]
        return [item["key"] for item in self.pipeline.read_json(pointer["bucket"], pointer["key"])]

    def list_members(self, batch_id: str) -> list[str]:
        """The keys that the batch's summary is to tell of."""
        pointer = self.list_executions()[batch_id]["members"]
        members = self.pipeline.read_json(pointer["bucket"], pointer["key"])["members"]
        return [member["key"] for member in members]

    def read_dead_letters(self) -> "list[MessageTypeDef]":
        reply = boto3.client("sqs").receive_message(
            QueueUrl=self.pipeline.dead_letters,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
        )
        return reply.get("Messages", [])


def identify(message: str) -> str:
    """The id of the document that a message tells of."""
    detail = json.loads(message)["detail"]
    return document_id(
        detail["bucket"]["name"], detail["object"]["key"], detail["object"]["version-id"]
    )
