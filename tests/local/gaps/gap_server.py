"""A moto server in a process of its own, with moto's gaps open or closed.

Its Lambda functions do what their payload says: `{"reply": …}` returns, `{"raise": "Name"}` fails
with that error, `{"crash": true}` breaks the server's reply, `{"tell": [queue, message]}` sends a
message and `{"seconds": …}` then takes its time. Asynchronous invocations are sent to the queue
`invocations`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import moto.server  # noqa: F401 - registers every service
from moto.awslambda.models import LambdaFunction
from moto.core.config import default_user_config
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from moto.sqs.models import sqs_backends
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker

from local.context import GapContext, InvokeResult
from local.gaps import close_all, seams

BROKEN = "breaks the interpreter"
read_definition = ExecutionWorker._get_evaluation_entrypoint
ACCOUNT, REGION = "123456789012", "eu-central-1"


def reply_to(request: dict[str, Any]) -> tuple[str, bool]:
    if "tell" in request:
        queue, message = request["tell"]
        sqs_backends[ACCOUNT][REGION].send_message(queue_name=queue, message_body=message)
    time.sleep(request.get("seconds", 0))
    if request.get("crash"):
        raise RuntimeError("the server breaks, as asked")
    if "raise" in request:
        document = {"errorType": request["raise"], "errorMessage": "as asked", "stackTrace": []}
        return json.dumps(document), True
    return json.dumps(request.get("reply")), False


def invoke_lambda(function: LambdaFunction, event: Any) -> tuple[str, bool, str]:
    del function
    body, failed = reply_to(event if isinstance(event, dict) else json.loads(event or "{}"))
    return body, failed, ""


def break_definitions(worker: ExecutionWorker) -> Any:
    """Fail as an interpreter that cannot read a definition that was accepted."""
    if BROKEN in worker._evaluation_details.state_machine_details.definition:
        raise RuntimeError("the interpreter breaks, as asked")
    return read_definition(worker)


def invoke_async(arn: str, payload: bytes) -> None:
    body = json.dumps({"function": arn, "payload": json.loads(payload)})
    sqs_backends[ACCOUNT][REGION].send_message(queue_name="invocations", message_body=body)


def invoke_sync(arn: str, payload: bytes) -> InvokeResult:
    del arn
    body, failed = reply_to(json.loads(payload))
    return InvokeResult(body.encode(), "Unhandled" if failed else None)


def main(closed: bool, textract_url: str | None) -> None:
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    seams.replace(LambdaFunction, "_invoke_lambda", invoke_lambda)
    seams.replace(ExecutionWorker, "_get_evaluation_entrypoint", break_definitions)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    # moto's interpreter calls the endpoint that this variable names.
    os.environ["MOTO_PORT"] = str(port)
    if closed:
        close_all(
            GapContext(
                region=REGION,
                account_id=ACCOUNT,
                endpoint_url=f"http://127.0.0.1:{port}",
                textract_url=lambda: textract_url,
                invoke_async=invoke_async,
                invoke_sync=invoke_sync,
            )
        )
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()  # ends with the test session, whatever became of it


if __name__ == "__main__":
    main(closed=sys.argv[1] == "closed", textract_url=sys.argv[2] if sys.argv[2:] else None)
