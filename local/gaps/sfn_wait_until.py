"""moto 5.2.5: `Wait` until a timestamp is wrong outside UTC and ends up to a second early.

`Timestamp._get_wait_seconds` compares with the local wall clock and truncates the difference;
`_wait_interval` compares rounded seconds, so that a fraction of a second never ends.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.timestamp import Timestamp
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import (
    WaitFunction,
)

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Wait until the very second that the timestamp names."""
    del context

    def get_wait_seconds(wait: Untyped, env: Untyped) -> float:
        wait.string.eval(env=env)
        text = env.stack.pop()
        try:
            moment = datetime.fromisoformat(text)
        except (TypeError, ValueError):
            moment = None
        if moment is None or moment.tzinfo is None or "T" not in text:
            raise FailureEventException(wait._create_failure_event(env, text))
        # AWS: "considers the time value up to seconds and truncates milliseconds".
        remaining = moment.replace(microsecond=0) - datetime.now(UTC)
        return max(0.0, remaining.total_seconds())

    def wait_interval(wait: Untyped, env: Untyped, wait_seconds: float) -> None:
        del wait
        end = time.monotonic() + wait_seconds
        while env.is_running() and (left := end - time.monotonic()) > 0:
            env.program_state_event.wait(left)

    seams.replace(Timestamp, "_get_wait_seconds", get_wait_seconds)
    seams.replace(WaitFunction, "_wait_interval", wait_interval)
