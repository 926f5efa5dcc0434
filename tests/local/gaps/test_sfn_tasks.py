"""Tasks call the services as Step Functions does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for

from tests.local.gaps.machines import (
    CAUGHT,
    call,
    caught,
    create,
    machine,
    output,
    run,
    start,
    task,
    wait,
)
from tests.local.gaps.servers import REGION, Server, assert_gap


def test_moto_makes_a_client_a_call() -> None:
    first, second = (boto_client_for(REGION, "sqs") for _ in range(2))
    assert_gap(first is not second, "sfn_clients")


CRASH = machine("Call", Call=call({"crash": True}, **caught()), Caught=CAUGHT)


def test_moto_cannot_catch_a_reply_without_a_request_id(plain: Server) -> None:
    assert_gap(run(plain, CRASH)["status"] == "FAILED", "sfn_clients")


def test_a_reply_without_a_request_id_can_be_caught(closed: Server) -> None:
    assert output(closed, CRASH) == ["caught"]


def test_tasks_call_the_local_textract(closed: Server) -> None:
    get = task("aws-sdk:textract:getDocumentAnalysis", {"JobId": "1"})
    assert output(closed, machine("Get", Get=get))["JobStatus"] == "SUCCEEDED"


def start_child(server: Server, pattern: str) -> dict[str, Any]:
    child = create(server, machine("Echo", Echo={"Type": "Pass", "End": True}))
    parameters = {"StateMachineArn": child, "Input": {"x": 1}}
    return machine("Start", Start=task(f"states:startExecution{pattern}", parameters))


def test_moto_cannot_start_a_machine_from_a_machine(plain: Server) -> None:
    ended = run(plain, start_child(plain, ""))
    assert_gap("StateMachineArn" in ended.get("cause", ""), "sfn_parameter_names")


def test_a_machine_starts_another(closed: Server) -> None:
    started = output(closed, start_child(closed, ""))
    assert started.keys() == {"ExecutionArn", "StartDate"}


@pytest.mark.parametrize(("pattern", "result"), [(".sync", '{"x":1}'), (".sync:2", {"x": 1})])
def test_a_machine_waits_for_another(closed: Server, pattern: str, result: Any) -> None:
    ended = output(closed, start_child(closed, pattern))
    assert (ended["Status"], ended["Output"]) == ("SUCCEEDED", result)


def test_the_body_of_an_object_is_text(closed: Server) -> None:
    bucket, s3 = closed.bucket(), closed.client("s3")
    s3.put_object(Bucket=bucket, Key="items.json", Body=b'[{"n": 1}]')
    get = task("aws-sdk:s3:getObject", {"Bucket": bucket, "Key": "items.json"})
    assert output(closed, machine("Get", Get=get))["Body"] == '[{"n": 1}]'


@pytest.mark.parametrize("server", ["plain", "closed"])
def test_the_error_of_a_function_is_its_exceptions_name(
    server: str, request: pytest.FixtureRequest
) -> None:
    """Not a gap: what everything else relies on."""
    failing = machine(
        "Call", Call=call({"raise": "RateExceeded"}, **caught("RateExceeded")), Caught=CAUGHT
    )
    assert output(request.getfixturevalue(server), failing) == ["caught"]


CONTEXT = machine("Show", Show={"Type": "Pass", "Parameters": {"all.$": "$$"}, "End": True})


def test_moto_has_no_start_time_that_is_text(plain: Server) -> None:
    """Describing the execution fails, because its output holds a datetime."""
    try:
        described = bool(run(plain, CONTEXT))
    except ClientError:
        described = False
    assert_gap(not described, "sfn_context_object")


def test_the_context_object_is_complete(closed: Server) -> None:
    ended = run(closed, CONTEXT, {"given": 1})
    context = json.loads(ended["output"])["all"]
    execution = context["Execution"]
    for moment in (execution.pop("StartTime"), context["State"].pop("EnteredTime")):
        assert moment.endswith("Z")
        age = datetime.now(UTC) - datetime.fromisoformat(moment)
        assert abs(age) < timedelta(seconds=20)
    assert execution == {
        "Id": ended["executionArn"],
        "Input": {"given": 1},
        "Name": ended["name"],
        "RoleArn": "arn:aws:iam::123456789012:role/machine",
        "RedriveCount": 0,
    }
    assert context["State"] == {"Name": "Show", "RetryCount": 0}
    assert context["StateMachine"]["Id"] == ended["stateMachineArn"]


def test_a_task_knows_its_retry_and_its_item(closed: Server) -> None:
    shown = {"reply": {"retry.$": "$$.State.RetryCount", "item.$": "$$.Map.Item.Value"}}
    each = machine("Call", Call=call(shown, ResultSelector={"got.$": "$.Payload"}))
    config = {"ProcessorConfig": {"Mode": "INLINE"}, **each}
    items = {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": config, "End": True}
    assert output(closed, machine("Map", Map=items), {"items": ["a", "b"]}) == [
        {"got": {"retry": 0, "item": "a"}},
        {"got": {"retry": 0, "item": "b"}},
    ]


def slow_map() -> dict[str, Any]:
    each = machine("Call", Call=call({"seconds": 2}, TimeoutSeconds=1))
    config = {"ProcessorConfig": {"Mode": "INLINE"}, **each}
    items = {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": config, "End": True}
    return machine("Map", Map={**items, **caught("States.Timeout")}, Caught=CAUGHT)


def test_moto_renames_the_time_out_of_an_inline_map(plain: Server) -> None:
    ended = run(plain, slow_map(), {"items": [1]})
    assert_gap(ended["status"] == "FAILED", "sfn_inline_map_errors")


def test_the_time_out_of_an_inline_map_can_be_caught(closed: Server) -> None:
    assert output(closed, slow_map(), {"items": [1]}) == ["caught"]


def map_many(server: Server, seconds: float) -> dict[str, Any]:
    each = machine("One", One={"Type": "Pass", "Result": 1, "End": True})
    config = {"ProcessorConfig": {"Mode": "INLINE"}, **each}
    items = {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": config, "End": True}
    definition = machine("Map", Map={**items, "MaxConcurrency": 1})
    return wait(server, start(server, definition, {"items": [0] * 1100}), seconds)


def test_moto_never_ends_a_long_inline_map(plain: Server) -> None:
    assert_gap(map_many(plain, seconds=5)["status"] == "RUNNING", "sfn_inline_map_length")


def test_a_long_inline_map_ends(closed: Server) -> None:
    assert json.loads(map_many(closed, seconds=60)["output"]) == [1] * 1100


LOUD = machine("Fail", Fail={"Type": "Fail", "Error": "Loud", "Cause": "as asked"})


def test_moto_prints_whole_machines_for_failed_executions(plain: Server) -> None:
    run(plain, LOUD)
    assert_gap("Error=Loud" in plain.log.read_text(), "sfn_error_noise")


def test_failed_executions_are_quiet(closed: Server) -> None:
    run(closed, LOUD)
    assert "Loud" not in closed.log.read_text()


def test_retries_with_jitter_and_a_cap_end_in_the_catch(closed: Server) -> None:
    retry = {
        "ErrorEquals": ["Again"],
        "IntervalSeconds": 1,
        "MaxAttempts": 2,
        "BackoffRate": 2,
        "JitterStrategy": "FULL",
        "MaxDelaySeconds": 1,
    }
    failing = call({"raise": "Again"}, Retry=[retry], **caught("Again"))
    ended = run(closed, machine("Call", Call=failing, Caught=CAUGHT))
    history = closed.client("stepfunctions").get_execution_history(
        executionArn=ended["executionArn"]
    )
    failures = [event for event in history["events"] if event["type"] == "TaskFailed"]
    assert (ended["status"], len(failures)) == ("SUCCEEDED", 3)


def wait_until(delay: float) -> tuple[dict[str, Any], dict[str, str], datetime]:
    states = machine(
        "Wait",
        Wait={"Type": "Wait", "TimestampPath": "$.until", "Next": "Now"},
        Now={"Type": "Pass", "Parameters": {"now.$": "$$.State.EnteredTime"}, "End": True},
    )
    until = datetime.now(UTC) + timedelta(seconds=delay)
    return states, {"until": until.isoformat(timespec="milliseconds")[:-6] + "Z"}, until


def test_moto_waits_too_short_for_a_timestamp(plain: Server) -> None:
    """Twice: a truncated difference is on time when it happens to be whole seconds."""
    early = 0
    for _ in range(2):
        states, given, until = wait_until(1.9)
        until = until.replace(microsecond=0)
        ended = output(plain, states, given)["now"]
        early += datetime.fromisoformat(ended) < until - timedelta(milliseconds=5)
    assert_gap(early > 0, "sfn_wait_until")


@pytest.mark.parametrize("delay", [-5, 1.9])
def test_a_wait_ends_at_its_timestamp(closed: Server, delay: float) -> None:
    states, given, until = wait_until(delay)
    begun = datetime.now(UTC)
    now = datetime.fromisoformat(output(closed, states, given)["now"])
    due = max(until.replace(microsecond=0), begun - timedelta(seconds=1))
    assert timedelta(0) <= now - due < timedelta(seconds=10)


def test_a_timestamp_that_is_none_fails_the_wait(closed: Server) -> None:
    states, _, _ = wait_until(0)
    ended = run(closed, states, {"until": "tomorrow"})
    assert (ended["status"], ended["error"]) == ("FAILED", "States.Runtime")
