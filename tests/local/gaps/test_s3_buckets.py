"""A bucket's configuration reads back as it was written, and its policy locks nobody out."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from botocore.exceptions import ClientError

from tests.local.gaps.servers import Server, assert_gap


def put_policy(server: Server, bucket: str, *statements: dict[str, Any]) -> None:
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    server.client("s3").put_bucket_policy(Bucket=bucket, Policy=policy)


def tls_only(bucket: str) -> dict[str, Any]:
    arn = f"arn:aws:s3:::{bucket}"
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def is_readable(server: Server) -> bool:
    bucket, s3 = server.bucket(), server.client("s3")
    s3.put_object(Bucket=bucket, Key="a", Body=b"a")
    put_policy(server, bucket, tls_only(bucket))
    try:
        s3.head_object(Bucket=bucket, Key="a")
    except ClientError:
        return False
    return True


def test_moto_lets_a_tls_only_policy_lock_everyone_out(plain: Server) -> None:
    assert_gap(not is_readable(plain), "s3_policy_conditions")


def test_a_tls_only_policy_locks_nobody_out(closed: Server) -> None:
    assert is_readable(closed)


def test_a_statement_without_a_condition_still_denies(closed: Server) -> None:
    bucket, s3 = closed.bucket(), closed.client("s3")
    s3.put_object(Bucket=bucket, Key="a", Body=b"a")
    statement = {**tls_only(bucket), "Action": "s3:GetObject"}
    del statement["Condition"]
    put_policy(closed, bucket, statement)
    with pytest.raises(ClientError, match="403"):
        s3.get_object(Bucket=bucket, Key="a")


def test_a_policy_that_asks_for_conditional_writes_refuses_others(closed: Server) -> None:
    bucket, s3 = closed.bucket(), closed.client("s3")
    conditional = {
        **tls_only(bucket),
        "Action": ["s3:PutObject"],
        "Resource": [f"arn:aws:s3:::{bucket}/kept/*"],
        "Condition": {"Null": {"s3:if-none-match": "true"}},
    }
    put_policy(closed, bucket, conditional)

    s3.put_object(Bucket=bucket, Key="elsewhere", Body=b"a")
    with pytest.raises(ClientError, match="403"):
        s3.put_object(Bucket=bucket, Key="kept/a", Body=b"a")
    s3.put_object(Bucket=bucket, Key="kept/a", Body=b"a", IfNoneMatch="*")
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="kept/a", Body=b"b", IfNoneMatch="*")


def can_log(server: Server) -> bool:
    target, s3 = server.bucket(), server.client("s3")
    grant = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": ["s3:PutObject"],
        "Resource": [f"arn:aws:s3:::{target}/*"],
    }
    put_policy(server, target, tls_only(target), grant)
    status = {"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": "logs/"}}
    try:
        s3.put_bucket_logging(Bucket=server.bucket(), BucketLoggingStatus=status)
    except ClientError:
        return False
    return True


def test_moto_cannot_log_to_a_bucket_with_a_tls_only_policy(plain: Server) -> None:
    assert_gap(not can_log(plain), "s3_logging_policy")


def test_a_bucket_with_a_tls_only_policy_can_receive_logs(closed: Server) -> None:
    assert can_log(closed)


def test_logs_still_need_a_grant(closed: Server) -> None:
    target, s3 = closed.bucket(), closed.client("s3")
    put_policy(closed, target, tls_only(target))
    status = {"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": ""}}
    with pytest.raises(ClientError, match="InvalidTargetBucketForLogging"):
        s3.put_bucket_logging(Bucket=closed.bucket(), BucketLoggingStatus=status)


def read_notifications(server: Server, configuration: dict[str, Any]) -> dict[str, Any]:
    bucket, s3 = server.bucket(), server.client("s3")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)
    found: dict[str, Any] = s3.get_bucket_notification_configuration(Bucket=bucket)
    del found["ResponseMetadata"]
    return found


def test_moto_does_not_say_that_events_are_on(plain: Server) -> None:
    found = read_notifications(plain, {"EventBridgeConfiguration": {}})
    assert_gap(found == {}, "s3_event_bridge_configuration")


def test_a_bucket_says_that_its_events_are_on(closed: Server) -> None:
    wanted: dict[str, Any] = {"EventBridgeConfiguration": {}}
    assert read_notifications(closed, wanted) == wanted
    assert read_notifications(closed, {}) == {}


def test_other_notifications_are_reported_beside_it(closed: Server) -> None:
    _, arn = closed.queue()
    queue = {"Id": "queue", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}
    wanted = {"EventBridgeConfiguration": {}, "QueueConfigurations": [queue]}
    assert read_notifications(closed, wanted) == wanted


def can_be_emptied(server: Server) -> bool:
    bucket, s3 = server.bucket(), server.client("s3")
    for status in ("Enabled", "Suspended"):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
        if status == "Enabled":
            s3.put_object(Bucket=bucket, Key="a", Body=b"a")
            s3.delete_object(Bucket=bucket, Key="a")
    found = s3.list_object_versions(Bucket=bucket)
    versions = [*found["Versions"], *found["DeleteMarkers"]]
    objects = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in versions]
    try:
        s3.delete_objects(Bucket=bucket, Delete={"Objects": objects})
        s3.delete_bucket(Bucket=bucket)
    except ClientError:
        return False
    return True


def test_moto_cannot_empty_a_bucket_with_a_delete_marker(plain: Server) -> None:
    assert_gap(not can_be_emptied(plain), "s3_delete_markers")


def test_a_bucket_with_a_delete_marker_can_be_emptied(closed: Server) -> None:
    assert can_be_emptied(closed)


def lists_versions_encoded(server: Server) -> bool:
    """Whether a client that asks for encoded keys, as Terraform's does, can decode them."""
    bucket, s3 = server.bucket(), server.client("s3")
    key = "100% a+b/März #1.pdf"
    s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    # With an encoding type of its own, botocore leaves the keys as they came.
    reply = s3.list_object_versions(Bucket=bucket, EncodingType="url")
    listed = str(reply["Versions"][0]["Key"])
    return unquote(listed) == key != listed


def test_moto_does_not_encode_the_keys_of_versions(plain: Server) -> None:
    assert_gap(not lists_versions_encoded(plain), "s3_version_encoding")


def test_the_keys_of_versions_are_encoded_on_request(closed: Server) -> None:
    assert lists_versions_encoded(closed)
