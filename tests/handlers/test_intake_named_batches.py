import json

import pytest

from lambdas.shared.documents import AWAITING_MANIFEST
from tests.files import draw_pdf
from tests.handlers.arrivals import Arrivals
from tests.handlers.conftest import DECISIONS, INCOMING, Pipeline
from tests.handlers.test_intake_redelivery import crash_before_the_start


@pytest.fixture
def arrivals(pipeline: Pipeline) -> Arrivals:
    return Arrivals(pipeline)


def put_member(arrivals: Arrivals, path: str) -> str:
    return arrivals.put(f"batches/march/{path}", draw_pdf([path]))


def put_manifest(arrivals: Arrivals, *paths: str) -> str:
    body = json.dumps({"documents": paths}).encode()
    return arrivals.put("batches/march/manifest.json", body)


def list_members(arrivals: Arrivals, batch_id: str = "march") -> list[str]:
    return [key.removeprefix("batches/march/") for key in arrivals.list_members(batch_id)]


def list_items(arrivals: Arrivals, batch_id: str = "march") -> list[str]:
    return [key.removeprefix("batches/march/") for key in arrivals.list_items(batch_id)]


def test_a_member_waits_for_its_manifest(arrivals: Arrivals) -> None:
    message = put_member(arrivals, "a.pdf")

    assert arrivals.tell(message) == []

    assert arrivals.list_executions() == {}
    record = arrivals.read(message)
    assert (record.state, record.batch_id) == ("awaiting_manifest", AWAITING_MANIFEST)
    assert arrivals.pipeline.list_states(record.id) == ["AwaitManifest"]


def test_the_manifest_starts_the_batch_under_its_name(arrivals: Arrivals) -> None:
    members = [put_member(arrivals, path) for path in ("a.pdf", "scans/b 1+1.pdf")]
    arrivals.tell(*members)

    assert arrivals.tell(put_manifest(arrivals, "a.pdf", "scans/b 1+1.pdf")) == []

    assert list(arrivals.list_executions()) == ["march"]
    assert list_items(arrivals) == ["a.pdf", "scans/b 1+1.pdf"]
    record = arrivals.read(members[0])
    assert (record.state, record.batch_id, record.pages) == ("registered", "march", 1)
    assert arrivals.pipeline.list_states(record.id) == ["AwaitManifest", "Register"]


@pytest.mark.parametrize("manifest_first", [True, False])
def test_members_and_manifest_may_come_together_in_any_order(
    arrivals: Arrivals, manifest_first: bool
) -> None:
    members = [put_member(arrivals, path) for path in ("a.pdf", "b.pdf")]
    manifest = put_manifest(arrivals, "a.pdf", "b.pdf")
    messages = [manifest, *members] if manifest_first else [*members, manifest]

    assert arrivals.tell(*messages) == []

    assert list(arrivals.list_executions()) == ["march"]
    assert list_members(arrivals) == ["a.pdf", "b.pdf"]


def test_a_member_whose_message_comes_after_its_batch_started_is_not_started_again(
    arrivals: Arrivals,
) -> None:
    member = put_member(arrivals, "a.pdf")
    arrivals.tell(put_manifest(arrivals, "a.pdf"))

    assert arrivals.tell(member) == []

    assert list(arrivals.list_executions()) == ["march"]


def test_a_document_that_lies_beside_the_listed_ones_belongs_to_the_batch(
    arrivals: Arrivals,
) -> None:
    for path in ("a.pdf", "unlisted.pdf"):
        put_member(arrivals, path)

    arrivals.tell(put_manifest(arrivals, "a.pdf"))

    assert list_members(arrivals) == ["a.pdf", "unlisted.pdf"]


