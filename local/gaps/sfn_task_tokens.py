"""moto 5.2.5: callbacks to `.waitForTaskToken` are lost, misdirected or crash.

A callback that comes before the wait begins is lost when the task has a heartbeat. Every retry
of a state reuses the first attempt's token, and so its outcome. Looking a token up fails with an
internal error while any other execution is starting. A late or second callback is accepted or is
InvalidToken, not TaskTimedOut. SendTaskFailure loses its cause.
"""

from __future__ import annotations

import threading
from typing import Any

from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult, EmptyResult
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import (
    ResourceCondition,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (  # noqa: E501
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.eval.callback.callback import (
    CallbackOutcomeFailure,
    CallbackOutcomeSuccess,
    CallbackPoolManager,
)
from moto.stepfunctions.parser.models import StepFunctionsParserBackend
from moto.stepfunctions.responses import StepFunctionResponse

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


class TokenLedger:
    """Every task token that was handed out: its endpoint while the task waits, None afterwards."""

    def __init__(self) -> None:
        self._endpoints: dict[str, Any] = {}
        self._lock = threading.Lock()

    def open(self, token: str, endpoint: Untyped) -> None:
        """Remember whom a token calls back."""
        with self._lock:
            self._endpoints[token] = endpoint

    def close(self, token: str) -> None:
        """Let no further callback through."""
        with self._lock:
            if token in self._endpoints:
                self._endpoints[token] = None

    def find(self, token: str) -> Untyped:
        """The endpoint that waits for a token; raises InvalidToken or TaskTimedOut."""
        with self._lock:
            endpoint = self._endpoints.get(token)
            if endpoint is not None:
                return endpoint
            if token in self._endpoints:
                raise AWSError(
                    "Task Timed Out: 'Provided task does not exist anymore'", "TaskTimedOut"
                )
        raise AWSError("Invalid Token: 'Invalid token'", "InvalidToken")

    def notify(self, token: str, outcome: Untyped) -> None:
        """Hand over the one outcome that counts; a second one raises TaskTimedOut."""
        endpoint = self.find(token)
        self.close(token)
        endpoint.notify(outcome)


def close(context: GapContext) -> None:
    """Keep early callbacks, one token an attempt, and answer late callbacks as AWS does."""
    del context
    ledger = TokenLedger()
    _replace_waiting(ledger)
    _replace_calls(ledger)


def _replace_waiting(ledger: TokenLedger) -> None:
    def around_add(original: Untyped) -> Untyped:
        def add(pool: Untyped, callback_id: str) -> Untyped:
            endpoint = original(pool, callback_id)
            ledger.open(callback_id, endpoint)
            return endpoint

        return add

    def around_attempt(original: Untyped) -> Untyped:
        def evaluate_with_timeout(task: Untyped, env: Untyped) -> None:
            if task.resource.condition != ResourceCondition.WaitForTaskToken:
                original(task, env)
                return
            token = env.states.context_object.context_object_data["Task"]["Token"]
            if env.states.context_object.context_object_data["State"]["RetryCount"]:
                token = env.states.context_object.update_task_token()
                env.callback_pool_manager.add(token)
            try:
                original(task, env)
            finally:
                ledger.close(token)

        return evaluate_with_timeout

    def around_heartbeat(original: Untyped) -> Untyped:
        def wait_with_heartbeat(
            task: Untyped, env: Untyped, callback: Untyped, heartbeat: Untyped
        ) -> Untyped:
            early = callback.get_outcome()
            return early if early is not None else original(task, env, callback, heartbeat)

        return wait_with_heartbeat

    seams.wrap(CallbackPoolManager, "add", around_add)
    seams.wrap(StateTaskServiceCallback, "_evaluate_with_timeout", around_attempt)
    seams.wrap(StateTaskServiceCallback, "_wait_for_task_token_heartbeat", around_heartbeat)


def _replace_calls(ledger: TokenLedger) -> None:
    def send_task_success(backend: Untyped, task_token: str, outcome: str) -> None:
        del backend
        ledger.notify(task_token, CallbackOutcomeSuccess(callback_id=task_token, output=outcome))

    def send_task_failure(
        backend: Untyped, task_token: str, error: str | None = None, cause: str | None = None
    ) -> None:
        del backend
        outcome = CallbackOutcomeFailure(callback_id=task_token, error=error, cause=cause)
        ledger.notify(task_token, outcome)

    def send_task_heartbeat(backend: Untyped, task_token: str) -> None:
        del backend
        ledger.find(task_token).notify_heartbeat()

    def answer_task_failure(response: StepFunctionResponse) -> ActionResult:
        response.stepfunction_backend.send_task_failure(  # type: ignore[call-arg]
            response._get_param("taskToken"),
            error=response._get_param("error"),
            cause=response._get_param("cause"),
        )
        return EmptyResult()

    seams.replace(StepFunctionsParserBackend, "send_task_success", send_task_success)
    seams.replace(StepFunctionsParserBackend, "send_task_failure", send_task_failure)
    seams.replace(StepFunctionsParserBackend, "send_task_heartbeat", send_task_heartbeat)
    seams.replace(StepFunctionResponse, "send_task_failure", answer_task_failure)
