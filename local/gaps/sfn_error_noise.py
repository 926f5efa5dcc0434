"""moto 5.2.5: every error that no Catch takes prints the whole state machine, several times.

`EvalComponent` logs the representation of each component that an exception passes through: some
30 KB and several milliseconds a failed execution, and as much for each failed child of a Map.
"""

from __future__ import annotations

import logging

from moto.stepfunctions.parser.asl.component.eval_component import EvalComponent

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

LOG = logging.getLogger(__name__)


def close(context: GapContext) -> None:
    """Name the component and the error, at debug level: the history holds them anyway."""
    del context

    def log_failure(component: Untyped, failure_event_exception: Untyped) -> None:
        name = failure_event_exception.failure_event.error_name
        LOG.debug("%s: %s", type(component).__name__, name and name.error_name)

    def log_exception(component: Untyped, exception: Exception) -> None:
        LOG.debug("%s: %r", type(component).__name__, exception)

    seams.replace(EvalComponent, "_log_failure_event_exception", log_failure)
    seams.replace(EvalComponent, "_log_exception", log_exception)
