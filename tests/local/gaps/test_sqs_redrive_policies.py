"""A queue's policies read back as they were set."""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

from tests.local.gaps.servers import Server, assert_gap


def compact(policy: object) -> str:
    return json.dumps(policy, separators=(",", ":"))


def read(server: Server, url: str, name: str) -> str | None:
    try:
        found = server.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=[name])
    except ClientError:
        return None
    value: str | None = found.get("Attributes", {}).get(name)
    return value


def redrive_policy_reads_back(server: Server) -> bool:
    _, dead_letters = server.queue()
    policy = compact({"deadLetterTargetArn": dead_letters, "maxReceiveCount": 5})
    url, _ = server.queue(RedrivePolicy=policy)
    return read(server, url, "RedrivePolicy") == policy


def allow_policy_reads_back(server: Server) -> bool:
    _, source = server.queue()
    policy = compact({"redrivePermission": "byQueue", "sourceQueueArns": [source]})
    url, _ = server.queue()
    attributes = {"RedriveAllowPolicy": policy}
    server.client("sqs").set_queue_attributes(QueueUrl=url, Attributes=attributes)
    return read(server, url, "RedriveAllowPolicy") == policy


def test_moto_rewrites_one_policy_and_hides_the_other(plain: Server) -> None:
    is_open = not redrive_policy_reads_back(plain) or not allow_policy_reads_back(plain)
    assert_gap(is_open, "sqs_redrive_policies")


def test_both_policies_read_back_as_they_were_set(closed: Server) -> None:
    assert redrive_policy_reads_back(closed)
    assert allow_policy_reads_back(closed)


def test_setting_another_attribute_keeps_the_access_policy(closed: Server) -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    url, _ = closed.queue(Policy=compact(policy))
    closed.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "7"})
    assert json.loads(read(closed, url, "Policy") or "{}") == policy


def test_a_policy_can_be_removed(closed: Server) -> None:
    url, _ = closed.queue(RedriveAllowPolicy=compact({"redrivePermission": "denyAll"}))
    sqs = closed.client("sqs")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedriveAllowPolicy": ""})
    assert read(closed, url, "RedriveAllowPolicy") is None
