"""Starts, finds and stops the endpoint from another process."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from local.state import EndpointState, read_state

_START_SECONDS = 90.0
_STOP_SECONDS = 30.0
_LOOK_SECONDS = 0.05


# Processes that this one started: their ends have to be collected, or they seem to live on.
_started: dict[int, subprocess.Popen[bytes]] = {}


class EndpointError(Exception):
    """The endpoint did not start or stop; the message says why as far as is known."""


def start(
    state_directory: Path,
    *,
    port: int = 4566,
    code: Path | None = None,
    textract: bool = True,
    textract_arguments: Sequence[str] = (),
    until_parent_ends: bool = False,
) -> EndpointState:
    """Start the endpoint as a process of its own, and return when everything answers.

    `code` is the directory that functions of package type Image run from, by default the current
    one. What the process prints goes to `up.log` in the state directory.
    """
    state_directory.mkdir(parents=True, exist_ok=True)
    arguments = ["--port", str(port), "--state-dir", str(state_directory), "--quiet"]
    arguments += ["--code", str(code or Path.cwd())]
    arguments += [] if textract else ["--no-textract"]
    arguments += [f"--textract-argument={argument}" for argument in textract_arguments]
    arguments += ["--until-parent-ends"] if until_parent_ends else []
    output = state_directory / "up.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "up", *arguments],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        state = read_state(state_directory)
        if state and state.pid == process.pid:
            _started[process.pid] = process
            return state
        if process.poll() is not None:
            raise EndpointError(f"the endpoint ended ({process.returncode}):\n{output.read_text()}")
        time.sleep(_LOOK_SECONDS)
    process.kill()
    process.wait()
    raise EndpointError(f"the endpoint was not ready after {_START_SECONDS:.0f} seconds")


def find(state_directory: Path) -> EndpointState | None:
    """Return the endpoint that runs with this state directory, None if there is none.

    It is asked for its process id: after a crash the file may name a process of somebody else.
    """
    state = read_state(state_directory)
    if state is None:
        return None
    try:
        with urllib.request.urlopen(f"{state.endpoint}/_local/health", timeout=10) as answer:
            pid = json.load(answer).get("pid")
    except (OSError, ValueError):
        return None
    return state if pid == state.pid else None


def stop(state: EndpointState) -> None:
    """Ask the endpoint to stop and wait until its process is gone."""
    process = _started.pop(state.pid, None)
    with contextlib.suppress(ProcessLookupError):
        os.kill(state.pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            return
        if process is None and not state.alive:
            return
        time.sleep(_LOOK_SECONDS)
    raise EndpointError(f"process {state.pid} did not stop within {_STOP_SECONDS:.0f} seconds")


@contextlib.contextmanager
def running(
    *,
    port: int = 0,
    code: Path | None = None,
    state_directory: Path | None = None,
    textract: bool = True,
    textract_arguments: Sequence[str] = (),
) -> Iterator[EndpointState]:
    """Run an endpoint on a free port for the time of a `with` block, with a state of its own."""
    with contextlib.ExitStack() as stack:
        if state_directory is None:
            state_directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        state = start(
            state_directory,
            port=port,
            code=code,
            textract=textract,
            textract_arguments=textract_arguments,
            until_parent_ends=True,
        )
        try:
            yield state
        finally:
            stop(state)
