"""The machines' other ends, and the proof that no way between states was left out."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from lambdas.shared import documents
from tests.contracts.state_machines import Scope, list_scopes
from tests.statemachine.batch import describe, list_entered, wait_for_end
from tests.statemachine.cases import Cases
from tests.statemachine.stack import Stack


def test_documents_whose_items_cannot_be_read_are_settled_by_the_summary(
    cases: Cases, stack: Stack
) -> None:
    execution = cases.executions["unreadable"]

    assert wait_for_end(stack, execution)["status"] == "SUCCEEDED"
    assert list_entered(stack, execution) == [
        "AnyItems",
        "ProcessDocuments",
        "StartSummary",
        "Done",
    ]
    summary = execution.replace(":unreadable:", ":batch-summary:")
    assert wait_for_end(stack, summary)["status"] == "SUCCEEDED"
    record = documents.read(stack.tables.documents, "unreadable")
    assert record
    assert [reason.code for reason in record.reasons] == ["processing_failed"]


def test_a_batch_that_was_told_before_ends_well(cases: Cases, stack: Stack) -> None:
    execution = cases.executions["told-before"]

    assert wait_for_end(stack, execution)["status"] == "SUCCEEDED"
    assert list_entered(stack, execution) == ["AnyItems", "StartSummary", "Done"]


@pytest.mark.parametrize(
    ("name", "cause"),
    [("unknown-members", "batches/nowhere.json is not there"), ("unpublished", "NotFound")],
)
def test_a_batch_that_cannot_be_told_fails_with_the_cause(
    cases: Cases, stack: Stack, name: str, cause: str
) -> None:
    ended = wait_for_end(stack, cases.executions[name])

    assert (ended["status"], ended["error"]) == ("FAILED", "BatchUnsummarised")
    assert cause in ended["cause"]


def list_ways(scope: Scope) -> Iterator[tuple[str, str]]:
    """Every way from one state to another: the next, the chosen, the caught."""
    for name, state in scope.states.items():
        followers = [state[key] for key in ("Next", "Default") if key in state]
        followers += [rule["Next"] for rule in state.get("Choices", [])]
        followers += [rule["Next"] for rule in state.get("Catch", [])]
        yield from ((name, follower) for follower in followers)


def test_every_way_between_states_was_taken(cases: Cases, stack: Stack) -> None:
    executions = list(cases.executions.values())
    for batch in cases.wait_for_all():
        executions += [batch.execution, batch.summary_execution]
        executions += batch.children.values() if batch.has_children else []
    for execution in executions:
        assert describe(stack, execution)
        wait_for_end(stack, execution)

    taken = {way for each in executions for way in pairwise(list_entered(stack, each))}

    shipped = {way for scope in list_scopes() for way in list_ways(scope)}
    assert shipped - taken == set()
