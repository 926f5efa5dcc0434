"""State machines for the tests of moto's gaps."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any
from uuid import uuid4

from tests.local.gaps.servers import ACCOUNT, Server

ROLE = f"arn:aws:iam::{ACCOUNT}:role/machine"
FINISHED = {"SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT"}


def machine(start_at: str, /, **states: Any) -> dict[str, Any]:
    return {"StartAt": start_at, "States": states}


def task(resource: str, parameters: Any, **more: Any) -> dict[str, Any]:
    resource = f"arn:aws:states:::{resource}"
    return {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": True, **more}


def call(payload: Any, **more: Any) -> dict[str, Any]:
    """A task that calls the function of `create_function`."""
    return task("lambda:invoke", {"FunctionName": "function", "Payload": payload}, **more)


def caught(error: str = "States.ALL") -> dict[str, Any]:
    return {"Catch": [{"ErrorEquals": [error], "Next": "Caught"}]}


CAUGHT = {"Type": "Pass", "Result": ["caught"], "End": True}


def create_function(server: Server) -> None:
    """Create the function `function`, once a server."""
    iam, lambda_ = server.client("iam"), server.client("lambda")
    if any(f["FunctionName"] == "function" for f in lambda_.list_functions()["Functions"]):
        return
    role = iam.create_role(RoleName="function", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("function.py", "")
    lambda_.create_function(
        FunctionName="function",
        Runtime="python3.11",
        Handler="function.handler",
        Role=role,
        Code={"ZipFile": archive.getvalue()},
    )


def create(server: Server, definition: dict[str, Any], **more: Any) -> str:
    return str(
        server.client("stepfunctions").create_state_machine(
            name=f"m-{uuid4().hex}", definition=json.dumps(definition), roleArn=ROLE, **more
        )["stateMachineArn"]
    )


def start(server: Server, definition: dict[str, Any], given: Any = None, **more: Any) -> str:
    return str(
        server.client("stepfunctions").start_execution(
            stateMachineArn=create(server, definition, **more),
            name=uuid4().hex,
            input=json.dumps({} if given is None else given),
        )["executionArn"]
    )


def wait(server: Server, arn: str, seconds: float = 20) -> dict[str, Any]:
    """An execution's description once it has ended, or after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        found: dict[str, Any] = server.client("stepfunctions").describe_execution(executionArn=arn)
        if found["status"] in FINISHED or time.monotonic() > end:
            return found
        time.sleep(0.05)


def run(server: Server, definition: dict[str, Any], given: Any = None) -> dict[str, Any]:
    return wait(server, start(server, definition, given))


def output(server: Server, definition: dict[str, Any], given: Any = None) -> Any:
    """The output of an execution that must succeed."""
    ended = run(server, definition, given)
    assert ended["status"] == "SUCCEEDED", ended
    return json.loads(ended["output"])


def token_task(queue_url: str, **more: Any) -> dict[str, Any]:
    """A task that sends its token to a queue and waits."""
    return task(
        "sqs:sendMessage.waitForTaskToken",
        {"QueueUrl": queue_url, "MessageBody": {"token.$": "$$.Task.Token"}},
        **more,
    )


def token_from(server: Server, queue_url: str) -> str:
    [body] = server.receive(queue_url)
    return str(json.loads(body)["token"])


def distributed(processor: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A machine whose one state maps `$.items`, each item to an execution of its own."""
    config = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
    return machine(
        "Map",
        Map={
            "Type": "Map",
            "Label": "Documents",
            "ItemsPath": "$.items",
            "ItemProcessor": {"ProcessorConfig": config, **processor},
            "End": True,
            **more,
        },
    )
