"""Who is in the pool, and who waits for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from local.lambda_host.configuration import FunctionConfiguration


class Process(Protocol):
    """What the pool needs of a process."""

    @property
    def alive(self) -> bool:
        """Whether it can take an invocation."""

    def wait_until_ready(self, seconds: float) -> None:
        """Wait for the end of its init phase."""

    def close(self) -> None:
        """End it."""


class HostClosedError(Exception):
    """The host is shutting down and takes no more invocations."""


P = TypeVar("P", bound=Process)


@dataclass(eq=False, slots=True)
class Waiter(Generic[P]):
    """An invocation that waits until a process, or an error, is decided for it."""

    configuration: FunctionConfiguration
    decided: threading.Event = field(default_factory=threading.Event)
    process: P | None = None
    error: Exception | None = None


@dataclass(eq=False, slots=True)
class Member(Generic[P]):
    """A process, or the place of one that is about to start; idle since, or busy."""

    configuration: FunctionConfiguration
    process: P | None = None
    starting: bool = True
    idle_since: float | None = None
