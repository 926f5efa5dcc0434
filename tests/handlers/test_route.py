import json

import pytest

from lambdas.shared import storage
from lambdas.shared.contracts import Finding
from lambdas.shared.errors import ObjectMissingError
from tests.handlers.conftest import Handler, Pipeline, read_event
from tests.samples import (
    MODEL,
    RULES,
    make_classification,
    make_document,
    make_finding,
    make_findings,
    make_validation,
)


@pytest.fixture
def route(pipeline: Pipeline) -> Handler:
    pipeline.register(make_document())
    return pipeline.load("route")


def store_findings(pipeline: Pipeline, *findings: Finding) -> None:
    pointer = storage.findings_pointer("extractions", "doc-1")
    storage.write_model(pipeline.s3, pointer, make_findings(*findings))


def test_the_decision_and_what_it_was_made_from_are_kept(
    pipeline: Pipeline, route: Handler
) -> None:
    store_findings(pipeline, make_finding("invoice.total_present"))

    assert route(read_event("route")) == {"route": "hold", "reasons": ["invoice.total_present"]}

    record = pipeline.read()
    assert (record.state, record.route) == ("decided", "hold")
    assert record.reasons[0].message == "invoice.total_present says no"
    assert record.classification == make_classification()
    assert record.validation == make_validation()


def test_the_trail_names_the_model_and_the_rules(pipeline: Pipeline, route: Handler) -> None:
    store_findings(pipeline)
    route(read_event("route"))

    (record,) = pipeline.read_trail()
    assert record.state == "Route"
    assert json.loads(record.outcome) == {
        "route": "pass",
        "reasons": [],
        "model": MODEL,
        "rule_set": RULES,
    }


def test_routing_twice_changes_nothing(pipeline: Pipeline, route: Handler) -> None:
    store_findings(pipeline)
    first = route(read_event("route"))
    before = pipeline.snapshot()
    event = read_event("route")
    event["transition"]["attempt"] = 1

    assert route(event) == first
    assert pipeline.snapshot() == before


def test_a_decision_stands_when_the_findings_have_changed_since(
    pipeline: Pipeline, route: Handler
) -> None:
    store_findings(pipeline)
    route(read_event("route"))
    store_findings(pipeline, make_finding("invoice.total_adds_up", "reject"))

    assert route(read_event("route")) == {"route": "pass", "reasons": []}
    assert pipeline.read().route == "pass"


def test_without_findings_nothing_is_decided(pipeline: Pipeline, route: Handler) -> None:
    with pytest.raises(ObjectMissingError, match=r"doc-1/findings\.json"):
        route(read_event("route"))

    assert pipeline.read().route is None
    assert pipeline.read_trail() == []
