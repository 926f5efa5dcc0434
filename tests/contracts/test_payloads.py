"""What the state machines send is what the functions read, and the other way."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from lambdas.shared.contracts import (
    Classification,
    DecisionResult,
    Document,
    Reservation,
    Transition,
    Validation,
)
from lambdas.summarise.event import Summary
from tests.contracts.functions import read_event_model
from tests.contracts.state_machines import (
    Scope,
    State,
    find_function,
    list_scopes,
    read_child,
    read_machines,
    read_tasks,
    walk,
)

LAMBDA = "arn:aws:states:::lambda:invoke"
RESULTS: dict[str, type[BaseModel]] = {
    "ReserveExtractionSlot": Reservation,
    "Classify": Classification,
    "Validate": Validation,
    "Route": DecisionResult,
    "RecordFailure": DecisionResult,
    "Summarise": Summary,
}
SILENT = {"ExtractText", "Pass", "Hold", "Reject"}
"""Answered by a token, or not at all."""

INPUTS = {
    "document-batch": {
        "batch_id",
        "items",
        "item_count",
        "members",
        "results_prefix",
        "max_concurrency",
    },
    "batch-summary": {"batch_id", "members", "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"},
}
"""What intake, and the one machine to the other, start an execution with."""


def strip(names: Any) -> set[str]:
    return {name.removesuffix(".$") for name in names}


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_a_payload_has_the_fields_of_its_event(name: str) -> None:
    task = read_tasks()[name]
    event = read_event_model(find_function(task))

    assert strip(task["Parameters"]["Payload"]) == set(event.model_fields)


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_a_payload_tells_the_transition(name: str) -> None:
    told = read_tasks()[name]["Parameters"]["Payload"]["transition"]

    assert strip(told) == set(Transition.model_fields)
    assert told["state.$"] == "$$.State.Name"
    assert told["execution_id.$"] == "$$.Execution.Id"


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_of_a_result_exactly_its_fields_are_kept(name: str) -> None:
    task, state = read_tasks()[name], name.partition("/")[2]
    if state in SILENT:
        assert "ResultSelector" not in task
        return

    kept = task["ResultSelector"]
    assert kept == {f"{field}.$": f"$.Payload.{field}" for field in RESULTS[state].model_fields}


def test_an_item_is_a_document() -> None:
    process = read_machines()["document-batch"]["States"]["ProcessDocuments"]

    assert process["ItemSelector"] == {"document.$": "$$.Map.Item.Value"}
    assert "document" in read_event_model("reserve").model_fields
    assert read_event_model("reserve").model_fields["document"].annotation is Document


def test_the_summary_is_started_with_what_it_needs() -> None:
    started = read_tasks()["document-batch/StartSummary"]["Parameters"]["Input"]

    assert strip(started) == INPUTS["batch-summary"]


def list_paths(state: State) -> set[str]:
    """The first names of the paths that a state reads from its input."""
    read = {key: value for key, value in state.items() if key not in _NOT_INPUT}
    texts = [text for _, text in walk(read) if isinstance(text, str)]
    return {text[2:].partition(".")[0] for text in texts if text.startswith("$.")}


_NOT_INPUT = ("ResultSelector", "ResultPath", "Retry", "Catch", "ItemProcessor")


def list_steps(scope: Scope, name: str) -> Iterator[tuple[str, set[str]]]:
    """The states that may follow, each with what the input has gained by then."""
    state = scope.states[name]
    result = state.get("ResultPath", "")
    gained = {result[2:].partition(".")[0]} if result else set()
    for choice in state.get("Choices", []):
        yield choice["Next"], gained
    for key in ("Next", "Default"):
        if key in state:
            yield state[key], gained
    for caught in state.get("Catch", []):
        yield caught["Next"], {caught["ResultPath"][2:].partition(".")[0]}


@pytest.mark.parametrize(
    "scope", [*list_scopes()], ids=lambda scope: f"{scope.machine}/{scope.start}"
)
def test_a_state_reads_only_what_every_way_to_it_has_brought(scope: Scope) -> None:
    start = {"document"} if scope == read_child() else INPUTS[scope.machine]
    known: dict[str, set[str]] = {scope.start: start}
    waiting = [scope.start]
    while waiting:
        name = waiting.pop()
        for follower, gained in list_steps(scope, name):
            brought = known[name] | gained
            if follower not in known or not known[follower] <= brought:
                known[follower] = known.get(follower, brought) & brought
                waiting.append(follower)

    assert set(known) == set(scope.states), "a state that nothing leads to"
    for name, state in scope.states.items():
        assert list_paths(state) - known[name] == set(), name
