"""moto 5.2.5: an inline Map iteration that fails with a `States.` error reports another one.

`IterationWorker` wraps the error's name in CustomErrorName, which refuses that prefix: a time-out
inside the Map reaches its Catch as States.Runtime.
"""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import (
    CustomErrorName,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import iteration_worker

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Keep the name of the error."""
    del context

    def name_error(error_name: str | None) -> Untyped:
        if error_name is not None and error_name.startswith("States."):
            return StatesErrorName.from_name(error_name)
        return CustomErrorName(error_name)

    seams.replace(iteration_worker, "CustomErrorName", name_error)
