"""moto 5.2.5: a Distributed Map runs its items inside the parent, and cannot fail.

A child that fails becomes null in the output, the thresholds of tolerated failures are never
looked at, and the children have no ARN, no name and no history; all share the parent's
`$$.Execution`. A worker that breaks outside its guarded part never ends the run.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from moto.stepfunctions.parser.api import (
    ExecutionStatus,
    HistoryEventType,
    MapRunStatus,
)
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.distributed_iteration_component import (  # noqa: E501
    DistributedIterationComponent,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.state_map import StateMap
from moto.stepfunctions.parser.asl.component.state.exec.state_map.tolerated_failure import (
    ToleratedFailureCountDecl,
    ToleratedFailureCountInt,
)
from moto.stepfunctions.parser.asl.eval.states import ItemData, MapData
from moto.stepfunctions.responses import get_backend

from local.context import GapContext
from local.gaps import seams
from local.gaps.child_executions import ChildExecution, create_child
from local.gaps.map_runs import STORE, MapRun
from local.gaps.seams import Untyped

# AWS runs up to 10,000 children at once; threads on one machine are not children on AWS.
MAX_THREADS = 1000
STOP_POLL_SECONDS = 0.25
EXCEEDED = "States.ExceedToleratedFailureThreshold"


class NotGiven(int):
    """The default count: zero, but no threshold beside a percentage."""


@dataclass(frozen=True)
class Tolerance:
    """How many failed items a Map Run survives; None is a threshold that was not given."""

    count: int | None
    percentage: float | None

    def is_exceeded(self, failed: int, total: int) -> bool:
        """Whether so many failures of so many items are too many."""
        if self.count is None and self.percentage is None:
            return failed > 0
        over_count = self.count is not None and failed > self.count
        over_share = self.percentage is not None and failed * 100 > self.percentage * total
        return over_count or over_share


def close(context: GapContext) -> None:
    """Run every item as an execution of its own, and count the failures."""
    del context

    def map_run(component: Untyped, env: Untyped, eval_input: Untyped) -> None:
        items = env.stack.pop()
        record = eval_input.map_run_record
        parent = _find_execution(env)
        program = component._get_iteration_program()
        inputs = [_select_input(env, eval_input, index, item) for index, item in enumerate(items)]
        children = [
            create_child(parent=parent, record=record, program=program, item=value)
            for value in inputs
        ]
        STORE.add(MapRun(record=record, parent_arn=parent.exec_arn, children=children))
        count = eval_input.tolerated_failure_count
        tolerance = Tolerance(
            count=None if isinstance(count, NotGiven) else count,
            percentage=eval_input.tolerated_failure_percentage or None,
        )
        _run_children(children, record, tolerance, is_running=env.is_running)
        if not env.is_running():
            record.set_stop = partial(_set_aborted, record)
        elif tolerance.is_exceeded(_count_failed(record), len(children)):
            raise _exceeded(env)
        env.stack.append([child.output for child in children])

    def around_props(original: Untyped) -> Untyped:
        def from_state_props(state: Untyped, state_props: Untyped) -> None:
            original(state, state_props)
            if state_props.get(ToleratedFailureCountDecl) is None:
                state.tolerated_failure_count_decl = ToleratedFailureCountInt(NotGiven())

        return from_state_props

    seams.replace(DistributedIterationComponent, "_map_run", map_run)
    seams.wrap(StateMap, "from_state_props", around_props)


def _run_children(
    children: list[ChildExecution],
    record: Untyped,
    tolerance: Tolerance,
    *,
    is_running: Callable[[], bool],
) -> None:
    waiting = iter(children)
    lock = threading.Lock()
    over = threading.Event()
    _count(record, "pending", len(children))
    _count(record, "total", len(children))

    def work() -> None:
        while not over.is_set():
            with lock:
                child = next(waiting, None)
            if child is None:
                return
            _count(record, "pending", -1)
            _count(record, "running", 1)
            child.run()
            _count(record, "running", -1)
            _count(record, _counter_of(child), 1)
            if tolerance.is_exceeded(_count_failed(record), len(children)):
                over.set()

    width = min(record.max_concurrency or MAX_THREADS, len(children), MAX_THREADS)
    threads = [threading.Thread(target=work, daemon=True) for _ in range(width)]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(STOP_POLL_SECONDS)
            if over.is_set() or not is_running():
                over.set()
                for child in children:
                    child.abort()


def _select_input(env: Untyped, eval_input: Untyped, index: int, item: Untyped) -> Untyped:
    selector = eval_input.item_selector or eval_input.parameters
    if selector is None:
        return item
    frame = env.open_inner_frame()
    try:
        context = frame.states.context_object.context_object_data
        context["Map"] = MapData(Item=ItemData(Index=index, Value=item))
        state_input = copy.deepcopy(env.stack[-1]) if env.stack else env.states.get_input()
        frame.states.reset(input_value=state_input)
        frame.stack.append(state_input)
        selector.eval(frame)
        return frame.stack[-1]
    finally:
        env.delete_frame(frame)


def _find_execution(env: Untyped) -> Untyped:
    arn = env.states.context_object.context_object_data["Execution"]["Id"]
    child = STORE.find_child(arn)
    if child is not None:
        return child
    owner = env.aws_execution_details
    return get_backend(owner.account, owner.region).describe_execution(arn)


def _counter_of(child: ChildExecution) -> str:
    if child.exec_status == ExecutionStatus.SUCCEEDED:
        return "succeeded"
    if child.exec_status == ExecutionStatus.ABORTED:
        return "aborted"
    return "timed_out" if child.exec_status == ExecutionStatus.TIMED_OUT else "failed"


def _count(record: Untyped, counter: str, by: int) -> None:
    getattr(record.item_counter, counter).count(by)
    getattr(record.execution_counter, counter).count(by)


def _set_aborted(record: Untyped, status: MapRunStatus) -> None:
    del status  # moto would say SUCCEEDED
    type(record).set_stop(record, MapRunStatus.ABORTED)


def _count_failed(record: Untyped) -> int:
    counter = record.item_counter
    return int(counter.failed.get() + counter.timed_out.get())


def _exceeded(env: Untyped) -> FailureEventException:
    details: Untyped = {
        "executionFailedEventDetails": {
            "error": EXCEEDED,
            "cause": "The specified tolerated failure threshold was exceeded",
        }
    }
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName.from_name(EXCEEDED),
            event_type=HistoryEventType.MapRunFailed,
            event_details=details,
        )
    )
