"""SQS event source mappings against the running endpoint."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.local.local_aws import LocalAws, wait_for


class Consumer:
    """A queue with a dead-letter queue, and a function that is mapped to it."""

    def __init__(self, aws: LocalAws, visibility: int = 1, **settings: Any) -> None:
        self.aws = aws
        self.dead_url, dead_arn = aws.queue()
        redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
        self.url, self.arn = aws.queue(VisibilityTimeout=str(visibility), RedrivePolicy=redrive)
        self.bucket = aws.bucket()
        self.name = aws.deploy(
            "worker.handle", Environment={"Variables": {"OUTCOMES": self.bucket}}
        )
        self.mapping = aws.awslambda.create_event_source_mapping(
            EventSourceArn=self.arn, **{"FunctionName": self.name} | settings
        )["UUID"]

    def send(self, *bodies: str) -> None:
        for body in bodies:
            self.aws.sqs.send_message(QueueUrl=self.url, MessageBody=body)

    def events(self) -> list[Any]:
        return self.aws.objects(self.bucket)

    def bodies(self) -> list[str]:
        return [record["body"] for event in self.events() for record in event["Records"]]

    def is_empty(self) -> bool:
        return self.aws.left_in(self.url) == 0


def test_a_message_is_delivered_in_the_shape_of_lambdas_event_and_then_deleted(
    aws: LocalAws,
) -> None:
    consumer = Consumer(aws)
    sent = aws.sqs.send_message(
        QueueUrl=consumer.url,
        MessageBody="good",
        MessageAttributes={
            "kind": {"DataType": "String", "StringValue": "test"},
            "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\x01"},
        },
    )
    wait_for(lambda: aws.count_objects(consumer.bucket) and consumer.is_empty())
    ((record,),) = [event["Records"] for event in consumer.events()]
    assert record["messageId"] == sent["MessageId"]
    assert record["body"] == "good"
    assert record["md5OfBody"] == sent["MD5OfMessageBody"]
    assert record["md5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == consumer.arn
    assert record["awsRegion"] == "us-east-1"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert record["attributes"]["SentTimestamp"].isdigit()
    assert record["messageAttributes"]["kind"] == {
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": "String",
        "stringValue": "test",
    }
    assert record["messageAttributes"]["bytes"]["binaryValue"] == "AAE="


def test_only_the_failed_message_comes_back_and_then_goes_to_the_dead_letter_queue(
    aws: LocalAws,
) -> None:
    consumer = Consumer(
        aws,
        visibility=2,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        BatchSize=10,
        MaximumBatchingWindowInSeconds=1,
    )
    consumer.send("good 1", "bad 2", "good 3")
    (dead,) = wait_for(lambda: aws.receive(consumer.dead_url))
    assert dead["Body"] == "bad 2"
    assert sorted(consumer.bodies()) == ["bad 2", "bad 2", "good 1", "good 3"]
    assert consumer.is_empty()


def test_an_error_leaves_the_whole_batch_in_the_queue_until_it_is_visible_again(
    aws: LocalAws,
) -> None:
    consumer = Consumer(aws, visibility=2, MaximumBatchingWindowInSeconds=1)
    consumer.send("raise", "good")
    wait_for(lambda: aws.left_in(consumer.dead_url) == 2)
    receives = [
        record["attributes"]["ApproximateReceiveCount"]
        for event in consumer.events()
        for record in event["Records"]
    ]
    assert receives.count("1") == receives.count("2") == 2


def test_a_window_gathers_messages_into_one_batch(aws: LocalAws) -> None:
    consumer = Consumer(aws, visibility=30, BatchSize=25, MaximumBatchingWindowInSeconds=2)
    consumer.send(*(f"good {number}" for number in range(15)))
    wait_for(consumer.is_empty)
    assert [len(event["Records"]) for event in consumer.events()] == [15]


def test_a_disabled_mapping_delivers_nothing_until_it_is_enabled(aws: LocalAws) -> None:
    consumer = Consumer(aws, Enabled=False)
    other = Consumer(aws)
    consumer.send("good")
    other.send("good")
    wait_for(other.is_empty)
    assert aws.left_in(consumer.url) == 1
    aws.awslambda.update_event_source_mapping(UUID=consumer.mapping, Enabled=True)
    wait_for(consumer.is_empty)
    assert consumer.bodies() == ["good"]


def test_a_deleted_mapping_delivers_nothing(aws: LocalAws) -> None:
    consumer = Consumer(aws)
    consumer.send("good before")
    wait_for(consumer.is_empty)
    aws.awslambda.delete_event_source_mapping(UUID=consumer.mapping)

    def stays() -> bool:
        # The poller that goes may still take what is sent in its last second.
        consumer.send("good after")
        return aws.left_in(consumer.url) > 0

    wait_for(stays)
    assert "good before" in consumer.bodies()


def test_messages_that_no_filter_wants_are_dropped(aws: LocalAws) -> None:
    pattern = json.dumps({"body": {"kind": ["invoice"]}})
    consumer = Consumer(aws, FilterCriteria={"Filters": [{"Pattern": pattern}]})
    consumer.send('{"kind": "receipt"}', '{"kind": "invoice"}', "no JSON")
    wait_for(consumer.is_empty)
    assert consumer.bodies() == ['{"kind": "invoice"}']


def test_a_mapping_of_an_alias_follows_the_alias(aws: LocalAws) -> None:
    name = aws.deploy("probe.fail")
    first = aws.awslambda.publish_version(FunctionName=name)["Version"]
    alias = aws.awslambda.create_alias(FunctionName=name, Name="live", FunctionVersion=first)
    consumer = Consumer(aws, FunctionName=alias["AliasArn"])
    found = aws.awslambda.get_event_source_mapping(UUID=consumer.mapping)
    assert found["FunctionArn"] == alias["AliasArn"]
    aws.awslambda.update_function_configuration(
        FunctionName=name, ImageConfig={"Command": ["probe.show"]}
    )
    second = aws.awslambda.publish_version(FunctionName=name)["Version"]
    aws.awslambda.update_alias(FunctionName=name, Name="live", FunctionVersion=second)
    consumer.send("good")
    wait_for(consumer.is_empty)
    assert aws.left_in(consumer.dead_url) == 0


def test_messages_wait_in_the_queue_and_not_for_a_function_that_is_busy(aws: LocalAws) -> None:
    consumer = Consumer(aws, visibility=2, BatchSize=1)
    aws.awslambda.put_function_concurrency(
        FunctionName=consumer.name, ReservedConcurrentExecutions=1
    )
    consumer.send(*(f"slow {number}" for number in range(5)))
    wait_for(consumer.is_empty)
    assert len(consumer.bodies()) == 5  # None became visible again while it waited.


@pytest.mark.parametrize("concurrency", [None, 2])
def test_no_message_is_lost_or_delivered_twice(aws: LocalAws, concurrency: int | None) -> None:
    scaling = {"ScalingConfig": {"MaximumConcurrency": concurrency}} if concurrency else {}
    consumer = Consumer(aws, visibility=60, BatchSize=10, **scaling)
    bodies = [f"good {number}" for number in range(150)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(consumer.send, bodies))
    wait_for(consumer.is_empty)
    assert sorted(consumer.bodies()) == sorted(bodies)
