import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.intake.arrival import read_arrival
from lambdas.shared.identity import document_id

ID_OF_INVOICE = "doc-3e676165b22768ab43341d9b3d1ea177"


def make_event(key: str = "invoice.pdf", **changes: Any) -> dict[str, Any]:
    """As EventBridge sends it, per the S3 user guide."""
    return {
        "version": "0",
        "id": "17793124-05d4-b198-2fde-7ededc63b103",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": "123456789012",
        "time": "2025-03-14T12:00:00Z",
        "region": "eu-central-1",
        "resources": ["arn:aws:s3:::incoming"],
        "detail": {
            "version": "0",
            "bucket": {"name": "incoming"},
            "object": {
                "key": key,
                "size": 5,
                "etag": "b1946ac92492d2347c6235b4d2611184",
                "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                "sequencer": "617f08299329d189",
            },
            "request-id": "N4N7GDK58NMKJ12R",
            "requester": "123456789012",
            "source-ip-address": "1.2.3.4",
            "reason": "PutObject",
        },
    } | changes


@pytest.mark.parametrize(
    "key",
    [
        "plain.pdf",
        "with spaces and+plus.pdf",
        "100%25 #1 & more?.pdf",
        "ünï/cödé/文書.pdf",
        "a%2Fb%20c.pdf",
        "trailing space .pdf",
        "-dash/../dots.pdf",
    ],
)
def test_a_key_is_taken_as_it_is(key: str) -> None:
    arrival = read_arrival(json.dumps(make_event(key)))

    assert arrival.key == key
    assert arrival.kind == "document"


@given(key=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_key_makes_an_arrival_of_some_kind(key: str) -> None:
    arrival = read_arrival(json.dumps(make_event(key)))

    assert arrival.key == key
    assert arrival.kind in {"document", "member", "manifest"}


def test_an_object_of_a_bucket_without_versions_has_the_null_version() -> None:
    event = make_event()
    del event["detail"]["object"]["version-id"]

    assert read_arrival(json.dumps(event)).version_id == "null"


@pytest.mark.parametrize(
    ("key", "kind", "name"),
    [
        ("batches/march/manifest.json", "manifest", "march"),
        ("batches/march/invoice.pdf", "member", "march"),
        ("batches/march/scans/1.png", "member", "march"),
        ("batches/march/sub/manifest.json", "member", "march"),
        ("batches/2025-03_a/x.pdf", "member", "2025-03_a"),
        ("batches/march/", "document", None),
        ("batches/march/scans/", "document", "march"),
        ("batches/manifest.json", "document", None),
        ("batches/two words/x.pdf", "document", None),
        (f"batches/{'n' * 61}/x.pdf", "document", None),
        ("manifest.json", "document", None),
        ("other/batches/march/x.pdf", "document", None),
    ],
)
def test_a_key_tells_whether_it_belongs_to_a_named_batch(
    key: str, kind: str, name: str | None
) -> None:
    arrival = read_arrival(json.dumps(make_event(key)))

    assert (arrival.kind, arrival.batch_name) == (kind, name)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "not an S3 event"),
        ("hello", "not an S3 event"),
        ("[]", "not an S3 event"),
        ("{}", "not an S3 event"),
        (json.dumps(make_event("half \ud83d character.pdf")), "not an S3 event"),
        (json.dumps({"Records": [{"eventSource": "aws:s3"}]}), "not an S3 event"),
        (json.dumps(make_event(detail={})), "not an S3 event: detail"),
        (json.dumps(make_event(source="aws.ec2")), "not an S3 Object Created event"),
        (json.dumps(make_event(**{"detail-type": "Object Deleted"})), "Object Deleted"),
    ],
)
def test_a_message_that_tells_of_no_new_object_is_refused_saying_why(body: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_arrival(body)


def test_the_reason_does_not_repeat_what_the_message_held() -> None:
    with pytest.raises(ValueError, match="detail") as refused:
        read_arrival(json.dumps(make_event(detail="salary of A. Smith")))

    assert "salary" not in str(refused.value)


def test_an_id_is_short_and_different_for_each_bucket_key_and_version() -> None:
    ids = {
        document_id(bucket, key, version)
        for bucket in ("a", "ab")
        for key in ("k" * 1024, "文書")
        for version in ("v1", "v2")
    }

    assert len(ids) == 8
    assert all(len(identity) <= 64 and identity.isascii() for identity in ids)


def test_an_id_stays_the_same_so_that_a_redelivery_is_recognised() -> None:
    """Tables and objects of a deployed pipeline hold such ids: a change would lose them."""
    assert document_id("incoming", "invoice.pdf", "v1") == ID_OF_INVOICE
