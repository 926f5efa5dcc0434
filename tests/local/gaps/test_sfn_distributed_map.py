"""A Distributed Map runs executions of its own, counts their failures and writes their results."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.gaps.sfn_distributed_map import Tolerance
from tests.local.gaps.machines import (
    CAUGHT,
    call,
    caught,
    create,
    distributed,
    machine,
    output,
    run,
    start,
    token_from,
    token_task,
    wait,
)
from tests.local.gaps.servers import Server, assert_gap, wait_until

ODD_ITEMS_FAIL = machine(
    "Check",
    Check={
        "Type": "Choice",
        "Choices": [{"Variable": "$.odd", "BooleanEquals": True, "Next": "Wrong"}],
        "Default": "Right",
    },
    Wrong={"Type": "Fail", "Error": "Odd", "Cause": "as asked"},
    Right={"Type": "Pass", "Parameters": {"execution.$": "$$.Execution"}, "End": True},
)


def items(count: int, odd: int) -> dict[str, Any]:
    return {"items": [{"n": n, "odd": n < odd} for n in range(count)]}


def test_moto_succeeds_when_every_child_fails(plain: Server) -> None:
    ended = run(plain, distributed(ODD_ITEMS_FAIL), items(2, 2))
    assert_gap(ended["status"] == "SUCCEEDED", "sfn_distributed_map")


def test_one_failed_child_fails_the_map_unless_it_is_tolerated(closed: Server) -> None:
    ended = run(closed, distributed(ODD_ITEMS_FAIL), items(4, 1))
    assert ended["status"] == "FAILED"
    assert ended["error"] == "States.ExceedToleratedFailureThreshold"


def test_exceeded_failures_can_be_caught(closed: Server) -> None:
    definition = distributed(ODD_ITEMS_FAIL, **caught("States.ExceedToleratedFailureThreshold"))
    definition["States"]["Caught"] = CAUGHT
    assert output(closed, definition, items(2, 1)) == ["caught"]


@pytest.mark.parametrize(
    ("thresholds", "failed", "status"),
    [
        ({"ToleratedFailurePercentage": 25}, 1, "SUCCEEDED"),
        ({"ToleratedFailurePercentage": 25}, 2, "FAILED"),
        ({"ToleratedFailurePercentage": 100}, 4, "SUCCEEDED"),
        ({"ToleratedFailureCount": 1}, 1, "SUCCEEDED"),
        ({"ToleratedFailureCount": 1}, 2, "FAILED"),
        ({"ToleratedFailureCount": 0, "ToleratedFailurePercentage": 100}, 1, "FAILED"),
    ],
)
def test_the_thresholds_decide(
    closed: Server, thresholds: dict[str, int], failed: int, status: str
) -> None:
    ended = run(closed, distributed(ODD_ITEMS_FAIL, **thresholds), items(4, failed))
    assert ended["status"] == status


@pytest.mark.parametrize(
    ("count", "percentage", "failed", "exceeded"),
    [
        (None, None, 0, False),
        (None, None, 1, True),
        (2, None, 2, False),
        (2, None, 3, True),
        (None, 33.3, 3, False),
        (None, 33.3, 4, True),
        (5, 10.0, 2, True),
    ],
)
def test_a_tolerance_is_exceeded_by_more_than_it_allows(
    count: int | None, percentage: float | None, failed: int, exceeded: bool
) -> None:
    assert Tolerance(count, percentage).is_exceeded(failed, total=10) is exceeded


def test_moto_wants_a_decimal_point(plain: Server) -> None:
    definition = distributed(ODD_ITEMS_FAIL, ToleratedFailurePercentage=25)
    try:
        accepted = bool(create(plain, definition))
    except ClientError:
        accepted = False
    assert_gap(not accepted, "sfn_failure_percentage")


def test_a_child_is_an_execution_with_a_history_of_its_own(closed: Server) -> None:
    sfn = closed.client("stepfunctions")
    parent = run(closed, distributed(ODD_ITEMS_FAIL, ToleratedFailureCount=9), items(3, 1))

    [map_run] = sfn.list_map_runs(executionArn=parent["executionArn"])["mapRuns"]
    children = sfn.list_executions(mapRunArn=map_run["mapRunArn"])["executions"]
    assert sorted(child["status"] for child in children) == ["FAILED", "SUCCEEDED", "SUCCEEDED"]

    prefix = parent["stateMachineArn"].replace(":stateMachine:", ":execution:")
    for child in children:
        arn = child["executionArn"]
        assert arn == f"{prefix}/Documents:{child['name']}"
        described = sfn.describe_execution(executionArn=arn)
        assert described["mapRunArn"] == map_run["mapRunArn"]
        assert described["stateMachineArn"] == f"{parent['stateMachineArn']}/Documents"
        if described["status"] == "SUCCEEDED":
            assert json.loads(described["output"])["execution"]["Id"] == arn
        else:
            assert (described["error"], described["cause"]) == ("Odd", "as asked")
        history = sfn.get_execution_history(executionArn=arn)["events"]
        names = [
            event["stateEnteredEventDetails"]["name"]
            for event in history
            if event["type"].endswith("StateEntered")
        ]
        assert names == ["Check", "Right" if described["status"] == "SUCCEEDED" else "Wrong"]
        assert history[0]["type"] == "ExecutionStarted"


def test_a_map_run_counts_its_children(closed: Server) -> None:
    sfn = closed.client("stepfunctions")
    parent = run(closed, distributed(ODD_ITEMS_FAIL, ToleratedFailureCount=9), items(3, 1))
    [map_run] = sfn.list_map_runs(executionArn=parent["executionArn"])["mapRuns"]
    described = sfn.describe_map_run(mapRunArn=map_run["mapRunArn"])
    assert described["status"] == "SUCCEEDED"
    assert described["executionArn"] == parent["executionArn"]
    for counts in (described["itemCounts"], described["executionCounts"]):
        assert {name: count for name, count in counts.items() if count} == {
            "failed": 1,
            "succeeded": 2,
            "total": 3,
        }


def test_the_parents_history_shows_the_run_and_not_the_children(closed: Server) -> None:
    parent = run(closed, distributed(ODD_ITEMS_FAIL), items(2, 0))
    history = closed.client("stepfunctions").get_execution_history(
        executionArn=parent["executionArn"]
    )
    assert [event["type"] for event in history["events"]] == [
        "ExecutionStarted",
        "MapStateEntered",
        "MapStateStarted",
        "MapRunStarted",
        "MapRunSucceeded",
        "MapStateSucceeded",
        "MapStateExited",
        "ExecutionSucceeded",
    ]


def test_items_come_from_s3_and_are_selected_with_their_index(closed: Server) -> None:
    bucket = closed.bucket()
    closed.client("s3").put_object(Bucket=bucket, Key="items.json", Body=b'["a", "b"]')
    definition = distributed(
        machine("Echo", Echo={"Type": "Pass", "End": True}),
        ItemReader={
            "Resource": "arn:aws:states:::s3:getObject",
            "ReaderConfig": {"InputType": "JSON"},
            "Parameters": {"Bucket.$": "$.bucket", "Key": "items.json"},
        },
        ItemSelector={
            "value.$": "$$.Map.Item.Value",
            "index.$": "$$.Map.Item.Index",
            "batch.$": "$.batch",
        },
        MaxConcurrencyPath="$.width",
    )
    given = {"bucket": bucket, "batch": "b1", "width": 1}
    assert output(closed, definition, given) == [
        {"value": "a", "index": 0, "batch": "b1"},
        {"value": "b", "index": 1, "batch": "b1"},
    ]


def written(server: Server, bucket: str) -> dict[str, Any]:
    """The result files by their names, the manifest among them."""
    s3 = server.client("s3")
    listed = s3.list_objects_v2(Bucket=bucket).get("Contents", [])
    return {
        found["Key"].rsplit("/", 1)[-1]: json.loads(
            s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
        )
        for found in listed
    }


def write_results(server: Server, bucket: str, **more: Any) -> dict[str, Any]:
    writer = {
        "Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket": bucket, "Prefix": "results"},
    }
    return run(server, distributed(ODD_ITEMS_FAIL, ResultWriter=writer, **more), items(3, 1))


def test_moto_writes_a_manifest_of_nothing(plain: Server) -> None:
    bucket = plain.bucket()
    write_results(plain, bucket)
    assert_gap(written(plain, bucket).keys() == {"manifest.json"}, "sfn_result_writer")


def test_results_are_written_as_the_manifest_lists_them(closed: Server) -> None:
    bucket = closed.bucket()
    ended = write_results(closed, bucket, ToleratedFailureCount=1)

    result = json.loads(ended["output"])
    assert result.keys() == {"MapRunArn", "ResultWriterDetails"}
    files = written(closed, bucket)
    manifest = files["manifest.json"]
    run_id = result["MapRunArn"].split(":")[-1]
    assert result["ResultWriterDetails"] == {
        "Bucket": bucket,
        "Key": f"results/{run_id}/manifest.json",
    }
    listed = {
        name: [entry["Key"].rsplit("/", 1)[-1] for entry in entries]
        for name, entries in manifest["ResultFiles"].items()
    }
    assert listed == {"FAILED": ["FAILED_0.json"], "PENDING": [], "SUCCEEDED": ["SUCCEEDED_0.json"]}
    [failed] = files["FAILED_0.json"]
    assert (failed["Status"], failed["Error"], failed["Cause"]) == ("FAILED", "Odd", "as asked")
    assert json.loads(failed["Input"]) == {"n": 0, "odd": True}
    assert len(files["SUCCEEDED_0.json"]) == 2
    for row in files["SUCCEEDED_0.json"]:
        assert json.loads(row["Output"])["execution"]["Id"] == row["ExecutionArn"]
        assert row["StopDate"] >= row["StartDate"]


def test_results_are_written_when_the_run_fails(closed: Server) -> None:
    bucket = closed.bucket()
    ended = write_results(closed, bucket, MaxConcurrency=1)
    assert ended["status"] == "FAILED"
    files = written(closed, bucket)
    assert len(files["FAILED_0.json"]) == 1
    assert [row["Status"] for row in files["PENDING_0.json"]] == ["PENDING", "PENDING"]


def test_a_hundred_and_twenty_children_run_at_once(closed: Server) -> None:
    each = machine(
        "Call",
        Call={**call({"reply": 1, "seconds": 1}, ResultPath=None), "End": False, "Next": "Wait"},
        Wait={"Type": "Wait", "Seconds": 1, "End": True},
    )
    del each["States"]["Call"]["End"]
    ended = run(closed, distributed(each, MaxConcurrency=120), {"items": list(range(120))})
    assert ended["status"] == "SUCCEEDED"
    assert json.loads(ended["output"]) == list(range(120))
    assert (ended["stopDate"] - ended["startDate"]).total_seconds() < 20


def test_children_wait_for_tokens(closed: Server) -> None:
    url, _ = closed.queue()
    each = machine("Wait", Wait=token_task(url))
    arn = start(closed, distributed(each), {"items": list(range(50))})
    bodies = closed.receive(url, count=50, seconds=20)
    for number, body in enumerate(bodies):
        token = json.loads(body)["token"]
        closed.client("stepfunctions").send_task_success(taskToken=token, output=str(number))
    assert sorted(json.loads(wait(closed, arn)["output"])) == list(range(50))


def test_stopping_the_parent_aborts_the_children(closed: Server) -> None:
    sfn, (url, _) = closed.client("stepfunctions"), closed.queue()
    arn = start(closed, distributed(machine("Wait", Wait=token_task(url))), {"items": [1]})
    token_from(closed, url)
    sfn.stop_execution(executionArn=arn)
    assert wait(closed, arn)["status"] == "ABORTED"
    [map_run] = sfn.list_map_runs(executionArn=arn)["mapRuns"]
    assert wait_until(
        lambda: sfn.list_executions(mapRunArn=map_run["mapRunArn"], statusFilter="ABORTED")[
            "executions"
        ]
    )
