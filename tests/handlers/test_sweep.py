from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from lambdas.shared import documents
from lambdas.shared.documents import AWAITING_MANIFEST
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.handlers.test_extract import read_holders
from tests.handlers.test_extraction_completed import make_lines, start
from tests.samples import NOON, make_decision, make_document


@pytest.fixture
def sweep(pipeline: Pipeline) -> Handler:
    """With everything overdue that is a second old or so."""
    return pipeline.load("sweep", OVERDUE_SECONDS="0", MANIFEST_PATIENCE_SECONDS="7200")


def run(sweep: Handler) -> None:
    assert sweep(read_event("scheduled")) is None


def let_wait(pipeline: Pipeline, document_id: str, *, since: datetime) -> None:
    document = make_document(id=document_id, batch_id=AWAITING_MANIFEST, key=f"{document_id}.pdf")
    documents.register(pipeline.tables.documents, document, state="awaiting_manifest", now=since)


def test_a_job_whose_notice_was_lost_is_ended(pipeline: Pipeline, sweep: Handler) -> None:
    job = start(pipeline)
    pipeline.textract.end(job, parts=[make_lines("found late")])

    run(sweep)

    assert pipeline.states.answers["of-doc-1"]["lines"] == 1
    assert read_holders(pipeline) == set()


def test_a_job_that_failed_unheard_fails_its_document(pipeline: Pipeline, sweep: Handler) -> None:
    pipeline.textract.end(start(pipeline), "FAILED")

    run(sweep)

    assert pipeline.states.failures["of-doc-1"][0] == "ExtractionFailedError"


def test_a_job_under_way_is_left_alone(pipeline: Pipeline, sweep: Handler) -> None:
    start(pipeline)
    before = pipeline.snapshot()

    run(sweep)

    assert pipeline.snapshot() == before
    assert pipeline.states.answers == pipeline.states.failures == {}


def test_a_job_that_may_still_be_told_of_is_not_asked_about(pipeline: Pipeline) -> None:
    """GetDocumentAnalysis has a low quota of its own."""
    pipeline.textract.end(start(pipeline), parts=[make_lines("x")])

    run(pipeline.load("sweep", OVERDUE_SECONDS="900"))

    assert pipeline.textract.gets == 0
    assert pipeline.states.answers == {}


def test_a_job_that_textract_has_forgotten_fails_its_document(
    pipeline: Pipeline, sweep: Handler
) -> None:
    start(pipeline)
    pipeline.textract.jobs.clear()

    run(sweep)

    error, cause = pipeline.states.failures["of-doc-1"]
    assert error == "ExtractionFailedError"
    assert "does not know the job" in cause


def test_places_of_decided_and_unknown_documents_are_freed(
    pipeline: Pipeline, sweep: Handler
) -> None:
    start(pipeline, "doc-1")
    documents.decide(pipeline.tables.documents, "doc-1", make_decision("hold", "x"), now=NOON)
    start(pipeline, "doc-2")
    pipeline.tables.documents.delete_item(Key={"id": "doc-2"})

    run(sweep)

    assert read_holders(pipeline) == set()
    assert pipeline.textract.gets == 0


def test_a_place_whose_job_is_not_known_yet_is_left_to_its_lease(
    pipeline: Pipeline, sweep: Handler
) -> None:
    start(pipeline)
    pipeline.tables.documents.update_item(Key={"id": "doc-1"}, UpdateExpression="REMOVE job_id")

    run(sweep)

    assert read_holders(pipeline) == {"doc-1"}


def test_one_sweep_asks_about_the_oldest_jobs_only(pipeline: Pipeline, sweep: Handler) -> None:
    start(pipeline)
    leases = {f"doc-{number}": Decimal(number) for number in range(1, 61)}
    pipeline.tables.limits.update_item(
        Key={"id": "textract-analysis#jobs"},
        UpdateExpression="SET leases = :leases",
        ExpressionAttributeValues={":leases": leases},
    )

    run(sweep)

    assert read_holders(pipeline) == {"doc-1"} | {f"doc-{number}" for number in range(51, 61)}


def test_sweeping_twice_changes_nothing(pipeline: Pipeline, sweep: Handler) -> None:
    pipeline.textract.end(start(pipeline), parts=[make_lines("x")])
    let_wait(pipeline, "doc-9", since=NOON)
    run(sweep)
    before = pipeline.snapshot()

    run(sweep)

    assert pipeline.snapshot() == before


def test_a_document_whose_manifest_never_came_is_held(pipeline: Pipeline, sweep: Handler) -> None:
    let_wait(pipeline, "doc-1", since=NOON)
    let_wait(pipeline, "doc-2", since=datetime.now(UTC) - timedelta(minutes=100))

    run(sweep)

    record = pipeline.read("doc-1")
    assert (record.route, record.reasons[0].code) == ("hold", "manifest_missing")
    assert record.reasons[0].message == "The manifest of its batch did not come within 2 hours."
    assert pipeline.list_states("doc-1") == ["HoldAbandoned"]
    (key,) = pipeline.list_keys("decisions", "hold/")
    assert key.endswith("/doc-1.json")
    assert pipeline.read("doc-2").state == "awaiting_manifest"
