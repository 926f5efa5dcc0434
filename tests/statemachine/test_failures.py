"""Every Catch and every Retry: what fails for good is held, what is killed or throttled passes."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.statemachine.batch import describe
from tests.statemachine.cases import BREAKABLE, FAULTS, KILLED, TEXTRACTS_CAUSE, Cases
from tests.statemachine.stack import Stack, name_function
from tests.statemachine.test_routes import WAY


@pytest.mark.parametrize("step", BREAKABLE)
def test_a_step_that_fails_for_good_holds_the_document_with_the_reason(
    cases: Cases, step: str
) -> None:
    batch, state = cases.wait(f"broken-{step}"), BREAKABLE[step]

    assert batch.outcome("a.pdf") == ("hold", ["processing_failed"])
    (reason,) = batch.read("a.pdf").reasons
    assert reason.message.startswith(f"{state} failed: ResourceNotFoundException")
    assert batch.read_decision("a.pdf")["decision"]["route"] == "hold"


@pytest.mark.parametrize("step", BREAKABLE)
def test_the_trail_tells_the_failure_and_each_state_of_the_way(cases: Cases, step: str) -> None:
    batch, state = cases.wait(f"broken-{step}"), BREAKABLE[step]
    way = [*WAY[: WAY.index(state) + 1], "RecordFailure", "ChooseRoute", "Hold"]

    assert batch.list_entered("a.pdf") == way
    assert batch.list_recorded("a.pdf") == way


def test_a_decision_that_was_made_stands_when_its_step_fails_afterwards(cases: Cases) -> None:
    batch = cases.wait("half-routed")

    assert batch.outcome("a.pdf") == ("pass", [])
    assert batch.list_entered("a.pdf") == [*WAY[:-1], "RecordFailure", "ChooseRoute", "Pass"]
    assert batch.list_recorded("a.pdf") == batch.list_entered("a.pdf")


@pytest.mark.parametrize(("key", "route"), [(f"{r}.pdf", r) for r in ("pass", "hold", "reject")])
def test_a_decision_that_cannot_be_delivered_is_delivered_by_the_summary(
    cases: Cases, key: str, route: str
) -> None:
    batch = cases.wait("undelivered")

    assert batch.list_entered(key)[-2:] == [route.title(), "Unsettled"]
    assert batch.outcome(key)[0] == route
    assert batch.read_decision(key)["decision"]["route"] == route
    assert [record.state for record in batch.read_trail(key)][-1] == "Summarise"


def test_a_child_that_fails_entirely_is_settled_by_the_summary(cases: Cases) -> None:
    batch = cases.wait("unrecorded")

    assert batch.list_entered("a.pdf")[-3:] == ["Classify", "RecordFailure", "Unsettled"]
    assert batch.outcome("a.pdf") == ("hold", ["processing_failed"])
    assert batch.read_decision("a.pdf")["decision"]["route"] == "hold"
    assert batch.read_report()["routes"] == {"hold": 1}


@pytest.mark.parametrize("name", ["undelivered", "unrecorded"])
def test_a_failed_child_does_not_fail_its_batch(cases: Cases, name: str) -> None:
    batch = cases.wait(name)

    described = describe(batch.stack, batch.execution)
    assert described
    assert described["status"] == "SUCCEEDED"
    for child in batch.children.values():
        failed = describe(batch.stack, child)
        assert failed
        assert (failed["status"], failed["error"]) == ("FAILED", "DocumentUnsettled")


def test_killed_twice_in_each_step_a_document_ends_as_if_nothing_had_been(
    cases: Cases, stack: Stack
) -> None:
    batch = cases.wait("killed")

    fired = list_fired(stack)
    for step in KILLED:
        assert fired.count(name_function(step, "killed")) == len(FAULTS), step
    assert batch.outcome("a.pdf") == ("pass", [])
    assert batch.read_decision("a.pdf")["decision"]["route"] == "pass"
    assert batch.list_recorded("a.pdf") == batch.list_entered("a.pdf") == [*WAY, "Pass"]
    assert batch.read_report()["extraction_usd"] == "0.065"


def list_fired(stack: Stack) -> list[str]:
    """The functions that were killed, as often as they were."""
    return [str(fault["function"]) for fault in stack.list_faults() if fault["state"] == "fired"]


def test_killed_twice_while_it_records_a_failure_it_holds_the_document_once(
    cases: Cases, stack: Stack
) -> None:
    batch = cases.wait("killed-after-failure")

    name = name_function("record_failure", "killed-after-failure")
    assert list_fired(stack).count(name) == len(FAULTS)
    assert batch.outcome("a.pdf") == ("hold", ["processing_failed"])
    assert batch.list_recorded("a.pdf") == batch.list_entered("a.pdf")


def test_killed_while_it_summarises_every_batch_is_told(cases: Cases, stack: Stack) -> None:
    told = [sum(batch.read_report()["routes"].values()) for batch in cases.wait_for_all()]

    assert list_fired(stack).count(name_function("summarise")) == len(FAULTS)
    assert told == [len(batch.ids) for batch in cases.wait_for_all()]


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        ("throttled", {"ProvisionedThroughputExceededException", "ThrottlingException"}),
        ("crowded", {"OpenJobsExhaustedError"}),
    ],
)
def test_turned_away_for_a_limit_every_document_still_passes(
    cases: Cases, name: str, errors: set[str]
) -> None:
    batch = cases.wait(name)

    assert {batch.outcome(key)[0] for key in batch.ids} == {"pass"}
    failures = {
        event["taskFailedEventDetails"]["error"]
        for key in batch.ids
        for event in batch.list_events(key)
        if event["type"] == "TaskFailed"
    }
    assert failures & errors


def test_a_job_whose_notice_is_lost_is_ended_by_the_sweeper(cases: Cases) -> None:
    batch = cases.wait("unheard")

    assert batch.outcome("lost.pdf") == ("pass", [])
    assert batch.list_recorded("lost.pdf") == batch.list_entered("lost.pdf") == [*WAY, "Pass"]


def test_a_job_that_textract_fails_holds_its_document(cases: Cases) -> None:
    batch = cases.wait("failed")

    assert batch.outcome("a.pdf") == ("hold", ["processing_failed"])
    (reason,) = batch.read("a.pdf").reasons
    assert reason.message == f"ExtractText failed: ExtractionFailedError: {TEXTRACTS_CAUSE}"
    way = [*WAY[:3], "RecordFailure", "ChooseRoute", "Hold"]
    assert batch.list_recorded("a.pdf") == batch.list_entered("a.pdf") == way


def test_nothing_was_late_for_other_reasons(cases: Cases) -> None:
    """Guards this tier itself: without accidents a document takes seconds, not retries."""
    record = cases.wait("whole").read("pass.pdf")

    assert record.decided_at
    assert record.decided_at - record.registered_at < timedelta(seconds=60)
    assert record.decided_at <= datetime.now(UTC)