def test_a_document_that_comes_after_its_batch_is_a_batch_of_its_own(arrivals: Arrivals) -> None:
    put_member(arrivals, "a.pdf")
    arrivals.tell(put_manifest(arrivals, "a.pdf"))
    late = put_member(arrivals, "late.pdf")

    assert arrivals.tell(late) == []

    assert len(arrivals.list_executions()) == 2
    assert list_items(arrivals, arrivals.read(late).batch_id) == ["late.pdf"]
    assert list_members(arrivals) == ["a.pdf"]


def test_a_listed_document_that_is_absent_is_reported_as_missing(arrivals: Arrivals) -> None:
    put_member(arrivals, "a.pdf")

    arrivals.tell(put_manifest(arrivals, "a.pdf", "absent.pdf"))

    assert list_items(arrivals) == ["a.pdf"]
    assert list_members(arrivals) == ["a.pdf", "absent.pdf"]
    (delivered,) = arrivals.pipeline.list_keys("decisions", "reject/")
    decision = arrivals.pipeline.read_json("decisions", delivered)
    assert decision["key"] == "batches/march/absent.pdf"
    assert [reason["code"] for reason in decision["decision"]["reasons"]] == ["missing"]


def test_a_manifest_of_absent_documents_only_is_told(arrivals: Arrivals) -> None:
    arrivals.tell(put_manifest(arrivals, "absent.pdf"))

    assert list_items(arrivals) == []
    assert list_members(arrivals) == ["absent.pdf"]


def test_a_deleted_member_is_missing_too(arrivals: Arrivals) -> None:
    put_member(arrivals, "a.pdf")
    arrivals.pipeline.s3.delete_object(Bucket=INCOMING, Key="batches/march/a.pdf")

    arrivals.tell(put_manifest(arrivals, "a.pdf"))

    (delivered,) = arrivals.pipeline.list_keys("decisions", "reject/")
    reasons = arrivals.pipeline.read_json("decisions", delivered)["decision"]["reasons"]
    assert [reason["code"] for reason in reasons] == ["missing"]


def test_the_newest_version_of_a_member_is_processed(arrivals: Arrivals) -> None:
    put_member(arrivals, "a.pdf")
    newest = arrivals.put("batches/march/a.pdf", draw_pdf(["corrected"]))

    arrivals.tell(put_manifest(arrivals, "a.pdf"))

    assert arrivals.read(newest).batch_id == "march"
    assert list_items(arrivals) == ["a.pdf"]


def test_the_same_manifest_again_changes_nothing(arrivals: Arrivals) -> None:
    put_member(arrivals, "a.pdf")
    manifest = put_manifest(arrivals, "a.pdf", "absent.pdf")
    arrivals.tell(manifest)
    before = arrivals.pipeline.snapshot()

    assert arrivals.tell(manifest) == []

    assert arrivals.pipeline.snapshot() == before
    assert list(arrivals.list_executions()) == ["march"]


def test_a_second_manifest_of_a_started_batch_is_rejected_as_a_document(
    arrivals: Arrivals,
) -> None:
    put_member(arrivals, "a.pdf")
    arrivals.tell(put_manifest(arrivals, "a.pdf"))
    second = put_manifest(arrivals, "b.pdf")

    assert arrivals.tell(second) == []

    assert arrivals.read_reasons(second) == ("reject", ["batch_already_started"])
    assert list_members(arrivals) == ["a.pdf"]


@pytest.mark.parametrize("body", [b"not json", b"{}", b'{"documents": ["a.pdf", "a.pdf"]}'])
def test_a_malformed_manifest_is_rejected_and_its_members_go_on_waiting(
    arrivals: Arrivals, body: bytes
) -> None:
    member = put_member(arrivals, "a.pdf")
    manifest = arrivals.put("batches/march/manifest.json", body)

    assert arrivals.tell(member, manifest) == []

    assert arrivals.read_reasons(manifest) == ("reject", ["manifest_malformed"])
    assert arrivals.read(member).state == "awaiting_manifest"
    arrivals.tell(put_manifest(arrivals, "a.pdf"))
    assert arrivals.read(member).batch_id == "march"


