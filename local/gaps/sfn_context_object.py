"""moto 5.2.5: the context object lacks parts and writes its times in another format.

`$$.Execution.StartTime` is a datetime, `$$.State.EnteredTime` has an offset and microseconds,
`$$.State.RetryCount` exists in some state types only, `$$.Execution.RedriveCount` nowhere, and
`$$.Map.Item` is lost inside the tasks of an inline Map.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from moto.stepfunctions.parser.asl.component.state import state as state_module
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Complete the context object."""
    del context

    def state_data(EnteredTime: str, Name: str) -> dict[str, Any]:  # noqa: N803 - moto's names
        del EnteredTime
        return {"EnteredTime": format_instant(datetime.now(UTC)), "Name": Name, "RetryCount": 0}

    def around_environment(original: Untyped) -> Untyped:
        def get_evaluation_environment(worker: Untyped) -> Untyped:
            env = original(worker)
            execution = env.states.context_object.context_object_data["Execution"]
            execution["StartTime"] = format_instant(execution["StartTime"])
            execution["RedriveCount"] = 0
            return env

        return get_evaluation_environment

    def around_frame(original: Untyped) -> Untyped:
        def as_inner_frame_of(
            cls: Untyped, env: Untyped, *args: Untyped, **kwargs: Untyped
        ) -> Untyped:
            frame = original.__func__(cls, env, *args, **kwargs)
            outer = env.states.context_object.context_object_data
            if "Map" in outer:
                frame.states.context_object.context_object_data["Map"] = outer["Map"]
            return frame

        return classmethod(as_inner_frame_of)

    seams.replace(state_module, "StateData", state_data)
    seams.wrap(ExecutionWorker, "_get_evaluation_environment", around_environment)
    seams.wrap(Environment, "as_inner_frame_of", around_frame)


def format_instant(moment: Untyped) -> Untyped:
    """An instant as Step Functions writes it: UTC, milliseconds, Z."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
