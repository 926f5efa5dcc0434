from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from lambdas.intake.arrival import Arrival, read_arrival
from lambdas.intake.settings import Settings
from lambdas.intake.wiring import build_intake
from lambdas.shared import documents
from tests.files import draw_pdf
from tests.handlers.arrivals import Arrivals, identify
from tests.handlers.conftest import Pipeline
from tests.handlers.states import CrashedError


@pytest.fixture
def arrivals(pipeline: Pipeline) -> Arrivals:
    return Arrivals(pipeline)


@pytest.fixture
def messages(arrivals: Arrivals) -> list[str]:
    return [arrivals.put(f"{name}.pdf", draw_pdf([name])) for name in "abc"]


@contextmanager
def crash_before_the_start(pipeline: Pipeline) -> Iterator[None]:
    pipeline.states.crash_before_start = True
    with pytest.raises(CrashedError):
        yield
    pipeline.states.crash_before_start = False


def list_processed(arrivals: Arrivals) -> list[str]:
    """Every key that some execution is to process, as often as it is."""
    return sorted(
        key for batch_id in arrivals.list_executions() for key in arrivals.list_items(batch_id)
    )


def test_the_same_messages_again_change_nothing(arrivals: Arrivals, messages: list[str]) -> None:
    arrivals.tell(*messages)
    before = arrivals.pipeline.snapshot()

    assert arrivals.tell(*messages) == []
    assert arrivals.tell(*reversed(messages)) == []

    assert arrivals.pipeline.snapshot() == before
    assert len(arrivals.list_executions()) == 1


def test_a_message_twice_in_one_invocation_is_one_document(arrivals: Arrivals) -> None:
    message = arrivals.put("a.pdf", draw_pdf())

    arrivals.tell(message, message)

    assert list_processed(arrivals) == ["a.pdf"]


def test_messages_in_another_grouping_start_only_what_is_new(
    arrivals: Arrivals, messages: list[str]
) -> None:
    first, second, third = messages
    arrivals.tell(first, second)

    assert arrivals.tell(second, third) == []

    assert len(arrivals.list_executions()) == 2
    assert list_processed(arrivals) == ["a.pdf", "b.pdf", "c.pdf"]


def test_after_a_crash_before_the_start_the_same_messages_start_the_batch(
    arrivals: Arrivals, messages: list[str]
) -> None:
    with crash_before_the_start(arrivals.pipeline):
        arrivals.tell(*messages)

    assert arrivals.tell(*messages) == []

    assert len(arrivals.list_executions()) == 1
    assert list_processed(arrivals) == ["a.pdf", "b.pdf", "c.pdf"]


def test_while_another_invocation_may_still_start_them_messages_come_again(
    arrivals: Arrivals, messages: list[str]
) -> None:
    first, second, third = messages
    with crash_before_the_start(arrivals.pipeline):
        arrivals.tell(first, second)

    assert arrivals.tell(second, third) == ["b.pdf"]

    assert list_processed(arrivals) == ["c.pdf"]


def test_what_no_invocation_started_in_time_is_taken_over(
    arrivals: Arrivals, messages: list[str]
) -> None:
    first, second, third = messages
    with crash_before_the_start(arrivals.pipeline):
        arrivals.tell(first, second)

    assert arrivals.tell(second, third, REGISTRATION_LEASE_SECONDS="0") == []
    assert arrivals.tell(first) == []

    assert list_processed(arrivals) == ["a.pdf", "b.pdf", "c.pdf"]
    batches = {arrivals.read(message).batch_id for message in messages}
    assert batches == set(arrivals.list_executions())
    for message in messages:
        assert arrivals.pipeline.list_states(identify(message)) == ["Register"]


def test_a_crash_after_the_start_starts_nothing_again(
    arrivals: Arrivals, messages: list[str]
) -> None:
    """The messages come back, alone or together: their batch has them."""
    arrivals.tell(*messages)

    for message in messages:
        assert arrivals.tell(message, REGISTRATION_LEASE_SECONDS="0") == []

    assert len(arrivals.list_executions()) == 1


