import json
from typing import Any

import pytest

from lambdas.shared import documents
from lambdas.shared.errors import ObjectMissingError
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.samples import (
    MODEL,
    NOON,
    RULES,
    make_classification,
    make_decision,
    make_document,
    make_validation,
)


@pytest.fixture
def deliver(pipeline: Pipeline) -> Handler:
    pipeline.register(make_document())
    return pipeline.load("deliver")


def decide(pipeline: Pipeline, route: str, *codes: str, **of: Any) -> None:
    decision = make_decision(route, *codes)
    documents.decide(pipeline.tables.documents, "doc-1", decision, now=NOON, **of)


def make_event(route: str, *codes: str) -> dict[str, Any]:
    event = read_event("hold", decision={"route": route, "reasons": list(codes)})
    event["transition"]["state"] = route.title()
    return event


@pytest.mark.parametrize("route", ["pass", "hold", "reject"])
def test_a_decision_lies_under_its_route_and_day(
    pipeline: Pipeline, deliver: Handler, route: str
) -> None:
    decide(pipeline, route, "invoice.x")

    deliver(make_event(route, "invoice.x"))

    assert pipeline.list_keys("decisions") == [f"{route}/2025/03/14/doc-1.json"]
    assert pipeline.read().delivered_at is not None


def test_what_is_delivered_says_what_was_decided_and_by_what(
    pipeline: Pipeline, deliver: Handler
) -> None:
    decide(
        pipeline,
        "hold",
        "invoice.total_present",
        classification=make_classification(),
        validation=make_validation(),
    )

    deliver(make_event("hold", "invoice.total_present"))

    assert pipeline.read_json("decisions", "hold/2025/03/14/doc-1.json") == {
        "document_id": "doc-1",
        "batch_id": "batch-1",
        "bucket": "incoming",
        "key": "invoice.pdf",
        "version_id": "v1",
        "document_class": "invoice",
        "decision": {
            "route": "hold",
            "reasons": [
                {
                    "code": "invoice.total_present",
                    "message": "because of invoice.total_present",
                }
            ],
        },
        "received_at": "2025-03-14T12:00:00Z",
        "decided_at": "2025-03-14T12:00:00Z",
        "model_digest": MODEL,
        "rule_set_digest": RULES,
    }


def test_the_choice_before_it_and_the_state_itself_are_on_the_trail(
    pipeline: Pipeline, deliver: Handler
) -> None:
    decide(pipeline, "pass")
    deliver(make_event("pass"))

    assert pipeline.list_states() == ["ChooseRoute", "Pass"]


def test_delivering_twice_changes_nothing(pipeline: Pipeline, deliver: Handler) -> None:
    decide(pipeline, "pass")
    deliver(make_event("pass"))
    before = pipeline.snapshot()

    deliver(make_event("pass"))

    assert pipeline.snapshot() == before


@pytest.mark.filterwarnings("ignore:No application metrics")
def test_an_undecided_document_cannot_be_delivered(pipeline: Pipeline, deliver: Handler) -> None:
    with pytest.raises(ObjectMissingError, match="doc-1 has no decision"):
        deliver(make_event("pass"))

    assert pipeline.list_keys("decisions") == []
    assert pipeline.read().delivered_at is None


def test_the_metrics_count_the_decision_by_route(
    pipeline: Pipeline, deliver: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(pipeline, "reject", "empty")
    deliver(make_event("reject", "empty"))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (metrics,) = [line for line in lines if "_aws" in line]
    assert metrics["Route"] == "reject"
    assert metrics["DocumentsDecided"] == [1.0]
    assert metrics["DecisionSeconds"][0] > 0


def test_no_log_line_holds_more_than_where_the_document_stands(
    pipeline: Pipeline, deliver: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(pipeline, "hold", "invoice.total_present")
    deliver(make_event("hold", "invoice.total_present"))

    assert "because of" not in capsys.readouterr().out
