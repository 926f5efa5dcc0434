"""A child execution of a Distributed Map: an execution of its own, with its own ARN and history."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from uuid import uuid4

from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.backend.execution_worker import SyncExecutionWorker

from local.gaps.seams import Untyped


class ChildWorker(SyncExecutionWorker):
    """Evaluates the Map's ItemProcessor instead of a whole state machine."""

    def __init__(self, *, program: Untyped, **details: Untyped) -> None:
        super().__init__(**details)
        self._program = program

    def _get_evaluation_entrypoint(self) -> Untyped:
        return self._program


class ChildExecution(Execution):
    """One item's execution, run by the thread that calls `run`."""

    def __init__(self, *, program: Untyped, **details: Untyped) -> None:
        super().__init__(**details)
        self._program = program
        self.aborted_before_start = False

    @property
    def status(self) -> str:
        """The status as the API names it; PENDING until an item's turn has come."""
        return "PENDING" if self.exec_status is None else str(self.exec_status.value)

    def run(self) -> None:
        """Run to the end, in this thread."""
        self.start_date = datetime.now(UTC)
        self.start()

    def abort(self) -> None:
        """Stop it if it runs, or keep it from ever starting."""
        if self.exec_status is None:
            self.aborted_before_start = True
        elif self.exec_status == ExecutionStatus.RUNNING and self._has_environment():
            self.stop(datetime.now(UTC), None, None)

    def _has_environment(self) -> bool:
        return self.exec_worker is not None and self.exec_worker.env is not None

    def _get_start_execution_worker(self) -> ChildWorker:
        template = super()._get_start_execution_worker()
        return ChildWorker(
            program=self._program,
            evaluation_details=template._evaluation_details,
            exec_comm=template._execution_communication,
            cloud_watch_logging_session=template._cloud_watch_logging_session,
            activity_store=template._activity_store,
        )


def create_child(
    *, parent: Untyped, record: Untyped, program: Untyped, item: Untyped
) -> ChildExecution:
    """The execution of one item: `…:execution:<machine>/<label>:<uuid>`."""
    machine = copy.copy(parent.state_machine)
    machine.arn = record.map_state_machine_arn
    machine.name = record.map_state_machine_arn.split(":")[-1]
    name = str(uuid4())
    arn = f"{machine.arn.replace(':stateMachine:', ':execution:')}:{name}"
    return ChildExecution(
        program=program,
        name=name,
        sm_type=parent.sm_type,
        role_arn=parent.role_arn,
        exec_arn=arn,
        account_id=parent.account_id,
        region_name=parent.region_name,
        state_machine=machine,
        start_date=datetime.now(UTC),
        cloud_watch_logging_session=None,
        activity_store=parent._activity_store,
        input_data=json.dumps(item, separators=(",", ":")),
    )
