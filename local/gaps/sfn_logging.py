"""moto 5.2.5: a state machine's logging configuration is kept, and nothing is ever logged.

`start_execution` passes no logging session, and moto's own session cannot write: it reads the
event's time, already text, as a datetime.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from uuid import uuid4

from moto.core.exceptions import JsonRESTError
from moto.logs.models import logs_backends
from moto.stepfunctions.parser.asl.eval.event.logging import (
    CloudWatchLoggingConfiguration,
    is_logging_enabled_for,
)
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend.execution import Execution

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

LOG = logging.getLogger(__name__)
_RUN = uuid4().hex[:8]


class LogSession:
    """Writes an execution's events to the machine's log group, as Step Functions does."""

    def __init__(self, execution: Untyped, configuration: CloudWatchLoggingConfiguration) -> None:
        self.execution_arn = execution.exec_arn
        self.configuration = configuration
        machine = execution.state_machine.name.split("/")[0]
        started = datetime.now(UTC).strftime("%Y-%m-%d-%H")
        self._stream = f"states/{machine}/{started}-00/{_RUN}"

    def log_level_filter(self, history_event_type: Untyped) -> bool:
        """Whether the configured level includes an event type."""
        return bool(is_logging_enabled_for(self.configuration.log_level, history_event_type))

    def publish_history_log(self, history_log: Untyped) -> None:
        """Write one event as one JSON line."""
        moment = datetime.fromisoformat(history_log["event_timestamp"])
        milliseconds = int(moment.timestamp() * 1000)
        line = json.loads(to_json_str(history_log))
        line |= {"event_timestamp": str(milliseconds), "redrive_count": "0"}
        backend = logs_backends[self.configuration.log_account_id][self.configuration.log_region]
        group = backend.groups.get(self.configuration.log_group_name)
        if group is None:
            LOG.warning("%s does not exist", self.configuration.log_group_name)
            return
        try:
            if self._stream not in group.streams:
                group.create_log_stream(self._stream)
        except JsonRESTError:
            LOG.debug("another execution has just created %s", self._stream)
        event = {"timestamp": milliseconds, "message": json.dumps(line, separators=(",", ":"))}
        group.put_log_events(self._stream, [event])


def close(context: GapContext) -> None:
    """Give every execution of a machine that logs a session."""
    del context

    def around(original: Untyped) -> Untyped:
        def get_start_execution_worker(execution: Untyped) -> Untyped:
            machine = execution.state_machine
            wanted: Untyped = {"includeExecutionData": False, **machine.loggingConfiguration}
            configuration = CloudWatchLoggingConfiguration.from_logging_configuration(
                machine.arn, wanted
            )
            if configuration is not None:
                execution._cloud_watch_logging_session = LogSession(execution, configuration)
            return original(execution)

        return get_start_execution_worker

    seams.wrap(Execution, "_get_start_execution_worker", around)
