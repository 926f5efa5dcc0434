"""How many processes the host runs: enough to be concurrent, few enough for one machine."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _cores() -> int:
    return os.cpu_count() or 2


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on processes. Beyond them invocations queue, where Lambda would throttle them.

    A start costs a second of a core, so `starting` follows the cores, and `total` holds what a
    pipeline of a dozen functions keeps busy, at about 80 MB each: fewer would end and start all
    the time.
    A process idle for `spare_seconds` may be ended to make room for another function's; one idle
    for `idle_seconds` is ended anyway. Times are seconds.
    """

    per_function: int = 4
    total: int = 32
    starting: int = field(default_factory=_cores)
    spare_seconds: float = 2.0
    idle_seconds: float = 300.0
    init_seconds: float = 60.0

    def of_function(self, reserved_concurrency: int | None) -> int:
        """Return how many processes one function may have."""
        if reserved_concurrency is None:
            return self.per_function
        return min(reserved_concurrency, self.per_function)
