"""A batch without accidents: every route, what is told of it, and what is kept."""

import json
from typing import Any

import pytest

from tests.statemachine.batch import list_events
from tests.statemachine.cases import LONG_PAGES, Cases
from tests.statemachine.papers import SPOILT
from tests.statemachine.stack import Stack

WAY = [
    "ReserveExtractionSlot",
    "WaitForExtractionSlot",
    "ExtractText",
    "Classify",
    "Validate",
    "Route",
    "ChooseRoute",
]
MOST_BYTES = 8 * 1024
ROUTES = {
    "pass.pdf": ("pass", []),
    "hold.pdf": ("hold", [SPOILT["hold"][2]]),
    "reject.pdf": ("reject", [SPOILT["reject"][2]]),
    "blank.png": ("hold", ["no_text"]),
    "empty.pdf": ("reject", ["empty"]),
}


@pytest.mark.parametrize("key", ROUTES)
def test_a_document_takes_its_route_for_its_reasons(cases: Cases, key: str) -> None:
    assert cases.wait("whole").outcome(key) == ROUTES[key]


@pytest.mark.parametrize("key", ROUTES)
def test_a_decision_is_delivered_under_its_route(cases: Cases, key: str) -> None:
    decision = cases.wait("whole").read_decision(key)

    route, codes = ROUTES[key]
    assert decision["decision"]["route"] == route
    assert [reason["code"] for reason in decision["decision"]["reasons"]] == codes


@pytest.mark.parametrize(
    ("key", "last"),
    [("pass.pdf", "Pass"), ("hold.pdf", "Hold"), ("reject.pdf", "Reject"), ("blank.png", "Hold")],
)
def test_the_trail_holds_each_state_that_was_entered(cases: Cases, key: str, last: str) -> None:
    batch = cases.wait("whole")

    assert batch.list_entered(key) == [*WAY, last]
    assert batch.list_recorded(key) == [*WAY, last]
    assert [record.state for record in batch.read_trail(key)] == ["Register", *WAY, last]


def test_a_passing_document_changes_state_at_most_ten_times(cases: Cases) -> None:
    assert len(cases.wait("whole").list_entered("pass.pdf")) + 1 <= 10


def test_the_report_tells_of_every_document(cases: Cases) -> None:
    report = cases.wait("whole").read_report()

    assert report["routes"] == {"hold": 2, "reject": 2, "pass": 1}
    told = {entry["key"].partition("/")[2]: entry["route"] for entry in report["documents"]}
    assert told == {key: route for key, (route, _) in ROUTES.items()}


def test_a_batch_of_refused_documents_starts_no_child_and_is_told(cases: Cases) -> None:
    batch = cases.wait("refused")

    assert batch.stack.states.list_map_runs(executionArn=batch.execution)["mapRuns"] == []
    assert batch.read_report()["routes"] == {"reject": 1}


def test_the_summary_is_published_once_a_batch(cases: Cases, stack: Stack) -> None:
    names = ("whole", "refused", "long")
    subjects = {cases.wait(name).batch_id[:50]: name for name in names}
    told = [text for text in receive_all(stack) if text.split()[1][:50] in subjects]

    assert sorted(subjects[text.split()[1][:50]] for text in told) == sorted(names)
    (whole,) = [text for text in told if subjects[text.split()[1][:50]] == "whole"]
    assert "5 documents" in whole
    assert "whole/hold.pdf" in whole


def receive_all(stack: Stack) -> list[str]:
    """Every summary so far; they stay in the queue."""
    texts = []
    while found := stack.sqs.receive_message(
        QueueUrl=stack.summaries, MaxNumberOfMessages=10, VisibilityTimeout=5
    ).get("Messages", []):
        texts += [message["Body"] for message in found]
    return texts


def measure_payloads(events: list[dict[str, Any]]) -> dict[str, int]:
    """The largest input, parameters or output in a history, by the event's type."""
    sizes: dict[str, int] = {}
    for event in events:
        for details in event.values():
            if isinstance(details, dict):
                for name in ("input", "output", "parameters"):
                    size = len(details.get(name, "").encode())
                    sizes[event["type"]] = max(size, sizes.get(event["type"], 0))
    return sizes


def test_a_document_of_three_hundred_pages_goes_through(cases: Cases) -> None:
    batch = cases.wait("long")

    route, codes = batch.outcome("long.pdf")
    assert (route, codes) == ("hold", ["unknown_class"])
    record = batch.read("long.pdf")
    assert record.extraction
    assert record.extraction.pages == LONG_PAGES
    assert record.extraction.lines > LONG_PAGES * 30


@pytest.mark.parametrize(("name", "key"), [("whole", "hold.pdf"), ("long", "long.pdf")])
def test_no_payload_is_large(cases: Cases, name: str, key: str) -> None:
    batch = cases.wait(name)
    summary = list_events(batch.stack, batch.summary_execution)
    sizes = measure_payloads(batch.list_events(key) + summary)

    assert {"TaskStateEntered", "TaskStateExited", "TaskScheduled"} <= set(sizes)
    assert max(sizes.values()) <= MOST_BYTES
    assert sizes["TaskStateEntered"] > 1000, "measured something"


def test_a_history_holds_no_text_of_the_document(cases: Cases) -> None:
    assert "the river stood" not in json.dumps(
        cases.wait("long").list_events("long.pdf"), default=str
    )
