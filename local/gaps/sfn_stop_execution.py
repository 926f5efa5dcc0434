"""moto 5.2.5: neither StopExecution nor a time-out ends the wait for a task token.

The error and cause of a stop are dropped, its stop date is missing, and a wait that is cut short
turns the aborted execution into a failed one.
"""

from __future__ import annotations

from datetime import UTC, datetime

from moto.core.responses import ActionResult
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.program_state import ProgramStopped, ProgramTimedOut
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication
from moto.stepfunctions.responses import StepFunctionResponse

from local.context import GapContext
from local.gaps import seams
from local.gaps.map_runs import STORE
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Abort at once, keeping the error and the cause."""
    del context
    seams.wrap(Environment, "set_stop", _around_stop)
    seams.wrap(Environment, "set_timed_out", _around_time_out)
    seams.wrap(Environment, "set_error", _around_error)
    seams.wrap(BaseExecutionWorkerCommunication, "_reflect_execution_status", _around_reflect)
    seams.replace(StepFunctionResponse, "stop_execution", _stop_execution)


def _around_stop(original: Untyped) -> Untyped:
    def set_stop(env: Untyped, stop_date: Untyped, cause: str | None, error: str | None) -> None:
        original(env, stop_date, cause, error)
        _interrupt_waits(env)

    return set_stop


def _around_time_out(original: Untyped) -> Untyped:
    def set_timed_out(env: Untyped) -> None:
        original(env)
        _interrupt_waits(env)

    return set_timed_out


def _interrupt_waits(env: Untyped) -> None:
    for endpoint in list(env.callback_pool_manager._pool.values()):
        endpoint.interrupt_all()


def _around_error(original: Untyped) -> Untyped:
    def set_error(env: Untyped, error: Untyped) -> None:
        if not isinstance(env.program_state(), ProgramStopped | ProgramTimedOut):
            original(env, error)

    return set_error


def _around_reflect(original: Untyped) -> Untyped:
    def reflect(communication: Untyped) -> None:
        original(communication)
        execution = communication.execution
        state = execution.exec_worker.env.program_state()
        if isinstance(state, ProgramStopped):
            execution.error, execution.cause = state.error, state.cause

    return reflect


def _stop_execution(response: StepFunctionResponse) -> ActionResult:
    arn = response._get_param("executionArn")
    execution: Untyped = STORE.find_child(arn)
    if execution is None:
        execution = response.stepfunction_backend.describe_execution(arn)
    now = datetime.now(UTC)
    if execution.stop_date is None and execution.exec_worker.env is not None:
        error, cause = response._get_param("error"), response._get_param("cause")
        execution.stop(now, error, cause)
    return ActionResult({"stopDate": execution.stop_date or now})
