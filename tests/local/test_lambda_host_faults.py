"""Faults that tests arm, and the names under which a state machine learns of errors."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.local.local_aws import LocalAws, unique, wait_for


def ask(aws: LocalAws, path: str, method: str = "GET", body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{aws.state.endpoint}/_local/{path}", data, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@pytest.fixture(autouse=True)
def disarmed(aws: LocalAws) -> Iterator[None]:
    yield
    ask(aws, "faults", "DELETE")


def run_machine(aws: LocalAws, state: dict[str, Any], payload: dict[str, Any]) -> dict[str, Any]:
    """Run a machine of one Task; return the description of its execution."""
    states = aws.client("stepfunctions")
    definition = {
        "StartAt": "Step",
        "States": {"Step": state, "Caught": {"Type": "Pass", "End": True}},
    }
    machine = states.create_state_machine(
        name=unique("machine"), definition=json.dumps(definition), roleArn=aws.role
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps(payload))

    def finished() -> dict[str, Any] | None:
        found: dict[str, Any] = states.describe_execution(executionArn=execution["executionArn"])
        return None if found["status"] == "RUNNING" else found

    found = wait_for(finished)
    assert found
    return found


def test_a_process_is_killed_in_the_middle_of_its_next_invocation_only(aws: LocalAws) -> None:
    name = aws.deploy("probe.sleep")
    aws.invoke(name, {"seconds": 0})
    ask(aws, "faults", "POST", {"function": name, "kill_after_ms": 100})
    struck = aws.invoke(name, {"seconds": 5})
    request_id = struck["ResponseMetadata"]["RequestId"]
    assert struck["Payload"] == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {request_id} Error: Runtime exited with error: signal: killed",
    }
    assert "FunctionError" not in aws.invoke(name, {"seconds": 0})
    (fault,) = ask(aws, "faults")["faults"]
    assert (fault["state"], fault["request_id"]) == ("fired", request_id)


def test_a_fault_that_comes_too_late_says_that_it_missed(aws: LocalAws) -> None:
    name = aws.deploy("probe.sleep")
    ask(aws, "faults", "POST", {"function": name, "kill_after_ms": 60_000})
    assert "FunctionError" not in aws.invoke(name, {"seconds": 0})
    assert ask(aws, "faults")["faults"][0]["state"] == "missed"


def test_a_process_killed_at_its_response_has_done_its_work(aws: LocalAws) -> None:
    bucket = aws.bucket()
    name = aws.deploy("probe.put")
    ask(aws, "faults", "POST", {"function": name, "kill_at_response": True})
    assert aws.invoke(name, {"bucket": bucket})["Payload"]["errorType"] == "Runtime.ExitError"
    assert aws.count_objects(bucket) == 1


def test_a_fault_of_the_wrong_shape_is_refused(aws: LocalAws) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        ask(aws, "faults", "POST", {"name": "x"})


def test_processes_show_their_function_and_what_they_do(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    pid = aws.invoke(name)["Payload"]["pid"]
    (mine,) = (p for p in ask(aws, "processes")["processes"] if p["function"] == name)
    assert mine == {
        "function": name,
        "version": "$LATEST",
        "pid": pid,
        "busy": False,
        "request_id": None,
    }


@pytest.mark.parametrize("pattern", ["", ".waitForTaskToken"])
def test_a_state_machine_catches_an_error_by_its_class_name(aws: LocalAws, pattern: str) -> None:
    payload: dict[str, Any] = {"message": "page 3"}
    if pattern:
        payload["token.$"] = "$$.Task.Token"
    execution = run_machine(
        aws,
        {
            "Type": "Task",
            "Resource": f"arn:aws:states:::lambda:invoke{pattern}",
            "TimeoutSeconds": 10,
            "Parameters": {"FunctionName": aws.deploy("probe.fail"), "Payload": payload},
            "Catch": [{"ErrorEquals": ["DocumentUnreadableError"], "Next": "Caught"}],
            "End": True,
        },
        {},
    )
    assert execution["status"] == "SUCCEEDED"
    output = json.loads(execution["output"])
    assert output["Error"] == "DocumentUnreadableError"
    assert json.loads(output["Cause"])["errorMessage"] == "page 3"


@pytest.mark.parametrize("error", ["Runtime.ExitError", "States.TaskFailed", "States.ALL"])
def test_a_state_machine_retries_a_killed_process_to_success(aws: LocalAws, error: str) -> None:
    bucket = aws.bucket()
    name = aws.deploy("probe.put")
    ask(aws, "faults", "POST", {"function": name, "kill_at_response": True})
    execution = run_machine(
        aws,
        {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": name, "Payload.$": "$"},
            "Retry": [{"ErrorEquals": [error], "IntervalSeconds": 1, "MaxAttempts": 2}],
            "End": True,
        },
        {"bucket": bucket},
    )
    assert execution["status"] == "SUCCEEDED"
    assert aws.count_objects(bucket) == 2
