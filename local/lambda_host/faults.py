"""Faults that a test arms: the process of a function's next invocation is ended on purpose."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Fault:
    """One death of one process.

    With `at_response` the process dies when the handler has done all its work and before anybody
    learns of it: the hardest place for a handler that must be idempotent. Otherwise it dies
    `after_milliseconds` after the invocation was handed to it, unless that had ended by then.
    """

    function: str
    after_milliseconds: int = 0
    at_response: bool = False
    state: Literal["armed", "taken", "fired", "missed"] = "armed"
    request_id: str | None = None

    def describe(self) -> dict[str, object]:
        """Return the fault as the admin API shows it."""
        return {
            "function": self.function,
            "kill_after_ms": None if self.at_response else self.after_milliseconds,
            "kill_at_response": self.at_response,
            "state": self.state,
            "request_id": self.request_id,
        }


class Faults:
    """The faults that are armed, by function, and what became of each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._all: list[Fault] = []

    def arm(self, fault: Fault) -> None:
        """Arm a fault; several of one function strike its next invocations, one each."""
        with self._lock:
            self._armed[fault.function].append(fault)
            self._all.append(fault)

    def take(self, function: str, request_id: str) -> Fault | None:
        """Return the fault that this invocation is to suffer."""
        with self._lock:
            armed = self._armed[function]
            if not armed:
                return None
            fault = armed.popleft()
            fault.state = "taken"
            fault.request_id = request_id
            return fault

    def clear(self) -> None:
        """Disarm all and forget their history."""
        with self._lock:
            self._armed.clear()
            self._all.clear()

    def describe(self) -> list[dict[str, object]]:
        """Return every fault in the order of arming."""
        with self._lock:
            return [fault.describe() for fault in self._all]
