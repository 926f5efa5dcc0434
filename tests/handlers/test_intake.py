import json

import pytest

from tests.contracts.test_payloads import INPUTS
from tests.files import draw_pdf, draw_picture, write_docx
from tests.handlers.arrivals import Arrivals, identify
from tests.handlers.conftest import INCOMING, Pipeline
from tests.handlers.messages import tell_object_created


@pytest.fixture
def arrivals(pipeline: Pipeline) -> Arrivals:
    return Arrivals(pipeline)


def test_documents_that_arrive_together_are_one_batch(arrivals: Arrivals) -> None:
    messages = [
        arrivals.put("invoice.pdf", draw_pdf(["one"], ["two"])),
        arrivals.put("scan.png", draw_picture("PNG")),
    ]

    assert arrivals.tell(*messages) == []

    ((batch_id, started),) = arrivals.list_executions().items()
    assert arrivals.list_items(batch_id) == ["invoice.pdf", "scan.png"]
    assert arrivals.list_members(batch_id) == ["invoice.pdf", "scan.png"]
    assert started == {
        "batch_id": batch_id,
        "items": {"bucket": "decisions", "key": f"batches/{batch_id}/items.json"},
        "members": {"bucket": "decisions", "key": f"batches/{batch_id}/members.json"},
        "item_count": 2,
        "results_prefix": f"batches/{batch_id}/results",
        "max_concurrency": 12,
    }
    assert set(started) == INPUTS["document-batch"]


def test_a_document_is_registered_with_what_was_found(arrivals: Arrivals) -> None:
    body = draw_pdf(["one"], ["two"])
    message = arrivals.put("invoice.pdf", body)
    arrivals.tell(message)

    record = arrivals.read(message)
    assert (record.state, record.media_type, record.pages, record.size_bytes) == (
        "registered",
        "application/pdf",
        2,
        len(body),
    )
    assert len(record.content_sha256) == 64
    assert arrivals.pipeline.list_states(record.id) == ["Register"]


def test_the_items_are_the_documents_as_the_steps_expect_them(arrivals: Arrivals) -> None:
    message = arrivals.put("invoice.pdf", draw_pdf())
    arrivals.tell(message)

    record = arrivals.read(message)
    items = arrivals.pipeline.read_json("decisions", f"batches/{record.batch_id}/items.json")
    assert items == [json.loads(record.document().model_dump_json())]


@pytest.mark.parametrize(
    "key",
    [
        "with spaces and+plus.pdf",
        "100%25 #1 & more?.pdf",
        "ünï/cödé/文書.pdf",
        "a%2Fb%20c.pdf",
        "quotes'\"and~tilde.pdf",
    ],
)
def test_any_key_can_be_taken_in(arrivals: Arrivals, key: str) -> None:
    message = arrivals.put(key, draw_pdf())

    assert arrivals.tell(message) == []

    (batch_id,) = arrivals.list_executions()
    assert arrivals.list_items(batch_id) == [key]


@pytest.mark.parametrize(
    ("key", "body", "code"),
    [
        ("empty.pdf", b"", "empty"),
        ("broken.pdf", b"%PDF-1.4 no more", "corrupt"),
        ("secret.pdf", draw_pdf(["x"], password="x"), "encrypted"),
        ("contract.pdf", write_docx(), "type_mismatch"),
        ("notes.txt", b"hello", "unsupported_type"),
        ("long.pdf", draw_pdf(*[["page"]] * 6), "too_many_pages"),
        ("large.pdf", b"%PDF-" + bytes(2_000_001), "too_large"),
        ("folder/", b"", "not_a_document"),
        ("batches/march/folder/", b"", "not_a_document"),
    ],
)
def test_what_no_step_can_read_is_rejected_at_once(
    arrivals: Arrivals, key: str, body: bytes, code: str
) -> None:
    bad, good = arrivals.put(key, body), arrivals.put("good.pdf", draw_pdf(["good"]))

    assert arrivals.tell(bad, good) == []

    assert arrivals.read_reasons(bad) == ("reject", [code])
    assert arrivals.pipeline.list_states(identify(bad)) == ["Register", "Refuse"]
    (delivered,) = arrivals.pipeline.list_keys("decisions", "reject/")
    assert delivered.endswith(f"/{identify(bad)}.json")
    (batch_id,) = arrivals.list_executions()
    assert arrivals.list_items(batch_id) == ["good.pdf"]
    assert arrivals.list_members(batch_id) == [key, "good.pdf"]


