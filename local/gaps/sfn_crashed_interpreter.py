"""moto 5.2.5: an exception in the interpreter's own thread leaves the execution running for ever.

`ExecutionWorker._execution_logic` has no handler, so whoever waits for the execution never ends.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

LOG = logging.getLogger(__name__)


def close(context: GapContext) -> None:
    """End a crashed execution as FAILED with States.Runtime."""
    del context

    def around(original: Untyped) -> Untyped:
        def execution_logic(worker: Untyped) -> None:
            try:
                original(worker)
            except Exception as error:  # whatever broke, an execution must end
                execution = worker._execution_communication.execution
                LOG.exception("The interpreter failed in %s", execution.exec_arn)
                if worker.env is None:
                    worker.env = worker._get_evaluation_environment()
                execution.error = "States.Runtime"
                execution.cause = f"{type(error).__name__}: {error}"
                execution.stop_date = datetime.now(UTC)
                execution.exec_status = ExecutionStatus.FAILED

        return execution_logic

    seams.wrap(ExecutionWorker, "_execution_logic", around)
