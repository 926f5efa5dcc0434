import json
from typing import Any

import pytest

from lambdas.shared import audit, documents
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.samples import NOON, make_decision, make_document, make_transition


@pytest.fixture
def record(pipeline: Pipeline) -> Handler:
    pipeline.register(make_document())
    return pipeline.load("record_failure")


def make_event(state: str = "Classify", error: str = "X", cause: str = "{}") -> dict[str, Any]:
    failed = {state: {"Error": error, "Cause": cause}}
    return read_event("record_failure_of_classify", failed=failed)


def test_a_failed_document_is_held_with_a_sentence(pipeline: Pipeline, record: Handler) -> None:
    answer = record(read_event("record_failure_of_classify"))

    assert answer == {"route": "hold", "reasons": ["processing_failed"]}
    (reason,) = pipeline.read().reasons
    assert reason.message == "Classify failed: ModelPackageError: model.onnx is missing"


def test_the_failed_state_and_the_failure_are_on_the_trail(
    pipeline: Pipeline, record: Handler
) -> None:
    record(read_event("record_failure_of_classify"))

    trail = pipeline.read_trail()
    assert [entry.state for entry in trail] == ["Classify", "RecordFailure"]
    assert json.loads(trail[1].outcome) == {
        "failed_state": "Classify",
        "error": "ModelPackageError",
        "route": "hold",
        "reasons": ["processing_failed"],
    }


def test_a_state_that_recorded_itself_before_it_failed_is_not_recorded_again(
    pipeline: Pipeline, record: Handler
) -> None:
    event = read_event("record_failure_of_classify")
    audit.append(
        pipeline.tables.audit,
        document_id="doc-1",
        transition=make_transition("Classify", execution_id=event["transition"]["execution_id"]),
        outcome={"label": "invoice"},
    )

    record(event)

    assert pipeline.list_states() == ["Classify", "RecordFailure"]


def test_the_wait_before_an_extraction_that_failed_at_once_is_on_the_trail(
    pipeline: Pipeline, record: Handler
) -> None:
    record(make_event("ExtractText", "States.Timeout"))

    assert pipeline.list_states() == ["WaitForExtractionSlot", "ExtractText", "RecordFailure"]


def test_a_decision_that_was_made_before_the_failure_stands(
    pipeline: Pipeline, record: Handler
) -> None:
    """Route may decide and die before it answers."""
    documents.decide(pipeline.tables.documents, "doc-1", make_decision("pass"), now=NOON)

    assert record(make_event("Route", "States.Timeout")) == {"route": "pass", "reasons": []}
    assert pipeline.read().route == "pass"


def test_recording_twice_changes_nothing(pipeline: Pipeline, record: Handler) -> None:
    record(make_event())
    before = pipeline.snapshot()

    record(make_event())

    assert pipeline.snapshot() == before


@pytest.mark.parametrize(
    ("error", "cause", "says"),
    [
        ("States.Timeout", "", "States.Timeout: no explanation was given"),
        ("States.DataLimitExceeded", "too\n  big", "States.DataLimitExceeded: too big"),
        ("X", json.dumps({"errorMessage": "m" * 900}), "X: " + "m" * 500),
        ("X", json.dumps({"stackTrace": ["secret"]}), "X: no explanation was given"),
        ("X", json.dumps(["odd"]), "X: ['odd']"),
        ("X", "null", "X: no explanation was given"),
    ],
)
def test_any_cause_becomes_a_sentence(
    pipeline: Pipeline, record: Handler, error: str, cause: str, says: str
) -> None:
    record(make_event(error=error, cause=cause))

    assert pipeline.read().reasons[0].message == f"Classify failed: {says}"


def test_a_timeout_comes_without_a_cause(pipeline: Pipeline, record: Handler) -> None:
    failed = {"ExtractText": {"Error": "States.Timeout"}}

    record(read_event("record_failure_of_classify", failed=failed))

    assert "ExtractText failed: States.Timeout" in pipeline.read().reasons[0].message


def test_what_failed_must_be_one_state(record: Handler) -> None:
    failed = {"A": {"Error": "X"}, "B": {"Error": "Y"}}

    with pytest.raises(ValueError, match="expected one failed state"):
        record(read_event("record_failure_of_classify", failed=failed))
