"""Writes what functions print to CloudWatch Logs, batched, as one stream a process."""

from __future__ import annotations

import threading
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.lambda_host.configuration import FunctionConfiguration

_FLUSH_SECONDS = 0.2
_MESSAGE_BYTES = 256 * 1024 - 26
_TAIL_BYTES = 4096

# Takes account id, region, log group and log stream.
CreateStream = Callable[[str, str, str, str], None]
# The same, and events in CloudWatch's form.
PutEvents = Callable[[str, str, str, str, Sequence[dict[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class _Destination:
    account_id: str
    region: str
    group: str
    stream: str


class LogWriter:
    """Collects lines from every process and hands them on a few times a second."""

    def __init__(self, create_stream: CreateStream, put_events: PutEvents) -> None:
        self._create_stream = create_stream
        self._put_events = put_events
        self._pending: defaultdict[_Destination, list[dict[str, Any]]] = defaultdict(list)
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lambda-logs", daemon=True)
        self._thread.start()

    def open_stream(self, configuration: FunctionConfiguration) -> LogStream:
        """Name a stream for a new process of a function."""
        day = datetime.now(UTC).strftime("%Y/%m/%d")
        stream = f"{day}/[{configuration.version}]{uuid.uuid4().hex}"
        to = _Destination(
            configuration.account_id, configuration.region, configuration.log_group, stream
        )
        self._create_stream(to.account_id, to.region, to.group, to.stream)
        return LogStream(self, to)

    def add(self, destination: _Destination, line: str) -> None:
        """Queue one event with the present time."""
        event = {"timestamp": time.time_ns() // 1_000_000, "message": line}
        with self._lock:
            self._pending[destination].append(event)

    def flush(self) -> None:
        """Hand on everything that is queued."""
        with self._flushing:
            with self._lock:
                pending, self._pending = self._pending, defaultdict(list)
            for to, events in pending.items():
                self._put_events(to.account_id, to.region, to.group, to.stream, events)

    def close(self) -> None:
        """Hand on the rest and end."""
        self._closed.set()
        self._thread.join()
        self.flush()

    def _run(self) -> None:
        while not self._closed.wait(_FLUSH_SECONDS):
            self.flush()


@dataclass(slots=True)
class LogStream:
    """The log of one process; it remembers the last 4 KB for `LogType=Tail`."""

    writer: LogWriter
    destination: _Destination
    _tail: deque[str] = field(default_factory=deque)
    _tail_size: int = 0

    @property
    def name(self) -> str:
        """The stream's name in CloudWatch Logs."""
        return self.destination.stream

    def write(self, line: str) -> None:
        """Add one line as one event; an empty one is left out, as CloudWatch refuses it."""
        if not line.strip():
            return
        line = line.encode()[:_MESSAGE_BYTES].decode(errors="ignore")
        self._tail.append(line)
        self._tail_size += len(line) + 1
        while self._tail_size > _TAIL_BYTES and len(self._tail) > 1:
            self._tail_size -= len(self._tail.popleft()) + 1
        self.writer.add(self.destination, line)

    def forget_tail(self) -> None:
        """Begin the tail of a new invocation."""
        self._tail.clear()
        self._tail_size = 0

    def tail(self) -> str:
        """Return the last 4 KB written since the invocation began."""
        text = "".join(f"{line}\n" for line in self._tail.copy())
        return text.encode()[-_TAIL_BYTES:].decode(errors="ignore")
