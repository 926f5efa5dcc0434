"""Executions start, stop, fail and are described as on AWS."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from tests.local.gaps.gap_server import BROKEN
from tests.local.gaps.machines import (
    ROLE,
    create,
    distributed,
    machine,
    run,
    start,
    token_from,
    token_task,
    wait,
)
from tests.local.gaps.servers import Server, assert_gap, wait_until

LONG = machine("Wait", Wait={"Type": "Wait", "Seconds": 30, "End": True})
SHORT = machine("Echo", Echo={"Type": "Pass", "End": True})


def start_unnamed(server: Server) -> set[str]:
    sfn, arn = server.client("stepfunctions"), create(server, LONG)
    return {sfn.start_execution(stateMachineArn=arn)["executionArn"] for _ in range(2)}


def test_moto_calls_unnamed_executions_none(plain: Server) -> None:
    assert_gap(len(start_unnamed(plain)) == 1, "sfn_execution_names")


def test_unnamed_executions_are_different_ones(closed: Server) -> None:
    assert len(start_unnamed(closed)) == 2


def test_a_running_name_with_the_same_input_is_the_same_execution(closed: Server) -> None:
    sfn, arn, name = closed.client("stepfunctions"), create(closed, LONG), uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        starts = [
            pool.submit(sfn.start_execution, stateMachineArn=arn, name=name, input='{"n": 1}')
            for _ in range(8)
        ]
    assert len({each.result()["executionArn"] for each in starts}) == 1
    assert len(sfn.list_executions(stateMachineArn=arn)["executions"]) == 1


def test_a_used_name_is_refused(closed: Server) -> None:
    sfn, running, ended = closed.client("stepfunctions"), create(closed, LONG), None
    sfn.start_execution(stateMachineArn=running, name="name", input='{"n": 1}')
    with pytest.raises(sfn.exceptions.ExecutionAlreadyExists):
        sfn.start_execution(stateMachineArn=running, name="name", input='{"n": 2}')
    finished = create(closed, SHORT)
    ended = sfn.start_execution(stateMachineArn=finished, name="name")["executionArn"]
    wait(closed, ended)
    with pytest.raises(sfn.exceptions.ExecutionAlreadyExists):
        sfn.start_execution(stateMachineArn=finished, name="name")


def test_a_name_that_aws_refuses_is_refused(closed: Server) -> None:
    sfn, arn = closed.client("stepfunctions"), create(closed, SHORT)
    with pytest.raises(sfn.exceptions.InvalidName):
        sfn.start_execution(stateMachineArn=arn, name="a/b")


def stop_waiting(server: Server) -> dict[str, Any]:
    url, _ = server.queue()
    arn = start(server, machine("Wait", Wait=token_task(url)))
    token_from(server, url)
    sfn = server.client("stepfunctions")
    sfn.stop_execution(executionArn=arn, error="Stopped", cause="by hand")
    return wait(server, arn, seconds=2)


def test_moto_cannot_stop_an_execution_that_waits_for_a_token(plain: Server) -> None:
    assert_gap(stop_waiting(plain)["status"] == "RUNNING", "sfn_stop_execution")


def test_an_execution_that_waits_for_a_token_can_be_stopped(closed: Server) -> None:
    ended = stop_waiting(closed)
    assert (ended["status"], ended["error"], ended["cause"]) == ("ABORTED", "Stopped", "by hand")


def test_a_time_out_ends_the_wait_for_a_token(closed: Server) -> None:
    url, _ = closed.queue()
    arn = start(closed, {**machine("Wait", Wait=token_task(url)), "TimeoutSeconds": 1})
    token = token_from(closed, url)
    assert wait(closed, arn)["status"] == "TIMED_OUT"
    sfn = closed.client("stepfunctions")

    def last_event() -> str:
        history = sfn.get_execution_history(executionArn=arn, reverseOrder=True, maxResults=1)
        return str(history["events"][0]["type"])

    assert wait_until(lambda: last_event() == "ExecutionTimedOut")
    with pytest.raises(sfn.exceptions.TaskTimedOut):
        sfn.send_task_success(taskToken=token, output="1")


BROKEN_MACHINE = {**SHORT, "Comment": BROKEN}


def test_moto_leaves_an_execution_running_when_its_interpreter_breaks(plain: Server) -> None:
    ended = wait(plain, start(plain, BROKEN_MACHINE), seconds=1)
    assert_gap(ended["status"] == "RUNNING", "sfn_crashed_interpreter")


def test_an_execution_fails_when_its_interpreter_breaks(closed: Server) -> None:
    ended = wait(closed, start(closed, BROKEN_MACHINE), seconds=5)
    assert (ended["status"], ended["error"]) == ("FAILED", "States.Runtime")
    assert "breaks, as asked" in ended["cause"]


def error_code(server: Server) -> str:
    with pytest.raises(ClientError) as raised:
        create(server, machine("Bad", Bad={"Type": "Unknown", "End": True}))
    return str(raised.value.response["Error"]["Code"])


def test_moto_gives_errors_of_the_interpreter_no_code(plain: Server) -> None:
    assert_gap(error_code(plain) != "InvalidDefinition", "sfn_error_codes")


def test_a_bad_definition_is_an_invalid_definition(closed: Server) -> None:
    assert error_code(closed) == "InvalidDefinition"


def read_history(server: Server, **options: Any) -> list[str]:
    arn = run(server, SHORT)["executionArn"]
    history = server.client("stepfunctions").get_execution_history(executionArn=arn, **options)
    return [event["type"] for event in history["events"]]


HISTORY = ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]


def test_moto_ignores_the_order_of_a_history(plain: Server) -> None:
    assert_gap(read_history(plain, reverseOrder=True) == HISTORY, "sfn_execution_queries")


def test_a_history_comes_in_pages_and_in_both_orders(closed: Server) -> None:
    assert read_history(closed) == HISTORY
    assert read_history(closed, reverseOrder=True) == HISTORY[::-1]
    arn = run(closed, SHORT)["executionArn"]
    pages = closed.client("stepfunctions").get_paginator("get_execution_history")
    listed = list(pages.paginate(executionArn=arn, PaginationConfig={"PageSize": 3}))
    assert [len(page["events"]) for page in listed] == [3, 1]


def test_a_state_that_is_entered_says_its_name(closed: Server) -> None:
    arn = run(closed, SHORT, {"n": 1})["executionArn"]
    history = closed.client("stepfunctions").get_execution_history(executionArn=arn)
    [entered] = [event for event in history["events"] if event["type"] == "PassStateEntered"]
    details = entered["stateEnteredEventDetails"]
    assert (details["name"], json.loads(details["input"])) == ("Echo", {"n": 1})


def test_a_timed_out_execution_says_when_it_stopped(closed: Server) -> None:
    ended = run(closed, {**LONG, "TimeoutSeconds": 1})
    assert ended["status"] == "TIMED_OUT"
    assert ended["stopDate"] >= ended["startDate"]
    [listed] = closed.client("stepfunctions").list_executions(
        stateMachineArn=ended["stateMachineArn"]
    )["executions"]
    assert listed["stopDate"] == ended["stopDate"]


def test_fifty_executions_run_at_once(closed: Server) -> None:
    arn = create(closed, machine("Wait", Wait={"Type": "Wait", "Seconds": 1, "End": True}))
    sfn = closed.client("stepfunctions")
    arns = [sfn.start_execution(stateMachineArn=arn)["executionArn"] for _ in range(50)]
    ended = [wait(closed, each) for each in arns]
    assert {each["status"] for each in ended} == {"SUCCEEDED"}
    first, last = min(e["startDate"] for e in ended), max(e["stopDate"] for e in ended)
    assert (last - first).total_seconds() < 15


FAILING = machine("Fail", Fail={"Type": "Fail", "Error": "Wrong", "Cause": "as asked"})


def log_events(
    server: Server, level: str, definition: dict[str, Any] = FAILING, given: Any = None
) -> list[dict[str, Any]]:
    logs, group = server.client("logs"), f"/aws/vendedlogs/states/{uuid4().hex}"
    logs.create_log_group(logGroupName=group)
    [found] = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    destination = {"cloudWatchLogsLogGroup": {"logGroupArn": found["arn"]}}
    wait(
        server,
        start(
            server,
            definition,
            given,
            loggingConfiguration={
                "level": level,
                "includeExecutionData": False,
                "destinations": [destination],
            },
        ),
    )
    return [
        json.loads(event["message"])
        for event in logs.filter_log_events(logGroupName=group)["events"]
    ]


def test_moto_logs_nothing(plain: Server) -> None:
    assert_gap(log_events(plain, "ALL") == [], "sfn_logging")


def test_an_execution_logs_its_events_as_json_lines(closed: Server) -> None:
    started, entered, failed = log_events(closed, "ALL")
    assert started["type"] == "ExecutionStarted"
    assert "input" not in started["details"]
    assert (entered["type"], entered["details"]["name"]) == ("FailStateEntered", "Fail")
    assert failed["details"] == {"error": "Wrong", "cause": "as asked"}
    assert failed["event_timestamp"].isdigit()
    assert started["execution_arn"] == failed["execution_arn"]


def test_the_children_of_a_map_log_under_their_own_arn(closed: Server) -> None:
    events = log_events(closed, "ALL", distributed(SHORT), {"items": [1]})
    entered = [event for event in events if event["type"] == "PassStateEntered"]
    [parent] = {event["execution_arn"] for event in events if event["type"] == "MapRunStarted"}
    assert ["/Documents:" in event["execution_arn"] for event in entered] == [True]
    assert entered[0]["execution_arn"] != parent


def test_the_level_decides_what_is_logged(closed: Server) -> None:
    assert [event["type"] for event in log_events(closed, "FATAL")] == ["ExecutionFailed"]
    assert log_events(closed, "OFF") == []


def list_versions(server: Server) -> list[str] | None:
    sfn = server.client("stepfunctions")
    arn = create(server, SHORT, publish=True)
    try:
        listed = sfn.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]
    except ClientError:
        return None
    return [version["stateMachineVersionArn"].removeprefix(arn) for version in listed]


def test_moto_cannot_list_versions(plain: Server) -> None:
    assert_gap(list_versions(plain) is None, "sfn_versions")


def test_versions_are_listed(closed: Server) -> None:
    assert list_versions(closed) == [":1"]


def test_the_role_of_an_execution_is_the_machines(closed: Server) -> None:
    arn = run(closed, SHORT)["stateMachineArn"]
    machine_ = closed.client("stepfunctions").describe_state_machine(stateMachineArn=arn)
    assert machine_["roleArn"] == ROLE
