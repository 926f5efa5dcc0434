"""The Lambda host: takes an invocation, finds it a process, and reports as Lambda does."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from local.context import InvokeResult
from local.lambda_host.configuration import FunctionConfiguration
from local.lambda_host.faults import Fault, Faults
from local.lambda_host.invocation import Invocation, Outcome
from local.lambda_host.limits import Limits
from local.lambda_host.logs import LogWriter
from local.lambda_host.pool import ProcessPool
from local.lambda_host.process import FunctionProcess

_TIDY_SECONDS = 1.0


class LambdaHost:
    """Runs invocations of functions, each in a process that runs nothing else meanwhile."""

    def __init__(
        self,
        *,
        endpoint_url: str,
        textract_url: Callable[[], str | None],
        logs: LogWriter,
        limits: Limits | None = None,
    ) -> None:
        self._endpoint_url = endpoint_url
        self._textract_url = textract_url
        self.limits = limits or Limits()
        self.faults = Faults()
        self._logs = logs
        self._pool: ProcessPool[FunctionProcess] = ProcessPool(self._start, self.limits)
        self._striking: dict[str, Fault] = {}
        self._closed = threading.Event()
        threading.Thread(target=self._tidy, name="lambda-pool", daemon=True).start()

    def invoke(self, configuration: FunctionConfiguration, invocation: Invocation) -> InvokeResult:
        """Run one invocation to its end; `HostClosedError` when the host is shutting down."""
        process = self._pool.acquire(configuration)
        log = process.log
        log.forget_tail()
        log.write(f"START RequestId: {invocation.request_id} Version: {configuration.version}")
        began = time.monotonic()
        outcome = self._run(process, invocation)
        seconds = time.monotonic() - began
        log.write(f"END RequestId: {invocation.request_id}")
        log.write(_report(process, invocation, seconds))
        # A process's init is reported, and in Lambda billed, with its first invocation only.
        process.init_seconds = process.init_seconds and 0.0
        result = InvokeResult(
            payload=outcome.payload,
            function_error="Unhandled" if outcome.failed else None,
            executed_version=configuration.version,
            log_tail=log.tail(),
            request_id=invocation.request_id,
        )
        self._pool.release(process, reusable=outcome.reusable)
        return result

    def describe_processes(self) -> list[dict[str, object]]:
        """Return every process with its function, and what it works on."""
        return [
            {
                "function": process.configuration.name,
                "version": process.configuration.version,
                "pid": process.pid,
                "busy": busy,
                "request_id": process.request_id,
            }
            for process, busy in self._pool.busy_and_idle()
        ]

    def close(self) -> None:
        """End every process and write the last of their logs."""
        self._closed.set()
        self._pool.close()
        self._logs.close()

    def _start(self, configuration: FunctionConfiguration) -> FunctionProcess:
        return FunctionProcess(
            configuration,
            self._logs.open_stream(configuration),
            endpoint_url=self._endpoint_url,
            textract_url=self._textract_url(),
            lets_answer=self._lets_answer,
        )

    def _run(self, process: FunctionProcess, invocation: Invocation) -> Outcome:
        fault = self.faults.take(process.configuration.name, invocation.request_id)
        if fault is None:
            return process.invoke(invocation)
        self._striking[invocation.request_id] = fault
        timer = threading.Timer(fault.after_milliseconds / 1000, self._strike, [process, fault])
        if not fault.at_response:
            timer.start()
        outcome = process.invoke(invocation)
        timer.cancel()
        del self._striking[invocation.request_id]
        if fault.state == "taken":
            fault.state = "missed"
        return outcome

    def _strike(self, process: FunctionProcess, fault: Fault) -> None:
        if process.request_id == fault.request_id:
            fault.state = "fired"
            process.kill()

    def _lets_answer(self, process: FunctionProcess, request_id: str) -> bool:
        fault = self._striking.get(request_id)
        if fault is None or not fault.at_response:
            return True
        self._strike(process, fault)
        return False

    def _tidy(self) -> None:
        while not self._closed.wait(_TIDY_SECONDS):
            self._pool.tidy()


def _report(process: FunctionProcess, invocation: Invocation, seconds: float) -> str:
    milliseconds = seconds * 1000
    fields = [
        f"REPORT RequestId: {invocation.request_id}",
        f"Duration: {milliseconds:.2f} ms",
        f"Billed Duration: {math.ceil(milliseconds)} ms",
        f"Memory Size: {process.configuration.memory_megabytes} MB",
        f"Max Memory Used: {process.peak_memory_megabytes()} MB",
    ]
    if process.init_seconds:
        fields.append(f"Init Duration: {process.init_seconds * 1000:.2f} ms")
    return "\t".join(fields) + "\t"
