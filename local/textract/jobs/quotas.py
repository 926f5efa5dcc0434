"""Quotas as Textract enforces them: calls a second by operation, and open jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from local.textract.api.errors import ProvisionedThroughputExceededError, ThrottlingError

# Who is refused and calls on, at this many times the quota, is told to slow down.
_RAMP = 4


class TokenBucket:
    """Refills at `rate` a second up to one second's worth, at least one; times in seconds."""

    def __init__(self, rate: float, now: float) -> None:
        self._rate = rate
        self._most = max(1.0, rate)
        self._tokens = self._most
        self._at = now

    def take(self, now: float) -> bool:
        """Take one token if there is one."""
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


@dataclass(frozen=True, slots=True)
class Limits:
    """The account's quotas; the rates hold for each operation by itself."""

    start_rate: float = 10.0
    get_rate: float = 10.0
    open_jobs: int = 100

    def describe(self) -> dict[str, float]:
        """The quotas under the names that the local quota page uses."""
        return {
            "start_rate_per_second": self.start_rate,
            "get_rate_per_second": self.get_rate,
            "open_jobs": self.open_jobs,
        }


class RateGate:
    """Admits or throttles calls, each operation against its own bucket."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = Lock()
        self._buckets: dict[str, tuple[TokenBucket, TokenBucket]] = {}

    def admit(self, operation: str) -> None:
        """Raise ProvisionedThroughputExceededError above the rate, ThrottlingError far above it."""
        with self._lock:
            now = self._clock()
            if operation not in self._buckets:
                rate = (
                    self._limits.get_rate
                    if operation.startswith("Get")
                    else self._limits.start_rate
                )
                self._buckets[operation] = (TokenBucket(rate, now), TokenBucket(rate * _RAMP, now))
            bucket, ramp = self._buckets[operation]
            steady = ramp.take(now)
            admitted = bucket.take(now)
        if not steady:
            raise ThrottlingError("Rate exceeded: slow down")
        if not admitted:
            raise ProvisionedThroughputExceededError("Provisioned rate exceeded")


class Counters:
    """What happened so far, for a test to prove that nothing was throttled."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._most_open = 0

    def count_call(self, operation: str) -> None:
        """One call that reached an operation, refused or not."""
        with self._lock:
            self._calls[operation] += 1

    def count_error(self, code: str) -> None:
        """One call that ended in this error."""
        with self._lock:
            self._errors[code] += 1

    def see_open_jobs(self, count: int) -> None:
        """Remember the highest number of open jobs."""
        with self._lock:
            self._most_open = max(self._most_open, count)

    def describe(self) -> dict[str, Any]:
        """Calls by operation, refusals by error name, all errors, and the peak of open jobs."""
        with self._lock:
            throttled = {
                code: self._errors[code]
                for code in (
                    "ProvisionedThroughputExceededException",
                    "ThrottlingException",
                    "LimitExceededException",
                )
                if self._errors[code]
            }
            return {
                "starts": sum(
                    count for name, count in self._calls.items() if name.startswith("Start")
                ),
                "calls": dict(self._calls),
                "throttled": throttled,
                "errors": dict(self._errors),
                "max_open_jobs": self._most_open,
            }
