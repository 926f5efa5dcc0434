"""moto 5.2.5: a ResultWriter writes a manifest that lists no files, and nothing when the run fails.

AWS writes SUCCEEDED_0.json, FAILED_0.json and PENDING_0.json beside it, whatever became of the run.
"""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.result_writer.resource_eval.resource_eval_s3 import (  # noqa: E501
    ResourceEvalS3,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.state_map import StateMap

from local.context import GapContext
from local.gaps import seams
from local.gaps.child_executions import ChildExecution
from local.gaps.map_runs import STORE, MapRun
from local.gaps.seams import Untyped
from local.gaps.sfn_context_object import format_instant

_FILES = ("FAILED", "PENDING", "SUCCEEDED")


def close(context: GapContext) -> None:
    """Write what the manifest promises."""
    del context

    def put_object(
        env: Untyped, resource_runtime_part: Untyped, state_credentials: Untyped
    ) -> None:
        parameters = env.stack.pop()
        if env.stack:
            env.stack.pop()  # the list of outputs, which the writer's own result replaces
        record = env.map_run_record_pool_manager.get_all()[-1]
        run = STORE.find(record.map_run_arn)
        if run is None:
            raise LookupError(f"no children are known of {record.map_run_arn}")
        client = ResourceEvalS3._get_s3_client(resource_runtime_part, state_credentials)
        env.stack.append(_write(client, run, parameters["Bucket"], parameters.get("Prefix", "")))

    def around(original: Untyped) -> Untyped:
        def eval_execution(state: Untyped, env: Untyped) -> None:
            known = len(env.map_run_record_pool_manager.get_all())
            try:
                original(state, env)
            except FailureEventException:
                started = len(env.map_run_record_pool_manager.get_all()) > known
                if state.result_writer and started:
                    state.result_writer.eval(env)
                raise

        return eval_execution

    seams.replace(ResourceEvalS3, "_handle_put_object", staticmethod(put_object))
    seams.wrap(StateMap, "_eval_execution", around)


def _write(client: Untyped, run: MapRun, bucket: str, prefix: str) -> dict[str, Any]:
    folder = f"{prefix.rstrip('/')}/" if prefix else ""
    folder += run.arn.split(":")[-1]
    listed: dict[str, list[dict[str, Any]]] = {name: [] for name in _FILES}
    for name in _FILES:
        rows = [_describe(child) for child in run.children if _file_of(child) == name]
        if rows:
            key, body = f"{folder}/{name}_0.json", json.dumps(rows).encode()
            client.put_object(Bucket=bucket, Key=key, Body=body)
            listed[name] = [{"Key": key, "Size": len(body)}]
            if name != "PENDING":
                run.record.item_counter.results_written.count(len(rows))
                run.record.execution_counter.results_written.count(len(rows))
    manifest = {"DestinationBucket": bucket, "MapRunArn": run.arn, "ResultFiles": listed}
    key = f"{folder}/manifest.json"
    client.put_object(Bucket=bucket, Key=key, Body=json.dumps(manifest, indent=2).encode())
    return {"MapRunArn": run.arn, "ResultWriterDetails": {"Bucket": bucket, "Key": key}}


def _file_of(child: ChildExecution) -> str:
    if child.status in {"PENDING", "SUCCEEDED"}:
        return child.status
    return "FAILED"


def _describe(child: ChildExecution) -> dict[str, Any]:
    row: dict[str, Any] = {
        "ExecutionArn": child.exec_arn,
        "Input": child.execution_input,
        "InputDetails": {"Included": True},
        "Name": child.name,
        "StateMachineArn": child.state_machine.arn,
        "Status": child.status,
    }
    if child.status == "PENDING":
        return row
    row |= {
        "OutputDetails": {"Included": True},
        "RedriveCount": 0,
        "StartDate": format_instant(child.start_date),
        "StopDate": format_instant(child.stop_date),
    }
    if child.status == "SUCCEEDED":
        row["Output"] = json.dumps(child.output, separators=(",", ":"))
        row["RedriveStatus"] = "NOT_REDRIVABLE"
        row["RedriveStatusReason"] = "Execution is SUCCEEDED and cannot be redriven"
    else:
        row["RedriveStatus"] = "REDRIVABLE"
        row |= {"Error": child.error} if child.error else {}
        row |= {"Cause": child.cause} if child.cause else {}
    return row
