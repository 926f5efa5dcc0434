"""Asynchronous invocations: accepted at once, retried, and reported where the function says."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.local_aws import LocalAws, unique, wait_for


def invoke_event(aws: LocalAws, name: str, event: Any) -> dict[str, Any]:
    answer: dict[str, Any] = aws.awslambda.invoke(
        FunctionName=name, InvocationType="Event", Payload=json.dumps(event)
    )
    return answer


def test_an_event_is_accepted_before_it_has_run(aws: LocalAws) -> None:
    bucket = aws.bucket()
    began = time.monotonic()
    answer = invoke_event(aws, aws.deploy("probe.put"), {"bucket": bucket, "seconds": 2})
    assert answer["StatusCode"] == 202
    assert time.monotonic() - began < 1
    assert wait_for(lambda: aws.count_objects(bucket)) == 1


def test_an_event_that_fails_is_retried_twice_and_then_sent_to_its_destination(
    aws: LocalAws,
) -> None:
    bucket = aws.bucket()
    url, arn = aws.queue()
    name = aws.deploy("probe.put")
    aws.awslambda.put_function_event_invoke_config(
        FunctionName=name, DestinationConfig={"OnFailure": {"Destination": arn}}
    )
    invoke_event(aws, name, {"bucket": bucket, "fails": True})
    (message,) = wait_for(lambda: aws.receive(url))
    record = json.loads(message["Body"])
    assert aws.count_objects(bucket) == 3
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 3
    assert record["requestContext"]["functionArn"].endswith(f":{name}:$LATEST")
    assert record["requestPayload"] == {"bucket": bucket, "fails": True}
    assert record["responsePayload"]["errorType"] == "DocumentUnreadableError"
    assert record["responseContext"]["functionError"] == "Unhandled"


def test_no_retries_are_made_where_none_are_configured(aws: LocalAws) -> None:
    bucket = aws.bucket()
    url, arn = aws.queue()
    name = aws.deploy("probe.put", DeadLetterConfig={"TargetArn": arn})
    for attempts in (2, 0):  # The last configuration counts.
        aws.awslambda.put_function_event_invoke_config(
            FunctionName=name, MaximumRetryAttempts=attempts
        )
    invoke_event(aws, name, {"bucket": bucket, "fails": True})
    (message,) = wait_for(lambda: aws.receive(url))
    assert json.loads(message["Body"]) == {"bucket": bucket, "fails": True}
    assert aws.count_objects(bucket) == 1


def test_a_success_is_sent_to_its_destination(aws: LocalAws) -> None:
    url, arn = aws.queue()
    name = aws.deploy("probe.speak")
    aws.awslambda.put_function_event_invoke_config(
        FunctionName=name, DestinationConfig={"OnSuccess": {"Destination": arn}}
    )
    invoke_event(aws, name, {})
    (message,) = wait_for(lambda: aws.receive(url))
    record = json.loads(message["Body"])
    assert record["requestContext"]["condition"] == "Success"
    assert record["responsePayload"] == "done"


def test_an_event_over_one_megabyte_is_refused(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    with pytest.raises(ClientError, match="RequestTooLargeException"):
        invoke_event(aws, name, {"text": "x" * 1024 * 1024})


def test_a_topic_invokes_its_subscribed_function(aws: LocalAws) -> None:
    bucket = aws.bucket()
    name = aws.deploy("worker.handle", Environment={"Variables": {"OUTCOMES": bucket}})
    function = aws.awslambda.get_function_configuration(FunctionName=name)["FunctionArn"]
    sns = aws.client("sns")
    topic = sns.create_topic(Name=unique("topic"))["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
    try:
        sns.publish(TopicArn=topic, Message="finished")
    except ClientError:
        # What the function makes of it is not the publisher's business.
        pytest.fail("the publisher saw what happened to the function")
    wait_for(lambda: aws.count_objects(bucket))
    assert aws.objects(bucket)[0]["Records"][0]["Sns"]["Message"] == "finished"
