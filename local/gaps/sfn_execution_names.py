"""moto 5.2.5: an execution started without a name is called `None`, and names are not guarded.

The second start without a name is then the first one, or ExecutionAlreadyExists. Names are not
validated, two simultaneous starts under one name both run, and an ARN that names a version or an
alias is refused.
"""

from __future__ import annotations

import threading
from uuid import uuid4

from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Name what has no name, and decide about a name under a lock."""
    del context
    lock = threading.RLock()

    def around(original: Untyped) -> Untyped:
        def start_execution(
            backend: Untyped,
            state_machine_arn: str,
            name: str | None = None,
            execution_input: str | None = None,
            trace_header: Untyped = None,
        ) -> Untyped:
            if name:
                backend._validate_name(name)
            # arn:aws:states:region:account:stateMachine:name, then maybe a version or an alias
            arn = ":".join(state_machine_arn.split(":")[:7])
            with lock:
                return original(
                    backend, arn, name or str(uuid4()), execution_input or "{}", trace_header
                )

        return start_execution

    seams.wrap(StepFunctionsParserBackend, "start_execution", around)
