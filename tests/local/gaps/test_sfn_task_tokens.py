"""A task token works once, for its own attempt, however early or late the callback comes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.gaps.machines import (
    CAUGHT,
    caught,
    machine,
    start,
    task,
    token_from,
    token_task,
    wait,
)
from tests.local.gaps.servers import Server, assert_gap


def succeed(server: Server, token: str, result: Any = None) -> None:
    server.client("stepfunctions").send_task_success(taskToken=token, output=json.dumps(result))


def fail(server: Server, token: str, error: str) -> None:
    sfn = server.client("stepfunctions")
    sfn.send_task_failure(taskToken=token, error=error, cause="the cause")


def early_callback(server: Server) -> dict[str, Any]:
    """A token that is answered while the call that hands it out still lasts."""
    url, _ = server.queue()
    payload = {
        "tell.$": f"States.Array('{url.rsplit('/', 1)[-1]}', $$.Task.Token)",
        "seconds": 2,
    }
    waiting = task(
        "lambda:invoke.waitForTaskToken",
        {"FunctionName": "function", "Payload": payload},
        HeartbeatSeconds=3,
        TimeoutSeconds=30,
    )
    arn = start(server, machine("Wait", Wait=waiting))
    [token] = server.receive(url)
    succeed(server, token, "early")
    return wait(server, arn)


def retried(server: Server) -> tuple[str, str]:
    url, _ = server.queue()
    retry = [{"ErrorEquals": ["Again"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    start(server, machine("Wait", Wait=token_task(url, Retry=retry)))
    first = token_from(server, url)
    fail(server, first, "Again")
    return first, token_from(server, url)


def test_moto_retries_with_the_token_of_the_first_attempt(plain: Server) -> None:
    """Unless it cannot even find the token, for an execution that has not begun."""
    try:
        first, second = retried(plain)
    except ClientError:
        return
    assert_gap(first == second, "sfn_task_tokens")


def test_every_attempt_has_a_token_of_its_own(closed: Server) -> None:
    first, second = retried(closed)
    assert first != second
    with pytest.raises(closed.client("stepfunctions").exceptions.TaskTimedOut):
        succeed(closed, first)
    succeed(closed, second)


def test_moto_loses_a_callback_that_comes_before_the_wait(plain: Server) -> None:
    try:
        ended = early_callback(plain)
    except ClientError:
        return
    assert_gap(ended["status"] == "FAILED", "sfn_task_tokens")


def test_a_callback_that_comes_before_the_wait_is_kept(closed: Server) -> None:
    ended = early_callback(closed)
    assert (ended["status"], ended.get("output")) == ("SUCCEEDED", '"early"')


def test_a_callback_without_a_heartbeat_is_the_result(closed: Server) -> None:
    url, _ = closed.queue()
    arn = start(closed, machine("Wait", Wait=token_task(url, TimeoutSeconds=30)))
    succeed(closed, token_from(closed, url), {"n": 1})
    assert json.loads(wait(closed, arn)["output"]) == {"n": 1}


def test_a_failure_keeps_its_error_and_its_cause(closed: Server) -> None:
    url, _ = closed.queue()
    arn = start(closed, machine("Wait", Wait=token_task(url)))
    fail(closed, token_from(closed, url), "Refused")
    ended = wait(closed, arn)
    assert (ended["status"], ended["error"]) == ("FAILED", "Refused")
    assert ended["cause"] == "the cause"


def test_a_failure_can_be_caught_by_its_name(closed: Server) -> None:
    url, _ = closed.queue()
    waiting = machine("Wait", Wait=token_task(url, **caught("Refused")), Caught=CAUGHT)
    arn = start(closed, waiting)
    fail(closed, token_from(closed, url), "Refused")
    assert wait(closed, arn)["status"] == "SUCCEEDED"


def test_a_second_callback_is_told_that_the_task_is_over(closed: Server) -> None:
    url, _ = closed.queue()
    arn = start(closed, machine("Wait", Wait=token_task(url)))
    token = token_from(closed, url)
    succeed(closed, token, 1)
    with pytest.raises(closed.client("stepfunctions").exceptions.TaskTimedOut):
        succeed(closed, token, 2)
    assert wait(closed, arn)["output"] == "1"


def test_a_late_callback_is_told_that_the_task_timed_out(closed: Server) -> None:
    url, _ = closed.queue()
    arn = start(closed, machine("Wait", Wait=token_task(url, TimeoutSeconds=1)))
    token = token_from(closed, url)
    assert wait(closed, arn)["error"] == "States.Timeout"
    with pytest.raises(closed.client("stepfunctions").exceptions.TaskTimedOut):
        fail(closed, token, "Late")


def test_a_token_that_never_was_is_invalid(closed: Server) -> None:
    with pytest.raises(closed.client("stepfunctions").exceptions.InvalidToken):
        succeed(closed, "never")


def test_heartbeats_keep_a_task_alive_until_they_stop(closed: Server) -> None:
    url, _ = closed.queue()
    waiting = token_task(url, HeartbeatSeconds=2, TimeoutSeconds=30)
    arn = start(closed, machine("Wait", Wait=waiting))
    token = token_from(closed, url)
    for _ in range(3):
        assert wait(closed, arn, seconds=1)["status"] == "RUNNING"
        closed.client("stepfunctions").send_task_heartbeat(taskToken=token)
    assert wait(closed, arn)["error"] == "States.Timeout"
