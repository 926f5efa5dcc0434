"""moto 5.2.5: an execution's description, history and siblings are answered in part.

Children of a Distributed Map cannot be described or listed by Map Run; `ListMapRuns` and
`DescribeMapRun` fail while any execution is starting; histories ignore `maxResults`,
`reverseOrder` and the page token; a timed-out execution has no stop date, and an output that is a
JSON string loses its quotes.
"""

from __future__ import annotations

import json
from typing import Any

from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult
from moto.stepfunctions.models import StepFunctionBackend
from moto.stepfunctions.responses import StepFunctionResponse

from local.context import GapContext
from local.gaps import seams
from local.gaps.map_runs import STORE, MapRun
from local.gaps.seams import Untyped

DEFAULT_PAGE = 100


def close(context: GapContext) -> None:
    """Answer as the API reference says, for children too."""
    del context

    def around_describe(original: Untyped) -> Untyped:
        def describe_execution(backend: Untyped, execution_arn: str) -> Untyped:
            return STORE.find_child(execution_arn) or original(backend, execution_arn)

        return describe_execution

    def around_list(original: Untyped) -> Untyped:
        def list_executions(response: StepFunctionResponse) -> ActionResult:
            map_run_arn = response._get_param("mapRunArn")
            if not map_run_arn:
                return _with_stop_dates(response, original(response))
            wanted = response._get_param("statusFilter")
            run = _find_run(map_run_arn)
            rows = [_list_item(child, run) for child in run.children]
            rows = [row for row in rows if not wanted or row["status"] == wanted]
            page, token = _page(rows, response)
            return ActionResult({"executions": page, "nextToken": token})

        return list_executions

    seams.wrap(StepFunctionBackend, "describe_execution", around_describe)
    seams.wrap(StepFunctionResponse, "list_executions", around_list)
    seams.replace(StepFunctionResponse, "describe_execution", _describe_execution)
    seams.replace(StepFunctionResponse, "get_execution_history", _get_execution_history)
    seams.replace(StepFunctionResponse, "list_map_runs", _list_map_runs)
    seams.replace(StepFunctionResponse, "describe_map_run", _describe_map_run)


def _describe_execution(response: StepFunctionResponse) -> ActionResult:
    arn = response._get_param("executionArn")
    execution: Untyped = response.stepfunction_backend.describe_execution(arn)
    described = _list_item(execution, STORE.find_run_of(arn))
    described.pop("itemCount", None)
    described |= {
        "input": execution.execution_input,
        "inputDetails": {"included": True},
        "redriveCount": 0,
        "redriveStatus": "NOT_REDRIVABLE",
    }
    if described["status"] == "SUCCEEDED":
        described["output"] = json.dumps(execution.output, separators=(",", ":"))
        described["outputDetails"] = {"included": True}
    for name in ("error", "cause"):
        if getattr(execution, name) is not None:
            described[name] = getattr(execution, name)
    return ActionResult(described)


def _get_execution_history(response: StepFunctionResponse) -> ActionResult:
    arn = response._get_param("executionArn")
    execution: Untyped = response.stepfunction_backend.describe_execution(arn)
    worker = execution.exec_worker
    is_started = worker is not None and worker.env is not None
    events = worker.env.event_manager.get_event_history() if is_started else []
    if response._get_param("reverseOrder"):
        events.reverse()
    page, token = _page(events, response)
    return ActionResult({"events": page, "nextToken": token})


def _list_map_runs(response: StepFunctionResponse) -> ActionResult:
    arn = response._get_param("executionArn")
    response.stepfunction_backend.describe_execution(arn)
    page, token = _page([run.record.list_item() for run in STORE.list_of(arn)], response)
    return ActionResult({"mapRuns": page, "nextToken": token})


def _describe_map_run(response: StepFunctionResponse) -> ActionResult:
    run = _find_run(response._get_param("mapRunArn"))
    return ActionResult({**run.record.describe(), "redriveCount": 0})


def _find_run(map_run_arn: str) -> MapRun:
    run = STORE.find(map_run_arn)
    if run is None:
        raise AWSError(f"Map Run does not exist: '{map_run_arn}'", "ResourceNotFound")
    return run


def _list_item(execution: Untyped, run: MapRun | None) -> dict[str, Any]:
    item: dict[str, Any] = {
        "executionArn": execution.exec_arn,
        "name": execution.name,
        "startDate": execution.start_date,
        "stateMachineArn": execution.state_machine.arn,
        "status": execution.status,
    }
    if execution.stop_date is not None:
        item["stopDate"] = execution.stop_date
    if run is not None:
        item |= {"mapRunArn": run.arn, "itemCount": 1}
    return item


def _with_stop_dates(response: StepFunctionResponse, result: ActionResult) -> ActionResult:
    """Add what moto leaves out for an execution that timed out."""
    listing: Untyped = result.result
    for row in listing["executions"]:
        if row["status"] == "TIMED_OUT":
            found: Untyped = response.stepfunction_backend.describe_execution(row["executionArn"])
            row["stopDate"] = found.stop_date
    return result


def _page(rows: list[Any], response: StepFunctionResponse) -> tuple[list[Any], str | None]:
    start = int(response._get_param("nextToken") or 0)
    size = int(response._get_param("maxResults") or DEFAULT_PAGE)
    end = start + size
    return rows[start:end], str(end) if end < len(rows) else None
