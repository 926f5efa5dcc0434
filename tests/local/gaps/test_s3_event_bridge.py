"""Objects that come and go are reported to EventBridge as S3 reports them."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.local.gaps.servers import ACCOUNT, Server, assert_gap


class Watched:
    """A bucket whose events arrive in a queue."""

    def __init__(self, server: Server, *, versioned: bool = True) -> None:
        self.server, self.name = server, server.bucket()
        self.s3, events = server.client("s3"), server.client("events")
        if versioned:
            self.s3.put_bucket_versioning(
                Bucket=self.name, VersioningConfiguration={"Status": "Enabled"}
            )
        self.s3.put_bucket_notification_configuration(
            Bucket=self.name, NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        self.url, arn = server.queue()
        pattern = {"source": ["aws.s3"], "detail": {"bucket": {"name": [self.name]}}}
        rule = f"rule-{uuid4().hex}"
        events.put_rule(Name=rule, EventPattern=json.dumps(pattern))
        events.put_targets(Rule=rule, Targets=[{"Id": "queue", "Arn": arn}])

    def events(self, count: int, seconds: float = 5) -> list[dict[str, Any]]:
        bodies = self.server.receive(self.url, count, seconds)
        events = [json.loads(body) for body in bodies]
        return sorted(events, key=lambda event: event["detail"]["object"]["sequencer"])

    def put(self, key: str, body: bytes = b"abc") -> str:
        return str(self.s3.put_object(Bucket=self.name, Key=key, Body=body).get("VersionId"))


@pytest.fixture
def bucket(closed: Server) -> Watched:
    return Watched(closed)


def test_moto_calls_the_etag_by_another_name(plain: Server) -> None:
    bucket = Watched(plain)
    bucket.put("a")
    [event, *_] = bucket.events(1)
    assert_gap("eTag" in event["detail"]["object"], "s3_event_bridge")


def test_a_put_object_is_one_event_of_s3s_own_shape(bucket: Watched) -> None:
    version = bucket.put("in/ä b+c#%.pdf")

    [event] = bucket.events(2, seconds=1)

    assert event["detail-type"] == "Object Created"
    assert event["account"] == ACCOUNT
    assert event["resources"] == [f"arn:aws:s3:::{bucket.name}"]
    detail = event["detail"]
    assert detail["object"].pop("sequencer")
    assert detail["object"] == {
        "key": "in/ä b+c#%.pdf",
        "size": 3,
        "etag": "900150983cd24fb0d6963f7d28e17f72",
        "version-id": version,
    }
    assert {"request-id", "requester", "source-ip-address"} <= detail.keys()
    assert (detail["version"], detail["reason"]) == ("0", "PutObject")


def test_an_unversioned_object_has_no_version_id(closed: Server) -> None:
    bucket = Watched(closed, versioned=False)
    bucket.put("a")
    [event] = bucket.events(1)
    assert "version-id" not in event["detail"]["object"]


def test_copies_and_multipart_uploads_are_one_event_each(bucket: Watched) -> None:
    where = {"Bucket": bucket.name, "Key": "parts"}
    upload = bucket.s3.create_multipart_upload(**where)["UploadId"]
    part = bucket.s3.upload_part(**where, UploadId=upload, PartNumber=1, Body=b"x")
    bucket.s3.complete_multipart_upload(
        **where,
        UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
    )
    bucket.s3.copy_object(Bucket=bucket.name, Key="copy", CopySource=where)

    reasons = [event["detail"]["reason"] for event in bucket.events(3, seconds=1)]

    assert reasons == ["CompleteMultipartUpload", "CopyObject"]


def test_deletions_say_what_was_deleted(bucket: Watched) -> None:
    first, second = bucket.put("a"), bucket.put("a", b"other")
    marker = bucket.s3.delete_object(Bucket=bucket.name, Key="a")["VersionId"]
    bucket.s3.delete_object(Bucket=bucket.name, Key="a", VersionId=first)
    bucket.s3.delete_objects(
        Bucket=bucket.name, Delete={"Objects": [{"Key": "a", "VersionId": second}]}
    )
    bucket.s3.delete_object(Bucket=bucket.name, Key="a", VersionId="absent")

    deletions = [
        (event["detail"]["deletion-type"], event["detail"]["object"]["version-id"])
        for event in bucket.events(6, seconds=1)
        if event["detail-type"] == "Object Deleted"
    ]

    assert deletions == [
        ("Delete Marker Created", marker),
        ("Permanently Deleted", first),
        ("Permanently Deleted", second),
    ]


def test_a_bucket_that_does_not_ask_for_events_sends_none(bucket: Watched) -> None:
    bucket.s3.put_bucket_notification_configuration(
        Bucket=bucket.name, NotificationConfiguration={}
    )
    bucket.put("a")
    bucket.s3.delete_object(Bucket=bucket.name, Key="a")
    assert bucket.events(1, seconds=0.5) == []
