"""What the endpoint makes up for in moto 5.2.5 beside `local.gaps`.

Each of these fails when moto no longer has the gap: then what closes it is deleted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_PREPARE = """
import threading
import boto3
from moto.sqs.models import sqs_backends

ACCOUNT, REGION = "123456789012", "us-east-1"
keys = dict(region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")
role = boto3.client("iam", **keys).create_role(RoleName="r", AssumeRolePolicyDocument="{}")
functions = boto3.client("lambda", **keys)
functions.create_function(
    FunctionName="f", Role=role["Role"]["Arn"], PackageType="Image", Code={"ImageUri": "i:1"},
    ImageConfig={"Command": ["one.handler"]}, LoggingConfig={"LogGroup": "/elsewhere"},
)
sqs = boto3.client("sqs", **keys)
url = sqs.create_queue(QueueName="q")["QueueUrl"]
backend = sqs_backends[ACCOUNT][REGION]
queue = backend.queues["q"]

def waits_for_the_lock(call):
    thread = threading.Thread(target=call, daemon=True)
    with queue._messages_lock:
        thread.start()
        thread.join(0.3)
        return thread.is_alive()

message = backend.send_message("q", "body")
received = backend.receive_message("q", 1, 0, 30)[0]
"""
_CLOSE = """
from local.event_sources import own_delivery, queue_locks
from local.lambda_host import settings

settings.keep()
own_delivery.stop()
queue_locks.hold()
"""
_GAPS = {
    "the log group is forgotten": """
functions.get_function_configuration(FunctionName="f")
.get("LoggingConfig", {}).get("LogGroup") == "/elsewhere"
""",
    "a changed image command is forgotten": """
functions.update_function_configuration(
    FunctionName="f", ImageConfig={"Command": ["two.handler"]}
)["ImageConfigResponse"]["ImageConfig"]["Command"] == ["two.handler"]
""",
    "the last event invoke configuration is ignored": """
[
    functions.put_function_event_invoke_config(FunctionName="f", MaximumRetryAttempts=number)
    for number in (2, 0)
]
and functions.get_function_event_invoke_config(FunctionName="f")["MaximumRetryAttempts"] == 0
""",
    "a message is deleted without the queue's lock": """
waits_for_the_lock(lambda: queue.delete_message(received.receipt_handle))
""",
    "a message is received without the queue's lock": """
waits_for_the_lock(lambda: backend.receive_message("q", 1, 0, 30))
""",
    "a mapping of an alias becomes one of its version": """
functions.publish_version(FunctionName="f")
and functions.create_alias(FunctionName="f", Name="live", FunctionVersion="1")
and functions.create_event_source_mapping(EventSourceArn=queue.queue_arn, FunctionName="f:live")
["FunctionArn"].endswith(":live")
""",
    "a message is delivered from inside of sending it": """
functions.create_event_source_mapping(EventSourceArn=queue.queue_arn, FunctionName="f")
and not queue.lambda_event_source_mappings
""",
}
_PROGRAM = """
import json, sys
from moto import mock_aws

close, prepare, conditions = json.load(sys.stdin)
exec(close)
answers = {}
for name, condition in conditions.items():
    with mock_aws():
        scope = {}
        exec(prepare, scope)
        answers[name] = bool(eval(f"({condition})", scope))
print(json.dumps(answers))
"""


def evaluate(close: str) -> dict[str, bool]:
    """Say of each gap whether the behaviour is right, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps([close, _PREPARE, _GAPS]),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers: dict[str, bool] = json.loads(run.stdout.splitlines()[-1])
    return answers


@pytest.fixture(scope="module")
def plain() -> dict[str, bool]:
    return evaluate("")


@pytest.fixture(scope="module")
def closed() -> dict[str, bool]:
    return evaluate(_CLOSE)


@pytest.mark.parametrize("gap", _GAPS)
def test_moto_has_the_gap_and_it_is_closed(
    plain: dict[str, bool], closed: dict[str, bool], gap: str
) -> None:
    assert not plain[gap], f"moto closed it ({gap}): delete what does so here"
    assert closed[gap]
