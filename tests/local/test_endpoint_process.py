"""The endpoint's own process: where it listens, how it ends, and what it leaves."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import Mock

from local.endpoint import running
from local.server import EndpointApplication
from local.state import EndpointState, read_state, write_state
from tests.local.local_aws import FUNCTIONS, LocalAws, wait_for

ROOT = Path(__file__).parents[2]


def run_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() if Path("/proc").exists() else _answers_signal(pid)


def _answers_signal(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_command_line_starts_it_on_a_free_port_shows_it_and_stops_it(tmp_path: Path) -> None:
    directory = ("--state-dir", str(tmp_path))
    assert "not running" in run_cli("status", *directory).stdout
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        up = run_cli("up", "--detach", "--no-textract", "--port", port, *directory)
    assert up.returncode == 0, up.stderr
    state = read_state(tmp_path)
    assert state
    try:
        assert not state.endpoint.endswith(f":{port}")
        assert state.endpoint in up.stdout
        assert "IAM: no policy is enforced" in up.stdout
        assert state.endpoint in run_cli("status", *directory).stdout
        again = run_cli("up", "--detach", "--no-textract", *directory)
        assert again.returncode == 1
        assert "already running" in again.stderr
    finally:
        down = run_cli("down", *directory)
    assert down.returncode == 0
    assert not exists(state.pid)
    assert not (tmp_path / "endpoint.json").exists()


def test_it_ends_every_lambda_process_although_one_is_busy(tmp_path: Path) -> None:
    with running(state_directory=tmp_path, code=FUNCTIONS, textract=False) as state:
        aws = LocalAws(state)
        idle = aws.invoke(aws.deploy("probe.show"))["Payload"]["pid"]
        busy = aws.deploy("probe.sleep", Timeout=900)
        aws.awslambda.invoke(FunctionName=busy, InvocationType="Event", Payload=b'{"seconds": 600}')

        def busy_pid() -> int:
            with urllib.request.urlopen(state.lambda_runtime) as answer:
                found = json.load(answer)["processes"]
            return next((p["pid"] for p in found if p["function"] == busy and p["busy"]), 0)

        busy_process = wait_for(busy_pid)
        assert exists(idle)
        assert exists(busy_process)
    assert not exists(idle)
    assert not exists(busy_process)
    assert not (tmp_path / "endpoint.json").exists()
    assert "Traceback" not in Path(state.log).read_text()


def test_it_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys, time\n"
        "from local.endpoint import running\n"
        "with running(state_directory=pathlib.Path(sys.argv[1]), textract=False):\n"
        "    time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT)
    try:
        state = wait_for(lambda: read_state(tmp_path))
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert state
    wait_for(lambda: not (tmp_path / "endpoint.json").exists())
    wait_for(lambda: read_state(tmp_path) is None)


def test_dynamodb_answers_one_request_at_a_time_and_the_other_services_do_not_wait() -> None:
    inside: list[str] = []
    most: dict[str, int] = {}
    release = threading.Event()

    def moto(environ: dict[str, Any], _start_response: Any) -> list[bytes]:
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        inside.append(target)
        most[target] = max(most.get(target, 0), inside.count(target))
        release.wait(0.05)
        inside.remove(target)
        return []

    application = EndpointApplication(moto, moto)

    def ask(target: str) -> None:
        application({"HTTP_X_AMZ_TARGET": target}, Mock())

    targets = ["DynamoDB_20120810.PutItem", "AmazonSQS.SendMessage"] * 4
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, targets))
    assert most == {"DynamoDB_20120810.PutItem": 1, "AmazonSQS.SendMessage": 4}


def test_a_file_left_by_a_crash_is_not_taken_for_a_running_endpoint(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        port = closed_soon.getsockname()[1]
    # This very process has the id that the file names, and must survive `down`.
    left = EndpointState(f"http://127.0.0.1:{port}", None, "", os.getpid(), "")
    write_state(tmp_path, left)
    assert "not running" in run_cli("down", "--state-dir", str(tmp_path)).stdout