def test_a_manifest_of_nothing_is_rejected(arrivals: Arrivals) -> None:
    """Else nobody would ever hear of it."""
    manifest = put_manifest(arrivals)

    assert arrivals.tell(manifest) == []

    assert arrivals.read_reasons(manifest) == ("reject", ["manifest_malformed"])
    assert "march" not in arrivals.list_executions()


def test_a_manifest_that_lists_nothing_takes_what_lies_beside_it(arrivals: Arrivals) -> None:
    put_member(arrivals, "a.pdf")

    arrivals.tell(put_manifest(arrivals))

    assert list_members(arrivals) == ["a.pdf"]


def test_a_manifest_that_is_too_large_to_read_is_rejected(arrivals: Arrivals) -> None:
    manifest = arrivals.put("batches/march/manifest.json", b" " * 10_000_001)

    assert arrivals.tell(manifest) == []

    assert arrivals.read_reasons(manifest) == ("reject", ["manifest_malformed"])


def test_a_manifest_that_cannot_be_taken_in_does_not_hold_up_its_neighbours(
    arrivals: Arrivals,
) -> None:
    """The lists of its batch were deleted, so that it cannot be told from a second one."""
    manifest = put_manifest(arrivals, "absent.pdf")
    arrivals.tell(manifest)
    pipeline = arrivals.pipeline
    pipeline.s3.delete_object(Bucket=DECISIONS, Key="batches/march/members.json")
    good = arrivals.put("good.pdf", draw_pdf(["good"]))

    assert arrivals.tell(good, manifest) == ["batches/march/manifest.json"]

    assert arrivals.read(good).state == "registered"


def test_a_deleted_manifest_is_rejected(arrivals: Arrivals) -> None:
    manifest = put_manifest(arrivals, "a.pdf")
    version = json.loads(manifest)["detail"]["object"]["version-id"]
    arrivals.pipeline.s3.delete_object(
        Bucket=INCOMING, Key="batches/march/manifest.json", VersionId=version
    )

    assert arrivals.tell(manifest) == []

    assert arrivals.read_reasons(manifest) == ("reject", ["deleted"])


def test_a_crash_before_the_start_leaves_the_manifest_to_be_tried_again(
    arrivals: Arrivals,
) -> None:
    member, manifest = put_member(arrivals, "a.pdf"), put_manifest(arrivals, "a.pdf", "absent.pdf")
    with crash_before_the_start(arrivals.pipeline):
        arrivals.tell(member, manifest)

    assert arrivals.tell(member, manifest) == []

    assert list(arrivals.list_executions()) == ["march"]
    assert list_members(arrivals) == ["a.pdf", "absent.pdf"]
    assert list_items(arrivals) == ["a.pdf"]


def test_a_member_that_cannot_be_looked_at_keeps_its_batch_waiting(arrivals: Arrivals) -> None:
    """A batch starts once: with all of its documents, or not yet."""
    for path in ("a.pdf", "b.pdf"):
        put_member(arrivals, path)
    manifest = put_manifest(arrivals, "a.pdf", "b.pdf")

    with arrivals.unreachable("b.pdf"):
        assert arrivals.tell(manifest) == ["batches/march/manifest.json"]
    assert arrivals.list_executions() == {}

    assert arrivals.tell(manifest) == []
    assert list_items(arrivals) == ["a.pdf", "b.pdf"]


def test_a_document_that_is_known_from_elsewhere_is_a_duplicate_in_a_named_batch(
    arrivals: Arrivals,
) -> None:
    arrivals.tell(arrivals.put("first.pdf", draw_pdf(["a.pdf"])))
    member = put_member(arrivals, "a.pdf")

    arrivals.tell(member, put_manifest(arrivals, "a.pdf"))

    assert arrivals.read_reasons(member) == ("reject", ["duplicate"])