def test_a_refused_document_is_refused_once(arrivals: Arrivals) -> None:
    message = arrivals.put("empty.pdf", b"")
    with crash_before_the_start(arrivals.pipeline):
        arrivals.tell(message)

    arrivals.tell(message, arrivals.put("a.pdf", draw_pdf()), REGISTRATION_LEASE_SECONDS="0")

    assert arrivals.read_reasons(message) == ("reject", ["empty"])
    assert arrivals.pipeline.list_states(identify(message)) == ["Register", "Refuse"]
    (batch_id,) = arrivals.list_executions()
    assert arrivals.list_members(batch_id) == ["empty.pdf", "a.pdf"]


def test_two_invocations_with_the_same_messages_start_each_document_once(
    arrivals: Arrivals, messages: list[str]
) -> None:
    for name, value in arrivals.pipeline.environment.items():
        arrivals.pipeline.monkeypatch.setenv(name, value)
    taken: list[Arrival] = [read_arrival(message) for message in messages]
    intakes = [build_intake(Settings.load()) for _ in range(2)]

    with ThreadPoolExecutor(2) as lambdas:
        futures = [lambdas.submit(intake.take_in, taken) for intake in intakes]
        undecided = [future.result() for future in futures]

    assert undecided == [[], []]
    assert len(arrivals.list_executions()) == 1
    assert list_processed(arrivals) == ["a.pdf", "b.pdf", "c.pdf"]
    for message in messages:
        assert arrivals.pipeline.list_states(identify(message)) == ["Register"]


def test_two_invocations_with_some_messages_in_common_start_each_document_once(
    arrivals: Arrivals, messages: list[str]
) -> None:
    for name, value in arrivals.pipeline.environment.items():
        arrivals.pipeline.monkeypatch.setenv(name, value)
    taken: list[Arrival] = [read_arrival(message) for message in messages]
    intakes = [build_intake(Settings.load()) for _ in range(2)]

    with ThreadPoolExecutor(2) as lambdas:
        futures = [
            lambdas.submit(intake.take_in, chosen)
            for intake, chosen in zip(intakes, (taken[:2], taken[1:]), strict=True)
        ]
        again = [arrival for future in futures for arrival in future.result()]
    assert intakes[0].take_in(again) == []

    assert list_processed(arrivals) == ["a.pdf", "b.pdf", "c.pdf"]


def test_who_is_late_with_the_same_messages_strikes_nothing_off_the_lists(
    arrivals: Arrivals, messages: list[str]
) -> None:
    """Late: it asked whether the batch was started before it was, and looked at objects since."""
    arrivals.tell(*messages)
    pipeline = arrivals.pipeline
    documents.record_task_token(
        pipeline.tables.documents, identify(messages[0]), task_token="t", execution_id="e"
    )
    for name, value in pipeline.environment.items():
        pipeline.monkeypatch.setenv(name, value)
    intake = build_intake(Settings.load())
    late = replace(intake, registry=replace(intake.registry, is_started=lambda _: False))

    assert late.take_in([read_arrival(message) for message in messages]) == []

    (batch_id,) = arrivals.list_executions()
    assert arrivals.list_members(batch_id) == ["a.pdf", "b.pdf", "c.pdf"]
    assert arrivals.list_items(batch_id) == ["a.pdf", "b.pdf", "c.pdf"]


def test_an_object_that_cannot_be_looked_at_now_does_not_hold_up_its_neighbours(
    arrivals: Arrivals, messages: list[str]
) -> None:
    with arrivals.unreachable("b.pdf"):
        assert arrivals.tell(*messages) == ["b.pdf"]
    assert list_processed(arrivals) == ["a.pdf", "c.pdf"]

    assert arrivals.tell(messages[1]) == []
    assert list_processed(arrivals) == ["a.pdf", "b.pdf", "c.pdf"]