def test_a_batch_of_nothing_readable_is_still_told(arrivals: Arrivals) -> None:
    arrivals.tell(arrivals.put("empty.pdf", b""))

    (batch_id,) = arrivals.list_executions()
    assert arrivals.list_items(batch_id) == []
    assert arrivals.list_members(batch_id) == ["empty.pdf"]


def test_an_object_that_was_deleted_meanwhile_is_rejected(arrivals: Arrivals) -> None:
    message = arrivals.put("gone.pdf", draw_pdf())
    arrivals.pipeline.s3.delete_object(Bucket=INCOMING, Key="gone.pdf")

    assert arrivals.tell(message) == []

    assert arrivals.read_reasons(message) == ("reject", ["deleted"])


def test_a_version_that_was_destroyed_is_rejected(arrivals: Arrivals) -> None:
    message = arrivals.put("gone.pdf", draw_pdf())
    version = json.loads(message)["detail"]["object"]["version-id"]
    arrivals.pipeline.s3.delete_object(Bucket=INCOMING, Key="gone.pdf", VersionId=version)

    arrivals.tell(message)

    assert arrivals.read_reasons(message) == ("reject", ["deleted"])


def test_the_same_bytes_under_two_keys_are_processed_once(arrivals: Arrivals) -> None:
    first, second = (arrivals.put(key, draw_pdf(["same"])) for key in ("a.pdf", "b.pdf"))

    arrivals.tell(second, first)

    assert arrivals.read(first).state == "registered"
    assert arrivals.read_reasons(second) == ("reject", ["duplicate"])
    assert "a.pdf" in arrivals.read(second).reasons[0].message
    (batch_id,) = arrivals.list_executions()
    assert arrivals.list_items(batch_id) == ["a.pdf"]


def test_the_same_bytes_later_are_a_duplicate_too(arrivals: Arrivals) -> None:
    arrivals.tell(arrivals.put("a.pdf", draw_pdf(["same"])))
    later = arrivals.put("b.pdf", draw_pdf(["same"]))

    arrivals.tell(later)

    assert arrivals.read_reasons(later) == ("reject", ["duplicate"])


def test_the_same_key_with_other_bytes_is_another_document(arrivals: Arrivals) -> None:
    first = arrivals.put("a.pdf", draw_pdf(["version one"]))
    second = arrivals.put("a.pdf", draw_pdf(["version two"]))

    arrivals.tell(first, second)

    records = arrivals.read(first), arrivals.read(second)
    assert [record.state for record in records] == ["registered"] * 2
    assert records[0].content_sha256 != records[1].content_sha256
    assert records[0].version_id != records[1].version_id


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("hello", "not an S3 event"),
        ("{}", "not an S3 event"),
        (
            tell_object_created("a.pdf", "v1").replace("Object Created", "Object Deleted"),
            "Object Deleted",
        ),
        (
            tell_object_created("a.pdf", "v1").replace("aws.s3", "odd\\u0000source"),
            "odd\\x00source",
        ),
    ],
)
def test_a_message_that_tells_of_no_new_object_goes_to_the_dead_letters(
    arrivals: Arrivals, body: str, says: str
) -> None:
    good = arrivals.put("good.pdf", draw_pdf())

    assert arrivals.tell(body, good) == []

    (letter,) = arrivals.read_dead_letters()
    assert letter["Body"] == body
    assert says in letter["MessageAttributes"]["reason"]["StringValue"]
    assert letter["MessageAttributes"]["message_id"]["StringValue"] == "message-1"
    assert arrivals.read(good).state == "registered"


def test_no_message_is_no_batch(arrivals: Arrivals) -> None:
    assert arrivals.tell() == []
    assert arrivals.list_executions() == {}
