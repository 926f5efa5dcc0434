"""One warm process of a function: the handler's own code behind `awslambdaric`."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from local.lambda_host import process_environment
from local.lambda_host.configuration import FunctionConfiguration
from local.lambda_host.invocation import (
    Invocation,
    Outcome,
    exited,
    response_too_large,
    timed_out,
)
from local.lambda_host.logs import LogStream
from local.lambda_host.output import OutputReader
from local.lambda_host.runtime_api import RuntimeApi

RESPONSE_BYTES = 6_291_556
_CATCH_UP_SECONDS = 0.2


class FunctionProcess:
    """A process that takes one invocation at a time until it is ended or ends.

    `lets_answer` is asked when the handler has answered and before anybody learns of it; a test
    ends the process there and refuses. A handler that cannot be imported is a process whose
    invocation has the error of the import.
    """

    def __init__(
        self,
        configuration: FunctionConfiguration,
        log: LogStream,
        *,
        endpoint_url: str,
        textract_url: str | None,
        lets_answer: Callable[[FunctionProcess, str], bool] = lambda _process, _request_id: True,
    ) -> None:
        self.configuration = configuration
        self.log = log
        self.started_at = time.monotonic()
        self.init_seconds: float | None = None
        self.request_id: str | None = None
        self._lets_answer = lets_answer
        self._inbox: queue.SimpleQueue[tuple[Invocation, int] | None] = queue.SimpleQueue()
        self._ready = threading.Event()
        self._ended = threading.Event()
        self._answered = threading.Event()
        self._answer_lock = threading.Lock()
        self._outcome: Outcome | None = None
        self._init_error: Outcome | None = None
        self._directory = Path(tempfile.mkdtemp(prefix=f"{configuration.name[:40]}-"))
        self._api = RuntimeApi(self)
        environment = process_environment.build(
            configuration,
            runtime_api=self._api.address,
            log_stream=log.name,
            endpoint_url=endpoint_url,
            textract_url=textract_url,
            temporary_directory=self._directory,
        )
        try:
            self._process = _start(configuration, environment)
        except OSError:
            self._clean_up()
            raise
        self.pid = self._process.pid
        assert self._process.stdout is not None
        self._output = OutputReader(self._process.stdout, log.write)
        threading.Thread(target=self._watch, name=f"watch-{self.pid}", daemon=True).start()

    # What the host does with it.

    def wait_until_ready(self, seconds: float) -> None:
        """Wait for the end of the init phase; end a process that does not get there."""
        if not self._ready.wait(seconds):
            self.kill()
            self._ended.wait()

    def invoke(self, invocation: Invocation) -> Outcome:
        """Run one invocation to its end, at most for the function's timeout."""
        timeout = self.configuration.timeout_seconds
        with self._answer_lock:
            self._answered.clear()
            self._outcome = None
            self.request_id = invocation.request_id
        if self._ended.is_set() or self._init_error:
            outcome = self._init_error or self._exit_outcome()
        else:
            self._inbox.put((invocation, int((time.time() + timeout) * 1000)))
            if self._answered.wait(timeout):
                assert self._outcome is not None
                outcome = self._outcome
            else:
                outcome = timed_out(invocation.request_id, timeout)
                self.log.write(
                    f"{invocation.request_id} Task timed out after {timeout:.2f} seconds"
                )
                self.kill()
        self._output.catch_up(_CATCH_UP_SECONDS)
        with self._answer_lock:
            self.request_id = None
        return outcome

    def kill(self) -> None:
        """Send SIGKILL to the process and what it started."""
        if self._process.poll() is None:
            self._kill_group()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        self._ended.wait()

    @property
    def alive(self) -> bool:
        """Whether the process can be handed an invocation."""
        return not self._ended.is_set() and self._process.poll() is None

    def peak_memory_megabytes(self) -> int:
        """Return the most memory that the process has held, 0 where the machine does not say."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
        return 0

    # What the Runtime API asks and reports.

    def next_invocation(self) -> tuple[Invocation, int] | None:
        """Hand out the next invocation; the first call ends the init phase."""
        if self.init_seconds is None:
            self.init_seconds = time.monotonic() - self.started_at
        self._ready.set()
        return self._inbox.get()

    def complete(self, request_id: str, payload: bytes) -> bool:
        """Take the handler's answer."""
        if not self._lets_answer(self, request_id):
            return True
        if len(payload) > RESPONSE_BYTES:
            self._settle(request_id, response_too_large(RESPONSE_BYTES))
            return False
        self._settle(request_id, Outcome(payload))
        return True

    def fail(self, request_id: str, payload: bytes) -> None:
        """Take the handler's error."""
        if self._lets_answer(self, request_id):
            self._settle(request_id, Outcome(payload, failed=True))

    def fail_init(self, payload: bytes) -> None:
        """Take the error of the import."""
        self._init_error = Outcome(payload, failed=True, reusable=False)

    def _settle(self, request_id: str, outcome: Outcome) -> None:
        with self._answer_lock:
            if request_id == self.request_id and not self._answered.is_set():
                self._outcome = outcome
                self._answered.set()

    def _exit_outcome(self) -> Outcome:
        outcome = exited(self.request_id or "", self._process.returncode)
        document = json.loads(outcome.payload)
        self.log.write(f"{document['errorMessage']} {document['errorType']}")
        return outcome

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    # What the process prints, and its end.

    def _watch(self) -> None:
        self._output.read_until_end(lambda: self._process.poll() is not None)
        self._process.wait()
        self._kill_group()
        self._ended.set()
        self._ready.set()
        self._inbox.put(None)
        with self._answer_lock:
            if self.request_id and not self._answered.is_set():
                self._outcome = self._init_error or self._exit_outcome()
                self._answered.set()
        self._clean_up()

    def _clean_up(self) -> None:
        self._api.close()
        shutil.rmtree(self._directory, ignore_errors=True)


def _start(
    configuration: FunctionConfiguration, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "awslambdaric", configuration.handler],
        cwd=configuration.code,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
