"""Rules deliver to every kind of target that the pipeline uses."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from tests.local.gaps.machines import create, machine
from tests.local.gaps.servers import ACCOUNT, REGION, Server, assert_gap, wait_until

FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:function"


def add_rule(server: Server, source: str, *targets: dict[str, Any], **rule: Any) -> str:
    events, name = server.client("events"), f"rule-{uuid4().hex}"
    rule.setdefault("EventPattern", json.dumps({"source": [source]}))
    events.put_rule(Name=name, **rule)
    identified = [{"Id": str(index), **target} for index, target in enumerate(targets)]
    events.put_targets(Rule=name, Targets=identified)
    return name


def send(server: Server, source: str, detail: dict[str, Any]) -> None:
    entry = {"Source": source, "DetailType": "Test", "Detail": json.dumps(detail)}
    server.client("events").put_events(Entries=[entry])


@pytest.fixture
def source() -> str:
    return f"test.{uuid4().hex}"


def test_moto_serves_no_target_after_a_function(plain: Server, source: str) -> None:
    url, arn = plain.queue()
    add_rule(plain, source, {"Arn": FUNCTION}, {"Arn": arn})
    with suppress(ClientError):
        send(plain, source, {})
    assert_gap(plain.receive(url, seconds=1) == [], "events_targets")


def test_an_event_reaches_every_kind_of_target(closed: Server, source: str) -> None:
    url, queue = closed.queue()
    fifo_url, fifo = closed.queue(
        f"{uuid4().hex}.fifo", FifoQueue="true", ContentBasedDeduplication="true"
    )
    sns, (topic_url, topic_queue) = closed.client("sns"), closed.queue()
    topic = sns.create_topic(Name=uuid4().hex)["TopicArn"]
    raw = {"RawMessageDelivery": "true"}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=topic_queue, Attributes=raw)
    invocations, _ = closed.queue("invocations")
    machine_arn = create(closed, machine("Done", Done={"Type": "Succeed"}))
    add_rule(
        closed,
        source,
        {"Arn": FUNCTION},
        {"Arn": machine_arn},
        {"Arn": topic},
        {"Arn": queue},
        {"Arn": fifo, "SqsParameters": {"MessageGroupId": "group"}},
    )

    send(closed, source, {"key": "ä b+c#%.pdf"})

    for each in (url, fifo_url, topic_url):
        [body] = closed.receive(each)
        assert json.loads(body)["detail"] == {"key": "ä b+c#%.pdf"}
    [invocation] = [
        document
        for document in map(json.loads, closed.receive(invocations, count=1))
        if document["payload"]["source"] == source
    ]
    assert invocation["function"] == FUNCTION
    [execution] = wait_until(
        lambda: closed.client("stepfunctions").list_executions(stateMachineArn=machine_arn)[
            "executions"
        ]
    )
    described = closed.client("stepfunctions").describe_execution(
        executionArn=execution["executionArn"]
    )
    assert json.loads(described["input"])["detail"] == {"key": "ä b+c#%.pdf"}


def test_a_target_chooses_what_it_receives(closed: Server, source: str) -> None:
    constant, constant_arn = closed.queue()
    part, part_arn = closed.queue()
    filled, filled_arn = closed.queue()
    template = '{"key": <key>, "text": "size of <key>", "size": <size>, "absent": <absent>}'
    paths = {"key": "$.detail.key", "size": "$.detail.size", "absent": "$.detail.absent"}
    transformer = {"InputPathsMap": paths, "InputTemplate": template}
    add_rule(
        closed,
        source,
        {"Arn": constant_arn, "Input": '{"a": 1}'},
        {"Arn": part_arn, "InputPath": "$.detail"},
        {"Arn": filled_arn, "InputTransformer": transformer},
    )

    send(closed, source, {"key": 'a "quoted" name', "size": 3})

    assert closed.receive(constant) == ['{"a": 1}']
    assert json.loads(closed.receive(part)[0]) == {"key": 'a "quoted" name', "size": 3}
    assert json.loads(closed.receive(filled)[0]) == {
        "key": 'a "quoted" name',
        "text": 'size of a "quoted" name',
        "size": 3,
        "absent": None,
    }


def test_disabled_rules_and_schedules_receive_no_event(closed: Server, source: str) -> None:
    disabled, disabled_arn = closed.queue()
    scheduled, scheduled_arn = closed.queue()
    heard, heard_arn = closed.queue()
    add_rule(closed, source, {"Arn": disabled_arn}, State="DISABLED")
    add_rule(
        closed, source, {"Arn": scheduled_arn}, EventPattern="", ScheduleExpression="rate(1 day)"
    )
    add_rule(closed, source, {"Arn": heard_arn})

    send(closed, source, {})

    assert len(closed.receive(heard)) == 1
    assert closed.receive(disabled, seconds=0.2) == []
    assert closed.receive(scheduled, seconds=0.2) == []


def test_what_cannot_be_delivered_goes_to_the_dead_letter_queue(
    closed: Server, source: str
) -> None:
    letters, letters_arn = closed.queue()
    heard, heard_arn = closed.queue()
    absent = f"arn:aws:sqs:{REGION}:{ACCOUNT}:absent"
    dead_letters = {"DeadLetterConfig": {"Arn": letters_arn}}
    add_rule(closed, source, {"Arn": absent, **dead_letters}, {"Arn": heard_arn})

    send(closed, source, {"n": 1})

    assert json.loads(closed.receive(letters)[0])["detail"] == {"n": 1}
    assert len(closed.receive(heard)) == 1
